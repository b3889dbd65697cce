"""`/sources`: what is indexed, page by page."""

import hashlib
import re
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import app_commands

from bot.errors import RefusedError, sentence_for
from bot.markdown import clip
from bot.questions import Questions
from bot.render import document_pages
from bot.replies import tell
from index.types import Filters

if TYPE_CHECKING:
    from bot.asking import Asking
    from bot.client import AscribeClient


class Sources:
    """Shows the list of documents to whoever asks for it."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def command(self, asking: "Asking") -> app_commands.Command[Any, ..., None]:
        @app_commands.command(name="sources", description="See which documents I answer from.")
        @app_commands.describe(collection="Only this collection")
        @app_commands.autocomplete(collection=asking.suggest_collections)
        async def sources(
            interaction: discord.Interaction,
            collection: app_commands.Range[str, 1, 500] | None = None,
        ) -> None:
            await interaction.response.defer(thinking=True, ephemeral=True)
            try:
                content, view = await self.page(0, collection)
            except Exception as error:  # noqa: BLE001  (never mute: sentence_for logs it)
                await interaction.edit_original_response(content=sentence_for(error))
            else:
                await interaction.edit_original_response(content=content, view=view)

        return sources

    async def page(self, number: int, collection: str | None) -> tuple[str, discord.ui.View | None]:
        """A page with its buttons; the nearest one when the list has become shorter."""
        documents = await self._questions.documents(Filters(collection))
        if not documents:
            raise RefusedError(
                f"There is nothing in {clip(collection, 200)}."
                if collection
                else "The index holds no documents yet."
            )
        pages = document_pages(documents, collection)
        number = min(max(number, 0), len(pages) - 1)
        if len(pages) == 1:
            return pages[0], None
        view = discord.ui.View(timeout=None)
        view.add_item(PageButton(number - 1, collection, "Back", disabled=number == 0))
        view.add_item(PageButton(number + 1, collection, "Next", disabled=number == len(pages) - 1))
        return f"{pages[number]}\n-# {number + 1} of {len(pages)}", view

    async def turn(self, interaction: discord.Interaction, number: int, digest: str) -> None:
        """Shows another page in the message whose button was pressed."""
        await interaction.response.defer()
        try:
            content, view = await self.page(number, await self._collection(digest))
        except Exception as error:  # noqa: BLE001  (never mute: sentence_for logs it)
            await tell(interaction, sentence_for(error))
        else:
            await interaction.edit_original_response(content=content, view=view)

    async def _collection(self, digest: str) -> str | None:
        if not digest:
            return None
        for name in await self._questions.collections():
            if _digest(name) == digest:
                return name
        raise RefusedError("This collection is no longer there. Please use `/sources` again.")


class PageButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"sources:(?P<page>-?\d{1,6}):(?P<collection>[0-9a-f]*)",
):
    """Turns the list of sources to a page; works after a restart, for its state is in its id."""

    def __init__(
        self, page: int, collection: str | None, label: str, *, disabled: bool = False
    ) -> None:
        self.page = page
        self.digest = _digest(collection) if collection else ""
        super().__init__(
            discord.ui.Button(
                label=label, custom_id=f"sources:{page}:{self.digest}", disabled=disabled
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        button = cls(int(match["page"]), None, getattr(item, "label", None) or "")
        button.digest = match["collection"]
        return button

    async def callback(self, interaction: discord.Interaction) -> None:
        client = cast("AscribeClient", interaction.client)
        refusal = client.access.refusal(interaction.guild_id)
        if refusal is not None:
            await tell(interaction, refusal)
            return
        await client.sources.turn(interaction, self.page, self.digest)


def _digest(collection: str) -> str:
    """A name of any length in the 100 characters of a button's id."""
    return hashlib.blake2s(collection.encode(), digest_size=8).hexdigest()
