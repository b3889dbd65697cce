"""The clause that says what somebody says, also where the parser hangs it on a noun nearby."""

from spacy.tokens import Token

from index.attribution import syntax
from index.attribution.cues import word_class
from index.attribution.stray_subjects import inverted_speaker


def content_clause(verb: Token) -> Token | None:
    """The clause that a verb of speech reports.

    One with "that" goes before one without, which may be a sentence that a colon has joined.
    """
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    marked = (c for c in clauses if c.i > verb.i and _has_that(c))
    return next(marked, None) or next(iter(clauses), None)


def host_clause(verb: Token) -> Token | None:
    """The sentence that is broken off for the verb: "The board, Orr alleged, had hidden it"."""
    if inverted_speaker(verb) is not None and verb.dep_ == "parataxis":
        return verb.head if verb.head.pos_ in ("VERB", "AUX") else None
    if verb.i + 1 >= len(verb.doc) or verb.nbor(1).text != ",":
        return None
    host = verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBD" and verb.head.dep_ == "appos":
        host = verb.head.head.head  # "The board, the vicar alleged, had": read as who it is
        if syntax.child(verb, "prep", "agent", "dobj", "nsubj") is not None:
            return None
    elif verb.dep_ != "parataxis":
        return None
    start = verb.head.left_edge.i if verb.dep_ == "acl" else verb.left_edge.i
    broken = (start > 0 and verb.doc[start - 1].text == ",") or verb.left_edge.text == ","
    return host if broken and host.pos_ in ("VERB", "AUX") and host.i > verb.i else None


def stray_clause(verb: Token) -> Token | None:
    """The content of "said in a letter that …" and "told the paper that …".

    The parser reads it like the relative clause of "a letter that they sent". It is no such clause
    when "that" has no place in it, as it has its own subject and its own object; nor is it the
    content of a noun, as in "rejected the claim that".
    """
    if verb.i + 1 >= verb.right_edge.i:
        return None
    for that in verb.doc[verb.i + 2 : verb.right_edge.i]:
        clause, noun = that.head, that.nbor(-1)
        if that.lower_ != "that" or that.dep_ not in ("mark", "dobj", "advmod"):
            continue
        if that.dep_ == "advmod" and syntax.child(noun, "det") is not None:
            continue  # "the day that the mill burned"
        if (
            clause.dep_ in ("relcl", "acl", "ccomp")
            and clause.i > that.i
            and clause.head.pos_ in ("NOUN", "PROPN", "PRON")
            and (that.dep_ in ("mark", "advmod") or _is_complete(clause, that))
        ):
            return clause if _is_beside(noun, verb) else None
    return None


def _is_beside(noun: Token, verb: Token) -> bool:
    """Does the noun only say to whom, where or when: "to the end of his life"?"""
    node = noun
    while node != verb:
        if node.dep_ not in ("dobj", "dative", "pobj", "prep", "npadvmod") or node.head == node:
            return False
        node = node.head
    return noun.lemma_.lower() not in word_class("takers_of_that")


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
