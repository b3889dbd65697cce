"""Printed lines, and the parts of which a row of them is made."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands on an upright page; the units are points, `bottom` grows upwards."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    """The height of most of its letters."""


def in_one_row(one: Line, other: Line) -> bool:
    """Whether two lines stand at the same height, a raised number beside its word included."""
    lower, higher = sorted((one, other), key=lambda part: part.bottom)
    return lower.bottom + lower.size - higher.bottom > 0.4 * min(one.size, other.size)


def join_rows(lines: list[Line]) -> list[Line]:
    """Lines of which PDFium made several for a raised number or a change of font."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is None or not _continues_row(last, line):
            joined.append(line)
            continue
        joined[-1] = joined_line(last, line)
    return joined


def joined_line(last: Line, line: Line) -> Line:
    """Two parts of a row as one line, with the height and the letters of the larger."""
    base = max(last, line, key=lambda part: (part.size, len(part.text)))
    space = " " if line.left - last.right > 0.12 * base.size else ""
    return Line(f"{last.text}{space}{line.text}", last.left, line.right, base.bottom, base.size)


def _continues_row(last: Line, line: Line) -> bool:
    size = max(last.size, line.size)
    return -0.3 * size < line.left - last.right < 1.2 * size and in_one_row(last, line)
