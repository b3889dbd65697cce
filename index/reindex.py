"""A corpus to a new generation, with only what changed computed again.

The order is: read, split, embed (all through the cache), store into a folder that nobody reads,
check that folder, and only then switch. Stopped anywhere, it leaves the old generation.
"""

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from index import aliases, corrections, notices
from index.cache import Cache, discard, is_damaged
from index.catalog import CATALOG_VERSION, Catalog
from index.corpus import Corpus, Entry, FileEntry, remembered_hash
from index.documents import READER_VERSION
from index.draft import Draft, splits_version
from index.encoders import Encoders
from index.erasure import erase_unused, model_files
from index.errors import (
    AscribeError,
    CancelledError,
    IndexDamagedError,
    ModelError,
    NoIndexError,
    StorageError,
)
from index.export import check_export, export_path, remove_export
from index.extraction import extraction_version
from index.generations import (
    CATALOG,
    SCHEMA_VERSION,
    Generations,
    Manifest,
    check_files,
    file_hashes,
    partial_name,
)
from index.lock import writer_lock
from index.models import ModelFolder, find_model
from index.progress import Reporter
from index.report import Check, Report
from index.settings import Settings
from index.storage import Point, no_point, storage_errors
from index.storing import Storing


def reindex(
    settings: Settings,
    corpus: Corpus,
    reporter: Reporter,
    *,
    rebuild: bool = False,
    stopped: Callable[[], bool] = lambda: False,
    point: Point = no_point,
) -> Report:
    """Brings the index up to date with the corpus.

    Raises LockedError when another process is at it, CancelledError when `stopped` said so (what
    was computed stays in the cache), StorageError when the disk refuses, IndexDamagedError when
    the new generation fails its own check. Whatever is raised, the live generation is untouched.
    """
    data = settings.data_dir
    path = data / "cache.sqlite3"

    def run() -> Report:
        generations = Generations(data, point)
        generations.clear_leftovers()
        if generations.mend_current():
            reporter.log("warning", "The file CURRENT was damaged and is mended.")
        cache = Cache(path, point)
        try:
            return _Run(
                settings, corpus, reporter, rebuild, stopped, point, generations, cache
            ).run()
        finally:
            cache.close()

    with storage_errors(data):
        data.mkdir(parents=True, exist_ok=True)
        with writer_lock(data):
            if rebuild:
                discard(path)
            try:
                return run()
            except (sqlite3.DatabaseError, UnicodeDecodeError, IndexDamagedError) as error:
                if not is_damaged(path, error):
                    raise
                reporter.log("warning", "The cache was damaged and is computed again.")
                discard(path)
                return run()


