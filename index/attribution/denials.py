"""Denials: what somebody says is not so, and who had said it."""

from spacy.tokens import Token

from index.attribution import arguments, syntax
from index.attribution.cues import Lexicon, word_class
from index.attribution.frames import Characters, Frame, subtree
from index.attribution.framing import framed
from index.attribution.roles import admissible_speakers, owner_of, speakers_of
from index.types import Stance


def denial(verb: Token, lexicon: Lexicon) -> Frame | None:
    """ "denied the claim", "dismissed it as false", "denies that she knew"."""
    lemma = verb.lemma_.lower()
    speakers = speakers_of(verb, lexicon)
    if not speakers:
        return None
    patient = arguments.surface_object(verb)
    clause = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp")), None)
    targets: tuple[Token, ...] = ()
    content: list[Characters] = []
    if patient is not None and patient.pos_ in ("NOUN", "PROPN", "PRON"):
        content = subtree(patient)
        allegation = patient.lemma_.lower() in word_class("allegations")
        as_false = any(t.lower_ in word_class("false") for t in verb.subtree)
        if lemma in word_class("rejecting") and not allegation and not as_false:
            return None
        if lemma == "deny" and syntax.child(verb, "dative") is not None:
            return None
        targets = tuple(
            t
            for t in admissible_speakers(owner_of(patient), lexicon, strict=True)
            if t not in speakers
        )
        pronoun_owner = targets and targets[0].lower_ in ("his", "her", "their", "its", "my")
        if pronoun_owner or patient.lemma_.lower() in (
            "involvement",
            "role",
            "responsibility",
            "guilt",
            "knowledge",
            "wrongdoing",
        ):
            targets = ()
    elif clause is not None:
        content = subtree(clause)
    elif lemma != "deny":
        return None
    if not content:
        return None
    return framed(verb, lexicon, Stance.DENY, speakers, targets, content)
