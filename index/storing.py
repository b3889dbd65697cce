"""A draft into the folder of a generation, and that folder checked before anybody reads it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index import vectors
from index.aliases import Aliases
from index.catalog import CatalogWriter
from index.draft import Draft
from index.embedder import Vectors
from index.errors import IndexDamagedError
from index.generations import CATALOG, VECTORS
from index.ledger_rows import told_once
from index.progress import Reporter
from index.report import Check
from index.selfcheck import LEAST_RECALL, check_spans, check_vectors
from index.storage import Point, around, remove_tree

_OTHERS_CHECKED = 500


@dataclass(frozen=True, slots=True)
class Storing:
    """Writes a draft into the folder of a generation.

    `step` is told the stage, how much is done, and of how much.
    """

    folder: Path
    draft: Draft
    reporter: Reporter
    step: Callable[[str, int, int], None]
    point: Point

    def store(self, names: Aliases) -> tuple[int, int]:
        """Writes catalog and vectors, and returns the numbers of passages and attributions."""
        total = len(self.draft.documents) + len(self.draft.places)
        passages = attributions = 0
        with around(self.point, "catalog"), CatalogWriter(self.folder / CATALOG, names) as writer:
            for done, (document, parts) in enumerate(self.draft.with_passages(), 1):
                said = told_once(self.draft.attributions(done - 1, document))
                writer.add(document, parts, said)
                passages += len(parts)
                attributions += len(said)
                self.step("store", done, total)
        self._store_vectors()
        return passages, attributions

    def _store_vectors(self) -> None:
        done, total = len(self.draft.documents), len(self.draft.documents) + len(self.draft.places)

        def rows() -> Iterator[tuple[list[str], Vectors]]:
            nonlocal done
            for keys, some in self.draft.rows():
                yield keys, some
                done += len(keys)
                self.step("store", done, total)

        with around(self.point, "vectors"):
            remove_tree(self.folder / VECTORS)
            vectors.build(self.folder / VECTORS, rows())

    def check(self, fresh: set[str]) -> Check:
        """Checks the changed texts and some others; on failure builds the vectors once more."""
        with around(self.point, "check spans"):
            check_spans(self.folder, fresh)
        keys = [key for key, (found, _, _) in self.draft.places.items() if found.id in fresh]
        others = [key for key, (found, _, _) in self.draft.places.items() if found.id not in fresh]
        keys += random.sample(others, min(_OTHERS_CHECKED, len(others)))
        for attempt in (1, 2):
            try:
                with around(self.point, "check vectors"):
                    check = check_vectors(
                        self.folder,
                        len(self.draft.places),
                        self.draft.rows(keys),
                        lambda done: self.step("check", done, len(keys)),
                    )
                if check.recall >= LEAST_RECALL:
                    return check
                reason = f"{check.sampled - check.found} of {check.sampled} texts were not found"
            except IndexDamagedError as error:
                reason = str(error)
            if attempt == 1:
                self.reporter.log("warning", f"The check failed ({reason}); storing again.")
                self._store_vectors()
        raise IndexDamagedError(f"The new index failed its own check: {reason}. The old one stays.")
