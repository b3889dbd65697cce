"""Plain text and Markdown: cited as they are written."""

import re
from dataclasses import replace

from index.readers.decoding import decode, normalise
from index.readers.front_matter import split_front_matter
from index.readers.metadata import one_line
from index.readers.reading import Reading

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_MAX_HEADING = 300
_EMPHASIS = re.compile(r"(?<!\w)([*_]{1,3}|`+)(\S(?:.*?\S)?)\1(?!\w)")


def read_text(data: bytes) -> Reading:
    """A plain text. It has a title only when its front matter gives one."""
    return split_front_matter(normalise(decode(data)))


def read_markdown(data: bytes) -> Reading:
    """A Markdown text, whose first heading of level 1 is its title unless the front matter says."""
    reading = split_front_matter(normalise(decode(data)))
    return replace(reading, title=reading.title or _first_heading(reading.text))


def _first_heading(text: str) -> str | None:
    fence = ""
    previous = ""
    for line in text.split("\n"):
        if fence:
            closing = line.strip()
            if closing.startswith(fence) and not closing.strip(fence[0]):
                fence = ""
        elif opening := _FENCE.match(line):
            fence = opening[1]
        elif heading := _HEADING.fullmatch(line[:_MAX_HEADING]):
            if title := _without_markup(heading[1]):
                return title
        elif previous.strip() and _UNDERLINE.fullmatch(line):
            return _without_markup(previous[:_MAX_HEADING])
        previous = line
    return None


def _without_markup(heading: str) -> str | None:
    return one_line(_EMPHASIS.sub(r"\2", _LINK.sub(r"\1", heading)))
