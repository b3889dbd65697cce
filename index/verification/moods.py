"""How a word of a sentence is said to hold: denied or not, as a fact, a possibility, a wish."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.verification.clauses import AUXILIARIES, BREAKS, OPENERS, POSSIBLE, UNREAL, is_verb
from index.verification.lexicon import lemma_of
from index.verification.tokens import Token, stem

NEGATORS = frozenset(
    """
    not no never nobody none nothing neither nor without hardly barely scarcely fail refuse decline
    deny unable unwilling lack avoid reject refute falsely untrue
    """.split()
)
_IF = frozenset("if unless".split())
_LIGHT = frozenset(
    "longer appear seem want plan try manage able intend mean evidence yet sign reason need".split()
)


@dataclass(frozen=True, slots=True)
class Mood:
    """How a word is said to hold."""

    negated: bool
    kind: str
    """"fact", "possible", "unreal" (will, should, if), "infinitive", or "wished" (hopes to)."""
    conditional: bool = False


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


_CLAUSE_START = OPENERS | {"and", "but", "or"}
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
        if lower in BREAKS:
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
        if lower in OPENERS or lower in ("and", "or"):
            if j < i - 1 and lower not in ("or",):
                break
            continue
        if lower == "beyond" and j == i - 1:
            negated = True
        if j and (found[j - 1].lower, lower) in (("no", "one"), ("rather", "than")):
            negated = negated or passed == 0
        adverb = lower.endswith("ly") or lower in ("also", "ever", "yet", "even", "just", "then")
        if lower not in AUXILIARIES and not adverb and lower not in NEGATORS:
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
