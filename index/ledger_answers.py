"""Answers from the attribution ledger: who accused whom, in the sources' own words.

Grouped by speaker and target; what is said explicitly before what is only implied; a denial of the
same matter beside the accusation; what a source negates or only supposes never as a fact.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.dates import days_of
from index.ledger import Ledger, Line, Wanted
from index.ledger_composer import Composer, LedgerAnswer
from index.ledger_counts import counted, most
from index.ledger_lines import (
    MOST_LINES,
    as_said,
    at_law,
    lines_of,
    stances_of,
    unnamed,
)
from index.ledger_relevance import COVERED, relevance
from index.ledger_tables import shown_name
from index.ledger_units import units_of
from index.live import OpenGeneration
from index.names import is_pronoun
from index.party_names import PartyNames
from index.question_names import named, spoken_for
from index.terms import STOP_WORDS, words
from index.types import Asked, Filters, Query, Stance
from index.who_is_who import WhoIsWho

_ONLY_WORDS = 2.0
"""No likeness in meaning is that near: the words of a topic must be said."""
_MOST_SHOWN = 3
_BLAMING = re.compile(r"\bblam(?:e|es|ed|ing)\b", re.IGNORECASE)


def answer_from_ledger(
    generation: OpenGeneration,
    query: Query,
    filters: Filters,
    documents: frozenset[str] | None = None,
    *,
    loosely: bool = False,
    closely: bool = False,
) -> LedgerAnswer | None:
    """The answer to an attribution question; None when the ledger has nothing on it.

    Who is asked for is looked up as closely as can be: by name, by a description that one person
    fits best, then by whoever fits it. `documents`: the only ones to look in. `loosely`: what is
    said about something else, or amounts to it without the word, will do. `closely`: only who is
    called so, or fits a description best, will do.
    """
    who = WhoIsWho(generation.catalog, Filters(scope=filters.scope))
    both = None not in (query.speaker, query.target)
    for best, wide in ((True, False), (True, True), (False, True)):
        names = PartyNames(generation.catalog, who, best=best, wide=wide)
        ledger = Ledger(generation.catalog, names)
        inquiry = _Inquiry(generation, ledger, filters, documents)
        found = inquiry.loosely(query) if loosely else inquiry.answer(query)
        if found is not None:
            return found
        if closely or (query.yes_no and best and wide):
            break
        if wide and (not both or lines_of(ledger, replace(query, topic=None), filters)):
            break
    return None


def the_other_way_round(
    generation: OpenGeneration, query: Query, filters: Filters
) -> LedgerAnswer | None:
    """What the ledger has of Y against X where it has nothing of X against Y."""
    if not query.yes_no or query.speaker is None or query.target is None or query.mutual:
        return None
    if query.stance not in (Stance.ACCUSE, Stance.CONDEMN):
        return None
    swapped = replace(query, speaker=query.target, target=query.speaker, topic=None, yes_no=False)
    found = answer_from_ledger(generation, swapped, filters, closely=True)
    if found is None or not found.attributions[0].explicit:
        return None
    speaker = found.attributions[0].speaker
    return found if speaker is not None and not is_pronoun(shown_name(speaker)) else None


def understood_names(generation: OpenGeneration, query: Query, filters: Filters) -> Query:
    """The question with the names of those it describes, for a search of passages."""
    who = WhoIsWho(generation.catalog, Filters(scope=filters.scope))
    return named(PartyNames(generation.catalog, who), query).query


class _Inquiry:
    """One way of looking a question up in a ledger."""

    def __init__(
        self,
        generation: OpenGeneration,
        ledger: Ledger,
        filters: Filters,
        documents: frozenset[str] | None,
    ) -> None:
        self._generation = generation
        self._ledger = ledger
        self._filters = filters
        self._documents = documents

    def answer(self, query: Query) -> LedgerAnswer | None:
        """What fits the parties and the topic."""
        if query.count in (Asked.MOST_SPEAKING, Asked.MOST_TARGETED):
            return self._most(query)
        lines = self._within(lines_of(self._ledger, query, self._filters))
        lines = at_law(self._ledger, query, lines)
        beside = not lines and _beside(query)
        if beside:
            lines = self._within(unnamed(self._ledger, query, self._filters))
            lines = at_law(self._ledger, query, lines)
        real = [line for line in lines if not line.hypothetical]
        # What a reply is about is said in the accusation, not in the reply.
        reply = query.stance is None and None not in (query.speaker, query.target)
        near = -1.0 if reply else None
        asserted = self._on_topic(query, [line for line in real if not line.negated], near)
        if not asserted and query.yes_no and query.stance is not None:
            negated = [replace(line, negated=True) for line in real if line.negated]
            negated_there = self._on_topic(query, negated) or self._of_this(query, negated)
            return self._shown(query, negated_there, loose=False)
        if not asserted and query.topic is not None and not beside and _beside(query):
            beside, there = True, self._real(unnamed(self._ledger, query, self._filters))
            nobody = [line for line in there if line.target is None]
            scored = self._on_topic(query, at_law(self._ledger, query, nobody), _ONLY_WORDS)
            asserted = [(line, score) for line, score in scored if score > COVERED]
        if not asserted and (unsaid := self._of_nothing(query, real)):
            shown = self._shown(query, unsaid, loose=True)
            lead = "The sources do not say for what."
            return shown and replace(shown, lead=f"{lead} {shown.lead}".strip())
        return self._shown(query, asserted, loose=beside, many=len(lines) >= MOST_LINES // 4)

    def loosely(self, query: Query) -> LedgerAnswer | None:
        """What the parties say of other matters, or say without the word for it."""
        if query.yes_no and query.stance is not Stance.DENY:
            return None
        said = self._on_topic(query, self._real(as_said(self._ledger, query, self._filters)))
        if said:
            shown = self._shown(replace(query, stance=Stance.SAY), said, loose=True)
            return shown and replace(shown, query=replace(shown.query, stance=query.stance))
        if query.topic is None or query.yes_no or None in (query.speaker, query.target):
            return None
        lines = self._real(lines_of(self._ledger, query, self._filters))
        return self._shown(query, self._on_topic(query, lines, -1.0), loose=True)

    def _most(self, query: Query) -> LedgerAnswer | None:
        found = most(self._ledger, query, self._filters)
        if found is None:
            return None
        names, note = found
        speaks = query.count is Asked.MOST_SPEAKING
        units = []
        for name in names[:_MOST_SHOWN]:
            party = replace(query, speaker=name) if speaks else replace(query, target=name)
            lines = self._real(lines_of(self._ledger, party, self._filters))
            units += units_of(lines, party, {})
        if not units:
            return None
        composer = Composer(self._generation, self._ledger, query, self._filters)
        return composer.compose(units, loose=False, note=note)

    def _shown(
        self,
        query: Query,
        scored: Sequence[tuple[Line, float]],
        *,
        loose: bool,
        many: bool = False,
    ) -> LedgerAnswer | None:
        """The answer that shows the lines; None for none."""
        lines = [line for line, _ in scored]
        units = units_of(lines, query, {line.row: score for line, score in scored})
        if not units:
            return None
        total = _total(self._ledger, query, self._filters) if many else None
        naming = named(self._ledger.names, query, [unit.first for unit in units])
        voice = spoken_for(self._ledger.names, query, [unit.first for unit in units])
        note = " ".join(filter(None, [counted(query, units), naming.note, voice]))
        composer = Composer(self._generation, self._ledger, naming.query, self._filters)
        return composer.compose(units, loose=loose, total=total, note=note)

    def _within(self, lines: list[Line]) -> list[Line]:
        if self._documents is None:
            return lines
        rows = self._ledger.documents_at(self._documents)
        return [line for line in lines if line.document in rows]

    def _real(self, lines: list[Line]) -> list[Line]:
        return [line for line in self._within(lines) if not (line.hypothetical or line.negated)]

    def _on_topic(
        self, query: Query, lines: list[Line], near: float | None = None
    ) -> list[tuple[Line, float]]:
        """The lines with how near they are to the topic; all of them where there is none."""
        if query.topic is None:
            return [(line, 0.0) for line in lines]
        scores = relevance(
            self._generation, self._ledger, lines, query, *([] if near is None else [near])
        )
        return [(line, scores[line.row]) for line in lines if line.row in scores]

    def _of_nothing(self, query: Query, lines: Sequence[Line]) -> list[tuple[Line, float]]:
        """Whom somebody blames without a word of what for, where a question asks who is blamed."""
        if query.target is not None or query.speaker is None or query.yes_no:
            return []
        if query.topic is None or _BLAMING.search(query.text) is None:
            return []
        blamed = [
            line for line in lines if line.target is not None and line.explicit and not line.negated
        ]
        entries = self._ledger.entries([line.row for line in blamed])
        return [
            (line, 0.0)
            for line, entry in zip(blamed, entries, strict=True)
            if _BLAMING.match(entry.attribution.cue.text) and not entry.attribution.content
        ]

    def _of_this(self, query: Query, lines: Sequence[Line]) -> list[tuple[Line, float]]:
        """The lines that do not say of what: "I don't blame her for any of this"."""
        if None in (query.speaker, query.target):
            return []
        entries = self._ledger.entries([line.row for line in lines])
        return [
            (line, 0.0)
            for line, entry in zip(lines, entries, strict=True)
            if all(STOP_WORDS.issuperset(words(s.text)) for s in entry.attribution.content)
        ]


def _beside(query: Query) -> bool:
    """Whether what is said of somebody without a name is worth a look."""
    about = query.speaker or query.topic
    return query.target is not None and bool(about) and not query.yes_no and not query.mutual


def _total(ledger: Ledger, query: Query, filters: Filters) -> int | None:
    """How many an open question has in all, reprints counted once."""
    if query.speaker or query.target or query.topic:
        return None
    return ledger.count(Wanted(stances=stances_of(query), asserted=True, filters=filters))[1]


def combined(query: Query, filters: Filters) -> Filters:
    """The filters, narrowed by the dates that the question names."""
    since, until = filters.since, filters.until
    if query.since is not None:
        since = max(query.since, days_of(since)[0]) if since else query.since
    if query.until is not None:
        until = min(query.until, days_of(until)[1]) if until else query.until
    return replace(filters, since=since, until=until)
