"""Subjects that the small parser has mislabelled, found by where they stand."""

from spacy.tokens import Token

from index.attribution.cues import load_lexicon, word_class
from index.attribution.syntax import child, is_actor, is_passive

_APOLOGIES = frozenset(["apology", "compensation", "damage", "retraction"])


def real_subject(member: Token) -> Token | None:
    """Who is meant by a subject that is only beside the real one.

    "Three clerks, among them Orr, accused": the clerks; "Also on Monday, Orr, 54, has": Orr.
    """
    if member.ent_type_ in ("DATE", "TIME"):
        apposed = child(member, "appos")
        return apposed if apposed is not None and apposed.pos_ == "PROPN" else None
    i = member.left_edge.i
    if member.left_edge.lower_ == "among":
        i += 2
    if i - member.sent.start < 4:
        return None
    among, them = member.doc[i - 2], member.doc[i - 1]
    if among.lower_ not in ("among", "amongst", "including") or them.lower_ not in ("them", "whom"):
        return None
    last = member.doc[i - 4]
    return last if member.doc[i - 3].text == "," and last.tag_ in ("NNS", "NNPS") else None


def nearer_subject(verb: Token, first: Token) -> Token:
    """ "Cross-examining, Orr accused": of two subjects the one that a comma does not part from it.

    "The clerk signed for nothing, says Orr": and after a comma and a tag the one behind it.
    """
    speaker = inverted_speaker(verb)
    if speaker is not None:
        return speaker
    second = next((c for c in verb.children if c.dep_ == first.dep_ and c.i > first.i), None)
    if second is None:
        return first
    beside = first.pos_ == "NOUN" and second.pos_ == "PROPN" and second.left_edge.i == first.i + 1
    if beside and first.dep_ == "nsubjpass":
        return second  # "the gas supplier Brisco Energy"
    if second.i > verb.i:
        tag = verb.lemma_ in word_class("tags") and verb.i and verb.nbor(-1).text == ","
        return second if tag else first
    if second.left_edge.lower_ == "among":
        return first
    return second if second.left_edge.i and second.left_edge.nbor(-1).text == "," else first


def judged_doer(verb: Token) -> Token | None:
    """ "It is unjust of Orr to accuse": Orr, who does it."""
    copula = verb.head.head if verb.head.pos_ == "ADJ" else verb.head
    subject, adjective = child(copula, "nsubj"), child(copula, "acomp")
    if copula.lemma_ != "be" or subject is None or subject.lower_ != "it" or adjective is None:
        return None
    of = (c for c in adjective.rights if c.dep_ == "prep" and c.lower_ == "of" and c.i < verb.i)
    through = next(of, None)
    return child(through, "pobj") if through is not None else None


def absolute_subject(verb: Token) -> Token | None:
    """ "The day ended badly, with the leader, Jo Marr, accusing": the leader, not the day."""
    beside = _measure_before(verb)
    if beside is not None:
        return beside
    subject = child(verb.head, "nsubj", "nsubjpass")
    if verb.tag_ != "VBG" or subject is None or subject.pos_ not in ("NOUN", "PRON"):
        return None
    words = load_lexicon().words
    if subject.lemma_.lower() in words["people"] | words["bodies"]:
        return None
    if subject.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return None
    if subject.pos_ == "PRON" and subject.lower_ not in ("it", "this", "that"):
        return None
    for preposition in verb.head.children:
        if preposition.lower_ == "with" and preposition.i and preposition.nbor(-1).text == ",":
            found = child(preposition, "pobj")
            between = verb.doc[preposition.right_edge.i + 1 : verb.i]
            if found is not None and preposition.i < verb.i and all(t.is_punct for t in between):
                return found
    return None


def _measure_before(verb: Token) -> Token | None:
    """ "The book failed, one critic, Jo Marr, accusing": the critic, read as by how much."""
    i = verb.i - 1
    while i > verb.sent.start and verb.doc[i].is_punct:
        i -= 1
    words = load_lexicon().words
    for c in verb.head.children:
        if c.dep_ not in ("npadvmod", "dep") or not c.left_edge.i <= i <= c.right_edge.i:
            continue
        somebody = c.ent_type_ == "PERSON" or c.lemma_.lower() in words["people"] | words["bodies"]
        parted = c.left_edge.i > 0 and c.left_edge.nbor(-1).text == ","
        if verb.tag_ == "VBG" and somebody and parted and c.i < verb.i:
            return c
    return None


