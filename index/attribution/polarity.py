"""Is what a cue says said to have happened, denied, or only imagined?"""

from spacy.tokens import Token

from index.attribution.clefts import is_not_meant, is_settled
from index.attribution.cues import Lexicon, word_class
from index.attribution.hearsay import is_fitness, is_hearsay, is_impersonal, is_rumoured
from index.attribution.intentions import means_to_sue, will_sue
from index.attribution.parties import ONLY, contrasted
from index.attribution.performing import is_announced, is_declared, is_performed
from index.attribution.questions import is_asked
from index.attribution.stray_subjects import judged_doer
from index.attribution.syntax import auxiliaries, child

_MODALS = frozenset("can could may might should would must ca shall wo will 'll ’ll 'd ’d".split())
_UNREAL_MODALS = frozenset(["would", "could", "might", "may"])
_CONDITIONS = frozenset(["if", "unless", "whether", "lest"])
_NOBODY = frozenset(["nobody", "none", "neither", "nothing", "no-one", "few", "hardly"])
_NEVER = frozenset(
    "nowhere not n't n’t never hardly scarcely barely rarely seldom nor neither no".split()
)
_ABLE = frozenset(["can", "could", "ca"])
_ANYBODY = frozenset(["anyone", "anybody", "whoever", "whomever"])
_INSTEAD = frozenset(["instead of", "rather than", "far from", "short of", "anything but"])
_CHOICES = frozenset(["alternative", "choice", "option"])
_OF_WHAT = frozenset(["of", "for", "with"])
_EXCEPT = frozenset(["but", "except", "less", "more", "other", "short", "worse"])
_IN_JEST = frozenset(["facetiously", "jestingly", "jokingly", "playfully", "teasingly"])
_DEPTH = 10


def polarity(verb: Token, lexicon: Lexicon) -> tuple[bool, bool]:
    """(negated, hypothetical) of a verb.

    Walks up from the verb through everything that it is the complement or purpose of. Reported
    speech ends the walk: that somebody says it does not make it less reported.
    """
    negated = _is_instead(verb) or is_not_meant(verb)
    hypothetical = _is_imperative(verb)
    node = verb
    unstopped: Token | None = None
    joined = False
    for _ in range(_DEPTH):
        if node.pos_ in ("VERB", "AUX"):
            negated = negated or (node != unstopped and is_denied(node, shared=joined))
            hypothetical = hypothetical or _is_unreal(node)
        if node.head.i == node.i:
            break
        above, denied, imagined = _step(node, lexicon)
        joined = node.dep_ == "conj"
        if denied and _is_doubly_denied(above, lexicon):
            denied, unstopped = False, above
        negated, hypothetical = negated or denied, hypothetical or imagined
        if above is None:
            break
        node = above
    return negated, hypothetical and not is_settled(verb)


def _is_doubly_denied(above: Token | None, lexicon: Lexicon) -> bool:
    """ "has not stopped her from accusing", "did not hesitate to accuse": it was done.

    The implicative verbs of Karttunen (1971), whose complement holds when they are denied.
    """
    if above is None:
        return False
    held_back = above.lemma_.lower() in lexicon.words["preventing"] | lexicon.words["omitting"]
    return (held_back and is_denied(above)) or _is_helpless(above)


def is_denied(verb: Token, *, shared: bool = False) -> bool:
    """Does the clause of the verb itself say no: "did not", "nobody", "no board"?

    What a verb shares with one joined to it is its subject and its "not", not its object.
    """
    if _is_helpless(verb):
        return False
    for c in verb.children:
        if c.dep_ == "neg" and any(
            contrasted(t) is not None and c.i in (t.left_edge.i, t.left_edge.i - 1)
            for t in verb.rights
        ):
            continue  # "accuses not the vicar but the clerks"
        words = {c.lower_, *(g.lower_ for g in c.children)} if c.dep_ == "advmod" else {c.lower_}
        if c.dep_ == "neg" and c.i > verb.i and verb.pos_ == "VERB" and c.nbor(-1).text == ",":
            continue
        if c.dep_ == "cc" and c.i > verb.i:
            continue  # "blamed the mill, nor did she accuse": what follows is denied
        if c.dep_ == "neg" or (words & _NEVER and c.dep_ in ("advmod", "preconj", "det", "cc")):
            following = verb.doc[c.i + 1] if c.i + 1 < len(verb.doc) else None
            if following is not None and following.lower_ in ("only", "just", "merely"):
                continue
            return True
        if c.dep_ in ("aux", "auxpass") and c.i and c.nbor(-1).lower_ in ("nor", "neither"):
            return True  # "nor did the firm say"
    for c in verb.children:
        # "At no time did the firm say"
        time = child(c, "pobj") if c.dep_ == "prep" and c.i < verb.i else None
        if time is not None and any(g.lower_ == "no" for g in time.children):
            return True
    subject = child(verb, "nsubj", "nsubjpass")
    by = child(verb, "agent")
    doer = child(by, "pobj") if by is not None else None
    patient = child(verb, "dobj") if not shared else None
    if patient is not None and patient.lemma_ == "time" and verb.lemma_ in ("lose", "waste"):
        patient = None  # "wasted no time in blaming"
    if patient is not None and patient.lemma_ in _CHOICES:
        patient = None  # "had no choice but to blame"
    if any(_is_nobody(noun) for noun in (subject, doer, patient) if noun is not None):
        return True
    return any(_is_nothing(c) for c in verb.rights if c.dep_ == "prep")


