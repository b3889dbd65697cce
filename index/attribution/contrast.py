"""Who is meant where two parties are set against each other: "not Ann but Bo", "nobody but Ann"."""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from index.attribution.clefts import focus
from index.attribution.frames import Frame
from index.attribution.parties import ONLY
from index.attribution.syntax import child, is_passive

_NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])
_EXCEPT = frozenset(["but", "except", "save", "besides"])
_UNKNOWN = frozenset("somebody someone nobody none anybody anyone who whom whoever no-one".split())
_ASKING = frozenset("ask tell".split())


def settle(frame: Frame) -> Frame:
    """The frame with the parties that its sentence means, the same where there is no contrast."""
    frame = _excepted(frame)
    frame = _opposed(_clefted(frame))
    return _known(frame)


def is_embedded_question(verb: Token) -> bool:
    """ "find out who accused him", "Ask Ann who accused him": Ann is asked and accuses nobody."""
    who = child(verb, "nsubj", "nsubjpass", "dobj")
    if who is None or who.lower_ not in ("who", "whom"):
        return False
    if verb.dep_ != "relcl":
        # "Who I blame is Ann", and "It was Ann who", a cleft that was parsed as a complement
        return focus(verb) is None and not any(
            a.lemma_ == "be" and a.i < verb.i for a in (verb.head,)
        )
    asked = verb.head
    if asked.dep_ not in ("dobj", "dative") or asked.head.lemma_ not in _ASKING:
        return False
    parted = who.nbor(-1).text == ","
    ordered = asked.head.tag_ == "VB" and child(asked.head, "nsubj") is None
    named = asked.pos_ in ("PROPN", "PRON")
    return (named and not parted) or (ordered and parted and _ends(verb))


def _ends(verb: Token) -> bool:
    """Does the clause end its sentence?"""
    return all(t.is_punct for t in verb.doc[verb.right_edge.i + 1 : verb.sent.end])


def noun_at(doc: Doc, i: int) -> Token | None:
    """The head of the noun phrase that begins at a token."""
    for token in doc[i : i + 8]:
        named = token.text[0].isupper() and not token.is_stop and token.dep_ != "amod"
        nominal = named or token.pos_ in _NOMINAL
        if nominal and token.dep_ not in ("compound", "poss", "nmod"):
            return token if token.left_edge.i <= i or token.i == i else None
    return None


def _excepted(frame: Frame) -> Frame:
    """ "Nobody but Ann accused Bo", "blamed nobody except Ann": Ann."""
    verb = frame.verb
    for label in ("nsubj", "nsubjpass", "dobj"):
        noun = child(verb, label)
        if noun is None or not _is_nobody(noun) or child(verb, "neg") is not None:
            continue
        i = noun.i + 1
        if i >= len(verb.doc):
            continue
        pair = verb.doc[i : i + 2].text.lower()
        if pair in ("other than", "apart from", "except for"):
            i += 1
        elif verb.doc[i].lower_ not in _EXCEPT:
            continue
        meant = noun_at(verb.doc, i + 1)
        if meant is None:
            continue
        if (label == "nsubj") != is_passive(verb) and label != "dobj":
            return replace(frame, speakers=(meant,), negated=False)
        return replace(frame, targets=(meant,), negated=False)
    return frame


def _is_nobody(noun: Token) -> bool:
    no = noun.lower_ == "one" and any(c.lower_ == "no" for c in noun.lefts)
    return no or noun.lower_ in ("nobody", "none", "no-one")


