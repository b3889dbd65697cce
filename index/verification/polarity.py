"""Negations and modal verbs that were added or lost."""

import itertools
from collections.abc import Iterator, Sequence

from index.verification.clauses import is_past, is_verb
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.lexicon import synonyms
from index.verification.moods import Mood, is_negator, mood
from index.verification.tokens import Token, same_stem, stem


def mood_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Negations and modal verbs that were added or lost."""
    mine = _negates(found)
    theirs = _negates(evidence.cited_tokens)
    counts = _negators(found) != _negators(evidence.cited_tokens)
    for i, token in enumerate(found):
        if token.lower in _NOT_TESTED:
            continue
        verb = is_verb(found, i) or token.lower.endswith("ing")
        if not (verb or token.says_something) or token.capital:
            continue
        exact, places = occurrences(token, evidence)
        if not places:
            continue
        here = mood(found, i)
        moods = [mood(sentence, k) for sentence, k in places]
        if (
            all(m.negated != here.negated for m in moods)
            and not _softened(found, i)
            and not _of_the_rest(found, i, evidence)
            and (counts if exact else mine != theirs)
        ):
            word = "does not deny" if here.negated else "denies"
            reason = f"The source {word} “{token.text}”."
            plain = exact and is_verb(found, i) and not _left_open(found, i)
            yield Fault("negation", reason, lacking=not plain)
        elif (
            is_verb(found, i)
            and token.lower not in ("said", "says", "say")
            and all(
                _mood_differs(here, m, token, exact, is_past(sentence[k]))
                for m, (sentence, k) in zip(moods, places, strict=True)
            )
        ):
            yield Fault("hedge", f"The source is not as sure, or is surer, of “{token.text}”.")
    yield from _prefixed(found, evidence)
    deny, window = stem("deny"), evidence.window_tokens
    refusing = any(t.stem == deny for t in found)
    if refusing and not any(t.lower in _CLOSED or synonyms(t.stem, deny) for t in window):
        yield Fault("negation", "The source does not have it denied.")
    if not denies(found) or denies(evidence.window_tokens):
        return
    if {t.lower for t in evidence.window_tokens} & _CORRECTING:
        return
    yield Fault("negation", "The source does not deny it.", lacking=True)


_CLOSED = frozenset("not no never none nobody nothing neither nor false untrue wrong".split())
_ROOT = 3
_PREFIXES = ("un", "in", "im", "ir", "dis", "non")


def _prefixed(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """ "Likely" where the source has "unlikely", or the reverse, and no "not" makes up for it."""
    theirs = {
        t.lower: mood(sentence, k).negated
        for sentence in (evidence.reading.tokens[n] for n in evidence.cited)
        for k, t in enumerate(sentence)
        if t.is_word
    }
    for i, token in enumerate(found):
        if not token.says_something or token.lower in theirs or is_negator(token):
            continue
        turned = {f"{prefix}{token.lower}" for prefix in _PREFIXES} | {
            token.lower[len(prefix) :] for prefix in _PREFIXES if token.lower.startswith(prefix)
        }
        there = [word for word in turned if len(word) > _ROOT and word in theirs]
        if denies(evidence.cited_tokens) and any(len(word) < len(token.lower) for word in there):
            continue
        if there and all(theirs[word] == mood(found, i).negated for word in there):
            yield Fault("negation", f"The source has the opposite of “{token.text}”.")


_CORRECTING = frozenset("wrong incorrect mistaken error untrue outside against".split())


def denied_otherwise(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a verb of a statement is denied in it and nowhere in the source, or the reverse,
    whatever else the two deny."""
    for i, token in enumerate(found):
        if token.capital or token.lower in _NOT_TESTED or not is_verb(found, i):
            continue
        exact, places = occurrences(token, evidence)
        here = mood(found, i).negated
        if exact and all(mood(sentence, k).negated != here for sentence, k in places):
            return True
    return False


