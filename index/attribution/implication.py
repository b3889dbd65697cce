"""Accusations that only follow from what is said: "the firm poisoned the well", said Korin.

Said of a wrong that supposes intent or guilt, and of a party. What a witness or an agency reports
to have happened is news, not an accusation.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from index.attribution import parties, syntax
from index.attribution.cues import Lexicon, word_class
from index.attribution.frames import Frame
from index.types import Stance

_GUILTY = frozenset(
    [
        "responsible",
        "guilty",
        "complicit",
        "culpable",
        "liable",
        "accountable",
        "corrupt",
        "negligent",
        "blame",
    ]
)
_TOGETHER = frozenset(
    ["coordination", "cooperation", "collusion", "cahoots", "league", "conspiracy", "complicity"]
)
_UNNAMED = frozenset(
    ["i", "we", "it", "you", "one", "who", "someone", "nobody", "people", "everyone"]
)
_UNREAL = frozenset(["not", "n't", "n’t", "never", "no"])


def is_outright(target: Token) -> bool:
    """Does the report itself say that the target is "to blame"?"""
    verb = target.head
    return target.dep_ == "nsubj" and any(
        c.lower_ == "blame" and c.dep_ in ("xcomp", "acomp", "attr") for c in verb.children
    )


def implied_targets(frame: Frame, speakers_are_witnesses: bool, lexicon: Lexicon) -> list[Token]:
    """The parties that the content of a report blames, none for a report that is itself denied."""
    if (
        frame.negated
        or frame.hypothetical
        or frame.stance is not Stance.SAY
        or speakers_are_witnesses
    ):
        return []
    doc = frame.verb.doc
    found: list[Token] = []
    for start, end in frame.content:
        for token in doc.char_span(start, end, alignment_mode="expand") or ():
            if token.i == frame.verb.i:
                continue
            for target in _blamed(token, lexicon):
                if (
                    start <= target.idx < end
                    and target not in found
                    and target not in frame.speakers
                ):
                    found.append(target)
    return found


def _blamed(token: Token, lexicon: Lexicon) -> Iterator[Token]:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and token.dep_ != "amod":
        if _unreal(token):
            return
        if lemma in lexicon.words["wrongdoing"]:
            yield from _doers(token, lexicon)
        elif lemma == "use":
            purpose = next(
                (
                    c
                    for c in token.children
                    if c.dep_ in ("xcomp", "advcl", "prep") and c.i > token.i
                ),
                None,
            )
            words = {t.lemma_.lower() for t in purpose.subtree} if purpose is not None else set()
            if (
                words & word_class("harming")
                and purpose is not None
                and syntax.child(token, "dobj") is not None
            ):
                yield from _doers(token, lexicon)
        elif lemma in word_class("backing"):
            patient = syntax.surface_object(token)
            if patient is not None and any(
                t.lower_ in lexicon.words["hostile"] for t in [patient, *patient.lefts]
            ):
                yield from _doers(token, lexicon)
        elif lemma == "cover" and any(c.dep_ == "prt" for c in token.children):
            yield from _doers(token, lexicon)
        return
    if (token.pos_ == "AUX" and token.lemma_ == "be") or token.pos_ == "VERB":
        if token.dep_ in ("aux", "auxpass") or _unreal(token):
            return
        for c in token.children:
            guilty = c.dep_ in ("acomp", "xcomp", "oprd", "attr") and (
                c.lower_ in _GUILTY or c.lower_ in lexicon.words["slurs"]
            )
            behind = (
                c.dep_ == "prep" and c.lower_ == "behind" and syntax.child(c, "pobj") is not None
            )
            if guilty or behind:
                if c.lower_ in ("responsible", "accountable", "liable") and not _bad_matter(
                    c, lexicon
                ):
                    continue
                yield from _subjects(token, lexicon)
                return
    if lemma in _TOGETHER and token.pos_ == "NOUN":
        members = [
            g
            for c in token.children
            if c.dep_ == "prep" and c.lower_ in ("with", "between", "of")
            for g in _members(c)
        ]
        members += [
            g
            for c in token.children
            if c.dep_ == "conj"
            for d in c.children
            if d.dep_ == "prep" and d.lower_ in ("with", "between")
            for g in _members(d)
        ]
        if any(t.lower_ in lexicon.words["hostile"] for t in token.sent):
            for member in members:
                if (
                    parties.is_party(member, lexicon)
                    and member.lower_ not in lexicon.words["hostile"]
                    and member.ent_type_ in ("GPE", "ORG", "PERSON", "NORP")
                ):
                    yield member


def _members(preposition: Token) -> Iterable[Token]:
    head = syntax.child(preposition, "pobj")
    return list(parties.conjuncts(head)) if head is not None else []


def _bad_matter(adjective: Token, lexicon: Lexicon) -> bool:
    """Responsible for a harm, not for a department."""
    through = next(syntax.prepositions(adjective, frozenset(["for"])), None)
    if through is None:
        return False
    harms = lexicon.words["wrongs"] | lexicon.words["harms"]
    return any(t.lemma_.lower() in harms for t in through.subtree)


def _unreal(verb: Token) -> bool:
    if any(c.dep_ == "neg" or c.lower_ in _UNREAL for c in verb.children):
        return True
    if any(
        a.lower_ in ("would", "could", "might", "may", "can", "will", "should", "must")
        for a in syntax.auxiliaries(verb)
    ):
        return True
    if any(
        c.dep_ in ("mark", "advmod") and c.lower_ in ("if", "unless", "whether")
        for c in verb.children
    ):
        return True
    for ancestor in verb.ancestors:
        if any(c.dep_ == "neg" for c in ancestor.children) or any(
            c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in ancestor.children
        ):
            return True
    return verb.tag_ == "VB" and verb.dep_ in ("xcomp", "advcl", "acl")


def _doers(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    yield from _parties(syntax.doer(verb), lexicon)


def _subjects(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    yield from _parties(syntax.surface_subject(verb), lexicon)


def _parties(head: Token | None, lexicon: Lexicon) -> Iterator[Token]:
    resolved = parties.resolve_relative(head) if head is not None else None
    if resolved is None:
        return
    for each in parties.conjuncts(resolved):
        if parties.is_party(each, lexicon) and each.lower_ not in _UNNAMED | syntax.REFLEXIVE:
            yield each
