"""Whose doing a deed is that somebody condemns: "the felling by the council of an oak"."""

from collections.abc import Iterator

from spacy.tokens import Token

from index.attribution import parties, syntax
from index.attribution.cues import Lexicon
from index.attribution.past_forms import judging

_BY = frozenset(["prep", "agent"])
_PLACING = frozenset(["of", "on", "in", "to", "for", "at", "against"])


def doers_of(deed: Token, lexicon: Lexicon) -> tuple[Token, ...]:
    """Who stands behind the "by" of a deed, wherever the parser hangs it; empty for a party."""
    if parties.is_party(deed, lexicon):
        return ()
    for by in _by(deed, lexicon):
        found = syntax.child(by, "pobj")
        if found is not None and parties.is_party(found, lexicon):
            return tuple(t for t in parties.conjuncts(found) if parties.is_party(t, lexicon))
    return ()


def _by(deed: Token, lexicon: Lexicon) -> Iterator[Token]:
    yield from _prepositions(deed)
    for c in deed.rights:
        if c.dep_ == "acl" and c.tag_ == "VBN" and judging(c.lower_) is None:
            yield from _prepositions(c)  # "threats made by"
        done_to = syntax.child(c, "pobj") if c.lower_ in _PLACING else None
        if done_to is not None and not parties.is_document(done_to, lexicon):
            yield from _prepositions(done_to)  # "the sacking of a clerk by the trust"
    if deed.dep_ in ("dobj", "pobj"):
        verb = deed.head if deed.dep_ == "dobj" else deed.head.head
        if verb.pos_ == "VERB" and not syntax.is_passive(verb):
            yield from (by for by in _prepositions(verb) if by.i > deed.i)


def _prepositions(token: Token) -> Iterator[Token]:
    return (c for c in token.rights if c.lower_ == "by" and c.dep_ in _BY)
