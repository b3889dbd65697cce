"""Who does what a verb says, and whom or what it is done to, in one dependency parse."""

from spacy.tokens import Token

from index.attribution import clefts
from index.attribution.agents import agent
from index.attribution.coordination import is_coordinated, joined_clause, reporting_verb
from index.attribution.cues import word_class
from index.attribution.listing import is_left_out
from index.attribution.parted_objects import parted_object
from index.attribution.stray_subjects import (
    absolute_subject,
    adjacent_subject,
    apologiser,
    compound_subject,
    inverted_subject,
    is_treated,
    judged_doer,
    nearer_subject,
    parted_subject,
    pictured_subject,
    real_subject,
    stray_subject,
    subject_after_conjunction,
    wisher,
)
from index.attribution.syntax import (
    REFLEXIVE,
    RELATIVE,
    antecedent,
    child,
    complement,
    is_actor,
    is_finite,
    is_passive,
)

_REASON = frozenset(["for", "of", "over", "from", "into"])
_OPEN = RELATIVE | {"what"}
_LEFT_OPEN = frozenset(
    ["anybody", "anyone", "someone", "somebody", "what", "who", "whom", "whoever"]
)


def surface_subject(verb: Token, depth: int = 0) -> Token | None:
    """The subject that a verb has or shares with the verb that governs it, passive or not."""
    if depth > 8:
        return None
    own = child(verb, "nsubj", "nsubjpass")
    if own is not None and own.lower_ in RELATIVE and verb.dep_ == "relcl":
        # "whom Korin blamed": the parser may give the clause two subjects
        own = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > own.i), own)
    elif own is not None and verb.dep_ != "relcl":
        own = nearer_subject(verb, own)
    if own is None:
        # "We do, however, hold him responsible": the subject hung on the auxiliary
        auxiliary = (c for c in verb.children if c.dep_ in ("aux", "auxpass"))
        own = next((s for c in auxiliary if (s := child(c, "nsubj", "nsubjpass"))), None)
    if own is None:
        own = (
            inverted_subject(verb)
            or parted_subject(verb)
            or stray_subject(verb)
            or compound_subject(verb)
            or subject_after_conjunction(verb)
        )
        if own is None and verb.dep_ in ("ROOT", "ccomp", "relcl", "advcl", "parataxis"):
            own = adjacent_subject(verb)
    if own is not None:
        return real_subject(own) or _referent(own)
    pictured = pictured_subject(verb)
    if pictured is not None:
        return pictured
    head, label = verb.head, verb.dep_
    if label == "csubj" and verb.tag_ == "VBG":
        first = verb.sent[0]
        if first.head == head and first.text[0].isupper() and first.i == verb.i - 2:
            return first  # "Quill, blaming Rudd, walked out"
    if child(verb, "expl", "csubj") is not None:
        return None
    report = reporting_verb(verb) if label == "conj" else None
    reporter = surface_subject(report, depth + 1) if report is not None else None
    if reporter is not None:
        return reporter
    if label == "conj" and head.dep_ in ("acomp", "attr") and head.i < verb.i:
        return surface_subject(joined_clause(verb), depth + 1)  # "was furious and accused"
    if label in ("conj", "dep") and head.pos_ in ("VERB", "AUX") and head.i < verb.i:
        outer = head.head.head
        leftover = head.dep_ == "acl" and head.head.dep_ == "dobj" and outer.pos_ in ("VERB", "AUX")
        if leftover and verb.tag_ in ("VBD", "VBZ", "VBP") and head.tag_ == "VBN":
            return surface_subject(outer, depth + 1)  # "has no money left and rebuked"
        return surface_subject(head, depth + 1)
    if (
        label == "conj"
        and head.i < verb.i
        and head.pos_ == "NOUN"
        and head.dep_ in ("dobj", "pobj")
    ):
        return surface_subject(head.head, depth + 1)
    if label == "ccomp" and verb.tag_ in ("VBD", "VBZ", "VBP") and is_coordinated(verb):
        return surface_subject(head, depth + 1)
    if label in ("xcomp", "ccomp") and not is_finite(verb):
        return _controller(verb, depth)
    if label in ("advcl", "prep", "acomp"):
        if head.pos_ in ("VERB", "AUX") and (
            verb.tag_ in ("VBG", "VBN") or child(verb, "aux") is not None
        ):
            outside = absolute_subject(verb) or wisher(verb, head) or _noticed(verb, depth)
            return outside or surface_subject(head, depth + 1)
        return None
    places = {head.lower_, *(c.lower_ for c in head.lefts)} & {"first", "last", "only", "latest"}
    first = places and head.dep_ == "attr" and head.head.lemma_ == "be"
    if label in ("acl", "relcl") and verb.tag_ == "VB" and first:
        return surface_subject(head.head, depth + 1)  # "Orr was the first to accuse"
    if label == "acl":
        if head.dep_ == "pobj" and head.head.dep_ == "agent" and verb.tag_ == "VBG":
            above = head.head.head  # "was seen by Orr accusing Lind": not Orr accuses
            if above.lemma_ in word_class("noticing") and verb.nbor(-1).text != ",":
                return surface_subject(above, depth + 1)
        if verb.tag_ == "VB" and head.lemma_ in word_class("abstract"):
            return _owner(head) or (
                surface_subject(head.head, depth + 1) if head.dep_ in ("dobj", "attr") else None
            )
        if head.dep_ == "pobj" and head.head.lower_ == "to" and verb.tag_ == "VBG":
            # "wrote to Lund accusing Berg": the writer accuses, not Lund
            above = head.head.head
            if above.pos_ == "VERB" and above.lemma_ in word_class("addressing"):
                return surface_subject(above, depth + 1)
        if head.dep_ == "appos" and head.head.dep_ == "ROOT" and verb.tag_ == "VBN":
            return head.head  # "Orr, a lawyer, in turn hit out": read as a lawyer who was hit
        return head if head.pos_ in ("NOUN", "PROPN", "PRON") else None
    if label == "relcl" and head.pos_ in ("NOUN", "PROPN", "PRON"):
        bare = verb.head.dep_ == "ROOT"  # "The abbey in turn suspected Orr", read as one that did
        return head if bare or verb.tag_ in ("VB", "VBG", "VBN") else None
    if label == "pcomp":
        governor = head.head
        if (sorry := apologiser(head)) is not None:
            return sorry
        if head.lower_ == "from" and governor.lemma_ in word_class("preventing"):
            kept = surface_object(governor, depth + 1)
            return kept if kept is not None else surface_subject(governor, depth + 1)
        if head.lower_ in _REASON and governor.pos_ in ("VERB", "AUX"):
            patient = surface_object(governor, depth + 1)
            if patient is not None and (
                governor.lemma_ in word_class("object_control")
                or _judges(governor)
                or (head.lower_ == "for" and is_treated(patient))
            ):
                return patient
        if governor.pos_ in ("VERB", "AUX"):
            return surface_subject(governor, depth + 1)
        if (
            governor.pos_ in ("NOUN", "PROPN", "PRON")
            and governor.dep_ in ("dobj", "nsubjpass", "pobj")
            and head.lower_ in _REASON
            and governor.head.pos_ in ("VERB", "ADP")
            and _judges(governor.head if governor.head.pos_ == "VERB" else governor.head.head)
        ):
            if governor.head.dep_ == "agent":  # "accused by Orr of lying": not Orr lied
                return surface_subject(governor.head.head, depth + 1)
            return governor
        if governor.pos_ == "ADJ" and governor.dep_ == "amod" and governor.i > governor.head.i:
            return governor.head  # "Orr, tired of blaming", "Orr never tired of blaming"
        if governor.pos_ in ("NOUN", "ADJ", "ADV"):
            return _owner(governor) or (
                surface_subject(governor.head, depth + 1)
                if governor.dep_ in ("dobj", "acomp", "attr", "advmod", "pobj")
                and governor.head.pos_ in ("VERB", "AUX")
                else None
            )
        return None
    if label == "parataxis":
        return None
    return None


