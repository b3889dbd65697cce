"""The clause that says what somebody says, also where the parser hangs it on a noun nearby."""

from collections.abc import Iterator

from spacy.tokens import Token

from index.attribution import syntax


def content_clause(verb: Token) -> Token | None:
    """The clause that a verb of speech reports.

    One with "that" goes before one without, which may be a sentence that a colon has joined.
    """
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    marked = (c for c in clauses if c.i > verb.i and _has_that(c))
    return next(marked, None) or next(iter(clauses), None)


def stray_clause(verb: Token) -> Token | None:
    """The content of "said in a letter that …" and "told the paper that …".

    The parser reads it like the relative clause of "a letter that they sent". It is none when
    "that" has no place in it: the clause has its own subject and its own object.
    """
    for noun in _neighbours(verb):
        for c in noun.children:
            if c.dep_ not in ("relcl", "acl", "ccomp") or c.i < noun.i:
                continue
            that = next((g for g in c.children if g.lower_ == "that" and g.i < c.i), None)
            if that is None or that.i != noun.i + 1:
                continue
            if that.dep_ == "mark" or (that.dep_ == "dobj" and _is_complete(c, that)):
                return c
    return None


def _neighbours(verb: Token) -> Iterator[Token]:
    """Nouns between a verb and its clause: who hears it, where it is written."""
    for c in verb.children:
        if c.i < verb.i:
            continue
        if c.dep_ in ("dobj", "dative") and c.pos_ in ("NOUN", "PROPN", "PRON"):
            yield c
        elif c.dep_ == "prep":
            place = syntax.child(c, "pobj")
            if place is not None:
                yield place


def _is_complete(clause: Token, that: Token) -> bool:
    """Has the clause all that its verb wants, "that" left out?"""
    subject = syntax.child(clause, "nsubj", "nsubjpass")
    if subject is None or subject == that:
        return False
    objects = [c for c in clause.children if c.dep_ in ("dobj", "ccomp", "xcomp", "acomp")]
    particle = next((c for c in clause.children if c.lower_ in _PARTICLES and c.i > clause.i), None)
    return any(c != that for c in objects) or (
        particle is not None and syntax.child(particle, "pobj") is not None
    )


_PARTICLES = frozenset(["off", "up", "out", "down", "over", "away", "in"])


def _has_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
