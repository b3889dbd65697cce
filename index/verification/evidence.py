"""What a statement is checked against: the cited sentences, their neighbours, and the ledger."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index.aliases import Aliases
from index.types import Attribution, Document
from index.verification.meaning import Meaning
from index.verification.tokens import Token, tokens

_LABEL = re.compile(r"^([A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}): .*(?:\n(?!\s*\n).+)*", re.MULTILINE)
_FEWEST_TURNS = 4
_MOST_SENTENCES = 3
_BEFORE = 5


@dataclass(frozen=True)
class Reading:
    """A document taken apart once: its sentences with their tokens, and its attributions."""

    document: Document
    sentences: tuple[tuple[int, int], ...]
    attributions: tuple[Attribution, ...]
    aliases: Aliases = field(default_factory=Aliases)
    meaning: Meaning | None = None
    """What weighs words of a statement that the document does not have; None: nothing does."""

    @cached_property
    def tokens(self) -> list[list[Token]]:
        text = self.document.text
        return [tokens(text[start:end], start) for start, end in self.sentences]

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        return [frozenset(t.stem for t in found if t.is_word) for found in self.tokens]

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """The words that the document writes small somewhere: they are no names."""
        return frozenset(
            t.text for found in self.tokens for t in found if t.is_word and not t.capital
        )

    @cached_property
    def turns(self) -> list[tuple[int, int, str]]:
        """The turns of an interview: where each starts and ends, and who speaks; none in a text
        that is none."""
        matches = list(_LABEL.finditer(self.document.text))
        if len(matches) < _FEWEST_TURNS or len({m[1] for m in matches}) < 2:
            return []
        return [(m.start(), m.end(), m[1]) for m in matches]

    @cached_property
    def about(self) -> list[Token]:
        """The words of its title, author, publisher."""
        document = self.document
        parts = (document.title, document.author, document.publisher)
        return tokens(" . ".join(part for part in parts if part))

    def sentences_at(self, start: int, end: int) -> list[int]:
        """The numbers of the sentences that a span touches."""
        return [i for i, (a, b) in enumerate(self.sentences) if a < end and b > start]


@dataclass(frozen=True)
class Evidence:
    """The cited sentences by number, and the window: those and the sentences beside them."""

    reading: Reading
    cited: tuple[int, ...]

    @cached_property
    def window(self) -> tuple[int, ...]:
        last = len(self.reading.sentences)
        near = {k for i in self.cited for k in (i - 1, i, i + 1) if 0 <= k < last}
        return tuple(sorted(near))

    @property
    def document(self) -> Document:
        return self.reading.document

    @cached_property
    def labels(self) -> list[str]:
        """Whose turns of an interview the cited sentences are, as it names them before a colon."""
        spans = [self.reading.sentences[i] for i in self.cited]
        return [
            label
            for start, end in spans
            for first, last, label in self.reading.turns
            if start < last and first < end
        ]

    @cached_property
    def cited_tokens(self) -> list[Token]:
        return [token for i in self.cited for token in self.reading.tokens[i]]

    @cached_property
    def window_tokens(self) -> list[Token]:
        return [token for i in self.window for token in self.reading.tokens[i]]

    @cached_property
    def before(self) -> list[Token]:
        """The tokens of the window and of some sentences above: whom a pronoun may mean."""
        first = max(0, self.window[0] - _BEFORE) if self.window else 0
        last = self.window[-1] + 1 if self.window else 0
        return [token for i in range(first, last) for token in self.reading.tokens[i]]

    @cached_property
    def window_stems(self) -> frozenset[str]:
        return frozenset(t.stem for t in self.window_tokens if t.is_word)

    @cached_property
    def attributions(self) -> list[Attribution]:
        """The entries of the ledger in the cited sentences and their neighbours."""
        spans = [self.reading.sentences[i] for i in self.window]
        return [
            a
            for a in self.reading.attributions
            if any(
                (a.sentence[0] < end and a.sentence[1] > start)
                or any(s.start < end and s.end > start for s in a.content)
                for start, end in spans
            )
        ]

    @cached_property
    def names(self) -> list[str]:
        """The full names that the ledger gives to words of the window."""
        spans = [s for a in self.attributions for s in (a.speaker, a.target) if s is not None]
        return [span.name for span in spans if span.name]


def evidence_for(stems: frozenset[str], reading: Reading, places: Sequence[int]) -> Evidence:
    """These sentences, or of more than a few those that hold the most of a statement's words."""
    if len(places) <= _MOST_SENTENCES:
        return Evidence(reading, tuple(places))
    left = set(stems)
    chosen: list[int] = []
    while len(chosen) < _MOST_SENTENCES:
        best = max(places, key=lambda i: (len(left & reading.stems[i]), -i))
        gained = left & reading.stems[best]
        if not gained or (chosen and len(gained) < 1):
            break
        chosen.append(best)
        left -= gained
    return Evidence(reading, tuple(sorted(chosen or places[:1])))
