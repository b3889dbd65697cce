"""The catalog of a generation in SQLite: documents, passages, and the lexical index.

It is written once, by `CatalogWriter`, and then only read, by `Catalog`. Equal texts are stored
and indexed once, under a key, and fan out to the places where they stand.
"""

import hashlib
import json
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

from index.aliases import Aliases
from index.dates import days_of
from index.errors import IndexDamagedError, UnknownDocumentError
from index.ledger_tables import INDEXES as LEDGER_INDEXES
from index.ledger_tables import SCHEMA as LEDGER_SCHEMA
from index.ledger_tables import LedgerWriter
from index.postings import SCHEMA as POSTINGS_SCHEMA
from index.postings import Postings, PostingsWriter, best
from index.types import Attribution, Document, DocumentInfo, Filters, Passage, Source

CATALOG_VERSION = 5

_FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")

_SCHEMA = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, title TEXT NOT NULL,
    publisher TEXT, author TEXT, published TEXT, first_day TEXT, last_day TEXT, url TEXT,
    language TEXT, collection TEXT NOT NULL, page_starts TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE texts (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, text TEXT NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents,
    text INTEGER NOT NULL REFERENCES texts, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL
);
"""
_INDEXES = f"""
CREATE INDEX passages_by_document ON passages (document);
CREATE INDEX passages_by_text ON passages (text);
{LEDGER_INDEXES}
ANALYZE;
"""
_PASSAGES = """
SELECT path, title, publisher, published, url, page_starts, start, "end", sentences,
    key, texts.text AS passage_text
