"""Who did it, in the clause that says what somebody is said to have done."""

from collections.abc import Iterator

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.bodies import is_of_subject
from index.attribution.cues import Lexicon

# Whoever was told did nothing about it: "alleged that she was warned by the porters".
_INFORMING = frozenset("advise alert beg brief caution inform notify remind tell urge warn".split())
_SPEAKING = frozenset(["i", "we", "me", "us", "my", "our"])


def culprits(
    clause: Token, lexicon: Lexicon, speakers: tuple[Token, ...] = ()
) -> tuple[Token, ...]:
    """Who did it, in the clause of an allegation; nobody when the clause is denied.

    "I" and "we" did it only where somebody else alleges it.
    """
    if any(c.dep_ == "neg" for c in clause.children) and clause.lemma_ in (
        "know",
        "see",
        "involve",
        "blame",
    ):
        return ()
    informed = syntax.is_passive(clause) and clause.lemma_ in _INFORMING
    doer = arguments.surface_subject if informed else arguments.doer
    who = _lost_subject(clause) or doer(clause)
    if who is None and syntax.is_passive(clause):
        return ()
    if who is None:
        return ()
    resolved = parties.resolve_relative(who)
    if resolved is None:
        return ()
    found = []
    for each in parties.conjuncts(resolved):
        owner = syntax.child(each, "poss")
        if parties.is_party(each, lexicon):
            found.append(each)
        elif (
            owner is not None
            and parties.is_party(owner, lexicon)
            and each.lemma_.lower() in lexicon.words["acts"]
        ):
            found.append(owner)
    unnamed = {"one", "someone", "nobody"}
    if not _is_addressed(clause):
        unnamed.add("you")
    meant = clause.lemma_ in lexicon.words["wrongdoing"] or is_of_subject(who, lexicon, speakers)
    if clause.pos_ != "VERB" or not meant:
        unnamed.add("it")
    if not speakers or any(s.lower_ in _SPEAKING for s in speakers):
        unnamed |= _SPEAKING
    found += [t for c in _joined(clause) for t in culprits(c, lexicon, speakers)]
    return tuple(t for t in found if t.lower_ not in unnamed or syntax.child(t, "prep") is not None)


def _is_addressed(clause: Token) -> bool:
    """Is "you" somebody spoken to, as in "they complain that you shouted", and not anybody?"""
    helping = [c for c in clause.children if c.dep_ in ("aux", "auxpass")]
    past = clause.tag_ == "VBD" or any(c.tag_ in ("VBD", "VBP") for c in helping)
    if not past or any(c.tag_ == "MD" for c in helping) or clause.lemma_ in ("have", "get", "wait"):
        return False
    told = clause.head
    now = told.tag_ in ("VBZ", "VBP") or any(
        c.tag_ in ("VBP", "VBZ") for c in told.children if c.dep_ == "aux"
    )
    return now or any(t.lower_ == "your" for t in clause.sent)


def _joined(clause: Token) -> Iterator[Token]:
    """ "alleged that Orr lied and that Lind stole": the second clause, which has its own "that"."""
    for c in clause.children:
        that = any(g.dep_ == "mark" and g.lower_ == "that" for g in c.children)
        if c.dep_ == "conj" and that and syntax.child(c, "nsubj") is not None:
            yield c


def _lost_subject(clause: Token) -> Token | None:
    """The name in "that Vance, 44, falsified" and "that Vance drank", where the verb was lost."""
    if clause.pos_ == "PROPN":
        return clause
    if clause.pos_ != "NOUN" or clause.text[0].isupper():
        return None
    name = clause.doc[clause.i - 1] if clause.i else None
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    lost = name is not None and name.pos_ == "PROPN" and name.head == clause
    return name if lost and marked and name is not None and name.dep_ == "compound" else None
