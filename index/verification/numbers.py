"""Numbers that a source does not have, or has of other things or less exactly."""

import itertools
from collections.abc import Iterator, Sequence

from index.verification.clock import clock_times
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.figures import Figure, figures
from index.verification.lexicon import synonyms
from index.verification.tokens import Token


def number_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Numbers that the window does not have, or has with another bound or for other things."""
    have = figures(evidence.window_tokens)
    cited = figures(evidence.cited_tokens)
    mine = figures(found)
    inexact = list(figures(evidence.reading.about))
    have_times = {c.minutes for c in clock_times(evidence.window_tokens)}
    told = {k for c in clock_times(found) if c.minutes in have_times for k in c.places}
    window = {t.lower for t in evidence.window_tokens}
    apart = {abs(a - b) for a in have_times for b in have_times}
    for figure in mine:
        if figure.word_one or figure.at in told:
            continue
        if figure.units and figure.value * _MINUTES.get(figure.units[0], 0) in apart - {0}:
            continue
        same = [f for f in have if f.value == figure.value]
        if same and all(f.value != figure.value for f in cited):
            values = {f.value for f in mine}
            if any(f.value not in values and not f.word_one for f in cited):
                yield Fault(
                    "number", f"The cited sentence has another number than {_shown(figure, found)}."
                )
                continue
        if not same:
            if any(f.value == figure.value for f in inexact):
                continue
            if found[figure.at].lower == "twice" and window & _AGAIN:
                continue
            words = {t.lower for t in found} | {t.lower for t in evidence.cited_tokens}
            if words & _WORKING and _worked_out(figure, have):
                continue
            lacking = not any(_instead(f, figure, mine) for f in cited)
            reason = f"The source does not have the number {_shown(figure, found)}."
            yield Fault("number", reason, lacking)
        elif not any(_as_exact(figure.bound, f.bound) for f in same):
            yield Fault(
                "number", f"The source is not as exact, or is more, about {_shown(figure, found)}."
            )
        elif figure.units and not any(_same_unit(figure, f) or not f.units for f in same):
            unit = figure.units[0]
            others = [f for f in cited if f.value != figure.value and unit in f.units[:1]]
            if others:
                yield Fault(
                    "number", f"{_shown(figure, found)} counts something else in the source."
                )


def _instead(other: Figure, figure: Figure, mine: Sequence[Figure]) -> bool:
    """Whether another number of the source may stand in a number's place."""
    alike = set(other.units) & set(figure.units) or not (other.units and figure.units)
    return bool(alike) and not other.word_one and other.value not in {f.value for f in mine}


_MINUTES = {"hour": 60, "minut": 1}
_AGAIN = frozenset("again both second double doubled".split())
_LEAST_SUM = 20
_WORKING = frozenset("more less fewer below above total altogether together difference".split())


def _worked_out(figure: Figure, have: Sequence[Figure]) -> bool:
    """Whether a number is the sum or difference of two of the source's; small ones would often be
    so by chance."""
    if figure.value < _LEAST_SUM:
        return False
    values = sorted({f.value for f in have if f.value > 1})
    return any(figure.value in (a + b, b - a) for a, b in itertools.combinations(values, 2))


def _as_exact(mine: str, theirs: str) -> bool:
    return mine == theirs or {mine, theirs} == {"", "only"} or (mine, theirs) == ("about", "")


def _same_unit(one: Figure, other: Figure) -> bool:
    return any(a == b or synonyms(a, b) for a in one.units for b in other.units)


def _shown(figure: Figure, found: Sequence[Token]) -> str:
    return found[figure.at].text
