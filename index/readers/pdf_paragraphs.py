"""Paragraphs from printed lines: what a typesetter broke is whole again.

A line goes on in the next one unless something says that a paragraph ends: a wider gap, letters
of another size, an indent, a bullet, or a line that ends though the next word had room on it.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.readers.pdf_rows import Line, in_one_row

MARGIN_LINES = 3
"""How many lines at the top and at the bottom of a page may be its running head or foot."""

_COLUMN_HEIGHT = 3.5
"""In letter heights: the least by which the head of a column stands over its foot."""

_BULLET = re.compile(r"[•◦▪‣●○■□➢✓]")
_TERMINAL = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*$")
_BROKEN = re.compile(r"(?<![\w’'])(\w[\w’']*)[-‐]$")
_WORD = re.compile(r"\w[\w’']*(?:[-‐]\w[\w’']*)*")
_FIRST_WORD = re.compile(r"\w[\w’']*")
_SUSPENDED = frozenset(["and", "or", "to", "und", "oder", "et", "ou"])
"""Before these a hyphen stands for a word left out: "first- and second-class"."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p|seite|página|pagina)\W*)?(?:#|[ivxlc]{1,7})(?: ?(?:of|/|von|de|sur) ?#)?\W*",
    re.IGNORECASE,
)


def join_pages(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """The text of the pages, paragraphs apart by a blank line, and where each page begins in it.

    Running heads, running feet and page numbers are left out. A page without text begins where
    the next one does; a paragraph may run over the end of a page.
    """
    pages = _without_running_lines(pages)
    leadings = _leadings(pages)
    vocabulary = _vocabulary(pages)
    pieces: list[str] = []
    length = 0
    starts: list[int | None] = []
    previous: Line | None = None
    margin = 0.0
    for lines in pages:
        starts.append(None)
        margins = _right_margins(lines, leadings)
        for line, right in zip(lines, margins, strict=True):
            if previous is not None:
                if starts[-1] is None or _jumps(previous, line):
                    beside = starts[-1] is not None
                    rise = line.bottom - previous.bottom if beside else math.inf
                    ends = rise < 0 or not _runs_over(previous, line, margin, rise)
                else:
                    ends = _ends_paragraph(previous, line, margin, leadings)
                tail, link = ("", "\n\n") if ends else _link(previous.text, line.text, vocabulary)
                pieces[-1] = pieces[-1].removesuffix(tail)
                length += len(pieces[-1]) + len(link)
                pieces.append(link)
            starts[-1] = length if starts[-1] is None else starts[-1]
            pieces.append(line.text)
            previous, margin = line, right
    following = length + len(pieces[-1]) if pieces else 0
    filled = []
    for start in reversed(starts):
        following = following if start is None else start
        filled.append(following)
    return "".join(pieces), tuple(reversed(filled))


def _link(text: str, following: str, vocabulary: frozenset[str]) -> tuple[str, str]:
    """What is taken from the end of a line, and what stands between it and the next one.

    A hyphen at a line end goes when the parts make one word: the whole word is elsewhere in the
    document, or its parts are not words there. Else it belongs to a compound and stays.
    """
    broken, first = _BROKEN.search(text), _FIRST_WORD.match(following)
    if broken is None or first is None or first[0].casefold() in _SUSPENDED:
        return "", " "
    head, tail = broken[1].casefold(), first[0].casefold()
    if not (broken[1].isalpha() and first[0][0].islower()) or f"{head}-{tail}" in vocabulary:
        return "", ""
    if head + tail not in vocabulary and head in vocabulary and tail in vocabulary:
        return "", ""
    return text[-1], ""


def _vocabulary(pages: Iterable[Sequence[Line]]) -> frozenset[str]:
    """The words of a document, without those that a line end breaks."""
    words: set[str] = set()
    for lines in pages:
        broken = False
        for line in lines:
            found = _WORD.findall(line.text.casefold().replace("‐", "-"))
            found = found[1:] if broken else found
            broken = _BROKEN.search(line.text) is not None
            words.update(found[:-1] if broken else found)
    return frozenset(words)


def _leadings(pages: Iterable[Sequence[Line]]) -> dict[int, float]:
    """The commonest distance between two lines, for every size of letters."""
    distances: dict[int, Counter[float]] = {}
    for lines in pages:
        for above, below in pairwise(lines):
            distance = above.bottom - below.bottom
            if _same_size(above, below) and 0 < distance < 2.5 * below.size:
                distances.setdefault(round(below.size), Counter())[round(distance * 2) / 2] += 1
    return {
        size: min(counts, key=lambda distance: (-counts[distance], distance))
        for size, counts in distances.items()
    }


def _same_size(above: Line, below: Line) -> bool:
    return abs(above.size - below.size) <= 0.12 * max(above.size, below.size)


def _jumps(above: Line, below: Line) -> bool:
    """Whether the next line stands higher or beside: a new column."""
    beside = below.left > above.right or below.right < above.left
    return beside or below.bottom > above.bottom - 0.3 * below.size


def _is_apart(above: Line, below: Line, leadings: dict[int, float]) -> bool:
    leading = leadings.get(round(below.size), 1.3 * below.size)
    gap = above.bottom - below.bottom
    return not _same_size(above, below) or gap > leading + 0.3 * below.size


def _right_margins(lines: Sequence[Line], leadings: dict[int, float]) -> list[float]:
    """For every line, how far right the lines go of the block that it stands in."""
    blocks: list[list[Line]] = []
    for at, line in enumerate(lines):
        if at and not (_jumps(lines[at - 1], line) or _is_apart(lines[at - 1], line, leadings)):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    column: list[float] = []
    for block in blocks:
        right = max(line.right for line in block)
        column += [right] * len(block)
    return column


def _ends_paragraph(above: Line, below: Line, margin: float, leadings: dict[int, float]) -> bool:
    if _is_apart(above, below, leadings) or _BULLET.match(below.text):
        return True
    terminal = _TERMINAL.search(above.text) is not None
    indent = below.left - above.left
    if terminal and 0.8 * below.size < indent < 6 * below.size:
        return True
    free = margin - above.right
    if free <= _first_word_width(below) or below.text[0].islower() or _BROKEN.search(above.text):
        return False
    return terminal or free > 0.15 * (margin - above.left)


def _first_word_width(line: Line) -> float:
    """The width of the first word and the space before it, by its share of the letters."""
    word = line.text.split(" ", 1)[0]
    return (len(word) + 1.5) * (line.right - line.left) / len(line.text)


def _runs_over(above: Line, below: Line, margin: float, rise: float) -> bool:
    """Whether a paragraph goes on at the top of the next page or column, which is higher by `rise`.

    In a cell of a table, which is low, only a line that cannot begin one goes on.
    """
    if below.left > above.right and in_one_row(above, below):
        return False
    if _TERMINAL.search(above.text) or not _same_size(above, below) or _BULLET.match(below.text):
        return False
    if below.text[0].islower():
        return True
    full = margin - above.right <= _first_word_width(below) and len(above.text) > 30
    return full and rise >= _COLUMN_HEIGHT * above.size


def _without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the heads, feet and page numbers that stand at their edges on most of them.

    A lost sentence is worse than a foot that stays. So a running line must have the same words on
    most of three or more different pages, with no number but one that counts the pages; it must be
    the outermost, or next to one that goes; it must be set apart from the text, by a gap or by the
    size of its letters; and it must not be a sentence. Pages that are copies count once, and on
    fewer than three only page numbers go.
    """
    distinct = {tuple(_key(line) for line in lines): at for at, lines in enumerate(pages) if lines}
    counts = Counter(
        key
        for at in distinct.values()
        for key in {_running_key(line, at) for edge in _edges(pages[at]) for line in edge}
    )
    running = {
        key for key, count in counts.items() if len(distinct) >= 3 and 2 * count > len(distinct)
    }
    printed = [lines for lines in pages if lines]
    numbers = sum(
        any(_is_page_number(line) for edge in _edges(lines) for line in edge) for lines in printed
    )
    numbered = len(printed) >= 2 and numbers > len(printed) / 2
    leadings = _leadings(pages)
    kept = []
    for at, lines in enumerate(pages):
        gone: set[Line] = set()
        for edge in _edges(lines):
            for line in edge:
                number = numbered and _is_page_number(line)
                head = _running_key(line, at) in running and not _is_sentence(line)
                if not number and not head:
                    break
                gone.add(line)
            if gone.intersection(edge) and not _ends_apart(edge, gone, lines, leadings, numbered):
                gone.difference_update(edge)
        kept.append([line for line in lines if line not in gone])
    return kept


def _ends_apart(
    edge: Sequence[Line],
    gone: set[Line],
    lines: Sequence[Line],
    leadings: dict[int, float],
    numbered: bool,
) -> bool:
    """Whether what goes from an edge is set apart from what stays, or is but a page number."""
    last = [line for line in edge if line in gone][-1]
    if numbered and all(_is_page_number(line) for line in edge if line in gone):
        return True
    staying = [line for line in lines if line not in gone]
    if not staying:
        return False
    near = min(staying, key=lambda line: abs(line.bottom - last.bottom))
    usual = leadings.get(round(near.size), 1.2 * near.size)
    return not _same_size(last, near) or abs(near.bottom - last.bottom) > 1.5 * usual


def _edges(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The highest and the lowest lines of a page, each from the edge inwards."""
    by_height = sorted(lines, key=lambda line: -line.bottom)
    count = min(MARGIN_LINES, len(lines) // 2)
    return by_height[:count], by_height[::-1][:count]


def _is_sentence(line: Line) -> bool:
    return len(line.text.split()) >= 5 and _TERMINAL.search(line.text) is not None


def _running_key(line: Line, page: int) -> tuple[str, int]:
    """The words, with numbers that count the pages told by their distance from them."""
    counted = _DIGITS.sub(lambda number: f"#{_distance(number[0], page)}#", line.text.casefold())
    same = _DIGITS.sub("#", line.text.casefold()) if _is_page_number(line) else counted
    return same, round(line.bottom / 20)


def _distance(number: str, page: int) -> str:
    """ "page 12" on the tenth page and "page 13" on the eleventh are the same; years stay years."""
    value = int(number[:9])
    return f"+{value - page}" if abs(value - page) <= 50 else number


def _is_page_number(line: Line) -> bool:
    return _PAGE_NUMBER.fullmatch(_key(line)[0]) is not None


def _key(line: Line) -> tuple[str, int]:
    """What makes two lines of different pages the same: the words, and roughly the height."""
    return _DIGITS.sub("#", line.text.casefold()), round(line.bottom / 20)
