"""Disapproval in a syntax of its own: names called, punishments, rebukes, doubts, attacks."""

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.agents import agent
from index.attribution.blame import is_wrong
from index.attribution.cues import Lexicon
from index.attribution.frames import Frame, subtree
from index.attribution.framing import framed
from index.attribution.matters import matter_of
from index.attribution.roles import (
    is_answerable,
    speakers_of,
    targets_of,
)
from index.attribution.spoken import is_verbal_attack
from index.types import Stance


def _beside(verb: Token) -> Token | None:
    """ "labelled the plan a disgrace": a noun with "a", read as a measure of the verb."""
    for c in verb.rights:
        if c.dep_ == "npadvmod" and any(g.lower_ in ("a", "an") for g in c.lefts):
            return c
    return None


def _apposed_label(head: Token) -> Token | None:
    """ "called its director, Sue Platt, a fraud": read as one more thing that she is."""
    beside = ("npadvmod", "dobj")
    measures = (c for c in head.head.rights if c.dep_ in beside and c.i > head.i)
    places = [*head.subtree, *(t for c in measures for t in c.subtree)]
    last = next((t for t in reversed(places) if t.dep_ == "appos"), None)
    if last is None or not any(g.lower_ in ("a", "an") for g in last.lefts):
        return None
    return last if last.left_edge.i > head.i + 1 else None


def _slur_beside(verb: Token, lexicon: Lexicon) -> Token | None:
    """ "called the broker, Emil Kent, a liar": read as one of three things that he is called."""
    for t in verb.subtree:
        called = t.i > verb.i and t.dep_ in ("appos", "oprd", "dobj", "npadvmod")
        if called and t.lemma_.lower() in lexicon.words["slurs"] and t.head.i < t.i:
            return t if t.left_edge.lower_ in ("a", "an") else None
    return None


def _adjacent_label(verb: Token, head: Token) -> Token | None:
    """ "called Orr a liar": what "a" begins right after the object, whatever it was read as."""
    start = head.i + 1
    if head.i < verb.i or start >= len(head.doc) or head.doc[start].lower_ not in ("a", "an"):
        return None
    label = head.doc[start].head
    return label if label.i > start and label.left_edge.i == start else None


def telling_off(verb: Token, lexicon: Lexicon) -> Frame | None:
    """ "gave the lawyers a dressing-down", "issued a rebuke to the board"."""
    words = syntax.child(verb, "dobj")
    if words is None:
        return None
    said = {t.lower_ for t in [words, *words.lefts]}
    if not said & lexicon.words["tellings"]:
        return None
    head = syntax.child(verb, "dative")
    to = next((p for n in (verb, words) for p in syntax.prepositions(n, frozenset(["to"]))), None)
    if head is None or head.pos_ == "ADP":
        head = syntax.child(to, "pobj") if to is not None else None
    if head is None and syntax.is_passive(verb):
        head = arguments.surface_subject(verb)
    if head is None or not parties.is_party(head, lexicon):
        return None
    speakers = speakers_of(verb, lexicon, strict=True)
    content, limit = matter_of(verb, head, frozenset(["for", "over"]))
    return framed(
        verb,
        lexicon,
        Stance.CONDEMN,
        speakers,
        targets_of(head, lexicon, stance=Stance.CONDEMN),
        content,
        limit=limit,
        more=[words],
    )


def assault(verb: Token, lexicon: Lexicon) -> Frame | None:
    """ "launched a scathing attack on the board": one of words, as far as the text shows."""
    attack = arguments.surface_object(verb)
    if attack is None or attack.lemma_.lower() not in lexicon.words["blows"]:
        return None
    words = frozenset(["on", "against"])
    through = next((p for n in (attack, verb) for p in syntax.prepositions(n, words)), None)
    head = syntax.child(through, "pobj") if through is not None else None
    speakers = speakers_of(verb, lexicon, strict=True)
    if head is None or not speakers or not is_verbal_attack(attack):
        return None
    targets = tuple(
        t for t in targets_of(head, lexicon, stance=Stance.CONDEMN) if is_answerable(t, lexicon)
    )
    if not targets:
        return None
    content, limit = matter_of(verb, head, frozenset(["for", "over"]))
    return framed(
        verb, lexicon, Stance.CONDEMN, speakers, targets, content, limit=limit, more=[attack]
    )


def doubting(verb: Token, lexicon: Lexicon) -> Frame | None:
    """ "questioned the minister's honesty", "cast doubt on the honesty of the board"."""
    quality = arguments.surface_object(verb)
    if quality is not None and quality.lemma_.lower() in ("doubt", "question"):
        of = (
            p
            for n in (verb, quality)
            for p in syntax.prepositions(n, frozenset(["on", "over", "about"]))
        )
        through = next(of, None)
        quality = syntax.child(through, "pobj") if through is not None else None
    if quality is None or quality.lemma_.lower() not in lexicon.words["virtues"]:
        return None
    owner = syntax.child(quality, "poss")
    of_whom = next(syntax.prepositions(quality, frozenset(["of"])), None)
    if owner is None and of_whom is not None:
        owner = syntax.child(of_whom, "pobj")
    speakers = speakers_of(verb, lexicon, strict=True)
    if owner is None or not parties.is_party(owner, lexicon) or not speakers:
        return None
    return framed(
        verb,
        lexicon,
        Stance.CONDEMN,
        speakers,
        targets_of(owner, lexicon, stance=Stance.SAY),
        subtree(quality),
        limit=quality.i if quality.i > owner.i else None,
    )


