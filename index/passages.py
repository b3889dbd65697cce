"""A document's text cut into passages: whole sentences, sized in the embedder's own tokens."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.sentences import Paragraph, paragraphs, trim, words_in
from index.types import Document, Passage

SPLITTER_VERSION = "4"

TokenCounter = Callable[[Sequence[str]], list[int]]
"""How many tokens each text takes in the embedder, without its special tokens."""


_LONGEST_WORD = 100
"""Where WordPiece gives a word up as unknown, so that its characters would be lost."""
_CHARACTERS_A_TOKEN = 8


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a part of one that is longer than the window."""

    start: int
    end: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Splitter:
    """Cuts documents into passages of at most `window` tokens.

    Passages never cross a heading, prefer to end with a paragraph, and repeat up to `overlap`
    tokens of the sentences before only where a paragraph had to be cut.
    """

    count_tokens: TokenCounter
    window: int
    overlap: int = 48
    target: int | None = None
    """Paragraphs are joined while the passage is below this; the whole window by default."""

    @property
    def _longest(self) -> int:
        """The most characters of a sentence, whatever its tokens: a tokenizer may take a long run
        without white space for one unknown token."""
        return _CHARACTERS_A_TOKEN * self.window

    def split(self, document: Document) -> list[Passage]:
        """The passages in order. Together they cover all of the text but white space."""
        passages: list[Passage] = []
        section: list[list[_Unit]] = []
        headings: list[_Unit] = []
        for paragraph in paragraphs(document.text, document.language):
            units = self._units(document.text, paragraph)
            if paragraph.heading:
                passages.extend(self._pack(document, section))
                section = []
                headings += units
            else:
                section.append(headings + units)
                headings = []
        passages.extend(self._pack(document, [*section, headings] if headings else section))
        return passages

    def _units(self, text: str, paragraph: Paragraph) -> list[_Unit]:
        spans = paragraph.sentences
        counts = self.count_tokens([text[start:end] for start, end in spans])
        units: list[_Unit] = []
        for (start, end), tokens in zip(spans, counts, strict=True):
            if tokens <= self.window and end - start <= self._longest:
                units.append(_Unit(start, end, tokens))
            else:
                units.extend(self._cut_long(text, start, end))
        return units

    def _cut_long(self, text: str, start: int, end: int) -> Iterator[_Unit]:
        """Cuts at words; a word that alone is too long, at characters."""
        spans = list(words_in(text, start, end))
        counts = self.count_tokens([text[a:b] for a, b in spans])
        opening, closing, total = start, start, 0
        for (word_start, word_end), tokens in zip(spans, counts, strict=True):
            too_long = word_end - opening > self._longest
            if total and (too_long or total + tokens > self.window):
                yield _Unit(opening, closing, total)
                opening, total = word_start, 0
            if tokens > self.window or word_end - word_start > _LONGEST_WORD:
                *whole, (opening, closing, total) = self._cut_word(text, word_start, word_end)
                yield from (_Unit(*part) for part in whole)
                continue
            closing, total = word_end, total + tokens
        if total:
            yield _Unit(opening, closing, total)

    def _cut_word(self, text: str, start: int, end: int) -> list[tuple[int, int, int]]:
        size = min(self.window, _LONGEST_WORD)
        while True:
            cuts = [(at, min(at + size, end)) for at in range(start, end, size)]
            counts = self.count_tokens([text[a:b] for a, b in cuts])
            if size == 1 or max(counts) <= self.window:
                return [(a, b, n) for (a, b), n in zip(cuts, counts, strict=True)]
            size = max(1, size // 2)

    def _pack(self, document: Document, section: list[list[_Unit]]) -> Iterator[Passage]:
        target = self.target or self.window
        current: list[_Unit] = []
        total = 0
        for units in section:
            size = sum(unit.tokens for unit in units)
            if current and (total + size > self.window or total >= target):
                yield _passage(document, current)
                current, total = [], 0
            was_cut = False
            for unit in units:
                wide = current and unit.end - current[0].start > self._longest
                if current and (wide or total + unit.tokens > self.window):
                    yield _passage(document, current)
                    room = 0 if wide else self.window - unit.tokens
                    current = self._tail(current, room)
                    total = sum(kept.tokens for kept in current)
                    was_cut = True
                current.append(unit)
                total += unit.tokens
            if was_cut:
                yield _passage(document, current)
                current, total = [], 0
        if current:
            yield _passage(document, current)

    def _tail(self, units: list[_Unit], room: int) -> list[_Unit]:
        """The last sentences that fit the overlap and the room, never all of the passage."""
        kept: list[_Unit] = []
        total = 0
        for unit in reversed(units[1:]):
            if total + unit.tokens > min(self.overlap, room):
                break
            kept.insert(0, unit)
            total += unit.tokens
        return kept


def _passage(document: Document, units: list[_Unit]) -> Passage:
    start, end = trim(document.text, units[0].start, units[-1].end)
    return Passage(document.id, start, end, tuple((unit.start, unit.end) for unit in units))