FROM texts JOIN passages ON passages.text = texts.id
JOIN documents ON documents.id = passages.document
"""


def text_key(text: str) -> str:
    """The key under which a text is stored, and embedded, once."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its text and its document."""

    passage: Passage
    key: str
    text: str
    source: Source
    page_starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a catalog holds; `texts` counts equal passages once."""

    documents: int
    passages: int
    texts: int


class CatalogWriter:
    """Writes the catalog of a new generation; leaving its context without error completes it."""

    def __init__(self, path: Path, aliases: Aliases | None = None) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
            f"PRAGMA user_version = {CATALOG_VERSION}; BEGIN; {_SCHEMA} {LEDGER_SCHEMA}"
            f" {POSTINGS_SCHEMA}"
        )
        self._ledger = LedgerWriter(self._connection, aliases or Aliases())
        self._postings = PostingsWriter(self._connection)

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        attributions: Sequence[Attribution] = (),
    ) -> None:
        days = days_of(document.published) if document.published else (None, None)
        row = self._connection.execute(
            "INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.id, document.sha256, document.title, document.publisher, document.author,
                document.published, *days, document.url, document.language, document.collection,
                json.dumps(document.page_starts), document.text,
            ),
        ).lastrowid  # fmt: skip
        for passage in passages:
            text = self._text(document.text[passage.start : passage.end])
            self._connection.execute(
                "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?)",
                (row, text, passage.start, passage.end, json.dumps(passage.sentences)),
            )
        self._ledger.add(int(row or 0), document, attributions)

    def _text(self, text: str) -> int:
        key = text_key(text)
        found = self._connection.execute("SELECT id FROM texts WHERE key = ?", (key,)).fetchone()
        if found:
            return int(found[0])
        row = self._connection.execute(
            "INSERT INTO texts VALUES (NULL, ?, ?)", (key, text)
        ).lastrowid
        self._postings.add(text)
        return int(row or 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        try:
            if error is None:
                self._ledger.finish()
                self._postings.finish()
                self._connection.execute("COMMIT")
                self._connection.executescript(_INDEXES)
        finally:
            self._connection.close()


class Catalog:
    """The catalog of a generation, read only. Safe for several threads until closed."""

    def __init__(self, path: Path) -> None:
        self._uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
        self._local = threading.local()
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self._lexical: Postings | None = None
        self._places: npt.NDArray[np.int64] | None = None
        """The document and the text of each passage, by their rows."""
        self._open: list[sqlite3.Connection] = []
        with _translated():
            version = self._connection().execute("PRAGMA user_version").fetchone()[0]
        if version != CATALOG_VERSION:
            self.close()
            raise IndexDamagedError("The index was made by another version of Ascribe.")

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._uri, uri=True, check_same_thread=False)
            connection.row_factory = sqlite3.Row
            self._local.connection = connection
            with self._lock:
                self._open.append(connection)
        return connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """What a query of a sibling module reads. Raises IndexDamagedError."""
        with _translated():
            return self._connection().execute(sql, values).fetchall()

    def close(self) -> None:
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()

    def counts(self) -> Counts:
        row = self.rows(
            "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages),"
            " (SELECT count(*) FROM texts)"
        )[0]
        return Counts(*row)

    def documents(self, filters: Filters = Filters()) -> list[DocumentInfo]:
        """The documents that pass the filters, by path."""
        where, values = allowed(filters)
        rows = self.rows(
            "SELECT *, length(text) AS length,"
            " (SELECT count(*) FROM passages WHERE document = documents.id) AS passages"
            f" FROM documents WHERE {where} ORDER BY path",
            values,
        )
        return [
            DocumentInfo(
                source_of(row), row["author"], row["sha256"], row["length"], row["passages"]
            )
            for row in rows
        ]

    def undated(self, filters: Filters) -> int:
        """How many documents pass the filters but for their missing date."""
        where, values = allowed(Filters(collection=filters.collection, scope=filters.scope))
        sql = f"SELECT count(*) FROM documents WHERE published IS NULL AND {where}"
        return int(self.rows(sql, values)[0][0])

    def collections(self, scope: frozenset[str] | None = None) -> list[str]:
        where, values = allowed(Filters(scope=scope))
        rows = self.rows(
            f"SELECT DISTINCT collection FROM documents WHERE {where} ORDER BY collection", values
        )
        return [row["collection"] for row in rows if row["collection"]]

    def document(self, path: str, scope: frozenset[str] | None = None) -> Document:
        """A document by its path, however its accents are composed.

        Raises UnknownDocumentError when there is none in the scope.
        """
        where, values = allowed(Filters(scope=scope))
        for name in dict.fromkeys([path, *(unicodedata.normalize(f, path) for f in _FORMS)]):
            select = f"SELECT * FROM documents WHERE path = ? AND {where}"
            if rows := self.rows(select, [name, *values]):
                break
        else:
            raise UnknownDocumentError(f"There is no document {path!r} in the index.")
        row = rows[0]
        return Document(
            id=row["path"],
            text=row["text"],
            sha256=row["sha256"],
            title=row["title"],
            publisher=row["publisher"],
            author=row["author"],
            published=row["published"],
            url=row["url"],
            language=row["language"],
            page_starts=tuple(json.loads(row["page_starts"])),
        )

    def hashes(self, paths: Sequence[str]) -> dict[str, str]:
        """The sha256 of these documents' files, by path."""
        found: dict[str, str] = {}
        for at in range(0, len(paths), 500):
            some = list(paths[at : at + 500])
            marks = ", ".join("?" * len(some))
            rows = self.rows(f"SELECT path, sha256 FROM documents WHERE path IN ({marks})", some)
            found |= {row["path"]: row["sha256"] for row in rows}
        return found

    def lexical(
        self, words: Iterable[str], filters: Filters = Filters(), limit: int = 100
    ) -> list[tuple[str, float]]:
        """Texts with any of the words as (key, BM25), the best first. Higher is better."""
        scores = self._postings().scores(words)
        if filtered(filters):
            scores[~self._allowed_texts(filters)] = 0.0
        rows = best(scores, limit)
        keys = self._keys(rows)
        return [(keys[row], float(scores[row])) for row in rows]

    def document_frequency(self, words: Sequence[str]) -> list[int]:
        """In how many texts each word stands, in any of its forms."""
        return self._postings().frequencies(words)

    def _postings(self) -> Postings:
        with self._loading:
            if self._lexical is None:
                self._lexical = Postings(self.rows)
            return self._lexical

    def _keys(self, rows: Sequence[int]) -> dict[int, str]:
        marks = ", ".join("?" * len(rows))
        found = self.rows(f"SELECT id, key FROM texts WHERE id IN ({marks})", rows)
        return {row["id"]: row["key"] for row in found}

    def _allowed_texts(self, filters: Filters) -> npt.NDArray[np.bool_]:
        """By the row of a text, whether it stands in a document that passes the filters."""
        with self._loading:
            if self._places is None:
                rows = self.rows("SELECT document, text FROM passages")
                self._places = np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)
        where, values = allowed(filters)
        rows = self.rows(f"SELECT id FROM documents WHERE {where}", values)
        documents, texts = self._places.T
        inside = np.zeros(documents.max(initial=0) + 1, np.bool_)
        inside[[row[0] for row in rows if row[0] < len(inside)]] = True
        found = np.zeros(texts.max(initial=0) + 1, np.bool_)
        found[texts[inside[documents]]] = True
        return found

    def keys(self, filters: Filters) -> list[str]:
        """The keys of the texts that pass the filters."""
        rows = self.rows("SELECT id, key FROM texts ORDER BY id")
        if not filtered(filters):
            return [row["key"] for row in rows]
        inside = self._allowed_texts(filters)
        return [row["key"] for row in rows if inside[row["id"]]]

    def all_texts(self) -> Iterator[tuple[str, str]]:
        """Every (key, text), in the order in which they were added."""
        for row in self.rows("SELECT key, text FROM texts ORDER BY id"):
            yield row["key"], row["text"]

    def passages_in(self, path: str) -> list[StoredPassage]:
        """The passages of a document, in order."""
        return [
            _stored(row) for row in self.rows(f"{_PASSAGES} WHERE path = ? ORDER BY start", [path])
        ]

    def passages(
        self, keys: Sequence[str], filters: Filters = Filters()
    ) -> dict[str, list[StoredPassage]]:
        """Where the texts stand in documents that pass the filters, by key, in order of path."""
        where, values = allowed(filters)
        found: dict[str, list[StoredPassage]] = {}
        for at in range(0, len(keys), 500):
            some = keys[at : at + 500]
            rows = self.rows(
                f"{_PASSAGES} WHERE texts.key IN ({', '.join('?' * len(some))}) AND {where}"
                " ORDER BY path, start",
                [*some, *values],
            )
            for row in rows:
                found.setdefault(row["key"], []).append(_stored(row))
        return found


