"""Verbs in their clauses: who stands on which side of them, negated or not, fact or possibility."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.verification.figures import DAYS, MONTHS
from index.verification.lexicon import lemma_of
from index.verification.tokens import Token, stem

BE = frozenset("am is are was were be been being 's get gets got gotten getting".split())
_AUXILIARIES = BE | frozenset("do does did have has had having to".split())
NEGATORS = frozenset(
    """
    not no never nobody none nothing neither nor without hardly barely scarcely fail refuse decline
    deny unable unwilling lack avoid reject refute falsely untrue
    """.split()
)
POSSIBLE = frozenset("may might could perhaps possibly maybe potentially".split())
UNREAL = frozenset("will would shall should must ought".split())
_IF = frozenset("if unless".split())
_OPENERS = frozenset(
    """
    that who which whom whose because if unless while when where after before although though but
    whether since until as
    """.split()
)
_BREAKS = frozenset('.!?;:“”"«»()—–')
_PREPOSITIONS = frozenset("of for in on with by at from into about over under for".split())
_SAME_IN_THE_PAST = frozenset("put cut set let hit hurt shut spread".split())
_NOT_PAST = ("ing", "ings", "s", "ion", "al", "ment", "er", "or", "th", "ist")
_NOUNS = frozenset(
    """
    men women people children feet teeth lives wives defence defense proof knowledge departure loss
    receipt sale speech theft thief injury life belief choice reply denial dead death claim
    complaint refusal criticism critic critical behavior failure
    allegedly finding hearing meeting reading
    """.split()
)
TITLES = frozenset(
    "cllr councillor miss professor prof sir dame lord lady judge minister president".split()
)
_SUBJECTS = frozenset("he she it they we i who".split())
_DETERMINERS = frozenset("the a an his her its their our my your this these no any some".split())
_LIGHT = frozenset(
    "longer appear seem want plan try manage able intend mean evidence yet sign reason need".split()
)
_VERBS = frozenset(
    """
    accuse blame allege claim say tell deny reject criticise condemn denounce praise warn demand
    urge ask call sue charge attack defend support oppose back help pay give send take bring lead
    hire fire sack appoint buy sell own owe win beat lose hit kill arrest follow replace praise
    promise threaten believe suspect hold keep hide show find see hear know meet visit leave make
    build write read sign stop start end cause cost steal cheat contradict interview question
    vote thank invite join teach
    """.split()
)


_INVERTING = frozenset(
    """
    say says said write writes wrote add adds added argue argues argued claim claims claimed insist
    insists insisted maintain maintains maintained warn warns warned reply replies replied ask asks
    asked explain explains explained note notes noted suggest suggests suggested announce announced
    declare declared recall recalled remark remarked observe observed joke joked comment commented
    stress stressed predict predicted answer answered retort retorted counter countered object
    objected complain complained admit admitted concede conceded confirm confirmed agree agreed
    allege alleged state stated
    """.split()
)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with the stems on either side: of who does it, and of whom or what it is done to."""

    at: int
    agent: frozenset[str]
    patient: frozenset[str]
    agent_words: tuple[int, ...]
    """The places of the tokens of the doer, in order."""
    patient_words: tuple[int, ...]
    passive: bool


@dataclass(frozen=True, slots=True)
class Mood:
    """How a word is said to hold."""

    negated: bool
    kind: str
    """"fact", "possible", "unreal" (will, should, if), "infinitive", or "wished" (hopes to)."""
    conditional: bool = False


def is_verb(found: Sequence[Token], i: int) -> bool:
    """Whether a word looks like a verb of the clause: a guess, by its form and the word before."""
    token = found[i]
    if not token.is_word or token.capital or token.lower in BE:
        return False
    before = found[i - 1].lower if i else ""
    if before in _DETERMINERS:
        return False
    if token.lower.endswith("ing"):
        return before in BE
    if is_past(token):
        return True
    if before in _PREPOSITIONS:
        return False
    helped = before in ("not", "did", "do", "does", "to") or before in POSSIBLE | UNREAL
    if helped and token.says_something:
        return True
    plain = token.lower
    return plain in _VERBS or any(
        plain.endswith(ending) and plain[: -len(ending)] in _VERBS for ending in ("s", "es")
    )


