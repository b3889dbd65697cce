"""Which sentences bear on a question about as well as the best, so that a model stays with it."""

from collections.abc import Sequence

from index.evidence import weigh
from index.live import OpenGeneration
from index.types import Answer
from index.verify import CitedSpan

_NEAR = 0.7
"""How far below the best sentence's worth, as `index.evidence` weighs it."""


class Relevance:
    """Judges places of the sources by the answer that was found without a model.

    An answer from the ledger has no hits: there the checks of `index.verify` decide alone.
    """

    def __init__(self, generation: OpenGeneration, answer: Answer) -> None:
        self._near: set[tuple[str, int, int]] | None = None
        if answer.hits:
            vector = generation.embedder.encode_query(answer.question)
            weighed = weigh(generation, answer.question, vector, answer.hits).candidates
            best = max((one.score for one in weighed), default=0.0)
            self._near = {(c.source.document, c.start, c.end) for c in answer.citations}
            self._near |= {
                (one.hit.source.document, one.start, one.end)
                for one in weighed
                if one.score >= best - _NEAR
            }

    def bears(self, places: Sequence[CitedSpan]) -> bool:
        """Whether one of the places shares words with a sentence that answers."""
        return self._near is None or any(
            place.document == document and place.start < end and start < place.end
            for place in places
            for document, start, end in self._near
        )
