"""A stretch of a document around cited words, which stand in bold. Pure."""

import re
from dataclasses import dataclass

from bot.markdown import inert, width
from index.markup import readable

_LONGEST = 3300
_NEIGHBOURS = 420
_STRETCH = 1100
_LONGEST_QUOTE = 1500
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![^\S\n]*\n))+")
_BOUNDARY = re.compile(r"\n\s*\n|(?<=[.!?…\"”’])\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`text[start:end]` of a document, as quoted lines for a message."""

    lines: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Stretches of a document's text. The words cited, from start to end, are bold in each."""

    text: str
    start: int = 0
    end: int = 0
    document: str = ""
    """Its path, which tells how its words are read."""

    def around(self) -> Excerpt:
        """The cited words with their neighbours; a very long quote only begins."""
        reach, size = _NEIGHBOURS, len(self.text)
        while True:
            first = _later_boundary(self.text, max(0, self.start - reach), self.start)
            last = min(self.end, self.start + _LONGEST_QUOTE)
            if last == self.end:
                last = _earlier_boundary(self.text, self.end, min(size, self.end + reach))
            excerpt = self._excerpt(first, last)
            if width(excerpt.lines) <= _LONGEST or not reach:
                return self._fitting(excerpt)
            reach //= 2

    def before(self, offset: int) -> Excerpt:
        """What stands before an offset."""
        first = _later_boundary(self.text, max(0, offset - _STRETCH), offset)
        return self._fitting(self._excerpt(first, offset))

    def after(self, offset: int) -> Excerpt:
        """What stands from an offset on."""
        last = min(len(self.text), offset + _STRETCH)
        if last < len(self.text):
            last = _earlier_boundary(self.text, offset + 1, last)
        return self._fitting(self._excerpt(offset, last))

    def _fitting(self, excerpt: Excerpt) -> Excerpt:
        """Cut at its end until a message takes it: markdown can double what it wraps."""
        while width(excerpt.lines) > _LONGEST:
            shorter = excerpt.start + (excerpt.end - excerpt.start) // 2
            excerpt = self._excerpt(excerpt.start, shorter)
        return excerpt

    def _excerpt(self, first: int, last: int) -> Excerpt:
        lines = []
        for found in _PARAGRAPH.finditer(self.text, first, last):
            line = self._line(found.start(), found.end())
            if line:
                lines.append(f"> {line}")
        return Excerpt("\n> \n".join(lines), first, last)

    def _line(self, first: int, last: int) -> str:
        text, start, end = self.text, self.start, self.end
        parts: list[str] = []
        edges = (
            (first, min(start, last)),
            (max(start, first), min(end, last)),
            (max(end, first), last),
        )
        for number, (one, other) in enumerate(edges):
            words = text[one:other] if one < other else ""
            shown = inert(readable(words, self.document))
            if not shown:
                continue
            if parts and (words[0].isspace() or text[one - 1].isspace()):
                parts.append(" ")
            parts.append(f"**{shown}**" if number == 1 else shown)
        return "".join(parts)


def _later_boundary(text: str, earliest: int, latest: int) -> int:
    """Where the first sentence begins that begins from `earliest` on."""
    if earliest == 0:
        return 0
    found = _BOUNDARY.search(text, earliest, latest)
    if found:
        return found.end()
    space = text.find(" ", earliest, latest)
    return space + 1 if space >= 0 else earliest


def _earlier_boundary(text: str, earliest: int, latest: int) -> int:
    """Where the last sentence ends that ends up to `latest`."""
    if latest == len(text):
        return latest
    ends = [found.start() for found in _BOUNDARY.finditer(text, earliest, latest)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", earliest, latest)
    return space if space > earliest else latest
