"""Whom a question means by a description or a misspelt name, told to the asker."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.ledger_rows import Line
from index.matter_words import is_matter
from index.names import name_key, same_party
from index.party_names import PartyNames, is_named
from index.types import Query
from index.who_is_who import described
from index.wording import listed

_MOST = 3


@dataclass(frozen=True, slots=True)
class Naming:
    """A question with the names of those it describes, and a sentence on whom that takes."""

    query: Query
    note: str = ""


def named(names: PartyNames, query: Query, lines: Sequence[Line] = ()) -> Naming:
    """The question with names in place of descriptions, as far as the texts settle them.

    Where several fit, those whom the lines found are about are meant.
    """
    if query.mutual:
        return Naming(query)
    speaker, said = _named(names, query.speaker, [(x.document, x.speaker) for x in lines])
    target, meant = _named(names, query.target, [(x.document, x.target) for x in lines])
    return Naming(
        replace(query, speaker=speaker, target=target), " ".join(filter(None, [said, meant]))
    )


def spoken_for(names: PartyNames, query: Query, lines: Sequence[Line]) -> str:
    """A sentence on who speaks for the body asked for, where it does not speak itself."""
    if query.speaker is None or query.mutual:
        return ""
    shown = {line.speaker for line in lines if line.speaker is not None}
    theirs = set(names.voices_of(query.speaker).values())
    own = {name for name in shown if _same(query.speaker, name)}
    voices = sorted((shown & theirs) - own)
    if not voices:
        return ""
    verb = "is" if len(voices) == 1 else "are"
    return f"{listed(voices)} {verb} taken to speak for “{query.speaker}”."


def as_told(query: Query) -> Query:
    """The question as a reader is told it: a thing that is praised or blamed is the topic."""
    if query.target is None or query.mutual or not is_matter(query.target):
        return query
    topic = f"{query.target}, {query.topic}" if query.topic else query.target
    return replace(query, target=None, topic=topic)


def _named(
    names: PartyNames, asked: str | None, shown: Sequence[tuple[int, str | None]]
) -> tuple[str | None, str]:
    """The name for what is asked, and a note where it was not asked for by name.

    `shown`: in which documents the lines found call the party what.
    """
    if asked is None:
        return None, ""
    here = {name_key(name): name for _, name in shown if name is not None and is_named(name)}
    voices = set(names.voices_of(asked).values())
    if any(name in voices and not _same(asked, name) for _, name in shown):
        return asked, ""
    found = names.meant(asked)
    if len(found) > 1:
        among = [name for name in found if any(one and _same(name, one) for _, one in shown)]
        found = tuple(among) or found
    if len(found) == 1:
        elsewhere = {document for document, name in shown if not (name and _same(name, found[0]))}
        if elsewhere - names.naming(elsewhere, found[0]):
            return asked, ""
        return found[0], f"“{asked}” is taken to be {found[0]}."
    if found:
        return asked, f"“{asked}” may be {_any_of(found)}."
    if len(here) == 1 and described(asked) is not None and not names.is_name(asked):
        return next(iter(here.values())), ""
    return _as_spelt(names, asked), ""


def _same(one: str, other: str) -> bool:
    return same_party(one, other) or same_party(other, one)


def _as_spelt(names: PartyNames, asked: str) -> str:
    """The name as the ledger writes it, where the question has a slip."""
    other = names.respelt(asked)
    if other is not None and (written := names.written(other)) is not None:
        return written
    return names.without_possessive(asked) if names.is_known(asked) else asked


def _any_of(names: Sequence[str]) -> str:
    first = names[:_MOST]
    more = len(names) - len(first)
    text = listed(first).replace(" and ", " or ")
    return f"{text}, or {more} others" if more else text
