"""Words that put the blame on somebody outright: "is to blame", "it was the firm's fault"."""

from collections.abc import Iterator

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.cues import Lexicon, word_class

_UNNAMED = frozenset(["it", "one", "who", "someone", "nobody", "people", "everyone"])
_SHARES = frozenset(["all", "brunt", "bulk", "lot", "most", "much", "part", "share", "some"])
_RESTS = frozenset(["with", "on", "to", "upon"])


def blamed_outright(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """ "X is to blame", "X is at fault", "it was X's fault", "the blame lies with X"."""
    subject = arguments.surface_subject(verb)
    if verb.lemma_.lower() in word_class("resting"):
        if subject is not None and _is_liability(subject, lexicon):
            for preposition in syntax.prepositions(verb, _RESTS):
                yield from named(syntax.complement(preposition), lexicon)
        return
    borne = syntax.child(verb, "dobj") if verb.lemma_ in ("bear", "carry", "share") else None
    of = next(syntax.prepositions(borne, frozenset(["of"])), None) if borne is not None else None
    if of is not None and borne is not None and borne.lower_ in _SHARES:
        borne = syntax.complement(of)  # "bore much of the responsibility"
    if borne is not None and borne.lower_ != "liability" and _is_liability(borne, lexicon):
        yield from named(subject, lexicon)
    own = syntax.child(verb, "nsubj") or subject
    if verb.lemma_ == "be" and own is not None and syntax.child(verb, "neg") is None:
        yield from _said_to_be(verb, own, lexicon)
    for c in verb.children:
        if any(g.dep_ == "neg" for g in c.children):
            continue
        if c.lower_ == "blame" and c.dep_ in ("xcomp", "acomp", "attr"):
            yield from named(subject, lexicon)
        elif c.dep_ == "prep" and c.lower_ == "at" and syntax.child(c, "pobj") is not None:
            fault = syntax.child(c, "pobj")
            if fault is not None and fault.lower_ == "fault":
                yield from named(subject, lexicon)
        elif c.dep_ == "attr" and c.lower_ in ("fault", "doing"):
            yield from named(syntax.child(c, "poss"), lexicon)
            for preposition in syntax.prepositions(c, frozenset(["of"])):
                yield from named(syntax.complement(preposition), lexicon)


def _said_to_be(verb: Token, subject: Token, lexicon: Lexicon) -> Iterator[Token]:
    """ "The culprit is X", "the delay is down to X", "that is on X"."""
    who = syntax.child(verb, "attr")
    if who is not None and subject.lemma_.lower() in word_class("identified"):
        yield from named(who, lexicon)
    harms = lexicon.words["wrongs"] | lexicon.words["harms"]
    harmful = any(t.lemma_.lower() in harms for t in [subject, *subject.lefts, *subject.rights])
    for c in verb.rights:
        if c.lower_ == "down" and harmful:
            for to in syntax.prepositions(verb, frozenset(["to"])):
                yield from named(syntax.complement(to), lexicon)
            yield from named(syntax.complement(c), lexicon)
        laid = harmful or subject.lower_ in ("that", "this")
        if laid and c.lower_ == "on" and c.dep_ == "prep" and c.i == verb.i + 1:
            yield from named(syntax.complement(c), lexicon)


def shamed(noun: Token, lexicon: Lexicon) -> Iterator[Token]:
    """ "Shame on the council"."""
    for on in syntax.prepositions(noun, frozenset(["on"])):
        if noun.lower_ == "shame":
            yield from named(syntax.complement(on), lexicon)


def put_to_shame(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """ "The mayor should be ashamed of himself", "they ought to hang their heads in shame"."""
    governor = verb.head if verb.dep_ == "xcomp" else verb
    ought = governor.lemma_ == "ought" or any(c.lower_ == "should" for c in verb.children)
    denied = any(c.dep_ == "neg" for t in (verb, governor) for c in t.children)
    ashamed = syntax.child(verb, "acomp")
    shamed_head = syntax.child(verb, "dobj") if verb.lemma_ == "hang" else None
    told = (ashamed is not None and ashamed.lower_ == "ashamed") or (
        shamed_head is not None and shamed_head.lemma_ == "head"
    )
    if ought and told and not denied:
        yield from named(arguments.surface_subject(verb), lexicon)


def _is_liability(noun: Token, lexicon: Lexicon) -> bool:
    """Blame; or responsibility for a harm, where that for training is none."""
    duty = any(c.lower_ == "for" and c.dep_ == "prep" for c in noun.children)
    return noun.lemma_.lower() in word_class("liability") and (
        noun.lemma_.lower() in ("blame", "fault", "guilt") or not duty or is_for_harm(noun, lexicon)
    )


def is_for_harm(adjective: Token, lexicon: Lexicon) -> bool:
    """Responsible for a harm, not for a department."""
    through = next(syntax.prepositions(adjective, frozenset(["for"])), None)
    if through is None:
        return False
    harms = lexicon.words["wrongs"] | lexicon.words["harms"]
    return any(t.lemma_.lower() in harms for t in through.subtree)


def named(head: Token | None, lexicon: Lexicon) -> Iterator[Token]:
    resolved = parties.resolve_relative(head) if head is not None else None
    if resolved is None:
        return
    for each in parties.conjuncts(resolved):
        if parties.is_party(each, lexicon) and each.lower_ not in _UNNAMED | syntax.REFLEXIVE:
            yield each
