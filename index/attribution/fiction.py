"""What happens in plays, films and dreams, and not in the world."""

from spacy.tokens import Token

from index.attribution.syntax import antecedent, child

_DREAMS = frozenset(["daydream", "dream", "fantasy", "nightmare"])
_WORKS = frozenset(
    "ballad cartoon comedy drama fable farce film melodrama movie musical novel opera operetta"
    " pantomime play sitcom sketch skit soap song thriller tragedy".split()
)
_PICTURES = frozenset(["altarpiece", "fresco", "mosaic", "mural", "painting", "tapestry"])
_STORIES = frozenset(["book", "novella", "piece", "series", "story", "tale"])
_CHARACTERS = frozenset("antagonist hero heroine lead narrator protagonist villain".split())
_PARTS = frozenset(["act", "episode", "scene"])
_PLACES = frozenset("beginning climax close end ending finale middle opening scene start".split())
_SHOWING = frozenset("be depict feature follow have imagine portray see show tell".split())
_FACTUAL = frozenset(["documentary", "documentaries", "true"])


def is_fiction(verb: Token) -> bool:
    """ "In the play, Ann accuses Bo", "The film shows Ann accusing Bo"."""
    if _is_played(verb):
        return True
    node = verb
    for clause in (verb, *verb.ancestors):
        if clause.pos_ in ("VERB", "AUX"):
            if any(_is_setting(c) for c in clause.children):
                return True
            subject = child(clause, "nsubj")
            if clause == verb and subject is not None and _is_character(subject):
                return True
            shown = clause != verb and _shows(clause, node)
            if shown and subject is not None and _is_imagined(subject):
                return True
        if node.dep_ == "conj" and node != clause and child(node, "nsubj") is not None:
            return False
        node = clause
    return False


def _is_character(noun: Token) -> bool:
    """ "the play's villain", "the hero of the film"; not "the hero of the strike"."""
    if noun.lower_ == "character":
        return True
    if noun.lower_ not in _CHARACTERS:
        return False
    of = next((c for c in noun.rights if c.lower_ == "of"), None)
    whole = child(noun, "poss") or (child(of, "pobj") if of is not None else None)
    return whole is not None and whole.lemma_.lower() in _WORKS | _STORIES


def _is_played(verb: Token) -> bool:
    """ "plays a lawyer accused of murder", "the character accused of theft"."""
    noun = verb.head
    if verb.dep_ not in ("acl", "relcl") or noun.pos_ != "NOUN":
        return False
    some = any(c.lower_ in ("a", "an") for c in noun.lefts)
    acted = noun.dep_ == "dobj" and noun.head.lemma_ in ("play", "portray") and some
    return acted or noun.lower_ == "character"


def _shows(clause: Token, inner: Token) -> bool:
    """ "shows her accusing", "is about a baker who"; not "features Orr, who accused"."""
    if clause.lemma_ not in _SHOWING or inner.dep_ == "conj":
        return False
    if clause.lemma_ == "be" and not any(c.lower_ == "about" for c in clause.rights):
        return False
    aside = inner.dep_ == "relcl" and inner.left_edge.i and inner.left_edge.nbor(-1).text == ","
    return not (aside and inner.tag_ == "VBD")


def _is_setting(preposition: Token) -> bool:
    if preposition.dep_ != "prep" or preposition.lower_ not in ("at", "during", "in"):
        return False
    place = child(preposition, "pobj")
    if place is None:
        return False
    if place.lower_ == "which":
        meant = antecedent(place)
        return meant is not None and _is_imagined(meant)
    if place.lemma_.lower() in _PLACES:
        part = next((c for c in place.rights if c.lower_ in ("of", "from")), None)
        whole = child(part, "pobj") if part is not None else None
        if whole is not None and _is_imagined(whole):
            return True
    return preposition.lower_ != "at" and _is_imagined(place)


def _is_imagined(noun: Token) -> bool:
    """A dream, or a work of fiction that is not somebody's own words: "in her film"."""
    lemma = noun.lemma_.lower()
    lefts = {c.lower_ for c in noun.lefts}
    if lemma in _DREAMS:
        return True
    if lemma in _PARTS:
        return any(
            c.ent_type_ in ("ORDINAL", "CARDINAL") or c.lower_ in ("last", "final", "opening")
            for c in noun.children
        )
    owned = any(c.dep_ == "poss" for c in noun.lefts)
    sought = any(c.lower_ == "for" for c in noun.rights)  # "a play for votes"
    factual = bool(lefts & _FACTUAL) or owned or sought or noun.pos_ != "NOUN"
    return not factual and (lemma in _WORKS | _PICTURES or (lemma == "game" and "video" in lefts))
