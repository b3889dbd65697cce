"""A question to an answer of which every sentence is proved by the exact words of a source."""

import bisect
import time
from collections.abc import Sequence

from index.dates import days_of
from index.evidence import CUT, Candidate, Evidence, weigh
from index.live import LiveIndex, OpenGeneration
from index.search import find_candidates, rank
from index.types import (
    Answer,
    Citation,
    Document,
    DocumentInfo,
    Filters,
    Hit,
    Query,
    Statement,
)

_HITS = 10
_CLOSEST = 3


class Answerer:
    """Answers from the live generation. Synchronous, and safe for several threads."""

    def __init__(self, live: LiveIndex) -> None:
        self._live = live

    def answer(self, question: str, filters: Filters = Filters()) -> Answer:
        """The sources' own words on a question; without statements when they are silent.

        Raises SettingsError for a filter that is no date, NoIndexError, ModelError, and
        IndexDamagedError, all with a sentence for a person.
        """
        start = time.perf_counter()
        _check(filters)
        question = " ".join(question.split())
        with self._live.lease() as generation:
            candidates = find_candidates(generation, question, filters)
            hits = rank(generation, candidates, filters, _HITS)
            evidence = weigh(generation, question, candidates.vector, hits)
            found = bool(evidence.sentences) and evidence.confidence >= CUT
            chosen = evidence.sentences if found else _closest(evidence)
            citations = tuple(_citation(number, one) for number, one in enumerate(chosen, 1))
            return Answer(
                question=question,
                query=Query(question, since=filters.since, until=filters.until),
                confidence=round(evidence.confidence, 4),
                generation=generation.name,
                seconds=round(time.perf_counter() - start, 4),
                statements=tuple(_statement(one) for one in citations) if found else (),
                citations=citations if found else (),
                closest=() if found else citations,
                undated=_undated(generation, filters),
                notices=generation.notices,
                hits=tuple(hits),
            )

    def search(self, question: str, filters: Filters = Filters(), count: int = 10) -> list[Hit]:
        """The best passages for a question, the best first. Raises as `answer` does."""
        _check(filters)
        with self._live.lease() as generation:
            candidates = find_candidates(generation, " ".join(question.split()), filters)
            return rank(generation, candidates, filters, count)

    def documents(self, filters: Filters = Filters()) -> list[DocumentInfo]:
        """What is indexed, by path."""
        _check(filters)
        with self._live.lease() as generation:
            return generation.catalog.documents(filters)

    def document(self, path: str, scope: frozenset[str] | None = None) -> Document:
        """One document with its text. Raises UnknownDocumentError."""
        with self._live.lease() as generation:
            return generation.catalog.document(path, scope)

    def collections(self, scope: frozenset[str] | None = None) -> list[str]:
        with self._live.lease() as generation:
            return generation.catalog.collections(scope)

    def warm(self) -> str:
        """Opens the live generation and embeds once; returns the generation's name."""
        with self._live.lease() as generation:
            generation.embedder.encode_query("warm")
            return generation.name

    def close(self) -> None:
        self._live.close()


def page_of(page_starts: Sequence[int], offset: int) -> int | None:
    """The number of the page on which an offset lies, counted from one."""
    return bisect.bisect_right(page_starts, offset) or None if page_starts else None


def _check(filters: Filters) -> None:
    for date in (filters.since, filters.until):
        if date is not None:
            days_of(date)


def _undated(generation: OpenGeneration, filters: Filters) -> int:
    dated = filters.since is not None or filters.until is not None
    return generation.catalog.undated(filters) if dated else 0


def _statement(citation: Citation) -> Statement:
    """The source's own sentence, with its line ends and runs of space made one space."""
    return Statement(" ".join(citation.quote.split()), (citation.number,))


def _citation(number: int, chosen: Candidate) -> Citation:
    return Citation(
        number=number,
        source=chosen.hit.source,
        start=chosen.start,
        end=chosen.end,
        quote=chosen.text,
        page=page_of(chosen.hit.page_starts, chosen.start),
        also_in=chosen.hit.also_in,
    )


def _closest(evidence: Evidence) -> list[Candidate]:
    """The best sentence of each of the nearest passages."""
    best: dict[tuple[str, int], Candidate] = {}
    for candidate in evidence.candidates:
        best.setdefault((candidate.hit.source.document, candidate.hit.passage.start), candidate)
    return list(best.values())[:_CLOSEST]
