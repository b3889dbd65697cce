"""Entries of the attribution ledger in order for people: groups, denials beside them, reprints.

Synchronous; runs off the event loop.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.errors import RefusedError
from index.errors import UnknownDocumentError
from index.ledger import Entry, Wanted
from index.names import is_pronoun, same_party
from index.types import Attribution, Citation, Document, Stance, Statement
from index.wording import DENIAL, DID_NOT, IMPLIED, heading, one_line, party

if TYPE_CHECKING:
    from bot.questions import Answers

MOST = 200
"""Entries of one list."""
_ATTEMPTS = 3
_WORD = re.compile(r"\w+")
_SUPPOSED = "only supposed, not said to have happened"


@dataclass(frozen=True, slots=True)
class Findings:
    """What is shown of the ledger. `read` of `total` entries that match were looked at."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    read: int
    total: int
    hashes: Mapping[str, str]
    """The sha256 of the files cited, by path."""


@dataclass(slots=True)
class _Unit:
    """What one sentence says of one speaker by one cue, whoever the targets are."""

    entries: list[Entry]
    title: str
    note: str
    also_in: list[Entry]

    @property
    def said(self) -> Attribution:
        return self.entries[0].attribution

    @property
    def plain_denial(self) -> bool:
        said = self.said
        return said.stance is Stance.DENY and not (said.negated or said.hypothetical)


def read_findings(answers: "Answers", wanted: Wanted) -> Findings:
    """Plain reports first, then implied, negated and supposed ones; a denial beside what it denies.

    Raises what the answerer raises, and RefusedError when the index keeps changing meanwhile.
    """
    for _ in range(_ATTEMPTS):
        entries, total = answers.attributions(wanted, MOST)
        found = len(entries)
        entries = [*entries, *_their_denials(answers, wanted, entries)]
        try:
            documents = {
                path: answers.document(path) for path in {e.source.document for e in entries}
            }
        except UnknownDocumentError:
            continue
        if all(_verbatim(documents[e.source.document], e.attribution) for e in entries):
            return _composed(entries, documents, found, total)
    raise RefusedError("The index has just been replaced. Please try again.")


def _their_denials(answers: "Answers", wanted: Wanted, entries: Sequence[Entry]) -> list[Entry]:
    """What a target that was asked for denies in the documents in which it is accused."""
    if wanted.target is None or Stance.DENY not in wanted.stances or not entries:
        return []
    theirs = replace(
        wanted, speaker=wanted.target, target=None, about=None, stances=frozenset([Stance.DENY])
    )
    accused = {e.source.document for e in entries if e.attribution.stance is not Stance.DENY}
    known = {entry.row for entry in entries}
    found, _ = answers.attributions(theirs, MOST)
    return [e for e in found if e.source.document in accused and e.row not in known]


def _verbatim(document: Document, attribution: Attribution) -> bool:
    """Whether the entry and the text are of the same generation."""
    return all(document.text[s.start : s.end] == s.text for s in attribution.spans)


def _composed(
    entries: Sequence[Entry], documents: dict[str, Document], found: int, total: int
) -> Findings:
    groups = _grouped(_units(entries))
    shown = [unit for group in groups for unit in _without_reprints(group, documents)]
    citations: dict[tuple[str, int, int], Citation] = {}
    statements = []
    for unit in shown:
        document = documents[unit.said.document]
        key = (document.id, *unit.said.sentence)
        known = citations.get(key) or _citation(len(citations) + 1, unit, document)
        others = {source.document: source for source in known.also_in}
        others |= {e.source.document: e.source for e in unit.also_in}
        citations[key] = replace(known, also_in=tuple(others.values()))
        statements.append(
            Statement(
                one_line(known.quote),
                (known.number,),
                tuple(entry.attribution.id for entry in unit.entries),
                unit.title,
                unit.note,
            )
        )
    hashes = {path: document.sha256 for path, document in documents.items()}
    return Findings(tuple(statements), tuple(citations.values()), found, total, hashes)


