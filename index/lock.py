"""One writer at a time: a file lock that the operating system releases with its owner."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from index.errors import LockedError

_PATIENCE = 0.5
"""Seconds; long enough for `writer` to let go, which holds the lock for an instant."""


@contextmanager
def writer_lock(data: Path) -> Iterator[None]:
    """Holds the lock of a data folder. Raises LockedError at once when another process has it."""
    path = data / "lock"
    lock = filelock.FileLock(path, timeout=_PATIENCE, poll_interval=0.05, is_singleton=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        owner = _owner(path)
        who = f"process {owner}" if owner else "another process"
        raise LockedError(
            f"The index is being written by {who}. Try again when it is done."
        ) from None
    try:
        path.write_text(f"{os.getpid()}\n", "utf-8")
        yield
    finally:
        lock.release()


def writer(data: Path) -> int | None:
    """The process that holds the lock now, None when nobody does."""
    path = data / "lock"
    if not path.is_file() or (owner := _owner(path)) is None:
        return None
    lock = filelock.FileLock(path, timeout=0, is_singleton=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        return owner
    except OSError:
        return None
    lock.release()
    return None


def _owner(path: Path) -> int | None:
    try:
        return int(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
