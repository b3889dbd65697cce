"""Pictures of each kind of message, as a Discord client would show it.

    pip install "simcord[preview,screenshot]==3.2.1" && apt-get install chromium
    python -m bench.pictures [--out docs/pictures] [--chromium /usr/bin/chromium]

The bot runs in SimCord, which draws its messages in a local page; the answers are the real ones
from the sample corpus, the worst case is made up. SimCord's drawing is close to Discord's, not it.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import discord
import simcord
from PIL import Image
from playwright.async_api import BrowserType

from bot.access import Access
from bot.answer_card import answer_card
from bot.answer_pages import answer_pages
from bot.client import AscribeClient
from bot.indexing import CancelButton, outcome_text, progress_text
from bot.journalling import Journalling
from bot.layout import Card, rows
from bot.ongoing import Ongoing
from bot.parts import Parts
from bot.questions import Questions
from bot.reindexing import Counts, Failure, Outcome, Progress, Reindexing, Report
from bot.waiting import unfinished_card
from index.journal import Journal
from index.settings import load_settings
from index.status import read_status
from index.types import Answer, Citation, Filters, Query, Source, Statement
from index.wiring import open_answerer
from tests.bot_world import buttons
from tests.lying_model import serving, statements

GUILD = 1190000000000000000
REVIEWED = "What will the judge's review look at, and when must it be finished?"
WORDED = (
    "The review will look at the tender of November 2023, at the fixing of the lead, at the upkeep"
    " of the gutters and at the way in which members declared their interests.",
    "Margaret Ewbank will begin after Easter and report by 30 June 2025.",
)
NASTY = (
    "@everyone **read** <@123> [this](https://evil.example) `code` ||spoiler|| "
    "https://evil.example # heading\n- item\n> quote discord.gg/abc ~~no~~ _a_ *b* <#1> "
    ":smile: C:\\new_folder "
)


class Staged:
    """The real answerer, and a few made-up cases."""

    def __init__(self, data: Path) -> None:
        self._real = open_answerer(load_settings(data_dir=data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def answer(self, question: str, filters: Filters = Filters(), **more: Any) -> Answer:
        if question == "worst":
            return worst(question)
        if question == "broken":
            raise RuntimeError("a bug")
        return self._real.answer(question, filters, **more)


def worst(question: str) -> Answer:
    """Every kind of markdown where a document could hold it, and a quote of several pages."""
    source = Source("a/b.txt", NASTY, "**Bold** Press", "2024-12", "https://example.org/a_(1)?b=*")
    reprint = Source("c.txt", "Reprint *one*", "Daily", "2025", None)
    citations = tuple(
        Citation(number, source, 0, 0, NASTY * number**2, number, (reprint,) * (number - 1))
        for number in (1, 2, 3)
    )
    statements = (Statement(NASTY, (1, 2)), Statement("1. A plain sentence [7].", (3,)))
    return Answer(question, Query(question), 0.9, "000001", 0.1, statements, citations, undated=3)


def use_chromium(path: str) -> None:
    """Playwright's own browser has to be downloaded; the system's will do."""
    launch = BrowserType.launch

    async def with_path(self: BrowserType, **options: Any) -> Any:
        return await launch(self, executable_path=path, args=["--no-sandbox"], **options)

    BrowserType.launch = with_path  # type: ignore[method-assign]


class Studio:
    """A server with the bot in it, and a camera."""

    def __init__(self, out: Path, env: Any, client: AscribeClient) -> None:
        self.out, self.env, self.client = out, env, client
        guild = env.create_guild("Ravelsby", id=GUILD)
        self.channel = guild.create_text_channel("ask-the-archive")
        self.alice = guild.add_member(env.create_user("alice"))
        powers = discord.Permissions(administrator=True)
        role = guild.create_role("archivist", permissions=powers)
        self.boss = guild.add_member(env.create_user("olga"), roles=[role])
        other = env.create_guild("Elsewhere")
        self.elsewhere = other.create_text_channel("general")
        self.stranger = other.add_member(env.create_user("mallory"))

    async def picture(
        self, name: str, target: Any, where: Any = None, who: Any = None, width: int = 640
    ) -> None:
        channel, viewer = where or self.channel, who or self.alice
        async with self.env.preview(channel, viewers=[viewer], width=width, height=1400) as preview:
            await preview.show(target)
            path = self.out / f"{name}.png"
            await preview.screenshot(path, target=target, mode="surface", allow_incomplete=True)
        # A palette is a third of the size, and looks the same.
        Image.open(path).convert("RGB").quantize(192).save(path, optimize=True)

    async def both(self, name: str, target: Any, who: Any = None) -> None:
        """Also as wide as a phone."""
        await self.picture(name, target, who=who)
        await self.picture(f"{name}-narrow", target, who=who, width=390)

    async def ask(self, question: str, **options: Any) -> Any:
        return await self.alice.slash(self.channel, "ask", question=question, **options)

    async def press(self, shown: Any, label: str, who: Any = None) -> Any:
        message = getattr(shown, "response", shown)
        id = buttons(message)[label]["custom_id"]
        return await (who or self.alice).click(message, custom_id=id)

    async def post(self, card: discord.ui.LayoutView) -> Any:
        target = self.client.get_partial_messageable(self.channel.id)
        task = asyncio.create_task(target.send(view=card))
        await self.env.settle()
        return await task


async def take(out: Path, corpus: Path, data: Path) -> None:
    settings = load_settings(data_dir=data)
    staged = Staged(data)
    staged.warm()
    questions = Questions(staged, cooldown=0)  # type: ignore[arg-type]  (answers from a script, with what is drawn)
    journal = Journalling(Journal(data))
    parts = Parts(
        access=Access(frozenset({GUILD}), frozenset()),
        questions=questions,
        journal=journal,
        reindexing=Reindexing(["false"], {}),
        ongoing=Ongoing(),
        corpus=corpus,
        status=lambda: read_status(settings),
        synced_commands=data / "pictures-commands",
    )
    client = AscribeClient(parts)
    async with simcord.run(client, settle_timeout=60, check_errors=False) as env:
        studio = Studio(out, env, client)
        await client.wait_until_ready()
        await answers(studio)
        await writing(studio, data)
        await running(studio)
    await questions.close(10)
    await journal.close()


async def answers(studio: Studio) -> None:
    ask, press, picture, both = studio.ask, studio.press, studio.picture, studio.both
    answer = await ask("Who accused Dunmarrow Roofing of leaving out the clips?")
    await both("answer", answer)
    await both("passage", await press(answer, "Read [1]"))
    bot = studio.env.bot.user.mention
    await studio.alice.send(studio.channel, f"{bot} who denied it?", reply_to=answer.response)
    await studio.env.settle()
    await both("follow-up", studio.channel.last_message)
    await both("silence", await ask("Who won the chess tournament in Reykjavik?"))
    await picture("filtered", await ask("Who denied it?", since="2031"))
    await both("accusations", await studio.alice.slash(studio.channel, "accusations"))
    drawn = await studio.alice.slash(studio.channel, "accusations", picture=True)
    await picture("accusations-picture", drawn)
    private = await ask("Who owes Corvane money?", private=True)
    await picture("private", private)
    claim = await studio.boss.send(
        studio.channel, "Dunmarrow Roofing accused Helen Quarrie of having left out the clips."
    )
    checked = await studio.alice.context_menu(studio.channel, "Check this claim", claim)
    await picture("claim", checked)
    await both("worst", await ask("worst"))
    await press(answer, "Not helpful")
    await press(answer, "Ask follow-up")
    thread = studio.channel.threads[-1]
    await picture("thread", thread.last_message, thread)


async def writing(studio: Studio, data: Path) -> None:
    """An answer that a scripted model words: after its first sentence, and finished."""
    begun: list[Answer] = []
    with serving(lambda prompt: statements(*[(text, [1]) for text in WORDED])) as endpoint:
        settings = load_settings(data_dir=data, llm_url=endpoint.url, llm_model="m")
        with closing(open_answerer(settings)) as answerer:
            whole = await asyncio.to_thread(answerer.answer, REVIEWED, so_far=begun.append)
    await studio.both("writing", await studio.post(unfinished_card(begun[0])))
    pages = answer_pages(whole, show_question=True)
    await studio.both("written", await studio.post(answer_card(pages, 0, "picture")))


async def running(studio: Studio) -> None:
    slash, picture, both = studio.alice.slash, studio.picture, studio.both
    await both("help", await slash(studio.channel, "help"))
    sources = await slash(studio.channel, "sources")
    await both("sources", sources)
    menu = buttons(sources.response)["Open a document"]
    opened = await studio.alice.select(
        sources.response, custom_id=menu["custom_id"], values=[menu["options"][0]["value"]]
    )
    await picture("document", opened)
    await picture("status", await slash(studio.channel, "status"))
    unanswered = await studio.boss.slash(studio.channel, "unanswered")
    await picture("unanswered", unanswered, who=studio.boss)
    path = "museum/friends-newsletter.txt"
    removing = await studio.boss.slash(studio.channel, "corpus remove", document=path)
    await picture("remove", removing, who=studio.boss)
    await picture("error", await studio.ask("broken"))
    await picture("wrong-date", await studio.ask("Who?", since="last week"))
    await picture("no-rights", await slash(studio.channel, "reindex"))
    foreign = await studio.stranger.slash(studio.elsewhere, "ask", question="Who?")
    await picture("foreign-server", foreign, studio.elsewhere, studio.stranger)
    moving = Progress(stage="embed", done=120, total=310, eta_seconds=41)
    card = Card(progress_text(moving), rows([CancelButton()])[0])
    await picture("reindex-progress", await studio.post(card))
    failed = [Failure(path="council/plan.pdf", reason="password protected")]
    done = Report(
        generation="000007",
        documents=Counts(added=2, changed=1, unchanged=40, removed=1, failed=failed),
        passages=1310,
        seconds={"total": 74.2},
    )
    await picture(
        "reindex-done", await studio.post(Card(outcome_text(Outcome("done", report=done))))
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--data", type=Path, help="a folder that keeps the index between runs")
    options = parser.parse_args(arguments)
    use_chromium(options.chromium)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        data = (options.data or Path(temporary)).resolve()
        command = [sys.executable, "-m", "index", "reindex", "--progress", "none"]
        subprocess.run([*command, "--corpus", options.corpus, "--data", data], check=True)
        for left in ("journal.sqlite3", "pictures-commands"):
            (data / left).unlink(missing_ok=True)
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        asyncio.run(take(options.out, options.corpus, data))
    print(f"{len(list(options.out.glob('*.png')))} pictures in {options.out}")


if __name__ == "__main__":
    main()
