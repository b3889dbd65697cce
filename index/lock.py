"""One writer at a time: a file lock that the operating system releases with its owner.

The file holds the owner's pid while the lock is held and is empty afterwards. A pid that a killed
owner left says nothing: only the lock itself does.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import filelock

from index.errors import LockedError

_PATIENCE = 0.5
"""Seconds; far longer than `writer` looks at the lock."""


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
        with suppress(OSError):
            os.truncate(path, 0)
        lock.release()


def writer(data: Path) -> int | None:
    """The process that holds the lock now, None when nobody does.

    Looking takes a shared lock for an instant, so that neither two who look nor a writer that
    starts meanwhile are in each other's way.
    """
    path = data / "lock"
    owner = _owner(path)
    if owner is None:
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _owner(path) or owner
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return None


def _owner(path: Path) -> int | None:
    try:
        return int(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
