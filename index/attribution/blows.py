"""Is an attack one of fists or of words: "attacked the postman", "attacked the unions"?"""

from collections.abc import Sequence

from spacy.tokens import Token

from index.attribution import parties
from index.attribution.agents import agent
from index.attribution.cues import Lexicon, word_class
from index.attribution.parties import is_document
from index.attribution.spoken import is_spoken
from index.attribution.syntax import child, prepositions

_SINGLE = frozenset(["NN", "NNP", "PRP"])
_ANIMALS = frozenset(
    "bird bull cat cow dog donkey goat goose gull horse kitten mule parrot pig puppy sheep".split()
)
_WOUNDING = frozenset("behead burn injure kill maim wound".split())
_PLACES = frozenset(["home", "shut", "in", "down"])
_LIMBS = frozenset(
    "arm ankle elbow finger foot hand head knee leg shoulder thumb toe wrist".split()
)
_TOOLS = frozenset(["with"])


def is_blow(
    verb: Token,
    head: Token,
    speakers: Sequence[Token],
    targets: Sequence[Token],
    lexicon: Lexicon,
) -> bool:
    """Does the verb tell of blows, as far as the clause shows?"""
    if _is_slammed_shut(verb, targets):
        return True
    if verb.lemma_.lower() not in word_class("physical"):
        return False
    if any(c.dep_ == "advcl" and c.tag_ == "VBG" and c.lemma_ in _WOUNDING for c in verb.rights):
        return not is_spoken(verb) and not _wounds_pride(verb)
    doer = agent(verb)
    if doer is not None and not (parties.is_party(doer, lexicon) or is_document(doer, lexicon)):
        return True  # "had his post attacked by an owl"
    if is_spoken(verb) or next(prepositions(verb, frozenset(["as"])), None) is not None:
        return False
    if any(is_in_the_press(p) for p in verb.children):
        return False
    if all(_is_said_or_done(t, lexicon) for t in parties.conjuncts(head)):
        return False
    return not _is_politics(verb, speakers, targets)


def _is_slammed_shut(verb: Token, targets: Sequence[Token]) -> bool:
    """ "slammed home the winner", "her hand was slammed in the door"."""
    if verb.lemma_ != "slam":
        return False
    moved = any(c.lower_ in _PLACES and c.dep_ in ("advmod", "prt") for c in verb.rights)
    return moved or all(t.lemma_.lower() in _LIMBS for t in targets)


def _wounds_pride(verb: Token) -> bool:
    """ "attacked the bench, wounding its pride"."""
    hurt = (child(c, "dobj") for c in verb.rights if c.dep_ == "advcl")
    return any(
        noun is not None
        and noun.lemma_.lower() in word_class("virtues") | word_class("reputations")
        for noun in hurt
    )


def is_in_the_press(preposition: Token) -> bool:
    """ "in the Sunday Recorder", "on the radio": where one is attacked in words alone."""
    if preposition.lower_ not in ("in", "on", "through") or preposition.dep_ != "prep":
        return False
    place = child(preposition, "pobj")
    if place is None:
        return False
    named = place.pos_ == "PROPN" and place.lower_ in word_class("press_names")
    return named or place.lemma_.lower() in word_class("media")


def _is_said_or_done(noun: Token, lexicon: Lexicon) -> bool:
    return noun.lemma_.lower() in lexicon.words["acts"] or is_document(noun, lexicon)


def _is_politics(verb: Token, speakers: Sequence[Token], targets: Sequence[Token]) -> bool:
    """One person, not armed, against those who are fought in public: ministers, unions, the press.

    A plural may be a mob, and whoever has a tool or is at a place strikes with his hands.
    """
    if not speakers or any(s.tag_ not in _SINGLE for s in speakers):
        return False
    if any(s.lemma_.lower() in word_class("fighters") | _ANIMALS for s in speakers):
        return False
    if any(s.pos_ == "NOUN" and s.lemma_.lower() not in word_class("people") for s in speakers):
        return False
    if any(True for _ in prepositions(verb, _TOOLS)):
        return False
    public = word_class("public_opponents")
    return all(
        t.lemma_.lower() in public or (t.lower_ == "servants" and t.nbor(-1).lower_ == "civil")
        for t in targets
    )
