"""Which lines of the ledger a question asks for, before they are weighed and shown."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.ledger import Ledger, Line, Wanted
from index.names import is_proper, untitled
from index.types import Filters, Query, Stance

MOST_LINES = 1_500
"""Attributions that are weighed for a question that names no party and no topic."""
TIERS: dict[Stance | None, tuple[Stance, ...]] = {
    Stance.ACCUSE: (Stance.ACCUSE, Stance.CONDEMN),
    Stance.CONDEMN: (Stance.CONDEMN, Stance.ACCUSE),
    Stance.BELIEVE: (Stance.BELIEVE, Stance.SAY),
    Stance.SAY: (Stance.SAY, *(stance for stance in Stance if stance is not Stance.SAY)),
    None: (
        Stance.DENY,
        Stance.ACCUSE,
        Stance.CONDEMN,
        Stance.PRAISE,
        Stance.SAY,
        Stance.PROMISE,
        Stance.DEMAND,
        Stance.WARN,
    ),
}
"""The stances that answer a question for one, the asked one first."""
_BY_MENTION = (Stance.SAY, None, Stance.DENY, Stance.DEMAND, Stance.WARN)
_NOT = re.compile(r"\b(?:not|never|no|nothing|nobody|none)\b|n['’]t\b", re.IGNORECASE)
_SUING = re.compile(
    r"\b(?:su(?:e|es|ed|ing)|lawsuits?|legal\s(?:action|proceedings)|(?:to|in)\scourt)\b",
    re.IGNORECASE,
)
_COMPLAINING = re.compile(r"complain|grumbl|protest|object", re.IGNORECASE)
_SHORT = re.compile(r"(?:the|his|her|their|its) (?:[a-z-]+ )?[a-z-]+", re.IGNORECASE)


def stances_of(query: Query) -> frozenset[Stance]:
    return frozenset(TIERS.get(query.stance, (query.stance,) if query.stance else ()))


def lines_of(ledger: Ledger, query: Query, filters: Filters) -> list[Line]:
    """The lines on the parties asked for; of a topic, those that have some word of it."""
    if query.mutual:
        return _between(ledger, query, filters)
    found = _lines(ledger, query, filters)
    if query.other_than is not None:
        left_out = set(ledger.names.rows_of(query.other_than))
        others = ledger.outline(Wanted(speaker=query.other_than, filters=filters))
        rows = {line.row for line in others} if left_out else set()
        found = [line for line in found if line.row not in rows]
    return found


def unnamed(ledger: Ledger, query: Query, filters: Filters) -> list[Line]:
    """What is said of a party that is left out or only described ("the company").

    Only in documents that name the party asked for, and "the company" only for a matter.
    """
    wanted = Wanted(query.speaker, stances=stances_of(query), filters=filters)
    lines = [
        line
        for line in ledger.outline(wanted)
        if line.target is None or (query.topic is not None and _is_short(line.target))
    ]
    target = query.target or ""
    documents = {
        document
        for name in ledger.names.meant(target) or (target,)
        for document in ledger.mentioning((line.document for line in lines), untitled(name))
    }
    return [line for line in lines if line.document in documents]


def as_said(ledger: Ledger, query: Query, filters: Filters) -> list[Line]:
    """What amounts to it: what one says of the other, a "not" for a denial, what is denied."""
    wanted = Wanted(query.speaker, stances=frozenset([Stance.SAY]), filters=filters)
    if query.yes_no and query.stance is not Stance.DENY:
        return []
    if query.speaker is None:
        accused = query.target if query.stance is Stance.ACCUSE else None
        denials = Wanted(accused, stances=frozenset([Stance.DENY]), filters=filters)
        return ledger.outline(denials) if accused is not None else []
    if query.stance in (Stance.ACCUSE, Stance.CONDEMN) and query.target is not None:
        names = (query.target, *ledger.names.meant(query.target))
        found = [line for name in names for line in ledger.outline(replace(wanted, about=name))]
        found += _complaints(ledger, wanted, query.target)
        return list({line.row: line for line in found}.values())
    if query.stance is Stance.DENY and query.topic is not None and query.speaker is not None:
        found = ledger.outline(wanted)
        entries = ledger.entries([line.row for line in found])
        return [
            line
            for line, entry in zip(found, entries, strict=True)
            if any(_NOT.search(span.text) for span in entry.attribution.content)
        ]
    return []


def at_law(ledger: Ledger, query: Query, lines: list[Line]) -> list[Line]:
    """The lines of those who go to court, where the question asks who sues; else all of them."""
    if not asks_who_sues(query):
        return lines
    entries = ledger.entries([line.row for line in lines])
    return [
        line
        for line, entry in zip(lines, entries, strict=True)
        if is_suing(entry.attribution.cue.text)
    ]


def asks_who_sues(query: Query) -> bool:
    """Whether a question is about going to court, and not about accusing in any way."""
    return query.stance is Stance.ACCUSE and is_suing(query.text)


def is_suing(text: str) -> bool:
    """Whether words speak of going to court."""
    return _SUING.search(text) is not None


def _complaints(ledger: Ledger, wanted: Wanted, target: str) -> list[Line]:
    """What somebody complains of in documents that name the other: "that the group was loud"."""
    said = ledger.outline(wanted)
    entries = ledger.entries([line.row for line in said])
    found = [
        line
        for line, entry in zip(said, entries, strict=True)
        if _COMPLAINING.match(entry.attribution.cue.text)
    ]
    documents = ledger.mentioning((line.document for line in found), untitled(target))
    return [line for line in found if line.document in documents]


def _between(ledger: Ledger, query: Query, filters: Filters) -> list[Line]:
    """What each of two says of the other."""
    one, _, other = (query.speaker or "").partition(" and ")
    found = [
        line
        for speaker, target in ((one, other), (other, one))
        for line in _lines(
            ledger,
            replace(query, speaker=speaker, target=target, mutual=False),
            filters,
        )
    ]
    return list({line.row: line for line in found}.values())


def _is_short(name: str) -> bool:
    """A definite description of one or two words: "the company", "his old supervisor"."""
    return not is_proper(name) and _SHORT.fullmatch(name) is not None


def _lines(ledger: Ledger, query: Query, filters: Filters) -> list[Line]:
    stances = stances_of(query)
    near = query.topic if query.speaker is None and query.target is None else None
    wanted = Wanted(
        speaker=query.speaker, target=query.target, stances=stances, near=near, filters=filters
    )
    if query.stance in _BY_MENTION and query.target is not None:
        found = _about_party(ledger, wanted, query.target)
        if found or query.topic is None:
            return found
        near = query.topic if query.speaker is None else None
        return ledger.outline(replace(wanted, target=None, near=near))
    open_ended = query.speaker is query.target is query.topic is None
    if open_ended:
        return ledger.widely_said(wanted, MOST_LINES)
    found = ledger.outline(wanted)
    if near is not None:
        # "at the council meeting": where, and not what about
        there = {line.row for line in found}
        titled = ledger.outline(replace(wanted, near=None, titled=near))
        found += [line for line in titled if line.row not in there]
    if near is not None and query.stance is Stance.DENY:
        found += _denied_there(ledger, wanted, found)
    if not found and query.target is not None and not ledger.names.rows_of(query.target):
        about = f"{query.target} {query.topic or ''}"
        own = frozenset([query.stance]) if query.stance is not None else stances
        wanted = replace(wanted, target=None, near=None, about=about, stances=own)
        found = ledger.outline(wanted)
    return found


def _denied_there(ledger: Ledger, wanted: Wanted, found: Sequence[Line]) -> list[Line]:
    """The denials in documents that accuse of the matter: "denied it" does not say of what."""
    accused = replace(wanted, stances=frozenset([Stance.ACCUSE, Stance.CONDEMN]))
    documents = {line.document for line in ledger.outline(accused)}
    there = {line.row for line in found}
    everything = ledger.outline(replace(wanted, near=None))
    return [line for line in everything if line.document in documents and line.row not in there]


def _about_party(ledger: Ledger, wanted: Wanted, target: str) -> list[Line]:
    """What is said of somebody, who is often no target of the cue but named in what is said.

    A denial needs no name: it is also taken where the other accuses in the same document. Where
    nothing else is known, what is said in documents that name the other will do. What somebody
    says of himself is not asked for.
    """
    theirs = {line.row for line in ledger.outline(Wanted(speaker=target, filters=wanted.filters))}
    everything = [
        line
        for line in ledger.outline(replace(wanted, target=None))
        if line.row not in theirs or wanted.speaker is not None
    ]
    accused = ledger.outline(
        Wanted(speaker=target, stances=frozenset([Stance.ACCUSE]), filters=wanted.filters)
    )
    documents = {line.document for line in accused}
    named = {
        line.row
        for name in (target, *ledger.names.meant(target))
        for line in ledger.outline(replace(wanted, target=None, about=name))
    }
    named |= {line.row for line in ledger.outline(wanted)}
    found = [
        line
        for line in everything
        if line.row in named or (line.stance is Stance.DENY and line.document in documents)
    ]
    if found or wanted.speaker is None:
        return found
    mentioned = ledger.documents_naming(target)
    return [line for line in everything if line.document in mentioned]
