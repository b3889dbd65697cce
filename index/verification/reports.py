"""Who speaks, accuses or denies by name in a statement, and of whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.verification.clauses import is_verb, verb_at
from index.verification.cues import SPEECH
from index.verification.moods import mood
from index.verification.names import Name
from index.verification.tokens import Token, stem

THINKING = frozenset(
    "believe believes believed think thinks thought fear fears feared hope hopes hoped hold holds"
    " held find finds found regard attack attacked attributed view".split()
)


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody of a name who speaks, accuses or denies in a statement."""

    speakers: tuple[str, ...]
    """The names that may be the speaker's: that next to the cue, and the clause's first."""
    cue: str
    at: int
    target: str | None
    negated: bool
    nested: bool = False
    """Whether another speaks before in the sentence, who may be the one that reports it."""


def reports(found: Sequence[Token], names: Sequence[Name]) -> Iterator[Report]:
    """The reports of a statement whose speaker is named."""
    before: list[str] = []
    for i, token in enumerate(found):
        if token.lower not in SPEECH - THINKING or token.capital:
            continue
        if token.lower == "according":
            after = [n for n in names if n.words[0].start > token.end]
            if after and after[0].words[0].start - token.end < 20:
                yield Report((after[0].text,), token.lower, i, None, False)
            continue
        following = found[i + 1].lower if i + 1 < len(found) else ""
        if not is_verb(found, i) or following in ("off", "down", "up", "out"):
            continue
        if _dismisses_somebody(found, i):
            continue
        verb = verb_at(found, i)
        speakers: tuple[str | None, ...] = (
            _named(found, verb.agent_words, names),
            _named(found, verb.agent_words[::-1][:1], names),
            None if verb.passive else _nearest(found, i, names),
        )
        target = _named(found, verb.patient_words[:2], names)
        if i and found[i - 1].lower in ("and", "but", "then"):
            speakers = (*speakers, *before)
        some = tuple(dict.fromkeys(name for name in speakers if name is not None))
        before += some
        if some:
            nested = any(t.lower in SPEECH and is_verb(found, k) for k, t in enumerate(found[:i]))
            nobody = following in ("nobody", "none", "nothing", "no")
            negated = mood(found, i).negated or nobody
            yield Report(some, token.lower, i, target, negated, nested)


def _dismisses_somebody(found: Sequence[Token], i: int) -> bool:
    """Whether "dismissed" means the sack: its object is a person."""
    if found[i].stem != stem("dismiss"):
        return False
    before = {t.lower for t in found[max(0, i - 4) : i]}
    after = found[i + 1] if i + 1 < len(found) else None
    return "whom" in before or (
        after is not None and (after.lower in ("him", "her", "them") or after.capital)
    )


def _nearest(found: Sequence[Token], i: int, names: Sequence[Name]) -> str | None:
    """The last name before a cue, when no verb stands between."""
    before = [name for name in names if name.words[-1].end <= found[i].start]
    if not before:
        return None
    end = before[-1].words[-1].end
    if is_possessor(before[-1].words[-1]):
        return None
    between = [k for k in range(i) if found[k].start >= end]
    if any(is_verb(found, k) or found[k].lower in (".", ";", "”", "whose") for k in between):
        return None
    return before[-1].text


def is_possessor(token: Token) -> bool:
    """Whether a word is written with an "'s", which its text is without: "Lowe's lawyer"."""
    return token.end - token.start > len(token.text)


def _named(found: Sequence[Token], places: Sequence[int], names: Sequence[Name]) -> str | None:
    """The name that stands first among these places, when nothing else comes before it."""
    for k in places:
        for name in names:
            if any(word.start == found[k].start for word in name.words):
                return None if is_possessor(name.words[-1]) else name.text
    return None
