"""How many, how often, and who most: what a question wants counted, in a sentence."""

from collections.abc import Sequence

from index.ledger import Ledger, Wanted
from index.ledger_lines import stances_of
from index.ledger_units import Unit
from index.party_names import full_names, is_named
from index.types import Asked, Filters, Query
from index.wording import listed, party_name

_NAMED = 5
_RANKS = 4
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def most(ledger: Ledger, query: Query, filters: Filters) -> tuple[list[str], str] | None:
    """Who speaks, or is spoken of, most often in the way asked for, and a sentence that says so.

    Reprints count once; what is negated or only supposed does not count. None for an empty ledger.
    """
    side = "speaker" if query.count is Asked.MOST_SPEAKING else "target"
    wanted = Wanted(stances=stances_of(query), asserted=True, filters=filters)
    ranks = ledger.most_frequent(side, wanted, _RANKS)
    if not ranks:
        return None
    first = [one.name for one in ranks if one.count == ranks[0].count]
    text = f"Most often: {listed(first)}, {times(ranks[0].count)}"
    text += " each" if len(first) > 1 else ""
    rest = [f"{one.name}, {times(one.count)}" for one in ranks[len(first) :]]
    return first, f"{text}; then {'; '.join(rest)}." if rest else f"{text}."


def counted(query: Query, units: Sequence[Unit]) -> str:
    """The count that a question asks for, as a sentence; "" where it asks for none.

    Only who is named is counted: who is only described may be one of them.
    """
    real = [unit for unit in units if unit.first.explicit and not unit.first.negated]
    if query.count is Asked.TIMES:
        return f"{times(len(real))[:1].upper()}{times(len(real))[1:]} in these documents."
    if query.count not in (Asked.SPEAKERS, Asked.TARGETS):
        return ""
    speaks = query.count is Asked.SPEAKERS
    parties = [
        (line.speaker, line.speaker_key) if speaks else (line.target, line.target_key)
        for unit in real
        for line in unit.lines
    ]
    full = full_names(parties)
    named: dict[str, str] = {}
    described: dict[str, str] = {}
    for shown, key in parties:
        if shown is None or key is None:
            continue
        name, whole = full.get(key, (shown, key)) if is_named(shown) else (shown, key)
        (named if is_named(shown) else described).setdefault(whole, name)
    return _tally(list(named.values()), [party_name(name) for name in described.values()])


def _tally(named: Sequence[str], described: Sequence[str]) -> str:
    if not named:
        return f"Nobody by name; {_few(described)}." if described else ""
    number = _NUMBERS[len(named)] if len(named) < len(_NUMBERS) else str(len(named))
    text = f"{number[:1].upper()}{number[1:]} by name: {_few(named)}"
    return f"{text}; others are only described: {_few(described)}." if described else f"{text}."


def _few(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{more} more"] if more > 0 else list(names))


def times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
