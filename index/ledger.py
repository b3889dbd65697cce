# ruff: noqa: S608  (the clauses are ours; values are always bound)
"""The attribution ledger of a generation: who said what about whom, asked by party and stance."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from index.catalog import Catalog, allowed, source_of
from index.ledger_conditions import condition, is_first, listed
from index.ledger_rows import Entry, Line, PartyCount, Wanted, attribution_of, line_of
from index.names import name_words
from index.party_names import PartyNames, full_names, is_named
from index.types import Attribution, Filters, Span, Stance

_DATED = "attributions a JOIN documents ON documents.id = a.document"
_FROM = (
    f" FROM {_DATED} LEFT JOIN parties s ON s.id = a.speaker LEFT JOIN parties t ON t.id = a.target"
)
_SPANS = """
SELECT a.*, path, title, publisher, published, url, page_starts,
    s.text AS speaker_text, s.name AS speaker_name, t.text AS target_text, t.name AS target_name
"""
_OUTLINE = """
SELECT a.id, a.claim, a.stance, a.explicit, a.negated, a.hypothetical, a.document, a.cue_start,
    published, s.shown AS speaker, s.key AS speaker_key, t.shown AS target, t.key AS target_key
"""
_PAIRS = 24
_RANKED = 200
_OF_A_PAIR = 8

__all__ = ["Entry", "Ledger", "Line", "PartyCount", "Wanted"]


class Ledger:
    """Reads the ledger in a catalog. Cheap to make; safe for as many threads as the catalog."""

    def __init__(self, catalog: Catalog, names: PartyNames | None = None) -> None:
        self._catalog = catalog
        self.names = names or PartyNames(catalog)

    def find(
        self, wanted: Wanted, limit: int | None = None, offset: int = 0, *, once: bool = False
    ) -> list[Entry]:
        """Attributions in order of document and place.

        `once`: of a report and its reprints only the first, with the other sources.
        """
        where = condition(self.names, wanted)
        if where is None:
            return []
        if once:
            first, values = is_first(wanted)
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
        where = condition(self.names, wanted)
        if where is None:
            return []
        rows = self._catalog.rows(
            f"{_OUTLINE}{_FROM} WHERE {where[0]} ORDER BY a.id LIMIT ?",
            [*where[1], -1 if limit is None else limit],
        )
        return [line_of(row) for row in rows]

    def widely_said(self, wanted: Wanted, limit: int) -> list[Line]:
        """All that is wanted; where that is more than the limit, what many lines bear out.

        Then it is the pairs of parties with the most lines, of each the newest.
        """
        source, values = self._indexed(replace(wanted, asserted=True))
        if self._catalog.rows(f"SELECT count(*) {source}", values)[0][0] <= limit:
            return self.outline(wanted)
        pairs = self._catalog.rows(
            f"SELECT speaker, target {source} AND speaker IS NOT NULL AND target IS NOT NULL"
            f" GROUP BY speaker, target ORDER BY count(*) DESC LIMIT {_PAIRS}",
            values,
        )
        both = ", ".join(f"({row['speaker']}, {row['target']})" for row in pairs)
        newest = self._catalog.rows(
            "SELECT id FROM (SELECT a.id, row_number() OVER (PARTITION BY speaker, target"
            " ORDER BY first_day DESC, a.id) AS place"
            f" FROM (SELECT a.id, speaker, target, document {source}"
            f" AND (speaker, target) IN (VALUES {both})) a"
            f" JOIN documents ON documents.id = a.document) WHERE place <= {_OF_A_PAIR}",
            values,
        )
        rows = ", ".join(str(row["id"]) for row in newest)
        return [
            line_of(row) for row in self._catalog.rows(f"{_OUTLINE}{_FROM} WHERE a.id IN ({rows})")
        ]

    def _indexed(self, wanted: Wanted) -> tuple[str, list[Any]]:
        """FROM and WHERE for what is wanted by stance and document, that an index answers alone."""
        inside, values = allowed(wanted.filters)
        stances = sorted(wanted.stances or set(Stance))
        where = f"a.stance IN ({', '.join('?' * len(stances))})"
        if wanted.asserted:
            where += " AND a.negated = 0 AND a.hypothetical = 0"
        if wanted.filters != Filters():
            where += f" AND a.document IN (SELECT id FROM documents WHERE {inside})"
        return (
            f"FROM attributions a INDEXED BY attributions_by_stance WHERE {where}",
            [*stances, *(values if wanted.filters != Filters() else [])],
        )

    def count(self, wanted: Wanted) -> tuple[int, int]:
        """How many attributions, and how many when reprints count once."""
        where = condition(self.names, wanted)
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

    def denials(
        self, documents: Iterable[int], keys: Iterable[str], filters: Filters
    ) -> list[Line]:
        """What is denied in some documents, or by parties with these keys or their last words."""
        where = condition(
            self.names, Wanted(stances=frozenset([Stance.DENY]), asserted=True, filters=filters)
        )
        words = sorted({key.split()[-1] for key in keys if key})
        clause, values = where or ("FALSE", [])
        rows = self._catalog.rows(
            f"{_OUTLINE}{_FROM} WHERE {clause} AND (a.document IN ({listed(documents)})"
            " OR a.speaker IN (SELECT party FROM party_words"
            " WHERE word IN (SELECT value FROM json_each(?)))) ORDER BY a.id",
            [*values, json.dumps(words)],
        )
        return [line_of(row) for row in rows]

    def most_frequent(self, side: str, wanted: Wanted, limit: int) -> list[PartyCount]:
        """The parties that most often stand on one side of what is said with some stances.

        Reprints count once. Of what is wanted the stances, the filters and `asserted` count.
        """
        source, values = self._indexed(wanted)
        once = "sum(claim = a.id)" if wanted.filters == Filters() else "count(DISTINCT claim)"
        counts = self._catalog.rows(
            f"SELECT a.{side} AS party, {once} AS number {source}"
            f" AND a.{side} IS NOT NULL GROUP BY a.{side} ORDER BY number DESC LIMIT ?",
            [*values, _RANKED],
        )
        numbers = {row["party"]: row["number"] for row in counts}
        ids = ", ".join(map(str, numbers))
        sql = f"SELECT id, key, shown FROM parties WHERE named AND id IN ({ids})"
        rows = self._catalog.rows(sql)
        full = full_names((row["shown"], row["key"]) for row in rows)
        found: dict[str, PartyCount] = {}
        for row in rows:
            short = (row["shown"], row["key"])
            shown, key = full.get(row["key"], short) if is_named(row["shown"]) else short
            known = found.get(key)
            number = numbers[row["id"]] + (known.count if known else 0)
            found[key] = PartyCount(max(shown, known.name if known else "", key=len), number)
        return sorted(found.values(), key=lambda one: (-one.count, one.name))[:limit]

    def documents_naming(self, name: str) -> set[int]:
        """The documents in which a party is the speaker or the target of something."""
        rows = ", ".join(map(str, self.names.rows_of(name)))
        sql = f"SELECT document FROM attributions WHERE speaker IN ({rows}) OR target IN ({rows})"
        return {row["document"] for row in self._catalog.rows(sql)}

    def documents_at(self, paths: Iterable[str]) -> set[int]:
        """The rows of documents by their paths."""
        sql = "SELECT id FROM documents WHERE path IN (SELECT value FROM json_each(?))"
        return {row["id"] for row in self._catalog.rows(sql, [json.dumps(sorted(paths))])}

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
        return [line_of(row) for row in rows]

    def _entries(self, rows: Sequence[sqlite3.Row]) -> list[Entry]:
        contents = self._contents([row["id"] for row in rows])
        return [
            Entry(
                row["id"],
                attribution_of(row, contents.get(row["id"], ())),
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
