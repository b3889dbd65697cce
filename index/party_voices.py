"""Who speaks for a body: "Quillon's managing director, Bo Hale" answers for Quillon."""

import re
import sqlite3

from index.catalog import Catalog
from index.names import name_words, same_party

_OFFICE = (
    r"(?:spokes(?:man|woman|person|people)|press\sofficer|managing\sdirector|chief\sexecutive|ceo"
    r"|chair(?:man|woman|person)?|president|general\ssecretary|secretary|director|leader|head|boss"
    r"|owner|minister|lawyers?|solicitors?|ambassador)"
)
_THEIR = re.compile(
    rf"^(?:the\s)?(?P<body>[^,]+?)(?:['’]s?)\s(?P<before>(?:[\w-]+\s)??){_OFFICE}(?=,|\s[A-Z]|$)",
    re.I,
)
_OF = re.compile(
    rf"(?:^|,\s)(?:the\s|an?\s|its\s)?(?P<before>(?:[\w-]+\s)??){_OFFICE}\s(?:of|for|at)\s"
    r"(?P<body>[^,]+)",
    re.IGNORECASE,
)
_NOT_NOW = frozenset("former ex deputy vice old shadow acting assistant".split())


def voices_of(catalog: Catalog, name: str) -> list[sqlite3.Row]:
    """The parties whom a text calls by an office that speaks for a body, by the body's name."""
    words = name_words(name)
    if not words:
        return []
    near = catalog.rows(
        "SELECT * FROM parties WHERE named AND id IN"
        " (SELECT party FROM party_words WHERE word IN (?, ?))",
        [words[0], words[-1]],
    )
    return [row for row in near if _speaks_for(row["text"], name)]


def _speaks_for(text: str, name: str) -> bool:
    for pattern in (_THEIR, _OF):
        found = pattern.search(text)
        if found is None or found["before"].strip().lower() in _NOT_NOW:
            continue
        if same_party(name, found["body"]) or same_party(found["body"], name):
            return True
    return False
