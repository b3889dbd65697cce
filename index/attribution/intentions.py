"""Suing that is announced: whoever says that he will sue somebody has blamed him already."""

from spacy.tokens import Token

from index.attribution.cues import word_class
from index.attribution.syntax import child

_WILL = frozenset(["will", "'ll", "’ll", "shall"])
_ANNOUNCING = frozenset("add announce confirm declare reveal say state tell".split())
_INTENDING = frozenset("intend mean plan pledge prepare resolve vow".split())
_CONDITIONS = frozenset(["if", "unless", "until", "whether", "lest", "should", "case"])


def will_sue(verb: Token, auxiliary: Token) -> bool:
    """ "They will sue the mill", "said that it would sue", but not "will sue if it rains"."""
    if not _is_suing(verb) or _is_conditional(verb):
        return False
    if verb.dep_ != "ccomp":
        return auxiliary.lower_ in _WILL and verb.dep_ in ("ROOT", "conj")
    told = verb.head.lemma_.lower() in _ANNOUNCING
    return told and (auxiliary.lower_ in _WILL or auxiliary.lower_ == "would")


def means_to_sue(verb: Token, above: Token) -> bool:
    """ "intends to sue the airline", "is to take the bank to court"."""
    if not _is_suing(verb) or _is_conditional(verb):
        return False
    if above.lemma_ == "be":
        return above.tag_ in ("VBZ", "VBP", "VBD")
    return above.lemma_ in _INTENDING and above.tag_ != "VB"


def _is_suing(verb: Token) -> bool:
    if verb.lemma_ in ("sue", "prosecute"):
        return True
    court = (child(c, "pobj") for c in verb.rights if c.lower_ in ("to", "before"))
    return verb.lemma_ in word_class("suing") and any(
        noun is not None and noun.lower_ in ("court", "tribunal") for noun in court
    )


def _is_conditional(verb: Token) -> bool:
    """Is there a condition, or a question, anywhere in the sentence of the verb?"""
    return any(t.lower_ in _CONDITIONS or t.text == "?" for t in verb.sent)
