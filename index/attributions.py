"""Documents to attributions: who said what about whom, each tied to the words that say so.

A cue (a verb such as "accuse", a noun such as "criticism", "according to") is found in the parse of
a sentence, its parties by dependency rules, its content by clause and quotation marks; names are
then given to short mentions where the document settles them. English only.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from types import MappingProxyType

from spacy.tokens import Token

from index.attribution import accusations, implication, nominals, parties
from index.attribution.coreference import Cast
from index.attribution.cues import Lexicon, load_lexicon
from index.attribution.frames import Characters, Frame
from index.attribution.parsing import ParsedBlock, load_pipeline, parse
from index.attribution.quotations import Quotation, find_quotations
from index.attribution.reports import Reports, as_implied, continue_quotations
from index.attribution.structure import Block, Kind, Layout, read_layout
from index.types import Attribution, Document, Span, Stance

EXTRACTOR_VERSION = "1"

_MAX_PARTIES = 6
# Characters of one document whose parse is held at once; names are settled within such a section.
_SECTION = 80_000
_FIRST = frozenset(["i", "me", "my", "myself", "mine"])
_NESTED = frozenset([Stance.ACCUSE, Stance.CONDEMN, Stance.DENY])


class AttributionExtractor:
    """Finds the attributions of documents.

    Holds the English pipeline, about 170 MB; not thread-safe.
    Raises ModelError when the pipeline is missing or not the pinned version.
    """

    def __init__(self) -> None:
        self._nlp = load_pipeline()
        self._lexicon = load_lexicon()
        self._given_names = _load_given_names()

    def extract(self, document: Document) -> list[Attribution]:
        """The attributions of one document, sorted by position; none for another language."""
        return next(self.extract_many([document]))

    def extract_many(self, documents: Iterable[Document]) -> Iterator[list[Attribution]]:
        """The attributions of each document, in order. Paragraphs are parsed in batches."""
        pending: list[tuple[Document, Layout]] = []

        def blocks() -> Iterator[tuple[str, Block, int]]:
            for number, document in enumerate(documents):
                layout = Layout(())
                if document.language in (None, "en"):
                    layout = read_layout(document.text)
                pending.append((document, layout))
                for block in layout.blocks:
                    yield document.text, block, number

        current, size = 0, 0
        section: list[ParsedBlock] = []
        found: list[Attribution] = []
        for block, number in parse(self._nlp, blocks()):
            while current < number:
                yield found + self._read(*pending[current], section)
                pending[current] = _DONE
                section, found, size = [], [], 0
                current += 1
            if size > _SECTION:
                found += self._read(*pending[current], section)
                section, size = [], 0
            section.append(block)
            size += len(block.doc.text) + 200
        while current < len(pending):
            yield found + self._read(*pending[current], section)
            section, found = [], []
            current += 1

    def _read(
        self, document: Document, layout: Layout, blocks: Sequence[ParsedBlock]
    ) -> list[Attribution]:
        if not blocks:
            return []
        quotations = find_quotations(blocks)
        cast = Cast(
            blocks,
            [[(q.start, q.end) for q in found] for found in quotations],
            self._lexicon,
            self._given_names,
        )
        return _Reading(document, layout, blocks, quotations, cast, self._lexicon).attributions()


_DONE: tuple[Document, Layout] = (Document("", "", "", ""), Layout(()))


@cache
def _load_given_names() -> MappingProxyType[str, str]:
    raw = tomllib.loads(
        resources.files("index.attribution")
        .joinpath("given_names.toml")
        .read_text(encoding="utf-8")
    )
    return MappingProxyType({name: sex for sex, names in raw.items() for name in names.split()})


class _Reading:
    """One document on its way from parsed blocks to attributions."""

    def __init__(
        self,
        document: Document,
        layout: Layout,
        blocks: Sequence[ParsedBlock],
        quotations: Sequence[Sequence[Quotation]],
        cast: Cast,
        lexicon: Lexicon,
    ) -> None:
        self._document = document
        self._layout = layout
        self._blocks = blocks
        self._cast = cast
        self._lexicon = lexicon
        self._reports = [Reports(b, q, lexicon) for b, q in zip(blocks, quotations, strict=True)]
        self._voices: list[list[tuple[Characters, str]]] = [[] for _ in blocks]

    def attributions(self) -> list[Attribution]:
        reported = [report.frames() for report in self._reports]
        extra: dict[int, list[tuple[int, Characters]]] = {}
        for owner, frame, later, span in continue_quotations(self._reports, reported):
            extra.setdefault(id(frame), []).append((later, span))
            self._voice(owner, frame, later, span)
        found: set[Attribution] = set()
        for number, frames in enumerate(reported):
            for frame in frames:
                for i, quotation in enumerate(self._reports[number].quotations):
                    if (
                        self._reports[number].owners.get(i) is not None
                        and frames[self._reports[number].owners[i]] is frame
                    ):
                        self._voice(number, frame, number, (quotation.start, quotation.end))
        for number, parsed in enumerate(self._blocks):
            chosen = self._choose(number, reported[number])
            for frame in chosen:
                found.update(self._attribute(number, frame, extra.get(id(frame), ())))
            found.update(self._turn(parsed))
        return sorted(
            found,
            key=lambda a: (
                a.cue.start,
                a.cue.end,
                a.stance != Stance.SAY,
                _start(a.speaker),
                _start(a.target),
            ),
        )

    def _turn(self, parsed: ParsedBlock) -> Iterator[Attribution]:
        """What stands after "MS. HOLM:" is said by her."""
        label = parsed.block.label
        if label is None or not self._is_name(label) or parsed.block.start <= label[1]:
            return
        colon = self._document.text.find(":", label[1], parsed.block.start)
        if colon < 0:
            return
        start, end = parsed.locate(0, len(parsed.doc.text))
        yield Attribution(
            document=self._document.id,
            speaker=Span(*label, self._document.text[slice(*label)]),
            cue=Span(colon, colon + 1, ":"),
            target=None,
            content=(Span(start, end, self._document.text[start:end]),),
            sentence=(label[0], end),
            stance=Stance.SAY,
        )

    def _is_name(self, label: tuple[int, int]) -> bool:
        """A name and not a part in the conversation, such as "Q", "HOST" or "GUEST"."""
        words = self._document.text[slice(*label)].lower().split()
        return len("".join(words)) > 2 and not set(words) <= self._lexicon.words["people"]

    def _voice(self, owner: int, frame: Frame, number: int, span: Characters) -> None:
        if frame.speakers:
            head = frame.speakers[0]
            name = self._cast.name(head) or (
                self._words(owner, head)[2] if head.pos_ == "PROPN" else None
            )
            if name:
                self._voices[number].append((span, name))

    def _choose(self, number: int, reported: Sequence[Frame]) -> list[Frame]:
        """Judgements before plain reports by the same cue, and no reports within reports."""
        parsed = self._blocks[number]
        frames: list[Frame] = []
        taken: set[int] = set()
        for token in parsed.doc:
            for frame in self._judgements(token):
                if frame.stance in _NESTED or not self._quoted(number, token.idx):
                    frames.append(frame)
                    taken.add(token.i)
        plain = [
            frame for frame in reported if frame.verb.i not in taken or self._adds(frame, frames)
        ]
        spoken = [frame for frame in plain if frame.verb.i not in taken]
        contents = [(f.verb.i, span) for f in [*spoken, *frames] for span in f.content]
        if parsed.block.kind is Kind.HEADING:
            spoken = [
                f for f in spoken if f.verb.tag_ in ("VBD", "VBZ") or f.verb.lower_ == "according"
            ]
        result: list[Frame] = []
        for frame in [*frames, *spoken]:
            at = frame.verb.idx
            inside = any(i != frame.verb.i and start <= at < end for i, (start, end) in contents)
            if inside and frame.stance not in _NESTED:
                continue
            result.append(frame)
            targets = implication.implied_targets(frame, self._witnesses(frame), self._lexicon)
            if targets and not inside:
                outright = tuple(t for t in targets if implication.is_outright(t))
                rest = tuple(t for t in targets if t not in outright)
                if outright:
                    result.append(replace(as_implied(frame, outright), explicit=True))
                if rest:
                    result.append(as_implied(frame, rest))
        return result

    def _adds(self, frame: Frame, judged: Sequence[Frame]) -> bool:
        return False

    def _judgements(self, token: Token) -> Iterator[Frame]:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" or (token.pos_ == "AUX" and lemma == "be"):
            if token.dep_ not in ("aux", "auxpass", "compound"):
                yield from accusations.judgements(token, self._lexicon)
        elif token.pos_ == "NOUN":
            cue = self._lexicon.nouns.get(lemma)
            frame = nominals.nominal(token, cue, self._lexicon) if cue is not None else None
            if frame is not None:
                yield frame

    def _quoted(self, number: int, at: int) -> bool:
        i = self._reports[number].quotation_at(at)
        return i is not None and i in self._reports[number].owners

    def _witnesses(self, frame: Frame) -> bool:
        return all(s.lemma_.lower() in self._lexicon.words["witnesses"] for s in frame.speakers)

    # -- to spans of the document

    def _words(self, number: int, head: Token, limit: int | None = None) -> tuple[int, int, str]:
        start, end = parties.extent(head)
        if limit is not None and head.i < limit < end:
            end = limit
        doc = head.doc
        while end - 1 > head.i and doc[end - 1].dep_ in ("prep", "cc", "punct"):
            end -= 1
        last = doc[end - 1]
        at = self._blocks[number].locate(doc[start].idx, last.idx + len(last.text))
        return at[0], at[1], self._document.text[at[0] : at[1]]

    def _span(
        self, number: int, head: Token, limit: int | None = None, *, speaks: bool = False
    ) -> Span:
        start, end, text = self._words(number, head, limit)
        name = self._cast.name(head)
        if speaks and head.dep_ == "poss" and head.i + 1 < len(head.doc):
            # "Valdria's denial": the words include the marker, the name does not
            marker = head.nbor(1)
            if marker.tag_ == "POS" and marker.head == head:
                name = name or text
                end = self._blocks[number].locate(marker.idx, marker.idx + len(marker.text))[1]
                text = self._document.text[start:end]
        if name is None and head.lower_ in _FIRST:
            name = self._first_person(number, head)
        return Span(start, end, text, name if name and name != text else None)

    def _first_person(self, number: int, head: Token) -> str | None:
        """Who "I" is: the speaker of the quotation, the name of the turn, the name that signs."""
        for (start, end), name in self._voices[number]:
            if start <= head.idx < end:
                return name
        if self._reports[number].quotation_at(head.idx) is not None:
            return None
        label = self._blocks[number].block.label
        if label is not None and self._is_name(label):
            return self._document.text[label[0] : label[1]]
        if self._layout.signature is not None:
            return self._document.text[slice(*self._layout.signature)]
        return None

    def _attribute(
        self, number: int, frame: Frame, continued: Iterable[tuple[int, Characters]]
    ) -> Iterator[Attribution]:
        parsed = self._blocks[number]
        content = [
            self._cut(number, *self._reports[number].balanced(span)) for span in frame.content
        ]
        content += [self._cut(later, *span) for later, span in continued]
        sentence = frame.verb.sent
        speakers = [
            self._span(number, s, frame.limit, speaks=True) for s in frame.speakers[:_MAX_PARTIES]
        ]
        targets = [self._span(number, t, frame.limit) for t in frame.targets[:_MAX_PARTIES]]
        someone: list[Span | None] = [*speakers] or [None]
        for speaker in someone:
            fitting = [
                t
                for t in targets
                if speaker is None or t.end <= speaker.start or speaker.end <= t.start
            ]
            if targets and not fitting and not content:
                continue
            something: list[Span | None] = [*fitting] or [None]
            for target in something:
                if speaker is None and target is None:
                    continue
                yield Attribution(
                    document=self._document.id,
                    speaker=speaker,
                    cue=self._cut(number, *frame.cue),
                    target=target,
                    content=tuple(content),
                    sentence=parsed.locate(sentence.start_char, sentence.end_char),
                    stance=frame.stance,
                    explicit=frame.explicit,
                    negated=frame.negated,
                    hypothetical=frame.hypothetical,
                )

    def _cut(self, number: int, start: int, end: int) -> Span:
        at = self._blocks[number].locate(start, end)
        return Span(*at, self._document.text[slice(*at)])


def _start(span: Span | None) -> int:
    return span.start if span is not None else -1
