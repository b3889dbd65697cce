"""Vectors in Chroma, one folder a generation. The only file that imports chromadb.

A folder is written once, by one process, and closed; after that it is only opened for reading.
Chroma shares nothing between processes safely (chroma#3792, #7040), so nobody writes a folder
that a reader may have open.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.embedder import Vectors
from index.errors import IndexDamagedError

_COLLECTION = "passages"
_HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 24, "ef_search": 200}
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A stored text near to a question: its key and the cosine of the two."""

    key: str
    cosine: float


class VectorIndex:
    """The vectors of one generation, open for reading. Safe for several threads until closed."""

    def __init__(self, folder: Path) -> None:
        self._client = _connect(folder)
        try:
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
        except Exception as error:
            self._client.close()
            raise IndexDamagedError("The vectors of the index cannot be opened.") from error

    def nearest(self, vector: Vectors, count: int) -> list[Neighbour]:
        """The `count` nearest texts to a row vector, the best first."""
        with _translated():
            found = self._collection.query(
                query_embeddings=vector, n_results=max(1, count), include=["distances"]
            )
        keys, distances = found["ids"][0], (found["distances"] or [[]])[0]
        return [Neighbour(key, 1.0 - d) for key, d in zip(keys, distances, strict=True)]

    def best_cosines(self, vectors: Vectors) -> list[float]:
        """The cosine of each row to what is found nearest to it."""
        with _translated():
            found = self._collection.query(
                query_embeddings=vectors, n_results=1, include=["distances"]
            )
        return [1.0 - row[0] for row in found["distances"] or []]

    def cosines(self, vector: Vectors, keys: Sequence[str]) -> dict[str, float]:
        """The exact cosine of each stored key to a row vector of length one."""
        stored = self.vectors(keys)
        return {key: float(vector[0] @ row) for key, row in stored.items()}

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        if not keys:
            return {}
        with _translated():
            found = self._collection.get(ids=list(keys), include=["embeddings"])
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def count(self) -> int:
        with _translated():
            return int(self._collection.count())

    def close(self) -> None:
        """Gives memory, handles and threads back. No query may be running."""
        self._client.close()


def build(folder: Path, rows: Iterable[tuple[Sequence[str], Vectors]]) -> None:
    """Writes a new folder with these (keys, vectors) and closes it."""
    client = _connect(folder)
    try:
        collection = client.create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
        )
        limit = min(_BATCH, client.get_max_batch_size())
        for keys, vectors in rows:
            for at in range(0, len(keys), limit):
                collection.add(ids=list(keys[at : at + limit]), embeddings=vectors[at : at + limit])
    finally:
        client.close()


def _connect(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    with _translated():
        return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))


@contextmanager
def _translated() -> Iterator[None]:
    """Chroma's errors come from Rust as bare exceptions of many classes; one sentence for all."""
    try:
        yield
    except (ValueError, TypeError, OSError):
        raise
    except Exception as error:
        raise IndexDamagedError("The vectors of the index cannot be read.") from error
