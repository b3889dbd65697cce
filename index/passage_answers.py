"""Answers from passages: whole sentences of the sources, or silence."""

import bisect
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.absence import lacks_answer
from index.answer_spans import answer_spans
from index.answer_types import AnswerType, expected_type
from index.conversation.following import Followed
from index.evidence import CUT, Candidate, Evidence, weigh
from index.ledger_bearing import Bearing
from index.live import OpenGeneration
from index.narrowing import Narrowing, narrow
from index.question_terms import QuestionTerms
from index.reranker import Reranker
from index.search import find_candidates, rank_near
from index.terms import STOP_WORDS, words
from index.types import Answer, Citation, Filters, Hit, Query, Stance, Statement

_HITS = 10
_CLOSEST = 3
_BEARING = 3
_SENTENCE = re.compile(r"[^.!?]*[.!?]?")

_SAYS_NOTHING = STOP_WORDS | frozenset(
    """
    happen happened happens happening going know known knew tell said says saying say thing things
    information info details detail story stories news update updates new latest question
    questions answer answers mean means meant help hello hi hey ok okay thanks thank matter matters
    wrong right see find show give explain talk talking want need today now
    """.split()
)
_NOT_SAID = "The sources do not say so."
_ASK_FOR_MORE = (
    "I need a little more to go on. Name what it is about: a person, a place, a document, a day."
)


def answer_from_passages(
    generation: OpenGeneration,
    query: Query,
    filters: Filters,
    asked: Followed,
    today: date | None = None,
    reranker: Reranker | None = None,
) -> Answer:
    """The sentences of the best passages that answer; none where the sources are silent.

    Where the question names a publisher, a document or a time, it is looked for there first, and
    everywhere when nothing is found there.
    """
    if not says_something(asked.search):
        return _silent(generation, query, filters, _ASK_FOR_MORE)
    narrowing = None
    if not asked.topic and (query.since, query.until) == (None, None):
        narrowing = narrow(generation.catalog, asked.text, filters, today)
    if narrowing is None:
        return _weighed(generation, query, filters, asked, None, reranker)
    since, until = narrowing.filters.since, narrowing.filters.until
    query = Query(query.text, since=since, until=until, yes_no=query.yes_no)
    asked = replace(asked, text=narrowing.question)
    inside = _weighed(generation, query, narrowing.filters, asked, narrowing, reranker)
    if inside.found:
        return replace(inside, lead=f"From {narrowing.name} only.")
    everywhere = _weighed(generation, query, filters, asked, None, reranker)
    if everywhere.found:
        lead = f"Nothing in {narrowing.name} answers this. Elsewhere in the documents:"
        return replace(everywhere, lead=lead, undated=inside.undated)
    return replace(inside, lead=f"Neither {narrowing.name} nor other documents say.")


def best_passages(
    generation: OpenGeneration,
    filters: Filters,
    asked: Followed,
    count: int,
    reranker: Reranker | None = None,
    today: date | None = None,
) -> list[Hit]:
    """The best passages for a question: first from where it asks to look, then from elsewhere."""
    found: list[Hit] = []
    narrowing = None if asked.topic else narrow(generation.catalog, asked.text, filters, today)
    if narrowing is not None:
        inside = replace(asked, text=narrowing.question)
        candidates = find_candidates(
            generation, inside.search, narrowing.filters, narrowing.documents
        )
        found = rank_near(generation, candidates, narrowing.filters, count, asked.documents)
        if reranker is not None:
            found = reranker.reranked(inside.search, found)
    if len(found) < count:
        candidates = find_candidates(generation, asked.search, filters)
        others = rank_near(generation, candidates, filters, count, asked.documents)
        if reranker is not None:
            others = reranker.reranked(asked.search, others)
        least = found[-1].score if found else 1.0
        there = {hit.text for hit in found}
        found += [
            replace(hit, score=min(hit.score, least)) for hit in others if hit.text not in there
        ]
    return found[:count]


