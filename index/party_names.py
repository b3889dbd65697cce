# ruff: noqa: S608  (the clauses are ours; values are always bound)
"""Whom a name means: the parties of a ledger that may be called so, misspelt or described."""

import difflib
import re
import sqlite3
from collections.abc import Iterable

from index.aliases import Aliases
from index.catalog import Catalog
from index.matter_words import head_of, is_matter
from index.names import (
    are_namesakes,
    is_pronoun,
    is_proper,
    loosely_same,
    name_words,
    parts_of,
    same_party,
)
from index.party_places import PartyPlaces, Place, is_organ
from index.party_voices import voices_of
from index.role_words import is_role, known_role
from index.who_is_who import WhoIsWho, described

_SHORTEST_SLIP = 5
_ALIKE = 0.84
# "the quarry company Lindqvist": the name behind what somebody is
_NAME_AT_THE_END = re.compile(r"\b[a-z][\w’'-]*\s((?:[A-Z][\w’'-]*\s?)+)$")


class PartyNames:
    """The names of the parties of one generation.

    With a `who`, descriptions are looked up in the texts; without `best` whoever fits one at all
    may be meant. `wide` takes a government for its country.
    """

    def __init__(
        self,
        catalog: Catalog,
        who: WhoIsWho | None = None,
        *,
        best: bool = True,
        wide: bool = False,
    ) -> None:
        self._catalog = catalog
        self._who = who
        self._best = best
        self._wide = wide
        self._somewhere = PartyPlaces(catalog, who, wide=wide)
        self._meant: dict[str, tuple[str, ...]] = {}
        self._rows: dict[str, list[int]] = {}
        self._places: dict[str, list[Place]] = {}
        self._voices: dict[str, dict[int, str]] = {}
        rows = catalog.rows("SELECT key, canonical FROM aliases")
        self.aliases = Aliases.from_rows((row["key"], row["canonical"]) for row in rows)

    def rows_of(self, name: str) -> list[int]:
        """The rows of all who may be meant by a name, aliases and descriptions included."""
        if name not in self._rows:
            self._rows[name] = sorted({row["id"] for row in self._all(name)})
        return self._rows[name]

    def voices_of(self, name: str) -> dict[int, str]:
        """How those are shown who speak for a body, by their rows; none unless `wide`."""
        if not self._wide:
            return {}
        if name not in self._voices:
            found = voices_of(self._catalog, name)
            officers = self._who.officers_of(name) if self._who is not None else ()
            found += [row for one in officers for row in self._called(one)]
            self._voices[name] = {row["id"]: row["shown"] for row in found}
        return self._voices[name]

    def meant(self, name: str) -> tuple[str, ...]:
        """The names that the texts give for a description; () for a name, and without a `who`."""
        if self._who is None:
            return ()
        if name not in self._meant:
            known = self.is_name(name)
            self._meant[name] = () if known else self._who.names_of(name, best=self._best)
        return self._meant[name]

    def is_name(self, asked: str) -> bool:
        """Whether somebody has it as a proper name, and not only as a description."""
        wanted = described(asked)
        role = name_words(wanted.role)[-1] if wanted else None
        return any(
            is_named(row["shown"])
            and same_party(asked, row["shown"])
            and (role is None or role in name_words(row["shown"]))
            for row in self._called(asked)
        )

    def is_known(self, asked: str) -> bool:
        return bool(self._called(asked))

    def places_of(self, name: str) -> list[Place]:
        """Where a description or a "we" is somebody, who has no name there."""
        if name not in self._places:
            a_name = described(name) is None or self.is_name(name)
            self._places[name] = self._somewhere.of(name, self.meant(name), is_name=a_name)
        return self._places[name]

    def _all(self, name: str) -> list[sqlite3.Row]:
        if is_matter(name) and (head := head_of(name)) not in name[-len(head) :]:
            # "the threats against Lowe" are not Lowe
            word = name_words(head)[-1]
            named = [row for row in self._called(name) if word in name_words(row["text"])]
            return [*named, *self._called(f"the {head}")]
        found = self._called(name)
        names = self.meant(name)
        if names:
            mine = [row for row in found if not row["name"] or _is_any(row["name"], names)]
            found = [*mine, *(row for one in names for row in self._called(one))]
        proper = _NAME_AT_THE_END.search(name)
        if proper is not None:
            found += self._called(proper[1])
        if not found and (other := self.respelt(name)) is not None:
            found = self._called(other)
        if not found:
            pieces = [piece for piece in re.split(r",| and | or ", name) if piece.strip()]
            if len(pieces) > 1:
                found = [row for piece in pieces for row in self._called(piece.strip())]
        if self._wide:
            found += self._organs(name)
        return found

    def respelt(self, name: str) -> str | None:
        """An unknown name as the ledger spells it; None when no word of it is a slip."""
        words = list(name_words(name))
        here = self._catalog.document_frequency(words)
        near = [
            word if number or len(word) < _SHORTEST_SLIP else self._spelt(word)
            for word, number in zip(words, here, strict=True)
        ]
        return " ".join(near) if near != words else None

    def written(self, words: str) -> str | None:
        """How the ledger writes the name that has these words."""
        shown: list[str] = sorted(
            {row["shown"] for row in self._called(words) if is_named(row["shown"])}
        )
        if not shown:
            return None
        longest = max(shown, key=len)
        if all(same_party(name, longest) for name in shown):
            return longest
        wanted = words.split()
        return " ".join(w for w in longest.split() if set(name_words(w)) & set(wanted))

    def without_possessive(self, asked: str) -> str:
        """A name without the "s" of a possessive that was typed without its apostrophe."""
        last = asked.split()[-1].lower()
        here = {w.lower() for row in self._called(asked) for w in row["text"].split()}
        there = last.endswith("s") and last not in here and last[:-1] in here
        return asked[:-1] if there else asked

    def _spelt(self, word: str) -> str:
        """The word of a party's name that is most like one that no document has."""
        known = self._catalog.rows(
            "SELECT DISTINCT word FROM party_words WHERE word >= ? AND word < ?",
            [word[0], word[0] + "\U0010ffff"],
        )
        likely = [row["word"] for row in known if abs(len(row["word"]) - len(word)) < 2]
        return next(iter(difflib.get_close_matches(word, likely, 1, _ALIKE)), word)

    def stands_in(self, text: str, name: str) -> bool:
        """Whether a text has a name: its last word, or all words of one of its aliases.

        A description stands where the name that is meant does.
        """
        said = set(name_words(text))
        others = self.aliases.others(name)
        if others:
            return any(set(other.split()) <= said for other in others)
        if said & set(name_words(name)[-1:]):
            return True
        return any(said & set(name_words(one)[-1:]) for one in self.meant(name))

    def _called(self, name: str) -> list[sqlite3.Row]:
        words = name_words(name)
        if not words or is_pronoun(name):
            return []
        others = self.aliases.others(name)
        found: list[sqlite3.Row] = []
        if others:
            sql = "SELECT * FROM parties WHERE key = ? AND named"
            found = self._catalog.rows(sql, [self.aliases.canonical(name)])
            if len(words) == 1:
                return found
        near = self._catalog.rows(
            "SELECT * FROM parties WHERE named AND id IN"
            " (SELECT party FROM party_words WHERE word IN (?, ?))",
            [words[0], words[-1]],
        )
        # A state or a body with other names is not who is called after it.
        near = [row for row in near if not others or words[-1] in name_words(row["shown"])[-1:]]
        near = [row for row in near if not (row["name"] and are_namesakes(name, row["name"]))]
        found += [row for row in near if any(same_party(name, part) for part in _names(row))]
        named = {row["name"] for row in found if row["name"] and not same_party(name, row["name"])}
        if len(named) == 1:
            found += self._catalog.rows("SELECT * FROM parties WHERE name = ?", [named.pop()])
        if not found:
            found = [row for row in near if any(loosely_same(name, part) for part in _names(row))]
        return found

    def _organs(self, name: str) -> list[sqlite3.Row]:
        """The government of a country and the like, which speaks and is spoken of for it."""
        words = name_words(name)
        if len(words) != 1 or (not is_proper(name) and not self._called(name)):
            return []
        near = self._catalog.rows(
            "SELECT * FROM parties WHERE named AND id IN"
            " (SELECT party FROM party_words WHERE word >= ? AND word < ?)",
            [words[0][:4], words[0][:4] + "\U0010ffff"],
        )
        return [row for row in near if is_organ(row["shown"], words[0])]

    def naming(self, documents: Iterable[int], name: str) -> set[int]:
        """Those of the documents whose text has the last word of a name."""
        rows = ", ".join(map(str, sorted(documents)))
        sql = f"SELECT id FROM documents WHERE id IN ({rows}) AND instr(lower(text), ?)"
        return {row["id"] for row in self._catalog.rows(sql, [name_words(name)[-1]])}


