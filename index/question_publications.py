# ruff: noqa: S608  (the clauses are ours; values are always bound)
"""A question about accusations within one publication: "according to the Gazette, who blamed …"."""

import re
from dataclasses import dataclass
from datetime import date

from index.catalog import Catalog, allowed
from index.names import name_words
from index.question_verbs import NOUN
from index.questions import MOST_WORDS, parse_question
from index.types import Filters, Query, Stance

# "What does the Courier say Quarrie accused the firm of?"
_REPORTS = re.compile(
    r"^(?P<ask>what|who|whom|why|how|when|where)\s(?:does|did|do|has|have)\s(?P<name>.+?)\s"
    r"(?:say|said|report|reported|write|written|claim|claimed|tell\sus)\s(?:that\s)?(?P<rest>.+)$",
    re.IGNORECASE,
)
# "What accusations does the Courier report?"
_CARRIES = re.compile(
    rf"^(?P<ask>what|which)\s(?P<rest>{NOUN}(?:\s(?:against|of|by|from|about)\s.+?)?)\s"
    r"(?:does|did|do|has|have|are|is|were|was)\s(?:there\s)?(?:in\s)?(?P<name>.+?)"
    r"(?:\s(?:report|reported|print|printed|publish|published|mention|mentioned|carry|carried|have"
    r"|contain|contained))?$",
    re.IGNORECASE,
)
_KINDS = frozenset(
    "article blog broadcast bulletin journal magazine newsletter newspaper paper programme report"
    " site show station story website".split()
)
_ISSUES = re.compile(
    r"(?:['’]s?\s(?:articles?|reports?|stories|story|news|coverage|pages))$", re.IGNORECASE
)
_IN = (
    r"(?:according\sto|as\s(?:reported|written|told)\s(?:by|in)|(?:reported|published)\s(?:by|in)"
    r"|in)"
)
_BEFORE = re.compile(rf"^{_IN}\s(?P<name>[^,]+?),\s(?P<rest>.+)$", re.IGNORECASE)
_BEHIND = re.compile(rf"^(?P<rest>.+?),?\s{_IN}\s(?P<name>(?:the\s)?[^,]+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Within:
    """What is asked, and the documents in which."""

    query: Query
    documents: frozenset[str]
    name: str
    """The publisher, as a reader is told."""


def within_publication(
    catalog: Catalog, text: str, filters: Filters, today: date | None
) -> Within | None:
    """A question of the ledger that names a publisher; None for any other.

    A part of a publisher's name will do where it is no other's: "the Courier".
    """
    asked = " ".join(text.split()).rstrip(" ?.!")
    if len(asked.split()) > MOST_WORDS:
        return None
    for pattern in (_REPORTS, _CARRIES, _BEFORE, _BEHIND):
        match = pattern.match(asked)
        publisher = _publisher(catalog, _ISSUES.sub("", match["name"]), filters) if match else None
        if match is None or publisher is None:
            continue
        rest = match["rest"]
        if pattern in (_REPORTS, _CARRIES):
            rest = f"{match['ask']} {rest}"
        query = parse_question(rest, today)
        if query.understood and query.stance not in (None, Stance.SAY):
            return Within(query, _issues(catalog, publisher, filters), publisher)
    return None


def _publisher(catalog: Catalog, name: str, filters: Filters) -> str | None:
    """The one publisher that is called so, with a word for what it is ("blog") or without."""
    words = name_words(name)
    found = _called(catalog, words, filters)
    if not found and len(words) > 1 and words[-1] in _KINDS:
        found = _called(catalog, words[:-1], filters)
    return found[0] if len(found) == 1 else None


def _called(catalog: Catalog, words: tuple[str, ...], filters: Filters) -> list[str]:
    where, values = allowed(filters)
    rows = catalog.rows(
        f"SELECT DISTINCT publisher FROM documents WHERE publisher IS NOT NULL AND {where}",
        values,
    )
    found = [
        row["publisher"]
        for row in rows
        if words and set(words) <= set(name_words(row["publisher"]))
    ]
    same = [one for one in found if name_words(one) == words]
    return same or found


def _issues(catalog: Catalog, publisher: str, filters: Filters) -> frozenset[str]:
    where, values = allowed(filters)
    rows = catalog.rows(
        f"SELECT path FROM documents WHERE publisher = ? AND {where}",
        [publisher, *values],
    )
    return frozenset(row["path"] for row in rows)
