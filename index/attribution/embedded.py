"""Allegations inside a relative clause: "the dealer, who she alleges stole the ring"."""

from dataclasses import replace

from spacy.tokens import Token

from index.attribution.cues import Lexicon, word_class
from index.attribution.frames import Frame, characters, trim
from index.attribution.framing import framed
from index.attribution.misdeeds import is_misdeed
from index.attribution.parties import is_party
from index.attribution.roles import admissible_speakers, targets_of
from index.attribution.syntax import RELATIVE, child
from index.types import Stance

_SAYING = frozenset(["allege", "believe", "claim", "insist", "say", "suspect", "think"])
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD", "VBN"])


def embedded_allegation(verb: Token, lexicon: Lexicon) -> Frame | None:
    """Who is alleged to have done what the relative clause tells.

    Its subject is the relative pronoun, so that two verbs stand side by side, which the parser
    never reads rightly: it is found by the order of the words.
    """
    if verb.lemma_ not in _SAYING or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    deed = _next_verb(verb)
    subject = _subject(verb)
    if deed is None or subject is None or child(deed, "auxpass") is not None:
        return None
    noun = _antecedent(verb, subject)
    if noun is None or not is_party(noun, lexicon):
        return None
    alleged = verb.lemma_ == "allege"
    if not alleged and not is_misdeed(deed, lexicon):
        return None
    speakers = admissible_speakers(subject, lexicon, strict=True)
    targets = tuple(t for t in targets_of(noun, lexicon, stance=Stance.SAY) if t != subject)
    if not speakers or not targets:
        return None
    clause = [deed, *(t for t in deed.subtree if t.i > deed.i)]
    comma = next((t.i for t in verb.doc[deed.i : verb.sent.end] if t.text == ","), verb.sent.end)
    span = trim(verb.doc.text, characters([t for t in clause if t.i < comma]))
    frame = framed(verb, lexicon, Stance.ACCUSE, speakers, targets, [span] if span else [])
    return replace(frame, explicit=alleged or verb.lemma_ in word_class("claiming"))


def _next_verb(verb: Token) -> Token | None:
    """The finite verb right behind, less an adverb between them."""
    for token in verb.doc[verb.i + 1 : verb.i + 4]:
        if token.pos_ == "ADV" and token.tag_ != "WRB":
            continue
        if token.pos_ not in ("VERB", "AUX") or token.tag_ not in _FINITE:
            return None
        helping = token.dep_ in ("aux", "auxpass")
        return token.head if helping and token.head.i > token.i else token
    return None


def _subject(verb: Token) -> Token | None:
    """The subject right before, and not the relative pronoun in front of it."""
    found = [c for c in verb.lefts if c.dep_ == "nsubj" and c.lower_ not in RELATIVE]
    return found[-1] if found else None


def _antecedent(verb: Token, subject: Token) -> Token | None:
    """The noun before the relative pronoun that the subject follows."""
    start = subject.left_edge.i
    if start < 2 or subject.doc[start - 1].lower_ not in RELATIVE - {"whose"}:
        return None
    if verb.dep_ == "relcl" and verb.head.i < start:
        return verb.head
    before = subject.doc[start - 2]
    return before.nbor(-1) if before.text == "," and start > 2 else before
