"""Whose deed is called alleged: "the clerk's alleged part in the fraud", "alleged theft by Orr"."""

from spacy.tokens import Token

from index.attribution import parties, syntax
from index.attribution.cues import Lexicon
from index.attribution.deed_doers import doers_of
from index.attribution.frames import Frame, subtree
from index.attribution.framing import framed
from index.types import Stance

_SHARES = frozenset(["part", "participation", "role"])
# What "of" leads to is who did it, as nothing is done to anybody.
_DONE_ALONE = _SHARES | frozenset(
    "bias collusion complicity conduct corruption failure incompetence interference involvement"
    " meddling misconduct negligence perjury refusal".split()
)
_IN = frozenset(["in"])


def alleged_deed(alleged: Token, lexicon: Lexicon) -> Frame | None:
    """The frame of "alleged" before a deed; nobody is named who alleges it."""
    deed = alleged.head
    if alleged.dep_ != "amod" or deed.pos_ != "NOUN" or not _is_deed(deed, lexicon):
        return None
    doers = tuple(d for d in _doers(deed, lexicon) if parties.is_party(d, lexicon))
    if not doers:
        return None
    content = subtree(deed, [deed.left_edge] if deed.left_edge.dep_ == "poss" else [])
    after = (t for t in deed.subtree if t.i > doers[0].i and t.lower_ in _IN)
    limit = next((t.i for t in after if t.head == doers[0]), None)
    return framed(alleged, lexicon, Stance.ACCUSE, (), doers, content, limit=limit)


def _is_deed(noun: Token, lexicon: Lexicon) -> bool:
    lemma, words = noun.lemma_.lower(), lexicon.words
    if lemma in _SHARES:
        wrong = words["wrongs"] | words["harms"] | words["suffered"] | words["culpable"]
        matter = next(syntax.prepositions(noun, _IN), None)
        return matter is not None and any(t.lemma_.lower() in wrong for t in matter.subtree)
    known = lemma in words["wrongs"] | words["culpable"] or lemma in _DONE_ALONE
    doing = lemma.endswith("ing") or noun.lower_.endswith("ings")
    return (known or doing) and not parties.is_party(noun, lexicon)


def _doers(deed: Token, lexicon: Lexicon) -> tuple[Token, ...]:
    owner = syntax.child(deed, "poss")
    lemma = deed.lemma_.lower()
    if owner is not None:
        whose = parties.resolve_relative(owner)
        suffers = lemma in lexicon.words["suffered"]
        return tuple(parties.conjuncts(whose)) if whose is not None and not suffers else ()
    by = doers_of(deed, lexicon)
    if by or lemma not in _DONE_ALONE:
        return by
    of = next(syntax.prepositions(deed, frozenset(["of"])), None)
    who = syntax.child(of, "pobj") if of is not None else None
    return tuple(parties.conjuncts(who)) if who is not None else ()
