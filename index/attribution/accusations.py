"""Verbs with a target: accuse, condemn, praise, deny, demand, warn."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from index.attribution import arguments, blame, denouncing, disapproval, extents, parties, syntax
from index.attribution.agents import agent
from index.attribution.allegations import allegation
from index.attribution.blows import is_blow
from index.attribution.bodies import is_of_subject
from index.attribution.complaints import complaint
from index.attribution.cross_examination import put_to
from index.attribution.cues import CLAUSE, DENIED, NONE, OBJECT, Lexicon, VerbCue, word_class
from index.attribution.denials import denial
from index.attribution.embedded import embedded_allegation
from index.attribution.frames import Frame, subtree
from index.attribution.framing import framed
from index.attribution.identification import identification, singled_out
from index.attribution.listing import is_added, is_excepted
from index.attribution.matters import gapped, matter_of, own_matter, without_verb
from index.attribution.phrases import phrase_frame
from index.attribution.reciprocals import exchange
from index.attribution.roles import (
    JUDGING,
    is_about_somebody,
    is_answerable,
    is_specific,
    speakers_of,
    targets_of,
)
from index.attribution.told_deeds import deed_told, who_does
from index.types import Stance

# Verbs with a reading of their own, by the word class that lists them.
_READINGS = (
    ("identifying", identification),
    ("singling", singled_out),
    ("penalising", disapproval.penalty),
    ("giving", disapproval.telling_off),
    ("doubting", disapproval.doubting),
    ("launching", disapproval.assault),
)
_EVERYBODY = frozenset(["everyone", "everybody"])


def judgements(verb: Token, lexicon: Lexicon) -> Iterator[Frame]:
    """The frames of a verb that is about somebody, empty when it is used in another sense."""
    for frame in _judgements(verb, lexicon):
        yield frame
        if frame.stance in JUDGING and frame.speakers and not syntax.is_passive(verb):
            for speaker, target in without_verb(verb, lexicon):
                yield replace(frame, speakers=(speaker,), targets=(target,), content=(), limit=None)


def _judgements(verb: Token, lexicon: Lexicon) -> Iterator[Frame]:
    for frame in _frames(verb, lexicon):
        if frame.stance not in JUDGING:
            yield frame
            continue
        if any(_is_everybody(s) or is_excepted(s) for s in frame.speakers):
            continue
        targets = tuple(
            t
            for t in frame.targets
            if not (_is_everybody(t) or is_excepted(t) or is_added(t, verb))
        )
        if frame.targets and not targets:
            continue
        own = {t: p for t in targets if len(targets) > 1 and (p := own_matter(t, frame.limit))}
        together = tuple(t for t in targets if t not in own)
        if together:
            yield replace(frame, targets=together)
        further = [(t, p) for t, p in gapped(verb, lexicon) if t not in targets]
        for target, preposition in [*own.items(), *further]:
            matter = syntax.complement(preposition) if preposition is not None else None
            yield replace(
                frame,
                targets=(target,),
                content=tuple(subtree(matter)) if matter is not None else frame.content,
                limit=preposition.i if matter is not None and preposition else frame.limit,
            )


def _is_everybody(pronoun: Token) -> bool:
    """Nobody in particular, where "everybody in the choir" is the choir."""
    return pronoun.lower_ in _EVERYBODY and syntax.child(pronoun, "prep", "relcl", "acl") is None


def _frames(verb: Token, lexicon: Lexicon) -> Iterator[Frame]:
    lemma = verb.lemma_.lower()
    embedded = embedded_allegation(verb, lexicon)
    if embedded is not None:
        yield embedded
        return
    if lemma in word_class("exchanging"):
        mutual = tuple(exchange(verb, lexicon))
        yield from mutual
        if mutual:
            return
    for phrase in lexicon.phrases.get(lemma, ()):
        frame = phrase_frame(verb, phrase, lexicon) if phrase.target != NONE else None
        if frame is not None:
            yield frame
            return
    if lemma in word_class("naming"):
        frame = disapproval.naming(verb, lexicon)
        if frame is not None:
            yield frame
            return
    if lemma == "blame":
        yield from blame.blame(verb, lexicon)
        return
    if lemma in ("report", "suspect"):
        reading = denouncing.report if lemma == "report" else denouncing.suspect
        frame = reading(verb, lexicon)
        if frame is not None:
            yield frame
            return
    for class_name, reading in _READINGS:
        frame = reading(verb, lexicon) if lemma in word_class(class_name) else None
        if frame is not None:
            yield frame
            return
    if lemma in ("charge", "tax"):
        yield from blame.charge(verb, lexicon)
        return
    if lemma == "put":
        frame = put_to(verb, lexicon)
        if frame is not None:
            yield frame
            return
    for cue in lexicon.verbs.get(lemma, ()):
        frame = _verb(verb, cue, lexicon)
        if frame is not None:
            yield frame
            return


def _verb(verb: Token, cue: VerbCue, lexicon: Lexicon) -> Frame | None:
    if cue.target == OBJECT:
        return _transitive(verb, cue, lexicon)
    if cue.target == CLAUSE:
        return allegation(verb, cue, lexicon)
    if cue.target == DENIED:
        return denial(verb, lexicon)
    if isinstance(cue.target, frozenset):
        return complaint(verb, cue, lexicon)
    return None


def _transitive(verb: Token, cue: VerbCue, lexicon: Lexicon) -> Frame | None:
    head = arguments.surface_object(verb)
    if head is None and cue.stance in (Stance.DEMAND, Stance.WARN):
        head = _clause_subject(verb)
    deed = deed_told(verb) if head is None and cue.stance is Stance.CONDEMN else None
    if deed is not None:
        head = who_does(deed, lexicon)
    if head is None or head.i == verb.i or verb.tag_ == "NN":
        return None
    if verb.dep_ == "amod" and not any(c.dep_ in ("agent", "prep") for c in verb.children):
        return None
    speakers = speakers_of(verb, lexicon, strict=cue.strict)
    targets = targets_of(head, lexicon, stance=cue.stance)
    content, limit = matter_of(verb, head, cue.content)
    if cue.stance is Stance.DEMAND:
        order = next(
            (c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i),
            None,
        )
        if order is None:
            return None
        inner = syntax.child(order, "nsubj")
        content = subtree(order, [inner] if inner is not None and inner in targets else [])
        targets = tuple(t for t in targets if parties.is_party(t, lexicon))
    elif cue.stance is Stance.WARN:
        clause = next(
            (c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i), None
        )
        if clause is not None:
            content = subtree(clause)
        if head.dep_ == "nsubj" and head.head.dep_ == "ccomp":
            targets = ()
        targets = tuple(t for t in targets if parties.is_party(t, lexicon))
        if not content and not targets:
            return None
    elif not content:
        content = subtree(head) if cue.stance in (Stance.CONDEMN, Stance.PRAISE) else []
        if syntax.is_passive(verb) and head.dep_ in ("nsubjpass", "nsubj"):
            content = subtree(head) if not parties.is_party(head, lexicon) else []
    if cue.stance is Stance.ACCUSE and verb.lemma_ != "accuse":
        # one prosecutes a war, and a letter implicates a firm's accounts
        acts = lexicon.words["acts"] if verb.lemma_ == "prosecute" else frozenset()
        targets = tuple(
            t for t in targets if is_answerable(t, lexicon) and t.lemma_.lower() not in acts
        )
        if not targets:
            return None
    if cue.stance is Stance.CONDEMN:
        targets = tuple(
            t
            for t in targets
            if t.lower_ not in ("it", "this", "that")
            or (
                t.lower_ == "it" and syntax.is_passive(verb) and is_of_subject(t, lexicon, speakers)
            )
        )
        if verb.lemma_ == "condemn" and (
            any(
                (c.lower_ == "to" and c.dep_ == "prep" and not _is_reception(c, lexicon))
                or (c.dep_ in ("xcomp", "advcl") and any(g.lower_ == "to" for g in c.lefts))
                for c in verb.rights
            )  # "condemned by gout to stay at home": a fate
            or any(t.lemma_.lower() in lexicon.words["buildings"] for t in targets)
        ):
            return None
        if syntax.is_passive(verb) and not speakers:
            targets = tuple(t for t in targets if is_about_somebody(t, lexicon))
        if not cue.strict:
            targets = tuple(
                t for t in targets if is_about_somebody(t, lexicon) or is_specific(t, lexicon)
            )
    if _is_planned(verb, speakers):
        return None
    if cue.strict and any(c.lower_ == "into" for c in verb.children):
        return None  # "was slammed into by a lorry"
    if cue.strict and cue.stance in JUDGING:
        targets = tuple(t for t in targets if is_about_somebody(t, lexicon))
        if not targets:
            return None
        if any(_is_own_thing(t, lexicon) for t in targets):
            return None
        if limit is None and deed is None and is_blow(verb, head, speakers, targets, lexicon):
            return None
        if not speakers and not (syntax.is_passive(verb) and agent(verb) is None):
            return None  # "was savaged by moths"
    if (
        cue.stance is Stance.PRAISE
        and cue.strict
        and not any(is_about_somebody(t, lexicon) for t in targets)
    ):
        return None
    if len(speakers) == 1 and len(targets) == 1 and _is_same(speakers[0], targets[0]):
        speakers = _outer_speakers(verb, lexicon)
    if cue.stance is Stance.PRAISE and not speakers and not syntax.is_passive(verb):
        return None
    if verb.lemma_.lower() in ("back", "defend", "celebrate", "credit", "cheer") and not speakers:
        return None
    return framed(verb, lexicon, cue.stance, speakers, targets, content, limit=limit)


def _is_reception(to: Token, lexicon: Lexicon) -> bool:
    """How it was taken, or by whom: "condemned the firm to loud applause", as against to death."""
    heard = syntax.child(to, "pobj")
    if heard is None:
        return False
    return heard.lemma_.lower() in word_class("receptions") or parties.is_party(heard, lexicon)


def _is_planned(verb: Token, speakers: tuple[Token, ...]) -> bool:
    """ "is slated for demolition": planned, where nobody does the slating."""
    return verb.lemma_ == "slate" and not speakers


def _is_same(speaker: Token, target: Token) -> bool:
    """The same noun, where "the mayor of Eastham" is not "the mayor of Westham"."""
    same: bool = speaker.lower_ == target.lower_
    if not same or not (speaker.text.islower() and target.text.islower()):
        return same
    phrases = (speaker.doc[slice(*extents.extent(t))].text.lower() for t in (speaker, target))
    return len(set(phrases)) == 1 or not any(c.dep_ == "prep" for c in target.rights)


def _outer_speakers(verb: Token, lexicon: Lexicon) -> tuple[Token, ...]:
    """ "Lie said that Brandt … and accused Brandt": nobody accuses himself, so Lie does."""
    clause = verb.head if verb.dep_ == "conj" else verb
    if clause.dep_ in ("ccomp", "advcl") and clause.head.pos_ == "VERB":
        return speakers_of(clause.head, lexicon)
    return ()


def _clause_subject(verb: Token) -> Token | None:
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    if clause is None:
        return None
    subject = syntax.child(clause, "nsubj", "nsubjpass")
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)
    return subject if infinitive else None


def _is_own_thing(noun: Token, lexicon: Lexicon) -> bool:
    """ "slams his gate", as against "slams his record" and "slams his neighbours"."""
    owner = syntax.child(noun, "poss")
    judged = noun.lemma_.lower() in lexicon.words["acts"] | lexicon.words["wrongs"]
    return (
        owner is not None
        and owner.pos_ == "PRON"
        and not (judged or parties.is_party(noun, lexicon) or parties.is_document(noun, lexicon))
    )
