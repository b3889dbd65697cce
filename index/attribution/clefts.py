"""Sentences that say whom a clause leaves open: "Who I blame is Orr", "it's Orr we blame"."""

from spacy.tokens import Doc, Token

from index.attribution.syntax import child

OPEN = frozenset(["what", "who", "whom", "where", "whoever"])
ANYBODY = frozenset(["anyone", "anybody", "someone", "somebody"])
_ASKED = frozenset(["ccomp", "xcomp", "pcomp"])


def copula_of(verb: Token) -> Token | None:
    """The "is" beside which stands whom a judging clause means, None where it leaves nobody open.

    "Who I blame is Orr", "It is at Orr that he points", "If you ask me whom I blame, it's Orr",
    "If I blame anyone, it's Orr".
    """
    above = verb.head
    if verb.dep_ == "csubj" and above.lemma_ == "be":
        return above if _is_open(verb) else None
    if verb.dep_ in ("ccomp", "relcl", "advcl") and _says_it_is(above) and above.i < verb.i:
        marked = any(c.lower_ == "that" and c.i < verb.i for c in verb.lefts)
        cleft = marked and child(verb, "nsubj") is not None and child(above, "acomp") is None
        return above if cleft else None
    node = verb
    if _is_open(verb):
        while node.dep_ in _ASKED:
            node = node.head
    elif not (_is_own(verb) and _is_anybody(child(verb, "dobj"))):
        return None
    supposed = any(c.dep_ == "mark" and c.lower_ == "if" for c in node.children)
    main = node.head
    return main if node.dep_ == "advcl" and supposed and _says_it_is(main) else None


def focus(verb: Token) -> Token | None:
    """Whom a clause means that leaves its object open."""
    copula = copula_of(verb)
    found = child(copula, "attr") if copula is not None else None
    return found if found is not None and copula is not None and found.i > copula.i else None


def is_settled(verb: Token) -> bool:
    """ "The person I'd blame is Orr", "If I blame anyone, it's Orr": I do, when I say so."""
    copula = copula_of(verb)
    if copula is not None and verb.dep_ in _ASKED:
        return True
    if copula is None and verb.dep_ == "relcl" and verb.head.dep_ == "nsubj":
        copula = verb.head.head if verb.head.head.lemma_ == "be" else None
    return copula is not None and copula.tag_ in ("VBZ", "VBP") and _is_own(verb)


def is_not_meant(verb: Token) -> bool:
    """ "Who I blame isn't Orr": somebody, but not him."""
    copula = copula_of(verb)
    return copula is not None and child(copula, "neg") is not None and focus(verb) is not None


def mend_open_clause(doc: Doc) -> None:
    """ "Where he points the finger is at Orr": read as if the finger were at Orr."""
    for first in doc:
        _mend_reduced(first)
        verb = first.head
        if not first.is_sent_start or first.lower_ not in OPEN or verb.dep_ != "ROOT":
            continue
        copula = next((c for c in verb.rights if c.dep_ == "ccomp" and c.lemma_ == "be"), None)
        noun = child(copula, "nsubj") if copula is not None else None
        if copula is None or noun is None or noun.left_edge.i != verb.i + 1:
            continue
        if copula.tag_ not in ("VBZ", "VBP", "VBD") or doc[verb.sent.end - 1].text == "?":
            continue
        noun.head, noun.dep_ = verb, "dobj"
        copula.head, copula.dep_ = copula, "ROOT"
        verb.head, verb.dep_ = copula, "csubj"
        for c in [c for c in verb.rights if c.dep_ == "punct" and c.i > copula.i]:
            c.head = copula


def _mend_reduced(who: Token) -> None:
    """ "Who the clerks accused was Orr": read as the clerks who were accused."""
    copula = who.head
    if not who.is_sent_start or who.lower_ not in OPEN or copula.lemma_ != "be":
        return
    subject = child(copula, "nsubj")
    verb = (
        child(subject, "acl") if subject is not None and subject.left_edge.i == who.i + 1 else None
    )
    if subject is None or verb is None or verb.i != subject.i + 1 or verb.i + 1 != copula.i:
        return
    verb.head, verb.dep_, verb.tag_ = copula, "csubj", "VBD"
    who.head, who.dep_ = verb, "dobj"
    subject.head = verb


def _is_open(verb: Token) -> bool:
    first = verb.left_edge
    return first.lower_ in OPEN and first.i < verb.i


def _is_own(verb: Token) -> bool:
    subject = child(verb, "nsubj")
    denied = child(verb, "neg") is not None
    return subject is not None and subject.lower_ in ("i", "we") and not denied


def _is_anybody(noun: Token | None) -> bool:
    return noun is not None and noun.lower_ in ANYBODY


def _says_it_is(verb: Token) -> bool:
    subject = child(verb, "nsubj")
    return verb.lemma_ == "be" and subject is not None and subject.lower_ == "it"
