"""Accusations told again by an auxiliary alone: "and so did the union", "but the mayor has"."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from index.attribution.agents import agent
from index.attribution.contrast import noun_at
from index.attribution.cues import load_lexicon, word_class
from index.attribution.frames import Frame
from index.attribution.parties import conjuncts, is_document, is_party
from index.attribution.syntax import child, is_passive

_ACTIVE = frozenset(["did", "do", "does", "has", "have", "had"])
_PASSIVE = frozenset(["was", "were", "is", "are", "has", "have", "had"])
_LIKEWISE = frozenset(["too", "likewise", "also"])
_ENDS = frozenset([",", ".", ";", "!", ":", "—", "–", ")"])
_BREAKS = frozenset([";", ".", "!", "?"])
_CHARGES = frozenset(["view", "verdict", "opinion", "criticism", "sentiment", "line"])


def echoes(frame: Frame) -> Iterator[Frame]:
    """The frame, and one for everybody of whom the text says that they did the same."""
    yield frame
    if not frame.targets or frame.verb.pos_ != "VERB":
        return
    if frame.hypothetical and not frame.negated:
        return
    known = {*frame.speakers, *frame.targets}
    for other in _others(frame):
        found = tuple(t for t in conjuncts(other) if _is_somebody(t) and t not in known)
        if not found:
            continue
        if is_passive(frame.verb):
            yield replace(frame, targets=found, limit=None)
        elif frame.speakers:
            yield replace(frame, speakers=found, negated=False, hypothetical=False)


def _others(frame: Frame) -> Iterator[Token]:
    verb = frame.verb
    rest = verb.doc[verb.i + 1 : verb.sent.end]
    following = verb.doc[verb.sent.end : verb.sent.end + 12]
    for i in range(rest.start, rest.end):
        word = verb.doc[i]
        if word.text in _BREAKS and word.text != ";":
            break
        if word.pos_ == "NOUN" and not frame.negated:
            yield from _echoed(word)
        if word.lower_ in ("so", "as") and not frame.negated:
            if _has_verb(verb.doc[verb.i + 1 : i]):
                continue
            yield from _inverted(rest, i, verb)
        else:
            yield from _left_out(word, verb, negated=frame.negated)
    if len(following) and following[0].lower_ == "so" and not frame.negated:
        yield from _inverted(following, following.start, verb)


def _has_verb(between: Span) -> bool:
    """Is there another clause that "so did" may repeat: "accused him and left, and so did"?"""
    return any(
        t.pos_ == "VERB" and t.dep_ in ("conj", "ROOT", "parataxis") and t.tag_ != "VBG"
        for t in between
    )


def _inverted(span: Span, i: int, verb: Token) -> Iterator[Token]:
    """The party in "so did the union", "as had the mayor before her", "so, too, has Orr"."""
    doc, end = span.doc, span.end
    at = i + 1
    while at < end and (doc[at].text == "," or doc[at].lower_ in _LIKEWISE):
        at += 1
    auxiliaries = _PASSIVE if is_passive(verb) else _ACTIVE
    if at + 1 >= end or doc[at].lower_ not in auxiliaries:
        return
    other = noun_at(doc, at + 1)
    if other is not None and other.i < end:
        yield other


def _left_out(auxiliary: Token, verb: Token, *, negated: bool) -> Iterator[Token]:
    """The party in "and the union did too", "the mayor would not but the union has"."""
    doc = auxiliary.doc
    auxiliaries = _PASSIVE if is_passive(verb) else _ACTIVE
    if auxiliary.lower_ not in auxiliaries or auxiliary.i + 1 >= len(doc):
        return
    after = doc[auxiliary.i + 1 : auxiliary.i + 4]
    words = [t.lower_ for t in after]
    same = words[0] in _LIKEWISE or words[:2] == ["the", "same"] or words[:2] == ["so", "too"]
    subject = child(auxiliary, "nsubj", "nsubjpass")
    if subject is None or subject.i > auxiliary.i or subject.left_edge.i <= verb.i:
        return
    before = doc[subject.left_edge.i - 1].lower_
    if negated:
        if before == "but" and words[0] in _ENDS:
            yield subject
    elif same and before in ("and", ",", ";", "while", "but", "—"):
        yield subject


def _echoed(noun: Token) -> Iterator[Token]:
    """The party in "accused it of neglect, a charge echoed by the union"."""
    if noun.lemma_.lower() not in word_class("charges") | _CHARGES:
        return
    if noun.doc[noun.left_edge.i - 1].text not in (",", "—", "–"):
        return
    clause = child(noun, "acl", "relcl")
    if clause is None or clause.lemma_ not in word_class("echoing"):
        return
    by = agent(clause)
    if by is not None:
        yield by


def _is_somebody(noun: Token) -> bool:
    lexicon = load_lexicon()
    named = noun.text[0].isupper() and noun.pos_ not in ("NOUN", "PROPN", "PRON")
    return named or is_party(noun, lexicon) or is_document(noun, lexicon)
