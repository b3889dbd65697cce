"""Blocks of lines that stand under each other, for a page that draws several of them by turns.

Most pages draw a block to its end before the next one, and stay as they are. Some draw their lines
from the top to the bottom, across columns whose lines do not even stand in rows, or in no order at
all. There a line is followed by the one under it and not by the one that is drawn next.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice
from statistics import median

from index.readers.pdf_rows import Line, in_one_row

_FARTHEST = 2.0
"""In letter heights: how far down the next line of a block may stand."""
_MOST_NEIGHBOURS = 80
_PROSE_WORDS = 3


def separate_blocks(drawn: Sequence[Line]) -> list[Line]:
    """Lines in the order of drawing, to the same with blocks drawn by turns one after the other.

    Only blocks of prose part from each other: names, numbers and marks stay beside the line that
    they are drawn next to.
    """
    order: list[int] = []
    for blocks in _drawn_by_turns(_blocks(drawn)):
        order += _one_by_one(drawn, blocks)
    return [drawn[at] for at in order]


def _blocks(lines: Sequence[Line]) -> list[list[int]]:
    """The numbers of the lines of each block, the highest line first."""
    down = _neighbours(lines, downwards=True)
    up = _neighbours(lines, downwards=False)
    following = {at: other for at, other in down.items() if up.get(other) == at}
    followed = set(following.values())
    blocks = []
    for first in range(len(lines)):
        if first in followed:
            continue
        block = [first]
        while block[-1] in following:
            block.append(following[block[-1]])
        blocks.append(block)
    return blocks


def _neighbours(lines: Sequence[Line], *, downwards: bool) -> dict[int, int]:
    """The line next under each one, or above it, where there is one and not two side by side."""
    sign = -1 if downwards else 1
    by_height = sorted(range(len(lines)), key=lambda at: sign * lines[at].bottom)
    found: dict[int, int] = {}
    for place, at in enumerate(by_height):
        line = lines[at]
        near = [
            other
            for other in islice(by_height, place + 1, place + 1 + _MOST_NEIGHBOURS)
            if _is_over(line, lines[other]) and not in_one_row(line, lines[other])
        ]
        if not near:
            continue
        best = lines[near[0]]
        beside = any(
            abs(lines[other].bottom - best.bottom) < best.size and not _is_over(best, lines[other])
            for other in near[1:]
        )
        like = abs(line.size - best.size) <= 0.12 * max(line.size, best.size)
        if like and not beside and abs(line.bottom - best.bottom) <= _FARTHEST * line.size:
            found[at] = near[0]
    return found


def _is_over(one: Line, other: Line) -> bool:
    """Whether one of two lines stands over the other, however far up."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 0.3 * min(one.size, other.size)


def _drawn_by_turns(blocks: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Blocks that are drawn between the lines of each other, together; others alone."""
    together: list[list[int]] = []
    last = -1
    for block in sorted(blocks, key=min):
        if together and min(block) > last:
            yield together
            together = []
        together.append(block)
        last = max(last, *block)
    if together:
        yield together


def _one_by_one(lines: Sequence[Line], blocks: Sequence[list[int]]) -> list[int]:
    """The numbers of the lines of the blocks in the order of reading."""
    places = {
        at: (min(block), place)
        for block in blocks
        if _is_prose([lines[at] for at in block])
        for place, at in enumerate(block)
    }
    drawn = sorted(at for block in blocks for at in block)
    keys: dict[int, tuple[int, int, int]] = {}
    for here, at in enumerate(drawn):
        keys[at] = (*places[at], 0) if at in places else (at, 0, 0)
        if at in places:
            continue
        for side, others in ((-1, range(here + 1, len(drawn))), (1, range(here - 1, -1, -1))):
            beside = _beside(lines, at, (drawn[there] for there in others), places)
            if beside is not None:
                keys[at] = (*places[beside], side)
                break
    return sorted(drawn, key=lambda at: (keys[at], at))


def _beside(
    lines: Sequence[Line], at: int, others: Iterable[int], prose: Container[int]
) -> int | None:
    """The first line of prose in the row of a line, of those drawn next to it."""
    for other in others:
        if not in_one_row(lines[at], lines[other]):
            break
        if other in prose:
            return other
    return None


def _is_prose(block: Sequence[Line]) -> bool:
    """Whether lines say more than a word or two each, or go on in each other."""
    words = [len(line.text.split()) for line in block]
    if median(words) >= _PROSE_WORDS:
        return True
    going_on = sum(below.text[0].islower() for below in block[1:])
    return max(words) > 1 and 2 * going_on >= len(block)