def _is_nothing(preposition: Token) -> bool:
    """ "accused of nothing", as against "of nothing but pride", "of nothing less than theft"."""
    matter = child(preposition, "pobj")
    if matter is None or matter.lower_ != "nothing" or preposition.lower_ not in _OF_WHAT:
        return False
    return not any(t.lower_ in _EXCEPT for t in matter.doc[matter.i + 1 : matter.i + 3])


def _is_helpless(verb: Token) -> bool:
    """ "could not help blaming", "could not resist a dig at": it was done."""
    words = {c.lower_ for c in verb.children if c.dep_ in ("aux", "neg")}
    return verb.lemma_ in ("help", "resist") and bool(words & _ABLE) and bool(words & _NEVER)


def _is_nobody(noun: Token) -> bool:
    few = noun.lower_ == "few" and child(noun, "det", "poss") is not None  # "a few", "the few who"
    if noun.lower_ in _NOBODY and not few:
        return True
    return any(
        (c.i < noun.i or c.dep_ != "neg")  # "blamed the firm, not the union" blames the firm
        and c.lower_ in ("no", "neither", "few", "nor", "not")
        and c.nbor(1).lower_ not in ONLY
        and not (c.lower_ == "few" and child(noun, "det", "poss") is not None)  # "a few members"
        and c.dep_ in ("det", "amod", "preconj", "neg", "cc")
        for c in noun.children
    )


def _is_unreal(verb: Token) -> bool:
    """Modal, conditional, asked, or set aside by a parenthesis such as ", I suspect,"."""
    if is_performed(verb) or _is_helpless(verb):
        return False
    for auxiliary in auxiliaries(verb):
        would = any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in verb.children)
        if auxiliary.lower_ in ("'d", "’d") and verb.tag_ == "VBN" and not would:
            continue
        if auxiliary.lower_ in _MODALS and not will_sue(verb, auxiliary):
            return True
    for c in verb.children:
        if c.lower_ in _CONDITIONS and c.dep_ in ("mark", "advmod"):
            return True
        if c.dep_ in ("parataxis", "ccomp") and c.i > verb.i - 8 and _is_aside(c):
            return True
        if c.lower_ == "had" and c.dep_ == "aux" and c.i == verb.sent.start:
            return True
    if any(c.lower_ in _IN_JEST for c in verb.children if c.dep_ == "advmod"):
        return True
    subject = child(verb, "nsubj")
    if subject is not None and _is_either(subject):
        return True
    if verb.dep_ == "relcl" and verb.head.lower_ in _ANYBODY:
        return True
    if subject is not None and subject.lower_ in _ANYBODY:
        return True
    return is_asked(verb)


def _is_either(noun: Token) -> bool:
    """ "either Orr or Lind": one of the two, and nobody knows which."""
    return any(c.lower_ == "either" and c.i < noun.i for c in noun.children) and (
        child(noun, "conj") is not None
    )


def _is_trait(verb: Token) -> bool:
    """ "was rash enough to accuse", "it is unjust of Orr to accuse": and it was done."""
    adjective = verb.head
    if adjective.pos_ == "ADJ" and any(c.lower_ == "enough" for c in adjective.children):
        return bool(adjective.head.tag_ == "VBD")
    copula = adjective.head if adjective.pos_ == "ADJ" else verb.head
    return copula.tag_ in ("VBD", "VBZ") and judged_doer(verb) is not None


