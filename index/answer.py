"""A question to an answer of which every sentence is proved by the exact words of a source."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from index.agreement import compared
from index.claims import ClaimCheck, check_claim
from index.conversation.following import Followed, Recalled, follow
from index.conversation.recall import recalled
from index.dates import days_of
from index.errors import SettingsError
from index.examples import ACCUSING, READ, Example, examples
from index.graph import Graph, graph_of
from index.hints import Hints, hints, narrowed
from index.ledger import Entry, Ledger, PartyCount, Wanted
from index.ledger_answers import (
    answer_from_ledger,
    combined,
    the_other_way_round,
    understood_names,
)
from index.live import LiveIndex, OpenGeneration
from index.passage_answers import answer_from_passages, best_passages, undated
from index.question_names import as_told
from index.question_publications import within_publication
from index.questions import parse_question
from index.reranker import Reranker
from index.spelling import corrected
from index.standing import Place, place_of
from index.terms import stemmer
from index.types import (
    Answer,
    Citation,
    Document,
    DocumentInfo,
    Filters,
    Hit,
    Query,
    Turn,
)
from index.verification.entailment import CrossEncoderEntailment

if TYPE_CHECKING:
    from index.synthesis import SoFar, Synthesizer


class Answerer:
    """Answers from the live generation. Synchronous, and safe for several threads."""

    def __init__(
        self,
        live: LiveIndex,
        synthesizer: "Synthesizer | None" = None,
        reranker: Reranker | None = None,
        entailment: CrossEncoderEntailment | None = None,
    ) -> None:
        self._live = live
        self._synthesizer = synthesizer
        self._reranker = reranker
        self._entailment = entailment

    def answer(
        self,
        question: str,
        filters: Filters = Filters(),
        *,
        today: date | None = None,
        history: Sequence[Turn] = (),
        so_far: "SoFar | None" = None,
    ) -> Answer:
        """The sources' own words on a question; without statements when they are silent.

        Who accused whom is answered from the ledger, all else, and what the ledger does not hold,
        from the passages. `today` is the day from which "since March" is seen. `history` is what
        was asked before, the oldest first: a question that leans on it ("And in March?", "What did
        she say?") is understood with it, and `Answer.rewritten` says how; without a history, or
        for a question that stands by itself, that is None, unless the sources are silent on it and
        answer it with its misspelt words put right. `so_far` is given the answer while a
        language model writes it, each time it has grown by a sentence that was checked.

        Raises SettingsError for a filter that is no date, NoIndexError, ModelError, and
        IndexDamagedError, all with a sentence for a person.
        """
        start = time.perf_counter()
        _check(filters)
        question = _cleaned(question)
        with self._live.lease() as generation:
            _check_collection(generation, filters)
            asked = _followed(generation, question, filters, today, history)
            answer = _answered(generation, asked, filters, today, self._reranker)
            if not answer.found and asked == Followed(question):
                meant = _meant(generation, question, filters, today, self._reranker)
                asked, answer = meant or (asked, answer)
            rewritten = asked.shown if asked.shown != question else None

            def named(found: Answer) -> Answer:
                query = as_told(found.query)
                return replace(found, question=question, query=query, rewritten=rewritten)

            if self._synthesizer is not None:
                asker = replace(answer, question=asked.shown)
                answer = self._synthesizer.reword(
                    generation, asker, so_far and (lambda begun: so_far(named(begun)))
                )
            answer = compared(answer)
            return replace(
                named(answer),
                hashes=_hashes(generation, answer),
                seconds=round(time.perf_counter() - start, 4),
            )

    def hints(self, question: str, filters: Filters = Filters()) -> Hints:
        """What may help with a question that was not answered. Raises as `answer` does."""
        question = _cleaned(question)
        answered = narrowed(filters) and self._finds(question, Filters(scope=filters.scope))
        with self._live.lease() as generation:
            return hints(generation, question, filters, answered)

    def examples(self, scope: frozenset[str] | None = None) -> list[Example]:
        """Questions that this corpus answers, one of each kind, to teach what can be asked.

        Asks a dozen questions or more: to be kept by the generation, not to be called for each.
        """
        wanted = Wanted(stances=ACCUSING, asserted=True, filters=Filters(scope=scope))
        accusations, _ = self.attributions(wanted, READ)

        def answers(example: Example) -> bool:
            return self._finds(example.question, Filters(example.collection, scope=scope))

        return examples(self.documents(Filters(scope=scope)), accusations, answers)

    def _finds(self, question: str, filters: Filters) -> bool:
        """Whether the sources answer, in their own words."""
        with self._live.lease() as generation:
            return _answered(generation, Followed(question), filters, None, None).found

    def attributions(
        self, wanted: Wanted, limit: int | None = None, offset: int = 0
    ) -> tuple[list[Entry], int]:
        """A page of the ledger, and how many attributions there are in all.

        A report and its reprints count once: `Entry.also_in` names the other sources.
        """
        _check(wanted.filters)
        with self._live.lease() as generation:
            ledger = Ledger(generation.catalog)
            return ledger.find(wanted, limit, offset, once=True), ledger.count(wanted)[1]

    def graph(self, wanted: Wanted) -> Graph:
        """Who accuses whom among the attributions wanted, for a picture."""
        _check(wanted.filters)
        with self._live.lease() as generation:
            return graph_of(Ledger(generation.catalog).outline(wanted))

    def speakers(
        self, beginning: str = "", filters: Filters = Filters(), limit: int = 25
    ) -> list[PartyCount]:
        """Who speaks in the ledger, the most frequent first, for completing what is typed."""
        with self._live.lease() as generation:
            return Ledger(generation.catalog).speakers(beginning, filters, limit)

    def targets(
        self, beginning: str = "", filters: Filters = Filters(), limit: int = 25
    ) -> list[PartyCount]:
        """Who is spoken about in the ledger, as `speakers`."""
        with self._live.lease() as generation:
            return Ledger(generation.catalog).targets(beginning, filters, limit)

    def search(
        self,
        question: str,
        filters: Filters = Filters(),
        count: int = 10,
        *,
        history: Sequence[Turn] = (),
    ) -> list[Hit]:
        """The best passages for a question, the best first. Raises as `answer` does."""
        _check(filters)
        with self._live.lease() as generation:
            _check_collection(generation, filters)
            asked = _followed(generation, _cleaned(question), filters, None, history)
            return best_passages(generation, filters, asked, count, self._reranker)

    def check(self, claim: str, filters: Filters = Filters()) -> ClaimCheck:
        """Whether the sources support a sentence, contradict it, or do not say so.

        Raises as `answer` does.
        """
        _check(filters)
        with self._live.lease() as generation:
            _check_collection(generation, filters)
            return check_claim(generation, _cleaned(claim), filters, self._entailment)

    def documents(self, filters: Filters = Filters()) -> list[DocumentInfo]:
        """What is indexed, by path."""
        _check(filters)
        with self._live.lease() as generation:
            _check_collection(generation, filters)
            return generation.catalog.documents(filters)

    def document(self, path: str, scope: frozenset[str] | None = None) -> Document:
        """One document with its text. Raises UnknownDocumentError."""
        with self._live.lease() as generation:
            return generation.catalog.document(path, scope)

    def place_of(
        self, citation: Citation, sha256: str, scope: frozenset[str] | None = None
    ) -> Place:
        """What has become of a citation's source since; `sha256` is from `Answer.hashes`."""
        with self._live.lease() as generation:
            return place_of(generation.catalog, citation, sha256, scope)

    def collections(self, scope: frozenset[str] | None = None) -> list[str]:
        with self._live.lease() as generation:
            return generation.catalog.collections(scope)

    def warm(self) -> str:
        """Opens the live generation and embeds once; returns the generation's name."""
        if self._synthesizer is not None:
            self._synthesizer.warm()
        with self._live.lease() as generation:
            generation.embedder.encode_query("warm")
            return generation.name

    def close(self) -> None:
        if self._synthesizer is not None:
            self._synthesizer.close()
        self._live.close()


def _followed(
    generation: OpenGeneration,
    question: str,
    filters: Filters,
    today: date | None,
    history: Sequence[Turn],
) -> Followed:
    """The question as understood after its history."""

    def recall(asked: Followed) -> Recalled:
        return recalled(generation, _answered(generation, asked, filters, today), filters)

    return follow(question, history, recall, trusting=filters.scope is None)


def _answered(
    generation: OpenGeneration,
    asked: Followed,
    filters: Filters,
    today: date | None,
    reranker: Reranker | None = None,
) -> Answer:
    query = parse_question(asked.text, today)
    narrowed = combined(query, filters)
    answer = None
    within = within_publication(generation.catalog, asked.text, filters, today)
    if within is not None:
        there = combined(within.query, filters)
        answer = _from_ledger(generation, within.query, there, within.documents)
        if answer is not None:
            answer = replace(answer, lead=f"From {within.name} only. {answer.lead}".strip())
        query, narrowed = within.query, there
    if answer is None and query.understood:
        answer = _from_ledger(generation, query, narrowed)
    if answer is None and query.understood:
        query = understood_names(generation, query, narrowed)
    if answer is None:
        answer = answer_from_passages(generation, query, narrowed, asked, today, reranker)
    if answer.found or not query.understood:
        return answer
    loose = _from_ledger(generation, query, narrowed, loosely=True)
    return loose or _with_reverse(generation, answer, narrowed)


def _with_reverse(generation: OpenGeneration, answer: Answer, filters: Filters) -> Answer:
    """Tells of an accusation that the sources have the other way round."""
    reverse = the_other_way_round(generation, answer.query, filters)
    if reverse is None:
        return answer
    heading = reverse.statements[0].heading
    return replace(
        answer,
        lead=f"The sources do not say so. They have it the other way round: {heading}.",
        closest=reverse.citations,
    )


def _meant(
    generation: OpenGeneration,
    question: str,
    filters: Filters,
    today: date | None,
    reranker: Reranker | None,
) -> tuple[Followed, Answer] | None:
    """A misspelt question put right and its answer, which has the words that the asker meant."""
    text = corrected(generation, question)
    if text is None:
        return None
    answer = _answered(generation, Followed(text), filters, today, reranker)
    shown = [hit.text for hit in answer.hits] + [citation.quote for citation in answer.citations]
    typed, meant, there = stemmer().stem_sets([question, text, " ".join(shown)])
    return (Followed(text), answer) if answer.found and meant - typed <= there else None


def _hashes(generation: OpenGeneration, answer: Answer) -> dict[str, str]:
    shown = (*answer.citations, *answer.closest)
    paths = {source.document for one in shown for source in (one.source, *one.also_in)}
    return generation.catalog.hashes(sorted(paths))


def _from_ledger(
    generation: OpenGeneration,
    query: Query,
    filters: Filters,
    documents: frozenset[str] | None = None,
    *,
    loosely: bool = False,
) -> Answer | None:
    found = answer_from_ledger(generation, query, filters, documents, loosely=loosely)
    if found is None:
        return None
    return Answer(
        question=query.text,
        query=found.query,
        confidence=found.confidence,
        generation=generation.name,
        seconds=0.0,
        statements=found.statements,
        citations=found.citations,
        attributions=found.attributions,
        lead=found.lead,
        undated=undated(generation, filters),
        notices=generation.notices,
    )


def _check(filters: Filters) -> None:
    for day in (filters.since, filters.until):
        if day is not None:
            days_of(day)
    if filters.since and filters.until and days_of(filters.since)[0] > days_of(filters.until)[1]:
        raise SettingsError(f"No day lies between {filters.since} and {filters.until}.")


def _check_collection(generation: OpenGeneration, filters: Filters) -> None:
    """Raises SettingsError for a collection that is not there, so that a slip is not silence."""
    if filters.collection is None:
        return
    name = filters.collection.strip("/")
    known = generation.catalog.collections(filters.scope)
    if name and not any(f"{one}/".startswith(f"{name}/") for one in known):
        there = f"There are: {', '.join(known)}." if known else "There are none."
        raise SettingsError(f"There is no collection {name!r}. {there}")


def _cleaned(question: str) -> str:
    """On one line, and without what is no character of Unicode."""
    return " ".join(question.encode("utf-8", "replace").decode().split())
