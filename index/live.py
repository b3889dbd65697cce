"""Reading the live generation from a program that runs for long, while others write new ones."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.catalog import Catalog
from index.embedder import Embedder, EmbedderInfo
from index.errors import AscribeError, IndexDamagedError, NoIndexError
from index.generations import CATALOG, VECTORS, Generations, Manifest, check_files
from index.vectors import VectorIndex

log = logging.getLogger(__name__)

EmbedderLoader = Callable[[EmbedderInfo, bool], Embedder]
"""Loads the embedder that a generation names; the flag says whether it was exported."""

_ATTEMPTS = 5


@dataclass(frozen=True)
class OpenGeneration:
    """A generation open for reading. Threads share it under a lease."""

    manifest: Manifest
    catalog: Catalog
    vectors: VectorIndex
    embedder: Embedder
    notices: tuple[str, ...] = ()

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
        self._embedder: tuple[str, Embedder] | None = None
        self._closed = False

    @contextmanager
    def lease(self) -> Iterator[OpenGeneration]:
        """The live generation, open until the end of the context.

        Raises NoIndexError when nothing was ever indexed, IndexDamagedError when no generation
        can be read, ModelError when the questions cannot be embedded.
        """
        generation = self._take()
        try:
            yield generation
        finally:
            self._give_back(generation)

    def close(self) -> None:
        """Closes when the last lease ends; no lease is given out afterwards."""
        with self._lock:
            self._closed = True
            retired, self._open = self._open, None
            free = retired is not None and not self._leases.get(id(retired))
        if retired is not None and free:
            retired.close()

    def _take(self) -> OpenGeneration:
        signature = self._current_signature()
        stale = self._open is None or signature != self._signature
        # One thread opens the new generation; the others go on with the old one.
        if stale and self._opening.acquire(blocking=self._open is None):
            try:
                if self._open is None or signature != self._signature:
                    self._swap(signature)
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

    def _current_signature(self) -> tuple[int, int, int] | None:
        try:
            status = self._generations.current.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _swap(self, signature: tuple[int, int, int] | None) -> None:
        before = self._open
        if before is not None and not before.notices and self._generations.live() == before.name:
            self._signature = signature
            return
        try:
            fresh = self._open_newest()
        except AscribeError:
            if before is None:
                raise
            log.exception("the new generation cannot be read; answering from the old one")
            self._signature = signature
            return
        with self._lock:
            self._open, self._signature = fresh, signature
            free = before is not None and not self._leases.get(id(before))
        if before is not None and free:
            before.close()

    def _open_newest(self) -> OpenGeneration:
        for _ in range(_ATTEMPTS):
            name = self._generations.live()
            candidates = [name, *(n for n in reversed(self._generations.names()) if n < name)]
            try:
                return self._open_first(candidates)
            except FileNotFoundError:
                continue  # pruned between reading CURRENT and opening: CURRENT says something new
        raise IndexDamagedError("The live generation of the index is not there.")

    def _open_first(self, candidates: list[str]) -> OpenGeneration:
        damage: AscribeError = NoIndexError("Nothing has been indexed yet.")
        for name in candidates:
            try:
                return self._open_named(name, "" if name == candidates[0] else candidates[0])
            except FileNotFoundError:
                if name == candidates[0] and self._generations.live() != name:
                    raise
                damage = IndexDamagedError(f"Generation {name} of the index is not there.")
            except IndexDamagedError as error:
                log.warning("generation %s is passed over: %s", name, error)
                damage = error
        raise damage

    def _open_named(self, name: str, instead_of: str) -> OpenGeneration:
        folder = self._generations.folder(name)
        manifest = check_files(folder)
        notices: tuple[str, ...] = ()
        if instead_of:
            notices = (
                f"The newest index ({instead_of}) is damaged; this answer is from the one before it"
                f" ({name}). Run: ascribe reindex --rebuild",
            )
        embedder = self._embedder_of(manifest)
        catalog = Catalog(folder / CATALOG)
        try:
            vectors = VectorIndex(folder / VECTORS)
        except BaseException:
            catalog.close()
            raise
        return OpenGeneration(manifest, catalog, vectors, embedder, notices)

    def _embedder_of(self, manifest: Manifest) -> Embedder:
        info = manifest.embedder
        if self._embedder is None or self._embedder[0] != info.fingerprint:
            self._embedder = (info.fingerprint, self._load_embedder(info, manifest.exported))
        return self._embedder[1]
