"""Blame in the mouth of who writes: "Shame on the board", "Blame Orr, it was his idea"."""

from spacy.tokens import Doc, Token

from index.attribution.cues import Lexicon
from index.attribution.frames import Frame, cue_span, subtree
from index.attribution.roles import is_answerable, targets_of
from index.attribution.syntax import child, complement, prepositions
from index.types import Stance

_ON = frozenset(["on", "upon"])
_REASONS = frozenset(["for", "over"])
_OWN = frozenset("me us myself yourself yourselves ourselves it".split())
_SUPPOSED = frozenset(["if", "unless", "or"])


def shame(noun: Token, lexicon: Lexicon) -> Frame | None:
    """ "Shame on the board for its silence": by who says so, and not "brought shame on them"."""
    whole = noun.dep_ in ("ROOT", "ccomp", "conj", "npadvmod", "intj", "dep")
    if not whole or child(noun, "det", "poss", "amod", "nsubj") is not None:
        return None
    on = next(prepositions(noun, _ON), None)
    head = child(on, "pobj") if on is not None and on.i == noun.i + 1 else None
    if on is None or head is None or not is_answerable(head, lexicon) or head.lower_ in _OWN:
        return None
    reasons = (p for place in (noun, head) for p in prepositions(place, _REASONS))
    matter = next((m for p in reasons if (m := complement(p)) is not None), None)
    return Frame(
        noun,
        Stance.CONDEMN,
        cue_span(noun, on),
        (),
        targets_of(head, lexicon, stance=Stance.CONDEMN),
        tuple(subtree(matter)) if matter is not None else (),
        limit=matter.head.i if matter is not None else None,
    )


def is_pointed(verb: Token) -> bool:
    """ "Blame Orr, it was his": who writes it blames him, as "Blame me if it rains" does not."""
    if verb.lemma_.lower() != "blame" or verb.tag_ != "VB" or verb.i != verb.sent.start:
        return False
    patient = child(verb, "dobj")
    if patient is None or patient.lower_ in _OWN:
        return False
    return not any(t.text == "?" or t.lower_ in _SUPPOSED for t in verb.sent)


def mend_order(doc: Doc) -> None:
    """ "blame Orr, it was his": read as somebody whose first name is Blame."""
    for verb in doc:
        if not verb.is_sent_start or verb.lower_ != "blame" or verb.pos_ == "VERB":
            continue
        name = verb.head
        first = verb.dep_ == "compound" and name.pos_ == "PROPN" and name.i == verb.i + 1
        if first and name.dep_ not in ("nsubj", "nsubjpass"):
            root = name.dep_ == "ROOT"
            verb.head = verb if root else name.head
            verb.dep_ = "ROOT" if root else "ccomp"
            name.head, name.dep_ = verb, "dobj"
        elif child(verb, "dobj") is None:
            continue
        verb.tag_, verb.pos_, verb.lemma_ = "VB", "VERB", "blame"


def mend_please(doc: Doc) -> None:
    """ "Reporting you for theft, mods please.": read as if mods pleased."""
    for please in doc:
        last = please.i + 1 >= len(doc) or please.nbor(1).is_punct
        if please.lower_ != "please" or please.dep_ != "ROOT" or not last:
            continue
        verb = next((c for c in please.lefts if c.pos_ == "VERB" and c.dep_ != "aux"), None)
        asked = child(please, "nsubj")
        if verb is None or asked is None or asked.i < verb.i:
            continue
        verb.head, verb.dep_ = verb, "ROOT"
        asked.dep_ = "npadvmod"
        for c in [c for c in please.children if c != verb]:
            c.head = verb
        please.head, please.dep_, please.tag_, please.pos_ = verb, "intj", "UH", "INTJ"
