"""Rich Text Format (.rtf), by the specification 1.9.1 of Microsoft."""

import codecs
import re
from dataclasses import dataclass, replace

from index.errors import ReadError
from index.readers.decoding import normalise
from index.readers.metadata import iso_date, one_line
from index.readers.reading import Reading

MAX_DEPTH = 1000
MAX_LENGTH = 50_000_000

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)"
)
_SKIPPED = frozenset(
    b"colortbl stylesheet pict object header headerl headerr headerf footer footerl footerr "
    b"footerf footnote annotation atnid atnauthor fldinst listtable listoverridetable themedata "
    b"datastore latentstyles rsidtbl generator xmlnstbl operator company comment doccomm keywords "
    b"subject category manager".split()
)
_PRINTED = {
    b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘",
    b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}"}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until a group ends."""

    place: bytes = b""
    """The destination: the text, or a table or a property of the file."""
    hidden: bool = False
    font: int = -1
    fallback: int = 1
    """How many characters after a Unicode one stand for it in old readers."""


def read(data: bytes) -> Reading:
    """Paragraphs apart by a blank line; a row of a table is a line with ` | ` between the cells."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ReadError("damaged: this is not a Rich Text file")
    if len(data) > MAX_LENGTH:
        raise ReadError("too large for a Rich Text file")
    walk = _Walk()
    walk.read(data)
    words = "\n".join(" ".join(line.split()) for line in walk.said(b"").split("\n"))
    return Reading(
        normalise(re.sub(r"\n{3,}", "\n\n", words).strip()),
        title=one_line(walk.said(b"title")),
        author=one_line(walk.said(b"author")),
        published=iso_date("-".join(f"{part:02}" for part in walk.created)),
    )


class _Walk:
    def __init__(self) -> None:
        self.created: list[int] = []
        self._texts: dict[bytes, list[str]] = {}
        self._fonts: dict[int, str] = {}
        self._encoding = "cp1252"
        self._bytes = bytearray()
        self._group = _Group()
        self._groups: list[_Group] = []

    def said(self, place: bytes) -> str:
        """What a destination says; characters may come as halves of UTF-16."""
        units = "".join(self._texts.get(place, ()))
        return units.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def read(self, data: bytes) -> None:
        at = 0
        skip = 0
        while match := _TOKEN.search(data, at):
            at = match.end()
            word, number, code, symbol, brace, words = match.groups()
            if code or words:
                raw = bytes((int(code, 16),)) if code else words
                raw, skip = raw[skip:], max(0, skip - len(raw))
                self._bytes += raw if self._is_text() else b""
                continue
            self._flush()
            skip = 0
            if brace == b"{":
                if len(self._groups) == MAX_DEPTH:
                    raise ReadError("damaged: nested too deeply")
                self._groups.append(self._group)
            elif brace:
                self._group = self._groups.pop() if self._groups else _Group()
            elif symbol == b"*":
                self._group = replace(self._group, place=b"*")
            elif symbol:
                self._add(_SYMBOLS.get(symbol, "\n\n" if symbol in b"\r\n" else ""))
            elif word == b"bin":
                at += max(0, int(number or 0))
            elif word == b"u":
                self._add(chr(int(number or 0) % 0x10000))
                skip = self._group.fallback
            else:
                self._control(word, int(number) if number else None)
        self._flush()

    def _is_text(self) -> bool:
        return self._group.place in (b"", b"title", b"author") and not self._group.hidden

    def _add(self, text: str) -> None:
        if text and self._is_text():
            self._texts.setdefault(self._group.place, []).append(text)

    def _flush(self) -> None:
        if self._bytes:
            encoding = self._fonts.get(self._group.font, self._encoding)
            self._add(self._bytes.decode(encoding, "replace"))
            self._bytes.clear()

    def _control(self, word: bytes, number: int | None) -> None:
        group = self._group
        if word in _PRINTED:
            self._add(_PRINTED[word])
        elif word in (b"par", b"sect", b"page"):
            self._add("\n\n")
        elif word in (b"cell", b"nestcell"):
            self._add(" | ")
        elif word in (b"row", b"nestrow"):
            self._end_row()
        elif word in (b"v", b"deleted"):
            self._group = replace(group, hidden=number != 0)
        elif word == b"plain":
            self._group = replace(group, hidden=False)
        elif word == b"uc":
            self._group = replace(group, fallback=min(8, max(0, number or 0)))
        elif word == b"f":
            self._group = replace(group, font=number or 0)
        elif word == b"fcharset" and group.place == b"fonttbl":
            self._fonts[group.font] = _CHARSETS.get(number or 0, self._encoding)
        elif word == b"ansicpg":
            self._encoding = _known_encoding(number or 0)
        elif word in (b"yr", b"mo", b"dy") and group.place == b"creatim":
            self.created.append(number or 0)
        elif word in (b"fonttbl", b"info", b"title", b"author", b"creatim") or word in _SKIPPED:
            self._group = replace(group, place=word)

    def _end_row(self) -> None:
        pieces = self._texts.get(self._group.place, [])
        if pieces and pieces[-1] == " | ":
            pieces.pop()
        self._add("\n")


def _known_encoding(codepage: int) -> str:
    try:
        return codecs.lookup("utf-8" if codepage == 65001 else f"cp{codepage}").name
    except LookupError:
        return "cp1252"
