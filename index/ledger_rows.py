"""What the ledger is asked for and what it gives: the wish, a line, an entry."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Attribution, Filters, Source, Span, Stance

_STANCES = {stance.value: stance for stance in Stance}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which attributions. What is left out does not narrow."""

    speaker: str | None = None
    target: str | None = None
    stances: frozenset[Stance] = frozenset()
    about: str | None = None
    """Words that the sentence or what is said must all have, in any form."""
    near: str | None = None
    """Words of which some must be said: the two hundred attributions with the most of them."""
    titled: str | None = None
    """Words that the title or the publisher of the document must all have."""
    publisher: str | None = None
    asserted: bool = False
    """Leaves out what is negated or hypothetical."""
    filters: Filters = Filters()


def told_once(attributions: Sequence[Attribution]) -> list[Attribution]:
    """All but the accusations by nobody that a sentence tells only to say that they are denied.

    "The firm denied the charge": the denial has it, and "somebody accuses the firm" adds nothing.
    """
    denials = {
        (a.sentence, a.speaker.start)
        for a in attributions
        if a.stance is Stance.DENY and a.speaker is not None
    }
    return [
        a
        for a in attributions
        if a.speaker is not None
        or a.stance is not Stance.ACCUSE
        or a.target is None
        or (a.sentence, a.target.start) not in denials
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """An attribution in outline, for counting and grouping. Keys are equal for equal parties."""

    row: int
    claim: int
    """Equal for the reprints of one report."""
    stance: Stance
    explicit: bool
    negated: bool
    hypothetical: bool
    document: int
    position: int
    published: str | None
    speaker: str | None
    speaker_key: str | None
    target: str | None
    target_key: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An attribution with its document and its sentence."""

    row: int
    attribution: Attribution
    source: Source
    page_starts: str
    """As JSON, since it is rarely needed."""
    also_in: tuple[Source, ...] = ()
    """Other documents that report the same in nearly the same words."""


@dataclass(frozen=True, slots=True)
class PartyCount:
    """A party and how many attributions it has, reprints counted once."""

    name: str
    count: int


def line_of(row: sqlite3.Row) -> Line:
    first, claim, stance, explicit, negated, hypothetical, *rest = row
    return Line(
        first, claim, _STANCES[stance], explicit == 1, negated == 1, hypothetical == 1, *rest
    )


def attribution_of(row: sqlite3.Row, content: tuple[Span, ...]) -> Attribution:
    return Attribution(
        document=row["path"],
        speaker=_party(row, "speaker"),
        cue=Span(row["cue_start"], row["cue_end"], row["cue"]),
        target=_party(row, "target"),
        content=content,
        sentence=(row["sentence_start"], row["sentence_end"]),
        stance=Stance(row["stance"]),
        explicit=bool(row["explicit"]),
        negated=bool(row["negated"]),
        hypothetical=bool(row["hypothetical"]),
    )


def _party(row: sqlite3.Row, side: str) -> Span | None:
    if row[side] is None:
        return None
    return Span(row[f"{side}_start"], row[f"{side}_end"], row[f"{side}_text"], row[f"{side}_name"])
