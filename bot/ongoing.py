"""What is being answered right now, so that a shutdown can let it finish."""

import asyncio
import contextlib
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import ClosingError


class Ongoing:
    """Counts the replies that are under way; for use on one event loop."""

    def __init__(self) -> None:
        self._closing = False
        self._count = 0
        self._idle = asyncio.Event()
        self._closed = asyncio.Event()
        self._idle.set()

    @contextmanager
    def entry(self) -> Iterator[None]:
        """Around a reply. Raises ClosingError once the bot is being stopped."""
        if self._closing:
            raise ClosingError
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    def close(self) -> None:
        """Takes nothing new from here on."""
        self._closing = True
        self._closed.set()

    async def pause(self, seconds: float) -> None:
        """Waits, for a reply that is under way. Raises ClosingError once the bot is stopped."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)
        if self._closing:
            raise ClosingError

    @property
    def is_closing(self) -> bool:
        return self._closing

    async def closing(self) -> None:
        """Waits until the bot is being stopped."""
        await self._closed.wait()

    async def drained(self, within: float) -> bool:
        """Whether everything has ended, after at most `within` seconds."""
        try:
            await asyncio.wait_for(self._idle.wait(), within)
        except TimeoutError:
            return False
        return True
