"""Accusations that only follow from what is said: "the firm poisoned the well", said Korin.

Said of a wrong that supposes intent or guilt, and of a party. What a witness or an agency reports
to have happened is news, not an accusation.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.cues import Lexicon, load_lexicon, word_class
from index.attribution.deed_doers import doers_of
from index.attribution.frames import Frame
from index.attribution.misdeeds import is_misdeed
from index.attribution.outright import (
    blamed_outright,
    is_for_harm,
    named,
    put_to_shame,
    shamed,
)
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
    ]
)
_TOGETHER = frozenset(
    ["coordination", "cooperation", "collusion", "cahoots", "league", "conspiracy", "complicity"]
)
_FIRST = frozenset(["i", "we"])
_UNREAL = frozenset(["not", "n't", "n’t", "never", "no"])
_HELD = frozenset(["believe", "reckon", "suspect"])


def implied_targets(
    frame: Frame, speakers_are_witnesses: bool, lexicon: Lexicon
) -> tuple[list[Token], list[Token]]:
    """The parties that the content of a report blames: outright ("is to blame"), and by what
    they did. None for a report that is itself denied."""
    outright: list[Token] = []
    found: list[Token] = []
    spoken = frame.stance is Stance.SAY or (
        frame.stance is Stance.BELIEVE and frame.verb.lemma_.lower() in _HELD
    )
    if frame.negated or frame.hypothetical or not spoken or speakers_are_witnesses:
        return outright, found
    doc = frame.verb.doc
    spoken_by_me = any(s.lower_ in _FIRST for s in frame.speakers)
    for start, end in frame.content:
        for token in doc.char_span(start, end, alignment_mode="expand") or ():
            if token.i == frame.verb.i:
                continue
            for target, plainly in _blamed(token, lexicon):
                told = any(first <= target.idx < last for first, last in frame.content)
                if not told or target in frame.speakers:
                    continue
                if target.lower_ == "you":
                    spoken_to = _addressee(frame.verb) if _is_quoted(target) else None
                    if spoken_to is None:
                        continue
                    target = spoken_to
                if target.lower_ in _FIRST and (spoken_by_me or _is_quoted(target)):
                    continue
                kept = outright if plainly else found
                if target not in kept:
                    kept.append(target)
    return outright, [t for t in found if t not in outright]


def _addressee(verb: Token) -> Token | None:
    """To whom it is said: "“You lied,” Orr told the mayor", "… Orr said to the mayor"."""
    if syntax.is_passive(verb):
        return None
    hearer = syntax.child(verb, "dative", "dobj")
    to = hearer if hearer is not None and hearer.lower_ == "to" else None
    to = to or next(syntax.prepositions(verb, frozenset(["to", "at"])), None)
    if to is not None:
        hearer = syntax.child(to, "pobj")
    one = hearer is not None and parties.is_party(hearer, load_lexicon())
    return hearer if one and verb.lemma_.lower() in word_class("telling") else None


def _is_quoted(token: Token) -> bool:
    """Is it within quotation marks?"""
    for before in reversed(token.doc[: token.i]):
        if before.text in ("“", "``", "”", "''"):
            return bool(before.text in ("“", "``"))
        if before.text == '"':
            return bool(sum(t.text == '"' for t in token.doc[: token.i]) % 2)
    return False


def _blamed(token: Token, lexicon: Lexicon) -> Iterator[tuple[Token, bool]]:
    """Whom a word blames, and whether it does so outright."""
    if token.pos_ == "NOUN":
        yield from ((target, True) for target in shamed(token, lexicon))
        yield from ((target, False) for target in _owners_of_wrong(token, lexicon))
    elif token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "aux", "auxpass", "compound"):
        yield from ((target, True) for target in put_to_shame(token, lexicon))
        if _unreal(token):
            return
        yield from ((target, True) for target in blamed_outright(token, lexicon))
        yield from ((target, False) for target in _wrongdoers(token, lexicon))


def _wrongdoers(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Who does a wrong that the verb tells."""
    lemma = verb.lemma_.lower()
    if is_misdeed(verb, lexicon):
        yield from _doers(verb, lexicon, it=True)
        yield from _orderers(verb, lexicon)
    elif lemma in word_class("causative") and _makes_wrong(verb, lexicon):
        yield from _doers(verb, lexicon)
    elif lemma in word_class("causing"):
        yield from _causes(verb, lexicon)
    elif lemma == "use":
        purpose = next(
            (c for c in verb.children if c.dep_ in ("xcomp", "advcl", "prep") and c.i > verb.i),
            None,
        )
        words = {t.lemma_.lower() for t in purpose.subtree} if purpose is not None else set()
        if words & word_class("harming") and syntax.child(verb, "dobj") is not None:
            yield from _doers(verb, lexicon)
    elif lemma in word_class("backing"):
        patient = arguments.surface_object(verb)
        if patient is not None and any(
            t.lower_ in lexicon.words["hostile"] for t in [patient, *patient.lefts]
        ):
            yield from _doers(verb, lexicon)
    elif _is_called_guilty(verb, lexicon):
        yield from named(arguments.surface_subject(verb), lexicon)


