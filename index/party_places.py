# ruff: noqa: S608  (the clauses are ours; values are always bound)
"""Where a party without a name is somebody: "we" in a statement, "the mayor" in a report."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.body_names import alike
from index.catalog import Catalog
from index.names import name_words, same_party
from index.who_is_who import WhoIsWho, described

_ONLY_DESCRIBED = re.compile(
    r"(?:the|its|his|her|their|our)\s(?P<who>(?:[a-z-]+\s)?[a-z-]+)(?P<his>['’]s?\s)?",
    re.IGNORECASE,
)
_FIRM = frozenset("ltd limited inc plc llc llp gmbh co corp company group holdings".split())
_OF_A_STATE = frozenset(
    "government authority ministry state republic regime administration".split()
)
_MOST_DOCUMENTS = 300
_FIRMS = frozenset("firm company business contractor manufacturer utility".split())


@dataclass(frozen=True, slots=True)
class Place:
    """Parties that are somebody only in some documents: "the utility", "we"."""

    documents: frozenset[int]
    parties: frozenset[int]


class PartyPlaces:
    """Documents in which "we", "the company" or "the mayor" is somebody.

    With a `who`, what texts call a person is looked up; `wide` takes a ministry for its country,
    "the firm" for a company, and whoever is only described where the rest of a description stands.
    """

    def __init__(self, catalog: Catalog, who: WhoIsWho | None, *, wide: bool) -> None:
        self._catalog = catalog
        self._who = who
        self._wide = wide

    def of(self, name: str, meant: Sequence[str], *, is_name: bool) -> list[Place]:
        """Where somebody is who is asked for by a name, or by a description of those meant."""
        found = self._as_publisher(name, meant, is_name=is_name)
        if self._who is None:
            return found
        for one in meant or ([name] if is_name else ()):
            wanted = described(name)
            firm = wanted is not None and wanted.role in _FIRMS
            found += self._under_roles(one, self._who, firm=firm)
        return found or (self._of_that(name) if self._wide else [])

    def _as_publisher(self, name: str, meant: Sequence[str], *, is_name: bool) -> list[Place]:
        """What somebody publishes, where "we" and "the company" are theirs."""
        names = (name, *meant)
        publishers = self._catalog.rows(
            "SELECT DISTINCT publisher FROM documents WHERE publisher IS NOT NULL"
        )
        letters = (self._as_writer(one) for one in names if is_name or one != name)
        found = [place for place in letters if place.documents]
        for row in publishers:
            publisher = row["publisher"]
            theirs = any(same_party(one, publisher) for one in names)
            if not theirs and self._wide:
                theirs = is_organ(publisher, *name_words(name)[-1:])
            if theirs:
                documents = self._catalog.rows(
                    "SELECT id FROM documents WHERE publisher = ?", [publisher]
                )
                here = frozenset(document["id"] for document in documents)
                found.append(Place(here, self._ours(publisher)))
        return found

    def _as_writer(self, name: str) -> Place:
        """Letters that say who "we" is: "We are the Salt Guild", "on behalf of the Salt Guild"."""
        ours = self._ours(name)
        if not ours:
            return Place(frozenset(), ours)
        rows = ", ".join(map(str, sorted(ours)))
        found = self._catalog.rows(
            "SELECT id FROM (SELECT id, lower(text) AS text FROM documents WHERE id IN"
            f" (SELECT document FROM attributions WHERE speaker IN ({rows})))"
            " WHERE instr(text, 'we are ' || ?1) OR instr(text, 'we are the ' || ?1)"
            " OR instr(text, 'behalf of ' || ?1) OR instr(text, 'behalf of the ' || ?1)",
            [" ".join(name_words(name))],
        )
        return Place(frozenset(row["id"] for row in found), ours)

    def _ours(self, publisher: str) -> frozenset[int]:
        nouns = set(name_words(publisher))
        firm = bool(nouns & _FIRM)
        if firm:
            nouns |= {"company", "firm", "group", "business"}
        more = " OR lower(text) = 'it'" if self._wide and (firm or nouns & _OF_A_STATE) else ""
        marks = ", ".join("?" * len(nouns))
        rows = self._catalog.rows(
            "SELECT * FROM parties WHERE name IS NULL AND (lower(text) IN ('we', 'us', 'our')"
            f" OR lower(text) IN (SELECT 'the ' || value FROM json_each(json_array({marks})))"
            f"{more})",
            sorted(nouns),
        )
        return frozenset(row["id"] for row in rows)

    def _of_that(self, asked: str) -> list[Place]:
        """Who is only described, where a text has the rest of the description: "its editor"."""
        wanted = described(asked)
        if wanted is None or not wanted.which:
            return []
        parties = self._only_described(wanted.role)
        documents = self._naming(parties, wanted.which[0]) if parties else frozenset[int]()
        for word in wanted.which[1:]:
            documents &= self._naming(parties, word)
        return [Place(documents, parties)] if documents else []

    def _under_roles(self, name: str, who: WhoIsWho, *, firm: bool) -> Iterator[Place]:
        roles = who.roles_of(name)
        if self._wide and (firm or roles & _FIRMS):
            roles |= _FIRMS
        for role in roles:
            parties = self._only_described(role)
            if parties:
                documents = self._naming(parties, name)
                for other in who.others_called(role, name) if documents else ():
                    documents -= self._naming(parties, other)
                if documents:
                    yield Place(documents, parties)

    def _only_described(self, role: str) -> frozenset[int]:
        """The parties without a name that are called by a role: "the utility", "its editor"."""
        rows = self._catalog.rows(
            "SELECT * FROM parties WHERE name IS NULL AND id IN"
            " (SELECT party FROM party_words WHERE word = ?)",
            [name_words(role)[-1]],
        )
        return frozenset(row["id"] for row in rows if _is_described(row["text"], role))

    def _naming(self, parties: frozenset[int], name: str) -> frozenset[int]:
        """The documents with some parties whose text has the last word of a name."""
        marks = ", ".join(map(str, parties))
        rows = self._catalog.rows(
            "SELECT id FROM documents WHERE id IN (SELECT document FROM attributions"
            f" WHERE speaker IN ({marks}) OR target IN ({marks}) LIMIT {_MOST_DOCUMENTS})"
            " AND instr(lower(text), ?)",
            [name_words(name)[-1]],
        )
        return frozenset(row["id"] for row in rows)


def _is_described(text: str, role: str) -> bool:
    """Whether the words are a role, or something of who has it: "the company's management"."""
    found = _ONLY_DESCRIBED.match(text)
    if found is None:
        return False
    return name_words(found["who"])[-1] == role and (found.end() == len(text) or bool(found["his"]))


def is_organ(shown: str, country: str = "") -> bool:
    """Whether a body is a country's government, ministry or the like."""
    words = name_words(shown)
    return (
        bool(country)
        and bool(_OF_A_STATE & set(words))
        and any(alike(word, country) for word in words)
    )
