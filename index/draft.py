"""The documents, passages and texts of the next generation, worked out through the cache."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from index.cache import Cache
from index.catalog import text_key
from index.corpus import Entry
from index.corrections import Corrections
from index.documents import READER_VERSION, Reading, document_from
from index.embedder import Vectors
from index.encoders import Encoders
from index.errors import IndexDamagedError, ReadError
from index.extraction import LANGUAGES, extract_missing, stored
from index.passages import SPLITTER_VERSION, Splitter
from index.types import Attribution, Document, Passage

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps in all; may raise to stop."""

_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Drafted:
    """A document whose text waits in the cache."""

    id: str
    sha256: str
    kind: str

    @property
    def reading_key(self) -> str:
        return f"{self.kind}:{self.sha256}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that is no document, and why."""

    entry: Drafted
    reason: str


@dataclass
class Draft:
    """Grows by `read`, `split` and `embed`, in this order; everything heavy stays in the cache."""

    cache: Cache
    encoders: Encoders
    corrections: Corrections = field(default_factory=Corrections)
    documents: list[Drafted] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    places: dict[str, tuple[Drafted, int, int]] = field(default_factory=dict)
    """Every different text by its key, with one place where it stands."""

    def read(self, entries: Sequence[Entry], progress: Progress) -> None:
        for done, entry in enumerate(entries, 1):
            progress(done, len(entries))
            found, reading = self._reading(entry)
            if isinstance(reading, Reading):
                self.documents.append(found)
                self.languages[reading.language or "?"] += 1
            else:
                self.failures.append(Failure(found, reading))

    def _reading(self, entry: Entry) -> tuple[Drafted, Reading | str]:
        found = Drafted(entry.id, entry.sha256, entry.kind)
        known = self.cache.reading(READER_VERSION, found.reading_key)
        if known is not None:
            return found, known
        reading: Reading | str
        try:
            sha256, reading = entry.read()
            found = Drafted(entry.id, sha256, entry.kind)
        except ReadError as error:
            reading = str(error)
        if found.sha256:
            self.cache.keep_reading(READER_VERSION, found.reading_key, reading)
        return found, reading

    def split(self, progress: Progress) -> None:
        for done, (document, passages) in enumerate(self.with_passages(), 1):
            for passage in passages:
                key = text_key(document.text[passage.start : passage.end])
                place = (self.documents[done - 1], passage.start, passage.end)
                self.places.setdefault(key, place)
            progress(done, len(self.documents))

    def extract(self, progress: Progress) -> list[str]:
        """Reads who said what in the documents that were never parsed before.

        Returns the ids of documents on which the extractor failed.
        """
        keys = [found.reading_key for found in self.documents]
        return extract_missing(
            self.cache, keys, lambda i: self._document(self.documents[i]), progress
        )

    def attributions(self, number: int, document: Document) -> list[Attribution]:
        """Who said what in one of the documents, by its place among them."""
        found = stored(self.cache, self.documents[number].reading_key, document)
        return self.corrections.apply(document, found)

    def foreign(self) -> dict[str, int]:
        """How many documents are in each language that is not read for attributions."""
        known = {language or "?" for language in LANGUAGES}
        return {code: n for code, n in self.languages.most_common() if code not in known}

    def with_passages(self) -> Iterator[tuple[Document, list[Passage]]]:
        """Every document with its passages, in order."""
        embedder = self.encoders.any()
        splitter = Splitter(embedder.count_tokens, embedder.info.max_tokens)
        version = splits_version(embedder.info.fingerprint)
        for found in self.documents:
            document = self._document(found)
            spans = self.cache.spans(version, found.reading_key)
            if spans is None:
                passages = splitter.split(document)
                self.cache.keep_spans(version, found.reading_key, [p.sentences for p in passages])
            else:
                passages = [
                    Passage(document.id, sentences[0][0], sentences[-1][1], tuple(sentences))
                    for sentences in spans
                ]
            yield document, passages

    def _document(self, found: Drafted) -> Document:
        reading = self.cache.reading(READER_VERSION, found.reading_key)
        if not isinstance(reading, Reading):
            raise IndexDamagedError(f"What was read of {found.id} is gone from the cache.")
        return document_from(reading, id=found.id, sha256=found.sha256)

    def embed(self, progress: Progress, announce: Callable[[int], None]) -> int:
        """Embeds the texts that were never embedded before, and returns how many there were.

        `announce` hears their number before the work begins. Each batch is kept at once.
        """
        fingerprint = self.encoders.info.fingerprint
        keys = self.cache.missing_vectors(fingerprint, list(self.places))
        texts = list(self.texts(keys))
        announce(len(texts))
        self.encoders.ensure_export(texts or list(self.texts(list(self.places)[:50])))
        done = 0
        for batch, rows in self.encoders.encode(texts):
            self.cache.keep_vectors(fingerprint, [keys[i] for i in batch], rows)
            done += len(batch)
            progress(done, len(texts))
        return len(texts)

    def texts(self, keys: Sequence[str]) -> Iterator[str]:
        latest: Document | None = None
        for key in keys:
            found, start, end = self.places[key]
            if latest is None or latest.id != found.id:
                latest = self._document(found)
            yield latest.text[start:end]

    def rows(self, keys: Sequence[str] | None = None) -> Iterator[tuple[list[str], Vectors]]:
        """(keys, vectors) of all texts, or of some; a vector found damaged is made again."""
        fingerprint = self.encoders.info.fingerprint
        wanted = list(self.places if keys is None else keys)
        for at in range(0, len(wanted), _ROWS):
            some = wanted[at : at + _ROWS]
            found, vectors = self.cache.vectors(fingerprint, some)
            if len(found) < len(some):
                lost = sorted(set(some) - set(found))
                for batch, rows in self.encoders.encode(list(self.texts(lost))):
                    self.cache.keep_vectors(fingerprint, [lost[i] for i in batch], rows)
                found, vectors = self.cache.vectors(fingerprint, some)
            yield found, vectors


def splits_version(fingerprint: str) -> str:
    """What besides the text decides where passages begin and end."""
    return f"{SPLITTER_VERSION}:{READER_VERSION}:{fingerprint}"
