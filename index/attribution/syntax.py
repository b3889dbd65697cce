"""Who does what to whom in one dependency parse (the ClearNLP labels of spaCy's English models)."""

from collections.abc import Iterator

from spacy.tokens import Token

from index.attribution.cues import Lexicon

RELATIVE = frozenset(["who", "whom", "which", "that", "whose"])
_MODALS = frozenset(
    [
        "can",
        "could",
        "may",
        "might",
        "should",
        "would",
        "must",
        "ca",
        "shall",
        "wo",
        "will",
        "'ll",
        "’ll",
        "'d",
        "’d",
    ]
)
_CONDITIONS = frozenset(["if", "unless", "whether", "lest"])
_NO_ONE = frozenset(["nobody", "none", "neither", "nothing", "no-one"])
_NEVER = frozenset(["not", "n't", "n’t", "never", "hardly", "scarcely", "nor", "neither", "no"])
_OBJECT_CONTROL = frozenset(
    [
        "ask",
        "urge",
        "tell",
        "order",
        "force",
        "prompt",
        "lead",
        "cause",
        "allow",
        "enable",
        "encourage",
        "persuade",
        "convince",
        "push",
        "press",
        "get",
        "instruct",
        "beg",
        "invite",
        "drive",
        "provoke",
        "induce",
        "help",
        "compel",
        "pressure",
        "see",
        "hear",
        "have",
        "want",
        "expect",
        "leave",
        "advise",
        "warn",
        "challenge",
        "command",
        "direct",
        "permit",
        "require",
        "condemn",
        "criticize",
        "criticise",
        "accuse",
        "blame",
        "praise",
        "thank",
        "fault",
        "attack",
        "slam",
        "denounce",
        "sue",
    ]
)
_BELIEFS = frozenset(
    [
        "think",
        "hope",
        "believe",
        "expect",
        "fear",
        "wonder",
        "imagine",
        "suspect",
        "guess",
        "suppose",
        "doubt",
        "assume",
        "bet",
    ]
)
_REASON = frozenset(["for", "of", "over", "from", "into"])


def child(token: Token, *labels: str) -> Token | None:
    return next((c for c in token.children if c.dep_ in labels), None)


def prepositions(token: Token, words: frozenset[str]) -> Iterator[Token]:
    """The prepositional children of a token, or of a particle of it, with one of these words."""
    for c in token.children:
        if c.dep_ in ("prep", "dative", "agent", "prt", "advmod") and c.lower_ in words:
            if any(g.dep_ in ("pobj", "pcomp") for g in c.children):
                yield c
        elif c.dep_ in ("prt", "advmod", "prep") and c.i > token.i:
            for g in c.children:
                if g.dep_ == "prep" and g.lower_ in words:
                    yield g


def complement(preposition: Token) -> Token | None:
    return child(preposition, "pobj", "pcomp")


