"""What the buttons below an answer do. Each begins at the journal, so that it works for ever."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import discord

from bot.access import Access, roles_of
from bot.answer_card import answer_card
from bot.answer_pages import Page, answer_pages
from bot.asking import REMARKS, Asking
from bot.conversations import Conversations
from bot.errors import RefusedError
from bot.feedback import Ratings
from bot.journalling import Journalling
from bot.markdown import clip
from bot.never_mute import never_mute
from bot.passages import Passages
from bot.replies import FAILURES, tell
from index.journal import Kept
from index.types import Filters

FROM_ANOTHER_VERSION = "This button is from another version of mine. Please ask again."
_SHARED = "shared"
_Action = Callable[[discord.Interaction, Kept, str], Awaitable[None]]


class Actions:
    """Finds the answer that a button belongs to, and does what the button says."""

    def __init__(
        self,
        access: Access,
        journal: Journalling,
        asking: Asking,
        passages: Passages,
        ratings: Ratings,
        conversations: Conversations,
    ) -> None:
        self._access = access
        self._journal = journal
        self._asking = asking
        self._actions: dict[str, _Action] = {
            "read": passages.read,
            "before": passages.before,
            "after": passages.after,
            "file": passages.file,
            "page": self._page,
            "up": ratings.up,
            "down": ratings.down,
            "follow": conversations.follow_up,
            "type": conversations.type_follow_up,
            "share": self._share,
            "literal": self._literal,
            "wide": self._wide,
        }

    async def act(
        self, interaction: discord.Interaction, answer_id: str, action: str, argument: str
    ) -> None:
        """Does it, or says in a sentence why not."""
        async with never_mute(partial(tell, interaction)):
            refusal = self._access.refusal(interaction.guild_id)
            if refusal is not None:
                raise RefusedError(refusal)
            kept = await self._journal.do(lambda journal: journal.answer(answer_id))
            if kept is None:
                raise RefusedError(
                    "I no longer have this answer: it was erased from my journal. "
                    "Please ask again with `/ask`."
                )
            if not self._access.may_see_answer(kept.answer, roles_of(interaction.user)):
                raise RefusedError(
                    "This answer shows documents that are kept for members of other roles."
                )
            if kept.private and str(interaction.user.id) != kept.user:
                raise RefusedError("This answer is private: only who asked may use it.")
            wanted = self._actions.get(action)
            if wanted is None:
                raise RefusedError(FROM_ANOTHER_VERSION)
            await wanted(interaction, kept, argument)

    async def _page(self, interaction: discord.Interaction, kept: Kept, argument: str) -> None:
        """In place where only the reader sees the message; privately where others read it too."""
        pages = await self._pages(kept)
        number = min(int(argument) if argument.isdecimal() else 0, len(pages) - 1)
        card = answer_card(pages, number, kept.id, private=kept.private)
        message = interaction.message
        if message is not None and message.flags.ephemeral:
            await interaction.response.edit_message(view=card)
        else:
            await interaction.response.send_message(view=card, ephemeral=True)

    async def _pages(self, kept: Kept) -> list[Page]:
        said = await self._journal.do(lambda journal: journal.state(kept.id, REMARKS))
        remarks = said.split("\n") if said else []
        return answer_pages(kept.answer, show_question=True, remarks=remarks)

    async def _share(self, interaction: discord.Interaction, kept: Kept, _: str) -> None:
        """Posts a private answer for everybody. The public one has a life of its own."""
        if not self._access.may_see_answer(kept.answer):
            raise RefusedError(
                "This answer shows documents that not everybody here may see, so it stays private."
            )
        if not await self._journal.do(lambda journal: _mark_shared(journal, kept.id)):
            raise RefusedError("You have shared this answer already.")
        pages = await self._pages(kept)
        public = await self._journal.do(lambda journal: _keep_public(journal, kept))
        await interaction.response.edit_message(
            view=answer_card(pages, 0, kept.id, private=True, shared=True)
        )
        heading = f"-# Shared by {clip(interaction.user.display_name, 60)}"
        shown = answer_card(pages, 0, public, heading=heading)
        try:
            message = await interaction.followup.send(view=shown, wait=True)
        except FAILURES:
            await self._journal.do(lambda journal: journal.set_state(kept.id, _SHARED, ""))
            raise
        if public is not None:
            await self._journal.do(lambda journal: journal.link(str(message.id), public))

    async def _literal(self, interaction: discord.Interaction, kept: Kept, _: str) -> None:
        await self._again(interaction, kept, kept.filters, literal=True)

    async def _wide(self, interaction: discord.Interaction, kept: Kept, _: str) -> None:
        await self._again(interaction, kept, Filters())

    async def _again(
        self,
        interaction: discord.Interaction,
        kept: Kept,
        filters: Filters,
        *,
        literal: bool = False,
    ) -> None:
        await self._asking.answer_interaction(
            interaction,
            kept.answer.question,
            Filters(filters.collection, filters.since, filters.until),
            private=kept.private,
            follows=kept.follows,
            literal=literal,
        )


def _mark_shared(journal: Any, id: str) -> bool:
    """Whether it was not before; two quick clicks come one after the other here."""
    if journal.state(id, _SHARED):
        return False
    journal.set_state(id, _SHARED, "yes")
    return True


def _keep_public(journal: Any, kept: Kept) -> str | None:
    id: str | None = journal.keep(
        kept.answer,
        user=kept.user,
        place=kept.place,
        filters=kept.filters,
        follows=kept.follows,
    )
    remarks = journal.state(kept.id, REMARKS)
    if id is not None and remarks:
        journal.set_state(id, REMARKS, remarks)
    return id
