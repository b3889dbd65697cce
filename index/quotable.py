"""Which words of a text can be quoted as a statement: those of somebody who says something."""

import re

from index.sentences import trim
from index.terms import words

_NOTHING_SAID = re.compile(r"#{1,6}\s|<!--")
_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?:\[\^?[^\]\s]{1,40}\]|[¹²³⁰⁴-⁹]+)*$")
_SHORT, _LONG = 2, 12
"""The fewest words of a statement that ends as a sentence does, and of one that does not."""
_CUE_TIME = r"(?:\d+:)?\d\d:\d\d[,.]\d{3}"
_CUE = rf"(?:\d+\s*\n\s*)?{_CUE_TIME}\s+-->\s+{_CUE_TIME}[^\n]*(?:\n|$)"
"""What stands above a subtitle: perhaps its number, and from when to when it is shown."""
_MARK = re.compile(
    rf"(?:\s*{_CUE}\s*|(?:[-*+•▪>]|\d{{1,3}}[.)]|\[[ xX]\]|\[\^[^\]\s]{{1,40}}\]:)\s+)+"
)
_INNER_CUE = re.compile(rf"{_CUE_TIME}\s+-->")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`)(?=\S)(?P<inside>[^*_`]+)(?<=\S)\1")
_CELL = re.compile(r"(?:[^|\t\\]|\\.|\|(?=\S))+")
_CAPITALISED = 0.6
"""The share of words with a capital or a digit from which on they are a title or an address."""


def quotable(text: str, title: str = "") -> tuple[int, int] | None:
    """The span in a sentence that can be quoted: without the mark of a list item or a subtitle's
    time before it, without emphasis around it all, and of a table's row the cell that says most.

    None for what says nothing: a heading, a comment, a headline, a letterhead, a signature, a row
    of names.
    """
    mark = _MARK.match(text)
    start, end = trim(text, mark.end() if mark else 0, len(text))
    if wrapped := _EMPHASIS.fullmatch(text, start, end):
        start, end = wrapped.span("inside")
    cells = [cell.span() for cell in _CELL.finditer(text, start, end)]
    row = len(cells) != 1 or cells[0] != (start, end)
    if row:
        start, end = trim(text, *max(cells, key=lambda cell: cell[1] - cell[0], default=(0, 0)))
    quote = text[start:end]
    if _NOTHING_SAID.match(quote) or _INNER_CUE.search(quote):
        return None
    found = words(quote)
    if _END.search(quote):
        return (start, end) if len(found) >= _SHORT else None
    if row or len(found) < _LONG or _is_title(quote, title):
        return None
    return start, end


def _is_title(text: str, title: str) -> bool:
    """Whether words that end in no full stop are the title of the text, or set like one."""
    if " ".join(text.split()).casefold() == " ".join(title.split()).casefold():
        return True
    pieces = text.split()
    raised = sum(piece.lstrip("\"'“‘«(")[:1].isupper() or piece[0].isdigit() for piece in pieces)
    return raised >= _CAPITALISED * len(pieces)
