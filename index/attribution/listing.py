"""Who belongs to a group and who does not: listed after a colon, added, excepted, left out."""

from spacy.tokens import Token

_NOMINAL = ("NOUN", "PROPN", "PRON")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_WHOLE = frozenset(["all", "both", "everybody", "everyone"])
_INSIDE = frozenset(["compound", "poss", "nmod", "amod"])


def listed(group: Token) -> Token | None:
    """The first of those whom a list after a colon names, None where a clause follows it."""
    if group.tag_ not in ("NNS", "NNPS") and group.lower_ not in _WHOLE:
        return None
    doc, end = group.doc, group.sent.end
    colon = next((i for i in range(group.i + 1, min(group.i + 5, end)) if doc[i].text == ":"), None)
    if colon is None or any(t.tag_ in _FINITE for t in doc[group.i + 1 : end]):
        return None
    for token in doc[colon + 1 : end]:
        if token.pos_ in _NOMINAL and token.dep_ not in _INSIDE:
            joined = any(c.dep_ == "conj" for c in token.children)
            return token if joined or token.dep_ in ("appos", "dep") else None
    return None


def is_excepted(noun: Token) -> bool:
    """ "all except the vicar": not him."""
    start = noun.left_edge.i
    return start > noun.sent.start and noun.doc[start - 1].lower_ in ("except", "excepting")


def is_added(noun: Token, verb: Token) -> bool:
    """ "Orr, blamed by the choir, and Lind left": nobody blames Lind, who is added behind it."""
    if verb.dep_ not in ("acl", "relcl") or noun.dep_ != "conj" or noun.i < verb.i:
        return False
    return verb.head in noun.ancestors and verb not in noun.ancestors


def is_left_out(noun: Token) -> bool:
    """ "It was Orr whom she accused, not Lind": not Lind."""
    start = noun.left_edge.i
    before = noun.doc[max(0, start - 2) : start]
    return [t.lower_ for t in before] == [",", "not"]
