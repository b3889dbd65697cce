"""What a generation says of itself, and whether its files are still what it says."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from index.embedder import EmbedderInfo
from index.errors import IndexDamagedError
from index.models import hash_file
from index.storage import reason_of
from index.vectors import checksums

SCHEMA_VERSION = 5
CATALOG = "catalog.sqlite3"
VECTORS = "chroma"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself. The file carries a checksum over all of it."""

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
    """The sha256 of every file that reading leaves as it is, and of what Chroma's database holds
    (opening it writes to the file, not to what counts)."""
    corrections: int = 0
    """How many attributions a person has hidden or corrected."""
    after: str | None = None
    """The generation that was live when this one was made."""
    schema: int = SCHEMA_VERSION

    def to_json(self) -> str:
        fields = asdict(self)
        return json.dumps(
            fields | {"checksum": _checksum(fields)}, indent=1, ensure_ascii=False, sort_keys=True
        )

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest in a folder. Raises IndexDamagedError when it is not whole."""
        try:
            raw: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
            if raw["schema"] != SCHEMA_VERSION:
                raise IndexDamagedError(
                    f"Generation {folder.name} was made by another version of Ascribe."
                )
            if raw.pop("checksum") != _checksum(raw):
                raise ValueError("checksum")
            raw["embedder"] = EmbedderInfo(**raw["embedder"])
            raw["failed"] = tuple((path, reason) for path, reason in raw["failed"])
            return cls(**raw)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if reason_of(error) is not None:
                raise
            raise IndexDamagedError(
                f"The manifest of generation {folder.name} is damaged."
            ) from error


def file_hashes(folder: Path) -> dict[str, str]:
    """What `Manifest.files` says of a folder."""
    found = {f"{VECTORS}/{name}": digest for name, digest in checksums(folder / VECTORS).items()}
    return {CATALOG: hash_file(folder / CATALOG), **found}


def check_files(folder: Path, *, vectors: bool = True) -> Manifest:
    """The manifest, after every file that it lists was found unchanged.

    `vectors=False` leaves Chroma's files out, for who reads the catalog alone. Raises
    IndexDamagedError when a file is missing or differs, FileNotFoundError when the whole folder is
    gone (pruned by the indexer).
    """
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    manifest = Manifest.read(folder)
    try:
        found = {CATALOG: hash_file(folder / CATALOG)} if not vectors else file_hashes(folder)
    except FileNotFoundError as error:
        if not folder.is_dir():
            raise
        name = Path(error.filename or CATALOG).name
        raise IndexDamagedError(
            f"The file {name} of generation {folder.name} is missing."
        ) from error
    for name in sorted(manifest.files.keys() | found.keys()):
        if name.startswith(f"{VECTORS}/") and not vectors:
            continue
        if manifest.files.get(name) != found.get(name):
            raise IndexDamagedError(f"The file {name} of generation {folder.name} is damaged.")
    return manifest


def _checksum(fields: Mapping[str, Any]) -> str:
    body = json.dumps(fields, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()
