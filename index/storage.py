"""Durable steps on the file system, and the sentences for a disk that refuses."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StorageError

Point = Callable[[str], None]
"""Called with the name of each step, before or after it; a test may stop the process there."""

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "it is on a read-only disk",
    errno.EACCES: "this user may not write there",
    errno.EPERM: "this user may not write there",
    errno.EFBIG: "a file would become too large",
    errno.EIO: "the disk reports an error",
}
_SQLITE_REASONS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}


def no_point(name: str) -> None:
    """Stops nowhere."""


def sync(path: Path) -> None:
    """Forces a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Forces a folder with all that is in it to the disk."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def write_durably(path: Path, text: str, point: Point = no_point) -> None:
    """Replaces a file's content at once: a reader finds the old text or the new one."""
    fresh = path.with_name(f".{path.name}.new")
    point(f"before write {path.name}")
    fresh.write_text(text, "utf-8")
    sync(fresh)
    point(f"before replace {path.name}")
    fresh.replace(path)
    point(f"after replace {path.name}")
    sync(path.parent)


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turns a full or read-only disk into a StorageError; other errors pass."""
    try:
        yield
    except OSError as error:
        if error.errno in _REASONS:
            raise _refused(folder, error.errno) from error
        raise
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _SQLITE_REASONS:
            raise _refused(folder, _SQLITE_REASONS[code]) from error
        raise


def _refused(folder: Path, number: int) -> StorageError:
    return StorageError(
        f"The index cannot be written to {folder}: {_REASONS[number]}."
        " Nothing was lost, and the index that was there still answers."
    )