def is_passive(verb: Token) -> bool:
    if any(c.dep_ in ("nsubjpass", "auxpass", "csubjpass") for c in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if child(verb, "nsubj") is not None:
        return False
    if verb.dep_ in ("acl", "amod"):
        return not any(c.dep_ == "aux" for c in verb.children)
    if any(c.dep_ == "aux" and c.lemma_ in ("have", "'ve", "’ve") for c in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        own_subject = child(verb, "nsubj")
        return own_subject is None and is_passive(verb.head)
    return verb.dep_ in ("advcl", "dep", "ROOT", "xcomp", "ccomp") and not any(
        c.dep_ in ("nsubj", "dobj") for c in verb.children
    )


def antecedent(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    if pronoun.lower_ not in RELATIVE:
        return None
    for ancestor in pronoun.ancestors:
        if ancestor.dep_ == "relcl":
            return ancestor.head if ancestor.head.pos_ in ("NOUN", "PROPN", "PRON") else None
        if ancestor.dep_ in ("ROOT", "ccomp", "advcl"):
            return None
    return None


def _referent(token: Token | None) -> Token | None:
    if token is None or token.lower_ not in RELATIVE:
        return token
    return antecedent(token) or (token if token.lower_ == "who" else None)


def agent(verb: Token) -> Token | None:
    """Who does it, in a passive clause: the noun after "by"."""
    for c in verb.children:
        if c.dep_ in ("agent", "prep") and c.lower_ == "by":
            found = child(c, "pobj")
            if found is not None and found.pos_ in ("NOUN", "PROPN", "PRON"):
                return found
    # "accused of theft by Korin": the parser may hang "by" on the crime
    for preposition in verb.children:
        if preposition.dep_ == "prep" and preposition.lower_ in ("of", "for", "with"):
            for descendant in preposition.subtree:
                if descendant.lower_ == "by" and descendant.dep_ in ("agent", "prep"):
                    found = child(descendant, "pobj")
                    governor = descendant.head
                    if (
                        found is not None
                        and found.pos_ in ("NOUN", "PROPN", "PRON")
                        and governor.tag_ != "VBN"
                        and (governor.pos_ == "NOUN" or child(governor, "dobj") is not None)
                        and _is_named_or_plural(found)
                    ):
                        return found
    return None


def _is_named_or_plural(noun: Token) -> bool:
    return bool(
        noun.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
        or noun.tag_ == "NNS"
        or noun.pos_ == "PROPN"
    )


def surface_subject(verb: Token, depth: int = 0) -> Token | None:
    """The subject that a verb has or shares with the verb that governs it, passive or not."""
    if depth > 8:
        return None
    own = child(verb, "nsubj", "nsubjpass")
    if own is not None and own.lower_ in RELATIVE and verb.dep_ == "relcl":
        # "whom Korin blamed": the parser may give the clause two subjects
        own = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > own.i), own)
    if own is None:
        own = _inverted(verb) or _stray_subject(verb)
    if own is not None:
        return _referent(own)
    if child(verb, "expl", "csubj") is not None:
        return None
    head, label = verb.head, verb.dep_
    if label in ("conj", "dep") and head.pos_ in ("VERB", "AUX") and head.i < verb.i:
        return surface_subject(head, depth + 1)
    if (
        label == "conj"
        and head.i < verb.i
        and head.pos_ == "NOUN"
        and head.dep_ in ("dobj", "pobj")
    ):
        return surface_subject(head.head, depth + 1)
    if label in ("xcomp", "ccomp") and verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return _controller(verb, depth)
    if label in ("advcl", "prep"):
        if head.pos_ in ("VERB", "AUX") and (
            verb.tag_ in ("VBG", "VBN") or child(verb, "aux") is not None
        ):
            return surface_subject(head, depth + 1)
        return None
    if label == "acl":
        if verb.tag_ == "VB" and head.lemma_ in _ABSTRACT:
            return _owner(head) or (
                surface_subject(head.head, depth + 1) if head.dep_ in ("dobj", "attr") else None
            )
        if head.dep_ == "pobj" and head.head.lower_ == "with" and head.pos_ == "PRON":
            return head
        return head if head.pos_ in ("NOUN", "PROPN", "PRON") else None
    if label == "relcl" and head.pos_ in ("NOUN", "PROPN", "PRON"):
        return head if verb.tag_ in ("VB", "VBG", "VBN") else None
    if label == "pcomp":
        governor = head.head
        if head.lower_ in _REASON and governor.pos_ in ("VERB", "AUX"):
            patient = surface_object(governor, depth + 1)
            if patient is not None and (governor.lemma_ in _OBJECT_CONTROL or _judges(governor)):
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
            return governor
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


_ABSTRACT = frozenset(
    [
        "attempt",
        "effort",
        "decision",
        "move",
        "bid",
        "plan",
        "chance",
        "opportunity",
        "right",
        "way",
        "reason",
        "time",
        "need",
        "desire",
        "willingness",
        "refusal",
        "failure",
        "ability",
        "campaign",
        "intention",
        "threat",
        "vow",
        "pledge",
        "promise",
        "tendency",
        "letter",
        "statement",
        "speech",
        "courage",
        "nerve",
        "occasion",
        "platform",
        "power",
    ]
)
_JUDGES = frozenset(
    [
        "criticise",
        "criticize",
        "condemn",
        "denounce",
        "praise",
        "thank",
        "blame",
        "fault",
        "slam",
        "blast",
        "attack",
        "censure",
        "reprimand",
        "rebuke",
        "castigate",
        "sue",
        "accuse",
        "suspect",
        "convict",
        "fire",
        "sack",
        "dismiss",
        "arrest",
        "jail",
        "fine",
        "punish",
        "chide",
        "assail",
        "berate",
        "mock",
        "ridicule",
        "reproach",
        "scold",
        "commend",
        "applaud",
        "congratulate",
        "forgive",
        "pardon",
        "excuse",
        "ban",
        "suspend",
        "lambast",
        "lambaste",
        "excoriate",
        "upbraid",
        "admonish",
        "deride",
        "pillory",
        "indict",
        "charge",
        "acquit",
    ]
)


def _judges(verb: Token) -> bool:
    return verb.lemma_ in _JUDGES


def _owner(noun: Token) -> Token | None:
    owner = child(noun, "poss")
    return owner if owner is not None else None


def _inverted(verb: Token) -> Token | None:
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


def _stray_subject(verb: Token) -> Token | None:
    """A noun that begins the sentence of a finite verb, mislabelled for want of context."""
    if verb.dep_ != "ROOT" or verb.tag_ not in ("VBD", "VBZ", "VBP") or is_passive(verb):
        return None
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
    ):
        return lefts[0]
    return None


