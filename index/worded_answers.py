"""Between an answer in the sources' words and one in a model's: its passages, its citations."""

import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.catalog import StoredPassage
from index.live import OpenGeneration
from index.replies import Shown, is_order
from index.types import Answer, Attribution, Citation, Statement
from index.verify import CitedSpan, Verdict

_PASSAGES = 6


def numbered_passages(
    generation: OpenGeneration, answer: Answer, bears: Callable[[Sequence[CitedSpan]], bool]
) -> tuple[list[Shown], list[CitedSpan]]:
    """The passages of an answer, numbered; sentences that look like orders are left out.

    Besides those that are cited, only those that bear on the question: nothing else would be shown
    of what a model writes, and a small model is led astray.
    """
    found: dict[tuple[str, int], StoredPassage] = {}
    for citation in answer.citations:
        for one in generation.catalog.passages_in(citation.source.document):
            if one.passage.start < citation.end and citation.start < one.passage.end:
                found.setdefault((one.passage.document, one.passage.start), one)
    for hit in answer.hits:
        for one in generation.catalog.passages_in(hit.source.document):
            place = CitedSpan(one.passage.document, one.passage.start, one.passage.end)
            if one.passage.start == hit.passage.start and bears([place]):
                found.setdefault((one.passage.document, one.passage.start), one)
    shown, places = [], []
    for number, one in enumerate(list(found.values())[:_PASSAGES], 1):
        passage = one.passage
        sentences = [one.text[s - passage.start : e - passage.start] for s, e in passage.sentences]
        text = " ".join(s for s in sentences if not is_order(s))
        shown.append(Shown(number, one.source.title, one.source.published, text))
        places.append(CitedSpan(passage.document, passage.start, passage.end))
    return shown, places


def worded_answer(
    generation: OpenGeneration, answer: Answer, verdicts: Sequence[Verdict]
) -> Answer:
    """The answer with the model's statements, each citing whole sentences."""
    citations: dict[CitedSpan, Citation] = {}
    statements = []
    entries: dict[str, Attribution] = {}
    for verdict in verdicts:
        for span in verdict.places:
            if span not in citations:
                citations[span] = _citation(generation, span, len(citations) + 1, answer)
        numbers = tuple(citations[span].number for span in verdict.places)
        ids = []
        for a in _attributions(answer, verdict):
            entries[a.id] = a
            ids.append(a.id)
        statements.append(Statement(verdict.text, numbers, tuple(ids)))
    return replace(
        answer,
        statements=tuple(statements),
        citations=tuple(citations.values()),
        attributions=tuple(entries.values()),
    )


def completed(worded: Answer, answer: Answer) -> Answer:
    """A model's unfinished wording, with what the sources say besides, in their own words."""
    said = [(c.source.document, c.start, c.end) for c in worded.citations]

    def is_said(one: Citation) -> bool:
        return any(
            document == one.source.document and start < one.end and one.start < end
            for document, start, end in said
        )

    known = {one.number: one for one in answer.citations}
    numbers: dict[int, int] = {}
    citations = list(worded.citations)
    statements = list(worded.statements)
    for statement in answer.statements:
        if any(is_said(known[number]) for number in statement.citations):
            continue
        for number in statement.citations:
            if number not in numbers:
                numbers[number] = len(citations) + 1
                citations.append(replace(known[number], number=numbers[number]))
        mine = tuple(numbers[number] for number in statement.citations)
        statements.append(replace(statement, citations=mine))
    ids = {id for statement in statements for id in statement.attributions}
    return replace(
        worded,
        statements=tuple(statements),
        citations=tuple(citations),
        attributions=tuple(a for a in answer.attributions if a.id in ids),
    )


def lies_in(a: Attribution, place: CitedSpan) -> bool:
    """Whether an entry of the ledger stands in a place of its document."""
    return place.start <= a.sentence[0] and a.sentence[1] <= place.end


def _attributions(answer: Answer, verdict: Verdict) -> Iterator[Attribution]:
    """The entries of the extractive answer that stand in what a statement cites."""
    for a in answer.attributions:
        if any(span.document == a.document and lies_in(a, span) for span in verdict.places):
            yield a


def _citation(generation: OpenGeneration, span: CitedSpan, number: int, answer: Answer) -> Citation:
    for passage in generation.catalog.passages_in(span.document):
        if passage.passage.start <= span.start and span.end <= passage.passage.end:
            offset = passage.passage.start
            quote = passage.text[span.start - offset : span.end - offset]
            starts = passage.page_starts
            page = bisect.bisect_right(starts, span.start) or None if starts else None
            same = [c for c in answer.citations if c.quote == quote]
            also = same[0].also_in if same and same[0].source == passage.source else ()
            return Citation(number, passage.source, span.start, span.end, quote, page, also)
    raise LookupError(f"no passage of {span.document} holds {span.start}-{span.end}")
