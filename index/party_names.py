# ruff: noqa: S608  (the clauses are ours; values are always bound)
"""Whom a name means: the parties of a ledger that may be called so, misspelt or described."""

import difflib
import re
import sqlite3

from index.aliases import Aliases
from index.catalog import Catalog
from index.names import is_pronoun, loosely_same, name_words, parts_of, same_party

_SHORTEST_SLIP = 5
_ALIKE = 0.84
# "the quarry company Lindqvist": the name behind what somebody is
_NAME_AT_THE_END = re.compile(r"\b[a-z][\w’'-]*\s((?:[A-Z][\w’'-]*\s?)+)$")


class PartyNames:
    """The names of the parties of one generation."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        rows = catalog.rows("SELECT key, canonical FROM aliases")
        self.aliases = Aliases.from_rows((row["key"], row["canonical"]) for row in rows)

    def rows_of(self, name: str) -> list[int]:
        """The rows of all who may be meant by a name, aliases and descriptions included."""
        found = self._called(name)
        proper = _NAME_AT_THE_END.search(name)
        if proper is not None:
            found += self._called(proper[1])
        if not found and (other := self._respelt(name)) is not None:
            found = self._called(other)
        if not found:
            pieces = [piece for piece in name.replace(",", " and ").split(" and ") if piece.strip()]
            if len(pieces) > 1:
                found = [row for piece in pieces for row in self._called(piece.strip())]
        return sorted(set(found))

    def _respelt(self, name: str) -> str | None:
        """An unknown name as the ledger spells it; None when no word of it is a slip."""
        words = list(name_words(name))
        here = self._catalog.document_frequency(words)
        near = [
            word if number or len(word) < _SHORTEST_SLIP else self._spelt(word)
            for word, number in zip(words, here, strict=True)
        ]
        return " ".join(near) if near != words else None

    def _spelt(self, word: str) -> str:
        """The word of a party's name that is most like one that no document has."""
        known = self._catalog.rows(
            "SELECT DISTINCT word FROM party_words WHERE word >= ? AND word < ?",
            [word[0], word[0] + "\U0010ffff"],
        )
        likely = [row["word"] for row in known if abs(len(row["word"]) - len(word)) < 2]
        return next(iter(difflib.get_close_matches(word, likely, 1, _ALIKE)), word)

    def stands_in(self, text: str, name: str) -> bool:
        """Whether a text has a name: its last word, or all words of one of its aliases."""
        said = set(name_words(text))
        others = self.aliases.others(name)
        if others:
            return any(set(other.split()) <= said for other in others)
        return bool(said & set(name_words(name)[-1:]))

    def _called(self, name: str) -> list[int]:
        words = name_words(name)
        if not words or is_pronoun(name):
            return []
        others = self.aliases.others(name)
        found: list[sqlite3.Row] = []
        if others:
            sql = "SELECT * FROM parties WHERE key = ? AND named"
            found = self._catalog.rows(sql, [self.aliases.canonical(name)])
            if len(words) == 1:
                return [row["id"] for row in found]
        near = self._catalog.rows(
            "SELECT * FROM parties WHERE named AND id IN"
            " (SELECT party FROM party_words WHERE word IN (?, ?))",
            [words[0], words[-1]],
        )
        # A state or a body with other names is not who is called after it.
        near = [row for row in near if not others or words[-1] in name_words(row["shown"])[-1:]]
        found += [row for row in near if any(same_party(name, part) for part in _names(row))]
        named = {row["name"] for row in found if row["name"] and not same_party(name, row["name"])}
        if len(named) == 1:
            found += self._catalog.rows("SELECT * FROM parties WHERE name = ?", [named.pop()])
        if not found:
            found = [row for row in near if any(loosely_same(name, part) for part in _names(row))]
        return [row["id"] for row in found]

    def published_by(self, name: str) -> list[int]:
        """The documents that somebody publishes and so speaks in as "we"."""
        publishers = self._catalog.rows(
            "SELECT DISTINCT publisher FROM documents WHERE publisher IS NOT NULL"
        )
        names = [row["publisher"] for row in publishers if same_party(name, row["publisher"])]
        marks = ", ".join("?" * len(names))
        return [
            row["id"]
            for row in self._catalog.rows(
                f"SELECT id FROM documents WHERE publisher IN ({marks})", names
            )
        ]


def _names(row: sqlite3.Row) -> list[str]:
    """What a party is called: the name, and the words, in the parts that commas set off."""
    if row["name"] and is_pronoun(row["text"]):
        return [row["name"]]
    return [*([row["name"]] if row["name"] else []), *parts_of(row["text"])]
