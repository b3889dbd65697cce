"""Deeds told in a clause: "deplored the way Orr writes", "condemned what the firm did"."""

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.cues import Lexicon, word_class

_SEEING = frozenset(
    ["characterise", "characterize", "describe", "portray", "regard", "see", "term", "view"]
)
_ASKING = frozenset(["how", "what", "whatever"])


def deed_told(verb: Token) -> Token | None:
    """The clause with "how" or "what" that stands as the object of a verb."""
    for clause in verb.children:
        if clause.dep_ == "ccomp" and clause.i > verb.i:
            first = clause.left_edge
            if first.lower_ in _ASKING and first.dep_ in ("advmod", "dobj", "pobj"):
                return clause
    return None


def who_does(clause: Token, lexicon: Lexicon) -> Token | None:
    """Who does it; or, in "what he called the cowardice of the board", what it is called."""
    what = any(c.lower_ in _ASKING for c in clause.lefts)
    if what and clause.lemma_.lower() in word_class("naming") | _SEEING:
        seen = next(syntax.prepositions(clause, frozenset(["as"])), None)
        label = (
            syntax.complement(seen) if seen is not None else syntax.child(clause, "oprd", "attr")
        )
        by = next((c for c in clause.rights if c.lower_ == "by" and label is not None), None)
        found = syntax.child(by, "pobj") if by is not None else None
        return found if found is not None and parties.is_party(found, lexicon) else label
    doer = arguments.doer(clause)
    return doer if doer is not None and parties.is_party(doer, lexicon) else None


def who_does_so(manner: Token, lexicon: Lexicon) -> Token | None:
    """Who does something in the way that a noun speaks of: "the way Orr writes"."""
    if manner.lemma_.lower() not in word_class("manners"):
        return None
    clause = syntax.child(manner, "relcl", "acl")
    return who_does(clause, lexicon) if clause is not None else None
