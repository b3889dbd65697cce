"""The values that pass between the stages, all immutable.

Every offset in the program counts code points in a `Document.text`, and every
(start, end) pair is half open, as in a slice.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Stance(StrEnum):
    """How a speaker stands to a target or to what is said."""

    ACCUSE = "accuse"
    CONDEMN = "condemn"
    DENY = "deny"
    DEMAND = "demand"
    WARN = "warn"
    PRAISE = "praise"
    PROMISE = "promise"
    BELIEVE = "believe"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its origin. `text` is NFC with `\\n` line ends and never changes afterwards."""

    id: str
    """The path relative to the corpus, with `/`."""
    text: str
    sha256: str
    """Of the bytes of the file, in hexadecimal."""
    title: str
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    """An ISO date: a year, a month or a day."""
    url: str | None = None
    language: str | None = None
    """ISO 639-1, detected; None when the text is too short to tell."""
    page_starts: tuple[int, ...] = ()
    """Where each page begins; empty for a format without pages."""

    @property
    def collection(self) -> str:
        """The folder that the document lies in, `""` for the corpus itself."""
        return self.id.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences that is searched and embedded as one."""

    document: str
    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a document: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str
    name: str | None = None
    """The full name that the document gives for these words, where it supports one."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, and about whom: one for each pair of speaker and target.

    Speaker, cue and content are the terms of PARC and PolNeAR (source, cue, content).
    """

    document: str
    speaker: Span | None
    cue: Span
    target: Span | None
    content: tuple[Span, ...]
    sentence: tuple[int, int]
    stance: Stance
    explicit: bool = True
    negated: bool = False
    hypothetical: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """All its words: speaker, cue, target and content."""
        parties = tuple(span for span in (self.speaker, self.target) if span is not None)
        return (*parties, self.cue, *self.content)

    @property
    def id(self) -> str:
        """Names the attribution by its places, for as long as the document stays as it is."""
        places = (self.cue, self.speaker, self.target)
        starts = [str(span.start) if span is not None else "" for span in places]
        return hashlib.sha256("\0".join([self.document, *starts]).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a question. Dates are inclusive: an ISO year, month or day."""

    collection: str | None = None
    since: str | None = None
    until: str | None = None
    scope: frozenset[str] | None = None
    """The collections that the asker may see; None is all of them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation with what was answered, the oldest first in a history.

    Where the answer is not given, or the asker may not see every collection, the question is asked
    again within what the asker may see: no word of a history comes from beyond that.
    """

    question: str
    """As it was typed."""
    answer: str = ""
    """The statements as text."""


class Asked(StrEnum):
    """What a question wants counted."""

    SPEAKERS = "speakers"
    """How many accused X?"""
    TARGETS = "targets"
    """How many did X accuse?"""
    TIMES = "times"
    """How often did X accuse Y?"""
    MOST_SPEAKING = "most speaking"
    """Who accused the most?"""
    MOST_TARGETED = "most targeted"
    """Who was accused most often?"""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood. A doubtful parse is a plain question (`understood` is False)."""

    text: str
    kind: str = "passage"
    stance: Stance | None = None
    speaker: str | None = None
    target: str | None = None
    topic: str | None = None
    since: str | None = None
    until: str | None = None
    understood: bool = False
    yes_no: bool = False
    """Whether the question can be answered with yes: "Did X accuse Y?"."""
    mutual: bool = False
    """Whether it is asked of two parties both ways; then both stand as speaker and as target."""
    other_than: str | None = None
    """Who is left out: "anyone other than X"."""
    count: Asked | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation says about its document."""

    document: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that matches a question.

    `score` ranks within one question only; the raw parts compare across questions.
    """

    passage: Passage
    text: str
    source: Source
    score: float
    cosine: float
    bm25: float
    page_starts: tuple[int, ...] = ()
    also_in: tuple[Source, ...] = ()
    """Other documents that hold the same passage."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words of a document: `quote == text[start:end]`, cut from the source by our code."""

    number: int
    source: Source
    start: int
    end: int
    quote: str
    page: int | None = None
    also_in: tuple[Source, ...] = ()
    """Other documents that hold the same words."""
    answer_spans: tuple[tuple[int, int], ...] = ()
    """The words of the quote that answer, as offsets in it, where that is clear: for bold."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the numbers of the citations that prove it, at least one."""

    text: str
    citations: tuple[int, ...]
    attributions: tuple[str, ...] = ()
    heading: str = ""
    """Who stands to whom in it, as in "Ada Lowe accuses Quill Roofing"; the same for neighbours
    that belong together. Words of ours around names of the sources: not part of what is proved."""
    note: str = ""
    """What a reader must know about it: that it only implies an accusation, that it is a denial."""


@dataclass(frozen=True, slots=True)
class Treated:
    """A sentence that a language model wrote, and what became of it."""

    written: str
    outcome: str
    """ "kept", "repaired", "replaced" or "dropped"."""
    shown: str
    """What is shown for it; "" when it is dropped."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What a language model had to do with an answer."""

    used: bool
    """Whether the statements begin in its words. If not, they are in the sources' own."""
    reason: str = ""
    """Why its words are not used, or why they end early, for a person."""
    treated: tuple[Treated, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the sources say to a question. No statements: they are silent."""

    question: str
    query: Query
    confidence: float
    """The chance that the sources answer, from 0 to 1, comparable across questions."""
    generation: str
    seconds: float
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    closest: tuple[Citation, ...] = ()
    """What came nearest, for an answer that was not found."""
    hits: tuple[Hit, ...] = ()
    """The passages in which the answer was looked for, the best first."""
    undated: int = 0
    """Documents without a date that a dated question left out."""
    notices: tuple[str, ...] = ()
    """Sentences about the index that the asker should see."""
    attributions: tuple[Attribution, ...] = ()
    """The entries of the ledger that the statements rest on."""
    lead: str = ""
    """A sentence of ours to read first: a count, or "Yes."; empty when there is nothing to add."""
    rewritten: str | None = None
    """The question as understood after a history; None where it was taken as it stands."""
    hashes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The sha256 of the file of each document that is cited, or closest, by document."""

    synthesis: Synthesis | None = None
    """None where no language model is configured, or nothing was found."""

    @property
    def found(self) -> bool:
        return bool(self.statements)


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A row of the list of sources."""

    source: Source
    author: str | None
    sha256: str
    length: int
    passages: int
