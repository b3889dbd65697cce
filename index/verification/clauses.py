"""Verbs in their clauses: who stands on which side of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.verification.figures import DAYS, MONTHS
from index.verification.lexicon import lemma_of
from index.verification.tokens import Token

BE = frozenset("am is are was were be been being 's get gets got gotten getting".split())
AUXILIARIES = BE | frozenset("do does did have has had having to".split())
POSSIBLE = frozenset("may might could perhaps possibly maybe potentially".split())
UNREAL = frozenset("will would shall should must ought".split())
OPENERS = frozenset(
    """
    that who which whom whose because if unless while when where after before although though but
    whether since until as
    """.split()
)
BREAKS = frozenset('.!?;:“”"«»()—–')
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
        if is_verb(found, k) or found[k].lower in BREAKS or found[k].lower == ",":
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
    while j >= 0 and (found[j].lower in AUXILIARIES or found[j].lower.endswith("ly")):
        j -= 1
    if j >= 0 and found[j].lower in _SUBJECTS:
        return [j]
    if j >= 0 and found[j].lower in ("and", "or", "but", "then"):
        previous = next((k for k in range(j - 1, -1, -1) if is_verb(found, k)), None)
        if previous is not None:
            return _left(found, previous)
    if j >= 0 and found[j].lower == ",":
        other = next((k for k in range(j - 1, max(-1, j - 25), -1) if found[k].lower == ","), None)
        if other is not None and not any(found[k].lower in BREAKS for k in range(other, j)):
            j = other - 1
    while j >= 0:
        lower = found[j].lower
        if lower in BREAKS or lower in OPENERS or is_verb(found, j):
            break
        places.append(j)
        j -= 1
    return places[::-1]


def _right(found: Sequence[Token], i: int) -> list[int]:
    places: list[int] = []
    for k in range(i + 1, min(len(found), i + 16)):
        lower = found[k].lower
        if lower in BREAKS or (lower in OPENERS and lower != "as"):
            break
        if is_verb(found, k) and k > i + 1:
            break
        places.append(k)
    return places
