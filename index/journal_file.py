"""The file of the journal: SQLite that syncs every commit, and is replaced when it is damaged."""

import logging
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import JournalError
from index.storage import problem_of

log = logging.getLogger(__name__)

FILE = "journal.sqlite3"
SCHEMA_VERSION = 1

_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY, asked REAL NOT NULL, user TEXT NOT NULL, place TEXT NOT NULL,
    question TEXT NOT NULL, found INTEGER NOT NULL, private INTEGER NOT NULL,
    follows TEXT REFERENCES answers ON DELETE SET NULL, filters TEXT NOT NULL, body TEXT NOT NULL,
    dismissed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS answers_by_place ON answers (place, asked);
CREATE INDEX IF NOT EXISTS answers_by_user ON answers (user);
CREATE INDEX IF NOT EXISTS answers_by_time ON answers (asked);
CREATE INDEX IF NOT EXISTS answers_by_follows ON answers (follows);
CREATE INDEX IF NOT EXISTS answers_missing ON answers (asked) WHERE NOT found AND NOT dismissed;
CREATE TABLE IF NOT EXISTS feedback (
    answer TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, user TEXT NOT NULL,
    good INTEGER NOT NULL, reason TEXT NOT NULL, rated REAL NOT NULL, PRIMARY KEY (answer, user)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS feedback_by_user ON feedback (user);
CREATE TABLE IF NOT EXISTS messages (
    message TEXT PRIMARY KEY, answer TEXT NOT NULL REFERENCES answers ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS messages_by_answer ON messages (answer);
CREATE TABLE IF NOT EXISTS states (
    answer TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, name TEXT NOT NULL,
    value TEXT NOT NULL, PRIMARY KEY (answer, name)
) WITHOUT ROWID;
PRAGMA user_version = {SCHEMA_VERSION};
COMMIT;
"""
_BUSY_SECONDS = 10
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


class JournalFile:
    """Reads and writes the journal in a data folder. Safe for several threads."""

    def __init__(self, data: Path) -> None:
        """Nothing is opened before the first use."""
        self._path = data / FILE
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self.notices: list[str] = []

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def wipe(self) -> None:
        """Takes what was erased out of the log that SQLite writes ahead, too."""
        with self._use() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Raises JournalError when the file cannot be read; after damage the journal is empty."""
        for _ in range(2):
            with suppress(_DamagedError), self._use() as connection:
                return connection.execute(sql, values).fetchall()
        return []

    def write(self, sql: str, values: Sequence[Any]) -> int:
        """The number of rows written, which are on the disk. Raises JournalError."""
        for _ in range(2):
            with suppress(_DamagedError), self._use() as connection:
                return connection.execute(sql, values).rowcount
        raise JournalError("The journal is damaged and cannot be replaced.")

    @contextmanager
    def _use(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._open()
                yield self._connection
            except (OSError, sqlite3.Error) as error:
                if not _is_damage(error):
                    problem = problem_of(error) or "SQLite reports an error"
                    raise JournalError(f"The journal cannot be written: {problem}.") from error
                self._set_aside("was damaged")
                raise _DamagedError from error

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._connect()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            connection.close()
            self._set_aside("was written by a newer version of Ascribe")
            connection, version = self._connect(), 0
        if version == 0:
            connection.executescript(_SCHEMA)
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, _BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.row_factory = sqlite3.Row
            connection.executescript(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                "PRAGMA secure_delete = ON;"
            )
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _set_aside(self, why: str) -> None:
        """Renames the file, with what belongs to it, so that a new one can be begun."""
        self.close()
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        aside = self._path.with_name(f"journal-{stamp}-{secrets.token_hex(2)}.sqlite3")
        for suffix in ("-wal", "-shm", ""):  # no new file with the old one's log
            with suppress(FileNotFoundError):
                self._path.with_name(FILE + suffix).rename(aside.with_name(aside.name + suffix))
        notice = f"The journal {why}. It was set aside as {aside.name}, and a new one was begun."
        log.error("%s", notice)
        self.notices.append(notice)


class _DamagedError(Exception):
    """The file was not what SQLite wrote, and has been set aside."""


def _is_damage(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error) and not isinstance(error, sqlite3.ProgrammingError):
        # Without a code: text in it that is no UTF-8. SQLITE_ERROR: a damaged definition.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        return code & 0xFF in _DAMAGE
    return False
