"""What commas set off, so that the rest is easier to parse: names and interruptions.

"One of the clerks, Ann Orr, hit out at a rival, Ivo Lind, for it" is read rightly without the
names, which then stand in apposition to the clerk and the rival.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from index.attribution.cues import load_lexicon
from index.attribution.parties import is_somebody
from index.attribution.past_forms import judging
from index.attribution.syntax import child, counts

_CLOSING = frozenset([",", ";", ".", "?", "!", ")"])
_MAX_OFFICE = 4
_MAX_NAME = 5
_MAX_INTERRUPTION = 16
_MAX_PLACE = 6
_PLACE = frozenset(["ADP", "ADV", "DET", "ADJ", "NOUN", "PROPN"])
_PARTICLES = frozenset(["de", "van", "von", "der", "den", "di", "da", "al", "el", "bin", "ibn"])


@dataclass(frozen=True, slots=True)
class SetOff:
    """The words from `start` to before `end`, whose `name` is that of the person `host`."""

    start: int
    end: int
    host: int
    name: int


def names_set_off(sentence: Span) -> list[SetOff]:
    """The names between commas of a sentence in which the parser did not read them as such."""
    found = list(_names(sentence))
    return found if any(_is_misread(sentence, each) for each in found) else []


def _names(sentence: Span) -> Iterator[SetOff]:
    doc, last = sentence.doc, sentence.start
    for comma in sentence[1:-1]:
        if comma.text != "," or comma.i <= last:
            continue
        host = _person_before(comma, sentence.start)
        name = _name_after(doc, comma.i + 1, sentence.end)
        if host is None or name is None:
            continue
        end = name.i + 1
        if doc[end].text == "," and _goes_on(doc, end):
            end += 1
        last = end
        yield SetOff(comma.i, end, host.i, name.i)


def _goes_on(doc: Doc, comma: int) -> bool:
    """May the comma after the name go with it, as none stands before its clause?"""
    after = doc[comma + 1] if comma + 1 < len(doc) else None
    return after is not None and after.lower_ not in ("who", "whom", "whose", "which")


def _person_before(comma: Token, first: int) -> Token | None:
    """The rival in "a rival,", the one in "one of her clerks,"."""
    node = comma.nbor(-1)
    if node.tag_ == "NNS" and node.dep_ == "pobj" and node.head.lower_ == "of":
        share = node.head.head
        return share if counts(share) and share.lower_ == "one" and share.i >= first else None
    words = load_lexicon().words
    if node.lower_ == "one" and node.left_edge.lower_ in ("the", "this", "that"):
        return node  # "the current one, Ann Orr"
    if node.tag_ != "NN" or not node.text.islower() or not is_somebody(node):
        return None
    if node.lemma_ in words["bodies"] - words["people"]:
        return None
    determined = node.left_edge.lower_ != node.lower_ and child(node, "det", "poss") is not None
    return node if determined else None


def _name_after(doc: Doc, start: int, stop: int) -> Token | None:
    """The head of a name, with an office before it or without, that ends at a comma or a stop."""
    i = start
    while i < stop and i - start <= _MAX_OFFICE and doc[i].text.islower():
        if doc[i].pos_ not in ("NOUN", "ADJ", "VERB", "PROPN") or doc[i].tag_ == "NNS":
            return None
        i += 1
    if i > start and not is_somebody(doc[i - 1]):
        return None
    first = i
    while i < stop and (doc[i].text[0].isupper() or (i > first and doc[i].lower_ in _PARTICLES)):
        i += 1
    if not 2 <= i - first <= _MAX_NAME or i >= stop or doc[i].text not in _CLOSING:
        return None
    name = doc[i - 1]
    labels = {t.ent_type_ for t in doc[first:i]}
    if name.pos_ not in ("PROPN", "NOUN") or labels & {"DATE", "TIME", "GPE", "LOC"}:
        return None
    return name


def _is_misread(sentence: Span, name: SetOff) -> bool:
    """Is it anything but the apposition of the person before it, in a sentence with a verb?"""
    doc = sentence.doc
    host, called = doc[name.host], doc[name.name]
    apposed = called.dep_ == "appos" and called.head == host
    joined = any(c.dep_ in ("conj", "cc") and c.i > called.i for c in called.children)
    lost = sentence.root == host and any(judging(t.lower_) or t.pos_ == "VERB" for t in sentence)
    return not apposed or joined or lost


def interruption(verb: Token) -> range | None:
    """What parts a verb from its clause: "alleged, and nobody doubts it, that he had lied"."""
    doc, end = verb.doc, verb.sent.end - 1
    start = verb.i + 1
    while start < end and doc[start].text != ",":
        if start > verb.i + _MAX_PLACE or doc[start].pos_ not in _PLACE:
            return None
        start += 1
    if any(c.dep_ == "ccomp" and _is_that(c.left_edge) for c in verb.rights):
        return None
    for i in range(start + 2, min(end, start + _MAX_INTERRUPTION)):
        if doc[i].text == "," and _is_that(doc[i + 1]):
            if doc[i - 1].tag_ in ("VBZ", "VBP", "VBD"):
                return None  # "believes, and on that basis alleges, that"
            return range(start, i + 1)
    return None


def _is_that(token: Token) -> bool:
    return bool(token.lower_ == "that" and token.dep_ != "det")


def apposed(deps: list[str], heads: list[int], name: SetOff) -> None:
    """Put a name in apposition to its person, in the labels and the heads of a text."""
    for i in range(name.start, name.end):
        if i > name.name or i == name.start:
            heads[i], deps[i] = name.host, "punct"
        elif i < name.name:
            heads[i], deps[i] = name.name, "compound"
    heads[name.name], deps[name.name] = name.host, "appos"