def _left_open(found: Sequence[Token], i: int) -> bool:
    """Whether a statement itself leaves a verb open: "asked whether he blamed them"."""
    for token in found[:i][::-1]:
        if token.text in ",.;:?!":
            return False
        if token.lower in ("whether", "if"):
            return True
    return False


def _of_the_rest(found: Sequence[Token], i: int, evidence: Evidence) -> bool:
    """Whether "those that are not damaged" are the source's "others"."""
    words = [t.lower for t in found[max(0, i - 4) : i]]
    relative = words[-1:] in (["not"], ["n't"]) and bool({"that", "which", "who"} & set(words))
    cited = {t.lower for t in evidence.cited_tokens}
    return relative and bool(cited & {"others", "rest", "remaining", "remainder"})


def denied_beside(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether what a statement denies, verb and next word, is denied in the window as well: "He did
    not see who" behind "Dow saw a van"."""
    for i, token in enumerate(found[:-1]):
        if not is_verb(found, i) or not mood(found, i).negated:
            continue
        for number in evidence.window:
            sentence = evidence.reading.tokens[number]
            for k in range(len(sentence) - 1):
                same = same_stem(sentence[k].stem, token.stem)
                if same and sentence[k + 1].stem == found[i + 1].stem and mood(sentence, k).negated:
                    return True
    return False


def _softened(found: Sequence[Token], i: int) -> bool:
    """Whether a word is almost denied: "little warning"."""
    return bool({t.lower for t in found[max(0, i - 2) : i]} & {"little", "few", "hardly"})


def _negators(found: Sequence[Token]) -> int:
    """How often a text denies; "neither … nor" is one denial."""
    pairs = min(sum(t.lower == word for t in found) for word in ("neither", "nor"))
    return sum(is_negator(t) for t in found) - pairs - _bounds(found)


def _bounds(found: Sequence[Token]) -> int:
    """How many "no" and "not" only say how exact a number is: "no more than 40"."""
    words = [t.lower for t in found]
    return sum(
        words[i] in ("no", "not")
        and words[i + 1] in ("more", "less", "fewer", "later", "earlier")
        and words[i + 2] == "than"
        for i in range(len(words) - 2)
    )


def _negates(found: Sequence[Token]) -> bool:
    return sum(is_negator(t) for t in found) > _bounds(found) or _no_one(found)


_DENYING_PAIRS = frozenset((("no", "one"), ("rather", "than"), ("instead", "of")))


def _no_one(found: Sequence[Token]) -> bool:
    pairs = itertools.pairwise(t.lower for t in found)
    return any(pair in _DENYING_PAIRS or pair[0] == "beyond" for pair in pairs)


def denies(found: Sequence[Token]) -> bool:
    """Whether a text denies anything, or nearly so."""
    return _negates(found) or any(t.lower in ("un", "non", "few", "little") for t in found)


_NOT_TESTED = frozenset(
    "not no never none nobody nothing neither nor without had has have did does do having".split()
)


def _mood_differs(here: Mood, there: Mood, token: Token, exact: bool, past: bool) -> bool:
    if here.kind == there.kind or (here.negated and there.kind != "possible"):
        return False
    if there.kind == "possible":
        return True
    if not exact:
        return False
    if here.kind == "fact":
        return is_past(token) and there.kind in ("unreal", "wished")
    if here.kind == "possible":
        return there.kind == "fact"
    return here.kind == "unreal" and there.kind == "fact" and past and not here.conditional


def occurrences(
    token: Token, evidence: Evidence, beside: bool = False
) -> tuple[bool, list[tuple[list[Token], int]]]:
    """Where a word stands in the cited sentences, or else a synonym; whether it is the word.

    `beside` lets the sentences next to them answer when the cited ones have neither.
    """
    for numbers in (evidence.cited, evidence.window if beside else ()):
        sentences = [evidence.reading.tokens[i] for i in numbers]
        for exact, same in ((True, same_stem), (False, synonyms)):
            places = [
                (sentence, k)
                for sentence in sentences
                for k, t in enumerate(sentence)
                if t.is_word and same(t.stem, token.stem)
            ]
            if places:
                return exact, places
    return False, []
