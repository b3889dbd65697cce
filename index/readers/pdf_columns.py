"""Columns of a PDF page that is drawn row by row: each is read to its end before the next one.

Such a page gives the first line of the left column, the first of the right one, the second of the
left one, and so on. Read like that, it says sentences that nobody wrote. A gutter shows itself by
lines that begin at one place behind a gap, with prose on both sides. Cells of a table, which hold
a word or a number, stay in their row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from index.readers.pdf_rows import Line, in_one_row, joined_line

NARROW_GAP = 0.35
"""From this many letter heights on a gap may be a gutter, where other rows show that one is."""
_WIDE_GAP = 0.8
"""From this many letter heights on a gap may be more than the space between two words."""
_SURE_GAP = 1.5
_APART = 2.0
_HANGING = 3.0
"""In letter heights: how far a column's lines may begin behind its marks and numbers."""
_PROSE_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Part:
    line: Line
    drawn: int
    """The number of the drawn line that it is a part of."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """White space between the parts at `at` and `at + 1`."""

    at: int
    left: Line
    right: Line

    @property
    def width(self) -> float:
        """In heights of its letters."""
        return (self.right.left - self.left.right) / max(self.left.size, self.right.size)


@dataclass(frozen=True, slots=True)
class _Gutter:
    x: float
    first: int
    last: int
    """The parts from `first` to `last` keep clear of it."""


def separate_columns(drawn: Sequence[Sequence[Line]]) -> list[Line]:
    """Drawn lines, each as its parts between gaps, to lines in the order of reading.

    Parts of one drawn line are joined again where no gutter lies between them.
    """
    parts = _parts(drawn, [])
    if gutters := _gutters(parts):
        parts = _parts(drawn, [gutter.x for gutter in gutters])
        gutters = _gutters(parts)
    order = list(range(len(parts)))
    for first, last, inside in _ranges(gutters):
        order[first : last + 1] = sorted(
            order[first : last + 1], key=lambda at: _column(parts[at].line, inside)
        )
    lines: list[Line] = []
    previous = -1
    for at in order:
        if previous >= 0 and parts[at].drawn == parts[previous].drawn and not _is_apart(
            parts[previous].line, parts[at].line, [g for g in gutters if g.first <= at <= g.last]
        ):  # fmt: skip
            lines[-1] = joined_line(lines[-1], parts[at].line)
        else:
            lines.append(parts[at].line)
        previous = at
    return lines


def _parts(drawn: Iterable[Sequence[Line]], gutters: Sequence[float]) -> list[_Part]:
    """The parts of drawn lines between wide gaps, and between narrow ones that lie on a gutter."""
    parts: list[_Part] = []
    for number, lines in enumerate(drawn):
        for at, line in enumerate(lines):
            if at and not _may_part(parts[-1].line, line, gutters):
                parts[-1] = _Part(joined_line(parts[-1].line, line), number)
            else:
                parts.append(_Part(line, number))
    return parts


def _may_part(left: Line, right: Line, gutters: Iterable[float]) -> bool:
    size = max(left.size, right.size)
    if not -_WIDE_GAP * size < right.left - left.right < _WIDE_GAP * size:
        return True
    return any(left.right <= x <= right.left <= x + 0.4 * size for x in gutters)


def _is_apart(left: Line, right: Line, gutters: Iterable[_Gutter]) -> bool:
    """Whether two parts of a drawn line do not belong together."""
    if any(left.right <= gutter.x <= right.left for gutter in gutters):
        return True
    wide = right.left - left.right >= _APART * max(left.size, right.size)
    return wide and _is_prose([left]) and _is_prose([right])


def _gutters(parts: Sequence[_Part]) -> list[_Gutter]:
    lines = [part.line for part in parts]
    gaps = [
        _Gap(at, lines[at], lines[at + 1])
        for at in range(len(lines) - 1)
        if in_one_row(lines[at], lines[at + 1])
        and lines[at + 1].left - lines[at].right
        >= _WIDE_GAP * max(lines[at].size, lines[at + 1].size)
    ]
    found: list[_Gutter] = []
    for begun in _beginning_alike(gaps):
        size = median(gap.right.size for gap in begun)
        x = min(gap.right.left for gap in begun) - 0.1 * size
        for first, last in _clear_runs(lines, begun, x, size):
            inside = [
                gap
                for gap in gaps
                if first <= gap.at < last and x <= gap.right.left <= x + _HANGING * size
            ]
            found_before = any(
                x - gutter.x <= _HANGING * size
                and gutter.first <= inside[0].at
                and inside[-1].at < gutter.last
                for gutter in found
            )
            if not found_before and _is_gutter(inside):
                found.append(_Gutter(x, *_extended(lines, inside, x, first, last)))
    return found


def _beginning_alike(gaps: Iterable[_Gap]) -> list[list[_Gap]]:
    """Gaps behind which the right part begins at the same place."""
    groups: list[list[_Gap]] = []
    for gap in sorted(gaps, key=lambda gap: gap.right.left):
        near = groups and gap.right.left - groups[-1][0].right.left <= 0.3 * gap.right.size
        if near:
            groups[-1].append(gap)
        else:
            groups.append([gap])
    return [sorted(group, key=lambda gap: gap.at) for group in groups]


def _clear_runs(
    lines: Sequence[Line], gaps: Sequence[_Gap], x: float, size: float
) -> list[tuple[int, int]]:
    """The runs of parts around the gaps of which none lies across x."""
    runs: list[tuple[int, int]] = []
    for gap in gaps:
        if runs and gap.at < runs[-1][1]:
            continue
        first, last = gap.at, gap.at + 1
        while first > 0 and not _crosses(lines[first - 1], x, size):
            first -= 1
        while last + 1 < len(lines) and not _crosses(lines[last + 1], x, size):
            last += 1
        runs.append((first, last))
    return runs


def _crosses(line: Line, x: float, size: float) -> bool:
    return line.left < x - 0.3 * size and line.right > x + 0.3 * size


def _is_gutter(gaps: Sequence[_Gap]) -> bool:
    if len(gaps) < 2 or not _is_prose(gap.left for gap in gaps):
        return False
    sure = len(gaps) >= 3 or median(gap.width for gap in gaps) >= _SURE_GAP
    return sure and _is_prose(gap.right for gap in gaps)


def _is_prose(lines: Iterable[Line]) -> bool:
    return median(len(line.text.split()) for line in lines) >= _PROSE_WORDS


def _extended(
    lines: Sequence[Line], gaps: Sequence[_Gap], x: float, first: int, last: int
) -> tuple[int, int]:
    """The parts from the first row of two columns on, to the end of the longer one."""
    begin, end = gaps[0].at, gaps[-1].at + 1
    lefts = {
        True: median(gap.left.left for gap in gaps),
        False: median(gap.right.left for gap in gaps),
    }

    def belongs(line: Line, neighbour: Line) -> bool:
        aligned = abs(line.left - lefts[line.right <= x]) <= 2 * line.size
        near = abs(line.bottom - neighbour.bottom) <= 2.2 * line.size
        return aligned and near and abs(line.size - neighbour.size) <= 0.12 * line.size

    while begin > first and belongs(lines[begin - 1], lines[begin]):
        begin -= 1
    while end < last and belongs(lines[end + 1], lines[end]):
        end += 1
    return begin, end


def _ranges(gutters: Iterable[_Gutter]) -> list[tuple[int, int, list[float]]]:
    """Ranges of parts that share rows, each with its gutters."""
    ranges: list[tuple[int, int, list[float]]] = []
    for gutter in sorted(gutters, key=lambda gutter: gutter.first):
        if ranges and gutter.first <= ranges[-1][1]:
            first, last, inside = ranges[-1]
            ranges[-1] = (first, max(last, gutter.last), [*inside, gutter.x])
        else:
            ranges.append((gutter.first, gutter.last, [gutter.x]))
    return ranges


def _column(line: Line, gutters: Iterable[float]) -> int:
    return sum(x <= line.left for x in gutters)