def is_past(token: Token) -> bool:
    """Whether a word has the form of a past tense or a participle."""
    word = token.lower
    if word.endswith("ed"):
        return len(word) > 4 or word in ("paid", "died", "tied", "lied")
    if word in _SAME_IN_THE_PAST:
        return True
    return lemma_of(word) != word and word not in _NOUNS and not word.endswith(_NOT_PAST)


_WISHES = frozenset(
    "hope want wish seek try ask threaten consider attempt plan intend aim offer propose urge"
    " demand order tell promise vow refuse expect".split()
)


@cache
def wish_stems() -> frozenset[str]:
    """Stems of the verbs whose "to" does not say that it happened."""
    return frozenset(stem(word) for word in _WISHES)


_PROSPECTS = frozenset(
    "due set schedule expect likely suppose call need require invite appeal power duty right about"
    " prepare ready believe think say understand allege report rumour suspect".split()
)


@cache
def _open_stems() -> frozenset[str]:
    """Stems of the words whose "to" leaves open whether it happened."""
    return wish_stems() | frozenset(stem(word) for word in _PROSPECTS)


_CLAUSE_START = _OPENERS | {"and", "but", "or"}
_NO_SUBJECT = frozenset("no none nobody neither nor".split())


@cache
def _negator_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in NEGATORS)


def is_negator(token: Token) -> bool:
    """Whether a word turns what follows into its opposite: "not", "refused to"."""
    return token.is_word and (token.lower in NEGATORS or token.stem in _negator_stems())


def mood(found: Sequence[Token], i: int) -> Mood:
    """How the word at a place is said to hold, by the words before it."""
    negated, kind, conditional = False, "fact", False
    passed = 0
    chain, short = True, False
    for j in range(i - 1, max(-1, i - 14), -1):
        token = found[j]
        lower, base = token.lower, lemma_of(token.lower)
        if lower in _BREAKS:
            break
        if is_negator(token):
            first = not j or not found[j - 1].is_word or found[j - 1].lower in _CLAUSE_START
            subject = first and lower in _NO_SUBJECT and is_verb(found, i)
            whole = subject and not any(is_verb(found, k) for k in range(j + 1, i))
            negated = negated or passed == 0 or short or whole
        unable = lower == "could" and found[j + 1].lower == "not"
        if lower in ("enough", "too") and found[i - 1].lower == "to":
            short = True
            negated = negated or lower == "too"
        if chain and lower in POSSIBLE and not unable:
            kind = "possible"
        elif chain and lower in UNREAL:
            kind = "unreal" if kind in ("fact", "infinitive", "wished") else kind
        elif chain and lower == "to" and kind == "fact":
            governors = [t.stem for t in found[max(0, j - 3) : j] if t.is_word]
            kind = "wished" if _open_stems() & set(governors) else "infinitive"
        if lower in _IF and kind in ("fact", "infinitive", "wished"):
            kind, conditional = "unreal", True
        if lower == ",":
            break
        if lower == "that" and j and found[j - 1].stem in _denier_stems():
            negated = not negated
            if mood(found, j - 1).negated:
                negated = not negated
            break
        if lower in _OPENERS or lower in ("and", "or"):
            if j < i - 1 and lower not in ("or",):
                break
            continue
        if lower == "beyond" and j == i - 1:
            negated = True
        if j and (found[j - 1].lower, lower) in (("no", "one"), ("rather", "than")):
            negated = negated or passed == 0
        adverb = lower.endswith("ly") or lower in ("also", "ever", "yet", "even", "just", "then")
        if lower not in _AUXILIARIES and not adverb and lower not in NEGATORS:
            chain = chain and (lower in POSSIBLE or lower in UNREAL)
        if token.says_something and not adverb and base not in _LIGHT and not is_negator(token):
            passed += 1
    if i and found[i].lower.endswith("ing"):
        if found[i - 1].stem in _ending_stems():
            negated = not negated
        elif found[i - 1].stem in _advising_stems() and kind == "fact":
            kind = "wished"
    return Mood(negated, kind, conditional)


@cache
def _denier_stems() -> frozenset[str]:
    """Stems of the verbs whose "that" is said not to be so."""
    return frozenset(stem(word) for word in ("deny", "reject", "refute", "dispute", "disprove"))


