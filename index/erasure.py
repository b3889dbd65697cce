"""What no kept generation uses any more is erased, so that a removed document is gone."""

from collections.abc import Collection
from pathlib import Path

from index.cache import Cache
from index.catalog import Catalog
from index.documents import READER_VERSION
from index.draft import splits_version
from index.errors import IndexDamagedError
from index.export import remove_export
from index.extraction import extraction_version
from index.generations import CATALOG, Generations, Manifest
from index.storage import Point, no_point
from index.types import Filters


def erase_unused(
    generations: Generations,
    cache: Cache,
    *,
    paths: Collection[str],
    failed: Collection[str],
    point: Point = no_point,
) -> None:
    """Erases from the cache and the models what the generations on disk do not use.

    `paths` are the files whose hashes stay remembered; `failed` the sha256 of files that could
    not be read, which stay known so that they are not tried again.
    """
    hashes, fingerprints = set(failed), set[str]()
    texts: set[tuple[str, str]] = set()
    for name in generations.names():
        folder = generations.folder(name)
        try:
            fingerprint = Manifest.read(folder).embedder.fingerprint
            catalog = Catalog(folder / CATALOG)
        except IndexDamagedError:
            continue
        try:
            hashes.update(found.sha256 for found in catalog.documents())
            texts.update((fingerprint, key) for key in catalog.keys(Filters()))
        finally:
            catalog.close()
        fingerprints.add(fingerprint)
    splits = {splits_version(fingerprint) for fingerprint in fingerprints}

    def used(kind: str, version: str, key: str) -> bool:
        if kind == "vector":
            return (version, key) in texts
        current = {"reading": {READER_VERSION}, "attributions": {extraction_version()}}
        return version in current.get(kind, splits) and key.rpartition(":")[2] in hashes

    cache.prune(used, paths)
    models = generations.models
    for folder in models.iterdir() if models.is_dir() else ():
        if folder.is_dir() and folder.name not in fingerprints:
            remove_export(folder, point)


def model_files(folder: Path) -> set[str]:
    """The paths under which a model's files are remembered."""
    return {str(path) for path in folder.rglob("*")}