def wisher(verb: Token, inner: Token) -> Token | None:
    """ "Orr wants him to go, accusing him", "Orr urged Lind to go, accusing him": nobody accuses
    himself, so Orr does."""
    patient, wish = child(verb, "dobj"), inner.head
    if patient is None or patient.pos_ != "PRON" or inner.dep_ not in ("ccomp", "xcomp"):
        return None
    doer = child(inner, "nsubj")
    if doer is None and inner.dep_ == "xcomp" and wish.lemma_ in word_class("object_control"):
        doer = child(wish, "dobj")
    if doer is None or doer == patient or doer.i > verb.i:
        return None
    same = doer.pos_ != "PRON" or doer.lower_ == patient.lower_
    parted = verb.left_edge.i and verb.doc[verb.left_edge.i - 1].text == ","
    return child(wish, "nsubj") if same and parted else None


def inverted_subject(verb: Token) -> Token | None:
    """The subject after the verb: '"…," said Korin'. The parser sometimes calls it an object."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i + 1 >= len(verb.doc):
        return None
    if verb.lemma_ not in (
        "say",
        "add",
        "write",
        "reply",
        "ask",
        "note",
        "explain",
        "report",
        "warn",
    ):
        return None
    previous = verb.doc[verb.i - 1] if verb.i else None
    if previous is None or previous.text not in ("”", '"', "''", ",", "’", "?", "!"):
        return None
    for c in verb.rights:
        if c.dep_ in ("dobj", "npadvmod", "attr", "dep", "oprd") and (
            c.pos_ == "PROPN"
            or c.lower_ in ("he", "she", "they")
            or c.ent_type_ == "PERSON"
            or child(c, "det")
        ):
            return c
        break
    return None


def parted_subject(verb: Token) -> Token | None:
    """ "The villain, says Korin, is the board": the villain, read as a subject of "says"."""
    said = verb.head if verb.dep_ == "ccomp" and verb.head.i < verb.i else child(verb, "parataxis")
    if said is None or said.i > verb.i or inverted_speaker(said) is None:
        return None
    return child(said, "nsubj")


def inverted_speaker(verb: Token) -> Token | None:
    """Who speaks in a tag that breaks off what he says: "The villain, says Korin, is the board"."""
    if verb.lemma_ not in word_class("tags") or verb.tag_ not in ("VBD", "VBZ") or verb.i < 2:
        return None
    before = verb.nbor(-1) if verb.nbor(-1).text == "," else verb.nbor(-2)
    first = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if before.text != "," or first is None or first.i > before.i:
        return None
    for c in verb.rights:
        if c.dep_ in ("nsubj", "dobj", "npadvmod") and c.pos_ in ("PROPN", "NOUN", "PRON"):
            after = c.right_edge.i + 1
            followed = after < len(verb.doc) and verb.doc[after].text == ","
            beside = c.left_edge.i == verb.i + 1
            return c if beside and followed and verb.dep_ in ("parataxis", "ROOT") else None
    return None


def stray_subject(verb: Token) -> Token | None:
    """A noun that begins the sentence of a finite verb, mislabelled for want of context."""
    if (
        verb.dep_ not in ("ROOT", "ccomp")
        or verb.tag_ not in ("VBD", "VBZ", "VBP")
        or is_passive(verb)
    ):
        return None
    first = verb.sent[0]
    if (
        first.head == verb
        and first.dep_ in ("csubj", "advmod", "dep", "intj", "npadvmod")
        and not first.is_stop
        and first.text[0].isupper()
        and not first.lower_.endswith("ly")
        and not list(first.children)
        and verb.i - first.i <= 3
        and (first.tag_ == "NNP" or first.dep_ == "csubj")
    ):
        return first
    if first.head == verb and first.text[0].isupper() and first.dep_ == "advmod":
        between = verb.doc[first.i + 1 : verb.i].text.lower()
        if between in ("in turn", "in return", "for his part", "for her part", "for its part"):
            return first  # "Quill in turn accused"
    for c in verb.lefts:
        # "Nora Finch, tired and furious, blames": a name read as the measure of an adjective
        name = child(c, "npadvmod") if c.pos_ == "ADJ" and c.dep_ in ("advcl", "amod") else None
        if name is not None and name.pos_ == "PROPN" and name.i < c.i and name.left_edge == first:
            return name
    for c in verb.lefts:
        # "The mob, egged on by Orr, denounced Lind": read as a clause "the mob egged on"
        whose = child(c, "nsubj") if c.dep_ == "advcl" and c.tag_ in ("VBD", "VBN") else None
        if whose is None or whose.right_edge.i + 2 > c.i:
            continue
        if whose.right_edge.nbor(1).text == "," and verb.nbor(-1).text == ",":
            return whose
    lefts = [
        c for c in verb.lefts if c.pos_ in ("PROPN", "NOUN") and c.ent_type_ not in ("DATE", "TIME")
    ]
    if len(lefts) == 1 and lefts[0].dep_ in (
        "npadvmod",
        "dep",
        "nmod",
        "dislocated",
        "attr",
        "dobj",
        "appos",
    ):
        return lefts[0]
    return None


def subject_after_conjunction(verb: Token) -> Token | None:
    """ "The session ended after members of the board accused Orr": read as after the members."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.dep_ not in ("advcl", "conj", "ccomp"):
        return None
    i = verb.i - 1
    while i > verb.sent.start and (verb.doc[i].pos_ == "ADV" or verb.doc[i].is_punct):
        i -= 1
    for noun in (verb.doc[i], *verb.doc[i].ancestors):
        after = noun.head
        if noun.dep_ == "pobj" and after.lower_ in _CONJUNCTIONS:
            main = after.head if after.head != verb else verb.head
            near = noun.left_edge.i == after.i + 1 and is_actor(noun)
            if main.pos_ not in ("VERB", "AUX") or not verb.sent.start < main.i < after.i:
                return None
            aside = after.nbor(-1).text == "," and verb.nbor(-1).text == ","
            return noun if near and not aside else None
        if noun.pos_ in ("VERB", "AUX"):
            return None
    return None


