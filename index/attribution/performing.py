"""Accusing that is done in the saying: "I must condemn", "let me say", "we are here to accuse"."""

from spacy.tokens import Token

from index.attribution.cues import word_class
from index.attribution.syntax import child, is_passive

_SPEAKERS = frozenset(["i", "we"])
_ANNOUNCING = frozenset(
    "begin close come conclude end intend like rise stand start wish write".split()
)
_WILLING = frozenset(
    "ashamed compelled content delighted forced glad happy obliged pleased proud ready sad"
    " sorry".split()
)
_IN_COURT = frozenset(["arraign", "charge", "impeach", "indict", "report"])
_NOT_YET = frozenset(["if", "unless", "until", "when", "but", "tomorrow"])


def is_performed(verb: Token) -> bool:
    """ "I must protest against", "May I complain about": said, and so done, in the saying."""
    subject = child(verb, "nsubj")
    if subject is None or subject.lower_ not in _SPEAKERS:
        return False
    aux = [c for c in verb.children if c.dep_ == "aux"]
    if len(aux) != 1 or any(c.dep_ == "neg" for c in verb.children):
        return False
    return bool(aux[0].lower_ == "must" or (aux[0].lower_ == "may" and aux[0].i < subject.i))


def is_announced(verb: Token, let: Token) -> bool:
    """ "Let me say it: …": the speaker does at once what he announces."""
    imperative = let.tag_ == "VB" and child(let, "nsubj", "aux") is None
    allowed = child(verb, "nsubj") or child(let, "dobj")
    return imperative and allowed is not None and allowed.lower_ == "me"


def is_declared(verb: Token, above: Token) -> bool:
    """ "I am here to accuse", "we rise to condemn", "I would like to denounce", "happy to blame".

    Of the speaker alone, and of speech alone: who is here to sue has not sued.
    """
    if verb.lemma_.lower() in word_class("suing") | _IN_COURT:
        return False
    if above.pos_ == "ADJ" or above.lower_ in _WILLING:
        copula = above.head if above.head.pos_ == "AUX" else above
        willing = above.lower_ in _WILLING and copula.tag_ != "VB"
        return bool(willing and _is_own(copula) and not _is_put_off(verb))
    own = _is_own(above) and child(above, "nsubj") is not None
    if above.lemma_ == "be":
        present = above.tag_ == "VBP" or above.lower_ in ("'m", "’m", "'re", "’re")
        here = any(c.lower_ in ("here", "in") and c.dep_ in _PLACES for c in above.children)
        return own and present and here and not _is_put_off(verb)
    if above.lemma_ == "have":
        return own and above.tag_ == "VBP" and not _is_put_off(verb)
    announcing = above.lemma_ in _ANNOUNCING and above.tag_ in ("VB", "VBP", "VBG")
    return own and announcing and not _is_put_off(verb)


_PLACES = frozenset(["advmod", "prep", "acomp"])


def _is_own(verb: Token) -> bool:
    """Is the subject "I" or "we", or left out as in a note or a post: "Sorry to say that"?"""
    if child(verb, "neg") is not None:
        return False
    subject = child(verb, "nsubj", "nsubjpass")
    if subject is None:
        return bool(verb.pos_ != "AUX" and verb.i <= verb.sent.start + 2)
    return subject.lower_ in _SPEAKERS


def _is_put_off(verb: Token) -> bool:
    """ "I would like to blame him, but", "I have to accuse her tomorrow"."""
    return any(t.lower_ in _NOT_YET for t in verb.doc[verb.i + 1 : verb.sent.end])


def is_elided(verb: Token) -> bool:
    """Is the subject "I" left out, as in a post: "Happy to accuse him", "Still blaming them"?"""
    before = verb.doc[verb.sent.start : verb.i]
    if is_passive(verb) or any(t.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for t in before):
        return False
    if verb.dep_ in ("csubj", "csubjpass"):
        return False
    ordered = verb.tag_ == "VB" and verb.dep_ in ("ROOT", "conj", "ccomp")
    return not ordered and not any(t.dep_ == "agent" for t in verb.children)