@dataclass
class _Run:
    settings: Settings
    corpus: Corpus
    reporter: Reporter
    rebuild: bool
    stopped: Callable[[], bool]
    point: Point
    generations: Generations
    cache: Cache
    seconds: dict[str, float] = field(default_factory=dict)
    intact: Manifest | None = None
    """The live generation, when nothing of it is damaged."""
    given: tuple[str | None, ...] = ()
    """The texts of the corpus's aliases and corrections."""

    def run(self) -> Report:
        with self._time("total"):
            live = self.intact = self._live()
            model = find_model(self.settings, remembered_hash(self.cache))
            self._remove_damaged_export(model)
            with self._time("read"):
                entries = self._entries(live)
            self.given = tuple(map(self.corpus.setting, (aliases.FILE, corrections.FILE)))
            state = self._state(model, ((entry.id, entry.kind, entry.sha256) for entry in entries))
            if live is not None and not self.rebuild and self._is_current(live, state, model):
                if not self.generations.is_erased():
                    self._clean_up(live, model, entries)
                return self._nothing_to_do(live)
            self.cache.write_hashes()
            return self._build(live, model, entries)

    def _build(self, live: Manifest | None, model: ModelFolder, entries: Sequence[Entry]) -> Report:
        before = self._documents_before(live)
        encoders = Encoders(model, self.generations.models, self.reporter, self.point)
        names = aliases.load_aliases(self.given[0])
        draft = Draft(self.cache, encoders, corrections.load_corrections(self.given[1]))
        with self._time("read"):
            draft.read(entries, lambda done, total: self._step("read", (total + done) // 2, total))
        for failure in draft.failures:
            self.reporter.log("warning", f"{failure.entry.id}: {failure.reason}")
        with self._time("parse"):
            draft.split(lambda done, total: self._step("parse", done, 2 * total))
            unparsed = draft.extract(
                lambda done, total: self._step("parse", total + done, 2 * total)
            )
        notices.tell_languages(draft, self.reporter)
        with self._time("embed"):
            embedded = draft.embed(
                lambda done, total: self._step("embed", done, total),
                lambda texts: notices.announce(texts, self.reporter),
            )
        fresh = {d.id for d in draft.documents if before.get(d.id) != d.sha256}
        partial = self.generations.begin()
        try:
            storing = Storing(partial, draft, self.reporter, self._step, self.point)
            with self._time("store"):
                stored = storing.store(names)
            with self._time("check"):
                check = storing.check(fresh)
            manifest = self._manifest(partial, draft, model, stored)
            self._stop_here()
            self.generations.commit(partial, manifest)
        except BaseException:
            self.generations.abandon(partial)
            raise
        self._clean_up(manifest, model, entries)
        edited = len(fresh & before.keys())
        return Report(
            generation=manifest.name,
            changed=True,
            added=len(fresh) - edited,
            edited=edited,
            unchanged=len(draft.documents) - len(fresh),
            removed=len(before.keys() - {d.id for d in draft.documents}),
            failed=manifest.failed,
            passages=manifest.passages,
            attributions=manifest.attributions,
            embedded=embedded,
            check=check,
            seconds=self.seconds,
            notes=tuple(notices.notes(draft, unparsed)),
        )

    @contextmanager
    def _time(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start

    def _step(self, stage: str, done: int, total: int) -> None:
        self.reporter.stage(stage, done, total)
        self._stop_here()

    def _stop_here(self) -> None:
        if self.stopped():
            raise CancelledError(
                "The reindex was stopped. What was computed is kept for the next one."
            )

    def _live(self) -> Manifest | None:
        try:
            return check_files(self.generations.folder(self.generations.live()))
        except NoIndexError:
            return None
        except (IndexDamagedError, FileNotFoundError) as error:
            self.reporter.log("warning", f"{error} It is built again.")
            return None

    def _remove_damaged_export(self, model: ModelFolder) -> None:
        exported = export_path(self.generations.models, model.fingerprint)
        if not exported.exists():
            return
        try:
            check_export(exported)
        except ModelError:
            self.reporter.log("warning", "The exported model was damaged and is made again.")
            remove_export(exported, self.point)

    def _is_current(self, live: Manifest, state: str, model: ModelFolder) -> bool:
        exported = export_path(self.generations.models, model.fingerprint).is_dir()
        return live.state == state and live.exported == exported

    def _nothing_to_do(self, live: Manifest) -> Report:
        return Report(
            generation=live.name,
            changed=False,
            added=0,
            edited=0,
            unchanged=live.documents,
            removed=0,
            failed=live.failed,
            passages=live.passages,
            attributions=live.attributions,
            embedded=0,
            check=Check(0, 0),
            seconds=self.seconds,
        )

    def _documents_before(self, live: Manifest | None) -> dict[str, str]:
        """The documents of the live generation, also of one whose vectors alone are damaged."""
        try:
            name = live.name if live else self.generations.live()
            folder = self.generations.folder(name)
            check_files(folder, vectors=False)
            catalog = Catalog(folder / CATALOG)
        except (NoIndexError, IndexDamagedError, FileNotFoundError):
            return {}
        try:
            return {found.source.document: found.sha256 for found in catalog.documents()}
        finally:
            catalog.close()

    def _entries(self, live: Manifest | None) -> Sequence[Entry]:
        entries = self.corpus.entries(
            self.cache, lambda done, total: self._step("read", done // 2, total)
        )
        if entries or self.rebuild:
            return entries
        if live is None:
            raise AscribeError(
                f"There are no documents in {self.corpus.name}. Put some there"
                " (txt, md, html, pdf or docx) and run: ascribe reindex"
            )
        raise AscribeError(
            f"There are no documents in {self.corpus.name} any more. The index that was there still"
            " answers. To empty it, run: ascribe reindex --rebuild"
        )

    def _manifest(
        self, partial: Path, draft: Draft, model: ModelFolder, stored: tuple[int, int]
    ) -> Manifest:
        made_of = [(d.id, d.kind, d.sha256) for d in draft.documents]
        made_of += [(f.entry.id, f.entry.kind, f.entry.sha256) for f in draft.failures]
        return Manifest(
            name=partial_name(partial),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            state=self._state(model, made_of),
            embedder=draft.encoders.info,
            exported=draft.encoders.exported,
            documents=len(draft.documents),
            passages=stored[0],
            texts=len(draft.places),
            attributions=stored[1],
            corrections=draft.corrections.applied,
            failed=tuple((failure.entry.id, failure.reason) for failure in draft.failures),
            files=file_hashes(partial),
            after=self._rolls_back_to(),
        )

    def _rolls_back_to(self) -> str | None:
        """The generation before the next one: the live one, unless that is damaged."""
        if self.intact is not None:
            return self.intact.name
        return next(iter(self.generations.previous()), None)

    def _clean_up(self, live: Manifest, model: ModelFolder, entries: Sequence[Entry]) -> None:
        """Erases what is out of use; a disk that refuses leaves that to the next reindex."""
        unread = {path for path, _ in live.failed}
        try:
            with storage_errors(self.settings.data_dir):
                self.generations.prune(self.settings.keep_generations)
                self.cache.write_hashes()
                erase_unused(
                    self.generations,
                    self.cache,
                    paths={str(entry.path) for entry in entries if isinstance(entry, FileEntry)}
                    | model_files(model.path),
                    failed={entry.sha256 for entry in entries if entry.id in unread},
                    point=self.point,
                )
                self.generations.mark_erased()
        except StorageError:
            self.reporter.log(
                "warning",
                "The new index answers, but the disk refuses to erase what is out of use. The next"
                " reindex tries again.",
            )

    def _state(self, model: ModelFolder, made_of: Iterable[tuple[str, str, str]]) -> str:
        """A digest of all that a generation's contents follow from."""
        versions = [SCHEMA_VERSION, CATALOG_VERSION, READER_VERSION, extraction_version()]
        parts = [versions, splits_version(model.fingerprint), self.given, sorted(made_of)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