_CONJUNCTIONS = frozenset(["after", "before", "since", "until", "as", "because", "while"])


def adjacent_subject(verb: Token) -> Token | None:
    """A name right before a finite verb that the parse has given no subject."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or is_passive(verb):
        return None
    i = verb.i - 1
    while i > verb.sent.start and verb.doc[i].pos_ == "ADV":
        i -= 1
    before = verb.doc[i] if i >= verb.sent.start else None
    if before is None or before.pos_ != "PROPN" or before.dep_ in ("pobj", "dobj", "poss"):
        return None
    return before


def apologiser(preposition: Token) -> Token | None:
    """ "demanded an apology from Orr for accusing her": Orr, who is to apologise for it."""
    above = preposition.head
    apology = above if above.pos_ == "NOUN" else child(above, "dobj")
    if apology is None or preposition.lower_ != "for" or apology.lemma_ not in _APOLOGIES:
        return None
    places = [c for n in (apology, above) for c in n.children if c.lower_ == "from"]
    return next((child(p, "pobj") for p in places if p.i < preposition.i), None)


def is_treated(patient: Token) -> bool:
    """ "forgave Orr for accusing him": what somebody is loved, hated or paid for he has done.

    Not so with what one leaves, pays or uses: "paid damages for accusing".
    """
    if patient.dep_ not in ("dobj", "nsubjpass") or patient.head.lemma_ in ("leave", "quit", "use"):
        return False
    if patient.pos_ == "PROPN":
        return patient.ent_type_ in ("PERSON", "")
    return patient.pos_ == "PRON" or patient.lemma_.lower() in word_class("people")


def pictured_subject(verb: Token) -> Token | None:
    """ "a video of Lund insulting the queen": who does it stands between "of" and the gerund."""
    before = verb.doc[verb.i - 1] if verb.i > verb.sent.start else None
    if verb.tag_ != "VBG" or before is None or before.pos_ != "PROPN" or before.dep_ != "pobj":
        return None
    return before if before.head.lower_ in ("of", "with") else None


def compound_subject(verb: Token) -> Token | None:
    """ "which the bakers accuse": a finite verb has no compounds, so that is its subject."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    found = child(verb, "compound", "nmod")
    return found if found is not None and found.i == verb.i - 1 and found.pos_ != "VERB" else None
