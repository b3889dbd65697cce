# ruff: noqa: S608  (the clauses are ours; values are always bound)
"""The attribution ledger of a generation: who said what about whom, asked by party and stance."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.catalog import Catalog, allowed, source_of
from index.names import name_words
from index.party_names import PartyNames
from index.terms import content_words, match_all, match_any
from index.types import Attribution, Filters, Source, Span, Stance

_DATED = "attributions a JOIN documents ON documents.id = a.document"
_FROM = (
    f" FROM {_DATED} LEFT JOIN parties s ON s.id = a.speaker LEFT JOIN parties t ON t.id = a.target"
)
_STANCES = {stance.value: stance for stance in Stance}
_SPANS = """
SELECT a.*, path, title, publisher, published, url, page_starts,
    s.text AS speaker_text, s.name AS speaker_name, t.text AS target_text, t.name AS target_name
"""
_WE = "(SELECT id FROM parties WHERE name IS NULL AND lower(text) IN ('we', 'us', 'our'))"
_OUTLINE = """
SELECT a.id, a.claim, a.stance, a.explicit, a.negated, a.hypothetical, a.document, a.cue_start,
    published, s.shown AS speaker, s.key AS speaker_key, t.shown AS target, t.key AS target_key
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which attributions. What is left out does not narrow."""

    speaker: str | None = None
    target: str | None = None
    stances: frozenset[Stance] = frozenset()
    about: str | None = None
    """Words that the sentence or what is said must all have, in any form."""
    near: str | None = None
    """Words of which some must be said: the two hundred attributions with the most of them."""
    titled: str | None = None
    """Words that the title or the publisher of the document must all have."""
    publisher: str | None = None
    asserted: bool = False
    """Leaves out what is negated or hypothetical."""
    filters: Filters = Filters()


@dataclass(frozen=True, slots=True)
class Line:
    """An attribution in outline, for counting and grouping. Keys are equal for equal parties."""

    row: int
    claim: int
    """Equal for the reprints of one report."""
    stance: Stance
    explicit: bool
    negated: bool
    hypothetical: bool
    document: int
    position: int
    published: str | None
    speaker: str | None
    speaker_key: str | None
    target: str | None
    target_key: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An attribution with its document and its sentence."""

    row: int
    attribution: Attribution
    source: Source
    page_starts: str
    """As JSON, since it is rarely needed."""
    also_in: tuple[Source, ...] = ()
    """Other documents that report the same in nearly the same words."""


@dataclass(frozen=True, slots=True)
class PartyCount:
    """A party and how many attributions it has, reprints counted once."""

    name: str
    count: int


