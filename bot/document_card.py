"""A document as a card, to be read from its beginning."""

import hashlib
import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import ui

from bot.access import Access, collection_of, roles_of
from bot.errors import RefusedError
from bot.excerpts import Excerpts
from bot.layout import Card, Item
from bot.markdown import clip
from bot.originals import Originals
from bot.questions import Questions
from bot.render import counted, link_target, origin
from bot.replies import tell
from index.types import DocumentInfo, Filters

if TYPE_CHECKING:
    from bot.client import AscribeClient
from bot.never_mute import never_mute

_MARK = 8


class DocumentCards:
    """Shows documents to those who may see them."""

    def __init__(self, questions: Questions, originals: Originals, access: Access) -> None:
        self._questions = questions
        self._originals = originals
        self._access = access

    async def act(
        self, interaction: discord.Interaction, digest: str, action: str, argument: str
    ) -> None:
        """Opens a document, turns its pages or hands out its file; or says why not."""
        async with never_mute(partial(tell, interaction)):
            refusal = self._access.refusal(interaction.guild_id)
            if refusal is not None:
                raise RefusedError(refusal)
            await interaction.response.defer(ephemeral=True, thinking=action in ("open", "file"))
            info = await self._find(digest, roles_of(interaction.user))
            if action == "file":
                await self._originals.send(interaction, info.source.document, info.sha256)
                return
            card = await self._card(info, action, argument)
            await interaction.edit_original_response(view=card)

    async def _find(self, digest: str, roles: frozenset[int]) -> DocumentInfo:
        for one in await self._questions.documents(Filters()):
            path = one.source.document
            if digest_of(path) == digest and self._access.may_see(collection_of(path), roles):
                return one
        raise RefusedError("This document is no longer indexed.")

    async def _card(self, info: DocumentInfo, action: str, argument: str) -> Card:
        document = await self._questions.document(info.source.document)
        offset, _, mark = argument.partition(".")
        at = int(offset) if offset.isdecimal() else 0
        if action != "open" and not document.sha256.startswith(mark):
            raise RefusedError("The document has changed meanwhile. Please open it again.")
        text = document.text
        stretches = Excerpts(text, document=document.id)
        shown = stretches.before(at) if action == "before" else stretches.after(at)
        title = clip(info.source.title, 200) or clip(info.source.document, 200)
        author = f" · by {clip(info.author, 80)}" if info.author else ""
        facts = (
            f"-# {clip(info.source.document, 300)} · {counted(info.passages, 'passage')}, "
            f"{counted(info.length, 'character')}"
        )
        where = origin(info.source, None, brief=True, title=False) + author
        head = [f"### {title}", f"-# {where.removeprefix(' · ')}" if where else "", facts]
        digest, mark = digest_of(info.source.document), document.sha256[:_MARK]
        below: list[Item] = [
            DocumentButton(
                digest, "before", f"{shown.start}.{mark}", "Previous", disabled=not shown.start
            ),
            DocumentButton(
                digest, "after", f"{shown.end}.{mark}", "Next", disabled=shown.end >= len(text)
            ),
        ]
        if self._originals.allowed:
            below.append(DocumentButton(digest, "file", "", "Original file"))
        if link := link_target(info.source.url):
            below.append(ui.Button[Any](label="Open page", url=link))
        return Card("\n".join(filter(None, head)), shown.lines or "> …", below=below)


class DocumentButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"document:(?P<digest>[0-9a-f]{32}):(?P<action>[a-z]+):(?P<argument>[\w.]*)",
):
    """Does something with a document."""

    def __init__(
        self, digest: str, action: str, argument: str, label: str = "…", *, disabled: bool = False
    ) -> None:
        self.digest, self.action, self.argument = digest, action, argument
        super().__init__(
            discord.ui.Button(
                label=label, custom_id=f"document:{digest}:{action}:{argument}", disabled=disabled
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(match["digest"], match["action"], match["argument"])

    async def callback(self, interaction: discord.Interaction) -> None:
        client = cast("AscribeClient", interaction.client)
        await client.documents.act(interaction, self.digest, self.action, self.argument)


class DocumentSelect(discord.ui.DynamicItem[discord.ui.Select[Any]], template="documents"):
    """Opens one of the documents that a list shows."""

    def __init__(self, options: Sequence[discord.SelectOption]) -> None:
        super().__init__(
            discord.ui.Select(
                custom_id="documents", placeholder="Open a document", options=list(options)
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(getattr(item, "options", []))

    async def callback(self, interaction: discord.Interaction) -> None:
        client = cast("AscribeClient", interaction.client)
        await client.documents.act(interaction, self.item.values[0], "open", "")


def digest_of(path: str) -> str:
    """A path of any length in the 100 characters of a button's id."""
    return hashlib.blake2s(path.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
