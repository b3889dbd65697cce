"""Vectors in Chroma, one folder a generation. The only file that imports chromadb.

A folder is written once, by one process, and closed; after that it is only opened for reading.
Chroma shares nothing between processes safely (chroma#3792, #7040), so nobody writes a folder
that a reader may have open.
"""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np

from index.embedder import Vectors
from index.errors import IndexDamagedError
from index.models import hash_file
from index.storage import reason_of

_DATABASE = "chroma.sqlite3"
_SEGMENT_IS_STORED = "index_metadata.pickle"
_CHANGED_BY_OPENING = "acquire_write"
_BUSY_SECONDS = 60
_COLLECTION = "passages"
_HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 24, "ef_search": 200}
_BATCH = 2_000
EXACT_UP_TO = 20_000
"""Up to so many texts all cosines are worked out. At 10,000 that takes 0.6 ms; HNSW takes 3 ms, and
reading the vectors of a hundred other texts from Chroma 4."""
_READ_AT_ONCE = 1_000
_clients = threading.Lock()
"""Chroma counts its clients by path, and opening and closing are not safe in two threads."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A stored text near to a question: its key and the cosine of the two."""

    key: str
    cosine: float


@dataclass(frozen=True, slots=True)
class _Matrix:
    """All vectors of a collection in memory."""

    keys: list[str]
    rows: dict[str, int]
    vectors: Vectors


class VectorIndex:
    """The vectors of one generation, open for reading. Safe for several threads until closed.

    Up to `exact_up_to` texts results are exact; above, they are those of Chroma's HNSW graph.
    """

    def __init__(self, folder: Path, exact_up_to: int = EXACT_UP_TO) -> None:
        self._exact_up_to = exact_up_to
        self._matrix: _Matrix | None = None
        self._reading = threading.Lock()
        self._client = _connect(folder)
        try:
            with _translated(ValueError, TypeError):
                self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
        except BaseException:
            self.close()
            raise

    def nearest(self, vector: Vectors, count: int) -> list[Neighbour]:
        """The `count` nearest texts to a row vector, the best first."""
        matrix = self._all()
        if matrix is not None:
            return _nearest(matrix, vector, max(1, count))
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
        matrix = self._all()
        if matrix is not None:
            known = [key for key in keys if key in matrix.rows]
            rows = matrix.vectors[[matrix.rows[key] for key in known]]
            return dict(zip(known, _products(rows, vector).tolist(), strict=True))
        stored = self.vectors(keys)
        return {key: float(vector[0] @ row) for key, row in stored.items()}

    def vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        if not keys:
            return {}
        with _translated():
            found = self._collection.get(ids=list(keys), include=["embeddings"])
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def _all(self) -> _Matrix | None:
        """Every vector, read once, where there are few enough."""
        with self._reading:
            if self._matrix is None and 0 < self.count() <= self._exact_up_to:
                self._matrix = self._read_all()
            return self._matrix

    def _read_all(self) -> _Matrix:
        keys: list[str] = []
        parts: list[Vectors] = []
        for at in range(0, self.count(), _READ_AT_ONCE):
            with _translated():
                found = self._collection.get(include=["embeddings"], limit=_READ_AT_ONCE, offset=at)
            keys += found["ids"]
            parts.append(np.asarray(found["embeddings"], np.float32))
        vectors: Vectors = np.concatenate(parts)
        if len(set(keys)) != self.count() or len(vectors) != len(keys):
            raise IndexDamagedError("The vectors of the index are not all there.")
        return _Matrix(keys, {key: row for row, key in enumerate(keys)}, vectors)

    def count(self) -> int:
        with _translated():
            return int(self._collection.count())

    def close(self) -> None:
        """Gives memory, handles and threads back. No query may be running."""
        with _clients:
            self._client.close()


def _nearest(matrix: _Matrix, vector: Vectors, count: int) -> list[Neighbour]:
    cosines = _products(matrix.vectors, vector)
    among = np.arange(len(cosines))
    if count < len(cosines):
        among = np.argpartition(-cosines, count)[:count]
    best = among[np.argsort(-cosines[among], kind="stable")]
    return [Neighbour(matrix.keys[row], float(cosines[row])) for row in best]


