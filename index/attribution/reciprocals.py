"""Accusations that go both ways: "accused each other", "traded insults"."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.cues import Lexicon, word_class
from index.attribution.frames import Frame, subtree
from index.attribution.framing import framed
from index.attribution.roles import JUDGING, admissible_speakers
from index.types import Stance


def is_reciprocal(noun: Token) -> bool:
    """The "other" of "each other" and "each accused the other", the "another" of "one another"."""
    before = noun.nbor(-1).lower_ if noun.i else ""
    if noun.lower_ == "another":
        return before == "one"
    if noun.lower_ != "other":
        return False
    each = any(t.lower_ == "each" for t in noun.doc[noun.sent.start : noun.i])
    alone = noun.i + 1 == len(noun.doc) or noun.nbor(1).pos_ not in ("NOUN", "PROPN", "ADJ")
    return before == "each" or (before == "the" and each and alone)


def both_ways(frame: Frame) -> Iterator[Frame]:
    """A frame for each of the parties that judge each other; the frame itself for all others.

    "The neighbours accused each other" does not say which of them accused whom.
    """
    if frame.stance not in JUDGING or not any(is_reciprocal(t) for t in frame.targets):
        yield frame
        return
    rest = tuple(t for t in frame.targets if not is_reciprocal(t))
    sides = _sides(frame.speakers)
    if len(sides) < 2:
        yield replace(frame, targets=rest)
        return
    for speaker in sides:
        others = tuple(s for s in sides if s != speaker)
        yield replace(frame, speakers=(speaker,), targets=others + rest)


def _sides(speakers: tuple[Token, ...]) -> tuple[Token, ...]:
    """Who they are in "Orr and Lind, each of whom accuses the other"."""
    if len(speakers) != 1 or speakers[0].lower_ != "each":
        return speakers
    comma = speakers[0].left_edge.i - 1
    last = speakers[0].doc[comma - 1] if comma > 0 else speakers[0]
    first = last.head if last.dep_ == "conj" else last
    return tuple(parties.conjuncts(first)) if first != speakers[0] else speakers


def exchange(verb: Token, lexicon: Lexicon) -> Iterator[Frame]:
    """ "Orr and Lind traded accusations", "Orr exchanged insults with Lind"."""
    words = arguments.surface_object(verb)
    if words is None or (words.tag_ != "NNS" and words.lemma_ != "blame"):
        return
    lemma = words.lemma_.lower()
    if lemma not in word_class("exchanged"):
        return
    sides = list(admissible_speakers(arguments.doer(verb), lexicon, strict=True))
    through = (p for n in (verb, words) for p in syntax.prepositions(n, frozenset(["with"])))
    preposition = next((p for p in through if p.i > verb.i), None)
    other = syntax.complement(preposition) if preposition is not None else None
    if other is not None and parties.is_party(other, lexicon):
        sides += admissible_speakers(other, lexicon, strict=True)
    if len(sides) < 2:
        return
    stance = Stance.ACCUSE if lemma in word_class("charges") | {"blame"} else Stance.CONDEMN
    for speaker in sides:
        targets = tuple(s for s in sides if s != speaker)
        yield framed(verb, lexicon, stance, (speaker,), targets, subtree(words), more=[words])