def _controller(verb: Token, depth: int) -> Token | None:
    head = verb.head
    if head.pos_ in ("ADJ", "NOUN") and head.dep_ in ("acomp", "attr", "oprd"):
        head = head.head
    patient = child(head, "dobj", "dative")
    if patient is not None and patient.i < verb.i and head.lemma_ in _OBJECT_CONTROL:
        return _referent(patient)
    if head.pos_ in ("VERB", "AUX"):
        return surface_subject(head, depth + 1)
    return None


def surface_object(verb: Token, depth: int = 0) -> Token | None:
    """What is acted on: the object, the subject of a passive, or the antecedent of a relative clause."""
    if depth > 8:
        return None
    if is_passive(verb):
        if verb.dep_ == "acl":
            return verb.head
        if verb.dep_ == "amod":
            return verb.head
        return surface_subject(verb, depth + 1)
    own = child(verb, "dobj", "dative")
    if own is not None and own.pos_ != "ADP":
        return _referent(own)
    if verb.dep_ == "relcl" and child(verb, "nsubj") is not None:
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        if len(subjects) > 1 and subjects[0].lower_ in RELATIVE:
            return verb.head
        if any(c.lower_ in RELATIVE for c in subjects):
            return _object_before_conjunct(verb)
        if any(
            c.dep_ == "prep" and c.lower_ in ("on", "at", "against") and complement(c) is None
            for c in verb.children
        ):
            return None
        return verb.head if verb.head.pos_ in ("NOUN", "PROPN", "PRON") else None
    return _object_before_conjunct(verb)


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


def auxiliaries(verb: Token) -> Iterator[Token]:
    yield from (c for c in verb.children if c.dep_ in ("aux", "auxpass"))
    if verb.dep_ == "conj" and child(verb, "nsubj", "nsubjpass", "aux") is None:
        if verb.head.pos_ in ("VERB", "AUX"):
            yield from auxiliaries(verb.head)


def _denied_here(verb: Token) -> bool:
    for c in verb.children:
        if c.dep_ == "neg" or (c.lower_ in _NEVER and c.dep_ in ("advmod", "preconj", "det", "cc")):
            if c.lower_ == "no" or c.lower_ == "nor":
                return True
            following = verb.doc[c.i + 1] if c.i + 1 < len(verb.doc) else None
            if following is not None and following.lower_ in ("only", "just", "merely"):
                continue
            return True
    subject = child(verb, "nsubj", "nsubjpass", "agent")
    if subject is not None:
        if subject.dep_ == "agent":
            subject = child(subject, "pobj") or subject
        if subject.lower_ in _NO_ONE or any(
            c.lower_ in ("no", "neither", "few", "nor") and c.dep_ in ("det", "amod", "preconj")
            for c in subject.children
        ):
            return True
        if subject.lower_ in ("one", "few") and any(c.lower_ == "no" for c in subject.children):
            return True
        if subject.lower_ == "few" and subject.dep_ == "nsubj":
            return True
    patient = child(verb, "dobj")
    return patient is not None and (
        patient.lower_ in _NO_ONE
        or any(c.dep_ == "det" and c.lower_ == "no" for c in patient.children)
    )