def _products(rows: Vectors, vector: Vectors) -> Vectors:
    """Not `rows @ vector`: that wakes a thread a core, which costs ten times as much."""
    products: Vectors = np.einsum("ij,j->i", rows, vector[0])
    return products


def build(folder: Path, rows: Iterable[tuple[Sequence[str], Vectors]]) -> None:
    """Writes a new folder with these (keys, vectors) and closes it.

    Raises OSError when the disk refuses, IndexDamagedError when Chroma does.
    """
    client = _connect(folder)
    try:
        with _translated():
            collection = client.create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
            )
            limit = min(_BATCH, client.get_max_batch_size())
        for keys, vectors in rows:
            for at in range(0, len(keys), limit):
                with _translated():
                    collection.add(
                        ids=list(keys[at : at + limit]), embeddings=vectors[at : at + limit]
                    )
    finally:
        with _clients:
            client.close()


def checksums(folder: Path) -> dict[str, str]:
    """The sha256 of all in a folder that opening and reading it leave as it is, by name.

    Chroma writes to its database on every open, so that what stands for the database is a digest
    of the rows that it holds. A segment's files count once Chroma has stored them, from about
    1,000 rows on; until then it makes them anew from the database. A damaged one can crash the
    process that opens it: check before. Raises FileNotFoundError when the database is not there,
    sqlite3.OperationalError when it cannot be read now.
    """
    if not (folder / _DATABASE).is_file():
        raise FileNotFoundError(2, os.strerror(2), str(folder / _DATABASE))
    found = {_DATABASE: _digest_of_rows(folder / _DATABASE)}
    for stored in folder.glob(f"*/{_SEGMENT_IS_STORED}"):
        for path in stored.parent.iterdir():
            found[path.relative_to(folder).as_posix()] = hash_file(path)
    return found


def _digest_of_rows(path: Path) -> str:
    """A digest of every table but the one that opening changes; `""` for a damaged database."""
    digest = hashlib.sha256()
    # Not read-only: what a killed reader left half written is rolled back by whoever opens next.
    uri = f"file:{quote(str(path))}?mode=rw"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS)) as database:
            database.text_factory = bytes
            database.execute("BEGIN")
            if database.execute("PRAGMA integrity_check(1)").fetchone()[0] != b"ok":
                return ""
            schema = database.execute("SELECT * FROM sqlite_master ORDER BY type, name").fetchall()
            for kind, name, *_, sql in schema:
                digest.update(repr((kind, name, sql)).encode())
                if kind != b"table" or name == _CHANGED_BY_OPENING.encode():
                    continue
                if not (sql or b"").upper().startswith(b"CREATE VIRTUAL"):
                    every = f'SELECT * FROM "{name.decode()}"'  # noqa: S608  (Chroma's own name)
                    for row in database.execute(every):
                        digest.update(repr(row).encode())
    except (sqlite3.Error, UnicodeDecodeError) as error:
        transient = sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if reason_of(error) is not None or code in transient:
            raise
        return ""
    return digest.hexdigest()


def _connect(folder: Path) -> Any:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    path = str(folder)
    with _clients, _translated(ValueError, TypeError):
        try:
            return chromadb.PersistentClient(path, Settings(anonymized_telemetry=False))
        except BaseException:
            # What failed to start stays known under its path, and would fail for ever.
            if path not in SharedSystemClient._identifier_to_refcount:
                SharedSystemClient._identifier_to_system.pop(path, None)
            raise


@contextmanager
def _translated(*also: type[Exception]) -> Iterator[None]:
    """Chroma's errors come from Rust as bare exceptions of many classes, panics among them.

    A disk that refuses is an OSError, anything else an IndexDamagedError. Callers' mistakes,
    ValueError and TypeError, pass unless they are among `also`.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        if isinstance(error, ValueError | TypeError) and not isinstance(error, also):
            raise
        number = reason_of(error)
        if number is not None:
            raise OSError(number, os.strerror(number)) from error
        raise IndexDamagedError("The vectors of the index cannot be read.") from error
