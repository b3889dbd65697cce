"""Comparisons held against the source's own, and against its figures: which side is more, and whose
a figure is."""

import itertools
from collections.abc import Iterator, Sequence

from index.verification.clauses import is_verb
from index.verification.differences import (
    DOWNWARD,
    UPWARD,
    difference_turned,
    halves,
    than_place,
)
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.figures import figures
from index.verification.tokens import Token, carried, words_of

_FIGURES_COMPARE = frozenset("compared against".split())
_OTHER_COMPARING = frozenset("than outside inside ahead behind later earlier".split())
_NEAR = 4
_SIDE = 10


def comparison_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Comparisons with their sides exchanged or against the figures, and figures of another."""
    if _sides_exchanged(found, evidence):
        yield Fault("opposite", "In the source the two that are compared are the other way round.")
    elif difference_turned(found, evidence):
        yield Fault("opposite", "In the source the difference is the other way.")
    elif _against_figures(found, evidence):
        yield Fault("opposite", "The figures of the source are the other way round.")
    elif _unlike(found, evidence):
        yield Fault("addition", "The source does not compare so.")
    yield from _misplaced(found, evidence)


def figures_bear_out(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a statement compares two figures that the source has, the right way round."""
    sides = _compared_figures(found)
    if sides is None:
        return False
    one, other, up = sides
    have = {f.value for f in figures(evidence.window_tokens)}
    return {one, other} <= have and (one > other) == up and one != other


def _compared_figures(found: Sequence[Token]) -> tuple[float, float, bool] | None:
    """The figures before and after "below", "more than" and the like, and whether it is up."""
    mine = figures(found)
    for i, token in enumerate(found):
        way = _way(found, i)
        if way is None:
            continue
        before = [f for f in mine if f.at < i and not f.word_one]
        after = [f for f in mine if i < f.at <= i + _NEAR and not f.word_one]
        linked = token.lower in _PREPOSED or any(t.lower == "than" for t in found[i : i + _NEAR])
        if before and after and linked and not _bound_only(found, i):
            return before[-1].value, after[0].value, way
    return None


_PREPOSED = frozenset("above below over under exceeded exceeds".split())


def _bound_only(found: Sequence[Token], i: int) -> bool:
    """Whether "over" or "more than" only says how exact the number behind it is."""
    before = found[i - 1].lower if i else ""
    return not (
        before in ("well", "far", "just", "much", "even", "was", "were", "is", "are")
        or found[i + 1].lower in ("the", "a", "an")
        or before == ","
    )


def _way(found: Sequence[Token], i: int) -> bool | None:
    word = found[i].lower
    return True if word in UPWARD else False if word in DOWNWARD else None


def _ways(found: Sequence[Token], than: int) -> set[bool]:
    """Whether what is compared before a "than" is more, or less."""
    words = [found[k].lower for k in range(max(0, than - _SIDE), than)]
    return {True for w in words if w in UPWARD} | {False for w in words if w in DOWNWARD}


