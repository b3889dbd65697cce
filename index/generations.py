"""The generations of an index on disk: begin, commit, roll back, prune.

A generation is a folder whose contents never change once `CURRENT` has named it. Everything else
that lies about is a leftover of a stopped process and is cleared by the next writer.
"""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from index.embedder import EmbedderInfo
from index.errors import IndexDamagedError, NoIndexError
from index.models import hash_file
from index.storage import Point, no_point, sync, sync_tree, write_durably

SCHEMA_VERSION = 1
CATALOG = "catalog.sqlite3"
VECTORS = "chroma"
MANIFEST = "manifest.json"

_NAME = re.compile(r"\d{6,}")
_LEFTOVERS = (".partial-*", ".trash-*")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself."""

    name: str
    created: str
    state: str
    """A digest of all that the contents follow from: files, versions, embedder."""
    embedder: EmbedderInfo
    exported: bool
    """Whether questions are embedded with the exported model, or with torch."""
    documents: int
    passages: int
    texts: int
    attributions: int
    failed: tuple[tuple[str, str], ...]
    """The files that could not be read, each with its reason."""
    files: Mapping[str, str]
    """The sha256 of every file but those in `chroma/`, which Chroma itself writes to on opening."""
    schema: int = SCHEMA_VERSION

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest in a folder. Raises IndexDamagedError when it is not whole."""
        try:
            raw: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
            if raw["schema"] != SCHEMA_VERSION:
                raise IndexDamagedError(
                    f"Generation {folder.name} was made by another version of Ascribe."
                )
            raw["embedder"] = EmbedderInfo(**raw["embedder"])
            raw["failed"] = tuple((path, reason) for path, reason in raw["failed"])
            return cls(**raw)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(
                f"The manifest of generation {folder.name} is damaged."
            ) from error


class Generations:
    """The generations in a data folder. Only the holder of the lock calls what writes."""

    def __init__(self, data: Path, point: Point = no_point) -> None:
        self.data = data
        self.root = data / "generations"
        self.current = data / "CURRENT"
        self._point = point

    def folder(self, name: str) -> Path:
        return self.root / name

    def names(self) -> list[str]:
        """The generations that are whole, the oldest first."""
        if not self.root.is_dir():
            return []
        return sorted(
            path.name
            for path in self.root.iterdir()
            if _NAME.fullmatch(path.name) and (path / MANIFEST).is_file()
        )

    def live(self) -> str:
        """The name of the generation that answers. Raises NoIndexError when there is none."""
        try:
            name = self.current.read_text("utf-8").strip()
        except FileNotFoundError:
            raise NoIndexError("Nothing has been indexed yet.") from None
        except (OSError, UnicodeDecodeError):
            name = ""
        if _NAME.fullmatch(name):
            return name
        names = self.names()
        if not names:
            raise NoIndexError("Nothing has been indexed yet.")
        return names[-1]

    def previous(self) -> list[str]:
        """What can be rolled back to, the newest first."""
        try:
            live = self.live()
        except NoIndexError:
            return []
        return [name for name in reversed(self.names()) if name < live]

    def clear_leftovers(self) -> None:
        """Removes what a stopped writer left. Call it with the lock held."""
        self.root.mkdir(parents=True, exist_ok=True)
        for pattern in _LEFTOVERS:
            for path in self.root.glob(pattern):
                self._point(f"before clear {pattern}")
                shutil.rmtree(path)
        for path in self.data.glob(".*.new"):
            path.unlink()

    def begin(self) -> Path:
        """An empty folder for the next generation; its number was never used before."""
        taken = [int(name) for name in self.names()]
        if self.current.is_file():
            taken.append(int(self.live()))
        name = f"{max(taken, default=0) + 1:06d}"
        partial = self.root / f".partial-{name}"
        self._point("before begin")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        self._point("after begin")
        return partial

    def commit(self, partial: Path, manifest: Manifest) -> None:
        """Makes a finished folder the live generation: whole or not at all."""
        final = self.folder(manifest.name)
        self._point("before manifest")
        (partial / MANIFEST).write_text(manifest.to_json(), "utf-8")
        self._point("before sync")
        sync_tree(partial)
        self._point("before rename")
        shutil.rmtree(final, ignore_errors=True)
        partial.replace(final)
        self._point("after rename")
        sync(self.root)
        self.switch(manifest.name)

    def switch(self, name: str) -> None:
        """Makes a whole generation the live one."""
        write_durably(self.current, f"{name}\n", self._point)

    def roll_back(self) -> str:
        """Makes the previous generation live and returns its name."""
        previous = self.previous()
        if not previous:
            raise NoIndexError("There is no earlier generation to go back to.")
        check_files(self.folder(previous[0]))
        self.switch(previous[0])
        return previous[0]

    def prune(self, keep: int) -> None:
        """Keeps the live generation and the newest others up to `keep` in all."""
        live = self.live()
        others = [name for name in reversed(self.names()) if name != live]
        for name in others[keep - 1 :]:
            trash = self.root / f".trash-{name}"
            self._point("before prune")
            self.folder(name).replace(trash)
            self._point("amid prune")
            shutil.rmtree(trash)
            self._point("after prune")


def partial_name(partial: Path) -> str:
    """The name that a folder from `begin` will have."""
    return partial.name.removeprefix(".partial-")


def file_hashes(folder: Path) -> dict[str, str]:
    """The sha256 of what a generation holds beside Chroma's folder and the manifest."""
    return {CATALOG: hash_file(folder / CATALOG)}


def check_files(folder: Path) -> Manifest:
    """The manifest, after every file that it lists was found unchanged.

    Raises IndexDamagedError when one is missing or differs, FileNotFoundError when the whole
    folder is gone (pruned by the indexer).
    """
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    manifest = Manifest.read(folder)
    for name, expected in manifest.files.items():
        try:
            found = hash_file(folder / name)
        except OSError:
            found = ""
        if found != expected:
            raise IndexDamagedError(f"The file {name} of generation {folder.name} is damaged.")
    return manifest
