"""Clauses in one dependency parse (the ClearNLP labels of spaCy's English models)."""

from collections.abc import Iterator

from spacy.tokens import Token

from index.attribution.cues import load_lexicon, word_class

_PERSONS = frozenset(["him", "her", "them", "me", "us", "you"])
# "ahead of the vote" is not "of the vote".
_COMPLEX = frozenset(
    ["according", "ahead", "because", "instead", "due", "owing", "prior", "regardless", "thanks"]
)
_PLACES = frozenset(["ORG", "GPE", "LOC", "FAC"])
_NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])
RELATIVE = frozenset(["who", "whom", "which", "that", "whose"])
REFLEXIVE = frozenset(
    ["himself", "herself", "itself", "themselves", "myself", "yourself", "ourselves", "oneself"]
)


def child(token: Token, *labels: str) -> Token | None:
    return next((c for c in token.children if c.dep_ in labels), None)


def prepositions(token: Token, words: frozenset[str]) -> Iterator[Token]:
    """The prepositional children of a token, or of a particle of it, with one of these words."""
    for c in token.children:
        if c.dep_ in ("prep", "dative", "agent", "prt", "advmod") and c.lower_ in words:
            if any(g.dep_ in ("pobj", "pcomp") for g in c.children) and not _is_set(c):
                yield c
        elif c.dep_ in ("prt", "advmod", "prep") and c.i > token.i and c.lower_ not in _COMPLEX:
            for g in c.children:
                if g.dep_ == "prep" and g.lower_ in words:
                    yield g


def stranded(verb: Token, words: frozenset[str]) -> tuple[Token, Token] | None:
    """ "the firm she complains about": the preposition that ends the clause, and its noun."""
    subject = child(verb, "nsubj")
    if verb.dep_ != "relcl" or subject is None or subject.lower_ in RELATIVE:
        return None
    for place in (verb, *(c for c in verb.rights if c.dep_ in ("dobj", "prt", "advmod", "prep"))):
        for c in place.rights:
            ends = c.i + 1 >= len(c.doc) or c.nbor(1).pos_ not in ("NOUN", "PROPN", "DET", "ADJ")
            if c.lower_ in words and complement(c) is None and ends:
                noun = verb.head
                counted = noun.pos_ == "NUM" and noun.lower_ == "one"
                return (c, noun) if counted or noun.pos_ in _NOMINAL else None
    return None


_SET = frozenset(["home", "last", "least", "length", "once", "times", "work"])


def _is_set(preposition: Token) -> bool:
    """ "at home", "at length": an adverb, whatever is at home."""
    found = child(preposition, "pobj")
    return preposition.lower_ == "at" and found is not None and found.lower_ in _SET


def complement(preposition: Token) -> Token | None:
    return child(preposition, "pobj", "pcomp")


