"""Initials: the large first letter of a text that stands beside its first lines."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.readers.pdf_rows import Line

_INITIAL = re.compile(r"[\"'“‘„«]?[^\W\d_]")
_LARGER = 1.6
_WORD = re.compile(r"\w[\w’']*")
_WORDS_OF_A_LETTER = frozenset("AIO")
_SYLLABLE = re.compile(r"[^\Waeiou][aeioulrh]\w")
"""How a word begins that was not cut off after a letter."""


def with_initials(lines: Sequence[Line]) -> list[Line]:
    """Lines with each initial back at the start of the line that it begins."""
    initials = [at for at, line in enumerate(lines) if _is_initial(line)]
    if not initials:
        return list(lines)
    words = Counter(word for line in lines for word in _WORD.findall(line.text.casefold()))
    begun: dict[int, str] = {}
    gone: set[int] = set()
    for at in initials:
        first = _first_line(lines[at], lines)
        if first is not None and first not in begun:
            begun[first] = _joined(lines[at].text, lines[first].text, words)
            gone.add(at)
    return [
        replace(line, text=begun.get(at, line.text))
        for at, line in enumerate(lines)
        if at not in gone
    ]


def _is_initial(line: Line) -> bool:
    return _INITIAL.fullmatch(line.text) is not None and line.text[-1].isupper()


def _first_line(initial: Line, lines: Iterable[Line]) -> int | None:
    """The highest of the smaller lines right beside an initial."""
    beside = [
        (-line.bottom, at)
        for at, line in enumerate(lines)
        if initial.size >= _LARGER * line.size
        and -0.3 * line.size <= line.left - initial.right <= 1.2 * line.size
        and initial.bottom - 0.2 * initial.size
        <= line.bottom + 0.4 * line.size
        <= initial.bottom + initial.size
        and _WORD.match(line.text)
    ]
    return min(beside)[1] if beside else None


def _joined(initial: str, text: str, words: Counter[str]) -> str:
    """`T` and `he mayor` are `The mayor`; `A` and `mayor` are two words."""
    first = _WORD.match(text)
    rest = first[0].casefold() if first else ""
    whole = initial[-1].casefold() + rest
    if initial[-1] not in _WORDS_OF_A_LETTER or (words[whole] and words[rest] < 2):
        return initial + text
    apart = words[rest] > 1 or _SYLLABLE.match(rest) is not None
    return f"{initial} {text}" if apart else initial + text