def says_something(question: str) -> bool:
    """Whether a question names anything that could be looked for: not "Who?", "What happened?"."""
    found = words(question)
    return any(word not in _SAYS_NOTHING and len(word) > 1 for word in found) or any(
        not word.isascii() for word in found
    )


def page_of(page_starts: Sequence[int], offset: int) -> int | None:
    """The number of the page on which an offset lies, counted from one."""
    return bisect.bisect_right(page_starts, offset) or None if page_starts else None


def undated(generation: OpenGeneration, filters: Filters) -> int:
    """How many documents a dated question leaves out for having no date."""
    dated = filters.since is not None or filters.until is not None
    return generation.catalog.undated(filters) if dated else 0


def _weighed(
    generation: OpenGeneration,
    query: Query,
    filters: Filters,
    asked: Followed,
    narrowing: Narrowing | None,
    reranker: Reranker | None,
) -> Answer:
    documents = narrowing.documents if narrowing else None
    candidates = find_candidates(generation, asked.search, filters, documents)
    hits = rank_near(generation, candidates, filters, _HITS, asked.documents)
    if reranker is not None:
        hits = reranker.reranked(asked.search, hits)
    vector = candidates.vector
    terms: QuestionTerms | None = candidates.terms
    if asked.weighed != asked.search:
        vector, terms = generation.embedder.encode_query(asked.weighed), None
    evidence = weigh(generation, asked.weighed, vector, hits, terms)
    sentences = evidence.sentences
    # "How much does the fund hold?" is read as if the fund held somebody responsible.
    if query.understood and expected_type(query.text) is not AnswerType.NUMBER:
        wide = query.stance in (None, Stance.SAY, Stance.BELIEVE)
        weighed = sentences if wide else evidence.candidates
        bears = Bearing(generation, query, filters).bears
        sentences = tuple(itertools.islice(filter(bears, weighed), _BEARING))
    found = bool(sentences) and evidence.confidence >= CUT
    found = found and not lacks_answer(asked.weighed, [_in_context(one) for one in sentences])
    citations = tuple(
        _citation(number, one, asked.weighed if found else None)
        for number, one in enumerate(sentences if found else _closest(evidence), 1)
    )
    return Answer(
        question=query.text,
        query=query,
        confidence=round(evidence.confidence if sentences else 0.0, 4),
        generation=generation.name,
        seconds=0.0,
        statements=tuple(_statement(one) for one in citations) if found else (),
        citations=citations if found else (),
        closest=() if found else citations,
        undated=undated(generation, filters),
        notices=generation.notices,
        hits=tuple(hits),
        lead="" if found or not query.understood else _NOT_SAID,
    )


def _silent(generation: OpenGeneration, query: Query, filters: Filters, lead: str) -> Answer:
    return Answer(
        question=query.text,
        query=query,
        confidence=0.0,
        generation=generation.name,
        seconds=0.0,
        undated=undated(generation, filters),
        notices=generation.notices,
        lead=lead,
    )


def _statement(citation: Citation) -> Statement:
    """The source's own sentence, with its line ends and runs of space made one space."""
    return Statement(" ".join(citation.quote.split()), (citation.number,))


def _citation(number: int, chosen: Candidate, question: str | None) -> Citation:
    return Citation(
        number=number,
        source=chosen.hit.source,
        start=chosen.start,
        end=chosen.end,
        quote=chosen.text,
        page=page_of(chosen.hit.page_starts, chosen.start),
        also_in=chosen.hit.also_in,
        answer_spans=answer_spans(question, chosen.text) if question else (),
    )


def _closest(evidence: Evidence) -> list[Candidate]:
    """The best sentence of each of the nearest passages."""
    best: dict[tuple[str, int], Candidate] = {}
    for candidate in evidence.candidates:
        best.setdefault((candidate.hit.source.document, candidate.hit.passage.start), candidate)
    return list(best.values())[:_CLOSEST]


def _in_context(sentence: Candidate) -> str:
    """A sentence and the next: "The weir broke in 1851. Ann Lisle mended it."."""
    _, _, after = sentence.hit.text.partition(sentence.text)
    following = _SENTENCE.match(after)
    return sentence.text + (following[0] if following else "")
