"""The files of the corpus as attachments."""

import asyncio
import hashlib
import io
from pathlib import Path

import discord

from bot.errors import RefusedError


class Originals:
    """Hands out the file that a document was read from, where that is allowed."""

    def __init__(self, corpus: Path, *, allowed: bool = True) -> None:
        self._corpus = corpus
        self._allowed = allowed

    @property
    def allowed(self) -> bool:
        return self._allowed

    async def send(self, interaction: discord.Interaction, path: str, sha256: str) -> None:
        """To the user alone, after a deferral. Raises RefusedError with the reason if not."""
        if not self._allowed:
            raise RefusedError("I am set up not to hand out the files themselves.")
        data = await asyncio.to_thread(self._read, path, interaction.filesize_limit)
        name = path.rpartition("/")[2]
        same = hashlib.sha256(data).hexdigest() == sha256
        said = "" if same else "The file has changed since it was cited: this is the one of today."
        file = discord.File(io.BytesIO(data), name)
        await interaction.edit_original_response(content=said, attachments=[file])

    def _read(self, path: str, limit: int) -> bytes:
        root = self._corpus.resolve()
        file = (root / path).resolve()
        if not file.is_relative_to(root) or not file.is_file():
            raise RefusedError("The file is no longer in the corpus.")
        if file.stat().st_size > limit:
            raise RefusedError(
                f"The file is larger than the {limit // 2**20} MB that Discord takes here."
            )
        return file.read_bytes()
