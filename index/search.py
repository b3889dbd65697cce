"""A question to ranked passages: dense and lexical candidates in one convex sum.

The scores of each kind are min-max normalised over the candidates of the question, then added
with fixed weights. On the same passages this ranks better than either kind alone and than
reciprocal rank fusion (`bench/retrieval.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.catalog import filtered
from index.embedder import Vectors
from index.live import OpenGeneration
from index.terms import content_words
from index.types import Filters, Hit

DENSE_WEIGHT = 0.4
DEPTH = 100
_EXACT_UP_TO = 3_000
_LEANING = 0.1


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a question found, by text key, before ranking. Higher is nearer in both."""

    vector: Vectors
    cosine: dict[str, float]
    bm25: dict[str, float]


def search(
    generation: OpenGeneration, question: str, filters: Filters = Filters(), count: int = 10
) -> list[Hit]:
    """The best passages for a question, at most `count`, the best first; equal texts once."""
    return rank(generation, find_candidates(generation, question, filters), filters, count)


def find_candidates(
    generation: OpenGeneration, question: str, filters: Filters = Filters()
) -> Candidates:
    """Every text that is near to the question by meaning or by words."""
    bm25 = dict(generation.catalog.lexical(content_words(question), filters, DEPTH))
    vector = generation.embedder.encode_query(question)
    cosine = _nearest(generation, vector, filters)
    missing = [key for key in bm25 if key not in cosine]
    cosine |= generation.vectors.cosines(vector, missing)
    return Candidates(vector, cosine, bm25)


def rank(
    generation: OpenGeneration, candidates: Candidates, filters: Filters, count: int
) -> list[Hit]:
    """The best of the candidates with the places where they stand."""
    keys = list(candidates.cosine)
    dense = _min_max([candidates.cosine[key] for key in keys])
    lexical = _min_max([candidates.bm25.get(key, 0.0) for key in keys])
    scores = {
        key: DENSE_WEIGHT * near + (1 - DENSE_WEIGHT) * words
        for key, near, words in zip(keys, dense, lexical, strict=True)
    }
    best = sorted(keys, key=lambda key: (-scores[key], key))[:count]
    places = generation.catalog.passages(best, filters)
    hits = []
    for key in best:
        first, *others = places[key]
        hits.append(
            Hit(
                passage=first.passage,
                text=first.text,
                source=first.source,
                score=round(scores[key], 6),
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
    allowed = generation.catalog.keys(filters)
    if len(allowed) <= _EXACT_UP_TO:
        cosines = generation.vectors.cosines(vector, allowed)
        best = sorted(cosines, key=lambda key: -cosines[key])[:DEPTH]
        return {key: cosines[key] for key in best}
    # A filtered HNSW query loses recall as the filter narrows (chroma#4089): look wider instead.
    inside, total = set(allowed), generation.manifest.texts
    wide = min(total, 3 * DEPTH * total // len(allowed))
    near = generation.vectors.nearest(vector, wide)
    return {n.key: n.cosine for n in near if n.key in inside}


def _min_max(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    low, high = min(values), max(values)
    if high - low < 1e-9:
        return [1.0 if high > 0 else 0.0] * len(values)
    return [(value - low) / (high - low) for value in values]
