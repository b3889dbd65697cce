"""Questions that teach by example what can be asked of this corpus."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.ledger import Entry
from index.names import is_pronoun, is_proper
from index.types import DocumentInfo, Span, Stance

ACCUSING = frozenset([Stance.ACCUSE])
"""The stances of the accusations that the examples are made of."""
READ = 500
"""How many of them are enough."""

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_TRIED = 4
_COLLECTIONS = 20
_LONGEST_NAME, _LONGEST_TITLE = 40, 90


@dataclass(frozen=True, slots=True)
class Example:
    """A question to ask, and in which collection."""

    question: str
    shows: str
    """What it is an example of, in a few words."""
    collection: str | None = None


def examples(
    documents: Sequence[DocumentInfo],
    accusations: Sequence[Entry],
    answers: Callable[[Example], bool],
) -> list[Example]:
    """One example of each kind that the corpus has an answer to, and one a collection.

    `accusations` are those that somebody makes of somebody; `answers` says whether a question is
    answered, and is asked a few times for each kind.
    """
    kinds: list[Iterator[Example]] = [
        _against(accusations),
        _by(accusations),
        _since(accusations),
        _titled(documents),
        *(_inside(name, documents, accusations) for name in _collections(documents)),
    ]
    found: list[Example] = []
    for candidates in kinds:
        fresh = (one for one in candidates if one.question not in {e.question for e in found})
        found += islice((one for one in islice(fresh, _TRIED) if answers(one)), 1)
    return found


def _against(accusations: Sequence[Entry]) -> Iterator[Example]:
    for name in _often(entry.attribution.target for entry in accusations):
        yield Example(f"Who accused {name}?", "who accused whom")


def _by(accusations: Sequence[Entry]) -> Iterator[Example]:
    pairs = Counter(
        (who, whom)
        for entry in accusations
        if (who := _name(entry.attribution.speaker)) and (whom := _name(entry.attribution.target))
    )
    for (who, whom), _ in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])):
        yield Example(f"What did {who} accuse {whom} of?", "what it was about")


def _since(accusations: Sequence[Entry]) -> Iterator[Example]:
    months = {day[:7] for entry in accusations if len(day := entry.source.published or "") >= 7}
    for month in sorted(months, reverse=True):
        name = f"{_MONTHS[int(month[5:7]) - 1]} {month[:4]}"
        yield Example(f"Who accused whom since {name}?", "a time")


def _titled(documents: Sequence[DocumentInfo]) -> Iterator[Example]:
    titled = [info for info in documents if len(info.source.title.split()) >= 3]
    for info in sorted(titled, key=lambda info: (-info.passages, info.source.document)):
        title = " ".join(info.source.title.split())
        if len(title) <= _LONGEST_TITLE:
            yield Example(f"What is said about “{title}”?", "a document")


def _inside(
    collection: str, documents: Sequence[DocumentInfo], accusations: Sequence[Entry]
) -> Iterator[Example]:
    shows = f"only in {collection}"
    inside = [e for e in accusations if _collection(e.source.document) == collection]
    for name in _often(entry.attribution.speaker for entry in inside):
        yield Example(f"Whom did {name} accuse?", shows, collection)
    for example in _titled([i for i in documents if _collection(i.source.document) == collection]):
        yield Example(example.question, shows, collection)


def _often(spans: Iterator[Span | None] | Sequence[Span | None]) -> list[str]:
    """The names among parties, the most frequent first."""
    counted = Counter(name for span in spans if (name := _name(span)))
    return sorted(counted, key=lambda name: (-counted[name], name))


def _name(span: Span | None) -> str | None:
    """A party by a name that can stand in a question."""
    name = " ".join((span.name or span.text).split()) if span is not None else ""
    if not name or is_pronoun(name) or not is_proper(name) or len(name) > _LONGEST_NAME:
        return None
    return name if name[0].isupper() and "," not in name else None


def _collections(documents: Sequence[DocumentInfo]) -> list[str]:
    names = {name for info in documents if (name := _collection(info.source.document))}
    return sorted(names)[:_COLLECTIONS]


def _collection(path: str) -> str:
    return path.rpartition("/")[0]
