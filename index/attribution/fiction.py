"""What happens in plays, films and dreams, and not in the world."""

from spacy.tokens import Token

from index.attribution.syntax import antecedent, child

_DREAMS = frozenset(["daydream", "dream", "fantasy", "nightmare"])
_WORKS = frozenset(
    "ballad cartoon comedy drama fable farce film melodrama movie musical novel opera operetta"
    " pantomime play sitcom sketch skit soap song thriller tragedy".split()
)
_PARTS = frozenset(["act", "scene"])
_SHOWING = frozenset("depict feature have imagine portray see show tell".split())
_FACTUAL = frozenset(["documentary", "documentaries", "true"])


def is_fiction(verb: Token) -> bool:
    """ "In the play, Ann accuses Bo", "The film shows Ann accusing Bo"."""
    node = verb
    for clause in (verb, *verb.ancestors):
        if clause.pos_ in ("VERB", "AUX"):
            if any(_is_setting(c) for c in clause.children):
                return True
            subject = child(clause, "nsubj")
            shown = clause != verb and clause.lemma_ in _SHOWING and node.dep_ != "conj"
            if shown and subject is not None and _is_imagined(subject):
                return True
        if node.dep_ == "conj" and node != clause and child(node, "nsubj") is not None:
            return False
        node = clause
    return False


def _is_setting(preposition: Token) -> bool:
    if preposition.dep_ != "prep" or preposition.lower_ not in ("in", "during"):
        return False
    place = child(preposition, "pobj")
    if place is None:
        return False
    if place.lower_ == "which":
        meant = antecedent(place)
        return meant is not None and _is_imagined(meant)
    return _is_imagined(place)


def _is_imagined(noun: Token) -> bool:
    """A dream, or a work of fiction that is not somebody's own words: "in her film"."""
    lemma = noun.lemma_.lower()
    lefts = {c.lower_ for c in noun.lefts}
    if lemma in _DREAMS:
        return True
    if lemma in _PARTS:
        return any(
            c.ent_type_ == "ORDINAL" or c.lower_ in ("first", "last", "final", "opening")
            for c in noun.lefts
        )
    owned = any(c.dep_ == "poss" for c in noun.lefts)
    return lemma in _WORKS and not owned and not lefts & _FACTUAL and noun.pos_ == "NOUN"
