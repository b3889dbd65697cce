"""Nouns that must mean persons, as only persons do what the clause behind them says."""

from spacy.tokens import Token

from index.attribution.cues import Lexicon
from index.attribution.syntax import child

_WILFUL = frozenset("admit apologise apologize decide employ hire resolve sack vow".split())


def has_a_will(head: Token, lexicon: Lexicon) -> bool:
    """ "the chapter, which had insisted on it", "the hands who rang": what only persons do."""
    clause = child(head, "relcl") if head.pos_ == "NOUN" else None
    which = child(clause, "nsubj") if clause is not None else None
    if clause is None or which is None or which.i != clause.left_edge.i:
        return False
    words = lexicon.words
    if head.lemma_.lower() in words["acts"]:
        return False
    written = head.lemma_.lower() in words["documents"] | words["things"]
    on = next((c for c in clause.rights if c.lower_ == "on"), None)
    insists = clause.lemma_ == "insist" and on is not None and child(on, "pcomp") is not None
    if written and not insists:
        return False
    if which.lower_ == "who":
        return bool(which.i - head.i <= 2)
    return which.lower_ in ("which", "that") and (insists or clause.lemma_ in _WILFUL)
