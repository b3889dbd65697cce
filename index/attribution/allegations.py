"""What somebody did, in a clause: "alleged that the board lied", "is alleged to have lied"."""

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.clauses import content_clause, host_clause, stray_clause
from index.attribution.cues import Lexicon, VerbCue, word_class
from index.attribution.culprits import culprits
from index.attribution.frames import Characters, Frame, subtree
from index.attribution.framing import framed
from index.attribution.roles import broken_off_by, speakers_of, targets_of
from index.types import Stance

_INDEFINITE = frozenset(["a", "an", "another"])


def allegation(verb: Token, cue: VerbCue, lexicon: Lexicon) -> Frame | None:
    """The frame of a verb whose target is who does what its clause tells.

    Nobody need be named who alleges: "it is alleged that Orr lied", "Orr is alleged to have lied".
    """
    speakers = speakers_of(verb, lexicon) or broken_off_by(verb, lexicon)
    found = _parties_and_content(verb, cue, speakers, lexicon)
    if found is None:
        return None
    targets, content = found
    unnamed = cue.stance is Stance.ACCUSE and syntax.is_passive(verb) and targets
    if not speakers and not unnamed:
        return None
    return framed(verb, lexicon, cue.stance, speakers, targets, content)


def _parties_and_content(
    verb: Token, cue: VerbCue, speakers: tuple[Token, ...], lexicon: Lexicon
) -> tuple[tuple[Token, ...], list[Characters]] | None:
    clause = content_clause(verb) or stray_clause(verb)
    patient = syntax.child(verb, "dobj") or _gerund(verb)
    host = host_clause(verb) if clause is None and cue.stance is Stance.ACCUSE else None
    if host is not None:
        return culprits(host, lexicon, speakers), subtree(host, [verb])
    raised = syntax.child(verb, "xcomp") if syntax.is_passive(verb) else None
    if raised is not None and cue.stance is Stance.ACCUSE:
        # "Pratt is alleged by the neighbours to have poisoned the cat"
        subject = arguments.surface_subject(verb)
        accused = targets_of(subject, lexicon, stance=Stance.SAY)
        return tuple(t for t in accused if parties.is_party(t, lexicon)), subtree(raised)
    if clause is not None:
        if cue.stance is Stance.ACCUSE:
            return culprits(clause, lexicon, speakers), subtree(clause)
        if cue.stance is Stance.CONDEMN:
            # of what others do one complains, not of what they are
            if clause.pos_ != "VERB" or syntax.is_passive(clause):
                return None
            blamed = tuple(
                t
                for t in culprits(clause, lexicon, speakers)
                if t.pos_ != "PRON" or _is_another(t, speakers)
            )
            return (blamed, subtree(clause)) if blamed else None
        subject = syntax.child(clause, "nsubj") if cue.stance is Stance.DEMAND else None
        asked = subject is not None and parties.is_party(subject, lexicon)
        if subject is None or not asked or syntax.is_passive(clause):
            return (), subtree(clause)
        return tuple(parties.conjuncts(subject)), subtree(clause)
    if patient is None or syntax.is_passive(verb):
        return None
    if cue.stance is not Stance.ACCUSE:
        return (), subtree(patient)
    places = (patient, *patient.conjuncts, verb)
    words = frozenset(["by", "against"])
    by = next((p for n in places for p in syntax.prepositions(n, words)), None)
    found = syntax.complement(by) if by is not None else _on_the_part_of(places)
    targets = targets_of(found, lexicon, stance=cue.stance) if found is not None else ()
    return targets, subtree(patient)


def _gerund(verb: Token) -> Token | None:
    """ "alleging bullying by the coach": read as what one does, though it has no object."""
    deed = syntax.child(verb, "xcomp", "ccomp", "advcl")
    if deed is None or not deed.lower_.endswith("ing") or deed.i < verb.i:
        return None
    return deed if syntax.child(deed, "dobj", "nsubj", "aux") is None else None


def _is_another(pronoun: Token, speakers: tuple[Token, ...]) -> bool:
    """Can "he" or "she" be none of the speakers: "the nurses complained that he shouted"?"""
    if pronoun.lower_ == "you":
        return True
    if pronoun.lower_ not in ("he", "she"):
        return False
    return len(speakers) > 1 or all(
        s.tag_ in ("NNS", "NNPS") or (s.pos_ == "PRON" and s.lower_ != pronoun.lower_)
        for s in speakers
    )


def _on_the_part_of(places: tuple[Token, ...]) -> Token | None:
    """Whose failing is alleged: "negligence on the part of the surveyor"."""
    for place in places:
        for on in syntax.prepositions(place, frozenset(["on"])):
            part = syntax.child(on, "pobj")
            if part is not None and part.lower_ == "part":
                of = next(syntax.prepositions(part, frozenset(["of"])), None)
                return syntax.child(of, "pobj") if of is not None else syntax.child(part, "poss")
    return None


def is_claim(frame: Frame) -> bool:
    """Does the text itself call a report of a wrong an accusation?

    By its verb ("claimed that the board lied") or after it ("…, a charge that the board rejects").
    """
    if frame.verb.lemma_.lower() in word_class("claiming"):
        return True
    last = max((end for _, end in frame.content), default=frame.verb.idx)
    for comma in frame.verb.sent:
        if comma.i <= frame.verb.i or comma.text not in (",", "—", "–", "-"):
            continue
        words = comma.doc[comma.i + 1 : comma.i + 5]
        if not words or words[0].lower_ not in _INDEFINITE:
            continue
        noun = next((t for t in words if t.pos_ in ("NOUN", "PROPN")), None)
        if noun is None or noun.lemma_.lower() not in word_class("charges"):
            continue
        if comma.idx >= last or noun.dep_ in ("appos", "npadvmod", "dobj"):
            return True
    return False


def is_unjust(frame: Frame) -> bool:
    """ "Orr says the clerk smears him" is no accusation by the clerk."""
    imagined = frame.negated or frame.hypothetical
    return not imagined and frame.verb.lemma_.lower() in word_class("unjust")
