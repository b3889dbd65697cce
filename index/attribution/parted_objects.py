"""Objects that something between commas parts from their verb."""

from spacy.tokens import Token

from index.attribution.syntax import child


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
    found: list[Token] = []
    for preposition in verb.rights:
        if preposition.dep_ != "prep":
            continue
        before = preposition.nbor(-1)
        nouns = [c for c in preposition.rights if c.dep_ == "pobj"]
        if len(nouns) == 2 and before.text == "," and before.i > verb.i:
            joint = before.nbor(-1).dep_ == "cc" and nouns[1].left_edge.nbor(-1).text == ","
            found += [nouns[1]] if joint else []
        if preposition.lower_ in ("along", "together") and before.text == ",":
            inner = child(preposition, "prep")
            with_whom = (
                child(inner, "pobj") if inner is not None and inner.lower_ == "with" else None
            )
            found += [with_whom] if with_whom is not None else []
    return found
