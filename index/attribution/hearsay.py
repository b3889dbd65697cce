"""What is only said, or only fit to be done: "is said to have accused", "had a right to accuse"."""

from collections.abc import Set

from spacy.tokens import Token

from index.attribution.syntax import child

_TOLD = frozenset("believe claim report rumor rumour say suppose think understand".split())
# A report of it is a report; what "it is said" is not.
_REPORTED = frozenset(["report", "understand"])
_TALES = frozenset(["gossip", "legend", "rumor", "rumour", "tradition", "word"])
_PERSONS = frozenset(["man", "one", "person", "woman"])
_PLACES_IN_LINE = frozenset("first second third fourth fifth only latest last".split())
_TAKING = frozenset(["cost", "need", "require", "take"])


def is_hearsay(above: Token) -> bool:
    """ "is said to have accused": by nobody that the text would name."""
    passive = any(c.dep_ == "auxpass" for c in above.children)
    return passive and above.lemma_ in _TOLD and child(above, "agent") is None


def is_rumoured(above: Token) -> bool:
    """ "It is said that he accused", "Rumour has it that he accused"."""
    subject, it = child(above, "nsubj", "nsubjpass"), child(above, "dobj")
    if subject is None:
        return False
    if above.lemma_ == "have" and it is not None and it.lower_ == "it":
        return subject.lower_ in _TALES
    return subject.lower_ == "it" and is_hearsay(above) and above.lemma_ not in _REPORTED


def is_fitness(noun: Token, factive: Set[str]) -> bool:
    """ "is the man to accuse her", "has a right to": no word that anybody did.

    Of persons only those who come first or last have done it, and "the last person to accuse" has
    not.
    """
    word = noun.lemma_.lower()
    if word == "right" and noun.pos_ == "NOUN":
        return True
    if word in _PERSONS:
        places = {c.lower_ for c in noun.lefts} & _PLACES_IN_LINE
        present = noun.dep_ == "attr" and noun.head.tag_ in ("VBZ", "VBP")
        return not places or (places == {"last"} and present)
    return word not in factive


def is_impersonal(above: Token) -> bool:
    """ "It takes courage to accuse a bishop": nobody has."""
    subject = child(above, "nsubj")
    return subject is not None and subject.lower_ == "it" and above.lemma_ in _TAKING
