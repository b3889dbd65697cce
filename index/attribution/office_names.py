"""Names beside an office with a place in it: "the mayor of Westham, Dieter Jost, accused".

The small parser often hangs the name on the place, and takes the verb for a participle.
"""

from spacy.tokens import Doc, Token

from index.attribution.cues import load_lexicon
from index.attribution.parties import is_somebody
from index.attribution.past_forms import judging
from index.attribution.syntax import child

_OF = frozenset(["of", "for", "at", "in", "to"])
_MAX_NAME = 5


def mend_office(comma: Token) -> None:
    """Join the name behind a comma to the office before it, and give the verb its subject."""
    if comma.text != "," or comma.i == 0 or comma.i + 2 >= len(comma.doc):
        return
    doc = comma.doc
    name = _name_after(doc, comma.i + 1)
    office = _office_before(comma)
    if name is None or office is None or name.sent.start != office.sent.start:
        return
    end = name.i + 1
    closed = end >= len(doc) or doc[end].is_punct or doc[end].lower_ in ("of", "for", "and")
    if not closed:
        return
    place = doc[comma.i - 1]
    verb = _verb_after(doc, end, office, name, place)
    if verb is not None:
        _make_root(verb, office)
    if place == office:
        return
    above = name.head
    plural = name.dep_ == "appos" and above.tag_ == "NNS" and above.is_ancestor(office)
    if above in (place, office) or plural or place.is_ancestor(name):
        joined = any(c.dep_ == "cc" and c.i < name.i for c in name.head.children)
        if name.is_ancestor(office) or (name.dep_ == "conj" and joined):
            return
        for c in [c for c in name.rights if c.dep_ in ("cc", "conj")]:
            c.head = office
        name.head, name.dep_ = office, "appos"
        if office.pos_ == "PROPN" and office.text.islower():
            office.pos_, office.tag_ = "NOUN", "NN"
        _free_matter(place, name, office)


def _name_after(doc: Doc, start: int) -> Token | None:
    """The head of a person's name that begins at a token."""
    end = start
    while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
        end += 1
    if not 2 <= end - start <= _MAX_NAME:
        return None
    head = doc[end - 1]
    other = any(t.ent_type_ in ("GPE", "LOC", "ORG", "FAC") for t in doc[start:end])
    if other and head.ent_type_ != "PERSON":
        return None
    return head


def _office_before(comma: Token) -> Token | None:
    """The mayor in "the mayor of the port of Westham," and in "Westham's mayor,"."""
    node = comma.nbor(-1)
    if node.dep_ != "pobj" and node.tag_ == "NN" and _is_person(node):
        return node
    for _ in range(4):
        while node.dep_ in ("compound", "poss") and node.head.i > node.i:
            node = node.head
        if node.dep_ != "pobj" or node.head.lower_ not in _OF:
            return None
        node = node.head.head
        if _is_person(node):
            return node
    return None


def _is_person(noun: Token) -> bool:
    words = load_lexicon().words
    if {noun.lemma_.lower(), noun.lower_} & words["people"]:
        return True
    return noun.lemma_.lower() not in words["bodies"] and is_somebody(noun)


def _verb_after(doc: Doc, end: int, office: Token, name: Token, place: Token) -> Token | None:
    """A main verb that was read as a participle of the office, its name or its place."""
    if end >= len(doc) or doc[end].text != "," or office.dep_ != "ROOT":
        return None
    for token in doc[end + 1 : end + 6]:
        lemma = judging(token.lower_) if token.dep_ in ("amod", "compound") else None
        if lemma is not None and token.head.head in (office, name, place):
            if token.head.left_edge != token or token.head.dep_ not in ("appos", "conj"):
                return None
            token.tag_, token.pos_, token.lemma_ = "VBN", "VERB", lemma
            return token
        if token.pos_ == "VERB" and token.tag_ in ("VBN", "VBD"):
            if token.dep_ not in ("acl", "relcl", "conj", "dep", "appos"):
                return None
            acts = child(token, "dobj", "ccomp", "xcomp") is not None
            return token if acts and token.head in (office, name, place) else None
        if token.pos_ not in ("ADV", "AUX", "ADP", "PROPN"):
            return None
    return None


def _make_root(verb: Token, office: Token) -> None:
    stop = next((c for c in office.rights if c.dep_ == "punct" and c.i > verb.right_edge.i), None)
    noun = verb.head if verb.dep_ in ("amod", "compound") else None
    verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
    if noun is not None:
        noun.head, noun.dep_ = verb, "dobj"
    office.head, office.dep_ = verb, "nsubj"
    if stop is not None:
        stop.head = verb


def _free_matter(place: Token, name: Token, office: Token) -> None:
    """ "accused by the mayor of Delft, Piet Blom, of fraud": "of fraud" belongs to the verb."""
    verb = next((t for t in office.ancestors if t.pos_ == "VERB"), None)
    if verb is None or verb.i > name.i:
        return
    for c in [*place.rights, *name.rights]:
        if c.dep_ == "prep" and c.i > name.i and c.nbor(-1).text == ",":
            c.head = verb
