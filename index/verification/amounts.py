"""What a sentence gives as the figure of a thing: "the grant was £640,000", "a fee of £640"."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.verification.evidence import Evidence
from index.verification.figures import NUMBER_WORDS, day_places, figures
from index.verification.tokens import Token

_IS = frozenset("is was were are be been of at to totalled totaled".split())
_LEADING = frozenset("came stood amounted stands amounts comes worth".split())
_CURRENCY = frozenset("£$€¥")


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact figure of a thing: the stems of the thing and of its unit, and the value."""

    thing: str
    unit: str
    value: float


def amounts(found: Sequence[Token]) -> list[Amount]:
    """The figures that a text gives as what a thing is, comes to, or consists in."""
    dated = day_places(found)
    told = []
    for figure in figures(found):
        if figure.bound or figure.ordinal or figure.word_one or figure.at in dated:
            continue
        at = figure.at
        money = at > 0 and found[at - 1].text in _CURRENCY
        unit = found[at - 1].text if money else (figure.units[0] if figure.units else "")
        k = at - 2 if money else at - 1
        if not unit or k < 1 or found[k].lower not in _IS:
            continue
        if found[at + 1 : at + 2] and found[at + 1].lower in ("of", *NUMBER_WORDS):
            continue
        thing = _head(found, k - 1, found[k].lower == "of")
        if thing is not None:
            told.append(Amount(thing.stem, unit, figure.value))
    return told


def _head(found: Sequence[Token], k: int, of: bool) -> Token | None:
    """The noun before a place; before a copula, a clause between commas is passed over."""
    while k > 0 and found[k].lower in _LEADING:
        k -= 1
    if not of and found[k].text == ",":
        k = next((n for n in range(k - 1, 0, -1) if found[n].text == ","), 0) - 1
    if k < 0 or not found[k].says_something or found[k].is_number:
        return None
    return found[k]


def amount_differs(claim: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a source gives another figure of the one thing of which a claim gives a figure.

    All else that the claim says must stand in the sentence, beside it, or in the document's title;
    and a claim or sentence with several figures of a thing is left alone.
    """
    mine = amounts(claim)
    theirs = amounts(evidence.cited_tokens)
    if len(mine) != 1:
        return False
    same = [a for a in theirs if (a.thing, a.unit) == (mine[0].thing, mine[0].unit)]
    if len(same) != 1 or same[0].value == mine[0].value:
        return False
    near = evidence.window_stems | {t.stem for t in evidence.reading.about if t.is_word}
    return all(t.stem in near for t in claim if t.says_something)
