"""One document from its parsed blocks to its attributions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from index.attribution import accusations, extents, implication, nominals, parties
from index.attribution.addressed import is_pointed
from index.attribution.allegations import is_claim, is_unjust
from index.attribution.alleged_deeds import alleged_deed
from index.attribution.assertion import as_asserted
from index.attribution.charges import is_lawsuit
from index.attribution.coreference import Cast
from index.attribution.cues import Lexicon
from index.attribution.ellipsis import echoes
from index.attribution.frames import Characters, Frame, repeats
from index.attribution.parsing import ParsedBlock
from index.attribution.performing import is_elided
from index.attribution.quotations import Quotation
from index.attribution.reciprocals import both_ways
from index.attribution.reports import Reports, as_implied, continue_quotations
from index.attribution.structure import Kind, Layout
from index.types import Attribution, Document, Span, Stance

_MAX_PARTIES = 6
_FIRST = frozenset(["i", "me", "my", "myself", "mine"])
_NESTED = frozenset([Stance.ACCUSE, Stance.CONDEMN, Stance.DENY])


class Reading:
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
        continued: dict[int, list[tuple[int, Characters]]] = {}
        for owner, frame, later, span in continue_quotations(self._reports, reported):
            continued.setdefault(id(frame), []).append((later, span))
            self._voice(owner, frame, later, span)
        for number, report in enumerate(self._reports):
            for i, holder in report.owners.items():
                quotation = report.quotations[i]
                span = (quotation.start, quotation.end)
                self._voice(number, reported[number][holder], number, span)
        found: set[Attribution] = set()
        for number, parsed in enumerate(self._blocks):
            for frame in self._choose(number, reported[number]):
                found.update(self._attribute(number, frame, continued.get(id(frame), ())))
            found.update(self._turn(parsed))
        return sorted(
            found,
            key=lambda a: (
                a.cue.start,
                a.cue.end,
                a.stance != Stance.SAY,
                _start(a.speaker),
                _start(a.target),
                [span.start for span in a.content],
                a.stance,
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
                nested = frame.stance in _NESTED and token.lemma_ != "shame"
                if nested or not self._quoted(number, token.idx):
                    if repeats(frame, frames):
                        continue
                    frames.append(frame)
                    taken.add(token.i)
        spoken = [frame for frame in reported if frame.verb.i not in taken]
        contents = [(f.verb.i, span) for f in [*spoken, *frames] for span in f.content]
        if parsed.block.kind is Kind.HEADING:
            spoken = [
                f for f in spoken if f.verb.tag_ in ("VBD", "VBZ") or f.verb.lower_ == "according"
            ]
        result: list[Frame] = []
        for frame in [*frames, *spoken]:
            at = frame.verb.idx
            inside = any(i != frame.verb.i and start <= at < end for i, (start, end) in contents)
            if inside and (frame.stance not in _NESTED or is_unjust(frame)):
                continue
            result.append(frame)
            if inside:
                continue
            outright, implied = implication.implied_targets(
                frame, self._witnesses(frame), self._lexicon
            )
            if outright:
                result.append(replace(as_implied(frame, tuple(outright)), explicit=True))
            if implied:
                explicit = is_claim(frame)
                result.append(replace(as_implied(frame, tuple(implied)), explicit=explicit))
        return [f for frame in result for f in echoes(as_asserted(frame))]

    def _judgements(self, token: Token) -> Iterator[Frame]:
        lemma = token.lemma_.lower()
        if token.lower_ == "alleged" and token.dep_ == "amod":
            deed = alleged_deed(token, self._lexicon)
            yield from [deed] if deed is not None else []
        elif token.pos_ == "VERB" or (token.pos_ == "AUX" and lemma == "be"):
            if token.dep_ not in ("aux", "auxpass", "compound"):
                for judgement in accusations.judgements(token, self._lexicon):
                    yield from both_ways(judgement)
        elif token.pos_ == "NOUN":
            cue = self._lexicon.nouns.get("case" if is_lawsuit(token) else lemma)
            frame = nominals.nominal(token, cue, self._lexicon) if cue is not None else None
            if frame is not None:
                yield from both_ways(frame)

    def _quoted(self, number: int, at: int) -> bool:
        i = self._reports[number].quotation_at(at)
        return i is not None and i in self._reports[number].owners

    def _witnesses(self, frame: Frame) -> bool:
        return all(s.lemma_.lower() in self._lexicon.words["witnesses"] for s in frame.speakers)

    # -- to spans of the document

    def _words(self, number: int, head: Token, limit: int | None = None) -> tuple[int, int, str]:
        start, end = extents.extent(head)
        if limit is not None and head.i < limit < end:
            end = limit
        doc = head.doc
        while end - 1 > head.i and doc[end - 1].dep_ in ("prep", "cc", "punct"):
            end -= 1
        last = doc[end - 1]
        first, stop = doc[start].idx, last.idx + len(last.text)
        i = self._reports[number].quotation_at(first)
        inner = self._reports[number].quotation_at(stop - 1)
        if inner is not None and inner != i and doc.text[stop : stop + 1] in ("”", '"', "’"):
            stop += 1  # 'the "cowardly silence"', not 'the "cowardly silence'
        at = self._blocks[number].locate(first, stop)
        return at[0], at[1], self._document.text[at[0] : at[1]]

    def _span(self, number: int, head: Token, frame: Frame, *, speaks: bool = False) -> Span:
        start, end, text = self._words(number, head, frame.limit)
        accused = not speaks and frame.stance in _NESTED
        name = self._cast.name(head, frame.speakers if accused else ())
        if speaks and head.dep_ == "poss" and head.i + 1 < len(head.doc):
            # "Valdria's denial": the words include the marker, the name does not
            marker = head.nbor(1)
            if marker.tag_ == "POS" and marker.head == head:
                name = name or text
                end = self._blocks[number].locate(marker.idx, marker.idx + len(marker.text))[1]
                text = self._document.text[start:end]
        if name is None and head.lower_ in _FIRST:
            name = self._first_person(number, head)
        if name is None and not speaks:
            deed = not parties.is_party(head, self._lexicon)
            name = extents.possessed(head) or (self._owner(number, head) if deed else None)
        if name is None:
            name = self._blocks[number].without_markup(self._document.text, start, end)
        return Span(start, end, text, name if name and name != text else None)

    def _owner(self, number: int, deed: Token) -> str | None:
        """Whose record it is that is condemned: "her record", "our questions"."""
        owner = next((c for c in deed.lefts if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
        if owner is None:
            return None
        return self._cast.name(owner) or (
            self._first_person(number, owner) if owner.lower_ in _FIRST else None
        )

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

    def _poster(self, number: int, frame: Frame) -> Span | None:
        """Who leaves out "I": "@orr: Still blaming the council"."""
        label = self._blocks[number].block.label
        if label is None or not self._is_name(label):
            return None
        if not (is_elided(frame.verb) or is_pointed(frame.verb)):
            return None
        return Span(*label, self._document.text[slice(*label)])

    def _attribute(
        self, number: int, frame: Frame, continued: Iterable[tuple[int, Characters]]
    ) -> Iterator[Attribution]:
        parsed = self._blocks[number]
        content = [
            self._cut(number, *self._reports[number].balanced(span)) for span in frame.content
        ]
        content += [self._cut(later, *span) for later, span in continued]
        sentence = frame.verb.sent
        whole = parsed.locate(sentence.start_char, sentence.end_char)
        speakers = [
            self._span(number, s, frame, speaks=True) for s in frame.speakers[:_MAX_PARTIES]
        ]
        targets = [self._span(number, t, frame) for t in frame.targets[:_MAX_PARTIES]]
        poster = self._poster(number, frame)
        someone: list[Span | None] = [*speakers] or [poster]
        imagined = frame.hypothetical and not (poster is not None and is_pointed(frame.verb))
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
                who, whom = speaker, target
                if who and whom and _same(who, whom):
                    # nobody accuses himself: one of the two was resolved wrongly
                    who, whom = replace(who, name=None), replace(whom, name=None)
                yield Attribution(
                    document=self._document.id,
                    speaker=who,
                    cue=self._cut(number, *frame.cue),
                    target=whom,
                    content=tuple(content),
                    sentence=(parsed.opening(self._document.text, whole[0]), whole[1]),
                    stance=frame.stance,
                    explicit=frame.explicit,
                    negated=frame.negated,
                    hypothetical=imagined,
                )

    def _cut(self, number: int, start: int, end: int) -> Span:
        at = self._blocks[number].locate(start, end)
        return Span(*at, self._document.text[slice(*at)])


def _same(first: Span, second: Span) -> bool:
    named = first.name is not None or second.name is not None
    return named and (first.name or first.text).lower() == (second.name or second.text).lower()


def _start(span: Span | None) -> int:
    return span.start if span is not None else -1