class Ledger:
    """Reads the ledger in a catalog. Cheap to make; safe for as many threads as the catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.names = PartyNames(catalog)

    def find(
        self, wanted: Wanted, limit: int | None = None, offset: int = 0, *, once: bool = False
    ) -> list[Entry]:
        """Attributions in order of document and place.

        `once`: of a report and its reprints only the first, with the other sources.
        """
        where = self._where(wanted)
        if where is None:
            return []
        if once:
            first, values = _is_first(wanted)
            where = f"{where[0]} AND {first}", [*where[1], *values]
        order = " ORDER BY a.id LIMIT ? OFFSET ?"
        rows = self._catalog.rows(
            f"{_SPANS}{_FROM} WHERE {where[0]}{order}",
            [*where[1], -1 if limit is None else limit, offset],
        )
        entries = self._entries(rows)
        if not once:
            return entries
        claims = {row["id"]: row["claim"] for row in rows}
        return self._with_reprints(entries, claims, wanted.filters)

    def _with_reprints(
        self, entries: Sequence[Entry], claims: Mapping[int, int], filters: Filters
    ) -> list[Entry]:
        printed = self.reprints(claims.values(), filters)
        more = [row for rows in printed.values() for row in rows if row not in claims]
        sources = {entry.row: entry.source for entry in self.entries(more)}
        found = []
        for entry in entries:
            others = {
                sources[row].document: sources[row]
                for row in printed[claims[entry.row]]
                if row in sources and sources[row] != entry.source
            }
            found.append(replace(entry, also_in=tuple(others.values())))
        return found

    def of_document(self, path: str) -> list[Attribution]:
        """All attributions of a document, in order."""
        rows = self._catalog.rows(f"{_SPANS}{_FROM} WHERE path = ? ORDER BY a.id", [path])
        return [entry.attribution for entry in self._entries(rows)]

    def entries(self, rows: Sequence[int]) -> list[Entry]:
        """The attributions of these rows, in their order."""
        found: dict[int, Entry] = {}
        for at in range(0, len(rows), 500):
            some = list(rows[at : at + 500])
            marks = ", ".join("?" * len(some))
            read = self._catalog.rows(f"{_SPANS}{_FROM} WHERE a.id IN ({marks})", some)
            found |= {entry.row: entry for entry in self._entries(read)}
        return [found[row] for row in rows]

    def outline(self, wanted: Wanted, limit: int | None = None) -> list[Line]:
        """All that is wanted, or the first of it, without the words."""
        where = self._where(wanted)
        if where is None:
            return []
        rows = self._catalog.rows(
            f"{_OUTLINE}{_FROM} WHERE {where[0]} ORDER BY a.id LIMIT ?",
            [*where[1], -1 if limit is None else limit],
        )
        return [_line(row) for row in rows]

    def count(self, wanted: Wanted) -> tuple[int, int]:
        """How many attributions, and how many when reprints count once."""
        where = self._where(wanted)
        if where is None:
            return 0, 0
        if wanted == Wanted(stances=wanted.stances, asserted=wanted.asserted):
            # The reprints of one report have the same stance, so that counting the first ones does.
            sql = f"SELECT count(*), sum(claim = id) FROM attributions a WHERE {where[0]}"
            row = self._catalog.rows(sql, where[1])[0]
            return int(row[0]), int(row[1] or 0)
        tables = "attributions a" if where[0] == "TRUE" else _DATED
        sql = f"SELECT count(*), count(DISTINCT claim) FROM {tables} WHERE {where[0]}"
        row = self._catalog.rows(sql, where[1])[0]
        return int(row[0]), int(row[1])

    def reprints(self, claims: Iterable[int], filters: Filters = Filters()) -> dict[int, list[int]]:
        """The rows of each claim, by claim, in order of document."""
        wanted = sorted(set(claims))
        found: dict[int, list[int]] = {claim: [] for claim in wanted}
        where, values = allowed(filters)
        for at in range(0, len(wanted), 500):
            some = wanted[at : at + 500]
            marks = ", ".join("?" * len(some))
            for row in self._catalog.rows(
                "SELECT a.id, a.claim FROM attributions a JOIN documents"
                " ON documents.id = a.document"
                f" WHERE a.claim IN ({marks}) AND {where} ORDER BY a.id",
                [*some, *values],
            ):
                found[row["claim"]].append(row["id"])
        return found

    def speakers(
        self, beginning: str = "", filters: Filters = Filters(), limit: int = 25
    ) -> list[PartyCount]:
        """Who speaks, the most frequent first; of a name any word may begin so.

        Of the filters, collection and scope count.
        """
        return self._parties_by_count("speaker", beginning, filters, limit)

    def targets(
        self, beginning: str = "", filters: Filters = Filters(), limit: int = 25
    ) -> list[PartyCount]:
        """Who is spoken about, as `speakers`."""
        return self._parties_by_count("target", beginning, filters, limit)

    def _parties_by_count(
        self, side: str, beginning: str, filters: Filters, limit: int
    ) -> list[PartyCount]:
        words = name_words(beginning)
        if beginning.strip() and not words:
            return []
        where, values = allowed(Filters(collection=filters.collection, scope=filters.scope))
        for word in words:
            where += (
                " AND key IN (SELECT key FROM party_words JOIN parties ON parties.id = party"
                " WHERE word >= ? AND word < ?)"
            )
            values += [word, word + "\U0010ffff"]
        rows = self._catalog.rows(
            "SELECT shown, sum(number) AS number FROM party_counts"
            f" WHERE side = ? AND {where} GROUP BY key ORDER BY sum(number) DESC, shown LIMIT ?",
            [side, *values, limit],
        )
        return [PartyCount(row["shown"], row["number"]) for row in rows]

    def documents_naming(self, name: str) -> set[int]:
        """The documents in which a party is the speaker or the target of something."""
        rows = ", ".join(map(str, self.names.rows_of(name)))
        sql = f"SELECT document FROM attributions WHERE speaker IN ({rows}) OR target IN ({rows})"
        return {row["document"] for row in self._catalog.rows(sql)}

    def mentioning(self, documents: Iterable[int], name: str) -> set[int]:
        """Those of the documents whose text has a name, in any case."""
        rows = ", ".join(map(str, sorted(set(documents))))
        sql = f"SELECT id FROM documents WHERE id IN ({rows}) AND instr(lower(text), ?)"
        return {row["id"] for row in self._catalog.rows(sql, [" ".join(name.lower().split())])}

    def in_part(self, path: str, start: int, end: int) -> list[Line]:
        """The attributions in a part of a document, in outline."""
        rows = self._catalog.rows(
            f"{_OUTLINE}{_FROM} WHERE path = ? AND a.cue_start >= ? AND a.cue_end <= ?",
            [path, start, end],
        )
        return [_line(row) for row in rows]

    def _where(self, wanted: Wanted) -> tuple[str, list[Any]] | None:
        """The condition and its values; None when nobody is called so."""
        where, values = allowed(wanted.filters)
        for side, name in (("speaker", wanted.speaker), ("target", wanted.target)):
            if name is not None:
                rows = self.names.rows_of(name)
                one = f"a.{side} IN ({', '.join(map(str, rows))})"
                ours = self.names.published_by(name) if side == "speaker" else []
                if ours:
                    documents = ", ".join(map(str, ours))
                    one = f"({one} OR (a.document IN ({documents}) AND a.speaker IN {_WE}))"
                if not rows and not ours:
                    return None
                where += f" AND {one}"
        if wanted.stances:
            where += f" AND a.stance IN ({', '.join('?' * len(wanted.stances))})"
            values += sorted(wanted.stances)
        if wanted.asserted:
            where += " AND NOT a.negated AND NOT a.hypothetical"
        if wanted.publisher is not None:
            where += " AND instr(lower(publisher), lower(?))"
            values.append(wanted.publisher)
        for word in content_words(wanted.titled or ""):
            where += " AND instr(lower(title || ' ' || coalesce(publisher, '')), ?)"
            values.append(word)
        if wanted.near is not None:
            where += (
                " AND a.id IN (SELECT rowid FROM said WHERE said MATCH ? ORDER BY rank LIMIT 200)"
            )
            values.append(match_any(content_words(wanted.near)) or '""')
        if wanted.about is not None:
            expression = match_all(wanted.about)
            if not expression:
                return None
            where += " AND a.id IN (SELECT rowid FROM said WHERE said MATCH ?)"
            values.append(expression)
        return where, values

    def _entries(self, rows: Sequence[sqlite3.Row]) -> list[Entry]:
        contents = self._contents([row["id"] for row in rows])
        return [
            Entry(
                row["id"],
                _attribution(row, contents.get(row["id"], ())),
                source_of(row),
                row["page_starts"],
            )
            for row in rows
        ]

    def _contents(self, rows: Sequence[int]) -> dict[int, tuple[Span, ...]]:
        found: dict[int, tuple[Span, ...]] = {}
        for at in range(0, len(rows), 500):
            some = list(rows[at : at + 500])
            marks = ", ".join("?" * len(some))
            for row in self._catalog.rows(
                f"SELECT * FROM contents WHERE attribution IN ({marks})"
                " ORDER BY attribution, position",
                some,
            ):
                span = Span(row["start"], row["end"], row["text"])
                found[row["attribution"]] = (*found.get(row["attribution"], ()), span)
        return found


def _is_first(wanted: Wanted) -> tuple[str, list[Any]]:
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


def _line(row: sqlite3.Row) -> Line:
    first, claim, stance, explicit, negated, hypothetical, *rest = row
    return Line(
        first, claim, _STANCES[stance], explicit == 1, negated == 1, hypothetical == 1, *rest
    )


def _attribution(row: sqlite3.Row, content: tuple[Span, ...]) -> Attribution:
    return Attribution(
        document=row["path"],
        speaker=_party(row, "speaker"),
        cue=Span(row["cue_start"], row["cue_end"], row["cue"]),
        target=_party(row, "target"),
        content=content,
        sentence=(row["sentence_start"], row["sentence_end"]),
        stance=Stance(row["stance"]),
        explicit=bool(row["explicit"]),
        negated=bool(row["negated"]),
        hypothetical=bool(row["hypothetical"]),
    )


def _party(row: sqlite3.Row, side: str) -> Span | None:
    if row[side] is None:
        return None
    return Span(row[f"{side}_start"], row[f"{side}_end"], row[f"{side}_text"], row[f"{side}_name"])
