"""By whom and against whom an accusation is where the parser hung either on another word."""

from spacy.tokens import Token

from index.attribution import parties
from index.attribution.charges import is_against
from index.attribution.cues import Lexicon, NounCue, word_class
from index.attribution.syntax import child, is_passive, prepositions

_SOURCES = frozenset(["by", "from"])


def loose_source(noun: Token, lexicon: Lexicon) -> Token | None:
    """Who accuses in "answered the allegation by Orr", read as if Orr answered it.

    And in "there was an accusation against the vicar, over tea, from his organist", where whoever
    stands behind a person instead only says who that is: "against two men from Orn".
    """
    verb = noun.head
    if noun.dep_ == "pobj" and verb.head.pos_ == "VERB":
        verb = verb.head
    if noun.dep_ in ("dobj", "pobj") and verb.pos_ == "VERB" and not is_passive(verb):
        ends = (noun.i + 1, noun.right_edge.i + 1)
        by = next((c for c in verb.children if c.i in ends and c.lower_ == "by"), None)
        source = child(by, "pobj") if by is not None else None
        near = by is not None and by.i == noun.i + 1 and noun.dep_ == "dobj"
        if source is not None and (near or parties.is_party(source, lexicon)):
            return source
    if child(verb, "expl") is None or noun.dep_ != "attr":
        return None
    against = next((t for t in verb.subtree if is_against(t) and t.i > noun.i), None)
    if against is None:
        return None
    for preposition in verb.subtree:
        source = child(preposition, "pobj") if preposition.lower_ in _SOURCES else None
        if source is None or preposition.i < against.i or preposition.head in against.subtree:
            continue
        if parties.is_party(source, lexicon):
            return source
    return None


def loose_accused(noun: Token, lexicon: Lexicon) -> Token | None:
    """Who is accused in "no truth at all in this accusation against her": behind the noun."""
    if noun.dep_ != "pobj" or noun.i + 1 >= len(noun.doc) or not is_against(noun.nbor(1)):
        return None
    through = noun.nbor(1)
    found = child(through, "pobj") if through.head in noun.ancestors else None
    return found if found is not None and parties.is_party(found, lexicon) else None


def behind_owner(owner: Token, cue: NounCue, lexicon: Lexicon) -> Token | None:
    """The preposition that leads on from an owner to the accused.

    "an accusation by a guard against his captain", "complaints by pupils at Elm Hall about", and
    "criticism from the coroner of the boat's owners", though not "from the head of the union".
    """
    if "against" in cue.target:
        loose = owner.doc[owner.right_edge.i + 1 : owner.right_edge.i + 2]
        inside = [*owner.subtree, *loose]
        found = next((t for t in inside if is_against(t) and t.i > owner.i), None)
        if found is not None:
            return found
    places = frozenset(["at", "to"])  # where the owner is
    return next(
        (
            p
            for p in prepositions(owner, cue.target - places)
            if p.lower_ != "of" or p.nbor(-1).text == "," or _is_complete(owner, p, lexicon)
        ),
        None,
    )


def _is_complete(owner: Token, of: Token, lexicon: Lexicon) -> bool:
    """Is whoever accuses known without what "of" leads to: "residents of the mayor's plan"?"""
    accused = child(of, "pobj")
    if accused is None or owner.head.lower_ != "from":
        return False
    words = lexicon.words
    deed = accused.lemma_.lower() in words["acts"] - words["bodies"]
    if deed and child(accused, "det", "poss") is not None:
        return True
    owned = child(accused, "poss") is not None and parties.is_party(accused, lexicon)
    return owned and owner.lemma_.lower() in word_class("people") - word_class("relational")
