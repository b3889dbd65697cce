"""From the files of a corpus to documents.

What a format says is read by its module in `index.readers`; here are the walk through the folder,
the choice of the reader, and what holds for every format.
"""

import logging
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from index.errors import ReadError, SettingsError
from index.readers import READERS
from index.readers.language import detect_language
from index.readers.reading import Reading
from index.types import Document

__all__ = ["READER_VERSION", "CorpusFile", "Reading", "document_from", "find_files", "read"]

log = logging.getLogger(__name__)

READER_VERSION = "3"
"""Goes up when any reader's output changes; part of the key under which readings are cached."""

CORPUS_SETTINGS = frozenset({"corrections.toml", "aliases.toml", "access.toml"})
"""Files at the top of a corpus that are about it and not of it."""
MAX_BYTES = 200_000_000

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


def find_files(corpus: Path) -> list[CorpusFile]:
    """The files that make up a corpus, sorted by id, whether or not Ascribe reads their kind.

    Left out are hidden and temporary files, the corpus's own settings, links that lead out of the
    corpus or to something hidden in it, linked folders (their files are found where they lie), and
    names that are not Unicode.

    Raises SettingsError when there is no such folder, ReadError when a folder in it cannot be read:
    an incomplete list would look like files removed.
    """
    root = corpus.resolve()
    if not root.is_dir():
        raise SettingsError(f"There is no corpus folder {corpus}.")
    found = []
    for path in _visible_files(root):
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
        try:
            id.encode()
        except UnicodeEncodeError:
            log.warning("The file %r is left out: its name is not Unicode.", id)
            continue
        found.append(CorpusFile(id, path, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return sorted(found, key=lambda file: file.id)


def _visible_files(root: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise ReadError(f"The folder {error.filename} cannot be read: {error.strerror}.")

    for folder, folders, names in os.walk(root, onerror=refuse):
        folders[:] = [name for name in folders if not _TEMPORARY.fullmatch(name)]
        yield from (Path(folder, name) for name in names if not _TEMPORARY.fullmatch(name))


def _is_visible_in(root: Path, target: Path) -> bool:
    if not target.is_relative_to(root):
        return False
    inside = target.relative_to(root)
    return inside.as_posix() not in CORPUS_SETTINGS and not any(
        _TEMPORARY.fullmatch(part) for part in inside.parts
    )


def read(data: bytes, suffix: str) -> Reading:
    """What the bytes of a file say, by the reader of its suffix (`.pdf`, in any case).

    Raises ReadError with a short reason, whatever the bytes are. A bound on time
    and memory is the caller's process; readers refuse what unpacks beyond measure.
    """
    reader = READERS.get(suffix.lower())
    if reader is None:
        raise ReadError(f"not a kind of document that Ascribe reads ({suffix or 'no suffix'})")
    if len(data) > MAX_BYTES:
        raise ReadError(f"too large: more than {MAX_BYTES // 1_000_000} MB")
    try:
        reading = reader(data)
    except (ReadError, ImportError):  # a library that is missing is no fault of the file
        raise
    except MemoryError as error:
        raise ReadError("too large to read in the memory there is") from error
    except RecursionError as error:
        raise ReadError("damaged: nested too deeply") from error
    except Exception as error:
        log.debug("a reader failed", exc_info=True)
        raise ReadError(f"damaged: {_short(error)}") from error
    if not reading.text.strip():
        raise ReadError("no text found")
    if reading.language is None:
        return replace(reading, language=detect_language(reading.text))
    return reading


def _short(error: Exception) -> str:
    reason = " ".join(str(error).split()) or type(error).__name__
    return reason if len(reason) <= 100 else reason[:99] + "…"


def document_from(reading: Reading, *, id: str, sha256: str) -> Document:
    """The document that a reading is at a place in the corpus.

    Without a title of its own it is called by its file's name.
    """
    return Document(
        id=id,
        text=reading.text,
        sha256=sha256,
        title=reading.title or _readable_name(id),
        publisher=reading.publisher,
        author=reading.author,
        published=reading.published,
        url=reading.url,
        language=reading.language,
        page_starts=reading.page_starts,
    )


def _readable_name(id: str) -> str:
    """`notes/city-council_2024-12-02.txt` is "City council 2024-12-02"."""
    stem = PurePosixPath(id).stem
    spaced = re.sub(r"_+|(?<!\d)-+|-+(?!\d)", " ", stem)
    name = " ".join(spaced.split()) or stem
    return name[:1].upper() + name[1:] if name.islower() else name
