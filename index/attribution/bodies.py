"""Which body or group "it" and "they" mean: the subject, or the only one that fits, just before."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Sentence

from index.attribution import arguments, parties
from index.attribution.cues import Lexicon, word_class

_ONE = frozenset(["it", "its"])
_MANY = frozenset(["they", "them", "their", "theirs"])
GROUP_PRONOUNS = _ONE | _MANY
_SUBJECT = ("nsubj", "nsubjpass")
_BACK = 2


def body_meant(
    pronoun: Token, before: Doc | None, lexicon: Lexicon, others: Sequence[Token] = ()
) -> Token | None:
    """The noun that a group pronoun stands for, None where more than one may be meant.

    Looks first in the sentence of the pronoun, then at the two before it, the last of `before`
    among them when the pronoun is in the first sentence of its block. It means none of `others`:
    whoever accuses does not accuse himself.
    """
    rivals = rivals_of(pronoun) | {t.i for o in others if o.doc is pronoun.doc for t in o.subtree}
    here = pronoun.doc[pronoun.sent.start : pronoun.i]
    found = [t for t in _fitting(here, pronoun, lexicon) if t.i not in rivals]
    found = _plural_first(found, pronoun)
    if found:
        return _only(found) or _governing(pronoun, found) or _only([*filter(_leads, found)])
    for sentence in _sentences_before(pronoun, before):
        found = _plural_first(list(_fitting(sentence, pronoun, lexicon)), pronoun)
        if found:
            return _only(found) or _only(
                [t for t in found if t.head == sentence.root and _leads(t)]
            )
        if any(t.lower_ in GROUP_PRONOUNS for t in sentence):
            continue
    return None


def is_of_subject(it: Token, lexicon: Lexicon, others: Sequence[Token] = ()) -> bool:
    """Is "it" the body that is the subject of a clause above: "the bank admits that it has been"?

    It is none of `others`, who accuse it.
    """
    for above in it.ancestors:
        subject = arguments.surface_subject(above) if above.pos_ in ("VERB", "AUX") else None
        if subject is None or subject.i >= it.i or _is_plural(subject):
            continue
        if subject in others:
            return False
        if subject.lower_ == "it":
            return bool(above.pos_ == "VERB" and above.lemma_ != "be")
        return parties.is_party(subject, lexicon) and not _is_person(subject, lexicon)
    return False


def _is_plural(noun: Token) -> bool:
    return noun.tag_ in ("NNS", "NNPS") or (noun.pos_ == "PRON" and noun.lower_ != "it")


def rivals_of(pronoun: Token) -> set[int]:
    """The other arguments of the pronoun's verb: "Korin accused him" is not about Korin."""
    if pronoun.dep_ == "poss":
        return set()
    verb = pronoun.head if pronoun.dep_ != "pobj" else pronoun.head.head
    found = {c.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "dative")}
    if pronoun.dep_ == "nsubj":
        # "The clerk had hidden it, she said": she is not the clerk (principle C)
        found |= {t.i for c in verb.children if c.dep_ == "ccomp" for t in c.subtree}
        if verb.dep_ == "ccomp" and verb.head.lemma_ in ("allege", "complain"):
            # "Orr wrote to Lind, alleging that she": of oneself one alleges nothing
            accuser = arguments.surface_subject(verb.head)
            found |= {t.i for t in parties.conjuncts(accuser)} if accuser is not None else set()
    subject = arguments.surface_subject(verb) if verb.pos_ == "VERB" else None
    if subject is not None:
        found.add(subject.i)
        found |= {t.i for t in parties.conjuncts(subject)}
    return found - {pronoun.i}


def _sentences_before(pronoun: Token, before: Doc | None) -> Iterator[Sentence]:
    earlier = [s for s in pronoun.doc.sents if s.end <= pronoun.sent.start]
    if len(earlier) < _BACK and before is not None:
        earlier = [*list(before.sents)[len(earlier) - _BACK :], *earlier]
    yield from reversed(earlier[-_BACK:])


def _plural_first(found: list[Token], pronoun: Token) -> list[Token]:
    """ "The firm sacked six drivers. They …": the drivers, though a firm may be "they" too."""
    if pronoun.lower_ in _ONE:
        return found
    plural = [t for t in found if t.lower_ not in word_class("collectives")]
    return plural or found


def _leads(token: Token) -> bool:
    return token.dep_ in _SUBJECT


def _only(found: list[Token]) -> Token | None:
    return found[-1] if len({t.lemma_.lower() for t in found}) == 1 else None


def _governing(pronoun: Token, found: list[Token]) -> Token | None:
    """The subject of a clause above the pronoun's: "the firm told the council that it blamed"."""
    subjects = {t.i: t for t in found if _leads(t)}
    for ancestor in pronoun.ancestors:
        subject = arguments.surface_subject(ancestor) if ancestor.pos_ == "VERB" else None
        if subject is not None and subject.i in subjects:
            return subjects[subject.i]
    return None


def _fitting(tokens: Sentence, pronoun: Token, lexicon: Lexicon) -> Iterator[Token]:
    many = pronoun.lower_ in _MANY
    for token in tokens:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "nmod", "appos"):
            continue
        joined = token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN")
        if joined and many:
            continue  # of "the bank and the museum" the first stands for both
        plural = token.tag_ in ("NNS", "NNPS") or joined or _is_joined(token)
        collective = token.lower_ in word_class("collectives")
        if plural != many and not collective:
            continue
        if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY"):
            continue
        if token.ent_type_ in ("GPE", "LOC", "FAC") and token.dep_ == "pobj":
            continue
        if not many and _is_person(token, lexicon):
            continue
        if parties.is_party(token, lexicon):
            yield token


def _is_joined(token: Token) -> bool:
    return any(c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN") for c in token.children)


def _is_person(token: Token, lexicon: Lexicon) -> bool:
    if token.ent_type_ == "PERSON":
        return True
    lemma = token.lemma_.lower()
    return lemma in lexicon.words["people"] and lemma not in lexicon.words["bodies"]
