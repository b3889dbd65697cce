"""What an asker sees while an answer is worked on."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bot.render import counted
from bot.replies import FAILURES, Reply, UndeliverableError

_LONG_WORK = 4.0
"""Seconds until an asker hears that it takes longer."""


@contextlib.asynccontextmanager
async def company(reply: Reply, ahead: int) -> AsyncIterator[None]:
    """Tells the asker how many are before them, and that it takes long when it does."""

    editing = asyncio.Lock()

    async def say(sentence: str) -> None:
        async with editing:
            with contextlib.suppress(UndeliverableError, *FAILURES):
                await reply.show(sentence)

    async def keep() -> None:
        if ahead:
            await say(f"-# {counted(ahead, 'question')} before yours. Yours keeps its place.")
        await asyncio.sleep(_LONG_WORK)
        await say("-# Still searching. This takes longer than usual.")

    task = asyncio.create_task(keep())
    try:
        yield
    finally:
        # An edit under way must not arrive after the answer.
        async with editing:
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
