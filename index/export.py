"""The embedding model as an ONNX file, made once a model and checked against the original."""

import json
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

import numpy as np

from index.embedder import ExportedEmbedder, SentenceTransformerEmbedder, tokenizer_of, write_info
from index.errors import ModelError
from index.models import hash_file
from index.storage import Point, around, discard_tree, no_point, remove_tree, sync, sync_tree

log = logging.getLogger(__name__)

LEAST_COSINE = 0.999
_INPUTS = ("input_ids", "attention_mask")
_OUTPUT = "sentence_embedding"
_CHECKSUMS = "checksums.json"
_QUESTIONS = (
    "Who accused whom?",
    "When did the council meet, and what did it decide about the roof?",
    "Qui a mené l'enquête en 2024 ?",
    "?",
)


def export_path(models: Path, fingerprint: str) -> Path:
    return models / fingerprint


def export(
    embedder: SentenceTransformerEmbedder,
    models: Path,
    passages: Sequence[str],
    point: Point = no_point,
) -> Path:
    """Writes `models/<fingerprint>/` and returns it; it appears whole or not at all.

    Raises ModelError when the model cannot be exported, or when a vector of the export
    has a cosine below LEAST_COSINE to the original's, on the passages or on questions.
    """
    final = export_path(models, embedder.info.fingerprint)
    partial = models / f".partial-{final.name}-{os.getpid()}"
    remove_tree(partial)
    try:
        with around(point, "begin model"):
            partial.mkdir(parents=True)
        with around(point, "write model"):
            _write_graph(embedder.model, partial / "encoder.onnx")
            tokenizer_of(embedder.model).save(str(partial / "tokenizer.json"))
            write_info(embedder.info, partial)
        _check(embedder, ExportedEmbedder(partial), passages)
        with around(point, "write model checksums"):
            (partial / _CHECKSUMS).write_text(json.dumps(_checksums(partial), indent=1), "utf-8")
        with around(point, "sync model"):
            sync_tree(partial)
        with around(point, "rename model"):
            partial.replace(final)
            sync(models)
    finally:
        discard_tree(partial)
    return final


def check_export(folder: Path) -> None:
    """Raises ModelError when a file of an exported model is not what was written."""
    try:
        whole = json.loads((folder / _CHECKSUMS).read_text("utf-8")) == _checksums(folder)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        whole = False
    if not whole:
        raise ModelError(
            "The exported embedding model is missing or damaged."
            " Make it again with: ascribe reindex"
        )


def remove_export(folder: Path, point: Point = no_point) -> None:
    """Removes an exported model at once, as far as a reader can tell."""
    trash = folder.with_name(f".trash-{folder.name}")
    remove_tree(trash)
    with around(point, "retire model"):
        folder.replace(trash)
    with around(point, "remove model"):
        remove_tree(trash)


def _checksums(folder: Path) -> dict[str, str]:
    return {
        path.name: hash_file(path)
        for path in sorted(folder.iterdir())
        if path.name != _CHECKSUMS and path.is_file()
    }


def _write_graph(model: Any, path: Path) -> None:
    import torch

    class Encoder(torch.nn.Module):
        """All of the model's modules, so that pooling and normalisation are in the file too."""

        def __init__(self) -> None:
            super().__init__()
            self.stages = torch.nn.ModuleList(model)

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            for stage in self.stages:
                features = stage(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=1)

    example = model.tokenizer(["one short text", "two"], padding=True, return_tensors="pt")
    inputs = example["input_ids"], example["attention_mask"]
    device = model.device
    model.to("cpu")
    try:
        with (
            Path(os.devnull).open("w") as void,
            redirect_stdout(void),
            redirect_stderr(void),
            warnings.catch_warnings(),
            torch.no_grad(),
            _plain_attention(model),
        ):
            warnings.simplefilter("ignore")
            logging.getLogger("torch.onnx").setLevel(logging.ERROR)
            try:
                _trace(Encoder().eval(), inputs, path)
            except Exception:
                log.debug("the model cannot be traced", exc_info=True)
                _capture(Encoder().eval(), inputs, path, int(model.max_seq_length or 512))
    except Exception as error:
        raise ModelError(
            f"The model cannot be exported to ONNX ({type(error).__name__})."
        ) from error
    finally:
        model.to(device)


def _trace(encoder: Any, inputs: tuple[Any, Any], path: Path) -> None:
    """By TorchScript: a third of the time of `torch.export`, and the graph is a tenth faster."""
    import onnx
    import torch

    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        encoder,
        inputs,
        str(path),
        input_names=list(_INPUTS),
        output_names=[_OUTPUT],
        dynamic_axes=dict.fromkeys(_INPUTS, axes),
        opset_version=17,
        dynamo=False,
    )
    # Weights beside the graph are mapped into memory, not read: half the memory to start.
    weights = path.with_name(f"{path.name}.data")
    onnx.save_model(onnx.load(path), path, save_as_external_data=True, location=weights.name)
    weights.chmod(path.stat().st_mode)


def _capture(encoder: Any, inputs: tuple[Any, Any], path: Path, longest: int) -> None:
    """By `torch.export`, for what cannot be traced and for when PyTorch drops tracing."""
    import torch

    shape = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length", max=longest)}
    torch.onnx.export(
        encoder,
        inputs,
        str(path),
        input_names=list(_INPUTS),
        output_names=[_OUTPUT],
        dynamic_shapes=dict.fromkeys(_INPUTS, shape),
        dynamo=True,
        external_data=True,
    )


@contextmanager
def _plain_attention(model: Any) -> Iterator[None]:
    """Attention in single steps: ONNX Runtime runs them faster than the fused form's export."""
    plain = []
    for part in model.modules():
        choose = getattr(part, "set_attn_implementation", None)
        before = getattr(getattr(part, "config", None), "_attn_implementation", None)
        if choose is not None and before not in (None, "eager"):
            with suppress(ValueError, AttributeError, TypeError):
                choose("eager")
                plain.append((choose, before))
    try:
        yield
    finally:
        for choose, before in plain:
            choose(before)


def _check(
    original: SentenceTransformerEmbedder, exported: ExportedEmbedder, passages: Sequence[str]
) -> None:
    cosines = [
        (original.encode_query(question) @ exported.encode_query(question).T).item()
        for question in _QUESTIONS
    ]
    if passages:
        pairs = original.encode_documents(passages) * exported.encode_documents(passages)
        cosines.extend(pairs.sum(axis=1).tolist())
    worst = float(np.min(cosines))
    if not worst >= LEAST_COSINE:
        raise ModelError(f"The exported model differs from the original (cosine {worst:.4f}).")
