"""Judging verbs that the small parser has lost: read as nouns, or left without a subject."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span, Token

from index.attribution.arguments import surface_subject
from index.attribution.cues import PhraseCue, VerbCue, load_lexicon, word_class
from index.attribution.past_forms import judging
from index.types import Stance

_JUDGING = (Stance.ACCUSE, Stance.CONDEMN)
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_MAX_STARTS = 3
_MAX_ASIDE = 16
FINITE = ("VBD", "VBZ", "VBP")
_PRONOUNS = frozenset(["he", "she", "they", "we", "i", "you", "it"])
_ENDING = frozenset("back home in inside off on out outside over up".split())
_OBJECTS = frozenset(["him", "her", "them", "us", "me", "himself", "herself", "themselves"])
_DETERMINERS = frozenset(
    "the a an his her its their our my your this these those some many several both most few all"
    " two three four five six seven eight nine ten dozens hundreds thousands one another".split()
)
_ALSO_NOUNS = frozenset(
    "attack blame blast call carp cast charge claim complaint drag face fault file fire go grill"
    " hammer haul heap hold hurl insult issue jeer judge keep knock lament lash launch lay lecture"
    " level light maul mock moan mount needle object open pan petition pick pile pin place point"
    " pour press protest punch push put question rage rail raise rake rant rap rebuke reproach"
    " report reprimand rip roast round rubbish rule savage scorn see shame shift shoot single slam"
    " slander slate smear sneer snipe snap start strike take talk taunt tear throw thunder tick"
    " torch trade trash troll turn vent voice be have leave make find give hear know learn put"
    " fume lampoon libel gripe grumble finger harangue ridicule scapegoat censure refer".split()
)
"""Judging verbs whose present form is a noun or another verb as well."""


@cache
def present_forms() -> dict[str, str]:
    """Present forms of the verbs that judge somebody, with their lemmas."""
    lexicon = load_lexicon()
    lemmas = {v for v, cues in lexicon.verbs.items() if any(c.stance in _JUDGING for c in cues)}
    lemmas |= {v for v, cues in lexicon.phrases.items() if any(c.stance in _JUDGING for c in cues)}
    forms: dict[str, str] = {}
    for lemma in lemmas | {"blame", "charge"}:
        ending = "es" if lemma.endswith(("sh", "ch", "ss", "x")) else "s"
        third = lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2] not in "aeo" else None
        forms[third or lemma + ending] = lemma
        forms[lemma] = lemma
    return forms


@cache
def _judging_lemmas() -> frozenset[str]:
    return frozenset(present_forms().values())


def unread_verb(sentence: Span) -> Token | None:
    """A finite form of a judging verb that the tagger took for something else."""
    root = sentence.root
    headless = root.tag_ not in FINITE and not any(
        c.dep_ in ("aux", "auxpass") and c.tag_ != "TO" for c in root.children
    )
    for token in sentence[1:-1]:
        lemma = present_forms().get(token.lower_)
        if lemma is None:
            if headless and _is_lost_past(token):
                return token
            continue
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.text[0].isupper():
            continue
        if not (headless or lemma not in _ALSO_NOUNS or is_closed(token)):
            continue
        before = token.nbor(-1)
        if before.lower_ in _DETERMINERS or before.tag_ in ("DT", "PRP$", "POS", "IN", "CC", "TO"):
            continue
        if before.pos_ in ("VERB", "AUX") or _is_determined(token):
            continue
        if before.is_punct and not (before.text in ",)" or is_closed(token)):
            continue
        if _takes(token.nbor(1), lemma) or (lemma not in _ALSO_NOUNS or is_closed(token)):
            return token
    return None


def _is_named(ending: Token) -> bool:
    return bool(ending.i) and ending.nbor(-1).pos_ == "PROPN"


def _is_determined(noun: Token) -> bool:
    """ "its last annual report", "took aim": a noun."""
    i: int = noun.i - 1
    while i > noun.sent.start and noun.doc[i].pos_ == "ADJ" and noun.doc[i].text.islower():
        i -= 1
    before = noun.doc[i]
    return i < noun.i - 1 and (before.pos_ == "DET" or before.tag_ in ("PRP$", "POS", "IN"))


def _is_lost_past(token: Token) -> bool:
    """ "On Sunday, the patriarch denounced sin": read as if the patriarch were denounced."""
    if token.dep_ not in ("acl", "amod") or judging(token.lower_) is None:
        return False
    if any(c.dep_ in ("agent", "aux", "auxpass") for c in token.children) or token.i < 1:
        return False
    before: bool = token.dep_ == "acl" and token.head.i < token.i
    return before or token.dep_ == "amod"


def lost_name(sentence: Span) -> bool:
    """Does a sentence that judges somebody begin with a name, and have no main verb?"""
    first = sentence[0]
    return (
        first.pos_ in ("NOUN", "ADJ", "PROPN")
        and first.text.istitle()
        and sentence.root.i == first.i
        and judges(sentence)
    )


def judges(sentence: Span) -> bool:
    """Is there a form of a judging verb in it, after its first word?"""
    return any(
        t.lower_ in present_forms()
        or t.lemma_.lower() in _judging_lemmas()
        or judging(t.lower_) is not None
        for t in sentence[1:]
    )


def judging_verbs(sentence: Span) -> list[Token]:
    """What the tagger has read as a verb that judges or claims."""
    lemmas = _judging_lemmas() | word_class("claiming")
    return [t for t in sentence if t.pos_ == "VERB" and t.lemma_.lower() in lemmas]


def _takes(after: Token, lemma: str) -> bool:
    """May this word follow the verb?"""
    lexicon = load_lexicon()
    cues: list[VerbCue | PhraseCue] = [
        *lexicon.verbs.get(lemma, ()),
        *lexicon.phrases.get(lemma, ()),
    ]
    words = {p for phrase in lexicon.phrases.get(lemma, ()) for p in phrase.particle}
    places = (cue.target for cue in cues)
    words |= {word for place in places if isinstance(place, frozenset) for word in place}
    return (
        after.lower_ in _DETERMINERS | _OBJECTS | words
        or after.text[0].isupper()
        or after.pos_ in ("NOUN", "ADJ")
    )


def orphan(sentence: Span) -> Token | None:
    """A finite verb that judges, or the main one beside it, whose subject cannot be right."""
    judges = False
    for token in sentence:
        if token.lemma_.lower() not in _judging_lemmas() or token.pos_ != "VERB":
            judges = judges or token.lower_ in present_forms() or judging(token.lower_) is not None
            continue
        judges = judges or not _has_doer(token)
        while token.dep_ == "conj" and token.head.pos_ == "VERB" and token.head.i < token.i:
            if _is_orphaned(token):
                break
            token = token.head
        if _is_orphaned(token) or _is_headless(token):
            return token
    root = sentence.root
    return root if judges and root.pos_ in ("VERB", "AUX") and _is_orphaned(root) else None


_LOOSE_CLAUSES = ("ROOT", "ccomp", "conj", "parataxis", "dep")


def _has_doer(verb: Token) -> bool:
    """ "the baker, who slammed", "I blame": nothing is lost, whatever the main clause may be."""
    who = surface_subject(verb)
    shared = surface_subject(verb.sent.root) if verb.dep_ != "relcl" else None
    return who is not None and who.pos_ in _NOMINAL and who != shared


def _is_headless(verb: Token) -> bool:
    """ "…, accusing": a participle that has to have a main verb before it."""
    alone = verb.tag_ == "VBG" and verb.dep_ == "ROOT" and verb.i > verb.sent.start + 3
    return alone and not any(c.dep_ in ("aux", "nsubj") for c in verb.children)


def _is_orphaned(verb: Token) -> bool:
    helped = any(c.dep_ in ("aux", "auxpass") and c.tag_ != "TO" for c in verb.children)
    main = verb.dep_ == "ROOT" and any(c.dep_ == "dobj" for c in verb.children)
    if verb.tag_ not in FINITE and not (verb.tag_ == "VBN" and (helped or main)):
        return False
    if any(c.dep_ in ("expl", "csubj") and c.tag_ != "VBG" for c in verb.children):
        return False
    subject = surface_subject(verb)
    cut_off = aside(verb)
    if subject is None:
        unmarked = verb.dep_ == "advcl" and not any(c.dep_ == "mark" for c in verb.children)
        return cut_off is not None or unmarked or verb.dep_ in _LOOSE_CLAUSES
    between = {t.text for t in verb.doc[subject.i + 1 : verb.i]}
    if subject.pos_ == "VERB":
        return subject.tag_ != "VBG" or "," in between  # "Writing in the Post, Orr accused"
    if cut_off is not None and subject.i in range(*cut_off):
        return True  # "Orr, a smith from Hill, accused": Hill did not
    if cut_off is not None and verb.dep_ == "conj":
        return not any(c.dep_ == "cc" for c in verb.head.rights)
    return ":" in between  # "Fresh trouble: the sons are accused": not the trouble is


def aside(verb: Token) -> tuple[int, int] | None:
    """What stands between commas or brackets right before a verb: first and one past the last."""
    end = _group_start(verb)
    first = verb.sent.start
    closing = verb.doc[end - 1].text if end - 1 > first else ""
    if closing not in (",", ")"):
        return None
    opening = "," if closing == "," else "("
    start = next((i for i in range(end - 2, first, -1) if verb.doc[i].text == opening), None)
    if start is None or end - start > _MAX_ASIDE:
        return None
    host, inside = verb.doc[start - 1], verb.doc[start:end]
    if any(t.lemma_.lower() in _judging_lemmas() for t in inside if t.pos_ == "VERB"):
        return None
    return (start, end) if host.pos_ in _NOMINAL or host.text == ")" else None


def _group_start(verb: Token) -> int:
    """Where the auxiliaries and adverbs of a verb begin."""
    start: int = verb.i
    first: int = verb.sent.start + 1
    while start > first:
        if _belongs_to_verb(verb.doc[start - 1]):
            start -= 1
        elif verb.doc[max(first, start - 2) : start].text.lower() in ("in turn", "in return"):
            start -= 2
        else:
            break
    return start


def subject_starts(sentence: Span, verb: Token) -> Iterator[int]:
    """Where the subject of a verb may begin, the likeliest place first."""
    end = _group_start(verb)
    cut_off = range(*(aside(verb) or (0, 0)))
    found: dict[int, int] = {}
    for i in range(sentence.start + 1, end):
        rank = _rank(sentence.doc[i], sentence.doc[i - 1], i - 1 == sentence.start)
        if rank is not None and i not in cut_off:
            found[i] = rank
    yield from sorted(found, key=lambda i: (found[i], i))[:_MAX_STARTS]


def _belongs_to_verb(token: Token) -> bool:
    return token.pos_ in ("AUX", "ADV", "PART") or token.dep_ in ("aux", "auxpass", "neg")


def _rank(token: Token, before: Token, second: bool) -> int | None:
    starts = token.lower_ in _DETERMINERS or token.lower_ in _PRONOUNS
    if before.text == "," and (starts or token.pos_ in _NOMINAL or token.pos_ == "ADJ"):
        return 1
    if before.text == ":":
        return 0
    if second and before.pos_ in ("CCONJ", "ADV"):
        return 1
    if before.lower_ in _ENDING and token.pos_ == "PROPN" and not _is_named(before):
        return 4  # "On his way off Orr accused"
    if before.pos_ in ("ADP", "DET", "ADJ", "CCONJ", "PUNCT", "PART", "SCONJ"):
        return None
    if before.lower_ in _DETERMINERS or before.tag_ in ("PRP$", "POS"):
        return None
    if starts:
        return 4 if before.pos_ == "VERB" else 0
    if token.pos_ == "PROPN" and before.pos_ in ("NOUN", "NUM", "VERB"):
        return 2
    if token.pos_ in (*_NOMINAL, "ADJ") and before.pos_ in ("PROPN", "NUM"):
        return 2
    return 3 if token.tag_ == "NNS" and before.pos_ == "NOUN" else None


def is_closed(verb: Token) -> bool:
    """Does a closing quotation mark stand before it?"""
    before = verb.nbor(-1)
    return before.text in ("”", "’") or (before.text == '"' and not _opens(before))


def _opens(mark: Token) -> bool:
    return not mark.whitespace_
