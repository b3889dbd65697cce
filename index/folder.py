"""The walk through a corpus folder: which files make it up."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import SettingsError

CORPUS_SETTINGS = frozenset({"corrections.toml", "aliases.toml", "access.toml"})
"""Files at the top of a corpus that are about it and not of it."""

_TEMPORARY = re.compile(
    r"\..*|~\$.*|.*~|#.*#|.*\.(?:tmp|temp|swp|part|partial|crdownload|download)"
    r"|thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of the corpus and what tells cheaply whether it changed."""

    id: str
    """The path relative to the corpus, with `/`."""
    path: Path
    size: int
    mtime_ns: int
    ctime_ns: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds, sorted by path."""

    files: list[CorpusFile]
    unreadable: list[tuple[str, str]]
    """Paths that may hold documents but cannot be looked at, each with the reason."""


def list_files(corpus: Path) -> Listing:
    """The files that make up a corpus, whether or not Ascribe reads their kind.

    Left out are hidden and temporary files, the corpus's own settings, links that lead out of the
    corpus or to something hidden in it, and linked folders (their files are found where they lie).

    Raises SettingsError when there is no such folder, or when it cannot be read.
    """
    root = corpus.resolve()
    if not root.is_dir():
        raise SettingsError(f"There is no corpus folder {corpus}.")
    found = []
    unreadable: list[tuple[str, str]] = []
    for path in _visible_files(root, unreadable):
        id = path.relative_to(root).as_posix()
        if id in CORPUS_SETTINGS:
            continue
        try:
            if path.is_symlink() and not _is_visible_in(root, path.resolve(strict=True)):
                continue
            status = path.stat()
        except (OSError, RuntimeError):  # gone meanwhile, a dangling link, or one that goes round
            continue
        if not stat.S_ISREG(status.st_mode):
            continue
        if not _is_unicode(id):
            unreadable.append((_printable(id), "its name is not Unicode: give it another one"))
            continue
        found.append(CorpusFile(id, path, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return Listing(sorted(found, key=lambda file: file.id), sorted(unreadable))


def _visible_files(root: Path, unreadable: list[tuple[str, str]]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        folder = Path(error.filename)
        if folder == root:
            raise SettingsError(f"The corpus folder {root} cannot be read: {error.strerror}.")
        name = _printable(folder.relative_to(root).as_posix())
        unreadable.append((f"{name}/", f"the folder cannot be read: {error.strerror}"))

    for folder, folders, names in os.walk(root, onerror=note):
        folders[:] = [name for name in folders if not _TEMPORARY.fullmatch(name)]
        yield from (Path(folder, name) for name in names if not _TEMPORARY.fullmatch(name))


def _is_visible_in(root: Path, target: Path) -> bool:
    if not target.is_relative_to(root):
        return False
    inside = target.relative_to(root)
    return inside.as_posix() not in CORPUS_SETTINGS and not any(
        _TEMPORARY.fullmatch(part) for part in inside.parts
    )


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _printable(name: str) -> str:
    """With `\\xff` for a byte that is no character."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