def _units(entries: Sequence[Entry]) -> list[_Unit]:
    together: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        a = entry.attribution
        flags = (a.stance, a.explicit, a.negated, a.hypothetical)
        together.setdefault((a.document, a.cue.start, party(a.speaker), flags), []).append(entry)
    units = [
        _Unit(same, _title(same), _note(same[0].attribution), []) for same in together.values()
    ]
    return sorted(units, key=lambda unit: _tier(unit.said))


def _title(entries: Sequence[Entry]) -> str:
    said = entries[0].attribution
    targets = dict.fromkeys(party(e.attribution.target) for e in entries if e.attribution.target)
    title = heading(
        said.stance,
        party(said.speaker),
        [] if said.stance is Stance.DENY and not said.negated else list(targets),
        implied=not said.explicit,
        negated=said.negated,
    )
    return f"{title} (only supposed)" if said.hypothetical else title


def _note(said: Attribution) -> str:
    if said.hypothetical:
        return _SUPPOSED
    if said.negated:
        return DID_NOT
    if not said.explicit:
        return IMPLIED
    return DENIAL if said.stance is Stance.DENY else ""


def _tier(said: Attribution) -> int:
    return 3 if said.hypothetical else 2 if said.negated else 0 if said.explicit else 1


def _grouped(units: Sequence[_Unit]) -> list[list[_Unit]]:
    """Units under the same heading together, the plainest first, of them those with names."""
    groups: dict[str, list[_Unit]] = {}
    for unit in units:
        if not unit.plain_denial:
            groups.setdefault(unit.title, []).append(unit)
    accusing = [unit for unit in units if not unit.plain_denial and not _tier(unit.said)]
    alone: dict[str, list[_Unit]] = {}
    for denial in (unit for unit in units if unit.plain_denial):
        title = next((unit.title for unit in accusing if _denies(denial, unit)), None)
        if title is None:
            alone.setdefault(denial.title, []).append(denial)
        else:
            denial.note = f"{DENIAL} by {party(denial.said.speaker)}"
            denial.title = title
            groups[title].append(denial)
    ordered = [*groups.values(), *alone.values()]
    return sorted(ordered, key=lambda group: (_tier(group[0].said), _is_unnamed(group[0].said)))


def _is_unnamed(said: Attribution) -> bool:
    """Whether a reader cannot tell from the heading who is meant: “I”, “it”."""
    parties = [span.name or span.text for span in (said.speaker, said.target) if span is not None]
    return any(map(is_pronoun, parties))


def _denies(denial: _Unit, accusation: _Unit) -> bool:
    """Whether the accused deny it later in the same document."""
    who, said = denial.said.speaker, accusation.said
    if who is None or denial.said.document != said.document or who.start < said.cue.start:
        return False
    targets = [e.attribution.target for e in accusation.entries]
    return any(t is not None and same_party(party(who), party(t)) for t in targets)


def _without_reprints(units: Iterable[_Unit], documents: dict[str, Document]) -> list[_Unit]:
    """The same words of the same parties in another document become an `also_in`."""
    kept: list[tuple[_Unit, list[str]]] = []
    for unit in units:
        start, end = unit.said.sentence
        words = _WORD.findall(documents[unit.said.document].text[start:end].casefold())
        for other, known in kept:
            apart = other.said.document != unit.said.document and other.note == unit.note
            if apart and words == known:
                other.also_in.append(unit.entries[0])
                break
        else:
            kept.append((unit, words))
    return [unit for unit, _ in kept]


def _citation(number: int, unit: _Unit, document: Document) -> Citation:
    start, end = unit.said.sentence
    page = bisect_right(document.page_starts, start) or None if document.page_starts else None
    return Citation(number, unit.entries[0].source, start, end, document.text[start:end], page=page)
