"""Looks whether the corpus folder has changed, and reindexes when it has settled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from index.errors import AscribeError
from index.folder import list_files

logger = logging.getLogger(__name__)

_State = frozenset[tuple[str, int, int]]


def state_of(corpus: Path) -> _State:
    """Every file with its size and time. Raises AscribeError where the folder cannot be read."""
    return frozenset((file.id, file.size, file.mtime_ns) for file in list_files(corpus).files)


async def watch(
    corpus: Path,
    pause: Callable[[], Awaitable[None]],
    reindex: Callable[[], Awaitable[bool]],
) -> None:
    """Looks after each pause, for ever; what changed while nobody looked is taken up first.

    A change is taken up once two looks in a row have found the same: a file that is still being
    copied is left alone. `reindex` returns whether it ran; if not, it is asked again next time.
    """
    indexed: _State | None = None
    before: _State | None = None
    while True:
        try:
            now = await asyncio.to_thread(state_of, corpus)
        except AscribeError as error:
            logger.warning("the corpus cannot be watched: %s", error.user_message)
        else:
            if now != indexed and now == before and await reindex():
                indexed = now
            before = now
        await pause()