def full_names(parties: Iterable[tuple[str | None, str | None]]) -> dict[str, tuple[str, str]]:
    """(name, key) of the one full name that ends with a last word, by that word.

    `parties` are (name, key). "Sorrell" and "Councillor Sorrell" are then Nadia Sorrell, unless
    there is another Sorrell.
    """
    full: dict[str, dict[str, str]] = {}
    for shown, key in parties:
        if shown and key and " " in key and is_named(shown):
            full.setdefault(key.split()[-1], {})[key] = shown
    return {
        last: next((shown, key) for key, shown in names.items())
        for last, names in full.items()
        if len(names) == 1
    }


def is_named(shown: str) -> bool:
    """Whether a party is shown by a proper name: not "The Mayor", not "we"."""
    words = name_words(shown)
    if not is_proper(shown) or is_pronoun(shown):
        return False
    return not (shown.lower().startswith("the ") and (len(words) < 2 or is_role(known_role(words))))


def _is_any(name: str, names: Iterable[str]) -> bool:
    return any(same_party(one, name) or same_party(name, one) for one in names)


def _names(row: sqlite3.Row) -> list[str]:
    """What a party is called: the name, and the words, in the parts that commas set off."""
    if row["name"] and is_pronoun(row["text"]):
        return [row["name"]]
    return [*([row["name"]] if row["name"] else []), *parts_of(row["text"])]
