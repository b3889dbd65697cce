"""The generations of an index on disk: begin, commit, roll back, prune.

A generation is a folder whose contents never change once `CURRENT` has named it. Everything else
that lies about is a leftover of a stopped process and is cleared by the next writer. The states
and the steps between them are drawn in docs/storage.md.
"""

import re
from pathlib import Path

from index.errors import AscribeError, IndexDamagedError, ModelError, NoIndexError
from index.export import check_export, export_path
from index.manifest import (
    CATALOG,
    MANIFEST,
    SCHEMA_VERSION,
    VECTORS,
    Manifest,
    check_files,
    file_hashes,
)
from index.storage import (
    Point,
    around,
    discard_tree,
    no_point,
    remove_tree,
    sync,
    sync_tree,
    write_durably,
)

__all__ = [
    "CATALOG",
    "MANIFEST",
    "SCHEMA_VERSION",
    "VECTORS",
    "Generations",
    "Manifest",
    "check_files",
    "file_hashes",
    "partial_name",
]

_NAME = re.compile(r"\d{6,}")
_LEFTOVERS = (
    "generations/.partial-*",
    "generations/.trash-*",
    "models/.partial-*",
    "models/.trash-*",
)


class Generations:
    """The generations in a data folder. Only the holder of the lock calls what writes."""

    def __init__(self, data: Path, point: Point = no_point) -> None:
        self.data = data
        self.root = data / "generations"
        self.models = data / "models"
        self.current = data / "CURRENT"
        self._unerased = data / ".unerased"
        self._point = point

    def folder(self, name: str) -> Path:
        return self.root / name

    def names(self) -> list[str]:
        """The generations that are whole, the oldest first."""
        return sorted(
            (name for name in self._numbered() if (self.folder(name) / MANIFEST).is_file()), key=int
        )

    def _numbered(self) -> list[str]:
        if not self.root.is_dir():
            return []
        return [path.name for path in self.root.iterdir() if _NAME.fullmatch(path.name)]

    def named(self) -> str | None:
        """What `CURRENT` says, None when it says nothing sensible.

        Raises NoIndexError when there is no `CURRENT`: nothing was ever committed.
        """
        try:
            name = self.current.read_text("utf-8").removesuffix("\n")
        except FileNotFoundError:
            raise NoIndexError("Nothing has been indexed yet.") from None
        except UnicodeDecodeError:
            return None
        return name if _NAME.fullmatch(name) else None

    def live(self) -> str:
        """The name of the generation that answers: the newest one when `CURRENT` is damaged.

        Raises NoIndexError when nothing was ever committed, IndexDamagedError when all is gone.
        """
        name = self.named()
        if name is not None and (self.folder(name) / MANIFEST).is_file():
            return name
        names = self.names()
        if not names:
            raise IndexDamagedError("The live generation of the index is not there.")
        return names[-1]

    def previous(self) -> list[str]:
        """What can be rolled back to, what was live last first.

        A generation that was rolled back from, or that a killed writer never made live, is not
        among them.
        """
        try:
            return self._before(self.live())
        except (NoIndexError, IndexDamagedError):
            return []

    def _before(self, name: str) -> list[str]:
        older = [other for other in self.names() if int(other) < int(name)]
        chain: list[str] = []
        at: str | None = name
        while at is not None:
            try:
                at = Manifest.read(self.folder(at)).after
            except IndexDamagedError:
                return [*chain, *reversed(older)]
            if at not in older:
                break
            chain.append(at)
            older.remove(at)
        return chain

    def check(self, name: str) -> Manifest:
        """The manifest of a generation that is whole, its model included.

        Raises IndexDamagedError, ModelError, or FileNotFoundError when the folder is gone.
        """
        manifest = check_files(self.folder(name))
        if manifest.exported:
            check_export(export_path(self.models, manifest.embedder.fingerprint))
        return manifest

    def clear_leftovers(self) -> None:
        """Removes what a stopped writer left, and a shell that a late reader made."""
        self.root.mkdir(parents=True, exist_ok=True)
        found = [path for pattern in _LEFTOVERS for path in self.data.glob(pattern)]
        found += [self.folder(n) for n in self._numbered() if n not in self.names()]
        for path in found:
            with around(self._point, f"clear {path.parent.name}/{path.name.split('-')[0]}"):
                remove_tree(path)
        for path in self.data.glob(".*.new"):
            with around(self._point, f"clear {path.name}"):
                path.unlink()

    def mend_current(self) -> bool:
        """Writes `CURRENT` again where it is damaged; says whether it was."""
        if not self.current.is_file() or not self.names() or self.named() == self.live():
            return False
        self.switch(self.live())
        return True

    def begin(self) -> Path:
        """An empty folder for the next generation; its number was never live before."""
        taken = [int(name) for name in self._numbered()]
        if self.current.is_file():
            taken.append(int(self.named() or 0))
        partial = self.root / f".partial-{max(taken, default=0) + 1:06d}"
        with around(self._point, "begin"):
            remove_tree(partial)
            partial.mkdir(parents=True)
        return partial

    def commit(self, partial: Path, manifest: Manifest) -> None:
        """Makes a finished folder the live generation: whole or not at all."""
        with around(self._point, "manifest"):
            (partial / MANIFEST).write_text(manifest.to_json(), "utf-8")
        with around(self._point, "sync generation"):
            sync_tree(partial)
        with around(self._point, "mark unerased"):
            self._unerased.touch()
        with around(self._point, "rename generation"):
            partial.replace(self.folder(manifest.name))
        with around(self._point, "sync generations"):
            sync(self.root)
        self.switch(manifest.name)

    def abandon(self, partial: Path) -> None:
        """Removes a generation that will not be committed, unless it just was."""
        discard_tree(partial)
        name = partial_name(partial)
        if not self.current.is_file() or self.named() != name:
            discard_tree(self.folder(name))

    def switch(self, name: str) -> None:
        """Makes a whole generation the live one."""
        write_durably(self.current, f"{name}\n", self._point)

    def roll_back(self) -> str:
        """Makes the previous generation that is whole live again, and returns its name."""
        previous = self.previous()
        for name in previous:
            try:
                self.check(name)
            except (IndexDamagedError, ModelError, FileNotFoundError):
                continue
            self.switch(name)
            return name
        if previous:
            raise IndexDamagedError("The earlier generations are damaged.")
        raise AscribeError("There is no earlier generation to go back to.")

    def prune(self, keep: int) -> None:
        """Keeps the live generation and those that were live before it, up to `keep` in all.

        A damaged one does not count: it goes before one that can be rolled back to.
        """
        live = self.live()
        kept = [live]
        for name in self._before(live):
            if len(kept) == keep:
                break
            try:
                check_files(self.folder(name))
            except (IndexDamagedError, FileNotFoundError):
                continue
            kept.append(name)
        for name in self.names():
            if name in kept or int(name) > int(live):
                continue
            trash = self.root / f".trash-{name}"
            with around(self._point, "retire generation"):
                self.folder(name).replace(trash)
            with around(self._point, "remove generation"):
                remove_tree(trash)

    def is_erased(self) -> bool:
        """Whether what no kept generation uses was erased after the last commit."""
        return not self._unerased.exists()

    def mark_erased(self) -> None:
        with around(self._point, "mark erased"):
            self._unerased.unlink(missing_ok=True)


def partial_name(partial: Path) -> str:
    """The name that a folder from `begin` will have."""
    return partial.name.removeprefix(".partial-")
