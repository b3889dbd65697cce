"""Does the cited text carry the statement? Rules over words and the ledger; no model.

What fails is repaired, by moving the citation to the sentences that do carry it, else replaced by
the source's own sentence, else dropped.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.catalog import Catalog
from index.ledger import Ledger
from index.verification.additions import addition_faults, place_faults
from index.verification.alignment import alignment_faults
from index.verification.certainty import certainty_faults
from index.verification.comparisons import comparison_faults
from index.verification.dates import date_faults, turned_in_time
from index.verification.descriptions import role_speaker_faults
from index.verification.entailment import CrossEncoderEntailment
from index.verification.evidence import Evidence, Reading, evidence_for
from index.verification.faults import Fault
from index.verification.hedges import condition_faults, hedge_faults, report_faults
from index.verification.meaning import Meaning
from index.verification.names import name_faults, names_of
from index.verification.numbers import number_faults
from index.verification.polarity import mood_faults
from index.verification.quantities import small_word_faults
from index.verification.quotes import quotations
from index.verification.roles import role_faults
from index.verification.scope import scope_faults
from index.verification.speakers import quote_faults, speaker_faults
from index.verification.tokens import tokens

_READINGS = 64
_TRIED = 6
_RELEVANT = 0.25
_MOVED = 0.6
_LONGEST = 1_000
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


class Outcome(StrEnum):
    """What became of a statement."""

    KEPT = "kept"
    REPAIRED = "repaired"
    REPLACED = "replaced"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """A part of a document that a statement cites."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a statement: its text now, where it is cited from, and what was wrong."""

    outcome: Outcome
    text: str
    places: tuple[CitedSpan, ...]
    """Whole sentences, in order; none when it is dropped."""
    reason: str = ""
    fault: str = ""
    """The kind of the first fault, as `Fault.kind`."""


class Verifier:
    """Checks statements against the documents of one generation. Safe for several threads."""

    def __init__(
        self,
        catalog: Catalog,
        meaning: Meaning | None = None,
        entailment: CrossEncoderEntailment | None = None,
    ) -> None:
        """`meaning` weighs words that a source does not have; without, few are allowed.
        `entailment` has the last word on what the rules let through.
        """
        self._entailment = entailment
        self._meaning = meaning
        self._catalog = catalog
        self._ledger = Ledger(catalog)
        self._lock = threading.Lock()
        self._readings: OrderedDict[str, Reading] = OrderedDict()

    def verify(
        self, statement: str, places: Sequence[CitedSpan], others: Sequence[CitedSpan] = ()
    ) -> Verdict:
        """The verdict on a statement that cites these places.

        `others` are where a citation may be moved besides the cited documents, the best first.
        """
        if len(statement) > _LONGEST or statement.translate(_INVISIBLE) != statement:
            return Verdict(Outcome.DROPPED, "", (), "It is too long or not plain text.", "addition")
        statement = " ".join(statement.split())
        found = tokens(statement)
        stems = frozenset(t.stem for t in found if t.says_something)
        cited = [self._evidence(stems, place) for place in places]
        if not places or (
            not stems and not any(statement and _is_verbatim(statement, e) for e in cited)
        ):
            return Verdict(Outcome.DROPPED, "", (), "It says nothing that can be checked.", "empty")
        faults = _best([self.faults(statement, one) for one in cited])
        if not faults:
            good = next(e for e in cited if not self.faults(statement, e))
            return Verdict(Outcome.KEPT, statement, _places(good))
        for one in self._elsewhere(stems, cited, others):
            here = frozenset(t.stem for t in one.cited_tokens)
            if len(stems & here) >= _MOVED * len(stems) and not self.faults(statement, one):
                reason = f"{faults[0].reason} Another sentence does."
                return Verdict(Outcome.REPAIRED, statement, _places(one), reason, faults[0].kind)
        best = max(cited, key=lambda e: len(stems & e.window_stems))
        share = len(stems & frozenset(t.stem for t in best.cited_tokens)) / len(stems)
        if share >= _RELEVANT:
            number = max(best.cited, key=lambda i: len(stems & best.reading.stems[i]))
            one = Evidence(best.reading, (number,))
            start, end = best.reading.sentences[number]
            text = " ".join(best.document.text[start:end].split())
            return Verdict(Outcome.REPLACED, text, _places(one), faults[0].reason, faults[0].kind)
        return Verdict(Outcome.DROPPED, "", (), faults[0].reason, faults[0].kind)

    def faults(self, statement: str, evidence: Evidence) -> list[Fault]:
        """What the evidence does not carry; nothing for whole sentences of it, word for word."""
        if not evidence.cited:
            return [Fault("citation", "There is no such place in the source.")]
        if statement and _is_verbatim(statement, evidence):
            return []
        faults = list(_faults(statement, evidence))
        if not faults and self._entailment is not None:
            first, last = (
                evidence.reading.sentences[i] for i in (evidence.window[0], evidence.window[-1])
            )
            there = evidence.document.text[first[0] : last[1]]
            if not self._entailment.bearing(there, statement).holds:
                return [Fault("entailment", "The entailment model does not find it in the source.")]
        return faults

    def reading(self, document: str) -> Reading:
        """A document taken apart. Raises UnknownDocumentError."""
        with self._lock:
            known = self._readings.get(document)
            if known is not None:
                self._readings.move_to_end(document)
                return known
        found = self._catalog.document(document)
        passages = self._catalog.passages_in(document)
        sentences = sorted({s for one in passages for s in one.passage.sentences})
        reading = Reading(
            found,
            tuple(sentences),
            tuple(self._ledger.of_document(document)),
            self._ledger.names.aliases,
            self._meaning,
        )
        with self._lock:
            self._readings[document] = reading
            if len(self._readings) > _READINGS:
                self._readings.popitem(last=False)
        return reading

    def _evidence(self, stems: frozenset[str], place: CitedSpan) -> Evidence:
        reading = self.reading(place.document)
        return evidence_for(stems, reading, reading.sentences_at(place.start, place.end))

    def _elsewhere(
        self, stems: frozenset[str], cited: Sequence[Evidence], others: Sequence[CitedSpan]
    ) -> Iterator[Evidence]:
        """Other sentences that may carry a statement: of the cited documents, then of others."""
        seen = set()
        readings = {e.document.id: e.reading for e in cited}
        for reading in readings.values():
            used = {i for e in cited if e.reading is reading for i in e.cited}
            order = sorted(
                (i for i in range(len(reading.sentences)) if i not in used),
                key=lambda i: (-len(stems & reading.stems[i]), i),
            )
            for number in order[:_TRIED]:
                if len(stems & reading.stems[number]) >= _RELEVANT * len(stems):
                    yield Evidence(reading, (number,))
        for place in others:
            if place in seen:
                continue
            seen.add(place)
            yield self._evidence(stems, place)