@cache
def _ending_stems() -> frozenset[str]:
    """Stems of the verbs after which "-ing" no longer is, or never was."""
    return frozenset(stem(word) for word in "stop cease quit avoid prevent end abandon".split())


@cache
def _advising_stems() -> frozenset[str]:
    """Stems of the verbs after which "-ing" is only advised, planned or thought of."""
    words = "recommend suggest consider propose advise discuss favour favor oppose risk plan"
    return frozenset(stem(word) for word in words.split())


def verb_at(found: Sequence[Token], i: int) -> Verb:
    """The verb at a place with its sides; a passive has them turned back."""
    passive = _is_passive(found, i)
    left = _left(found, i)
    right = _right(found, i)
    by = next((k for k in right if found[k].lower == "by"), None)
    if passive:
        doer = [k for k in right if by is not None and k > by]
        done = left
    elif _inverted(found, i, left):
        doer, done = right[:3], []
    else:
        doer, done = left, [k for k in right if by is None or k < by]
    agents, patients = _content(found, doer), _content(found, done)
    return Verb(
        i,
        frozenset(found[k].stem for k in agents),
        frozenset(found[k].stem for k in patients),
        tuple(agents),
        tuple(patients),
        passive,
    )


def _content(found: Sequence[Token], places: Sequence[int]) -> list[int]:
    return [
        k
        for k in places
        if found[k].says_something
        and not is_verb(found, k)
        and found[k].lower not in TITLES
        and found[k].lower not in MONTHS
        and found[k].lower not in DAYS
    ]


def _is_passive(found: Sequence[Token], i: int) -> bool:
    if not is_past(found[i]):
        return False
    for j in range(i - 1, max(-1, i - 5), -1):
        lower = found[j].lower
        if lower in BE:
            return True
        if lower not in ("not", "never", "also", "then", "been") and not lower.endswith("ly"):
            break
    for k in range(i + 1, min(len(found), i + 4)):
        if found[k].lower == "by":
            return k + 1 < len(found) and not found[k + 1].is_number
        if is_verb(found, k) or found[k].lower in _BREAKS or found[k].lower == ",":
            break
    return False


def _inverted(found: Sequence[Token], i: int, left: Sequence[int]) -> bool:
    """Whether the doer follows: "…", said Mrs Lowe. "…, accused Mrs Lowe" has her accused."""
    if i + 1 >= len(found) or (i and found[i - 1].is_word):
        return False
    if found[i].lower not in _INVERTING:
        return False
    follows = found[i + 1].capital or found[i + 1].lower in ("the", "a", "one")
    if any(found[k].is_word for k in left):
        right = [found[k] for k in _right(found, i) if found[k].is_word]
        return follows and bool(right) and all(t.capital for t in right[:2])
    return follows


def _left(found: Sequence[Token], i: int) -> list[int]:
    places: list[int] = []
    j = i - 1
    while j >= 0 and (found[j].lower in _AUXILIARIES or found[j].lower.endswith("ly")):
        j -= 1
    if j >= 0 and found[j].lower in _SUBJECTS:
        return [j]
    if j >= 0 and found[j].lower in ("and", "or", "but", "then"):
        previous = next((k for k in range(j - 1, -1, -1) if is_verb(found, k)), None)
        if previous is not None:
            return _left(found, previous)
    if j >= 0 and found[j].lower == ",":
        other = next((k for k in range(j - 1, max(-1, j - 25), -1) if found[k].lower == ","), None)
        if other is not None and not any(found[k].lower in _BREAKS for k in range(other, j)):
            j = other - 1
    while j >= 0:
        lower = found[j].lower
        if lower in _BREAKS or lower in _OPENERS or is_verb(found, j):
            break
        places.append(j)
        j -= 1
    return places[::-1]


def _right(found: Sequence[Token], i: int) -> list[int]:
    places: list[int] = []
    for k in range(i + 1, min(len(found), i + 16)):
        lower = found[k].lower
        if lower in _BREAKS or (lower in _OPENERS and lower != "as"):
            break
        if is_verb(found, k) and k > i + 1:
            break
        places.append(k)
    return places
