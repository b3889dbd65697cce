"""Is a verb asked about rather than told?"""

from spacy.tokens import Token

from index.attribution.syntax import child

_QUOTES = frozenset(['"', "'", "“", "”", "‘", "’", "«", "»", "''", "``"])


def _is_told_first(verb: Token) -> bool:
    """ "Hale blames us, did you see?": a statement that a comma parts from the question."""
    asked = verb.head
    if verb.dep_ not in ("advcl", "ccomp", "parataxis") or verb.i > asked.i:
        return False
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or child(verb, "mark", "advmod", "aux") is not None:
        return False
    subject, end = child(verb, "nsubj"), verb.right_edge.i + 1
    inverted = [c for c in asked.lefts if c.dep_ in ("aux", "advmod", "dobj") and c.i >= end]
    return subject is not None and asked.doc[end].text == "," and bool(inverted)


def _ends_quoted(verb: Token) -> bool:
    """'"Did I accuse him?" asked Orr': the question that is quoted ends before the sentence."""
    if verb.dep_ not in ("ccomp", "ROOT", "parataxis"):
        return False
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.text == "?":
            return token.i + 1 < len(verb.doc) and token.nbor(1).text in _QUOTES
        if token.text in _QUOTES or token.text in ".!;:":
            return False
    return False


def is_asked(verb: Token) -> bool:
    """Does the verb belong to the question that its sentence or its quotation ends with?"""
    if _ends_quoted(verb):
        return True
    for token in reversed(list(verb.sent)):
        if token.text == "?":
            return not _is_told_first(verb) and verb.dep_ in (
                "ROOT",
                "conj",
                "xcomp",
                "ccomp",
                "relcl",
                "advcl",
                "acl",
                "parataxis",
            )
        if not (token.is_punct or token.is_space):
            return False
    return False
