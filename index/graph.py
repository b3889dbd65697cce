"""Who accuses whom as a directed graph: parties as nodes, arrows weighted by count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.ledger import Line
from index.names import is_pronoun
from index.types import Stance

MOST_PARTIES = 60


class Relation(StrEnum):
    """What an arrow stands for."""

    ACCUSES = "accuses or criticises"
    IMPLIES = "implies an accusation"
    DENIES = "denies"


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a party to another; `count` counts reprints once."""

    source: str
    target: str
    relation: Relation
    count: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Parties by their key with what they are called, and the arrows between them."""

    parties: dict[str, str]
    arrows: tuple[Arrow, ...]
    nameless: int = 0
    """Attributions left out because a party is missing or only a pronoun."""
    left_out: int = 0
    """Parties left out because there are too many."""


def graph_of(lines: Sequence[Line], most: int = MOST_PARTIES) -> Graph:
    """The graph of accusations, criticism and denials among attributions.

    What is negated or hypothetical is left out. A denial without an addressee goes to those who
    accuse the denier in the same document.
    """
    wanted = (Stance.ACCUSE, Stance.CONDEMN, Stance.DENY)
    real = [x for x in lines if x.stance in wanted and not (x.negated or x.hypothetical)]
    names: dict[str, Counter[str]] = defaultdict(Counter)
    counted: Counter[tuple[str, str, Relation]] = Counter()
    accusers: dict[tuple[int, str], set[str]] = defaultdict(set)
    nameless = 0
    seen: set[tuple[int, str | None]] = set()
    for line in (x for x in real if x.stance is not Stance.DENY):
        ends = _ends(line)
        if ends is None:
            nameless += 1
            continue
        accusers[line.document, ends[1]].add(ends[0])
        if (line.claim, ends[1]) not in seen:
            seen.add((line.claim, ends[1]))
            _name(names, line)
            counted[(*ends, Relation.ACCUSES if line.explicit else Relation.IMPLIES)] += 1
    denied: set[tuple[int, str]] = set()
    for line in (x for x in real if x.stance is Stance.DENY):
        for target in _addressees(line, accusers):
            if (line.claim, target) not in denied:
                denied.add((line.claim, target))
                _name(names, line)
                counted[(line.speaker_key or "", target, Relation.DENIES)] += 1
    arrows = [Arrow(*ends, number) for ends, number in counted.items()]
    return _bounded(
        {key: found.most_common(1)[0][0] for key, found in names.items()}, arrows, most, nameless
    )


def alt_text(graph: Graph) -> str:
    """The graph in words, for who cannot see it."""
    if not graph.arrows:
        return "A graph of who accuses whom. It is empty."
    parts = []
    for arrow in graph.arrows:
        verb = {Relation.ACCUSES: "accuses", Relation.IMPLIES: "implicitly accuses"}.get(
            arrow.relation, "denies it to"
        )
        times = f" ({arrow.count} times)" if arrow.count > 1 else ""
        parts.append(f"{graph.parties[arrow.source]} {verb} {graph.parties[arrow.target]}{times}")
    return f"A graph of who accuses whom: {'; '.join(parts)}."


def _ends(line: Line) -> tuple[str, str] | None:
    if line.speaker_key is None or line.target_key is None or line.speaker_key == line.target_key:
        return None
    if is_pronoun(line.speaker or "") or is_pronoun(line.target or ""):
        return None
    return line.speaker_key, line.target_key


def _addressees(line: Line, accusers: dict[tuple[int, str], set[str]]) -> Iterable[str]:
    if line.speaker_key is None or is_pronoun(line.speaker or ""):
        return ()
    ends = _ends(line)
    if ends is not None:
        return (ends[1],)
    return sorted(accusers.get((line.document, line.speaker_key), ()))


def _name(names: dict[str, Counter[str]], line: Line) -> None:
    for key, shown in ((line.speaker_key, line.speaker), (line.target_key, line.target)):
        if key is not None and shown is not None:
            names[key][shown] += 1


def _bounded(parties: dict[str, str], arrows: Sequence[Arrow], most: int, nameless: int) -> Graph:
    weight: Counter[str] = Counter()
    for arrow in arrows:
        weight[arrow.source] += arrow.count
        weight[arrow.target] += arrow.count
    kept = {key for key, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:most]}
    inside = [a for a in arrows if a.source in kept and a.target in kept]
    kept = {key for a in inside for key in (a.source, a.target)}
    inside.sort(key=lambda a: (-a.count, a.relation, a.source, a.target))
    return Graph(
        {key: parties.get(key, key) for key in sorted(kept)},
        tuple(inside),
        nameless,
        len(weight) - len(kept),
    )