def _noticed(verb: Token, depth: int) -> Token | None:
    """ "caught Orr accusing Lind": Orr accuses, where no comma parts him from it."""
    above = verb.head
    if verb.tag_ != "VBG" or above.lemma_ not in word_class("noticing"):
        return None
    if verb.left_edge.i == 0 or verb.left_edge.nbor(-1).text == ",":
        return None
    patient = surface_object(above, depth + 1)
    return patient if patient is not None and patient.i < verb.i and is_actor(patient) else None


def _judges(verb: Token) -> bool:
    return verb.lemma_ in word_class("judging")


def _owner(noun: Token) -> Token | None:
    owner = child(noun, "poss")
    return owner if owner is not None else None


def _controller(verb: Token, depth: int) -> Token | None:
    head = verb.head
    judged = judged_doer(verb)
    if judged is not None:
        return judged
    if head.pos_ in ("ADJ", "NOUN") and head.dep_ in ("acomp", "attr", "oprd"):
        head = head.head
    patient = child(head, "dobj", "dative")
    if patient is not None and patient.i < verb.i and head.lemma_ in word_class("object_control"):
        return _referent(patient)
    if head.pos_ in ("VERB", "AUX"):
        found = surface_subject(head, depth + 1)
        expletive = found is not None and found.lower_ in ("it", "there") and head.lemma_ == "be"
        return None if expletive else found
    return None


