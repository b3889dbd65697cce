"""How far the noun phrase of a party reaches."""

from spacy.tokens import Doc, Token

from index.attribution.cues import word_class
from index.attribution.parties import COUPLE, named_apposition
from index.attribution.syntax import antecedent, child

MAX_WORDS = 12


# "complaints by parents at the school against Orr": he is no part of whose they are.
_ENDS = frozenset(["(", "[", "{", "against"])


_KEPT = frozenset(
    [
        "det",
        "amod",
        "compound",
        "poss",
        "nummod",
        "nmod",
        "quantmod",
        "predet",
        "npadvmod",
        "advmod",
        "case",
    ]
)


_PREPOSITIONS = frozenset(["of", "for", "in", "at", "from", "to"])


# A name that stands for a pronoun ends before these: "Councillor Orr for the bins".
_PLACING = frozenset(["for", "in", "at", "from", "to"])


_TEMPORAL = frozenset(["DATE", "TIME"])


def extent(head: Token) -> tuple[int, int]:
    """The tokens of a party, with the name that follows a description of it."""
    start, end = _phrase(head)
    name = named_apposition(head)
    if name is not None:
        name_start, name_end = _phrase(name)
        if name_end > end:
            return (
                (start, name_end) if name_end - start <= MAX_WORDS + 1 else (name_start, name_end)
            )
    return start, end


def words(head: Token) -> str | None:
    """The phrase of a party as it reads in the parsed text, None where a verb strayed into it."""
    start, end = extent(head)
    if head.pos_ == "PROPN":
        after = (t.i for t in head.doc[head.i + 1 : end] if t.lower_ in _PLACING)
        end = next(after, end)
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in head.doc[start:end]):
        return None
    return str(head.doc[start:end].text)


def possessed(head: Token) -> str | None:
    """ "whose engineers" in words that stand alone: "the firm's engineers"."""
    whose = child(head, "poss")
    owner = antecedent(whose) if whose is not None and whose.lower_ == "whose" else None
    named = words(owner) if owner is not None else None
    if whose is None or named is None:
        return None
    rest = head.doc[whose.i + 1 : extent(head)[1]].text
    return f"{named}'{'' if named.endswith('s') else 's'} {rest}"