def is_passive(verb: Token) -> bool:
    if verb.lemma_ in word_class("never_passive") or verb.tag_ == "VBG":
        return False  # "the club's complained", "who's been accusing": has, not is
    if any(c.dep_ in ("nsubjpass", "auxpass", "csubjpass") for c in verb.children):
        return True
    if verb.tag_ == "VBD" and verb.dep_ == "conj" and child(verb, "agent") is not None:
        # "was booed and called a crook by the crowd"
        return child(verb, "nsubj") is None and is_passive(verb.head)
    if verb.tag_ != "VBN":
        return _is_brought(verb) or _is_headline(verb)
    own = child(verb, "nsubj")
    if own is not None:
        if own.lower_ in REFLEXIVE and verb.dep_ == "ccomp":
            return True  # "found himself accused"
        return _is_headline(verb)
    if verb.dep_ == "acl" and verb.head.dep_ == "ROOT":
        labels = sum(c.dep_ == "oprd" for c in verb.rights)  # "The vicar called Orr a liar"
        if labels > 1 or child(verb, "dobj", "ccomp") is not None:
            return False  # a main verb that the parser took for a participle
    if verb.dep_ in ("acl", "amod"):
        return not any(c.dep_ == "aux" for c in verb.children)
    if any(c.dep_ == "aux" and c.lemma_ in ("have", "'ve", "’ve") for c in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        own_subject = child(verb, "nsubj")
        return own_subject is None and is_passive(verb.head)
    if verb.dep_ == "advcl" and any(c.dep_ == "conj" and child(c, "dobj") for c in verb.children):
        return False  # "accused, blamed and mocked her"
    return verb.dep_ in ("advcl", "dep", "ROOT", "xcomp", "ccomp", "acomp") and not any(
        c.dep_ in ("nsubj", "dobj") for c in verb.children
    )


_REASONS = {
    "accuse": frozenset(["of", "over"]),
    "blame": frozenset(["for", "over"]),
    "charge": frozenset(["with", "over"]),
    "fine": frozenset(["for", "over"]),
}


def _is_headline(verb: Token) -> bool:
    """ "Mayor accused of lying", "Developer slammed by campaigners": the "was" is left out."""
    subject = child(verb, "nsubj")
    if subject is None or subject.pos_ == "PRON" or verb.tag_ not in ("VBN", "VBD"):
        return False
    if verb.dep_ not in ("ROOT", "ccomp") or subject.i > verb.i:
        return False
    if any(c.dep_ in ("aux", "auxpass", "dobj", "dative", "ccomp", "xcomp") for c in verb.children):
        return False
    bare = child(subject, "det", "poss") is None and subject.left_edge.i == verb.sent.start
    why = next(prepositions(verb, _REASONS.get(verb.lemma_, frozenset(["for", "over"]))), None)
    reason = complement(why) if why is not None and why.i > verb.i else None
    if verb.lemma_ in _REASONS and reason is not None and (bare or verb.lemma_ == "accuse"):
        return True
    if not any(cue.target == "object" for cue in load_lexicon().verbs.get(verb.lemma_, ())):
        return False
    why_so = bare and reason is not None and reason.ent_type_ not in ("DATE", "TIME")
    if verb.lemma_ == "sue" and why is not None and why.lower_ == "for":
        # "Orr sued for peace", where a headline "Firm sued for fraud" has no full stop
        why_so = why_so and verb.sent[-1].text != "."
    if why_so and verb.lemma_ not in word_class("also_intransitive"):
        return True  # "Council slammed over potholes": what it slammed would follow
    return any(c.dep_ == "agent" and child(c, "pobj") is not None for c in verb.children)


def _is_brought(verb: Token) -> bool:
    """ "An accusation levelled at the mayor by the firm has": a participle read as a main verb."""
    subject = child(verb, "nsubj") if verb.tag_ == "VBD" else None
    return (
        subject is not None
        and subject.lemma_.lower() in word_class("charges")
        and verb.lemma_ in word_class("bringing")
        and child(verb, "dobj") is None
    )


def antecedent(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    if pronoun.lower_ not in RELATIVE:
        return None
    for ancestor in pronoun.ancestors:
        if ancestor.dep_ == "relcl":
            noun = ancestor.head
            if pronoun.lower_ in ("who", "whom"):
                noun = _clefted(ancestor) or _person_above(noun, pronoun)
            return noun if noun.pos_ in ("NOUN", "PROPN", "PRON") or counts(noun) else None
        if ancestor.dep_ == "ccomp" and ancestor.head.lemma_ == "be":
            # "it is Korin whom the ministry blames"
            return child(ancestor.head, "attr")
        if ancestor.dep_ in ("ROOT", "ccomp", "advcl"):
            return None
    return None


def _clefted(clause: Token) -> Token | None:
    """ "It was the baker, a man from the next village, who blamed him": the baker.

    A cleft sentence has to have its relative clause, wherever the parser hangs it.
    """
    for ancestor in clause.ancestors:
        if ancestor.lemma_ == "be":
            subject, focus = child(ancestor, "nsubj"), child(ancestor, "attr")
            if subject is None or subject.lower_ != "it" or focus is None:
                return None
            noun = clause.head
            named = any(
                c.dep_ == "appos" or (c.dep_ == "compound" and c.pos_ == "PROPN")
                for c in focus.children
            )
            if is_actor(noun) and not (named or is_actor(focus)):
                return None  # "it was a slip of the clerk who accused her"
            ended = any(c.dep_ == "relcl" and c != clause for c in focus.children)
            return focus if not ended and focus.i < clause.i else None
    return None


def _person_above(noun: Token, pronoun: Token) -> Token:
    """ "parents at the school who", "the head of the Foundation, who": the persons."""
    people, bodies = word_class("people"), word_class("bodies")
    between = (c for c in noun.rights if c.dep_ == "appos" and c.i < pronoun.i)
    apposed = next(between, None)
    if noun.ent_type_ in _PLACES and apposed is not None and apposed.left_edge.nbor(-1).text == ",":
        body = noun.ent_type_ == "ORG" and apposed.pos_ != "PROPN"
        if not (body and apposed.lemma_.lower() not in people):
            return apposed  # "speaking in Westham, Korin, who"
    node = noun
    while node.dep_ == "pobj" and not (node.ent_type_ == "PERSON" or node.lemma_.lower() in people):
        above = node.head.head
        if above.ent_type_ == "PERSON" or above.lemma_.lower() in people:
            return above
        if above.pos_ == "PROPN" and node.pos_ == "PROPN" and node.head.lower_ == "of":
            return above  # "the Association of Orn Bakers, who"
        body = above.lemma_.lower() in bodies and node.lemma_.lower() not in bodies
        if body and not node.ent_type_:
            return above  # "the board of the theatre, whom"
        if node.ent_type_ not in _PLACES:
            break
        node = above
    return noun


def whole_word(noun: Token) -> str:
    """ "cover-up", which is three tokens, in lower case."""
    start = noun.i
    while start > 1 and noun.doc[start - 1].text == "-" and not noun.doc[start - 2].whitespace_:
        start -= 2
    return str(noun.doc[start : noun.i + 1].text.lower())


def counts(number: Token) -> bool:
    """ "three of the nine councillors" """
    return number.tag_ == "CD" and any(c.lower_ == "of" for c in number.children)


def is_actor(noun: Token) -> bool:
    """Somebody with a name, a group or a kind of person, as against "by the river"."""
    if counts(noun) or noun.lower_ in _PERSONS:
        return True
    words = load_lexicon().words
    named = child(noun, "appos")
    if noun.lemma_.lower() in words["people"] | words["bodies"]:
        return True
    return (named is not None and named.ent_type_ == "PERSON") or bool(
        noun.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
        or noun.tag_ == "NNS"
        or noun.pos_ == "PROPN"
    )


def is_finite(verb: Token) -> bool:
    """A verb with a tense, its own or that of its auxiliary, and so with a subject of its own."""
    words = [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))]
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words)


def auxiliaries(verb: Token) -> Iterator[Token]:
    yield from (c for c in verb.children if c.dep_ in ("aux", "auxpass"))
    shared = verb.dep_ == "conj" and child(verb, "nsubj", "nsubjpass", "aux") is None
    if shared and verb.head.pos_ in ("VERB", "AUX"):
        yield from auxiliaries(verb.head)
