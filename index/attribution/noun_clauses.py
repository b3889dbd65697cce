"""The clause that says what an accusation is: "the charge that the verger drank"."""

from spacy.tokens import Token

from index.attribution import syntax
from index.attribution.cues import word_class


def _is_handled(clause: Token) -> bool:
    """ "an allegation that the court is to hear": what becomes of it, as it has no other object."""
    last = clause
    while (inner := syntax.child(last, "xcomp")) is not None and inner.tag_ == "VB":
        last = inner
    return not _has_object(last) and last.lemma_.lower() in word_class("handling")


def _has_object(verb: Token) -> bool:
    """Has a verb all it wants without the "that" before it?"""
    objects = (c for c in verb.children if c.dep_ in ("dobj", "ccomp", "xcomp", "attr", "acomp"))
    return any(c.lower_ not in syntax.RELATIVE for c in objects)


def content_clause(noun: Token) -> Token | None:
    """The clause that says what the noun is: "his accusation that …", "my charge is that …"."""
    for c in noun.children:
        if c.i < noun.i or c.dep_ not in ("acl", "ccomp", "relcl"):
            continue
        that = any(g.lower_ == "that" and g.i < c.i for g in c.children)
        marked = any(g.dep_ == "mark" and g.lower_ == "that" for g in c.children)
        if c.dep_ in ("relcl", "acl") and (that or marked) and _is_handled(c):
            continue
        # "the accusation that the verger drank", read by the parser like "that he made"
        if marked or c.tag_ == "VB" or (that and c.dep_ == "relcl"):
            return c
    said = syntax.child(noun.head, "ccomp") if noun.dep_ == "nsubj" else None
    if said is not None and noun.head.lemma_ == "be":
        return said
    for source in noun.rights:
        for c in source.subtree if source.lower_ in ("by", "from") else ():
            subject = syntax.child(c, "nsubj", "nsubjpass") if c.dep_ == "relcl" else None
            if subject is not None and subject.lower_ not in syntax.RELATIVE and _has_object(c):
                return c  # "an allegation by a nurse that the hospital hid deaths": not that nurse
    return None