def _phrase(head: Token) -> tuple[int, int]:
    """Modifiers and short complements, no clauses, dates or appositions."""
    doc = head.doc
    start = head.i
    for c in head.lefts:
        if c.dep_ in _KEPT and not (
            c.lower_ == "what"  # "What Orr blames them for"
            or (c.dep_ == "npadvmod" and c.right_edge.nbor(1).text == ",")  # "on Monday, Orr"
            or (
                c.dep_ in ("advmod", "predet")
                and c.lower_ not in ("all", "so", "very", "most", "former", "then")
            )
        ):
            start = min(start, c.left_edge.i)
    entity_end = head.i + 1
    while (
        entity_end < len(doc)
        and doc[entity_end].ent_iob_ == "I"
        and doc[entity_end].dep_ != "case"
        and head.ent_type_
        and not (doc[entity_end].dep_ == "prep" and doc[entity_end].head.i < start)
        and not (doc[entity_end].text == "," and _begins_clause(doc, entity_end + 1, head))
    ):
        entity_end += 1
    end = head.i + 1
    for c in head.rights:
        if c.dep_ == "prep" and c.lower_ in _PREPOSITIONS and c.left_edge.i == end:
            obj = child(c, "pobj")
            if obj is None or obj.ent_type_ in _TEMPORAL:
                break
            aside = _aside(obj)
            if aside is None and _has_clause(c):
                break
            if c.lower_ not in ("of", "for") and obj.pos_ not in ("PROPN", "NOUN"):
                break
            if c.lower_ == "in" and obj.lower_ in word_class("circumstances"):
                break
            edge = aside if aside is not None else c.right_edge.i + 1
            if edge - start > MAX_WORDS:
                break
            end = edge
        elif c.dep_ == "conj" and c.left_edge.i == end + 1 and doc[end].text == "&":
            end = c.right_edge.i + 1
        elif c.dep_ == "cc" and c.text == "&":
            continue
        elif (
            c.dep_ in ("compound", "nmod", "nummod", "flat")
            or (
                c.dep_ == "appos"
                and c.pos_ == "PROPN"
                and c.left_edge.i == end
                and doc[end].text != ","
            )
        ) and c.left_edge.i == end:
            end = c.right_edge.i + 1
        else:
            break
    if (
        entity_end > end
        and head.ent_type_ in ("PERSON", "ORG", "GPE")
        and entity_end - start <= MAX_WORDS
    ):
        end = entity_end
    while (
        end == entity_end
        and head.pos_ == "PROPN"
        and head.lemma_.lower() in word_class("people")
        and end < len(doc)
        and doc[end].pos_ == "PROPN"
    ):
        end, entity_end = end + 1, entity_end + 1  # "Health Minister Ann Orr", read as two parties
    if start > 1 and doc[start - 1].lower_ == "and" and doc[start - 2].lower_ in COUPLE:
        start -= 2
    while start < head.i and (
        doc[start].is_punct
        or doc[start].lower_ in ("even", "only", "and", "but")
        or (doc[start].lower_ in ("both", "either", "neither") and child(head, "conj") is not None)
    ):
        start += 1
    end = next((k for k in range(head.i + 1, end) if doc[k].text in _ENDS), end)
    while end - 1 > head.i and (
        doc[end - 1].is_punct or doc[end - 1].dep_ in ("case", "cc", "prep")
    ):
        end -= 1
    if end - start > MAX_WORDS:
        start, end = max(start, head.i - 6), head.i + 1
    if start < head.i and doc[start].text in ("'s", "’s"):
        start += 1
    return start, _slogan_end(doc, end, head)


_IN_SLOGANS = frozenset("off up out down together against before without beyond now".split())


def _slogan_end(doc: Doc, end: int, head: Token) -> int:
    """Where a name ends that is a slogan: "Hands Off the Weir", "Mothers Against Mines"."""
    lower = sum(t.text.islower() for t in head.sent)
    plain = 2 * lower > sum(t.is_alpha for t in head.sent)  # no headline in capitals
    if not plain or end + 1 >= len(doc) or doc[end].lower_ not in _IN_SLOGANS:
        return end
    if not (head.text[0].isupper() and doc[end].text[0].isupper()):
        return end
    last = end + 1
    while last < len(doc) and (doc[last].text[0].isupper() or doc[last].tag_ in ("POS", "DT")):
        last += 1
    return last if doc[last - 1].tag_ != "DT" else end


def _begins_clause(doc: Doc, i: int, head: Token) -> bool:
    """Is what follows a comma within a name the subject of the clause: "to Orr, Lind had gone"?"""
    if head.ent_type_ == "PERSON" or i >= len(doc):
        return True
    return any(t.dep_ in ("nsubj", "nsubjpass") for t in doc[i : i + 3])


def _aside(noun: Token) -> int | None:
    """Where "who" begins after a place or a body: "the cyclists in Mill Lane, who"."""
    clauses = [c for c in noun.rights if c.dep_ in ("relcl", "acl", "advcl", "ccomp", "conj")]
    if len(clauses) != 1 or clauses[0].dep_ != "relcl":
        return None
    first = clauses[0].left_edge
    if (
        first.lower_ == "who"
        and first.i == noun.i + 1
        and noun.lemma_.lower() not in word_class("people")
    ):
        return int(first.i)
    return noun.i + 1 if first.i == noun.i + 2 and first.nbor(-1).text == "," else None


def _has_clause(preposition: Token) -> bool:
    return any(t.dep_ in ("relcl", "acl", "advcl", "ccomp", "conj") for t in preposition.subtree)
