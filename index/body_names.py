# ruff: noqa: S608  (the clauses are ours; values are always bound)
"""Bodies by what their names have in them: "the roofers" are Dunmarrow Roofing."""

import re

from index.catalog import Catalog, allowed
from index.names import is_proper, name_key, name_words
from index.role_words import GENERIC
from index.types import Filters

_TRADE = re.compile(r"(\w{3,})er")
_MOST_PUBLISHERS = 40


class BodyNames:
    """The names of bodies in what an asker may see."""

    def __init__(self, catalog: Catalog, filters: Filters) -> None:
        self._catalog = catalog
        self._filters = filters

    def called_after(self, role: str, which: tuple[str, ...]) -> tuple[str, ...]:
        """The body whose own name has the words: "the roofing company" is Dunmarrow Roofing."""
        if not which:
            return ()
        needed = which if role in GENERIC else (*which, role)
        where, values = allowed(self._filters)
        rows = self._catalog.rows(
            "SELECT DISTINCT publisher AS shown FROM documents WHERE publisher IS NOT NULL"
            f" AND {where} UNION SELECT DISTINCT shown FROM parties JOIN attributions a"
            " ON parties.id IN (a.speaker, a.target) JOIN documents ON documents.id = a.document"
            f" WHERE {where} AND parties.id IN"
            " (SELECT party FROM party_words WHERE word >= ? AND word < ?)",
            [*values, *values, needed[0][:4], needed[0][:4] + "\U0010ffff"],
        )
        names = {
            name_key(row["shown"]): row["shown"]
            for row in rows
            if is_proper(row["shown"])
            and all(has_like(name_words(row["shown"]), word) for word in needed)
        }
        return tuple(names.values()) if len(names) == 1 else ()

    def of_trade(self, role: str) -> tuple[str, ...]:
        """The one body named after what its people do: "the roofers" are Dunmarrow Roofing."""
        trade = _TRADE.fullmatch(role)
        if trade is None:
            return ()
        where, values = allowed(self._filters)
        rows = self._catalog.rows(
            "SELECT DISTINCT shown FROM parties JOIN attributions a"
            " ON parties.id IN (a.speaker, a.target) JOIN documents ON documents.id = a.document"
            f" WHERE {where} AND parties.named AND parties.id IN"
            " (SELECT party FROM party_words WHERE word IN (?, ?))",
            [*values, f"{trade[1]}ing", role],
        )
        shown = [row["shown"] for row in rows]
        names = {
            name_key(name): name
            for name in shown
            if is_proper(name) and {f"{trade[1]}ing", role} & set(name_words(name)[1:])
        }
        return tuple(names.values()) if len(names) == 1 else ()

    def publishers(self) -> tuple[str, ...]:
        """Who publishes, for "the paper": as many as a question may mean."""
        where, values = allowed(self._filters)
        rows = self._catalog.rows(
            f"SELECT DISTINCT publisher FROM documents WHERE publisher IS NOT NULL AND {where}"
            " LIMIT ?",
            [*values, _MOST_PUBLISHERS + 1],
        )
        found = tuple(row["publisher"] for row in rows)
        return found if len(found) <= _MOST_PUBLISHERS else ()


def alike(one: str, other: str) -> bool:
    """Whether two words are the same but for an ending: "Kestrian" and "Kestria"."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and len(long) - len(short) < 4 and long.startswith(short[:-1])


def has_like(words: tuple[str, ...], word: str) -> bool:
    return any(alike(word, other) for other in words)