def surface_object(verb: Token, depth: int = 0) -> Token | None:
    """What is acted on: an object, the subject of a passive, what a relative clause is about."""
    if depth > 8:
        return None
    if is_passive(verb):
        if verb.dep_ == "acl":
            return child(verb, "nsubjpass") or _parted_subject(verb) or verb.head
        if verb.dep_ == "amod":
            return verb.head
        subject = surface_subject(verb, depth + 1)
        if subject is not None and subject.lower_ in REFLEXIVE and subject.i < verb.i:
            # "found himself accused": who he is
            return surface_subject(subject.head if subject.head != verb else verb.head, depth + 1)
        return subject
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"]
    if objects:
        # "told them that she blamed Korin": the parser may take "that" for an object too
        meant = (o for o in objects if o.lower_ not in _OPEN and not is_left_out(o))
        own = next(meant, objects[0])
        last = objects[-1]
        if own.pos_ == "ADJ" and last.pos_ == "PROPN" and last.left_edge.i == own.i + 1:
            own = last  # "accused the trawler owners Orr & Lind": read as two objects
        return (clefts.focus(verb) if own.lower_ in _LEFT_OPEN else None) or _referent(own)
    clefted = clefts.focus(verb) if verb.dep_ == "ccomp" else None
    if clefted is not None:
        return clefted
    late = [c for c in verb.children if c.dep_ == "nsubj"]
    if len(late) > 1 and late[0].i < verb.i < late[1].i and late[1].i - verb.i < 4:
        return late[1]  # "accuses Saetre, her co-author, of": read as a second subject
    whom = next((c for c in verb.children if c.lower_ == "whom"), None)
    if verb.dep_ == "relcl" and child(verb, "nsubj") is not None:
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        if len(subjects) > 1 and subjects[0].lower_ in RELATIVE:
            return antecedent(subjects[0]) or verb.head
        if any(c.lower_ in RELATIVE for c in subjects):
            return _object_before_conjunct(verb)
        if any(
            c.dep_ == "prep" and c.lower_ in ("on", "at", "against") and complement(c) is None
            for c in verb.children
        ):
            return None
        meant = (antecedent(whom) if whom is not None else None) or verb.head
        counted = meant.lower_ == "one"  # "the only one she blames"
        return meant if counted or meant.pos_ in ("NOUN", "PROPN", "PRON") else None
    return _object_before_conjunct(verb) or parted_object(verb)


def _parted_subject(participle: Token) -> Token | None:
    """ "Quill was in a letter to the court accused": Quill, and not the court, was."""
    node = participle.head
    while node.dep_ == "pobj" and node.head.dep_ == "prep":
        above = node.head.head
        if above.lemma_ == "be":
            circumstance = node.lower_ in word_class("circumstances") or node.ent_type_ == "DATE"
            subject = child(above, "nsubj") if circumstance else None
            whole = child(above, "attr", "acomp") is None and node.head.i == above.i + 1
            return subject if whole and above.i < participle.i else None
        node = above
    return None


def _object_before_conjunct(verb: Token) -> Token | None:
    """ "condemned and accused the board": the object of the last verb belongs to the first too."""
    follower = child(verb, "conj")
    if follower is not None and follower.pos_ == "VERB" and child(follower, "nsubj") is None:
        between = verb.doc[verb.i + 1 : follower.i]
        if all(t.dep_ in ("cc", "advmod", "punct", "neg") for t in between):
            found = child(follower, "dobj")
            return _referent(found) if found is not None else None
    return None


def doer(verb: Token) -> Token | None:
    """Who does what the verb says: the subject, or the agent of a passive."""
    return agent(verb) if is_passive(verb) else surface_subject(verb)


def _referent(token: Token | None) -> Token | None:
    if token is None or token.lower_ not in RELATIVE:
        return token
    return antecedent(token) or (token if token.lower_ == "who" else None)
