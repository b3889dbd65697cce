"""What must not be computed twice: hashes, readings, splits and vectors.

The cache belongs to the indexer. Each batch is committed as it is computed, so that a killed
reindex costs its last batch; every row carries a checksum, so that a damaged one is computed
again; and at a commit the rows that no kept generation uses are erased.
"""

import json
import logging
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import numpy as np

from index.documents import Reading
from index.embedder import Vectors
from index.folder import CorpusFile
from index.models import hash_file
from index.storage import Point, around, no_point

log = logging.getLogger(__name__)

_VERSION = 2
_SETTINGS = "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;"
_CREATE = f"""
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
BEGIN;
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER, sha256 TEXT,
    checksum INTEGER
) WITHOUT ROWID;
CREATE TABLE results (
    kind TEXT, version TEXT, key TEXT, checksum INTEGER, body BLOB,
    PRIMARY KEY (kind, version, key)
) WITHOUT ROWID;
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_SETTLED_NS = 2_000_000_000
_VECTOR = "vector"


class Cache:
    """The cache in a data folder. Only the holder of the lock opens it.

    Opening it and looking things up leave the file as it is.
    """

    def __init__(self, path: Path, point: Point = no_point) -> None:
        self._path = path
        self._point = point
        self._hashed: dict[str, tuple[CorpusFile, str, int]] = {}
        """Files hashed but not written down, with the time of it."""
        try:
            self._open()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if not is_damaged(path, error):
                raise
            log.warning("The cache was damaged and is computed again.")
            discard(path)
            self._open()

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._path)
        try:
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if version != _VERSION:
                self._connection.close()
                discard(self._path)
                self._connection = sqlite3.connect(self._path)
                self._connection.executescript(_CREATE)
            self._connection.executescript(
                "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;"
            )
        except (sqlite3.Error, UnicodeDecodeError):
            self._connection.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def known_hash(self, path: str, file: CorpusFile) -> str | None:
        """The sha256 of a file that, as far as stat tells, is as it was when remembered."""
        if path in self._hashed and self._hashed[path][0] == file:
            return self._hashed[path][1]
        row = self._connection.execute(
            "SELECT sha256, checksum FROM files"
            " WHERE path = ? AND size = ? AND mtime_ns = ? AND ctime_ns = ?",
            (path, file.size, file.mtime_ns, file.ctime_ns),
        ).fetchone()
        return row[0] if row and row[1] == _checksum(path, str(row[0]).encode()) else None

    def remember_hashes(self, found: Mapping[str, tuple[CorpusFile, str]]) -> None:
        """Takes note of files by path, hashed just now after `file` was their stat."""
        now = time.time_ns()
        for path, (file, sha256) in found.items():
            self._hashed[path] = (file, sha256, now)

    def write_hashes(self) -> None:
        """Writes down which files were hashed, so that they need not be opened again.

        Except fresh ones: a change within the clock's last tick might not show in stat. Those
        that became old meanwhile are hashed once more, and a time that the clock has not reached
        yet counts as fresh.
        """
        rows = []
        for path, (file, sha256, when) in list(self._hashed.items()):
            if not _is_settled(file, when):
                if not _is_settled(file, time.time_ns()):
                    continue
                if not _is_still(file, sha256):
                    del self._hashed[path]
                    continue
            checksum = _checksum(path, sha256.encode())
            rows.append((path, file.size, file.mtime_ns, file.ctime_ns, sha256, checksum))
            del self._hashed[path]
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", rows
            )

    def reading(self, version: str, key: str) -> Reading | str | None:
        """A reading, or the reason why there is none; None when neither is known."""
        body = self._get("reading", version, key)
        if body is None:
            return None
        raw = json.loads(body)
        if isinstance(raw, str):
            return raw
        return Reading(**(raw | {"page_starts": tuple(raw["page_starts"])}))

    def keep_reading(self, version: str, key: str, reading: Reading | str) -> None:
        body = reading if isinstance(reading, str) else asdict(reading)
        self._put("reading", version, [(key, json.dumps(body, ensure_ascii=False).encode())])

    def spans(self, version: str, key: str) -> list[list[tuple[int, int]]] | None:
        """The sentences of each passage of a text."""
        body = self._get("split", version, key)
        if body is None:
            return None
        return [[(start, end) for start, end in passage] for passage in json.loads(body)]

    def keep_spans(
        self, version: str, key: str, passages: Iterable[Sequence[tuple[int, int]]]
    ) -> None:
        body = json.dumps(list(passages), separators=(",", ":"))
        self._put("split", version, [(key, body.encode())])

    def attributions(self, version: str, key: str) -> str | None:
        """The attributions of a reading, as `index.extraction` writes them."""
        body = self._get("attributions", version, key)
        return None if body is None else body.decode()

    def keep_attributions(self, version: str, key: str, body: str) -> None:
        self._put("attributions", version, [(key, body.encode())])

    def missing_vectors(self, fingerprint: str, keys: Sequence[str]) -> list[str]:
        known = {
            row[0]
            for row in self._connection.execute(
                "SELECT key FROM results WHERE kind = ? AND version = ?", (_VECTOR, fingerprint)
            )
        }
        return [key for key in keys if key not in known]

    def vectors(self, fingerprint: str, keys: Sequence[str]) -> tuple[list[str], Vectors]:
        """The keys whose vectors are there and whole, with the vectors as rows."""
        found = [
            (key, np.frombuffer(body, np.float32))
            for key in keys
            if (body := self._get(_VECTOR, fingerprint, key)) is not None
        ]
        rows = np.stack([row for _, row in found]) if found else np.empty((0, 0), np.float32)
        return [key for key, _ in found], rows

    def keep_vectors(self, fingerprint: str, keys: Sequence[str], vectors: Vectors) -> None:
        rows = [(key, row.tobytes()) for key, row in zip(keys, vectors, strict=True)]
        self._put(_VECTOR, fingerprint, rows)

    def _get(self, kind: str, version: str, key: str) -> bytes | None:
        row = self._connection.execute(
            "SELECT checksum, body FROM results WHERE kind = ? AND version = ? AND key = ?",
            (kind, version, key),
        ).fetchone()
        if row is None or type(row[1]) is not bytes or _checksum(key, row[1]) != row[0]:
            return None
        return bytes(row[1]) if kind == _VECTOR else zlib.decompress(row[1])

    def _put(self, kind: str, version: str, rows: Sequence[tuple[str, bytes]]) -> None:
        bodies = [(key, body if kind == _VECTOR else zlib.compress(body)) for key, body in rows]
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)",
                [(kind, version, key, _checksum(key, body), body) for key, body in bodies],
            )

    def prune(self, used: Callable[[str, str, str], bool], paths: Collection[str]) -> None:
        """Erases the results (kind, version, key) not used, and the files not in `paths`."""
        results = self._connection.execute("SELECT kind, version, key FROM results").fetchall()
        files = self._connection.execute("SELECT path FROM files").fetchall()
        with around(self._point, "erase results"), self._connection:
            self._connection.executemany(
                "DELETE FROM results WHERE kind = ? AND version = ? AND key = ?",
                [row for row in results if not used(*map(str, row))],
            )
            self._connection.executemany(
                "DELETE FROM files WHERE path = ?", [row for row in files if row[0] not in paths]
            )
        with around(self._point, "shrink cache"):
            self._connection.execute("PRAGMA incremental_vacuum").fetchall()
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def discard(path: Path) -> None:
    """Removes a cache; what it held is computed again."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _checksum(key: str, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(key.encode()))


def _is_settled(file: CorpusFile, now: int) -> bool:
    return max(file.mtime_ns, file.ctime_ns) < now - _SETTLED_NS


def _is_still(file: CorpusFile, sha256: str) -> bool:
    try:
        found = hash_file(file.path)
        status = file.path.stat()
    except OSError:
        return False
    times = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return found == sha256 and times == (file.size, file.mtime_ns, file.ctime_ns)


def is_damaged(path: Path, error: Exception) -> bool:
    """Whether an error came of a cache that is not what SQLite wrote, rather than of a disk that
    is full or read-only. May read the whole cache."""
    if isinstance(error, sqlite3.ProgrammingError):
        return False
    if isinstance(error, sqlite3.Error):
        # Without a code: text in it that is no UTF-8. SQLITE_ERROR: a damaged definition.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
            return True
    try:
        with closing(sqlite3.connect(path)) as database:
            if database.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return True
            database.execute("BEGIN IMMEDIATE")  # a flipped byte can make it read-only
    except UnicodeDecodeError:
        return True
    except sqlite3.Error as fault:
        code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code == sqlite3.SQLITE_READONLY:
            return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
    return False
