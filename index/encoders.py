"""The embedder of the indexer: the exported model where that is faster, the original otherwise.

On a CPU the exported model, given one passage at a time by a thread a core, embeds about twice as
many passages a CPU second as sentence-transformers does in batches: nothing is padded, and what a
layer hands to the next stays in the cache. Torch need not be imported then. On a GPU the original
is used.
"""

import importlib.metadata
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from index.embedder import (
    Embedder,
    EmbedderInfo,
    ExportedEmbedder,
    SentenceTransformerEmbedder,
    Vectors,
)
from index.errors import ModelError
from index.export import export, export_path
from index.models import ModelFolder
from index.progress import Reporter
from index.storage import Point, no_point

_CPU_BATCH = 16
_GPU_BATCH = 256
_GPU_FROM = 1_000
_CHECKED_PASSAGES = 24


class Encoders:
    """The two forms of one model, each loaded when first needed."""

    def __init__(
        self, model: ModelFolder, models: Path, reporter: Reporter, point: Point = no_point
    ) -> None:
        self._model = model
        self._models = models
        self._reporter = reporter
        self._point = point
        self._original: SentenceTransformerEmbedder | None = None
        self._exported: ExportedEmbedder | None = None
        self._refused = False

    @property
    def exported(self) -> bool:
        """Whether questions can be embedded without torch."""
        return export_path(self._models, self._model.fingerprint).is_dir()

    def any(self) -> Embedder:
        """Whichever form costs least to load: enough to count tokens."""
        if self.exported:
            return self._load_exported()
        return self._load_original()

    @property
    def info(self) -> EmbedderInfo:
        return self.any().info

    def ensure_export(self, passages: Sequence[str]) -> None:
        """Exports the model unless that was done or refused; a refusal is told once."""
        if self.exported or self._refused:
            return
        sample = sorted(passages, key=len)[:: max(1, len(passages) // _CHECKED_PASSAGES)]
        try:
            some = sample[: _CHECKED_PASSAGES + 1]
            export(self._load_original(), self._models, some, self._point)
        except ModelError as error:
            self._refused = True
            self._reporter.log(
                "warning", f"{error} Questions will be embedded with torch, which is slower."
            )

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        """Batches of (positions in `texts`, their vectors), long texts first."""
        order = sorted(range(len(texts)), key=lambda position: len(texts[position]), reverse=True)
        on_gpu = self._on_gpu(len(texts))
        if on_gpu or not self.exported:
            size = _GPU_BATCH if on_gpu else _CPU_BATCH
            for batch in _batches(order, size):
                yield batch, self._load_original().encode_documents([texts[i] for i in batch])
            return
        encoder = self._load_exported()
        workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
        with ThreadPoolExecutor(workers) as pool:
            for batch in _batches(order, _CPU_BATCH):
                rows = pool.map(encoder.encode_documents, [[texts[i]] for i in batch])
                yield batch, _stack(list(rows))

    def _on_gpu(self, texts: int) -> bool:
        """Whether there is a GPU, and work enough that loading torch for it pays."""
        if self._original is None and (texts < _GPU_FROM or torch_is_for_cpus()):
            return False
        return self._load_original().model.device.type != "cpu"

    def _load_original(self) -> SentenceTransformerEmbedder:
        if self._original is None:
            self._original = SentenceTransformerEmbedder(self._model)
        return self._original

    def _load_exported(self) -> ExportedEmbedder:
        if self._exported is None:
            self._exported = ExportedEmbedder(export_path(self._models, self._model.fingerprint))
        return self._exported


def torch_is_for_cpus() -> bool:
    """Whether the installed torch is a build without GPUs; asked without importing it."""
    return importlib.metadata.version("torch").endswith("+cpu")


def _batches(order: Sequence[int], size: int) -> Iterator[list[int]]:
    for at in range(0, len(order), size):
        yield list(order[at : at + size])


def _stack(rows: Sequence[Vectors]) -> Vectors:
    import numpy as np

    return np.concatenate(rows)
