"""How near two texts are in meaning: weighs words that a source does not have in any form.

It never decides about numbers, names, negations or opposites: a sentence encoder is blind to them.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from index.embedder import Embedder
from index.verification.tokens import Token

_REMEMBERED = 512


class Meaning:
    """Similarities by a sentence encoder; texts seen lately are not encoded again. Thread-safe."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        self._vectors: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()

    def similarity(self, one: str, other: str) -> float:
        """The cosine of two texts. Raises ModelError."""
        return float(self._vector(one) @ self._vector(other))

    def _vector(self, text: str) -> npt.NDArray[np.float32]:
        with self._lock:
            known = self._vectors.get(text)
            if known is not None:
                self._vectors.move_to_end(text)
                return known
        found: npt.NDArray[np.float32] = self._embedder.encode_query(text)[0]
        with self._lock:
            self._vectors[text] = found
            if len(self._vectors) > _REMEMBERED:
                self._vectors.popitem(last=False)
        return found


def drift(
    meaning: Meaning, found: Sequence[Token], places: Collection[int], source: Sequence[Token]
) -> float:
    """By how much a statement comes nearer to its source when these of its words are left out.

    A word that stands for one of the source's is missed; a word that adds something is not.
    """
    without = [t for i, t in enumerate(found) if i not in places]
    there = plain(source)
    return meaning.similarity(plain(without), there) - meaning.similarity(plain(found), there)


def plain(found: Sequence[Token]) -> str:
    return " ".join(token.text for token in found)
