"""What the index on disk holds, how large it is, and who is writing it."""

from dataclasses import dataclass
from typing import Any

from index.errors import NoIndexError
from index.generations import Generations, Manifest
from index.lock import writer
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a data folder. `manifest` is None before the first reindex."""

    manifest: Manifest | None
    bytes: int
    previous: tuple[str, ...]
    busy: int | None
    """The process that is writing the index."""


def read_status(settings: Settings) -> Status:
    """Looks at the data folder without opening a database. Raises IndexDamagedError."""
    generations = Generations(settings.data_dir)
    try:
        manifest = Manifest.read(generations.folder(generations.live()))
    except NoIndexError:
        manifest = None
    size = 0
    for path in settings.data_dir.rglob("*"):
        try:
            size += path.stat().st_size if path.is_file() else 0
        except OSError:  # a file of an indexer at work, gone meanwhile
            continue
    return Status(manifest, size, tuple(generations.previous()), writer(settings.data_dir))


def status_json(status: Status) -> dict[str, Any]:
    manifest = status.manifest
    return {
        "generation": manifest.name if manifest else None,
        "created": manifest.created if manifest else None,
        "documents": manifest.documents if manifest else 0,
        "passages": manifest.passages if manifest else 0,
        "attributions": manifest.attributions if manifest else 0,
        "corrections": manifest.corrections if manifest else 0,
        "embedder": manifest.embedder.name if manifest else None,
        "bytes": status.bytes,
        "previous": list(status.previous),
        "busy": status.busy,
    }


def status_text(status: Status) -> str:
    lines = []
    if status.manifest is None:
        lines.append(NoIndexError("Nothing has been indexed yet.").user_message)
    else:
        manifest = status.manifest
        lines += [
            f"Generation  {manifest.name}, made {manifest.created}",
            f"Documents   {manifest.documents:,}"
            + (f" (not read: {len(manifest.failed)})" if manifest.failed else ""),
            f"Passages    {manifest.passages:,}",
            f"Attributed  {manifest.attributions:,} statements"
            + (f" ({manifest.corrections} corrected or hidden)" if manifest.corrections else ""),
            f"Embedder    {manifest.embedder.name}",
            f"On disk     {status.bytes / 1e6:,.1f} MB",
        ]
        if status.previous:
            lines.append(f"Roll back   to {', '.join(status.previous)}")
    if status.busy is not None:
        lines.append(f"Process {status.busy} is writing the index now.")
    return "\n".join(lines)
