"""Somebody named as who did it, "named the bursar as her abuser", or singled out for blame."""

from spacy.tokens import Token

from index.attribution import arguments, syntax
from index.attribution.cues import Lexicon, word_class
from index.attribution.frames import Frame, subtree
from index.attribution.framing import framed
from index.attribution.misdeeds import is_misdeed
from index.attribution.roles import is_answerable, speakers_of, targets_of
from index.types import Stance

_AS = frozenset(["as"])
_GUILTY = frozenset(["responsible", "guilty", "culpable", "complicit", "liable", "behind"])


def identification(verb: Token, lexicon: Lexicon) -> Frame | None:
    """The frame of such a verb, None where the name is that of an office or of a winner."""
    patient = arguments.surface_object(verb)
    if patient is None or not is_answerable(patient, lexicon):
        return None
    name = syntax.child(verb, "oprd")
    if name is not None and name.pos_ == "PROPN" and name.left_edge.nbor(-1).text == ",":
        patient = name  # "named the bursar, Colonel Hay, as": read as what he is named
    through = next((t for t in verb.subtree if _leads_to_guilt(t, verb, lexicon)), None)
    speakers = speakers_of(verb, lexicon)
    if through is None or not (speakers or syntax.is_passive(verb)):
        return None
    label = next(iter(through.rights))
    return framed(
        verb,
        lexicon,
        Stance.ACCUSE,
        speakers,
        targets_of(patient, lexicon, stance=Stance.SAY),
        subtree(label),
        limit=through.i,
    )


def singled_out(verb: Token, lexicon: Lexicon) -> Frame | None:
    """ "singled out the harbour master for blame", "for its shabby record", not "for praise"."""
    patient = arguments.surface_object(verb)
    if patient is None or not any(c.lower_ == "out" and c.i > verb.i for c in verb.children):
        return None
    if not is_answerable(patient, lexicon):
        return None
    found = (t for t in verb.subtree if t.i > verb.i and t.lower_ in ("for", "over"))
    through = next((p for p in found if _is_blameworthy(syntax.complement(p), lexicon)), None)
    matter = syntax.complement(through) if through is not None else None
    if through is None or matter is None:
        return None
    return framed(
        verb,
        lexicon,
        Stance.ACCUSE,
        speakers_of(verb, lexicon),
        targets_of(patient, lexicon, stance=Stance.SAY),
        subtree(matter),
        limit=through.i,
    )


def _is_blameworthy(matter: Token | None, lexicon: Lexicon) -> bool:
    if matter is None:
        return False
    words = lexicon.words
    bad = words["wrongs"] | words["culpable"] | words["failings"] | words["faults"]
    said = {t.lemma_.lower() for t in [matter, *matter.lefts]}
    return bool(said & (bad | words["censures"])) or is_misdeed(matter, lexicon)


def _leads_to_guilt(preposition: Token, verb: Token, lexicon: Lexicon) -> bool:
    if preposition.lower_ not in _AS or preposition.i < verb.i:
        return False
    label = next(iter(preposition.rights), None)
    if label is None:
        return False
    if label.dep_ == "pcomp":
        done = any(c.lower_ == "having" for c in label.children) or label.lower_ == "having"
        return done or is_misdeed(label, lexicon)
    if label.lower_ in _GUILTY:
        return True
    if {label.lower_, label.lemma_.lower()} & (word_class("slurs") | word_class("culprits")):
        return True
    told = syntax.child(label, "relcl")
    return told is not None and is_misdeed(told, lexicon)
