"""How many, how often, and who most: what a question wants counted, in a sentence."""

from collections import Counter
from collections.abc import Sequence

from index.ledger import Ledger, Wanted
from index.ledger_lines import stances_of
from index.ledger_units import Unit
from index.types import Asked, Filters, Query
from index.wording import listed, party_name

_NAMED = 5
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def most(ledger: Ledger, query: Query, filters: Filters) -> tuple[str, str] | None:
    """Who speaks, or is spoken of, most often in the way asked for, and a sentence that says so.

    Reprints count once; what is negated or only supposed does not count. None for an empty ledger.
    """
    side = "speaker" if query.count is Asked.MOST_SPEAKING else "target"
    wanted = Wanted(stances=stances_of(query), asserted=True, filters=filters)
    ranks = ledger.most_frequent(side, wanted, 3)
    if not ranks:
        return None
    first, *others = ranks
    ties = [one.name for one in others if one.count == first.count]
    text = f"Most often: {listed([first.name, *ties])}, {times(first.count)}"
    text += " each" if ties else ""
    rest = [f"{one.name}, {times(one.count)}" for one in others if one.count < first.count]
    return first.name, f"{text}; then {' and '.join(rest)}." if rest else f"{text}."


def counted(query: Query, units: Sequence[Unit]) -> str:
    """The count that a question asks for, as a sentence; "" where it asks for none."""
    real = [unit for unit in units if unit.first.explicit and not unit.first.negated]
    if query.count is Asked.TIMES:
        return f"{times(len(real))[:1].upper()}{times(len(real))[1:]} in these documents."
    if query.count not in (Asked.SPEAKERS, Asked.TARGETS):
        return ""
    names: Counter[str] = Counter()
    for unit in real:
        line = unit.first
        shown = (
            [line.speaker] if query.count is Asked.SPEAKERS else [one.target for one in unit.lines]
        )
        names.update({party_name(name) for name in shown if name is not None})
    if not names:
        return ""
    first = [name for name, _ in names.most_common(_NAMED)]
    more = len(names) - len(first)
    who = listed([*first, f"{more} more"] if more else first)
    number = _NUMBERS[len(names)] if len(names) < len(_NUMBERS) else str(len(names))
    return f"{number[:1].upper()}{number[1:]}, as the texts call them: {who}."


def times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
