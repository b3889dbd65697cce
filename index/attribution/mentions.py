"""Verbs that speak of something without judging it: "refer to", "call for"."""

from spacy.tokens import Token

from index.attribution import syntax
from index.attribution.cues import NONE, Lexicon, PhraseCue
from index.attribution.frames import Frame, subtree
from index.attribution.framing import framed
from index.attribution.roles import speakers_of


def mention(verb: Token, lexicon: Lexicon) -> Frame | None:
    """A verb that speaks of something, without a target: "refer to", "call for"."""
    for phrase in lexicon.phrases.get(verb.lemma_.lower(), ()):
        frame = _mention(verb, phrase, lexicon) if phrase.target == NONE else None
        if frame is not None:
            return frame
    return None


def _mention(verb: Token, phrase: PhraseCue, lexicon: Lexicon) -> Frame | None:
    speakers = speakers_of(verb, lexicon, strict=True)
    if not speakers:
        return None
    for preposition in syntax.prepositions(verb, phrase.content):
        found = syntax.complement(preposition)
        if found is None or preposition.i < verb.i or found.ent_type_ in ("DATE", "TIME"):
            continue
        more = [preposition] if preposition.i == verb.i + 1 else []
        return framed(verb, lexicon, phrase.stance, speakers, (), subtree(found), more=more)
    return None