def _orderers(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """ "The doors were locked on the orders of the director": the director."""
    for preposition in syntax.prepositions(verb, frozenset(["on", "at"])):
        order = syntax.child(preposition, "pobj")
        if order is None or order.lemma_.lower() not in (
            "order",
            "instruction",
            "behest",
            "command",
        ):
            continue
        yield from named(syntax.child(order, "poss"), lexicon)
        for of in syntax.prepositions(order, frozenset(["of", "from"])):
            yield from named(syntax.complement(of), lexicon)


def _makes_wrong(verb: Token, lexicon: Lexicon) -> bool:
    """ "ordered them to shred it", "let him die"."""
    done = next(
        (c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i), None
    )
    if done is None or done.tag_ not in ("VB", "VBG", "VBN", "NN"):
        return False
    lemma = done.lemma_.lower()
    suffered = verb.lemma_ in ("let", "leave", "allow", "make") and lemma in word_class("suffering")
    return suffered or is_misdeed(done, lexicon)


def _causes(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """ "the fire was caused by the landlord", "the firm caused the leak"."""
    patient = arguments.surface_object(verb)
    harms = lexicon.words["wrongs"] | lexicon.words["harms"]
    if patient is not None and any(
        t.lemma_.lower() in harms for t in [patient, *patient.lefts, *patient.rights]
    ):
        yield from _doers(verb, lexicon)


def _is_called_guilty(verb: Token, lexicon: Lexicon) -> bool:
    """ "is responsible for the leak", "is a liar", "is behind the attack"."""
    called = verb.lemma_.lower() in word_class("naming") and not syntax.is_passive(verb)
    if verb.lower_ in lexicon.words["faults"] and syntax.is_passive(verb):
        return syntax.child(verb, "agent") is None  # "the umpire was biased"
    for c in verb.children:
        if c.dep_ in ("acomp", "xcomp", "oprd", "attr") and c.tag_ != "VB" and not called:
            if c.lower_ in ("responsible", "accountable", "liable"):
                return is_for_harm(c, lexicon)
            if c.lower_ in _GUILTY or c.lower_ in lexicon.words["slurs"]:
                return True
            if c.pos_ == "ADJ" and c.lower_ in lexicon.words["faults"]:
                return True
        elif c.dep_ == "prep" and c.lower_ == "behind" and syntax.child(c, "pobj") is not None:
            return True
    return False


def _owners_of_wrong(noun: Token, lexicon: Lexicon) -> Iterator[Token]:
    """ "the landlord's neglect"; who is "in league with" the enemy."""
    lemma = noun.lemma_.lower()
    owner = syntax.child(noun, "poss")
    if owner is None and lemma in word_class("culpable"):
        by = next(syntax.prepositions(noun, frozenset(["by"])), None)
        owner = syntax.child(by, "pobj") if by is not None else None
    elif owner is None and lemma in lexicon.words["wrongs"] and noun.dep_ == "pobj":
        # "spoke of abuse by the guards"
        yield from doers_of(noun, lexicon)
    if lemma in word_class("culpable") and owner is not None:
        doing = next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX")), None)
        if doing is not None and not _unreal(doing) and doing.lemma_ in word_class("resulting"):
            yield from named(owner, lexicon)
    if lemma not in _TOGETHER or not any(t.lower_ in lexicon.words["hostile"] for t in noun.sent):
        return
    members = [
        g
        for c in noun.children
        if c.dep_ == "prep" and c.lower_ in ("with", "between", "of")
        for g in _members(c)
    ]
    members += [
        g
        for c in noun.children
        if c.dep_ == "conj"
        for d in c.children
        if d.dep_ == "prep" and d.lower_ in ("with", "between")
        for g in _members(d)
    ]
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


def _doers(verb: Token, lexicon: Lexicon, *, it: bool = False) -> Iterator[Token]:
    doer = arguments.doer(verb)
    if it and doer is not None and doer.lower_ == "it" and doer.dep_ == "nsubj":
        yield doer
    yield from named(doer, lexicon)
