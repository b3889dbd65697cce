"""Numbers that a source does not have, or has of other things or less exactly."""

from collections.abc import Iterator, Sequence

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
    for figure in mine:
        if figure.word_one:
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
            yield Fault("number", f"The source does not have the number {_shown(figure, found)}.")
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


def _as_exact(mine: str, theirs: str) -> bool:
    return mine == theirs or {mine, theirs} == {"", "only"} or (mine, theirs) == ("about", "")


def _same_unit(one: Figure, other: Figure) -> bool:
    return any(a == b or synonyms(a, b) for a in one.units for b in other.units)


def _shown(figure: Figure, found: Sequence[Token]) -> str:
    return found[figure.at].text
