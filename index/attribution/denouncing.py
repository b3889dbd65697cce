"""Somebody reported for a wrong, or suspected of one."""

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.blame import is_wrong
from index.attribution.cues import Lexicon
from index.attribution.frames import Frame, subtree
from index.attribution.framing import framed
from index.attribution.matters import matter_of
from index.attribution.roles import is_answerable, speakers_of, targets_of
from index.types import Stance


def report(verb: Token, lexicon: Lexicon) -> Frame | None:
    """ "reported the clerk for theft", "reported him to the board as the thief"."""
    patient = arguments.surface_object(verb)
    if _is_bare(verb, patient):
        told = targets_of(patient, lexicon, stance=Stance.SAY)
        return framed(verb, lexicon, Stance.ACCUSE, speakers_of(verb, lexicon), told, ())
    to = next(syntax.prepositions(verb, frozenset(["to"])), None)
    hearer = syntax.child(to, "pobj") if to is not None else None
    if hearer is not None:
        hearer = parties.resolve_relative(hearer)  # "the board, to whom she had reported Orr"
    if patient is None or not is_answerable(patient, lexicon):
        return None
    if hearer is not None and not parties.is_party(hearer, lexicon):
        return None
    if hearer is not None and hearer.lemma_.lower() in lexicon.words["authorities"]:
        content, limit = matter_of(verb, patient, frozenset(["for", "over"]))
        return framed(
            verb,
            lexicon,
            Stance.ACCUSE,
            speakers_of(verb, lexicon),
            targets_of(patient, lexicon, stance=Stance.SAY),
            content,
            limit=limit,
        )
    for node in (verb, patient if hearer is None else hearer):
        for preposition in syntax.prepositions(node, frozenset(["for", "as", "over"])):
            matter = syntax.complement(preposition)
            if matter is None or preposition.i < verb.i:
                continue
            wrong = is_wrong(matter, lexicon, preposition) or matter.tag_ == "VBG"
            if not (matter.lemma_.lower() in lexicon.words["slurs"] or wrong):
                continue
            return framed(
                verb,
                lexicon,
                Stance.ACCUSE,
                speakers_of(verb, lexicon),
                targets_of(patient, lexicon, stance=Stance.SAY),
                subtree(matter),
                limit=preposition.i,
            )
    return None


def _is_bare(verb: Token, patient: Token | None) -> bool:
    """ "I reported him the same night", where "reported him missing" is no denunciation."""
    if patient is None or patient.lower_ not in ("him", "her", "me", "us"):
        return False
    more = (c for c in verb.rights if c != patient and not c.is_punct)
    return all(c.dep_ in ("npadvmod", "advmod", "cc", "conj") for c in more)


def suspect(verb: Token, lexicon: Lexicon) -> Frame | None:
    """ "suspects the clerk of theft"; one may also suspect a leak, or that it will rain."""
    patient = arguments.surface_object(verb)
    if patient is None or not is_answerable(patient, lexicon):
        return None
    content, limit = matter_of(verb, patient, frozenset(["of"]))
    if limit is None or not any(t.i == limit and t.lower_ == "of" for t in verb.subtree):
        return None
    matter = syntax.complement(verb.doc[limit])
    if matter is None or matter.pos_ == "PROPN":
        return None  # "suspects the Bank of England"
    return framed(
        verb,
        lexicon,
        Stance.ACCUSE,
        speakers_of(verb, lexicon),
        targets_of(patient, lexicon, stance=Stance.SAY),
        content,
        limit=limit,
    )
