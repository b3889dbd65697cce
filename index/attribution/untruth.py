"""Accusations that the text reports only to say that they were not made."""

from spacy.tokens import Span, Token

from index.attribution.syntax import child

_REPORTS = frozenset(
    "account allegation article assertion belief claim gossip headline idea impression insinuation"
    " news notion report rumor rumour statement story suggestion tale talk version whisper".split()
)
_UNTRUE = frozenset(
    "baseless bogus fabricated fake false fictitious groundless inaccurate incorrect invented"
    " mistaken unfounded untrue unsubstantiated".split()
)
_LIES = frozenset(
    "fabrication falsehood fiction hoax invention lie misunderstanding myth untruth".split()
)
# Said of a report these call it false; said of a fact they only deplore it.
_DISMISSIVE = frozenset("wrong joke nonsense rubbish slander libel absurd ridiculous".split())
_TRUE = frozenset("true so right correct accurate case fact".split())
_WITHDRAWN = frozenset("debunk disprove refute retract withdraw invent fabricate".split())
_DISPUTED = frozenset("deny dismiss reject dispute rebut contradict".split())
_COPULAS = frozenset("be prove seem appear remain turn".split())
_FALSELY = frozenset(
    "erroneously falsely inaccurately incorrectly mistakenly untruthfully wrongly".split()
)
_TELLING = frozenset(
    "allege announce believe cite claim describe depict portray print publish quote read report"
    " rumour say state suggest tell think write".split()
)
_MISTOLD = frozenset(["misquote", "misreport", "misrepresent", "misstate"])
_GROUNDS = frozenset("basis evidence foundation merit substance truth".split())
_EDGES = frozenset(["ace", "brink", "cusp", "inch", "point", "verge", "whisker"])
_CLEARING = frozenset("absolve acquit clear exonerate".split())
_MISSTATED = (
    _UNTRUE | _LIES | _DISMISSIVE | frozenset(["ludicrous", "misleading", "premature", "unfair"])
)
_PURPOSES = frozenset(["xcomp", "acl", "advcl", "relcl", "ccomp"])
_CLOSED = frozenset([".", "!", ";", ",", "”", '"', "—", "–"])


def is_untrue(verb: Token) -> bool:
    """Does the text deny what a verb tells: "The report that she accused him is untrue"?"""
    if _falls_short(verb):
        return True
    hearsay = False
    node = verb
    for head in verb.ancestors:
        label = node.dep_
        if label == "acl" and head.dep_ == "pobj" and _is_gerund_of(node, head.head.head):
            head = head.head.head  # hung on the party: "the story about the mayor accusing"
        if _is_content(node, head) or _is_gerund_of(node, head):
            if _is_false_report(head):
                return True
            hearsay = hearsay or head.lemma_.lower() in _REPORTS
        elif _is_not_so(node, head) or (_goes_round(node, verb) and _is_false_report(head)):
            return True
        elif label in ("ccomp", "csubj", "csubjpass") and head.lemma_ in _COPULAS:
            if _is_denying(head, _UNTRUE | _LIES):
                return True
            quoted = child(head, "attr")  # "“She accuses him” was a false headline."
            if quoted is not None and label == "csubj" and _has_false_word(quoted):
                return True
        elif head.lemma_ in _MISTOLD and label in _CONTENT:
            return True
        elif head.pos_ == "VERB" and head.lemma_ in _TELLING and label in _CONTENT:
            if any(c.dep_ == "advmod" and c.lower_ in _FALSELY for c in head.children):
                return True
            hearsay = True
        if label == "conj" and child(node, "nsubj", "nsubjpass") is not None:
            break
        node = head
    return hearsay and _is_denied_next(verb)


_CONTENT = frozenset(["ccomp", "xcomp", "prep", "advcl"])


def _goes_round(participle: Token, verb: Token) -> bool:
    """ "the story going round that she accused him": what goes round is what the clause tells."""
    spread: bool = participle.dep_ == "acl" and participle.tag_ == "VBG" and participle.i < verb.i
    return spread and any(t.lower_ == "that" for t in verb.doc[participle.i : verb.i])


