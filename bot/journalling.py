"""The journal from the event loop: its calls wait for the disk in a thread of their own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from index.journal import Journal

_T = TypeVar("_T")


class Journalling:
    """One thread, so that what is written is written in order. For use on one event loop."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._thread = ThreadPoolExecutor(1, "journal")

    async def do(self, work: Callable[[Journal], _T]) -> _T:
        """Raises what the journal raises. A write that has begun is finished if the caller ends."""
        return await asyncio.shield(
            asyncio.get_running_loop().run_in_executor(self._thread, work, self._journal)
        )

    async def close(self) -> None:
        """Everything that was handed in is written first."""
        await asyncio.to_thread(self._thread.shutdown)
        await asyncio.to_thread(self._journal.close)
