"""Objects that something between commas parts from their verb."""

from spacy.tokens import Token

from index.attribution.syntax import child

_LONGEST_ASIDE = 8
_NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])
_INNER = frozenset(["compound", "poss", "nmod", "amod"])
_LOOSE = frozenset(["conj", "dobj", "dep", "npadvmod", "appos", "pobj"])
_VERBAL = frozenset(["VERB", "AUX"])


def parted_object(verb: Token) -> Token | None:
    """ "blames, by turns, the firm and the vicar": read as joined to the turns.

    What stands between the commas has to be a preposition and its noun, and the object to begin
    right behind the second comma.
    """
    i = verb.i + 1
    if i + 3 >= verb.sent.end or verb.doc[i].text != ",":
        return None
    preposition = verb.doc[i + 1]
    noun = child(preposition, "pobj")
    if preposition.dep_ != "prep" or preposition.head != verb or noun is None:
        return None
    joined = [c for c in noun.rights if c.dep_ in ("conj", "appos")]
    joined += [c for c in verb.rights if c.dep_ in ("dep", "npadvmod", "appos", "conj")]
    found = joined[0] if joined else None
    if found is None or found.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    comma = found.left_edge.i - 1
    between = verb.doc[noun.i + 1 : found.left_edge.i]
    return (
        found if verb.doc[comma].text == "," and not any(t.dep_ == "cc" for t in between) else None
    )


def added_objects(verb: Token) -> list[Token]:
    """Who is blamed besides: "and, to a lesser extent, the firm", "along with the firm"."""
    found = _behind_asides(verb)
    for preposition in verb.rights:
        if preposition.dep_ != "prep":
            continue
        before = preposition.nbor(-1)
        if preposition.lower_ in ("along", "together") and before.text == ",":
            inner = child(preposition, "prep")
            with_whom = (
                child(inner, "pobj") if inner is not None and inner.lower_ == "with" else None
            )
            found += [with_whom] if with_whom is not None else []
    return found


def _behind_asides(verb: Token) -> list[Token]:
    """The yard in "blames the minister and, for good measure, the yard", wherever it is hung."""
    found: list[Token] = []
    for joint in verb.rights:
        start = joint.i + 1
        if joint.dep_ != "cc" or start >= verb.sent.end or verb.doc[start].text != ",":
            continue
        inside = verb.doc[start + 2 : min(start + _LONGEST_ASIDE, verb.sent.end)]
        comma = next((t for t in inside if t.text == ","), None)
        after = verb.doc[comma.i + 1 : verb.sent.end] if comma is not None else ()
        noun = next((t for t in after if t.pos_ in _NOMINAL and t.dep_ not in _INNER), None)
        if noun is None or noun.dep_ not in _LOOSE or any(t.pos_ in _VERBAL for t in after):
            continue
        again = verb.doc[noun.i + 1 : noun.i + 2].text.lower()
        before = {t.lower_ for t in verb.doc[verb.i : joint.i] if t.dep_ == "prep"}
        if again not in before:  # "of theft and, in a letter, Roth of fraud" has its own matter
            found.append(noun)
    return found
