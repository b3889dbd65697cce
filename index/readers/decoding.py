"""Bytes to text, once for the whole program."""

import codecs
import re
import unicodedata

from index.errors import ReadError
from index.readers.language import detect_language

NOT_TEXT = "not a text: the file holds binary data"

_BOMS = (
    # UTF-32 before UTF-16, whose mark is the beginning of the other's.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF",
    b"\xd0\xcf\x11\xe0", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ", b"Rar!", b"7z\xbc\xaf", b"SQLite f",
    b"RIFF", b"OggS", b"ID3", b"\x00\x00\x01\x00",
)  # fmt: skip
_OTHER_LATIN = frozenset(
    ["cs", "et", "hr", "hu", "lt", "lv", "mt", "pl", "ro", "sk", "sl", "tr", "vi"]
)
"""Languages in Latin letters that Windows-1252 does not write."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?")
_BAD_BYTES = 0.02
_SAMPLE = 64 * 1024


def normalise(text: str) -> str:
    """NFC with `\\n` line ends, and a space for every control character but tab and line end.

    A control character (NUL, escape, form feed, C1) cannot be shown and cuts or colours what is;
    a space in its place leaves every offset as it was.
    """
    return _CONTROLS.sub(" ", unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)))


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file, not normalised.

    In this order: a byte order mark, UTF-16 or UTF-32 that is plain without one, UTF-8 (also with
    a few bad bytes, which become U+FFFD), the encoding that the file declares, and the one that
    charset-normalizer finds likeliest. Valid UTF-8 beats a declaration, since text in another
    encoding is hardly ever valid UTF-8 by chance.

    Raises ReadError for binary data.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError:
                if encoding.startswith("utf-32"):
                    continue
                return data.decode(encoding, "replace").removeprefix("\ufeff")
    if data.startswith(_MAGIC):
        raise ReadError(NOT_TEXT)
    if wide := _wide_encoding(data):
        return data.decode(wide)
    if _looks_binary(data[:_SAMPLE]):
        raise ReadError(NOT_TEXT)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or _declared(data, declared) or _guessed(data)


def _wide_encoding(data: bytes) -> str | None:
    """The UTF-16 or UTF-32 that text without a mark is in, told from where its zero bytes lie.

    Spaces and line ends have zero high bytes in every script, so that one column of bytes
    holds zeros and the column of the low bytes holds none.
    """
    sample = data[:_SAMPLE]
    if len(data) % 2 or b"\0" not in sample:
        return None
    encodings = ["utf-16-le", "utf-16-be"]
    if len(data) % 4 == 0:
        encodings = ["utf-32-le", "utf-32-be", *encodings]
    for encoding in encodings:
        width = 4 if "32" in encoding else 2
        low = 0 if encoding.endswith("le") else width - 1
        columns = [sample[at::width] for at in range(width)]
        zeros = [column.count(0) / max(1, len(column)) for column in columns]
        others = [share for at, share in enumerate(zeros) if at != low]
        top = zeros[width - 1 - low]
        if zeros[low] > 0.01 or min(others) < 0.05 or (width == 4 and top < 1.0):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_written(text[:_SAMPLE]):
            return encoding
    return None


def _is_written(text: str) -> bool:
    strange = sum(
        unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\n\r\f" for c in text
    )
    return strange <= len(text) * 0.01


def _looks_binary(sample: bytes) -> bool:
    controls = sum(
        sample.count(bytes((byte,))) for byte in range(32) if byte not in b"\t\n\r\f\x1b"
    )
    return controls > len(sample) * 0.05


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 in which few of the characters beyond ASCII are broken, else None.

    No other encoding gives whole sequences of UTF-8 by chance beside one or two broken ones.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = sum(c > "\x7f" for c in text)
    whole = beyond - broken
    few = broken <= 2 and 2 * broken <= whole
    return text if few or broken <= beyond * _BAD_BYTES else None


def _declared(data: bytes, encoding: str | None) -> str | None:
    try:
        text = data.decode(encoding) if encoding else None
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return text if isinstance(text, str) and _is_written(text[:_SAMPLE]) else None


def _guessed(data: bytes) -> str:
    """By charset-normalizer; but where it finds Latin letters of an encoding that the language
    does not ask for (its cp1250 for French), they are those of Windows-1252, as on the web."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 4 * _SAMPLE]).best()
    if best is None:
        raise ReadError(NOT_TEXT)
    text = data.decode(best.encoding, "replace")
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    if best.encoding == "cp1252" or sum(c < "\u0250" for c in letters) < 0.9 * len(letters):
        return text
    if detect_language(text, min_letters=20) in _OTHER_LATIN:
        return text
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return text
