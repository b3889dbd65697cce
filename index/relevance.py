"""Which sentences bear on a question about as well as the best, so that a model stays with it."""

from collections.abc import Sequence

from index.evidence import weigh
from index.live import OpenGeneration
from index.types import Answer
from index.verify import CitedSpan

_NEAR = 1.2
_BEST = 0.7
"""How far below the best sentence's worth, as `index.evidence` weighs it. By bench/honest_model a
model with a narrower margin may hardly combine sentences, and with 2.5 it cites worse on SQuAD."""


class Relevance:
    """Judges places of the sources by the answer that was found without a model.

    An answer from the ledger has no hits: there the checks of `index.verify` decide alone.
    """

    def __init__(self, generation: OpenGeneration, answer: Answer) -> None:
        self._worth: dict[tuple[str, int, int], float] = {}
        if answer.hits:
            vector = generation.embedder.encode_query(answer.question)
            weighed = weigh(generation, answer.question, vector, answer.hits).candidates
            self._worth = {
                (one.hit.source.document, one.start, one.end): one.score for one in weighed
            }
        self._best = max(self._worth.values(), default=0.0)

    def bears(self, places: Sequence[CitedSpan]) -> bool:
        """Whether one of the places is a sentence that helps to answer."""
        return self._within(places, _NEAR)

    def leads(self, places: Sequence[CitedSpan]) -> bool:
        """Whether one answers about as well as the best: for what a model did not choose."""
        return self._within(places, _BEST)

    def _within(self, places: Sequence[CitedSpan], margin: float) -> bool:
        return not self._worth or any(
            worth >= self._best - margin
            for (document, start, end), worth in self._worth.items()
            for place in places
            if place.document == document and place.start < end and start < place.end
        )
