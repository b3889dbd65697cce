"""What the index knows of an earlier turn: the passages near to it, and who is he or she."""

import json
import re
import tomllib
from collections import Counter
from functools import cache
from importlib import resources

from index.conversation.following import Recalled
from index.live import OpenGeneration
from index.search import find_candidates, rank
from index.types import Answer, Filters

_GIVEN = "given_names.toml"
_PRONOUNS = {
    "m": re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE),
    "f": re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE),
}
_MOST_HITS = 3


def recalled(generation: OpenGeneration, answer: Answer, filters: Filters) -> Recalled:
    """The answer to an earlier turn with what is near it."""
    texts = [hit.text for hit in answer.hits[:_MOST_HITS]]
    paths = list(dict.fromkeys(citation.source.document for citation in answer.citations))
    for citation in answer.citations[:_MOST_HITS]:
        if not answer.hits:
            document = generation.catalog.document(citation.source.document, filters.scope).text
            texts.append(document[max(0, citation.start - 1500) : citation.end + 500])
    if not texts:
        candidates = find_candidates(generation, answer.query.text, filters)
        texts = [hit.text for hit in rank(generation, candidates, filters, _MOST_HITS)]
    return Recalled(answer, "\n".join(texts), {**given_names(), **_named(generation, paths)})


@cache
def given_names() -> dict[str, str]:
    """ "m" or "f" by given name, in lower case."""
    text = resources.files("index.attribution").joinpath(_GIVEN).read_text("utf-8")
    return {name: gender for gender, names in tomllib.loads(text).items() for name in names.split()}


def _named(generation: OpenGeneration, paths: list[str]) -> dict[str, str]:
    """Whom the cited documents call "he" or "she", by full name, where the ledger resolved it."""
    rows = generation.catalog.rows(
        "SELECT DISTINCT lower(p.text) AS word, lower(p.name) AS name FROM parties p"
        " JOIN attributions a ON p.id IN (a.speaker, a.target)"
        " JOIN documents ON documents.id = a.document"
        " WHERE path IN (SELECT value FROM json_each(?)) AND p.name IS NOT NULL"
        " AND lower(p.text) IN ('he', 'him', 'his', 'she', 'her')",
        [json.dumps(paths)],
    )
    votes: dict[str, Counter[str]] = {}
    for row in rows:
        for gender, pattern in _PRONOUNS.items():
            if pattern.fullmatch(row["word"]):
                votes.setdefault(row["name"], Counter())[gender] += 1
    return {name: max(found, key=lambda one: found[one]) for name, found in votes.items()}
