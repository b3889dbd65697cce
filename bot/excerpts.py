"""A stretch of a document around cited words, which stand in bold. Pure."""

import re
from dataclasses import dataclass

from bot.markdown import inert, width

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


def around(text: str, start: int, end: int) -> Excerpt:
    """The words from start to end with their neighbours; a very long quote only begins."""
    reach = _NEIGHBOURS
    while True:
        first = _later_boundary(text, max(0, start - reach), start)
        last = min(end, start + _LONGEST_QUOTE)
        if last == end:
            last = _earlier_boundary(text, end, min(len(text), end + reach))
        excerpt = _excerpt(text, first, last, start, end)
        if width(excerpt.lines) <= _LONGEST or not reach:
            return _fitting(text, excerpt, start, end)
        reach //= 2


def before(text: str, offset: int, start: int, end: int) -> Excerpt:
    """What stands before an offset. Cited words from start to end are bold here too."""
    first = _later_boundary(text, max(0, offset - _STRETCH), offset)
    return _fitting(text, _excerpt(text, first, offset, start, end), start, end)


def after(text: str, offset: int, start: int, end: int) -> Excerpt:
    """What stands from an offset on."""
    last = min(len(text), offset + _STRETCH)
    if last < len(text):
        last = _earlier_boundary(text, offset + 1, last)
    return _fitting(text, _excerpt(text, offset, last, start, end), start, end)


def _fitting(text: str, excerpt: Excerpt, start: int, end: int) -> Excerpt:
    """Cut at its end until a message takes it: markdown can double what it wraps."""
    while width(excerpt.lines) > _LONGEST:
        shorter = excerpt.start + (excerpt.end - excerpt.start) // 2
        excerpt = _excerpt(text, excerpt.start, shorter, start, end)
    return excerpt


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


def _excerpt(text: str, first: int, last: int, start: int, end: int) -> Excerpt:
    lines = []
    for found in _PARAGRAPH.finditer(text, first, last):
        line = _line(text, found.start(), found.end(), start, end)
        if line:
            lines.append(f"> {line}")
    return Excerpt("\n> \n".join(lines), first, last)


def _line(text: str, first: int, last: int, start: int, end: int) -> str:
    parts: list[str] = []
    edges = (
        (first, min(start, last)),
        (max(start, first), min(end, last)),
        (max(end, first), last),
    )
    for number, (one, other) in enumerate(edges):
        words = text[one:other] if one < other else ""
        shown = inert(words)
        if not shown:
            continue
        if parts and (words[0].isspace() or text[one - 1].isspace()):
            parts.append(" ")
        parts.append(f"**{shown}**" if number == 1 else shown)
    return "".join(parts)
