"""Relative clauses without a pronoun: "the clerk the mayor accused has left"."""

from spacy.tokens import Doc, Token

_ARTICLES = frozenset("a an the this that one his her its their our my".split())
_SUBJECT = ("nsubj", "nsubjpass")
_COMPLETE = (*_SUBJECT, "agent", "aux", "auxpass", "dobj")
# Whom nobody names: "the man Ada Orr accused" is not a man with the name of Ada Orr.
_ANY_PERSON = frozenset("boy boys girl girls man men people person persons woman women".split())


def mend_reduced_relatives(doc: Doc) -> None:
    """Two nouns side by side are no one noun whose latter was accused: the latter accuses."""
    for verb in doc:
        _mend(verb)


def _mend(verb: Token) -> None:
    if verb.dep_ not in ("acl", "relcl") or verb.tag_ not in ("VBN", "VBD"):
        return
    if verb.i == verb.sent.start or any(c.dep_ in _COMPLETE for c in verb.children):
        return
    subject = verb.nbor(-1)
    start = subject.left_edge.i
    if start == subject.sent.start:
        return
    whom = subject.doc[start - 1]
    if whom.pos_ != "NOUN" or not _begins(whom):
        return
    named = subject.pos_ == "PROPN" and whom.lower_ in _ANY_PERSON
    told = subject.pos_ == "NOUN" and subject.left_edge.lower_ in _ARTICLES
    if not (named or told) or whom.dep_ not in _SUBJECT or whom.head.i < verb.i:
        return
    if verb.head not in (subject, whom) or subject.head not in (whom, whom.head):
        return
    if subject.dep_ not in ("appos", *_SUBJECT):
        return
    subject.head, subject.dep_ = verb, "nsubj"
    verb.head, verb.dep_, verb.tag_ = whom, "relcl", "VBD"


def _begins(noun: Token) -> bool:
    return any(c.lower_ in _ARTICLES for c in noun.lefts)
