"""`/corpus add` and `/corpus remove`: administrators change the corpus, and a reindex follows."""

import asyncio
import contextlib
import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import app_commands

from bot.access import Access, roles_of
from bot.document_card import digest_of
from bot.errors import RefusedError
from bot.indexing import Indexing
from bot.layout import Note
from bot.markdown import clip, plain, width
from bot.questions import Questions
from bot.replies import CommandReply, CurrentClient, tell
from index.folder import CORPUS_SETTINGS, list_files
from index.types import Filters

if TYPE_CHECKING:
    from bot.client import AscribeClient
from bot.never_mute import never_mute

_FORBIDDEN = re.compile(r'[<>:"|?*\\/\x00-\x1f\x7f]')
_LONGEST_NAME = 180
KINDS = frozenset(
    ".txt .text .md .markdown .html .htm .xhtml .mht .mhtml .pdf .docx .odt .rtf .epub .eml".split()
)
"""What Ascribe reads. Its readers are not imported here: they would fill the bot's memory."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


class Corpus:
    """Puts files into the corpus folder and takes them out."""

    def __init__(
        self,
        root: Path,
        megabytes: int,
        access: Access,
        indexing: Indexing,
        questions: Questions,
        current: CurrentClient,
    ) -> None:
        self._root = root
        self._megabytes = megabytes
        self._access = access
        self._indexing = indexing
        self._questions = questions
        self._current = current

    def group(self) -> app_commands.Group:
        group = app_commands.Group(
            name="corpus", description="Add and remove documents (administrators only)."
        )

        @group.command(name="add", description="Put a file into the corpus, and reindex.")
        @app_commands.describe(
            file="The document",
            collection="The folder that it goes into; a new one is made",
            replace="Replace the file that has this name already",
        )
        async def add(
            interaction: discord.Interaction,
            file: discord.Attachment,
            collection: app_commands.Range[str, 1, 200] | None = None,
            replace: bool = False,
        ) -> None:
            await self._add(interaction, file, collection or "", replace=replace)

        @group.command(name="remove", description="Delete a file of the corpus, and reindex.")
        @app_commands.describe(document="The document, by its path")
        @app_commands.autocomplete(document=self.suggest_documents)
        async def remove(
            interaction: discord.Interaction, document: app_commands.Range[str, 1, 1000]
        ) -> None:
            await self._ask_whether(interaction, document)

        return group

    async def suggest_documents(
        self, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """The paths that hold what has been typed."""
        with contextlib.suppress(Exception):
            documents = await self._questions.documents(Filters())
            roles = roles_of(interaction.user)
            paths = [one.source.document for one in documents]
            wanted = current.casefold()
            return [
                app_commands.Choice(name=path, value=path)
                for path in paths
                if wanted in path.casefold()
                and width(path) <= 100
                and path == plain(path)
                and self._access.may_see(path.rpartition("/")[0], roles)
            ][:25]
        return []

    async def _add(
        self,
        interaction: discord.Interaction,
        file: discord.Attachment,
        collection: str,
        *,
        replace: bool,
    ) -> None:
        reply = CommandReply(interaction, self._current)
        try:
            self._indexing.require(interaction)
            self._check_size(file.size)
            path = safe_path(collection, file.filename)
        except RefusedError as refusal:
            await tell(interaction, refusal.user_message)
            return
        await reply.defer()
        async with never_mute(reply.show):
            data = await file.read()
            self._check_size(len(data))
            done = await asyncio.to_thread(self._write, path, data, replace=replace)
            await self._indexing.run(reply, f"{done} {clip(path.as_posix(), 300)}.", patient=True)

    def _check_size(self, size: int) -> None:
        if not self._megabytes:
            raise RefusedError("I am set up not to take files.")
        if size > self._megabytes * 2**20:
            raise RefusedError(f"I take files of {self._megabytes} MB at most.")

    def _write(self, path: PurePosixPath, data: bytes, *, replace: bool) -> str:
        """Puts the file in its place, whole or not at all; what happened, as a word."""
        root = self._root.resolve()
        target = root / path
        for folder in reversed(target.relative_to(root).parents):
            if not (root / folder).resolve().is_relative_to(root):
                raise RefusedError("That collection is a link that leads out of the corpus.")
        existed = target.exists() or target.is_symlink()
        if existed and (target.is_symlink() or not target.is_file()):
            raise RefusedError("There is something else of this name.")
        if (
            existed
            and hashlib.sha256(target.read_bytes()).digest() == hashlib.sha256(data).digest()
        ):
            raise RefusedError("The corpus has exactly this file already.")
        if existed and not replace:
            raise RefusedError(
                f"There is a file {clip(path.as_posix(), 200)} already. Set `replace` to replace "
                "it, or give yours another name."
            )
        if not existed and not replace:
            self._refuse_other_case(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{secrets.token_hex(8)}.part")
        try:
            with partial.open("xb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            if existed:
                partial.replace(target)
            else:
                # Unlike a rename, a link does not replace what appeared meanwhile.
                os.link(partial, target)
        except FileExistsError:
            raise RefusedError("Somebody has just added a file of this name.") from None
        finally:
            partial.unlink(missing_ok=True)
        return "Replaced" if existed else "Added"

    @staticmethod
    def _refuse_other_case(target: Path) -> None:
        with contextlib.suppress(FileNotFoundError):
            for other in target.parent.iterdir():
                if other.name.casefold() == target.name.casefold():
                    raise RefusedError(
                        f"There is a file {clip(other.name, 200)} already, with other capitals."
                    )

    async def _ask_whether(self, interaction: discord.Interaction, document: str) -> None:
        async with never_mute(partial(tell, interaction)):
            self._indexing.require(interaction)
            path = await asyncio.to_thread(self._find, lambda id: id == document)
            question = (
                f"Delete **{clip(path, 300)}** from the corpus? The file is gone then. Answers "
                "that cited it keep the words they cited."
            )
            await interaction.response.send_message(
                view=Note(question, RemoveButton(digest_of(path))), ephemeral=True
            )

    async def remove(self, interaction: discord.Interaction, digest: str) -> None:
        """Deletes the file that was asked about, and reindexes."""
        async with never_mute(partial(tell, interaction)):
            self._indexing.require(interaction)
            path = await asyncio.to_thread(self._find, lambda id: digest_of(id) == digest)
            reply = CommandReply(interaction, self._current)
            await reply.defer()
            await asyncio.to_thread((self._root.resolve() / path).unlink)
            await self._indexing.run(reply, f"Removed {clip(path, 300)}.", patient=True)

    def _find(self, wanted: Callable[[str], bool]) -> str:
        """The path of a file of the corpus. Only what the walk finds can be deleted."""
        for file in list_files(self._root).files:
            if wanted(file.id):
                return file.id
        raise RefusedError("There is no such file in the corpus. `/sources` shows what there is.")


class RemoveButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"corpus:remove:(?P<file>[0-9a-f]{32})"
):
    """Says yes to a removal."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        super().__init__(
            discord.ui.Button(
                label="Delete it",
                style=discord.ButtonStyle.danger,
                custom_id=f"corpus:remove:{digest}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(match["file"])

    async def callback(self, interaction: discord.Interaction) -> None:
        await cast("AscribeClient", interaction.client).corpus.remove(interaction, self.digest)


def safe_path(collection: str, name: str) -> PurePosixPath:
    """Where an attachment goes, relative to the corpus.

    Raises RefusedError for a kind that is not read, and for names that lead elsewhere, are hidden,
    belong to Ascribe, or are refused by some system that the corpus may be copied to.
    """
    parts = [part for part in collection.strip().strip("/").split("/") if collection.strip()]
    parts = [unicodedata.normalize("NFC", part.strip()) for part in [*parts, name]]
    for part in parts:
        if (
            not part
            or part.startswith((".", "~", "#"))
            or part.endswith((".", "~", "#"))
            or _FORBIDDEN.search(part)
            or _DEVICES.fullmatch(part)
            or any(
                unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for one in part
            )
        ):
            raise RefusedError(f"I cannot use the name {clip(part, 100) or 'without letters'}.")
        if len(part.encode()) > _LONGEST_NAME:
            raise RefusedError("That name is too long.")
    suffix = PurePosixPath(parts[-1]).suffix.lower()
    if suffix not in KINDS:
        kinds = ", ".join(sorted(KINDS))
        raise RefusedError(f"I do not read files of this kind. I read: {kinds}.")
    path = PurePosixPath(*parts)
    if path.as_posix() in CORPUS_SETTINGS:
        raise RefusedError("That name belongs to a setting of the corpus.")
    return path
