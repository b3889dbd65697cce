"""Questions that the sources did not answer, or not well: grouped, and as a table to take away."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.evidence import stemmer
from index.terms import content_words

_ALIKE = 0.6
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A question that met silence, or whose answer met a thumbs down."""

    id: str
    question: str
    silent: bool
    downs: int
    reasons: tuple[str, ...]
    """Why the thumbs went down, as far as it was said."""
    asked: datetime


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions that ask much the same."""

    question: str
    """The one that was asked most often in these words, or else last."""
    questions: tuple[UnansweredQuestion, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.questions)

    @property
    def silent(self) -> int:
        """How often the sources were silent."""
        return sum(one.silent for one in self.questions)

    @property
    def downs(self) -> int:
        return sum(one.downs for one in self.questions)

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reason for one in self.questions for reason in one.reasons))

    @property
    def last(self) -> datetime:
        return max(one.asked for one in self.questions)


def grouped(questions: Iterable[UnansweredQuestion]) -> list[Unanswered]:
    """Questions by what they ask: those that share most of their telling words stand together.

    The largest group comes first, and of equal ones the newest.
    """
    wanted = list(questions)
    stems = stemmer().stems([" ".join(content_words(one.question)) for one in wanted])
    groups: list[tuple[frozenset[str], list[UnansweredQuestion]]] = []
    holding: dict[str, list[int]] = {}
    """The groups by the words of their first question."""
    for one, found in zip(wanted, map(frozenset, stems), strict=True):
        shared = Counter(at for stem in found for at in holding.get(stem, ()))
        near = [at for at, n in shared.items() if n >= _ALIKE * len(found | groups[at][0])]
        if near:
            groups[max(near, key=lambda at: shared[at])][1].append(one)
            continue
        for stem in found:
            holding.setdefault(stem, []).append(len(groups))
        groups.append((found, [one]))
    made = [Unanswered(_name(members), tuple(members)) for _, members in groups]
    return sorted(made, key=lambda group: (-len(group.questions), -group.last.timestamp()))


def table(groups: Sequence[Unanswered]) -> str:
    """The groups as CSV, a line each, to open in a spreadsheet. Nobody's name is in it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["question", "asked", "silent", "thumbs down", "last asked", "reasons"])
    for group in groups:
        row = [
            _cell(group.question),
            len(group.questions),
            group.silent,
            group.downs,
            group.last.date().isoformat(),
            _cell(" · ".join(group.reasons)),
        ]
        writer.writerow(row)
    return out.getvalue()


def _name(questions: Sequence[UnansweredQuestion]) -> str:
    often = Counter(one.question for one in questions)
    return max(reversed(questions), key=lambda one: often[one.question]).question


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_FORMULA) else text