def polarity(verb: Token, lexicon: Lexicon) -> tuple[bool, bool]:
    """(negated, hypothetical): is what the verb says denied, or not said to have happened?

    Walks up from the verb through everything that it is the content, purpose or complement of,
    except reported speech: that A says it does not make it less reported.
    """
    negated = hypothetical = False
    factive, negative = lexicon.governors["factive"], lexicon.governors["negative"]
    node = verb
    for step in range(10):
        if node.pos_ in ("VERB", "AUX"):
            if _denied_here(node):
                negated = True
            for auxiliary in auxiliaries(node):
                if auxiliary.lower_ in _MODALS and not (
                    auxiliary.lower_ in ("'d", "’d") and node.tag_ == "VBN"
                ):
                    hypothetical = True
            if any(c.dep_ in ("mark", "advmod") and c.lower_ in _CONDITIONS for c in node.children):
                hypothetical = True
            if _asks(node):
                hypothetical = True
            if any(
                c.dep_ in ("parataxis", "ccomp")
                and c.lemma_.lower() in _BELIEFS
                and c.i > verb.i - 8
                and _is_aside(c)
                for c in node.children
            ):
                hypothetical = True
            if step == 0 and _is_imperative(node):
                hypothetical = True
        head = node.head
        if head.i == node.i:
            break
        label = node.dep_
        infinitive = node.tag_ == "VB" and any(
            c.dep_ == "aux" and c.lower_ == "to" for c in node.children
        )
        if label in ("xcomp", "ccomp") or (label == "advcl" and infinitive):
            word = head.lemma_.lower()
            governor = head
            if head.pos_ in ("ADJ", "NOUN", "ADV") and head.dep_ in (
                "acomp",
                "attr",
                "oprd",
                "advmod",
            ):
                governor = head
            own_clause = label == "ccomp" and node.tag_ in ("VBD", "VBZ", "VBP", "VBN", "MD")
            if word in negative:
                if not (word == "stop" and label == "advcl"):
                    negated = True
            elif (infinitive and label != "advcl" and word not in factive) or (
                infinitive and label == "advcl" and word in ("be", "need", "require")
            ):
                hypothetical = True
            if own_clause and not _denied_here(head):
                # a report of a report: what is above says nothing about this one
                if word in _BELIEFS:
                    hypothetical = True
                break
            if own_clause:
                negated = True
                break
            node = governor
            continue
        if label == "conj" and head.pos_ in ("VERB", "AUX"):
            if child(node, "nsubj", "nsubjpass") is not None and not _asks(head):
                break
            # "did not resign but accused": a finite conjunct of its own keeps its own polarity
            if node.tag_ in ("VBD", "VBZ", "VBP"):
                conditions = any(
                    c.dep_ in ("mark", "advmod") and c.lower_ in _CONDITIONS for c in head.children
                )
                hypothetical = hypothetical or conditions
                break
            node = head
            continue
        if label == "pcomp":
            word = head.lower_
            above = head.head
            if word in ("without", "instead", "against", "from", "than") and node.tag_ == "VBG":
                negated = (
                    negated
                    or word in ("without", "instead", "than")
                    or above.lemma_.lower() in negative
                )
            if above.lemma_.lower() in negative:
                negated = True
            judging = above if above.pos_ == "VERB" else above.head
            if word == "of" and judging.lemma_.lower() in ("accuse", "suspect"):
                hypothetical = True
            if word in ("of", "about", "for", "to") and above.lemma_.lower() in (
                "risk",
                "prospect",
                "possibility",
                "consider",
                "think",
                "way",
                "mean",
                "cost",
                "chance",
                "idea",
                "intention",
                "dream",
                "hope",
                "fear",
                "plan",
            ):
                hypothetical = True
            node = above
            continue
        if label == "acl" and infinitive:
            word = head.lemma_.lower()
            if word not in factive:
                hypothetical = True
            if word in ("refusal", "failure", "reluctance", "unwillingness"):
                negated = True
            break
        if label in ("advcl", "prep", "acomp", "attr", "oprd", "advmod"):
            if label == "advcl" and any(c.dep_ == "mark" for c in node.children):
                break
            if label == "advcl" and node.tag_ in ("VBG", "VBN"):
                # "Accusing X of Y, she did not stay": only what makes the main clause unreal counts
                if node.i > head.i or True:
                    auxiliary = any(
                        a.lower_ in ("would", "could", "might", "may") for a in auxiliaries(head)
                    )
                    hypothetical = hypothetical or auxiliary
                break
            if label == "prep":
                break
            node = head
            continue
        break
    return negated, hypothetical


def _is_aside(verb: Token) -> bool:
    """ ", I suspect,": a parenthesis with its own subject."""
    return (
        child(verb, "nsubj") is not None and verb.i + 1 < len(verb.doc) and verb.nbor(1).text == ","
    )


def _asks(verb: Token) -> bool:
    """Is the verb in a question rather than beside one?"""
    sentence = verb.sent
    last = sentence[-1]
    for token in reversed(list(sentence)):
        if token.is_punct or token.is_space:
            last = token
            if token.text == "?":
                break
            continue
        return False
    if last.text != "?":
        return False
    # '"Why?" she asked' ends otherwise; a question mark at the end covers the root clause
    return verb.dep_ in ("ROOT", "conj", "xcomp", "ccomp", "relcl", "advcl", "acl")


def _is_imperative(verb: Token) -> bool:
    return bool(
        verb.tag_ == "VB"
        and verb.dep_ == "ROOT"
        and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children)
    )
