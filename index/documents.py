"""From the files of a corpus to documents.

What a format says is read by its module in `index.readers`; here are the choice of the reader, and
what holds for every format.
"""

import logging
import re
from dataclasses import replace
from pathlib import PurePosixPath

from index.errors import ReadError
from index.readers import READERS
from index.readers.language import detect_language
from index.readers.reading import Reading
from index.types import Document

__all__ = ["READER_VERSION", "Reading", "document_from", "read"]

log = logging.getLogger(__name__)

READER_VERSION = "4"
"""Goes up when any reader's output changes; part of the key under which readings are cached."""

MAX_BYTES = 200_000_000


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