def _is_not_so(clause: Token, above: Token) -> bool:
    """ "It is simply not so that she accused him"."""
    so = any(c.lower_ == "so" and c.nbor(1).lower_ == "that" for c in clause.lefts)
    return so and bool(above.lemma_ == "be") and child(above, "neg") is not None


def is_supposed(verb: Token) -> bool:
    """Is it only said what nobody should say: "To say that she accused me is absurd"?"""
    node = verb
    for head in verb.ancestors:
        disputed = head.dep_ == "dobj" and head.head.lemma_ in _DISPUTED
        if disputed and head.lemma_.lower() in _REPORTS and _is_content(node, head):
            return True
        if node.dep_ == "ccomp" and head.pos_ == "VERB" and head.lemma_ in _TELLING:
            subject = child(head, "nsubj")
            modal = any(c.dep_ == "aux" and c.tag_ == "MD" for c in head.children)
            if modal and subject is not None and subject.left_edge.lower_ == "only":
                return True
            if any(c.lower_ == "to" and c.dep_ == "aux" for c in head.children):
                if head.dep_ in ("csubj", "csubjpass"):
                    return True
                above = head.head
                words = [above.lemma_.lower(), *(c.lemma_.lower() for c in above.children)]
                if head.dep_ in _PURPOSES and set(words) & _MISSTATED:
                    return True
        node = head
    return False


_ALL_BUT = (["all", "but"], ["everything", "but"], ["anything", "but"], ["just", "about"])


def _falls_short(verb: Token) -> bool:
    """ "almost accused", "came close to accusing", "was acquitted of accusing"."""
    auxiliaries = [c.i for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i]
    for i in (verb.i, *auxiliaries):
        before = [t.lower_ for t in verb.doc[max(verb.sent.start, i - 3) : i]]
        if before[-1:] in (["almost"], ["nearly"]) or before[-2:] in _ALL_BUT:
            return True
        if before == ["as", "good", "as"]:
            return True
    preposition = verb.head
    if verb.lemma_ == "find" and any(
        c.lower_ == "guilty" and c.nbor(-1).lower_ == "not" for c in verb.rights
    ):
        return True
    if verb.dep_ != "pcomp":
        return False
    above = preposition.head
    if preposition.lower_ == "to":
        near = [above, *above.children]
        verbs = [above, above.head]
        return any(t.lemma_ == "come" for t in verbs) and any(
            t.lower_ in ("close", "near") for t in near
        )
    if preposition.lower_ != "of":
        return False
    if above.lower_ == "guilty":
        return any(t.lower_ == "not" for t in (above.nbor(-1), *above.lefts))
    cleared = above.head if above.dep_ == "dobj" else above
    return above.lemma_.lower() in _EDGES or cleared.lemma_ in _CLEARING


def _is_content(clause: Token, noun: Token) -> bool:
    """Does the clause say what a report says, and not which report it is?"""
    if clause.dep_ not in ("acl", "relcl", "ccomp") or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    if noun.lower_ == "headline" and noun.i + 1 < len(noun.doc) and noun.nbor(1).is_quote:
        return True
    that = next((c for c in clause.lefts if c.lower_ == "that"), None)
    if that is None:
        subject = child(clause, "nsubj", "nsubjpass")
        return subject is not None and subject.left_edge.i == noun.i + 1 and _has_object(clause)
    if that.dep_ in ("nsubj", "nsubjpass"):
        return False
    return that.dep_ == "mark" or _has_object(clause)


def _is_gerund_of(clause: Token, noun: Token) -> bool:
    """ "the story about the mayor accusing him", "reports of her having accused him"."""
    if clause.dep_ != "acl" or not any(t.tag_ == "VBG" for t in (clause, *clause.lefts)):
        return False
    if noun.lemma_.lower() not in _REPORTS:
        return False
    return any(c.dep_ == "prep" and c.lower_ in ("of", "about") for c in noun.rights)


