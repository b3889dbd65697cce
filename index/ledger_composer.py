"""An answer put together from attributions: groups, statements, citations, denials beside them."""

import bisect
import json
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from index.evidence import stemmer
from index.ledger import Entry, Ledger, Line
from index.ledger_units import Unit, grouped
from index.live import OpenGeneration
from index.matter_words import is_matter
from index.names import is_pronoun, is_proper
from index.terms import content_words
from index.types import Attribution, Citation, Filters, Query, Stance, Statement
from index.wording import DENIAL, DID_NOT, IMPLIED, heading, one_line, party_name

SHOWN = 12
"""Statements of one answer; denials beside them come on top."""
_OF_A_GROUP = 3
"""Statements of one group when the question leaves open who, or about whom."""
_LONGEST = 600
_DENIED_WITHIN = 1_200
_CONFIDENCE = {"plain": 0.95, "other stance": 0.8, "implied": 0.75, "negated": 0.9, "loose": 0.6}
_NOUNS = {
    Stance.ACCUSE: "accusations",
    Stance.CONDEMN: "criticisms",
    Stance.DENY: "denials",
    Stance.DEMAND: "demands",
    Stance.WARN: "warnings",
    Stance.PROMISE: "promises",
}


@dataclass(frozen=True, slots=True)
class LedgerAnswer:
    """What the ledger says to a question."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    attributions: tuple[Attribution, ...]
    confidence: float
    lead: str
    query: Query
    """The question with the names of those it describes."""


class Composer:
    """Puts an answer together: groups, statements, citations, denials."""

    def __init__(
        self, generation: OpenGeneration, ledger: Ledger, query: Query, filters: Filters
    ) -> None:
        self._generation = generation
        self._ledger = ledger
        self._query = query
        self._filters = filters
        self._texts: dict[str, str] = {}
        self._citations: dict[tuple[str, int, int], Citation] = {}
        self._attributions: dict[str, Attribution] = {}
        self._statements: list[Statement] = []

    def compose(
        self, units: Sequence[Unit], *, loose: bool, total: int | None = None, note: str = ""
    ) -> LedgerAnswer:
        """The answer that shows the units, as many as fit.

        `loose`: they may be off the topic; `total`: how many there are, where that is more;
        `note`: a sentence on whom the question is taken to mean.
        """
        groups = grouped(units)
        open_ended = self._query.speaker is None or self._query.target is None
        most = _OF_A_GROUP if open_ended and len(groups) > 1 else SHOWN
        shown: list[Unit] = []
        for group in groups:
            some = group[: min(most, SHOWN - len(shown))]
            if some:
                self._show(some)
                shown += some
        return LedgerAnswer(
            tuple(self._statements),
            tuple(self._citations.values()),
            tuple(self._attributions.values()),
            self._confidence(groups[0][0], loose),
            " ".join(
                filter(
                    None,
                    [self._lead(units, groups[0][0], len(shown), total or len(units)), note],
                )
            ),
            self._query,
        )

    def _show(self, group: Sequence[Unit]) -> None:
        title = _heading(group, self._query)
        reprints = self._ledger.reprints((u.first.claim for u in group), self._filters)
        for unit in group:
            if unit.first.speaker is None and self._is_shown(unit):
                continue  # "She denied the charge": whose charge is shown already
            note = DID_NOT if unit.first.negated else "" if unit.first.explicit else IMPLIED
            rows = [line.row for line in unit.lines]
            self._state(rows, reprints[unit.first.claim], title, note)
        if group[0].first.stance in (Stance.ACCUSE, Stance.CONDEMN) and not group[0].first.negated:
            self._deny(group, title)

    def _state(self, rows: Sequence[int], reprints: Iterable[int], title: str, note: str) -> None:
        entries = self._ledger.entries(list(rows))
        start, end = self._place(entries[0])
        citation = self._cite(entries[0], start, end, reprints)
        attributions = [entry.attribution for entry in entries]
        self._attributions |= {a.id: a for a in attributions}
        self._statements.append(
            Statement(
                text=one_line(citation.quote),
                citations=(citation.number,),
                attributions=tuple(a.id for a in attributions),
                heading=title,
                note=note,
            )
        )

    def _is_shown(self, unit: Unit) -> bool:
        entry = self._ledger.entries([unit.first.row])[0]
        return (entry.source.document, *self._place(entry)) in self._citations

    def _place(self, entry: Entry) -> tuple[int, int]:
        """The sentence, with content that lies outside of it when that is not long."""
        start, end = entry.attribution.sentence
        spans = entry.attribution.content
        wide = min([start, *(s.start for s in spans)]), max([end, *(s.end for s in spans)])
        text = self._text(entry.source.document)
        if wide[1] - wide[0] > _LONGEST or "\n\n" in text[wide[0] : wide[1]]:
            wide = start, end
        start, end = wide
        if start > 0 and text[start - 1] in "“\"‘'(":
            start -= 1
        while end < len(text) and text[end] in "”\"’').,!?" and text[end - 1] not in "\n ":
            end += 1
        return start, end

    def _cite(self, entry: Entry, start: int, end: int, reprints: Iterable[int]) -> Citation:
        document = entry.source.document
        known = self._citations.get((document, start, end))
        if known is not None:
            return known
        pages = json.loads(entry.page_starts)
        others = {
            other.source.document: other.source
            for other in self._ledger.entries(list(reprints))
            if other.source.document != document
        }
        citation = Citation(
            number=len(self._citations) + 1,
            source=entry.source,
            start=start,
            end=end,
            quote=self._text(document)[start:end],
            page=bisect.bisect_right(pages, start) or None if pages else None,
            also_in=tuple(others.values()),
        )
        self._citations[document, start, end] = citation
        return citation

    def _text(self, document: str) -> str:
        if document not in self._texts:
            self._texts[document] = self._generation.catalog.document(document).text
        return self._texts[document]

    def _deny(self, group: Sequence[Unit], title: str) -> None:
        """States what the accused deny of it: from the same document, else of the same matter."""
        keys = {line.target_key for unit in group for line in unit.lines if line.target_key}
        denials = self._ledger.denials({u.first.document for u in group}, keys, self._filters)
        theirs = [line for line in denials if _same_key(line.speaker_key, keys)]
        near = [
            (denial.position - unit.first.position, denial)
            for unit in group
            for denial in theirs
            if denial.document == unit.first.document
            and 0 < denial.position - unit.first.position < _DENIED_WITHIN
        ]
        if near:
            chosen: Line | None = min(near, key=lambda pair: pair[0])[1]
        else:
            chosen = self._next_sentence(group, denials) or self._same_matter(group, theirs)
        if chosen is not None:
            reprints = self._ledger.reprints([chosen.claim], self._filters)[chosen.claim]
            self._state([chosen.row], reprints, title, DENIAL)

    def _next_sentence(self, group: Sequence[Unit], denials: Sequence[Line]) -> Line | None:
        """A denial right behind an accusation, by a party that is only described ("the firm")."""
        for unit in group:
            if is_matter(unit.first.target or ""):
                continue
            near = [
                line
                for line in denials
                if line.document == unit.first.document
                and 0 < line.position - unit.first.position < _DENIED_WITHIN
                and line.speaker is not None
                and line.speaker_key != unit.first.speaker_key
                and not is_proper(line.speaker)
            ]
            if not near:
                continue
            said, *entries = self._ledger.entries([unit.first.row, *(line.row for line in near)])
            text = self._text(said.source.document)
            for line, denial in zip(near, entries, strict=True):
                between = text[said.attribution.sentence[1] : denial.attribution.sentence[0]]
                if not between.strip() and said.attribution.sentence != denial.attribution.sentence:
                    return line
        return None

    def _same_matter(self, units: Sequence[Unit], denials: Sequence[Line]) -> Line | None:
        said = self._stems([unit.first.row for unit in units])
        accused = set().union(*said)
        for denial, found in zip(denials, self._stems([line.row for line in denials]), strict=True):
            if len(accused & found) >= 2:
                return denial
        return None

    def _stems(self, rows: Sequence[int]) -> list[set[str]]:
        """The longer words of what is said, as stems."""
        texts = [
            " ".join(
                w for s in entry.attribution.content for w in content_words(s.text) if len(w) > 3
            )
            for entry in self._ledger.entries(list(rows))
        ]
        return [set(found) for found in stemmer().stems(texts)]

    def _confidence(self, best: Unit, loose: bool) -> float:
        line = best.first
        if loose:
            return _CONFIDENCE["loose"]
        if line.negated:
            return _CONFIDENCE["negated"]
        if not line.explicit:
            return _CONFIDENCE["implied"]
        if self._query.stance not in (None, Stance.SAY) and line.stance is not self._query.stance:
            return _CONFIDENCE["other stance"]
        return _CONFIDENCE["plain"]

    def _lead(self, units: Sequence[Unit], best: Unit, shown: int, total: int) -> str:
        parts = [_verdict(self._query.stance, best.first)] if self._query.yes_no else []
        if total > shown:
            parts.append(f"{total:,} {_kinds(units)}; {shown} of them here.")
        return " ".join(parts)


def _kinds(units: Sequence[Unit]) -> str:
    found = {_NOUNS.get(unit.first.stance, "statements") for unit in units}
    return "statements" if "statements" in found else " and ".join(sorted(found))


def _verdict(asked: Stance | None, best: Line) -> str:
    if best.negated:
        return "No: the sources say that it did not happen."
    if not best.explicit:
        return "Not in so many words: what is said implies it."
    if asked is Stance.ACCUSE and best.stance is Stance.CONDEMN:
        return "The sources report criticism, not an accusation."
    if asked is Stance.CONDEMN and best.stance is Stance.ACCUSE:
        return "Yes, with an accusation."
    return "Yes."


def _heading(units: Sequence[Unit], query: Query) -> str:
    """Who stands how to whom; the name that was asked for where a text has a pronoun for it."""
    line = units[0].first
    names: list[str] = []
    for one in units[0].lines:
        name = _called(one.target, query.target)
        if name and name not in names:
            names.append(name)
    return heading(
        line.stance,
        _called(line.speaker, query.speaker),
        names,
        implied=not any(unit.first.explicit for unit in units),
        negated=line.negated,
    )


def _called(shown: str | None, asked: str | None) -> str:
    if shown is None:
        return ""
    if is_pronoun(shown) and asked is not None and is_proper(asked):
        return asked
    return party_name(shown)


def _same_key(speaker: str | None, targets: AbstractSet[str]) -> bool:
    """Whether who denies is who was accused: the same key, or the same last name."""
    if not speaker:
        return False
    return any(t and (t == speaker or t.split()[-1] == speaker.split()[-1]) for t in targets)
