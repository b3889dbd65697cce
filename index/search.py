"""A question to ranked passages: nearness in meaning, BM25, and the best sentence's words.

A passage scores its raw cosine, its BM25 in units of what the rarest word can weigh, and, for the
best of them, the share of the question's words that one sentence holds. Raw parts keep the margin
that ranks and min-max scores throw away: better than BM25 and reciprocal rank fusion on SQuAD and
CLAPnq, and than MiniLM on SQuAD, while on CLAPnq MiniLM is as good (`bench/retrieval.py`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.catalog import StoredPassage, filtered
from index.embedder import Vectors
from index.live import OpenGeneration
from index.narrowing import keys_of
from index.question_terms import QuestionTerms, coverage, question_terms
from index.terms import stemmer
from index.types import Filters, Hit

LEXICAL_WEIGHT = 1 / 10
SENTENCE_WEIGHT = 0.5
DEPTH = 100
_SENTENCES_OF = 20
_NEARLY_THE_SAME = 0.9
_EXACT_UP_TO = 3_000
_LEANING = 0.1


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a question found, by text key, before ranking. Higher is nearer in both."""

    vector: Vectors
    cosine: dict[str, float]
    bm25: dict[str, float]
    terms: QuestionTerms
    documents: frozenset[str] | None = None
    """The only documents to look in, where the question names them."""


def search(
    generation: OpenGeneration, question: str, filters: Filters = Filters(), count: int = 10
) -> list[Hit]:
    """The best passages for a question, at most `count`, the best first; equal texts once."""
    return rank(generation, find_candidates(generation, question, filters), filters, count)


def find_candidates(
    generation: OpenGeneration,
    question: str,
    filters: Filters = Filters(),
    documents: frozenset[str] | None = None,
) -> Candidates:
    """Every text that is near to the question by meaning or by words.

    `documents` leaves only these, by path: those that the question itself names.
    """
    terms = question_terms(generation, question)
    vector = generation.embedder.encode_query(question)
    if documents is not None:
        within = keys_of(generation.catalog, documents)
        found = generation.catalog.lexical(terms.words, filters, 10 * DEPTH)
        bm25 = {key: score for key, score in found if key in within}
        cosine = _nearest_of(generation, vector, sorted(within))
    else:
        bm25 = dict(generation.catalog.lexical(terms.words, filters, DEPTH))
        cosine = _nearest(generation, vector, filters)
    missing = [key for key in bm25 if key not in cosine]
    cosine |= generation.vectors.cosines(vector, missing)
    return Candidates(vector, cosine, bm25, terms, documents)


def rank(
    generation: OpenGeneration, candidates: Candidates, filters: Filters, count: int
) -> list[Hit]:
    """The best of the candidates with the places where they stand.

    Of passages that are nearly the same, the best keeps its place and the others come last.
    """
    if count < 1:
        return []
    scores = fused(candidates, generation.manifest.texts)
    order = sorted(scores, key=lambda key: (-scores[key], key))[: max(count, _SENTENCES_OF)]
    places = generation.catalog.passages(order, filters)
    if candidates.documents is not None:
        named = candidates.documents
        places = {
            k: [p for p in found if p.source.document in named] for k, found in places.items()
        }
    order = [key for key in order if places.get(key)]
    contents: dict[str, set[str]] = {}
    for key in order[:_SENTENCES_OF]:
        sentences = _sentence_stems(places[key][0])
        contents[key] = set().union(*sentences)
        shares = [coverage(candidates.terms, stems) for stems in sentences]
        scores[key] += SENTENCE_WEIGHT * max(shares, default=0.0)
    order.sort(key=lambda key: (-scores[key], key))
    order = _varied(order, contents)
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    hits = []
    above = 1.0
    for key in order[:count]:
        first, *others = places[key]
        above = min(above, (scores[key] - low) / (high - low) if high - low > 1e-9 else 1.0)
        hits.append(
            Hit(
                passage=first.passage,
                text=first.text,
                source=first.source,
                score=round(above, 6),
                cosine=candidates.cosine[key],
                bm25=candidates.bm25.get(key, 0.0),
                page_starts=first.page_starts,
                also_in=tuple(
                    {
                        o.source.document: o.source for o in others if o.source != first.source
                    }.values()
                ),
            )
        )
    return hits


def fused(candidates: Candidates, texts: int) -> dict[str, float]:
    """Cosine and BM25 in one sum, by key. BM25 grows with the logarithm of the number of texts."""
    unit = LEXICAL_WEIGHT / math.log1p(max(texts, 1))
    return {
        key: cosine + unit * candidates.bm25.get(key, 0.0)
        for key, cosine in candidates.cosine.items()
    }


def _sentence_stems(place: StoredPassage) -> list[set[str]]:
    start = place.passage.start
    texts = [place.text[a - start : b - start] for a, b in place.passage.sentences]
    return stemmer().stem_sets(texts)


def _varied(order: Sequence[str], contents: Mapping[str, set[str]]) -> list[str]:
    """The same keys, with those whose words are nearly all those of a better one at the end."""
    first: list[str] = []
    again: list[str] = []
    for key in order:
        own = contents.get(key, set())
        if any(_nearly_the_same(own, contents.get(other, set())) for other in first):
            again.append(key)
        else:
            first.append(key)
    return first + again


def _nearly_the_same(one: set[str], other: set[str]) -> bool:
    least, most = sorted((len(one), len(other)))
    if least < _NEARLY_THE_SAME * most or not least:
        return False
    return len(one & other) >= _NEARLY_THE_SAME * len(one | other)


def rank_near(
    generation: OpenGeneration,
    candidates: Candidates,
    filters: Filters,
    count: int,
    documents: frozenset[str],
) -> list[Hit]:
    """As `rank`, leaning towards passages of these documents: those that were just talked about."""
    if not documents:
        return rank(generation, candidates, filters, count)
    hits = [
        replace(hit, score=round(min(1.0, hit.score + _LEANING), 6))
        if {hit.source.document, *(source.document for source in hit.also_in)} & documents
        else hit
        for hit in rank(generation, candidates, filters, 3 * count)
    ]
    return sorted(hits, key=lambda hit: -hit.score)[:count]


def _nearest(generation: OpenGeneration, vector: Vectors, filters: Filters) -> dict[str, float]:
    if not filtered(filters):
        return {near.key: near.cosine for near in generation.vectors.nearest(vector, DEPTH)}
    return _nearest_of(generation, vector, generation.catalog.keys(filters))


def _nearest_of(
    generation: OpenGeneration, vector: Vectors, allowed: Sequence[str]
) -> dict[str, float]:
    if not allowed:
        return {}
    if len(allowed) <= _EXACT_UP_TO:
        cosines = generation.vectors.cosines(vector, allowed)
        best = sorted(cosines, key=lambda key: -cosines[key])[:DEPTH]
        return {key: cosines[key] for key in best}
    # A filtered HNSW query loses recall as the filter narrows (chroma#4089): look wider instead.
    inside, total = set(allowed), generation.manifest.texts
    wide = min(total, 3 * DEPTH * total // len(allowed))
    near = generation.vectors.nearest(vector, wide)
    return {n.key: n.cosine for n in near if n.key in inside}
