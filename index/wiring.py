"""Settings to objects: the only place that chooses concrete classes."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from index.answer import Answerer
from index.catalog import Catalog
from index.embedder import Embedder, EmbedderInfo, ExportedEmbedder, SentenceTransformerEmbedder
from index.errors import ModelError
from index.export import export_path
from index.generations import CATALOG, Generations, check_files
from index.journal import Journal
from index.live import EmbedderLoader, LiveIndex
from index.models import find_model
from index.settings import Settings

log = logging.getLogger(__name__)


def open_answerer(settings: Settings) -> Answerer:
    """An answerer over the settings' data folder; nothing is opened before the first question."""
    return Answerer(LiveIndex(settings.data_dir, embedder_loader(settings)))


def open_journal(settings: Settings) -> Journal:
    """The journal in the settings' data folder; nothing is opened before its first use."""
    return Journal(settings.data_dir, days=settings.journal_days)


@contextmanager
def open_catalog(settings: Settings) -> Iterator[Catalog]:
    """The catalog of the live generation alone: no vectors, no model."""
    generations = Generations(settings.data_dir)
    folder = generations.folder(generations.live())
    check_files(folder)
    catalog = Catalog(folder / CATALOG)
    try:
        yield catalog
    finally:
        catalog.close()


def embedder_loader(settings: Settings) -> EmbedderLoader:
    """Loads the embedder that a generation was made with, whatever the settings say now."""

    def load(info: EmbedderInfo, exported: bool) -> Embedder:
        if exported:
            return ExportedEmbedder(export_path(settings.data_dir / "models", info.fingerprint))
        log.warning("questions are embedded with torch, since the model could not be exported")
        model = find_model(settings)
        if model.fingerprint != info.fingerprint:
            raise ModelError(
                f"The index was made with the model {info.name}, which is not the one in the"
                " settings. Run: ascribe reindex"
            )
        return SentenceTransformerEmbedder(model)

    return load
