"""Durable steps on the file system, and the sentences for a disk that refuses."""

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import StorageError

Point = Callable[[str], None]
"""Called with the name of each step, before and after it; a test may stop the process there."""

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "it is on a read-only disk",
    errno.EACCES: "this user may not write there",
    errno.EPERM: "this user may not write there",
    errno.EFBIG: "a file would become too large",
    errno.EIO: "the disk reports an error",
    errno.EMFILE: "this process has too many files open",
    errno.ENFILE: "the machine has too many files open",
}
_SQLITE_REASONS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
_TELLS_SQLITE_CODE = re.compile(r"\(code: (\d+)\)")
_TELLS_ERRNO = re.compile(r"\(os error (\d+)\)")
_ATTEMPTS = 5


def no_point(name: str) -> None:
    """Stops nowhere."""


@contextmanager
def around(point: Point, name: str) -> Iterator[None]:
    """A step with a point before it and one after it."""
    point(f"before {name}")
    yield
    point(f"after {name}")


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
    with around(point, f"write {path.name}"):
        fresh.write_text(text, "utf-8")
        sync(fresh)
    with around(point, f"replace {path.name}"):
        fresh.replace(path)
    with around(point, f"sync {path.name}"):
        sync(path.parent)


def remove_tree(folder: Path) -> None:
    """Removes a folder and what is in it.

    A reader that is just opening it may add a file meanwhile: that is tried again, and in the end
    left for the next writer.
    """
    for _ in range(_ATTEMPTS):
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            pass
        except OSError as error:
            if error.errno != errno.ENOTEMPTY:
                raise
        if not folder.exists():
            return


def discard_tree(folder: Path) -> None:
    """Removes a folder on the way out of an error, which must not be hidden by another."""
    with suppress(OSError):
        remove_tree(folder)


def reason_of(error: BaseException) -> int | None:
    """The errno of a disk that refuses, from any library's error; None for other errors."""
    if isinstance(error, OSError):
        return error.errno if error.errno in _REASONS else None
    if isinstance(error, sqlite3.Error):
        return _SQLITE_REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    message = str(error)
    if found := _TELLS_SQLITE_CODE.search(message):
        return _SQLITE_REASONS.get(int(found[1]) & 0xFF)
    if found := _TELLS_ERRNO.search(message):
        return int(found[1]) if int(found[1]) in _REASONS else None
    return None


def problem_of(error: BaseException) -> str | None:
    """In words what a disk that refuses says, as in "the disk is full"; None for other errors."""
    number = reason_of(error)
    return None if number is None else _REASONS[number]


@contextmanager
def storage_errors(folder: Path, *, reading: bool = False) -> Iterator[None]:
    """Turns what a full or read-only disk raises into a StorageError; other errors pass."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        number = reason_of(error)
        if number is None:
            raise
        if reading:
            raise StorageError(
                f"The index in {folder} cannot be opened: {_REASONS[number]}. Opening it writes a"
                " few bytes there."
            ) from error
        raise StorageError(
            f"The index cannot be written to {folder}: {_REASONS[number]}."
            " Nothing was lost; an index that was there still answers."
        ) from error