def _clefted(frame: Frame) -> Frame:
    """ "It was not Ann who accused him, but Bo": Bo did; without him, nobody is said to have."""
    verb = frame.verb
    be = next((a for a in verb.ancestors if a.lemma_ == "be"), None)
    if be is None or verb.dep_ not in ("relcl", "ccomp", "advcl"):
        return frame
    subject, focus = child(be, "nsubj", "expl"), child(be, "attr")
    if subject is None or subject.lower_ != "it" or focus is None or focus.i > verb.i:
        return frame
    joined = verb.head.dep_ == "conj" and verb.head.head in (be, focus)
    if not (joined or verb.head in (be, focus)) or child(be, "neg") is None:
        return frame
    if focus not in (*frame.speakers, *frame.targets):
        return frame
    meant = _instead([*focus.rights, *be.rights, *verb.rights], focus)
    if meant is None:
        return replace(frame, negated=True)
    return replace(
        frame,
        speakers=_swapped(frame.speakers, focus, meant),
        targets=_swapped(frame.targets, focus, meant),
        negated=False,
    )


def _instead(tokens: Iterable[Token], focus: Token) -> Token | None:
    for token in tokens:
        joined = token.dep_ == "conj" and token.i > focus.i and token.pos_ in _NOMINAL
        if joined and focus.doc[token.left_edge.i - 1].lower_ == "but":
            return token
    return None


def _opposed(frame: Frame) -> Frame:
    """ "Not Ann but Bo accused", "Ann, but not Bo, accused", "accused not Ann but Bo"."""
    for party in (*frame.speakers, *frame.targets):
        doc, start = party.doc, party.left_edge.i
        if doc[start].lower_ != "not":
            start -= 1
        if start < 0 or doc[start].lower_ != "not" or doc[start + 1].lower_ in ONLY:
            continue
        if start and doc[start - 1].lower_ == "but" and party.dep_ == "conj":
            meant: Token | None = party.head
        else:
            meant = _behind_but(party)
        if meant is None or frame.verb.doc[meant.i] != meant:
            continue
        denied = child(frame.verb, "neg")
        return replace(
            frame,
            speakers=tuple(dict.fromkeys(_swapped(frame.speakers, party, meant))),
            targets=tuple(dict.fromkeys(_swapped(frame.targets, party, meant))),
            negated=denied is not None and denied.i != start,
        )
    if frame.negated:
        # the party set aside is gone already, and its "not" is not the verb's
        for party in (*frame.speakers, *frame.targets):
            aside = party.head if party.dep_ == "conj" else None
            if aside is None or party.doc[party.left_edge.i - 1].lower_ != "but":
                continue
            edge = aside.left_edge.i
            if "not" in (aside.doc[edge].lower_, aside.doc[edge - 1].lower_ if edge else ""):
                return replace(frame, negated=False)
    return frame


def _behind_but(party: Token) -> Token | None:
    """The union in "the mayor but the union", also where the parser does not join them."""
    i = party.i + 1
    if i + 1 >= len(party.doc) or party.doc[i].lower_ != "but":
        return None
    return noun_at(party.doc, i + 1)


def _swapped(parties: tuple[Token, ...], old: Token, new: Token) -> tuple[Token, ...]:
    return tuple(new if p == old else p for p in parties)


def _known(frame: Frame) -> Frame:
    """Without "somebody" and "who", and without whom "not by" excludes."""
    speakers = tuple(s for s in frame.speakers if _is_known(s) and not _is_excluded(s))
    targets = tuple(t for t in frame.targets if _is_known(t) and not _is_exception(t))
    if (speakers, targets) == (frame.speakers, frame.targets):
        return frame
    return replace(frame, speakers=speakers, targets=targets)


def _is_known(party: Token) -> bool:
    """Not "somebody", but "somebody called Orr" and "someone from the bank"."""
    return party.lower_ not in _UNKNOWN or child(party, "acl", "prep") is not None


def _is_exception(target: Token) -> bool:
    """ "accused everyone but the council" accuses others."""
    before = target.doc[max(0, target.left_edge.i - 2) : target.left_edge.i]
    words = [t.lower_ for t in before]
    return words[-1:] != [] and words[-1] in _EXCEPT and words[0] in ("everyone", "everybody")


def _is_excluded(speaker: Token) -> bool:
    by = speaker.head
    return by.lower_ == "by" and by.i > 0 and by.nbor(-1).lower_ in ("not", "than")
