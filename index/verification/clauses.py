"""Verbs in their clauses: who stands on which side of them, negated or not, fact or possibility."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.verification.lexicon import lemma_of
from index.verification.tokens import Token

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
_IF = frozenset("if unless whether".split())
_OPENERS = frozenset(
    """
    that who which whom whose because if unless while when where after before although though but
    whether since until as
    """.split()
)
_BREAKS = frozenset('.!?;:“”"«»()—–')
_DETERMINERS = frozenset("the a an his her its their our my your this these no any some".split())
_LIGHT = frozenset(
    "appear seem want plan try manage able intend mean evidence yet sign reason need".split()
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
    """"fact", "possible", "unreal" (will, should, if) or "infinitive"."""


def is_verb(found: Sequence[Token], i: int) -> bool:
    """Whether a word looks like a verb of the clause: a guess, by its form and the word before."""
    token = found[i]
    if not token.is_word or token.capital or token.lower in BE:
        return False
    if i and found[i - 1].lower in _DETERMINERS:
        return False
    base = lemma_of(token.lower)
    if token.lower.endswith("ing"):
        return False
    if token.lower.endswith("ed") and len(token.lower) > 4:
        return True
    if base != token.lower and not token.lower.endswith(("ion", "ions", "al", "als", "ment")):
        return True
    plain = token.lower
    for ending in ("", "s", "es"):
        if plain.endswith(ending) and plain[: len(plain) - len(ending)] in _VERBS:
            return True
    return False


def is_past(token: Token) -> bool:
    """Whether a word has the form of a past tense or a participle."""
    return token.lower.endswith("ed") or (
        lemma_of(token.lower) != token.lower and not token.lower.endswith(("ing", "s", "ion"))
    )


def mood(found: Sequence[Token], i: int) -> Mood:
    """How the word at a place is said to hold, by the words before it."""
    negated, kind = False, "fact"
    passed = 0
    chain = True
    for j in range(i - 1, max(-1, i - 14), -1):
        token = found[j]
        lower, base = token.lower, lemma_of(token.lower)
        if lower in _BREAKS:
            break
        if lower in NEGATORS or base in NEGATORS:
            negated = negated or passed == 0
        if chain and lower in POSSIBLE:
            kind = "possible"
        elif chain and lower in UNREAL:
            kind = "unreal" if kind in ("fact", "infinitive") else kind
        elif chain and lower == "to" and kind == "fact":
            kind = "infinitive"
        if lower in _IF and kind in ("fact", "infinitive"):
            kind = "unreal"
        if lower == ",":
            break
        if lower in _OPENERS or lower in ("and", "or"):
            if j < i - 1 and lower not in ("or",):
                break
            continue
        adverb = lower.endswith("ly") or lower in ("also", "ever", "yet", "even", "just", "then")
        if lower not in _AUXILIARIES and not adverb and lower not in NEGATORS:
            chain = chain and (lower in POSSIBLE or lower in UNREAL)
        if token.says_something and not adverb and base not in _LIGHT and base not in NEGATORS:
            passed += 1
    return Mood(negated, kind)


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
    return [k for k in places if found[k].says_something and not is_verb(found, k)]


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
            return True
        if is_verb(found, k) or found[k].lower in _BREAKS or found[k].lower == ",":
            break
    return False


def _inverted(found: Sequence[Token], i: int, left: Sequence[int]) -> bool:
    """Whether the doer follows: "…", said Mrs Lowe."""
    if any(found[k].is_word for k in left) or i + 1 >= len(found):
        return False
    before = found[i - 1].lower if i else ","
    follows = found[i + 1].capital or found[i + 1].lower in ("the", "a", "one")
    return follows and (before in _BREAKS or before == ",")


def _left(found: Sequence[Token], i: int) -> list[int]:
    places: list[int] = []
    j = i - 1
    while j >= 0 and (found[j].lower in _AUXILIARIES or found[j].lower.endswith("ly")):
        j -= 1
    if j >= 0 and found[j].lower in ("and", "or", "but", "then"):
        previous = next((k for k in range(j - 1, -1, -1) if is_verb(found, k)), None)
        if previous is not None:
            return _left(found, previous)
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
