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
from pathlib import Path
from typing import Any

import discord
import simcord
from playwright.async_api import BrowserType

from bot.access import Access
from bot.client import AscribeClient
from bot.indexing import outcome_text, progress_text
from bot.ongoing import Ongoing
from bot.questions import Questions
from bot.reindexing import Counts, Failure, Outcome, Progress, Reindexing, Report
from index.errors import ModelError
from index.settings import load_settings
from index.types import Answer, Citation, DocumentInfo, Filters, Query, Source, Statement
from index.wiring import open_answerer

GUILD = 1190000000000000000
NASTY = (
    "@everyone **read** <@123> [this](https://evil.example) `code` ||spoiler|| "
    "https://evil.example # heading\n- item\n> quote discord.gg/abc ~~no~~ _a_ *b* <#1> "
    ":smile: C:\\new_folder "
)


class Staged:
    """The real answerer, and a few made-up cases."""

    def __init__(self, data: Path) -> None:
        self._real = open_answerer(load_settings(data_dir=data))

    def answer(self, question: str, filters: Filters = Filters()) -> Answer:
        if question == "worst":
            return worst(question)
        if question == "broken":
            raise RuntimeError("a bug")
        if question == "model":
            raise ModelError("The model is missing. Run: ascribe reindex")
        return self._real.answer(question, filters)

    def documents(self, filters: Filters = Filters()) -> list[DocumentInfo]:
        return self._real.documents(filters)

    def collections(self) -> list[str]:
        return self._real.collections()

    def warm(self) -> str:
        return self._real.warm()

    def close(self) -> None:
        self._real.close()


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


async def take(out: Path, data: Path) -> None:
    questions = Questions(Staged(data), cooldown=0)
    client = AscribeClient(
        access=Access(frozenset({GUILD}), frozenset()),
        questions=questions,
        reindexing=Reindexing(["false"], {}),
        ongoing=Ongoing(),
        synced_commands=data / "pictures-commands",
    )
    async with simcord.run(client, settle_timeout=60, check_errors=False) as env:
        guild = env.create_guild("Ravelsby", id=GUILD)
        channel = guild.create_text_channel("ask-the-archive")
        alice = guild.add_member(env.create_user("alice"))
        other = env.create_guild("Elsewhere")
        elsewhere = other.create_text_channel("general")
        stranger = other.add_member(env.create_user("mallory"))
        await client.wait_until_ready()

        async def picture(name: str, target: Any, where: Any = channel, who: Any = alice) -> None:
            async with env.preview(where, viewers=[who], width=900, height=1400) as preview:
                await preview.show(target)
                await preview.screenshot(
                    out / f"{name}.png", target=target, mode="surface", allow_incomplete=True
                )

        async def ask(question: str, **options: str) -> Any:
            return await alice.slash(channel, "ask", question=question, **options)

        async def post(text: str) -> Any:
            target = client.get_partial_messageable(channel.id)
            task = asyncio.create_task(target.send(text))
            await env.settle()
            return await task

        answer = await ask("Who accused the roofers of using the wrong clips?")
        await picture("answer", answer)
        await picture("silence", await ask("Who won the chess tournament in Reykjavik?"))
        long = await ask("worst")
        for number, page in enumerate([long.response, *long.followups], 1):
            await picture(f"worst-{number}", page)
        await alice.send(channel, f"{env.bot.user.mention} who denied it?")
        await env.settle()
        await picture("mention", channel.last_message)
        await picture("sources", await alice.slash(channel, "sources"))
        await picture("error", await ask("broken"))
        await picture("model-missing", await ask("model"))
        await picture("wrong-date", await ask("Who?", since="last week"))
        await picture("no-rights", await alice.slash(channel, "reindex"))
        await picture(
            "foreign-server",
            await stranger.slash(elsewhere, "ask", question="Who?"),
            elsewhere,
            stranger,
        )
        moving = Progress(stage="embed", done=120, total=310, eta_seconds=41)
        await picture("reindex-progress", await post(progress_text(moving)))
        failed = [Failure(path="council/plan.pdf", reason="password protected")]
        done = Report(
            generation="000007",
            documents=Counts(added=2, changed=1, unchanged=40, removed=1, failed=failed),
            passages=1310,
            seconds={"total": 74.2},
        )
        await picture("reindex-done", await post(outcome_text(Outcome("done", report=done))))
    await questions.close(10)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    options = parser.parse_args(arguments)
    use_chromium(options.chromium)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "index", "reindex", "--progress", "none"]
        subprocess.run([*command, "--corpus", options.corpus, "--data", data], check=True)
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        asyncio.run(take(options.out, Path(data)))
    print(f"{len(list(options.out.glob('*.png')))} pictures in {options.out}")


if __name__ == "__main__":
    main()
