"""Texts that accuse, and who puts them out: "posted a notice in the lobby accusing Orr"."""

from spacy.tokens import Token

from index.attribution import agents, arguments, parties
from index.attribution.cues import load_lexicon, word_class
from index.attribution.syntax import child

# What one reads out or holds up is one's own; a letter may be another's.
_READ_OUT = frozenset("declaration list poem speech statement text".split())
_HELD_UP = frozenset("banner card placard poster sign".split())
_HOLDING = frozenset("brandish carry display hold raise show unfurl wave".split())
_PLACES = frozenset(
    "above across along around at in inside near on outside over round through to under".split()
)
_BETWEEN = 3


def accusing_text(noun: Token) -> Token | None:
    """The text that a participle describes which the parser hung on where the text is.

    "a notice in the lobby accusing Orr", "put a sign in the window blaming Orr", "made a statement
    to the press condemning Orr": the notice, the sign and the statement.
    """
    lexicon = load_lexicon()
    node = noun
    for _ in range(_BETWEEN):
        if parties.is_document(node, lexicon):
            return node
        place = node.head
        if node.dep_ != "pobj" or place.lower_ in ("by", "of"):
            return None
        if place.lower_ not in _PLACES and parties.is_party(node, lexicon):
            return None
        if place.lower_ != "to" and _is_person(node):
            return None
        above = place.head
        if above.pos_ == "VERB":
            text = child(above, "dobj", "nsubjpass")
            found = text is not None and parties.is_document(text, lexicon)
            return text if found and text is not None and text.i < noun.i else None
        node = above
    return None


def text_beside(participle: Token) -> Token | None:
    """The text in "found a note on her desk accusing her": she who finds it does not accuse.

    Nor does she who "was handed a note accusing her".
    """
    verb = participle.head
    text = child(verb, "dobj") if participle.dep_ == "advcl" and verb.pos_ == "VERB" else None
    handed = any(c.dep_ == "auxpass" for c in verb.children)
    got = handed or verb.lemma_ in word_class("finding")
    if text is None or participle.tag_ != "VBG" or not got:
        return None
    return text if text.i < participle.i and parties.is_document(text, load_lexicon()) else None


def issued_by(document: Token) -> Token | None:
    """Who puts out a text that nobody is said to own."""
    verb = document.head
    if document.dep_ == "nsubjpass" and verb.lemma_ in word_class("issuing"):
        return agents.agent(verb)
    if document.dep_ == "dobj" and any(c.dep_ == "auxpass" for c in verb.children):
        return agents.agent(verb)  # "was handed a note by Orr"
    if document.dep_ == "dobj" and _is_put_out(document, verb):
        return arguments.surface_subject(verb)
    if document.dep_ == "pobj" and verb.lower_ in ("in", "with", "through"):
        return arguments.surface_subject(verb.head) if verb.head.pos_ == "VERB" else None
    return None


def _is_person(noun: Token) -> bool:
    people = word_class("people") - word_class("bodies")
    return noun.ent_type_ == "PERSON" or noun.pos_ == "PRON" or noun.lemma_.lower() in people


def _is_put_out(document: Token, verb: Token) -> bool:
    text = document.lemma_.lower()
    if verb.lemma_ == "read":
        return text in _READ_OUT
    if verb.lemma_ in _HOLDING:
        return text in _HELD_UP
    return verb.lemma_ in word_class("issuing")
