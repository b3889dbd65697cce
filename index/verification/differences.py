"""Which way a figure sets one thing above or below another: "one less than the average"."""

from collections.abc import Sequence

from index.verification.evidence import Evidence
from index.verification.figures import figures
from index.verification.tokens import Token

UPWARD = frozenset(
    """
    larger bigger greater higher older longer faster heavier better dearer stronger warmer wetter
    fuller deeper wider taller richer louder busier more above over exceeded exceeds
    largest biggest greatest highest oldest longest fastest heaviest best dearest
    """.split()
)
DOWNWARD = frozenset(
    """
    smaller lower younger shorter slower lighter worse cheaper weaker colder cooler drier lowest
    emptier shallower narrower poorer quieter less fewer below under
    smallest youngest shortest slowest lightest worst cheapest
    """.split()
)
_NEAR = 4
_SIDE = 10


def than_place(found: Sequence[Token]) -> int | None:
    """The place of the first "than" that compares."""
    return next(
        (
            k
            for k, t in enumerate(found)
            if t.lower == "than" and k and found[k - 1].lower != "rather"
        ),
        None,
    )


def halves(found: Sequence[Token], than: int) -> tuple[set[str], set[str]]:
    """What says something before and behind a place, as stems."""

    def content(part: Sequence[Token]) -> set[str]:
        return {
            t.stem for t in part
            if (t.says_something or t.is_number) and t.lower not in UPWARD | DOWNWARD
        }  # fmt: skip

    return content(found[:than]), content(found[than + 1 : than + _SIDE])


def _differences(found: Sequence[Token]) -> dict[float, set[str]]:
    """The figures by which one thing is "more than" or "less than" another: "one less than"."""
    ways: dict[float, set[str]] = {}
    for figure in figures(found):
        behind = [t.lower for t in found[figure.at + 1 : figure.at + 2 + _NEAR]]
        if "than" not in behind:
            continue
        for word in behind[: behind.index("than")]:
            if word in UPWARD | DOWNWARD:
                ways.setdefault(figure.value, set()).add("up" if word in UPWARD else "down")
    return ways


def difference_turned(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a statement has "one more than" where the source has "one less than" of the same
    thing, and not the reverse as well."""
    mine, theirs = _differences(found), _differences(evidence.cited_tokens)
    behind = halves(found, than_place(found) or 0)[1]
    after = halves(evidence.cited_tokens, than_place(evidence.cited_tokens) or 0)[1]
    return bool(behind & after) and any(
        value in theirs and not ways & theirs[value] for value, ways in mine.items()
    )
