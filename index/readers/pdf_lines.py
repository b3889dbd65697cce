"""The printed lines of a PDF page, with where they stand."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.readers.decoding import normalise
from index.readers.pdf_blocks import separate_blocks
from index.readers.pdf_columns import NARROW_GAP, separate_columns
from index.readers.pdf_initials import with_initials
from index.readers.pdf_rows import Line, join_rows

_LINE_END_HYPHENS = frozenset([0x02, 0xFFFE])
"""What PDFium gives for a hyphen at a line end, in the place of both."""
_LINE_ENDS = frozenset([0x0A, 0x0D])
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": None}
)
"""Shapes of a font that are not other words; and hyphens that are not printed."""

_FAR_BACK = 4.0
"""In letter heights: no word of a line stands so far before the last one."""

_SPACED = 0.7
"""The share of single letters from which on a line is set with space between its letters."""

Box = tuple[float, float, float, float]


def page_lines(page: Any) -> list[Line]:
    """The lines of a pypdfium2 page, in the order in which the page draws them; but columns that
    it draws row by row one after the other.

    A word broken at a line end keeps its hyphen. Text set upwards or downwards is turned. Invisible
    text is what OCR read in a picture; on a page without one it is left out.
    """
    from pypdfium2 import raw

    text_page = page.get_textpage()
    try:
        drawn = _drawn_lines(text_page)
    finally:
        text_page.close()
    if any(line.invisible for line in drawn) and not any(
        page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    ):
        drawn = [line for line in drawn if not line.invisible]
    turn = _direction(drawn)
    if turn < 0:  # PDFium gives such lines from left to right, which is from the last to the first
        drawn.reverse()
    parts = [[_upright(part, turn) for part in line.parts] for line in drawn]
    return separate_blocks(join_rows(with_initials(separate_columns(parts))))


@dataclass(frozen=True, slots=True)
class _Part:
    """The words between two gaps, and a box for each of their printed characters."""

    text: str
    boxes: list[Box]


@dataclass(frozen=True, slots=True)
class _DrawnLine:
    parts: list[_Part]
    invisible: bool


def _drawn_lines(text_page: Any) -> list[_DrawnLine]:
    from pypdfium2 import raw

    handle = text_page.raw
    box = raw.FS_RECTF()
    target = ctypes.byref(box)
    lines: list[_DrawnLine] = []
    parts: list[_Part] = []
    codes: list[int] = []
    boxes: list[Box] = []
    invisible = False

    def end_part() -> None:
        if boxes and (text := _text(codes)):
            parts.append(_Part(text, boxes.copy()))
        codes.clear()
        boxes.clear()

    def end_line() -> None:
        end_part()
        if parts:
            lines.append(_DrawnLine(_unspaced(parts), invisible))
        parts.clear()

    for at in range(max(0, text_page.count_chars())):
        code = raw.FPDFText_GetUnicode(handle, at)
        if code in _LINE_ENDS:
            end_line()
            continue
        hyphen = code in _LINE_END_HYPHENS
        codes.append(ord("-") if hyphen else code)
        if code != ord(" ") and raw.FPDFText_GetLooseCharBox(handle, at, target):
            here = (box.left, box.bottom, box.right, box.top)
            if boxes and (_is_new_row(boxes[-1], here) or _is_gap(boxes[-1], here)):
                first = codes.pop()
                (end_line if _is_new_row(boxes[-1], here) else end_part)()
                codes.append(first)
            if not boxes and not parts:
                mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(handle, at))
                invisible = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
            boxes.append(here)
        if hyphen:
            end_line()
    end_line()
    return lines


def _is_new_row(last: Box, here: Box) -> bool:
    """A line end that PDFium did not see: further left and below, far left, or far up or down."""
    size = last[3] - last[1]
    back = last[0] - here[2]
    if back > 0 and (back > _FAR_BACK * size or here[3] < last[1] + 0.3 * size):
        return True
    beside = here[0] > last[2] or back > 0
    return beside and max(here[1] - last[3], last[1] - here[3]) > size


def _is_gap(last: Box, here: Box) -> bool:
    """White space beside, above or below the last character, for any direction of writing."""
    gap = max(here[0] - last[2], here[1] - last[3], last[1] - here[3])
    return gap >= NARROW_GAP * max(last[2] - last[0], last[3] - last[1])


def _text(codes: list[int]) -> str:
    """Characters of PDFium as text; beyond the first plane it may give UTF-16 surrogates."""
    units = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
    whole = units.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(normalise(whole.translate(_LIGATURES)).split())


def _unspaced(parts: Sequence[_Part]) -> list[_Part]:
    """The parts of a line; of one set with space between its letters, as the words they are.

    PDFium gives such a line a space after most letters.
    """
    pieces = [piece for part in parts for piece in part.text.split()]
    letters = sum(len(piece) == 1 and piece.isalpha() for piece in pieces)
    if letters < 4 or letters < _SPACED * len(pieces) or len(pieces) < 3 * len(parts):
        return list(parts)
    return [_Part(part.text.replace(" ", ""), part.boxes) for part in parts]


def _direction(lines: list[_DrawnLine]) -> int:
    """Where most of the writing goes: 0 across the page, 1 up it, -1 down it."""
    across = upwards = 0.0
    for line in lines:
        first, last = line.parts[0].boxes[0], line.parts[-1].boxes[-1]
        across += abs(last[0] - first[0])
        upwards += last[1] - first[1]
    if abs(upwards) <= across:
        return 0
    return 1 if upwards > 0 else -1


def _upright(part: _Part, direction: int) -> Line:
    boxes = part.boxes
    if direction == 1:
        boxes = [(bottom, -right, top, -left) for left, bottom, right, top in boxes]
    elif direction == -1:
        boxes = [(-top, left, -bottom, right) for left, bottom, right, top in boxes]
    bottoms = sorted(bottom for _, bottom, _, _ in boxes)
    heights = sorted(top - bottom for _, bottom, _, top in boxes)
    return Line(
        part.text,
        left=min(left for left, _, _, _ in boxes),
        right=max(right for _, _, right, _ in boxes),
        bottom=bottoms[len(bottoms) // 2],
        size=max(1.0, heights[len(heights) // 2]),
    )
