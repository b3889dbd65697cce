"""Where quotations begin and end, also over several paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.parsing import ParsedBlock

_OPEN = {"“": "”", "„": "”", "«": "»", "``": "''", "‘": "’", '"': '"'}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in one block, marks included, as characters of the parsed copy.

    `continues` tells that it carries on one that the block before left open.
    """

    start: int
    end: int
    continues: bool = False
    open: bool = False


def _single_quotes(text: str, i: int) -> int:
    """Where a quotation in single marks that opens at i closes, or -1."""
    if i and text[i - 1].isalnum():
        return -1
    j = i + 1
    while (j := text.find("’", j)) > 0:
        if not (j + 1 < len(text) and text[j + 1].isalnum()) and not text[j - 1].isspace():
            return j
        j += 1
    return -1


def _block_quotations(text: str, continuing: bool) -> list[Quotation]:
    found: list[Quotation] = []
    i = 0
    first = True
    while i < len(text):
        mark = "``" if text.startswith("``", i) else text[i]
        if mark not in _OPEN:
            i += 1
            continue
        if mark == '"' and i and text[i - 1].isalnum() and not text[i + 1 : i + 2].isalnum():
            i += 1  # 12" or a closing mark whose partner is missing
            continue
        if mark == "‘":
            close = _single_quotes(text, i)
            if close < 0:
                i += 1
                continue
        else:
            close = text.find(_OPEN[mark], i + len(mark))
            other = text.find(mark, i + len(mark)) if mark != '"' else -1
            if 0 <= other < close:
                close = -1
        is_first = first and i == 0
        first = False
        if close < 0:
            if mark != "‘":
                found.append(Quotation(i, len(text), continuing and is_first, open=True))
            break
        end = close + len(_OPEN[mark])
        found.append(Quotation(i, end, continuing and is_first))
        i = end
    return found


def find_quotations(blocks: Sequence[ParsedBlock]) -> list[list[Quotation]]:
    """The quotations of each block of a document.

    By convention a quotation of several paragraphs opens each of them and closes only the last;
    an open one with no such follower ends with its paragraph's last sentence, if it begins it.
    """
    result: list[list[Quotation]] = []
    continuing = False
    for position, parsed in enumerate(blocks):
        quotations = _block_quotations(parsed.doc.text, continuing)
        if quotations and quotations[-1].open:
            follower = blocks[position + 1].doc.text[:2] if position + 1 < len(blocks) else ""
            opens_next = follower[:1] in _OPEN or follower == "``"
            whole = quotations[-1].start == 0
            if not opens_next and not whole:
                quotations.pop()
            continuing = opens_next and bool(quotations) and quotations[-1].open
        else:
            continuing = False
        result.append(quotations)
    return result
