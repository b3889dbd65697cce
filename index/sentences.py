"""Where sentences, paragraphs and sections of a text begin and end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
_SETEXT_RULE = re.compile(r"\s*(?:={3,}|-{3,})\s*")
_LIST_ITEM = re.compile(r"\s*(?:[-*+•▪]|\d{1,3}[.)])\s+\S")
_TABLE_ROW = re.compile(r"\s*\|")
_LINE_END_OF_SENTENCE = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*\s*$")
_WORD_BREAK = re.compile(r"\s+")
_REFERENCE = r"(?:\[\^[^\]\s]{1,40}\]|\[\d{1,3}\]|[¹²³⁰⁴-⁹]+)"
_REFERENCES = re.compile(rf"{_REFERENCE}+(?=\s|$)")
_AFTER_REFERENCES = re.compile(
    rf"(?:(?<=[.!?][\"”’)]){_REFERENCE}+|(?<=[a-z]{{4}}[.!?])\d{{1,3}})\s+(?=[\"“‘(]?[A-Z])"
)
"""The number of a note may hide the end of the sentence before it: `the board.12 The mayor`."""

_WRAP_WIDTH = 120
_HEADING_WIDTH = 90
_LONGEST_BLOCK = 20_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its sentences; `heading` marks a title line, which opens a section."""

    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]
    heading: bool


def paragraphs(text: str, language: str | None = None) -> Iterator[Paragraph]:
    """The paragraphs of a text in order. Between them lies nothing but white space.

    A line end inside a hard-wrapped block does not break a paragraph; elsewhere it does.
    """
    for block_start, block_end in _blocks(text):
        for start, end in _lines_or_whole(text, block_start, block_end):
            heading = _is_heading(text, start, end, block_start, block_end)
            sentences = (
                ((start, end),) if heading else tuple(sentences_in(text, start, end, language))
            )
            if sentences:
                yield Paragraph(start, end, sentences, heading)


def sentences_in(
    text: str, start: int, end: int, language: str | None = None
) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]`, each without the white space around it."""
    for piece_start, piece_end in _pieces(text, start, end):
        piece = text[piece_start:piece_end]
        cuts = [
            boundary["text"]
            for boundary in sentencex.get_sentence_boundaries(language or "en", piece)
        ]
        cuts = list(_with_references(cuts)) if "".join(cuts) == piece else [piece]
        at = piece_start
        for cut in cuts:
            trimmed = trim(text, at, at + len(cut))
            at += len(cut)
            if trimmed[0] < trimmed[1]:
                yield trimmed


def _with_references(cuts: list[str]) -> Iterator[str]:
    """The sentences with the numbers of their notes; those run together by such a number, apart."""
    following = [*cuts[1:], ""]
    for number, cut in enumerate(cuts):
        start, end = 0, 0
        if number and not cuts[number - 1][-1:].isspace():
            start = _leading_references(cut)
        for run_on in _AFTER_REFERENCES.finditer(cut, start):
            yield cut[start : run_on.end()]
            start = run_on.end()
        if not cut[-1:].isspace():
            end = _leading_references(following[number])
        yield cut[start:] + following[number][:end]


def _leading_references(cut: str) -> int:
    found = _REFERENCES.match(cut)
    return found.end() if found else 0


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty when there is nothing else."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return (start + left, start + max(left, len(part.rstrip())))


def words_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs of `text[start:end]` without white space."""
    at = start
    for gap in _WORD_BREAK.finditer(text, start, end):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < end:
        yield at, end


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _BLANK_LINES.finditer(text):
        yield from _non_empty(text, at, gap.start())
        at = gap.end()
    yield from _non_empty(text, at, len(text))


def _non_empty(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = trim(text, start, end)
    if start < end:
        yield start, end


def _lines_or_whole(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        lines.extend(_non_empty(text, at, stop))
        at = stop + 1
    rows = all(_TABLE_ROW.match(text, *line) for line in lines)
    if rows or len(lines) == 1 or not _is_hard_wrapped(text, lines):
        yield from lines
        return
    opening = start
    for index, (line_start, line_end) in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is None:
            yield opening, line_end
        elif _is_list_item(text, following) or _is_title_line(text, (line_start, line_end)):
            yield opening, line_end
            opening = following[0]


def _is_hard_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Lines of one width, most of which stop in the middle of a sentence."""
    widths = [end - start for start, end in lines]
    if max(widths) > _WRAP_WIDTH:
        return False
    inner = lines[:-1]
    open_ended = sum(not _LINE_END_OF_SENTENCE.search(text[start:end]) for start, end in inner)
    return 2 * open_ended > len(inner)


def _is_list_item(text: str, line: tuple[int, int]) -> bool:
    return bool(_LIST_ITEM.match(text, *line))


def _is_title_line(text: str, line: tuple[int, int]) -> bool:
    return bool(_MARKDOWN_HEADING.match(text, *line) or _SETEXT_RULE.fullmatch(text, *line))


def _is_heading(text: str, start: int, end: int, block_start: int, block_end: int) -> bool:
    line = text[start:end]
    if _MARKDOWN_HEADING.match(line):
        return "\n" not in line
    alone = start == block_start and end == block_end
    return (
        alone
        and "\n" not in line
        and len(line) <= _HEADING_WIDTH
        and not _LINE_END_OF_SENTENCE.search(line)
        and not line.endswith(",")
        and not _is_list_item(text, (start, end))
        and line[:1].upper() == line[:1]
        and _has_body_below(text, end)
    )


def _has_body_below(text: str, end: int) -> bool:
    """Whether the next lines read like a text and not like another title or a signature."""
    below = text[end : end + 400].lstrip().split("\n\n", 1)[0]
    return len(below) >= _HEADING_WIDTH or bool(_LINE_END_OF_SENTENCE.search(below))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cuts a block that no sentence splitter should be given whole, at white space if any."""
    while end - start > _LONGEST_BLOCK:
        stop = start + _LONGEST_BLOCK
        gap = max(text.rfind(" ", start, stop), text.rfind("\n", start, stop))
        stop = gap + 1 if gap > start else stop
        yield start, stop
        start = stop
    yield start, end