def _step(node: Token, lexicon: Lexicon) -> tuple[Token | None, bool, bool]:
    """One step up: the token above, None at the end, and what the step adds."""
    head, label = node.head, node.dep_
    word = head.lemma_.lower()
    passive = node.tag_ == "VBN" and any(
        c.dep_ == "auxpass" and c.tag_ == "VB" for c in node.children
    )
    bare = (node.tag_ == "VB" or passive) and not any(
        c.dep_ == "aux" and c.lower_ != "to" for c in node.children
    )
    governors = lexicon.governors
    if label == "xcomp" and _is_trait(node):
        return head, False, False
    if label == "xcomp" and is_hearsay(head):
        return None, is_denied(head), True
    if label in ("xcomp", "ccomp") or (label == "advcl" and bare):
        purpose = label == "advcl"
        if label == "ccomp" and not bare and node.tag_ != "VBG":
            supposed = any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in head.children)
            supposed = supposed or word in governors["belief"] or is_rumoured(head)
            return None, is_denied(head), supposed
        if (word == "let" and is_announced(node, head)) or _is_done_in_trying(node, head):
            return head, False, False
        if bare and is_declared(node, head):
            return None, False, False
        future = word == "go" and head.tag_ == "VBG" and bare
        future = future or (word == "have" and bare and head.tag_ in ("VB", "VBP", "VBZ"))
        denied = word in governors["negative"] and not (purpose and word == "stop")
        imagined = (
            future
            or word in governors["unreal"]
            or (bare and is_impersonal(head))
            or (
                bare
                and not denied
                and (
                    word in ("be", "need", "require")
                    if purpose
                    else word not in governors["factive"]
                )
            )
        )
        return head, denied, imagined
    if label == "conj" and head.pos_ in ("VERB", "AUX"):
        # a finite conjunct keeps its own polarity: "did not resign but accused"
        finite = node.tag_ in ("VBD", "VBZ", "VBP") or (node.tag_ == "VBN" and head.tag_ == "VB")
        if finite or child(node, "nsubj", "nsubjpass") is not None:
            conditional = any(c.lower_ in _CONDITIONS and c.dep_ == "mark" for c in head.children)
            return None, False, conditional or is_asked(head)
        return head, False, False
    if label == "pcomp":
        choice = head.head
        if head.lower_ == "but" and choice.lemma_ in _CHOICES and choice.dep_ in ("dobj", "attr"):
            return choice.head, False, False  # "has no choice but to accuse"
        return _gerund_step(node, lexicon)
    if label in ("acl", "relcl"):
        if bare and (label == "acl" or any(c.lower_ == "to" for c in node.lefts)):
            return None, word in governors["negative"], is_fitness(head, governors["factive"])
        that = any(c.dep_ == "mark" for c in node.children) or label == "acl"
        return None, _is_nobody(head), that and node.tag_ != "VBG" and word in governors["rumour"]
    if label == "advcl":
        if node.tag_ in ("VBG", "VBN") and not any(c.dep_ == "mark" for c in node.children):
            return None, False, any(a.lower_ in _UNREAL_MODALS for a in auxiliaries(head))
        return None, False, False
    if label in ("acomp", "attr", "oprd", "advmod"):
        return head, False, False
    return None, False, False


def _is_done_in_trying(verb: Token, above: Token) -> bool:
    """ "means to sue the airline", "tried to shift the blame": said, and so blamed."""
    if means_to_sue(verb, above):
        return True
    return above.lemma_ in ("attempt", "seek", "try") and verb.lemma_ in word_class("shifting")


def _gerund_step(node: Token, lexicon: Lexicon) -> tuple[Token | None, bool, bool]:
    preposition, above = node.head, node.head.head
    governors = lexicon.governors
    word = above.lemma_.lower()
    denied = preposition.lower_ in ("without", "instead", "than") or word in governors["negative"]
    verb = next((t for t in (above, *above.ancestors) if t.pos_ == "VERB"), above)
    judging = verb.lemma_.lower()
    imagined = preposition.lower_ == "of" and judging in ("accuse", "suspect")
    imagined = imagined or (
        preposition.lower_ in ("of", "about", "for", "to", "on")
        and word in governors["unreal"] | governors["rumour"]
    )
    return above, denied, imagined


def _is_instead(verb: Token) -> bool:
    """ "instead of blaming", "far from blaming", "stopped short of blaming"."""
    before = [
        t.lower_
        for t in verb.doc[max(0, verb.i - 4) : verb.i]
        if t.pos_ != "ADV" or t.lower_ in ("instead", "far", "short", "rather")
    ]
    return " ".join(before[-2:]) in _INSTEAD


def _is_imperative(verb: Token) -> bool:
    bare = verb.lower_ == verb.lemma_ and child(verb, "nsubj", "nsubjpass") is None
    if bare and verb.i and verb.nbor(-1).lower_ == "so":
        return True  # "so sue me"
    return bool(
        verb.tag_ == "VB"
        and verb.dep_ == "ROOT"
        and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children)
    )


def _is_aside(verb: Token) -> bool:
    return bool(
        verb.lemma_.lower() in _ASIDES
        and child(verb, "nsubj") is not None
        and verb.i + 1 < len(verb.doc)
        and verb.nbor(1).text == ","
    )


_ASIDES = frozenset(["suspect", "guess", "suppose", "think", "imagine", "hope", "fear", "bet"])
