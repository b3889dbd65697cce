# ruff: noqa: S608  (the clauses are ours; values are always bound)
"""The conditions by which SQL picks attributions out of a ledger."""

from collections.abc import Iterable
from typing import Any

from index.catalog import allowed
from index.ledger_rows import Wanted
from index.party_names import PartyNames
from index.terms import content_words, match_all, match_any
from index.types import Filters

Condition = tuple[str, list[Any]]
"""A clause and the values to bind."""


def condition(names: PartyNames, wanted: Wanted) -> Condition | None:
    """The condition and its values; None when nobody is called so."""
    where, values = allowed(wanted.filters)
    for side, name in (("speaker", wanted.speaker), ("target", wanted.target)):
        if name is not None:
            rows = names.rows_of(name)
            if side == "speaker":
                rows = [*rows, *names.voices_of(name)]
            ways = [f"a.{side} IN ({listed(rows)})"] if rows else []
            ways += [
                f"a.document IN ({listed(p.documents)}) AND a.{side} IN ({listed(p.parties)})"
                for p in names.places_of(name)
            ]
            if not ways:
                return None
            where += f" AND ({' OR '.join(ways)})"
    if wanted.stances:
        where += f" AND a.stance IN ({', '.join('?' * len(wanted.stances))})"
        values += sorted(wanted.stances)
    if wanted.asserted:
        where += " AND a.negated = 0 AND a.hypothetical = 0"
    if wanted.publisher is not None:
        where += " AND instr(lower(publisher), lower(?))"
        values.append(wanted.publisher)
    for word in content_words(wanted.titled or ""):
        where += " AND instr(lower(title || ' ' || coalesce(publisher, '')), ?)"
        values.append(word)
    if wanted.near is not None:
        where += " AND a.id IN (SELECT rowid FROM said WHERE said MATCH ? ORDER BY rank LIMIT 200)"
        values.append(match_any(content_words(wanted.near)) or '""')
    if wanted.about is not None:
        expression = match_all(wanted.about)
        if not expression:
            return None
        where += " AND a.id IN (SELECT rowid FROM said WHERE said MATCH ?)"
        values.append(expression)
    return where, values


def is_first(wanted: Wanted) -> Condition:
    """The condition that no earlier reprint is wanted too.

    Reprints have their stance, their parties and their words in common, but not their documents.
    """
    filters = wanted.filters
    if filters == Filters() and wanted.publisher is None and wanted.titled is None:
        return "a.claim = a.id", []
    where, values = allowed(filters)
    if wanted.publisher is not None:
        where += " AND instr(lower(publisher), lower(?))"
        values.append(wanted.publisher)
    return (
        "NOT EXISTS (SELECT 1 FROM attributions b JOIN documents ON documents.id = b.document"
        f" WHERE b.claim = a.claim AND b.id < a.id AND {where})",
        values,
    )


def listed(numbers: Iterable[int]) -> str:
    """Numbers for an IN."""
    return ", ".join(map(str, sorted(numbers)))
