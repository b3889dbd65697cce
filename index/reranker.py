"""The best passages put in order by a cross-encoder, when the settings name one.

A cross-encoder reads question and passage together: better than cosine and BM25, and hundreds of
times slower.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from index.cross_encoders import LazyCrossEncoder
from index.errors import ModelError
from index.types import Hit


class Reranker(Protocol):
    """Puts hits in a better order; their raw scores stay what they are."""

    def reranked(self, question: str, hits: Sequence[Hit]) -> list[Hit]: ...


class CrossEncoderReranker:
    """A cross-encoder that gives one score to a question and a passage.

    `Hit.score` becomes what ranks, from 1 down to 0; the confidence goes on being made of the raw
    parts, since every model has a scale of its own.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._model = LazyCrossEncoder(name, "reranker", "ASCRIBE_RERANKER", self._check)

    def reranked(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, the likeliest first. Raises ModelError when the model cannot be loaded."""
        if len(hits) < 2:
            return list(hits)
        scores = self._model.predict([(question, hit.text) for hit in hits])
        worth = [float(score) for score in scores]
        low, high = min(worth), max(worth)
        order = sorted(range(len(hits)), key=lambda i: -worth[i])
        span = high - low
        return [
            replace(hits[i], score=round((worth[i] - low) / span, 6) if span > 1e-9 else 1.0)
            for i in order
        ]

    def _check(self, model: Any) -> None:
        if model.num_labels != 1:
            raise ModelError(
                f"The model {self._name!r} is no reranker: it gives {model.num_labels} scores"
                " for a passage, not one. Check ASCRIBE_RERANKER."
            )
