"""Lines of the ledger put together and in order: a unit a sentence, a group a pair of parties."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.ledger_lines import TIERS
from index.ledger_rows import Line
from index.names import is_proper
from index.party_names import full_names, is_named
from index.types import Query, Stance
from index.wording import party_name


@dataclass(frozen=True, slots=True)
class Unit:
    """What one sentence says of one speaker by one cue: a line for each target."""

    lines: tuple[Line, ...]
    tier: int
    score: float

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def group(self) -> tuple[object, ...]:
        keys = tuple(sorted({line.target_key or "" for line in self.lines}))
        return self.first.stance, self.first.speaker_key, keys

    @property
    def vagueness(self) -> int:
        """How far its parties are from being named."""
        return sum(_vagueness(name) for name in (self.first.speaker, self.first.target))


def units_of(lines: Sequence[Line], query: Query, scores: dict[int, float]) -> list[Unit]:
    """Reprints once, targets of one cue together, the most telling first."""
    tiers = TIERS.get(query.stance, (query.stance,) if query.stance else ())
    lines = _in_full(lines, query)
    first: dict[int, Line] = {}
    for line in lines:
        first.setdefault(line.claim, line)
    together: dict[tuple[object, ...], list[Line]] = {}
    for line in first.values():
        key = (line.document, line.position, line.speaker_key, line.stance, line.explicit)
        together.setdefault(key, []).append(line)
    spoken = {(line.document, line.position) for line in first.values() if line.explicit}
    units = []
    for same in together.values():
        line = same[0]
        beside_say = (line.document, line.position) in spoken and query.stance in (Stance.SAY, None)
        if not line.explicit and beside_say:
            continue
        tier = tiers.index(line.stance) if line.explicit else len(tiers)
        if query.stance in (Stance.SAY, None) and query.topic is not None:
            tier = 0
        units.append(Unit(tuple(same), tier, max(scores.get(one.row, 0.0) for one in same)))
    return units


def _in_full(lines: Sequence[Line], query: Query) -> Sequence[Line]:
    """The lines with full names for those whom the question names.

    "Councillor Sorrell" and "Nadia Sorrell" are then one.
    """
    speakers = [(line.speaker, line.speaker_key) for line in lines]
    targets = [(line.target, line.target_key) for line in lines]
    if query.speaker is not None:
        full = full_names([*speakers, *targets] if query.mutual else speakers)
        lines = [
            replace(line, speaker=full[line.speaker_key][0], speaker_key=full[line.speaker_key][1])
            if line.speaker_key in full and is_named(line.speaker or "")
            else line
            for line in lines
        ]
    if query.target is not None:
        full = full_names([*speakers, *targets] if query.mutual else targets)
        lines = [
            replace(line, target=full[line.target_key][0], target_key=full[line.target_key][1])
            if line.target_key in full and is_named(line.target or "")
            else line
            for line in lines
        ]
    return lines


def grouped(units: Sequence[Unit]) -> list[list[Unit]]:
    """Units by speaker and targets: those of one speaker together, the plainest first."""
    groups: dict[tuple[object, ...], list[Unit]] = {}
    for unit in units:
        groups.setdefault(unit.group, []).append(unit)
    ranks: dict[tuple[object, ...], tuple[float, ...]] = {}
    best: dict[str | None, tuple[float, ...]] = {}
    for key, group in groups.items():
        group.sort(key=lambda unit: (unit.tier, -unit.score))
        first = group[0]
        ranks[key] = (first.tier, first.vagueness, -max(u.score for u in group), -len(group))
        speaker = first.first.speaker_key
        best[speaker] = min(ranks[key], best.get(speaker, ranks[key]))

    def order(group: Sequence[Unit]) -> tuple[object, ...]:
        speaker, rank = group[0].first.speaker_key, ranks[group[0].group]
        nameless = group[0].vagueness > 1
        return nameless, rank if nameless else best[speaker], speaker or "", rank

    return sorted(groups.values(), key=order)


def _vagueness(name: str | None) -> int:
    if name is None or party_name(name) != name:
        return 2
    return 0 if is_proper(name) and not name.startswith(("Our ", "My ", "His ", "Her ")) else 1
