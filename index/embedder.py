"""Texts to unit vectors: the seam, and the two ways through it.

`SentenceTransformerEmbedder` needs torch and is made by the indexer only. `ExportedEmbedder` runs
the same model through ONNX Runtime, and is what answers questions.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelError
from index.models import DEFAULT_MODEL, ModelFolder

Vectors = npt.NDArray[np.float32]
"""Rows of length one, one a text."""


@dataclass(frozen=True, slots=True)
class EmbedderInfo:
    """What a generation remembers of the model that made its vectors."""

    name: str
    fingerprint: str
    dimension: int
    max_tokens: int
    """The longest text in tokens, special ones not counted."""
    query_prompt: str = ""
    document_prompt: str = ""
    english_only: bool = False


class Embedder(Protocol):
    """Questions and documents are embedded by two methods, since some models tell them apart."""

    @property
    def info(self) -> EmbedderInfo: ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors: ...

    def encode_query(self, text: str) -> Vectors: ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]: ...


class SentenceTransformerEmbedder:
    """A model run by sentence-transformers, on a GPU when there is one. One thread at a time."""

    def __init__(self, folder: ModelFolder) -> None:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self.model = SentenceTransformer(str(folder.path), local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise ModelError(f"The model {folder.name!r} cannot be loaded: {error}") from error
        self.folder = folder
        self.info = _info_of(self.model, folder)
        self._lock = threading.Lock()
        self._tokenizer = tokenizer_of(self.model)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            return self._unit(
                self.model.encode_document(list(texts), batch_size=8, show_progress_bar=False)
            )

    def encode_query(self, text: str) -> Vectors:
        with self._lock:
            return self._unit(self.model.encode_query([text], show_progress_bar=False))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return _count(self._tokenizer, texts)

    @staticmethod
    def _unit(vectors: Any) -> Vectors:
        array = np.asarray(vectors, dtype=np.float32)
        unit: Vectors = array / np.maximum(np.linalg.norm(array, axis=1, keepdims=True), 1e-12)
        return unit


class ExportedEmbedder:
    """A model exported to a folder with `encoder.onnx`, `tokenizer.json` and `embedder.json`.

    Safe for several threads. Raises ModelError when the folder is not complete.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        import onnxruntime
        import tokenizers

        try:
            self.info = EmbedderInfo(**json.loads((folder / "embedder.json").read_text("utf-8")))
            self._counter = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise ModelError(
                "The exported embedding model is missing or damaged."
                " Make it again with: ascribe reindex"
            ) from error
        special = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        self._tokenizer.enable_truncation(self.info.max_tokens + special)
        self._tokenizer.no_padding()
        self._counter.no_truncation()
        self._counter.no_padding()

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        prompt = self.info.document_prompt
        rows = [self._encode(prompt + text) for text in texts]
        return np.concatenate(rows) if rows else np.empty((0, self.info.dimension), np.float32)

    def encode_query(self, text: str) -> Vectors:
        return self._encode(self.info.query_prompt + text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return _count(self._counter, texts)

    def _encode(self, text: str) -> Vectors:
        encoding = self._tokenizer.encode(text)
        inputs = {
            "input_ids": np.array([encoding.ids], np.int64),
            "attention_mask": np.array([encoding.attention_mask], np.int64),
        }
        vectors: Vectors = self._session.run(None, inputs)[0]
        return vectors


def tokenizer_of(model: Any) -> Any:
    """A copy of the model's fast tokenizer that neither cuts nor pads; ModelError if none."""
    import tokenizers

    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError("The embedding model has no fast tokenizer; choose another model.")
    tokenizer = tokenizers.Tokenizer.from_str(backend.to_str())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def write_info(info: EmbedderInfo, folder: Path) -> None:
    (folder / "embedder.json").write_text(json.dumps(asdict(info), indent=1), "utf-8")


def _info_of(model: Any, folder: ModelFolder) -> EmbedderInfo:
    tokenizer = tokenizer_of(model)
    prompts = model.prompts or {}
    document_prompt = prompts.get("document") or prompts.get("passage") or ""
    special = tokenizer.num_special_tokens_to_add(is_pair=False)
    prompt_tokens = _count(tokenizer, [document_prompt])[0] if document_prompt else 0
    window = min(int(model.max_seq_length or 512), 8192)
    return EmbedderInfo(
        name=folder.name,
        fingerprint=folder.fingerprint,
        dimension=int(model.get_embedding_dimension()),
        max_tokens=window - special - prompt_tokens,
        query_prompt=prompts.get("query") or "",
        document_prompt=document_prompt,
        english_only=folder.name == DEFAULT_MODEL,
    )


def _count(tokenizer: Any, texts: Sequence[str]) -> list[int]:
    return [
        len(encoding.ids)
        for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False)
    ]