def _best(all_faults: Sequence[list[Fault]]) -> list[Fault]:
    return min(all_faults, key=len)


def _places(evidence: Evidence) -> tuple[CitedSpan, ...]:
    spans = [evidence.reading.sentences[i] for i in evidence.cited]
    return tuple(CitedSpan(evidence.document.id, start, end) for start, end in spans)


def _is_verbatim(statement: str, evidence: Evidence) -> bool:
    """Whether a statement is whole sentences of the window, white space aside."""
    text = evidence.document.text
    reading = evidence.reading
    for first in evidence.window:
        for last in evidence.window:
            if last < first:
                continue
            part = text[reading.sentences[first][0] : reading.sentences[last][1]]
            whole = " ".join(part.split())
            if whole == statement or (
                whole.endswith(statement) and not any(c.isalpha() for c in whole[: -len(statement)])
            ):
                return True
    return False


def _faults(statement: str, evidence: Evidence) -> Iterator[Fault]:
    quotes = quotations(statement)
    found = tokens(statement)
    names = names_of(found, evidence.reading.lower_words)
    outside = [t for t in found if not any(q.start <= t.start < q.end for q in quotes)]
    yield from quote_faults(statement, quotes, outside, names, evidence)
    yield from place_faults(found, evidence)
    yield from number_faults(found, evidence)
    yield from date_faults(found, evidence)
    yield from turned_in_time(found, evidence)
    yield from name_faults(found, names, evidence)
    yield from speaker_faults(found, names, evidence)
    yield from role_speaker_faults(found, evidence)
    yield from role_faults(found, names, evidence)
    yield from alignment_faults(found, names, evidence)
    yield from mood_faults(found, evidence)
    yield from scope_faults(found, evidence)
    yield from hedge_faults(found, evidence)
    yield from condition_faults(found, evidence)
    yield from certainty_faults(found, evidence)
    yield from report_faults(found, names, evidence)
    yield from small_word_faults(found, evidence)
    yield from comparison_faults(found, evidence)
    yield from addition_faults(found, names, evidence)