def filtered(filters: Filters) -> bool:
    """Whether the filters leave anything out."""
    return filters != Filters()


def _stored(row: sqlite3.Row) -> StoredPassage:
    sentences = tuple((start, end) for start, end in json.loads(row["sentences"]))
    return StoredPassage(
        Passage(row["path"], row["start"], row["end"], sentences),
        row["key"],
        row["passage_text"],
        source_of(row),
        tuple(json.loads(row["page_starts"])),
    )


def source_of(row: sqlite3.Row) -> Source:
    return Source(row["path"], row["title"], row["publisher"], row["published"], row["url"])


def allowed(filters: Filters) -> tuple[str, list[Any]]:
    """The condition on `documents` that the filters are, with its values."""
    clauses, values = ["TRUE"], []
    if filters.collection is not None:
        name = filters.collection.strip("/")
        clauses.append("(collection = ? OR substr(collection, 1, ?) = ?)")
        values += [name, len(name) + 1, f"{name}/"]
    if filters.since is not None:
        clauses.append("last_day >= ?")
        values.append(days_of(filters.since)[0])
    if filters.until is not None:
        clauses.append("first_day <= ?")
        values.append(days_of(filters.until)[1])
    if filters.scope is not None:
        clauses.append(f"collection IN ({', '.join('?' * len(filters.scope))})")
        values += sorted(filters.scope)
    return " AND ".join(clauses), values


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise IndexDamagedError("The catalog of the index cannot be read.") from error


def integrity_error(path: Path) -> str | None:
    """What SQLite finds wrong with a catalog, None when nothing is."""
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as db:
        found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    return None if found == "ok" else str(found)