def _has_false_word(noun: Token) -> bool:
    return any(c.dep_ == "amod" and c.lemma_.lower() in _UNTRUE for c in noun.lefts)


def _has_object(verb: Token) -> bool:
    passive = child(verb, "nsubjpass") is not None
    return passive or any(
        c.dep_ in ("dobj", "ccomp", "xcomp") and c.i > verb.i for c in verb.rights
    )


def _is_false_report(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    verb = noun.head
    if lemma in _REPORTS:
        if _has_false_word(noun) or _is_groundless(noun):
            return True
        if noun.dep_ in ("nsubj", "nsubjpass"):
            if verb.lemma_ in _WITHDRAWN:
                return noun.dep_ == "nsubjpass" and child(verb, "neg") is None
            return verb.lemma_ in _COPULAS and _is_denying(verb, _UNTRUE | _LIES | _DISMISSIVE)
        return noun.dep_ == "dobj" and verb.lemma_ in _WITHDRAWN and child(verb, "neg") is None
    if noun.dep_ != "attr":
        return False
    denied = child(verb, "neg") is not None
    return (lemma in _LIES and not denied) or (lemma in ("case", "fact") and denied)


def _is_groundless(noun: Token) -> bool:
    """ "no truth in the report", "not a word of truth in the report"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "to"):
        return False
    above = noun.head.head
    denied = any(child(t, "neg") is not None for t in (above, above.head))
    denied = denied or any(c.lower_ == "no" for c in above.lefts)
    return denied and any(
        t.lemma_.lower() in _GROUNDS for t in noun.doc[max(above.i, 0) : noun.head.i]
    )


def _is_denying(verb: Token, untrue: frozenset[str]) -> bool:
    """ "is false", "is not true", "proved unfounded", "turned out to be a lie"."""
    denied = child(verb, "neg") is not None
    for c in verb.children:
        if c.dep_ == "xcomp" and c.lemma_ == "be":
            return _is_denying(c, untrue)
        if c.dep_ in ("acomp", "attr", "oprd", "advmod", "xcomp"):
            word = c.lemma_.lower()
            if word in untrue:
                return not denied
        if c.dep_ == "prep" and c.lower_ == "without":
            ground = child(c, "pobj")
            if ground is not None and ground.lemma_ in _GROUNDS:
                return not denied
        if c.dep_ in ("acomp", "attr", "oprd", "advmod", "xcomp"):
            word = c.lemma_.lower()
            if word in _TRUE and denied and c.i > verb.i:
                return True
    return False


def _is_denied_next(verb: Token) -> bool:
    """ "…, but she had not.", "… It did not.", "… That is untrue." behind what others tell."""
    doc, end = verb.doc, verb.sent.end
    for i in range(verb.i + 1, end):
        if doc[i].lower_ in ("but", "though", "although") and _denies(doc[i + 1 : end]):
            return True
    if end >= len(doc):
        return False
    following = doc[end : doc[end].sent.end]
    if following[0].lower_ in ("this", "that", "it") and len(following) < 9:
        root = following.root
        if root.lemma_ == "be" and _is_denying(root, _UNTRUE | _LIES | _DISMISSIVE):
            return True
    return _denies(following)


def _denies(tokens: Span) -> bool:
    words = [t.lower_ for t in tokens if t.lower_ not in ("in", "fact", "however", ",")]
    if len(words) < 3 or words[0] not in ("it", "he", "she", "they"):
        return False
    if words[1] in ("never", "not"):
        words[1:3] = [words[2], words[1]]
    if words[1] not in ("did", "had", "has", "have", "does", "do"):
        return False
    if words[2] not in ("not", "n't", "n’t", "never"):
        return False
    rest = " ".join(w for w in words[3:] if w not in _CLOSED)
    return rest in ("", "done so", "do so", "done it", "do it", "done that", "do that", "did")
