"""Reading the live generation from a program that runs for long, while others write new ones."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.catalog import Catalog
from index.embedder import Embedder, EmbedderInfo
from index.errors import AscribeError, IndexDamagedError, ModelError, UnknownDocumentError
from index.generations import CATALOG, VECTORS, Generations, Manifest
from index.storage import storage_errors
from index.vectors import VectorIndex

log = logging.getLogger(__name__)

EmbedderLoader = Callable[[EmbedderInfo, bool], Embedder]
"""Loads the embedder that a generation names; the flag says whether it was exported."""

_ATTEMPTS = 5
_TRY_AGAIN_SECONDS = 30
_Result = TypeVar("_Result")


@dataclass
class OpenGeneration:
    """A generation open for reading. Threads share it under a lease."""

    manifest: Manifest
    catalog: Catalog
    vectors: VectorIndex
    embedder: Embedder
    notices: tuple[str, ...] = ()
    """Sentences about the index that the asker should see."""

    @property
    def name(self) -> str:
        return self.manifest.name

    def close(self) -> None:
        self.catalog.close()
        self.vectors.close()


class LiveIndex:
    """Follows `CURRENT` and lends the generation that it names.

    Opening is lazy. A lease holds its generation open to the end, whatever is committed meanwhile;
    the last lease on an old generation closes it and gives memory, handles and threads back.
    A generation found damaged is passed over for the one before it, with a notice.
    """

    def __init__(self, data: Path, load_embedder: EmbedderLoader) -> None:
        self._generations = Generations(data)
        self._load_embedder = load_embedder
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._open: OpenGeneration | None = None
        self._signature: tuple[int, int, int] | None = None
        self._leases: dict[int, int] = {}
        self._embedder: tuple[str, bool, Embedder] | None = None
        self._not_before = 0.0
        self._closed = False

    @contextmanager
    def lease(self) -> Iterator[OpenGeneration]:
        """The live generation, open until the end of the context.

        Raises NoIndexError when nothing was ever indexed, IndexDamagedError when no generation
        can be read, ModelError when the questions cannot be embedded, StorageError when the disk
        does not let it be opened.
        """
        generation = self._take()
        try:
            yield generation
        except IndexDamagedError as error:
            if self._is_pruned(generation):
                raise _PrunedError(
                    "The index was replaced while the question was answered. Ask again."
                ) from error
            raise
        finally:
            self._give_back(generation)

    def read(self, ask: Callable[[OpenGeneration], _Result]) -> _Result:
        """What `ask` returns for the live generation. Raises as `lease` does, and as `ask` does.

        Asked again when the indexer removed the generation meanwhile: two commits within one
        question, or one where a single generation is kept.
        """
        for _ in range(_ATTEMPTS - 1):
            with suppress(_PrunedError), self.lease() as generation:
                return ask(generation)
        with self.lease() as generation:
            return ask(generation)

    def close(self) -> None:
        """Closes when the last lease ends; no lease is given out afterwards."""
        with self._opening, self._lock:
            self._closed = True
            retired, self._open = self._open, None
            free = retired is not None and not self._leases.get(id(retired))
        if retired is not None and free:
            retired.close()

    def _take(self) -> OpenGeneration:
        for _ in range(_ATTEMPTS):
            generation = self._lend()
            try:
                # SQLite opens its file once a thread: what is open stays readable when pruned.
                with suppress(UnknownDocumentError):
                    generation.catalog.document("")
            except IndexDamagedError:
                pruned = self._is_pruned(generation)
                self._give_back(generation)
                if not pruned:
                    raise
            except BaseException:
                self._give_back(generation)
                raise
            else:
                return generation
        raise IndexDamagedError("The live generation of the index is not there.")

    def _lend(self) -> OpenGeneration:
        held = self._open
        if held is None or self._is_stale():
            # One thread opens the new generation; the others go on with the old one while it is
            # there.
            wait = held is None or self._is_pruned(held)
            if self._opening.acquire(blocking=wait):
                try:
                    if self._open is None or self._is_stale():
                        self._swap(self._current_signature())
                finally:
                    self._opening.release()
        with self._lock:
            if self._closed or self._open is None:
                raise AscribeError("The index is closed.")
            generation = self._open
            self._leases[id(generation)] = self._leases.get(id(generation), 0) + 1
            return generation

    def _give_back(self, generation: OpenGeneration) -> None:
        with self._lock:
            self._leases[id(generation)] -= 1
            free = not self._leases[id(generation)]
            if free:
                del self._leases[id(generation)]
            retired = free and generation is not self._open
        if retired:
            generation.close()

    def _is_pruned(self, generation: OpenGeneration) -> bool:
        return not self._generations.folder(generation.name).is_dir()

    def _is_stale(self) -> bool:
        changed = self._current_signature() != self._signature
        return changed and time.monotonic() >= self._not_before

    def _current_signature(self) -> tuple[int, int, int] | None:
        try:
            status = self._generations.current.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _swap(self, signature: tuple[int, int, int] | None) -> None:
        """Puts what `CURRENT` names in the place of what is open. One thread at a time."""
        if self._closed:
            raise AscribeError("The index is closed.")
        before = self._open
        if before is not None and not before.notices and self._says(before.name):
            self._signature = signature
            return
        try:
            fresh = self._open_newest()
        except AscribeError as error:
            if before is None or self._is_pruned(before):
                raise
            log.exception("the new generation cannot be read; answering from the old one")
            before.notices = (
                f"The newest index cannot be read; this answer is from the one before it"
                f" ({before.name}). {error.user_message}",
            )
            self._not_before = time.monotonic() + _TRY_AGAIN_SECONDS
            return
        with self._lock:
            self._open, self._signature = fresh, signature
            free = before is not None and not self._leases.get(id(before))
        if before is not None and free:
            before.close()

    def _says(self, name: str | None) -> bool:
        """Whether `CURRENT` still says it."""
        try:
            return self._generations.named() == name
        except AscribeError:
            return False

    def _open_newest(self) -> OpenGeneration:
        with storage_errors(self._generations.data, reading=True):
            for _ in range(_ATTEMPTS):
                named = self._generations.named()
                try:
                    return self._open_best(named)
                except (IndexDamagedError, ModelError, FileNotFoundError):
                    if self._says(named):
                        raise  # else another was committed, and this one pruned while opened
        raise IndexDamagedError("The live generation of the index is not there.")

    def _open_best(self, named: str | None) -> OpenGeneration:
        first: AscribeError | None = None
        live = self._generations.live()
        order = dict.fromkeys([named or live, live, *self._generations.previous()])
        for name in order:
            try:
                return self._open_named(name, named)
            except (IndexDamagedError, ModelError, FileNotFoundError) as error:
                if not self._says(named):
                    raise
                log.warning("generation %s is passed over: %s", name, error)
                if isinstance(error, AscribeError):
                    first = first or error
        raise first or IndexDamagedError("The live generation of the index is not there.")

    def _open_named(self, name: str, named: str | None) -> OpenGeneration:
        folder = self._generations.folder(name)
        manifest = self._generations.check(name)
        notices: tuple[str, ...] = ()
        if name != named:
            newest = f" ({named})" if named else ""
            notices = (
                f"The newest index{newest} is damaged; this answer is from another one ({name})."
                " Run: ascribe reindex",
            )
        embedder = self._embedder_of(manifest)
        catalog = Catalog(folder / CATALOG)
        try:
            vectors = VectorIndex(folder / VECTORS)
        except BaseException:
            catalog.close()
            raise
        generation = OpenGeneration(manifest, catalog, vectors, embedder, notices)
        try:
            _try_out(generation)
        except BaseException:
            generation.close()
            raise
        return generation

    def _embedder_of(self, manifest: Manifest) -> Embedder:
        info = manifest.embedder
        wanted = info.fingerprint, manifest.exported
        if self._embedder is None or self._embedder[:2] != wanted:
            self._embedder = (*wanted, self._load_embedder(info, manifest.exported))
        return self._embedder[2]


class _PrunedError(IndexDamagedError):
    """A question failed because its generation was removed meanwhile."""

    advice = ""


def _try_out(generation: OpenGeneration) -> None:
    """One query, which also makes Chroma load what it would load with the first question."""
    texts = generation.manifest.texts
    if generation.vectors.count() != texts:
        raise IndexDamagedError("The vectors of the index are not all there.")
    if texts:
        direction = np.zeros((1, generation.manifest.embedder.dimension), np.float32)
        direction[0, 0] = 1.0
        generation.vectors.nearest(direction, 1)
