"""`/sources`: what is indexed, page by page, and a card for each document."""

import hashlib
import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import app_commands, ui

from bot.access import Access, collection_of, roles_of
from bot.document_card import DocumentSelect, digest_of
from bot.errors import RefusedError
from bot.layout import Card, rows
from bot.markdown import clip, clipped
from bot.questions import Questions
from bot.render import counted, document_line
from bot.replies import tell
from index.types import DocumentInfo, Filters

if TYPE_CHECKING:
    from bot.asking import Asking
    from bot.client import AscribeClient
from bot.never_mute import never_mute

_ON_A_PAGE = 10
_LONGEST_SEARCH = 30
"""It has to fit into the id of a button, where a character may count as two."""


class Sources:
    """Shows the list of documents to whoever asks for it."""

    def __init__(self, questions: Questions, access: Access) -> None:
        self._questions = questions
        self._access = access

    def command(self, asking: "Asking") -> app_commands.Command[Any, ..., None]:
        @app_commands.command(name="sources", description="See which documents I answer from.")
        @app_commands.describe(
            search="Words of the title, the publisher or the path",
            collection="Only this collection",
        )
        @app_commands.autocomplete(collection=asking.suggest_collections)
        async def sources(
            interaction: discord.Interaction,
            search: app_commands.Range[str, 1, _LONGEST_SEARCH] | None = None,
            collection: app_commands.Range[str, 1, 500] | None = None,
        ) -> None:
            await interaction.response.defer(thinking=True, ephemeral=True)
            async with never_mute(
                lambda sentence: interaction.edit_original_response(content=sentence)
            ):
                card = await self.page(interaction, 0, collection, search or "")
                await interaction.edit_original_response(view=card)

        return sources

    async def page(
        self, interaction: discord.Interaction, number: int, collection: str | None, search: str
    ) -> Card:
        """A page with its buttons; the nearest one when the list has become shorter."""
        roles = roles_of(interaction.user)
        if collection is not None and not self._access.may_see(collection, roles):
            raise RefusedError("That collection is kept for members of other roles.")
        documents = [
            one
            for one in await self._questions.documents(Filters(collection))
            if self._access.may_see(collection_of(one.source.document), roles)
            and _matches(one, search)
        ]
        where = f" in {clip(collection, 200)}" if collection else ""
        about = f" with “{clip(search, 200)}”" if search else ""
        if not documents:
            raise RefusedError(
                f"There is nothing{where}{about}."
                if where or about
                else "The index holds no documents yet."
            )
        last = (len(documents) - 1) // _ON_A_PAGE
        number = min(max(number, 0), last)
        shown = documents[number * _ON_A_PAGE : (number + 1) * _ON_A_PAGE]
        lines = [f"### {counted(len(documents), 'document')}{where}{about}"]
        lines += [document_line(one) for one in shown]
        if not last:
            return Card("\n".join(lines), ui.ActionRow(DocumentSelect(_options(shown))))
        lines.append(f"-# Page {number + 1} of {last + 1}")
        turning = [
            PageButton(number - 1, collection, search, "Back", disabled=number == 0),
            PageButton(number + 1, collection, search, "Next", disabled=number == last),
        ]
        menu = ui.ActionRow[Any](DocumentSelect(_options(shown)))
        return Card("\n".join(lines), menu, *rows(turning))

    async def turn(
        self, interaction: discord.Interaction, number: int, digest: str, search: str
    ) -> None:
        """Shows another page in the message whose button was pressed."""
        await interaction.response.defer()
        async with never_mute(partial(tell, interaction)):
            collection = await self._collection(digest)
            card = await self.page(interaction, number, collection, search)
            await interaction.edit_original_response(view=card)

    async def _collection(self, digest: str) -> str | None:
        if not digest:
            return None
        for name in await self._questions.collections():
            if _digest(name) == digest:
                return name
        raise RefusedError("This collection is no longer there. Please use `/sources` again.")


class PageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"sources:(?P<page>-?\d{1,6}):(?P<collection>[0-9a-f]*):(?P<search>(?s:.*))",
):
    """Turns the list of sources to a page; works after a restart, for its state is in its id."""

    def __init__(
        self,
        page: int,
        collection: str | None,
        search: str,
        label: str,
        *,
        disabled: bool = False,
    ) -> None:
        self.page, self.search = page, search
        self.digest = _digest(collection) if collection else ""
        super().__init__(
            discord.ui.Button(
                label=label, custom_id=f"sources:{page}:{self.digest}:{search}", disabled=disabled
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        label = getattr(item, "label", None) or ""
        button = cls(int(match["page"]), None, match["search"], label)
        button.digest = match["collection"]
        return button

    async def callback(self, interaction: discord.Interaction) -> None:
        client = cast("AscribeClient", interaction.client)
        refusal = client.access.refusal(interaction.guild_id)
        if refusal is not None:
            await tell(interaction, refusal)
            return
        await client.sources.turn(interaction, self.page, self.digest, self.search)


def _matches(document: DocumentInfo, search: str) -> bool:
    source = document.source
    fields = (source.title, source.publisher, source.document, source.published, document.author)
    text = " ".join(filter(None, fields)).casefold()
    return all(word in text for word in search.casefold().split())


def _options(documents: Sequence[DocumentInfo]) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=clipped(one.source.title, 100) or clipped(one.source.document, 100) or "untitled",
            value=digest_of(one.source.document),
            description=clipped(one.source.document, 100) or None,
        )
        for one in documents
    ]


def _digest(collection: str) -> str:
    """A name of any length in the 100 characters of a button's id."""
    return hashlib.blake2s(collection.encode(), digest_size=8).hexdigest()
