"""The buttons and menus of an answer. All they know is in their id, so that a restart, a reindex
and the years leave them at work; what the answer was is in the journal."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, cast

import discord

if TYPE_CHECKING:
    from bot.client import AscribeClient

_ID = r"(?P<answer>[\w-]{1,40})"


class AnswerButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=rf"answer:{_ID}:(?P<action>[a-z]+)(?::(?P<argument>[\w.:-]{{1,40}}))?",
):
    """Does `action` with an answer."""

    def __init__(
        self,
        answer_id: str,
        action: str,
        argument: str = "",
        *,
        label: str | None = None,
        emoji: str | None = None,
        disabled: bool = False,
    ) -> None:
        self.answer_id, self.action, self.argument = answer_id, action, argument
        parts = ["answer", answer_id, action, *([argument] if argument else [])]
        super().__init__(
            discord.ui.Button(
                label=label or action, emoji=emoji, custom_id=":".join(parts), disabled=disabled
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(match["answer"], match["action"], match["argument"] or "")

    async def callback(self, interaction: discord.Interaction) -> None:
        client = cast("AscribeClient", interaction.client)
        await client.actions.act(interaction, self.answer_id, self.action, self.argument)


class AnswerSelect(discord.ui.DynamicItem[discord.ui.Select[Any]], template=rf"passages:{_ID}"):
    """Opens one of an answer's passages, where there are too many for a button each."""

    def __init__(self, answer_id: str, options: Sequence[discord.SelectOption]) -> None:
        self.answer_id = answer_id
        super().__init__(
            discord.ui.Select(
                custom_id=f"passages:{answer_id}",
                placeholder="Read a passage",
                options=list(options),
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(match["answer"], getattr(item, "options", []))

    async def callback(self, interaction: discord.Interaction) -> None:
        client = cast("AscribeClient", interaction.client)
        await client.actions.act(interaction, self.answer_id, "read", self.item.values[0])
