"""Whose an accusation is where its noun has no owner: "his reply was a charge against Orr"."""

from spacy.tokens import Token

from index.attribution import agents, arguments, parties
from index.attribution.cues import PhraseCue, load_lexicon, word_class
from index.attribution.syntax import REFLEXIVE, child, is_passive
from index.types import Stance

# "The letter is a litany of complaints", "the papers are full of attacks".
_FULL = frozenset(["full", "stuffed", "crammed", "packed", "filled", "laden", "littered", "thick"])
_HOLDING = frozenset("carry contain feature include print publish repeat voice".split())
_PRESS = frozenset("gazette journal magazine media newspaper paper press tabloid website".split())
_SAID = frozenset(["answer", "broadcast", "lecture", "remark", "reply", "response", "sermon"])
_SAID |= frozenset(["talk", "toast", "word", "rant", "outburst", "confession", "address"])


def predicated_source(noun: Token) -> Token | None:
    """Who speaks in a clause that says what a text or a speech is, or what is in it.

    "Her reply was an accusation against Orr", "the letter is full of complaints about Orr",
    "the leaflet carried an attack on Orr", "the accusation that Orr lied was made by Lund".
    """
    outer = _counted(noun)
    verb = outer.head
    if outer.dep_ == "attr" and verb.lemma_ == "be":
        subject = child(verb, "nsubj")
        return _speaker_in(subject) if subject is not None and _is_words(subject) else None
    if outer.dep_ == "pobj" and verb.lower_ in ("of", "with") and verb.head.lower_ in _FULL:
        filled = verb.head
        above = filled.head if filled.dep_ in ("acomp", "attr", "oprd") else filled
        return _speaker_in(child(above, "nsubj", "nsubjpass") or child(filled, "nsubjpass"))
    if outer.dep_ == "dobj" and verb.lemma_ in _HOLDING:
        subject = arguments.surface_subject(verb)
        if subject is None or is_passive(verb):
            return None
        printed = subject.pos_ == "PROPN" or subject.lemma_.lower() in _PRESS
        return _speaker_in(subject) if printed or _is_words(subject) else None
    if outer.dep_ == "nsubjpass" and verb.lemma_ in word_class("bringing") | {"repeat"}:
        return agents.agent(verb)
    return None


def uttered_by(noun: Token) -> Token | None:
    """Who speaks in "she offered some criticism of the board", "he hit back with a charge against".

    None where the verb is a cue by itself, as in "made a complaint against".
    """
    outer = _counted(noun)
    verb = outer.head
    lemma = noun.lemma_.lower()
    cue = load_lexicon().nouns.get(lemma)
    accusing = cue is not None and cue.stance in (Stance.ACCUSE, Stance.CONDEMN)
    if not accusing and lemma not in word_class("claiming"):
        return None
    if noun.dep_ == "ccomp" and child(noun, "nsubj") is not None:
        own = child(noun, "nsubj")  # "allowed himself some criticism", read as a clause
        found = own is not None and own.lower_ in REFLEXIVE
    elif outer.dep_ in ("dobj", "oprd"):
        phrases = load_lexicon().phrases.get(verb.lemma_, ())
        found = not any(lemma in p.object and _has_particle(verb, p) for p in phrases)
    elif noun.dep_ == "pobj" and verb.lower_ == "with":
        verb = verb.head
        particles = {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod")}
        found = verb.lemma_ in word_class("answering_with") or bool(
            verb.lemma_ in word_class("answering_back")
            and particles & {"back", "further", "in", "up", "on", "out"}
        )
        return arguments.surface_subject(verb) if found and not is_passive(verb) else None
    else:
        return None
    if not found or is_passive(verb):
        return None
    if verb.lemma_ in word_class("uttering") or _is_written(outer, verb):
        return arguments.surface_subject(verb)
    return None


def _has_particle(verb: Token, phrase: PhraseCue) -> bool:
    return not phrase.particle or any(c.lower_ in phrase.particle for c in verb.rights)


def _is_written(outer: Token, verb: Token) -> bool:
    """ "put out a condemnation of", "sent us a complaint about", not "sent the complaint on"."""
    if any(c.dep_ == "det" and c.lower_ not in ("a", "an", "another", "some") for c in outer.lefts):
        return False
    particles = {c.lower_ for c in verb.rights if c.dep_ in ("prt", "advmod")}
    if verb.lemma_ in ("put", "draw"):
        return bool(particles & {"out", "in", "up", "about", "forward", "together"})
    if verb.lemma_ == "read":
        return "out" in particles
    return verb.lemma_ in word_class("issuing") | word_class("writing")


def is_printed(attack: Token) -> bool:
    """Is an attack one of words, as a text or a speech is one or holds one?"""
    verb = _counted(attack).head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    subject = child(verb, "nsubj")
    if verb.lemma_ in word_class("writing") and uttered_by(attack) is not None:
        return True
    if subject is None or predicated_source(attack) is None:
        return False
    return _is_words(subject) or subject.lemma_.lower() in _PRESS


def latest_source(verb: Token) -> Token | None:
    """ "came from his own side, from Ann Orr": the one that the second "from" names."""
    sources = [
        found
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ == "from" and (found := child(c, "pobj")) is not None
    ]
    if len(sources) == 2 and sources[1].pos_ == "PROPN" and sources[0].pos_ != "PROPN":
        between = verb.doc[sources[0].right_edge.i + 1 : sources[1].head.i]
        if between.text == ",":
            return sources[1]
    return sources[0] if sources else None


def _counted(noun: Token) -> Token:
    """The litany in "a litany of complaints"."""
    of = noun.head
    if noun.dep_ != "pobj" or of.lower_ != "of" or of.head.pos_ != "NOUN":
        return noun
    counted = of.head.lemma_.lower() in word_class("quantities") | word_class("series")
    return of.head if counted and child(of.head, "poss") is None else noun


def _is_words(noun: Token) -> bool:
    return noun.lemma_.lower() in _SAID or parties.is_document(noun, load_lexicon())


def _speaker_in(subject: Token | None) -> Token | None:
    """The owner of what is said, the text itself, or who speaks: "Orr's sermon", "the letter"."""
    if subject is None:
        return None
    lexicon = load_lexicon()
    owner = child(subject, "poss")
    if not _is_words(subject):
        return subject if parties.is_party(subject, lexicon) and subject.pos_ != "PRON" else None
    if owner is not None:
        return owner if parties.is_party(owner, lexicon) else None
    by = next((c for c in subject.children if c.lower_ in ("by", "from", "of")), None)
    author = child(by, "pobj") if by is not None else None
    if author is not None and parties.is_party(author, lexicon):
        return author
    return subject
