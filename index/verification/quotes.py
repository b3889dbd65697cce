"""Quotations in a statement, and where their exact words stand in a source."""

import re
from dataclasses import dataclass

_QUOTED = re.compile(
    '“([^“”]+)”|"([^"]+)"|«([^«»]+)»|„([^“”]+)[“”]|(?<![\\w])‘([^‘’]+(?:’\\w[^‘’]*)*)’(?!\\w)'
)
_MARKS = frozenset("\"'“”„«»‘’‹›`")
_ENDS = " .,;:!?…-–—"
_OPEN, _CLOSE = "“«„", "”»"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks; start and end are those of the words, without the marks."""

    start: int
    end: int
    text: str


def quotations(statement: str) -> list[Quotation]:
    """The quotations of a statement in order."""
    found = []
    for match in _QUOTED.finditer(statement):
        group = next(i for i in range(1, 6) if match[i] is not None)
        if match[group].strip(_ENDS):
            found.append(Quotation(match.start(group), match.end(group), match[group]))
    return found


def locate(quote: str, text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Where a quote stands word for word in a part of a text, as exact offsets; None: nowhere.

    White space and quotation marks are folded, and marks at the quote's ends do not count. A quote
    does not begin or end inside a word.
    """
    wanted, _ = _folded(quote.strip().strip(_ENDS).strip())
    wanted = wanted.strip(_ENDS)
    if not wanted:
        return None
    end = len(text) if end is None else end
    have, places = _folded(text[start:end])
    at = -1
    for variant in dict.fromkeys([wanted, wanted[:1].swapcase() + wanted[1:]]):
        at = have.find(variant)
        while at >= 0 and _inside_a_word(have, at, at + len(variant)):
            at = have.find(variant, at + 1)
        if at >= 0:
            break
    if at < 0:
        return None
    return start + places[at], start + places[at + len(wanted) - 1] + 1


def inside_quotation(text: str, start: int, paragraph: int) -> bool:
    """Whether an offset lies between quotation marks that were opened since `paragraph`."""
    before = text[paragraph:start]
    curly = sum(before.count(c) for c in _OPEN) - sum(before.count(c) for c in _CLOSE)
    return curly > 0 or before.count('"') % 2 == 1


def _inside_a_word(text: str, start: int, end: int) -> bool:
    left = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return left or (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without quotation marks and with single spaces, and where each character was."""
    kept: list[str] = []
    places: list[int] = []
    for i, c in enumerate(text):
        if c in _MARKS and not (c in "'’" and _within_word(text, i)):
            continue
        folded = " " if c.isspace() else "'" if c == "’" else "-" if c in "–—‑" else c
        if folded == " " and (not kept or kept[-1] == " "):
            continue
        kept.append(folded)
        places.append(i)
    return "".join(kept), places


def _within_word(text: str, i: int) -> bool:
    return 0 < i < len(text) - 1 and text[i - 1].isalnum() and text[i + 1].isalnum()