def _parted_her(label: Token) -> Token | None:
    """ "called her “a thief”": read as a thief of hers, though "her" stands before no article."""
    her = next((c for c in label.lefts if c.dep_ == "poss" and c.lower_ == "her"), None)
    after = her.doc[her.i + 1 : her.i + 3] if her is not None else ()
    return her if any(t.lower_ in ("a", "an", "the") for t in after) else None


def _described_as(verb: Token) -> Token | None:
    """The label after "as": "described him as a thief", "… as wholly responsible"."""
    for c in verb.subtree:
        if c.lower_ == "as" and c.dep_ == "prep" and c.i > verb.i and c.head.i >= verb.i:
            label = syntax.complement(c) or syntax.child(c, "amod", "acomp", "advmod")
            if label is not None and label.dep_ == "advmod" and label.head != c:
                label = label.head
            return label
    return None


def penalty(verb: Token, lexicon: Lexicon) -> Frame | None:
    """ "fined the firm for dumping", "was cited by the county for grading"; not "cited a poem"."""
    patient = arguments.surface_object(verb)
    if patient is None or not is_answerable(patient, lexicon):
        return None
    places = [verb, *(c for c in verb.children if c.dep_ in ("dobj", "dative", "npadvmod", "oprd"))]
    found = [p for place in places for p in syntax.prepositions(place, frozenset(["for", "over"]))]
    preposition = next((p for p in found if p.i > verb.i), None)
    matter = syntax.complement(preposition) if preposition is not None else None
    if preposition is None or matter is None or matter.ent_type_ in ("MONEY", "DATE", "TIME"):
        return None
    deed = matter.tag_ == "VBG" or is_wrong(matter, lexicon, preposition)
    agentless = syntax.is_passive(verb) and agent(verb) is None
    if (agentless or verb.lemma_.lower() in ("cite", "caution")) and not deed:
        return None  # "was fined forty francs for an expired sticker"
    content, limit = subtree(matter), preposition.i
    speakers = speakers_of(verb, lexicon, strict=True)
    if not speakers and not syntax.is_passive(verb):
        return None
    return framed(
        verb,
        lexicon,
        Stance.ACCUSE,
        speakers,
        targets_of(patient, lexicon, stance=Stance.SAY),
        content,
        limit=limit,
    )


def naming(verb: Token, lexicon: Lexicon) -> Frame | None:
    """ "called him a liar", "branded the council corrupt"."""
    head: Token | None = None
    label: Token | None = None
    clause = syntax.child(verb, "ccomp")
    if clause is not None and clause.pos_ != "VERB":
        head, label = syntax.child(clause, "nsubj"), clause
        if clause.pos_ == "AUX":
            return None
    if head is None:
        head = arguments.surface_object(verb)
        label = syntax.child(verb, "oprd", "attr") or _beside(verb)
        predicates = [c for c in verb.children if c.dep_ == "oprd" and c.i > verb.i]
        if len(predicates) == 2 and (head is None or head.lower_ == "her"):
            head, label = predicates  # "called the firm's chairman a bully", read as two labels
        for noun in (label, head):
            her = _parted_her(noun) if noun is not None and noun.i > verb.i else None
            if her is not None:
                head, label = her, noun
                break
        if label is None and syntax.is_passive(verb):
            label = syntax.child(verb, "dobj")
        if label is None:
            label = _described_as(verb)
    if head is None and label is not None:
        # "called the two brothers dishonest": read as how dishonest
        head = syntax.child(label, "npadvmod", "nsubj", "compound", "nmod")
    if label is None and head is not None:
        label = _apposed_label(head) or _adjacent_label(verb, head)
    slur = _slur_beside(verb, lexicon)
    if slur is not None and (head is None or label is None or label.pos_ == "PROPN"):
        objects = (c for c in verb.rights if c.dep_ in ("dobj", "oprd") and c != slur)
        head, label = next(objects, head), slur
    if label is None and head is not None and head.lower_ in lexicon.words["faults"]:
        # "labelled the ministry incompetent": read as a kind of incompetent
        label, head = head, syntax.child(head, "compound", "nmod")
    if head is None or label is None or head == label:
        return None
    many = next(syntax.prepositions(label, frozenset(["of"])), None)
    members = syntax.child(many, "pobj") if many is not None else None
    if members is not None and members.tag_ != "NNS":
        members = None  # "a bunch of thieves" is one, "a friend of the thief" is not
    judged = {
        t.lemma_.lower()
        for t in [
            label,
            *([members] if members else []),
            *(c for c in label.children if c.dep_ in ("amod", "compound", "conj")),
        ]
    }
    blameworthy = bool(judged & lexicon.words["slurs"])
    if (
        label.pos_ in ("ADJ", "VERB", "ADV")
        or label.lower_ in judged
        or label.dep_ in ("amod", "acomp", "advmod")
    ):
        blameworthy = blameworthy or bool(judged & lexicon.words["faults"])
    if not blameworthy:
        return None
    speakers = speakers_of(verb, lexicon)
    targets = tuple(
        t
        for t in targets_of(head, lexicon, stance=Stance.CONDEMN)
        if parties.is_party(t, lexicon) and t.lemma_.lower() not in lexicon.words["buildings"]
    )
    if not speakers or not targets:
        return None
    return framed(
        verb,
        lexicon,
        Stance.CONDEMN,
        speakers,
        targets,
        subtree(label),
        limit=label.i if label.i > head.i else None,
    )
