"""The best passages put in order by a cross-encoder, when the settings name one.

A cross-encoder reads question and passage together: better than cosine and BM25, and hundreds of
times slower. It needs torch, which is imported with the first question then, and never otherwise.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from index.errors import ModelError
from index.types import Hit

_CHARACTERS = 4_000


class Reranker(Protocol):
    """Puts hits in a better order; their raw scores stay what they are."""

    def reranked(self, question: str, hits: Sequence[Hit]) -> list[Hit]: ...


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder: a folder, or an id on the hub. Loaded when needed.

    One thread at a time. `Hit.score` becomes what ranks, from 1 down to 0; the confidence goes on
    being made of the raw parts, since every model has a scale of its own.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: Any = None
        self._lock = threading.Lock()

    def reranked(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, the likeliest first. Raises ModelError when the model cannot be loaded."""
        if len(hits) < 2:
            return list(hits)
        with self._lock:
            model = self._loaded()
            scores = model.predict(
                [(question, hit.text[:_CHARACTERS]) for hit in hits], show_progress_bar=False
            )
        worth = [float(score) for score in scores]
        low, high = min(worth), max(worth)
        order = sorted(range(len(hits)), key=lambda i: -worth[i])
        span = high - low
        return [
            replace(hits[i], score=round((worth[i] - low) / span, 6) if span > 1e-9 else 1.0)
            for i in order
        ]

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                from sentence_transformers import CrossEncoder

                model = CrossEncoder(self._name)
            except (ImportError, OSError, ValueError, RuntimeError, KeyError) as error:
                raise ModelError(
                    f"The reranker {self._name!r} cannot be loaded: {error}"
                    " Check ASCRIBE_RERANKER, or leave it empty."
                ) from error
            if model.num_labels != 1:
                raise ModelError(
                    f"The model {self._name!r} is no reranker: it gives {model.num_labels} scores"
                    " for a passage, not one. Check ASCRIBE_RERANKER."
                )
            self._model = model
        return self._model
