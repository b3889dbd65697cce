"""Verbs joined by "and": to which of the verbs before it, where the parse does not tell."""

from spacy.tokens import Token

from index.attribution import parties
from index.attribution.cues import PhraseCue, load_lexicon, word_class
from index.attribution.syntax import auxiliaries, child, complement, is_passive
from index.types import Stance

_JUDGING = (Stance.ACCUSE, Stance.CONDEMN)
_FINITE = ("VBD", "VBZ", "VBP")


def is_coordinated(verb: Token) -> bool:
    """ "dismissed that as talk and in turn accused": joined, though read as a complement."""
    between = verb.doc[verb.head.i + 1 : verb.i]
    joint = next((t for t in reversed(between) if t.dep_ == "cc"), None)
    return (
        joint is not None
        and joint.head.pos_ not in ("VERB", "AUX")
        and not any(c.dep_ == "conj" and c.i > joint.i for c in joint.head.children)
        and all(t.pos_ not in ("VERB", "AUX") for t in verb.doc[joint.i + 1 : verb.i])
    )


def joined_clause(verb: Token) -> Token:
    """The verb that another is joined to, also through its complement: "was dead and blamed"."""
    inner = verb.head
    while inner.pos_ not in ("VERB", "AUX") and inner.dep_ in ("acomp", "attr", "oprd"):
        inner = inner.head
    return inner


def reporting_verb(verb: Token) -> Token | None:
    """The report that a verb is joined to where the parser joined it to what is reported.

    "The firm says Rudd lied and accuses the staff": the tense tells, a comma before "and", or
    that a plan which "was dead and later accused Rudd" accuses nobody.
    """
    inner = joined_clause(verb)
    subject = child(inner, "nsubj", "nsubjpass")
    if inner.dep_ in ("acl", "relcl", "advcl"):
        return _report_above(inner, verb)
    outer = inner.head
    if inner.dep_ != "ccomp" or outer.pos_ != "VERB" or outer.i > inner.i or subject is None:
        return None
    judges = is_judgement(verb)
    if judges and is_passive(inner) and child(verb, "dobj") is not None:
        # "found that Orr had been dismissed and censured the board": what is passive has no object
        past = verb.tag_ == "VBD" or not any(c.dep_ == "aux" for c in verb.children)
        return outer if past and outer.tag_ in _FINITE else None
    tense = verb.tag_
    if (tense == "VBN" and inner.tag_ == "VB") or (
        tense in ("VBN", "VB") and _is_past(verb, inner)
    ):
        tense = "VBD"
    if tense not in _FINITE:
        return None
    if judges and not parties.is_party(subject, load_lexicon()):
        return outer  # "said the claim was absurd and accused him": claims accuse nobody
    same_outside = tense == outer.tag_
    if judges and same_outside and inner.lemma_ == "be":
        return outer  # "said the board was unfair and blamed it"
    if judges and same_outside and any(a.lower_ == "being" for a in auxiliaries(inner)):
        return outer
    same_inside = tense in (inner.tag_, *(a.tag_ for a in auxiliaries(inner)))
    if same_outside and not same_inside:
        return outer
    joint = next((t for t in inner.children if t.dep_ == "cc" and inner.i < t.i < verb.i), None)
    return outer if same_outside and joint is not None and joint.nbor(-1).text == "," else None


def _report_above(inner: Token, verb: Token) -> Token | None:
    """ "The firm says it has proof that Rudd lied, and accuses the staff": the firm accuses."""
    joint = next((t for t in inner.children if t.dep_ == "cc" and inner.i < t.i < verb.i), None)
    told = next((t for t in inner.ancestors if t.dep_ == "ccomp"), None)
    if joint is None or joint.nbor(-1).text != "," or told is None or told.head.pos_ != "VERB":
        return None
    tenses = (inner.tag_, *(a.tag_ for a in auxiliaries(inner)))
    outer = told.head
    own = verb.tag_ in _FINITE and verb.tag_ == outer.tag_ and verb.tag_ not in tenses
    return outer if own and is_judgement(verb) else None


def _is_past(participle: Token, inner: Token) -> bool:
    """ "was dead and rebuked the firm": with an object of its own and no auxiliary, a past form."""
    return (
        inner.lemma_ == "be"
        and child(participle, "aux", "auxpass", "agent") is None
        and (child(participle, "dobj", "oprd", "ccomp") is not None or _judging_phrase(participle))
    )


def is_judgement(verb: Token) -> bool:
    """Does a verb accuse or condemn, by itself or with the fixed words of a phrase?"""
    lemma = verb.lemma_.lower()
    if lemma in ("blame", "suspect", "charge"):
        return True
    if lemma in word_class("naming"):
        slurs = word_class("slurs")
        if child(verb, "oprd") is not None or any(t.lemma_ in slurs for t in verb.subtree):
            return True
    if lemma in word_class("singling") and child(verb, "prt") is not None:
        return True
    verbs = load_lexicon().verbs.get(lemma, ())
    return any(cue.stance in _JUDGING for cue in verbs) or _judging_phrase(verb)


def _judging_phrase(verb: Token) -> bool:
    phrases = load_lexicon().phrases.get(verb.lemma_.lower(), ())
    return any(cue.stance in _JUDGING and _is_whole(verb, cue) for cue in phrases)


def _is_whole(verb: Token, cue: PhraseCue) -> bool:
    """Are the fixed words of a phrase with the verb?"""
    after = verb.doc[verb.i + 1 : verb.right_edge.i + 1]
    patient = child(verb, "dobj")
    fixed = [cue.object, cue.particle, cue.complement]
    if not any(fixed) and not cue.via:
        return False
    if cue.object and not (patient is not None and patient.lemma_.lower() in cue.object):
        return False
    if cue.particle and not any(c.lower_ in cue.particle for c in verb.rights):
        return False
    if cue.complement and not any(t.lower_ in cue.complement for t in after):
        return False
    if cue.particle and not isinstance(cue.target, str) and not cue.object:
        led = (t for t in after if t.lower_ in cue.target)
        if not any(complement(t) is not None for t in led):
            return False
    return not cue.via or any(f" {via}" in f" {after.text.lower()}" for via in cue.via)
