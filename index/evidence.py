"""Which sentences answer a question, and how likely it is that any does."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.answer_types import AnswerType, expected_type, typed_spans
from index.confidence import CUT as CUT
from index.confidence import Place, confidence, signals
from index.definitions import asked_definition, defines
from index.embedder import Vectors
from index.live import OpenGeneration
from index.question_terms import QuestionTerms, coverage, question_terms
from index.quotable import quotable
from index.terms import stemmer as stemmer
from index.terms import words
from index.types import Hit

_HITS = 6
_SENTENCES_EMBEDDED = 10
_MOST_SENTENCES = 3
_CLOSE = 0.7
_SAME = 0.8
_AROUND = 1_500

SELECTION = {
    "score": 3.5,
    "top": 0.8,
    "coverage": 3.5,
    "cosine": 6.4,
    "typed": 0.8,
    "untyped": -0.8,
    "passage_cosine": 3.0,
    "length": 0.45,
}
"""How much each trait speaks for a sentence: rounded from a listwise fit on SQuAD and CLAPnq."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer."""

    hit: Hit
    start: int
    end: int
    text: str
    score: float
    coverage: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences that answer best, in the order in which to read them, and the confidence."""

    sentences: tuple[Candidate, ...]
    candidates: tuple[Candidate, ...]
    """All sentences that were weighed, the best first."""
    confidence: float
    signals: dict[str, float]


def weigh(
    generation: OpenGeneration,
    question: str,
    vector: Vectors,
    hits: Sequence[Hit],
    terms: QuestionTerms | None = None,
) -> Evidence:
    """The sentences of the best hits that answer, and the chance that they do.

    A sentence counts by its passage, by the question's words that it holds, by its own nearness in
    meaning, and by whether it has what is asked for: a person, a date, a number. Only the likeliest
    are embedded.
    """
    if not hits:
        return Evidence((), (), 0.0, {})
    terms = terms or question_terms(generation, question)
    kind = expected_type(question)
    spans = _sentences(hits[:_HITS])
    stems = stemmer().stem_sets([text for _, _, _, text in spans])
    covered = [coverage(terms, one) for one in stems]
    rough = [hit.score + share for (hit, _, _, _), share in zip(spans, covered, strict=True)]
    likely = sorted(range(len(spans)), key=lambda i: -rough[i])[:_SENTENCES_EMBEDDED]
    rows = generation.embedder.encode_documents([spans[i][3] for i in likely])
    candidates = []
    for i, row in zip(likely, rows, strict=True):
        hit, start, end, text = spans[i]
        cosine = float(vector[0] @ row)
        top = hit is hits[0]
        score = _worth(traits(hit, top, covered[i], cosine, text, kind, question))
        candidates.append(Candidate(hit, start, end, text, score, covered[i], cosine))
    candidates.sort(key=lambda c: (-c.score, c.hit.source.document, c.start))
    measured = _signals(generation, question, kind, terms, hits, candidates)
    return Evidence(_choose(candidates), tuple(candidates), confidence(measured), measured)


def traits(
    hit: Hit, top: bool, covered: float, cosine: float, text: str, kind: AnswerType, question: str
) -> dict[str, float]:
    """What speaks for a sentence, by the names of `SELECTION`."""
    subject = asked_definition(question)
    formed = subject is not None or kind not in (AnswerType.OTHER, AnswerType.YES_NO)
    typed = formed and (
        bool(typed_spans(text, kind, question)) if subject is None else defines(text, subject)
    )
    return {
        "score": hit.score - 1,
        "top": float(top),
        "coverage": covered,
        "cosine": cosine,
        "typed": float(typed),
        "untyped": float(formed and not typed),
        "passage_cosine": hit.cosine,
        "length": math.log1p(len(words(text))),
    }


def _worth(found: dict[str, float]) -> float:
    return sum(SELECTION[name] * value for name, value in found.items())


def _sentences(hits: Sequence[Hit]) -> list[tuple[Hit, int, int, str]]:
    """Each sentence of the hits once, with the best hit that holds it."""
    seen: set[tuple[str, int]] = set()
    found = []
    for hit in hits:
        for start, end in hit.passage.sentences:
            text = hit.text[start - hit.passage.start : end - hit.passage.start]
            span = quotable(text, hit.source.title)
            if span is None or (hit.source.document, start + span[0]) in seen:
                continue
            start, end, text = start + span[0], start + span[1], text[slice(*span)]
            seen.add((hit.source.document, start))
            found.append((hit, start, end, text))
    return found


def _choose(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The best sentence and those nearly as good, without those that say the same."""
    chosen: list[Candidate] = []
    for candidate in candidates:
        if len(chosen) == _MOST_SENTENCES or candidate.score < candidates[0].score - _CLOSE:
            break
        if not any(_same_words(candidate.text, other.text) for other in chosen):
            chosen.append(candidate)
    return tuple(chosen)


def _same_words(one: str, other: str) -> bool:
    a, b = set(words(one)), set(words(other))
    return len(a & b) >= _SAME * min(len(a), len(b)) if a and b else False


def _signals(
    generation: OpenGeneration,
    question: str,
    kind: AnswerType,
    terms: QuestionTerms,
    hits: Sequence[Hit],
    candidates: Sequence[Candidate],
) -> dict[str, float]:
    sentences = [(one.cosine, one.coverage) for one in candidates]
    place = _place(generation, hits[0], candidates)
    return signals(question, kind, terms, hits[:3], sentences, place)


def _place(generation: OpenGeneration, first: Hit, candidates: Sequence[Candidate]) -> Place:
    """Where the best sentence stands; without one, the best passage."""
    hit = candidates[0].hit if candidates else first
    passage = hit.passage
    start, end = passage.start, passage.end
    if candidates:
        spans = passage.sentences
        at = next((i for i, (_, b) in enumerate(spans) if b > candidates[0].start), 0)
        start, end = spans[max(0, at - 1)][0], spans[min(len(spans) - 1, at + 1)][1]
    window = hit.text[start - passage.start : end - passage.start]
    about = (hit.source.title, hit.source.publisher, hit.source.published, hit.source.document)
    origin = " ".join(part for part in about if part)
    beside = " ".join(_beside(generation, hit))
    near, around = stemmer().stem_sets([f"{window} {origin}", f"{hit.text} {origin} {beside}"])
    return Place(window, near, around)


def _beside(generation: OpenGeneration, hit: Hit) -> Collection[str]:
    """The texts of the passages before and after one, in the same document."""
    rows = generation.catalog.rows(
        "SELECT texts.text AS text FROM documents"
        " JOIN passages ON passages.document = documents.id JOIN texts ON texts.id = passages.text"
        ' WHERE path = ? AND passages."end" > ? AND passages.start < ?',
        (
            hit.source.document,
            hit.passage.start - _AROUND,
            hit.passage.end + _AROUND,
        ),
    )
    return [row["text"] for row in rows]