def _sides_exchanged(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether what stands behind "than" stands before it in the source, and the reverse, while
    both compare in one direction."""
    mine = than_place(found)
    if mine is None:
        return False
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        theirs = than_place(sentence)
        if theirs is None and _second_is_first(found, mine, sentence):
            return True
        if theirs is None or _ways(found, mine) != _ways(sentence, theirs):
            continue
        left, right = halves(found, mine)
        before, after = halves(sentence, theirs)
        to_right = (left & after) - right - before
        to_left = (right & before) - left - after
        stay = (left & before) | (right & after)
        if to_right and to_left and len(to_right | to_left) > len(stay - to_right - to_left) - 2:
            return True
    return False


def _nearest_before(found: Sequence[Token], k: int) -> set[str]:
    """The stem of the last word that says something before a place."""
    return {t.stem for t in [t for t in found[:k] if t.says_something][-1:]}


def _second_is_first(found: Sequence[Token], than: int, sentence: Sequence[Token]) -> bool:
    """Whether what a source has more of, "weigh experience more heavily", is what a statement has
    behind its "than", and something else before."""
    more = next((k for k in range(than) if found[k].lower in ("more", "less")), None)
    if more is None or than - more > _NEAR or than - more < 2:
        return False
    word = found[than - 1].stem
    for k in range(1, len(sentence) - 1):
        if sentence[k].lower != found[more].lower or sentence[k + 1].stem != word:
            continue
        first, before = _nearest_before(sentence, k), _nearest_before(found, more)
        behind = {t.stem for t in found[than + 1 : than + _NEAR + 1] if t.says_something}
        if behind & first and before and not before & first:
            return True
    return False


def _against_figures(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a statement has one figure of the source above another that is the higher."""
    sides = _compared_figures(found)
    if sides is None:
        return False
    one, other, up = sides
    have = {f.value for f in figures(evidence.window_tokens)}
    return {one, other} <= have and one != other and (one > other) != up


def _unlike(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a statement says "fuller than" where the source only sets two figures side by side,
    and these do not say so."""
    than = than_place(found)
    if than is None:
        return False
    window = words_of(evidence.window_tokens)
    plain = any(
        t.lower in UPWARD | DOWNWARD | _OTHER_COMPARING
        or (t.lower.endswith("est") and len(t.lower) > 5)
        for t in evidence.window_tokens
    )
    if plain or not window & _FIGURES_COMPARE:
        return False
    word = next((t for t in found[max(0, than - _NEAR) : than] if t.lower.endswith("er")), None)
    if word is not None and carried(word, evidence.window_stems):
        return False
    ways = _ways(found, than)
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        cut = next((k for k, t in enumerate(sentence) if t.lower in _FIGURES_COMPARE), None)
        if cut is None:
            continue
        first = [f for f in figures(sentence[:cut]) if not f.word_one]
        last = [f for f in figures(sentence[cut:]) if not f.word_one]
        if first and last and len(ways) == 1:
            up = first[-1].value > last[0].value
            behind = {t.stem for t in found[than:] if t.says_something}
            turned = len(behind & {t.stem for t in sentence[:cut]}) > len(
                behind & {t.stem for t in sentence[cut:]}
            )
            return (up != turned) not in ways
    return True


def _misplaced(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Figures given to one party that the source gives to another, where the party has a figure of
    its own; and two figures of a result in the other order."""
    if evidence.labels:
        return
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        theirs = _owners(sentence)
        for stem, value in _owners(found).items() if len(theirs) > 1 else ():
            own = theirs.get(stem)
            holder = next((o for o, v in theirs.items() if v == value), None)
            if own not in (None, value) and holder not in (None, stem):
                yield Fault("number", "In the source this is the figure of another.")
                return
        for one, other in _results(found):
            lost = bool(words_of(found) & _LOSING) != bool(words_of(sentence) & _LOSING)
            results = _results(sentence)
            right = (one, other) in results
            if (right if lost else not right) and {(one, other), (other, one)} & results:
                yield Fault("number", "In the source the result is the other way round.")
                return


_LOSING = frozenset("lose loses lost losing beaten defeated defeat".split())


def _owners(found: Sequence[Token]) -> dict[str, float]:
    """The figure that follows a name or a noun at once, by the stem of its last word: "Hadrick and
    Sons, £455,000", "the victim, who was 34"."""
    owners: dict[str, float] = {}
    for figure in figures(found):
        if figure.ordinal or figure.word_one:
            continue
        for k in range(figure.at - 1, max(-1, figure.at - _NEAR - 1), -1):
            token = found[k]
            if token.is_number or token.lower in ("and", "of", "than", "by", "to", "in", "at"):
                break
            if token.says_something and not is_verb(found, k):
                owners.setdefault(token.stem, figure.value)
                break
        behind = found[figure.at + 1 : figure.at + 3]
        if len(behind) > 1 and behind[0].lower == "for" and behind[1].says_something:
            owners[behind[1].stem] = figure.value
    return owners


def _results(found: Sequence[Token]) -> set[tuple[float, float]]:
    """Pairs of figures with a "to" between: "312 votes to 298"."""
    mine = figures(found)
    return {
        (one.value, other.value)
        for one, other in itertools.pairwise(mine)
        if other.at - one.at <= _NEAR
        and one.value != other.value
        and any(t.lower == "to" for t in found[one.at : other.at])
    }
