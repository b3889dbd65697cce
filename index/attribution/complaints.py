"""Verbs whose target stands behind a preposition: "complained about", "protested against"."""

from spacy.tokens import Token

from index.attribution import parties, syntax
from index.attribution.cues import Lexicon, VerbCue
from index.attribution.frames import Frame, subtree
from index.attribution.framing import framed
from index.attribution.matters import matter_of
from index.attribution.performing import is_elided
from index.attribution.roles import is_about_somebody, speakers_of, targets_of
from index.types import Stance

_BODY = frozenset(["chest", "hand", "head", "heart", "organ", "tummy"])
# "protested his innocence": declared.
_PROFESSED = frozenset(
    "ability devotion faith friendship gratitude ignorance innocence love loyalty regard".split()
)


def complaint(verb: Token, cue: VerbCue, lexicon: Lexicon) -> Frame | None:
    """The frame of such a verb, None where what is behind it is nobody's doing."""
    if isinstance(cue.target, str):
        return None
    speakers = speakers_of(verb, lexicon, strict=True)
    if not speakers and not (verb.tag_ == "VBD" and verb.dep_ == "ROOT" and is_elided(verb)):
        return None  # but "Already complained to the agent about them": in a note or a post
    to = next(syntax.prepositions(verb, frozenset(["to", "with"])), None)
    hearer = syntax.child(to, "pobj") if to is not None else None
    times = [
        t for p in verb.children if p.dep_ == "prep" and (t := syntax.child(p, "pobj")) is not None
        and (t.ent_type_ in ("DATE", "TIME") or t.lemma_.lower() in ("year", "month", "week"))
    ]  # fmt: skip
    # "complained to the board about Orr", "complained for years about Orr"
    places = [verb, *([hearer] if hearer is not None else []), *times]
    found = [
        p
        for place in places
        for p in syntax.prepositions(place, cue.target)
        if place == verb or place in times or p.lower_ in ("about", "over", "against")
    ]
    left_behind = syntax.stranded(verb, cue.target) if not found else None
    for preposition in found or [*(left_behind or ())[:1]]:
        head = left_behind[1] if left_behind is not None else syntax.child(preposition, "pobj")
        deed = syntax.child(preposition, "pcomp") if head is None else None
        by = next(syntax.prepositions(deed, frozenset(["by"])), None) if deed is not None else None
        if by is not None:
            head = syntax.child(by, "pobj")  # "complained of bullying by the matron"
        if head is None or head.ent_type_ in ("DATE", "TIME"):
            continue
        if preposition.i < verb.i and preposition.lower_ == "at":
            continue  # "at the hospital, doctors complained": where
        targets = targets_of(head, lexicon, stance=cue.stance)
        if cue.strict and not all(is_about_somebody(t, lexicon) for t in targets):
            return None
        if preposition.lower_ == "of" and not any(_is_grievance(t, lexicon) for t in targets):
            return None
        content, limit = matter_of(verb, head, cue.content)
        # a complaint about the weather is about nobody, one of neglect tells nobody's name
        answerable = parties.is_party if preposition.lower_ == "of" else is_about_somebody
        targets = tuple(t for t in targets if answerable(t, lexicon))
        return framed(
            verb, lexicon, cue.stance, speakers, targets, content or subtree(head), limit=limit
        )
    if cue.stance is Stance.CONDEMN and verb.lemma_ == "protest":
        head = syntax.child(verb, "dobj")
        professed = head is not None and head.lemma_.lower() in _PROFESSED
        if head is not None and not professed and is_about_somebody(head, lexicon):
            return framed(
                verb,
                lexicon,
                cue.stance,
                speakers,
                targets_of(head, lexicon, stance=cue.stance),
                subtree(head),
            )
    return None


def _is_grievance(noun: Token, lexicon: Lexicon) -> bool:
    """What one complains of, as against an ache."""
    wrongs = lexicon.words["wrongs"] | lexicon.words["harms"] | lexicon.words["acts"]
    if noun.lemma_.lower() in _BODY and noun.pos_ != "PROPN":
        return False  # "complained of cold hands", though farm hands are people
    return parties.is_party(noun, lexicon) or noun.lemma_.lower() in wrongs
