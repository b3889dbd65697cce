"""What an asker sees while an answer is worked on."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import discord

from bot.answer_card import answer_card
from bot.answer_pages import answer_pages
from bot.layout import Card
from bot.ongoing import Ongoing
from bot.render import counted
from bot.replies import FAILURES, Reply, UndeliverableError
from index.types import Answer

_LONG_WORK = 4.0
"""Seconds until an asker hears that it takes longer."""
_BETWEEN_EDITS = 1.5
"""Seconds; Discord takes five edits of a channel's messages in five seconds."""
_WRITING = "-# Still writing … Each sentence above was checked with its source."
_STOPPED = "-# I was restarted while I wrote this. Please ask again for the rest."


class Company:
    """Keeps the message that will hold an answer up to date, with few edits."""

    def __init__(self, reply: Reply, ongoing: Ongoing) -> None:
        self._reply = reply
        self._ongoing = ongoing
        self._answer: Answer | None = None
        self._grown = asyncio.Event()
        self._editing = asyncio.Lock()
        self._edited = 0.0
        self._message: int | None = None
        self._over = False

    def grow(self, answer: Answer) -> None:
        """Takes what there is of an answer so far, of which only the newest is shown."""
        self._answer = answer
        self._grown.set()

    async def keep(self, ahead: int) -> None:
        """Says what there is to say, until it is cancelled."""
        if ahead:
            await self._show(
                f"-# {counted(ahead, 'question')} before yours. Yours keeps its place."
            )
        try:
            async with asyncio.timeout(_LONG_WORK):
                await self._grown.wait()
        except TimeoutError:
            await self._show("-# Still searching. This takes longer than usual.")
        while not self._over:
            await self._grown.wait()
            self._grown.clear()
            await self._show_answer()
            await asyncio.sleep(_BETWEEN_EDITS)

    async def finish(self, keeping: asyncio.Task[None]) -> None:
        """Ends the keeping, and leaves Discord the time for the edit that comes now."""
        async with self._editing:  # an edit under way must not arrive after the answer
            keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        if self._answer is not None:
            await asyncio.sleep(max(0.0, self._edited + _BETWEEN_EDITS - time.monotonic()))

    async def stopped(self) -> None:
        """Once the bot is being stopped, says so below what has been shown of the answer."""
        await self._ongoing.closing()
        if self._edited and self._answer is not None:
            await self._show_answer()

    async def _show_answer(self) -> None:
        assert self._answer is not None  # noqa: S101  (asked before each call)
        await self._show(unfinished_card(self._answer, stopped=self._ongoing.is_closing))

    async def _show(self, content: str | discord.ui.LayoutView) -> None:
        async with self._editing:
            with contextlib.suppress(UndeliverableError, *FAILURES):
                message = await self._reply.show(content)
                self._edited = time.monotonic()
                # Where somebody has deleted the message, it is sent once more and then left alone.
                self._over = self._message not in (None, message.id)
                self._message = message.id


def unfinished_card(answer: Answer, *, stopped: bool = False) -> Card:
    """What there is of an answer, with a line below that says so, and without buttons."""
    tail = _STOPPED if stopped else _WRITING
    return answer_card(answer_pages(answer, show_question=True, tail=tail), 0, None)


@contextlib.asynccontextmanager
async def company(reply: Reply, ahead: int, ongoing: Ongoing) -> AsyncIterator[Company]:
    """Tells the asker how many are before them, that it takes long, and what there is already."""
    kept = Company(reply, ongoing)
    keeping = asyncio.create_task(kept.keep(ahead))
    stopped = asyncio.create_task(kept.stopped())
    try:
        yield kept
    finally:
        stopped.cancel()
        await kept.finish(keeping)
        await asyncio.gather(stopped, return_exceptions=True)
