"""Which sentences answer a question, and how likely it is that any does."""

import math
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from index.embedder import Vectors
from index.live import OpenGeneration
from index.terms import STOP_WORDS, Stemmer, content_words, words
from index.types import Hit

_HITS = 6
_SENTENCES_EMBEDDED = 10
_MOST_SENTENCES = 4
_CLOSE = 0.85
_SAME = 0.8

WEIGHTS = {
    "cosine": 5.577,
    "coverage": 0.479,
    "sentence_cosine": 9.612,
    "sentence_coverage": 4.408,
    "names_missing": -1.597,
}
INTERCEPT = -8.401
CUT = 0.4
"""Below this confidence the sources are silent."""

_HEADING = re.compile(r"#{1,6}\s")
_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_SHORT, _LONG = 2, 12
"""The fewest words of a statement that ends as a sentence does, and of one that does not."""
_MARK = re.compile(r"(?:(?:[-*+•▪>]|\d{1,3}[.)])\s+)+")
_NUMBER = re.compile(r"\d")
_local = threading.local()


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The content words of a question as stems, with how telling each is in this index."""

    weights: dict[str, float]
    names: frozenset[str]
    """The stems of names and numbers."""


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


def stemmer() -> Stemmer:
    """This thread's stemmer."""
    found: Stemmer | None = getattr(_local, "stemmer", None)
    if found is None:
        found = _local.stemmer = Stemmer()
    return found


def question_terms(generation: OpenGeneration, question: str) -> QuestionTerms:
    """Weighs the words of a question by their rarity in the index (Robertson's IDF)."""
    found = content_words(question)
    stems = stemmer().stems(found)
    total = generation.manifest.texts
    frequencies = generation.catalog.document_frequency(found)
    weights: dict[str, float] = {}
    for parts, frequency in zip(stems, frequencies, strict=True):
        idf = math.log1p((total - frequency + 0.5) / (frequency + 0.5))
        for stem in parts:
            weights.setdefault(stem, idf)
    first = words(question)[:1]
    named = [
        word
        for word in re.findall(r"\w+", question)
        if _NUMBER.search(word)
        or (word[:1].isupper() and word.lower() not in STOP_WORDS and [word.lower()] != first)
    ]
    names = frozenset(stem for parts in stemmer().stems(named) for stem in parts)
    return QuestionTerms(weights, names & weights.keys())


def coverage(terms: QuestionTerms, stems: Sequence[str]) -> float:
    """The share of the question's words that stand in a text, each by its weight."""
    total = sum(terms.weights.values())
    if not total:
        return 0.0
    present = terms.weights.keys() & set(stems)
    return sum(terms.weights[stem] for stem in present) / total


def weigh(
    generation: OpenGeneration, question: str, vector: Vectors, hits: Sequence[Hit]
) -> Evidence:
    """The sentences of the best hits that answer, and the chance that they do.

    A sentence counts by its passage, by the question's words that it holds, and by its own
    nearness in meaning. Only the likeliest are embedded.
    """
    terms = question_terms(generation, question)
    if not hits:
        return Evidence((), (), 0.0, {})
    spans = _sentences(hits[:_HITS])
    stems = stemmer().stems([text for _, _, _, text in spans])
    covered = [coverage(terms, found) for found in stems]
    rough = [
        0.5 * hit.score + 0.5 * share for (hit, _, _, _), share in zip(spans, covered, strict=True)
    ]
    likely = sorted(range(len(spans)), key=lambda i: -rough[i])[:_SENTENCES_EMBEDDED]
    rows = generation.embedder.encode_documents([spans[i][3] for i in likely])
    candidates = []
    for i, row in zip(likely, rows, strict=True):
        hit, start, end, text = spans[i]
        cosine = float(vector[0] @ row)
        score = 0.3 * hit.score + 0.3 * covered[i] + 0.4 * cosine
        candidates.append(Candidate(hit, start, end, text, score, covered[i], cosine))
    candidates.sort(key=lambda c: (-c.score, c.hit.source.document, c.start))
    signals = _signals(terms, hits, candidates)
    return Evidence(_choose(candidates), tuple(candidates), _confidence(signals), signals)


def _sentences(hits: Sequence[Hit]) -> list[tuple[Hit, int, int, str]]:
    """Each sentence of the hits once, with the best hit that holds it."""
    seen: set[tuple[str, int]] = set()
    found = []
    for hit in hits:
        for start, end in hit.passage.sentences:
            text = hit.text[start - hit.passage.start : end - hit.passage.start]
            if mark := _MARK.match(text):
                start, text = start + mark.end(), text[mark.end() :]
            if (hit.source.document, start) in seen or not _says_something(text):
                continue
            seen.add((hit.source.document, start))
            found.append((hit, start, end, text))
    return found


def _says_something(text: str) -> bool:
    """Whether a sentence could answer: not a heading, a signature, or a rule of dashes."""
    if _HEADING.match(text):
        return False
    return len(words(text)) >= (_SHORT if _END.search(text) else _LONG)


def _choose(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The best sentence and those nearly as good, without those that say the same."""
    chosen: list[Candidate] = []
    for candidate in candidates:
        if len(chosen) == _MOST_SENTENCES or candidate.score < _CLOSE * candidates[0].score:
            break
        if not any(_same_words(candidate.text, other.text) for other in chosen):
            chosen.append(candidate)
    return tuple(chosen)


def _same_words(one: str, other: str) -> bool:
    a, b = set(words(one)), set(words(other))
    return len(a & b) >= _SAME * min(len(a), len(b)) if a and b else False


def _signals(
    terms: QuestionTerms, hits: Sequence[Hit], candidates: Sequence[Candidate]
) -> dict[str, float]:
    """What tells answerable questions from others; each is comparable across questions."""
    best = hits[:3]
    stems = stemmer().stems([f"{hit.source.title} {hit.text}" for hit in best])
    together = {stem for found in stems[:1] for stem in found}
    missing = terms.names - together
    return {
        "cosine": max(hit.cosine for hit in best),
        "coverage": max(coverage(terms, found) for found in stems),
        "sentence_cosine": max((c.cosine for c in candidates), default=0.0),
        "sentence_coverage": max((c.coverage for c in candidates), default=0.0),
        "names_missing": len(missing) / len(terms.names) if terms.names else 0.0,
    }


def _confidence(signals: dict[str, float]) -> float:
    """A logistic regression, fitted by `bench/confidence.py`."""
    total = INTERCEPT + sum(WEIGHTS[name] * value for name, value in signals.items())
    return 1 / (1 + math.exp(-total))
