"""What may help when the sources are silent: a filter, a word that none has, a name misspelt."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.ledger import Ledger
from index.live import OpenGeneration
from index.names import name_words
from index.terms import content_words
from index.types import Filters

_ALIKE, _ALIKE_SHORT, _SHORT = 0.8, 0.65, 4
_MOST = 3
_NAMES = 2_000


@dataclass(frozen=True, slots=True)
class Hints:
    """Why a question may have met silence. All empty: nothing is known of it."""

    searched: int = 0
    """How many documents were searched."""
    filtered: bool = False
    """Whether there is an answer without the collection and the dates that were asked for."""
    unknown: tuple[str, ...] = ()
    """Words of the question that no document has, as typed."""
    meant: tuple[str, ...] = ()
    """Names of the sources that are spelt nearly as one of those words."""


def hints(generation: OpenGeneration, question: str, filters: Filters, answered: bool) -> Hints:
    """What is known of a question that was not answered.

    `answered`: whether it is when asked without the collection and the dates.
    """
    words = [word for word in content_words(question) if len(word) > 2]
    frequencies = generation.catalog.document_frequency(words)
    unknown = [word for word, number in zip(words, frequencies, strict=True) if not number]
    return Hints(
        searched=len(generation.catalog.documents(filters)),
        filtered=answered,
        unknown=tuple(unknown),
        meant=_meant(generation, unknown, replace(filters, since=None, until=None)),
    )


def narrowed(filters: Filters) -> bool:
    """Whether the asker narrowed the search, apart from what they may see."""
    return filters != Filters(scope=filters.scope)


def _meant(generation: OpenGeneration, unknown: Sequence[str], filters: Filters) -> tuple[str, ...]:
    """Names in which a word is spelt nearly as an unknown one; only those the asker may see."""
    ledger = Ledger(generation.catalog)
    known = ledger.speakers("", filters, _NAMES) + ledger.targets("", filters, _NAMES)
    by_word: dict[str, str] = {}
    for party in known:
        for word in name_words(party.name):
            if len(word) > 2:
                by_word.setdefault(word, party.name)
    found: list[str] = []
    for word in unknown:
        alike = _ALIKE if len(word) > _SHORT else _ALIKE_SHORT
        begins = [other for other in by_word if other[0] == word[0]]
        found += [by_word[near] for near in difflib.get_close_matches(word, begins, 1, alike)]
    return tuple(dict.fromkeys(found))[:_MOST]
