"""Questions over a gateway that breaks all the time: what reached the bot must be answered.

    python -m bench.gateway_faults [--asks 1000] [--seed 1]

The bot is a process of its own with a made-up answerer. Between the questions the connection is
dropped, ordered to leave, invalidated or forgotten at random. A question counts as lost when it has
no answer, neither where it was asked nor, if the three seconds had passed, in the channel. What is
sent into a session that Discord forgot never reaches a bot, and is counted apart.
"""

import argparse
import asyncio
import contextlib
import random
import tempfile
from collections import Counter
from pathlib import Path

from tests.loopback.bot import bot_process
from tests.loopback.gateway import IDENTIFY, RESUME
from tests.loopback.interactions import Interaction, text_of
from tests.loopback.server import LoopbackDiscord

RESUMED = ("drop", "reconnect", "4000", "invalid but resumable")
FORGOTTEN = ("invalid", "drop and forget")


async def measure(asks: int, seed: int) -> None:
    chance = random.Random(seed)
    kinds: Counter[str] = Counter()
    asked: list[tuple[int, Interaction, bool]] = []
    with tempfile.TemporaryDirectory() as data:
        async with (
            LoopbackDiscord(judge=False) as discord,
            bot_process(discord.base, Path(data), ASCRIBE_QUESTIONS_AT_ONCE="1000") as bot,
        ):
            await bot.logged("ready as askbot")
            until_fault = chance.randint(10, 60)
            for number in range(asks):
                if number % 3 == 0:
                    await discord.until(lambda: discord.gateway.connected, 60)
                # Into a session that there is; what it misses is replayed when it is resumed.
                sessions = set(discord.gateway.sessions)
                one = await discord.slash("ask", question=f"Who accused roofing? Number {number}.")
                asked.append((number, one, bool(sessions)))
                until_fault -= 1
                if not until_fault:
                    until_fault = chance.randint(10, 60)
                    forget = chance.random() < 0.3
                    kind = chance.choice(FORGOTTEN if forget else RESUMED)
                    if not discord.gateway.connected:
                        continue
                    kinds[kind] += 1
                    if forget:
                        # What was sent has arrived before the session is forgotten.
                        await discord.until(lambda: all(heard(discord, *one) for one in asked), 60)
                    await discord.gateway.fault(kind)
                await asyncio.sleep(0.01)
            with contextlib.suppress(TimeoutError):
                await discord.until(lambda: all(answered(discord, *one) for one in asked), 120)
            unsent = [number for number, _, sent in asked if not sent]
            lost = [one[0] for one in asked if not answered(discord, *one)]
            late = sum(not one.acknowledged for _, one, sent in asked if sent) - len(lost)
            done = Counter(what for _, what, _ in discord.gateway.log)
            wrong = discord.rest.judge_all()
            print(f"faults: {dict(sorted(kinds.items()))}")
            print(f"{done[RESUME]} resumes, {done[IDENTIFY]} identifies")
            print(
                f"{asks} asked, {asks - len(unsent)} sent into a session, {len(unsent)} while "
                f"there was none; {late} answered in the channel, too late for their command"
            )
            print(f"lost: {len(lost)} {lost[:20]}")
            print(f"{len(discord.requests)} requests, {len(wrong)} with an invalid body")


def heard(discord: LoopbackDiscord, number: int, one: Interaction, sent: bool) -> bool:
    return not sent or bool(one.acknowledged) or answered(discord, number, one, sent)


def answered(discord: LoopbackDiscord, number: int, one: Interaction, sent: bool) -> bool:
    if not sent:
        return True
    if one.original is not None and "Sources" in text_of(one.original):
        return True
    return any(
        f"Number {number}\\." in text_of(message) or f"Number {number}." in text_of(message)
        for message in discord.messages.values()
        if "Sources" in text_of(message)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asks", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    asyncio.run(measure(options.asks, options.seed))


if __name__ == "__main__":
    main()
