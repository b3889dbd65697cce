"""The bot's figures, measured over the wire: `python -m bot` against a loopback Discord.

    python -m bench.bot [--passages 1500] [--work DIR]

Everything is real but Discord: the index, the answers, the reindex. The corpus is made up.
DIR keeps the corpus and the index between runs. Run it from the repository's root on a machine
with nothing else to do; figures are printed, nothing is asserted but that no answer is mixed.
"""

import argparse
import asyncio
import contextlib
import itertools
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from tests.loopback import world
from tests.loopback.bot import UNCHANGED, bot_process
from tests.loopback.gateway import HEARTBEAT
from tests.loopback.interactions import Interaction
from tests.loopback.server import LoopbackDiscord

SUBJECTS = "the council,the mayor,a roofing company,the museum,an engineer,the harbour".split(",")
VERBS = "accused,praised,warned,paid,visited,sued".split(",")
OBJECTS = "the contractor,the port authority,a newspaper,the union,the region".split(",")
REASONS = "of hiding a report,for the leaking roof,over late wages,about the flood".split(",")
REVISION = re.compile(r"revision (\d+)")


def write_corpus(folder: Path, documents: int, revision: int) -> None:
    """Documents of one passage each that all name the revision."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(documents):
        chance = random.Random(number)
        sentences = [
            f"{chance.choice(SUBJECTS).capitalize()} {chance.choice(VERBS)} "
            f"{chance.choice(OBJECTS)} {chance.choice(REASONS)} in revision {revision} "
            f"of file {number}."
            for _ in range(8)
        ]
        (folder / f"file-{number:04}.txt").write_text(" ".join(sentences) + "\n")


def reindex(corpus: Path, data: Path) -> None:
    command = [sys.executable, "-m", "index", "reindex", "--progress", "none"]
    subprocess.run([*command, "--corpus", corpus, "--data", data], check=True)


async def ask(discord: LoopbackDiscord, user: dict[str, Any]) -> Interaction:
    question = f"Who {random.choice(VERBS)} {random.choice(OBJECTS)}?"
    return await discord.slash("ask", user=user, question=question)


def report(name: str, seconds: list[float]) -> None:
    middle, worst = statistics.median(seconds), max(seconds)
    print(f"{name}: {len(seconds)}, median {1000 * middle:.0f} ms, worst {1000 * worst:.0f} ms")


def acknowledged(asked: list[Interaction]) -> list[float]:
    return [one.acknowledged_after for one in asked if one.acknowledged_after is not None]


async def sequential(discord: LoopbackDiscord) -> None:
    asked = []
    for _ in range(20):
        one = await ask(discord, world.user("reader"))
        await discord.until(lambda one=one: one.answered, 60)
        asked.append(one)
    report("asked one by one, acknowledged", acknowledged(asked))
    report("asked one by one, answered", [one.answered_after for one in asked])


async def crowd(discord: LoopbackDiscord, name: str) -> None:
    """200 questions at once from 50 users."""
    users = [world.user(f"user{number}") for number in range(50)]
    asked = [await ask(discord, users[number % 50]) for number in range(200)]
    await discord.until(lambda: all(one.answered for one in asked), 300)
    waits = sum("again" in one.text and one.acknowledged == 4 for one in asked)
    print(f"{name}: {200 - waits} answered, {waits} told to wait")
    report(f"{name}, acknowledged", acknowledged(asked))
    report(f"{name}, answered or told", [one.answered_after for one in asked])


async def three_reindexes(discord: LoopbackDiscord, corpus: Path, documents: int) -> None:
    """50 questions in flight all the time while the corpus is indexed anew three times."""
    done: list[Interaction] = []
    stop = asyncio.Event()

    async def keep_asking(user: dict[str, Any]) -> None:
        while not stop.is_set():
            one = await ask(discord, user)
            await discord.until(lambda one=one: one.answered, 300)
            done.append(one)

    asking = [asyncio.create_task(keep_asking(world.user(f"u{number}"))) for number in range(50)]
    for revision in (2, 3, 4):
        await asyncio.to_thread(write_corpus, corpus, documents, revision)
        await one_reindex(discord)
    stop.set()
    await asyncio.gather(*asking)
    mixed = [one for one in done if len(set(REVISION.findall(one.text))) > 1]
    refused = [one for one in done if "**[1]**" not in one.text]
    seen = sorted({revision for one in done for revision in REVISION.findall(one.text)})
    print(
        f"50 in flight during three reindexes: {len(done)} answered, {len(refused)} without a "
        f"source, {len(mixed)} mixed, revisions seen {', '.join(seen)}"
    )
    report("during reindexes, acknowledged", acknowledged(done))
    report("during reindexes, answered", [one.answered_after for one in done])
    assert not mixed


async def one_reindex(discord: LoopbackDiscord) -> None:
    begun = time.monotonic()
    one = await discord.slash("reindex", permissions=world.ALL_PERMISSIONS)
    await discord.until(lambda: one.answered and not one.text.startswith("**Reindexing**"), 3600)
    print(f"reindex in {time.monotonic() - begun:.0f} s: {one.text.splitlines()[0]}")


def heartbeats(discord: LoopbackDiscord, since: float) -> None:
    beats = [at for at, what, _ in discord.gateway.log if what == HEARTBEAT and at >= since]
    gaps = [later - earlier for earlier, later in itertools.pairwise(beats)]
    if gaps:
        print(f"heartbeats due every 1000 ms: {len(gaps)}, worst gap {1000 * max(gaps):.0f} ms")


@contextlib.asynccontextmanager
async def running(corpus: Path, data: Path, **environment: str):  # type: ignore[no-untyped-def]
    # This Discord remembers no commands from before.
    (data / "discord-commands").unlink(missing_ok=True)
    async with LoopbackDiscord(heartbeat_ms=1000, judge=False) as discord:
        begun = time.monotonic()
        async with bot_process(
            discord.base, data, program=UNCHANGED, ASCRIBE_CORPUS_DIR=str(corpus), **environment
        ) as bot:
            await bot.logged("ready as askbot")
            print(f"ready {1000 * (time.monotonic() - begun):.0f} ms after start")
            await bot.logged("is open")
            print(f"index open {1000 * (time.monotonic() - begun):.0f} ms after start")
            yield discord, psutil.Process(bot.process.pid)
            await discord.until(lambda: discord.gateway.connected)
        wrong = discord.rest.judge_all()
        print(f"{len(discord.requests)} requests, {len(wrong)} with an invalid body")


def memory(name: str, process: psutil.Process) -> None:
    print(f"{name}: {process.memory_info().rss / 2**20:.0f} MB")


async def measure(work: Path, passages: int) -> None:
    corpus, data = work / "corpus", work / "data"
    write_corpus(corpus, passages, 1)
    reindex(corpus, data)
    async with running(corpus, data, ASCRIBE_COOLDOWN_SECONDS="5") as (discord, process):
        await asyncio.sleep(3)
        memory("at rest", process)
        await sequential(discord)
        memory("after 20 questions", process)
        for turn in range(3):
            await crowd(discord, f"200 at once, cooldown 5 s, round {turn + 1}")
            await asyncio.sleep(6)
        memory("after 600 questions", process)
    async with running(corpus, data) as (discord, process):
        for turn in range(3):
            await crowd(discord, f"200 at once, no cooldown, round {turn + 1}")
        memory("after 600 questions", process)
    few = 120
    corpus, data = work / "few", work / "few-data"
    write_corpus(corpus, few, 1)
    reindex(corpus, data)
    async with running(corpus, data) as (discord, process):
        begun = time.monotonic()
        await three_reindexes(discord, corpus, few)
        memory("after three reindexes", process)
        await asyncio.to_thread(write_corpus, corpus, few, 5)
        work_on = asyncio.create_task(one_reindex(discord))
        await asyncio.sleep(2)
        await crowd(discord, "200 at once during a reindex")
        await work_on
        heartbeats(discord, begun)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1500)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(measure((options.work or Path(temporary)).resolve(), options.passages))


if __name__ == "__main__":
    main()
