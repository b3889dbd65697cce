"""Thumbs up and down, and why."""

import asyncio
import logging
import re
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.journalling import Journalling
from bot.never_mute import never_mute
from bot.replies import tell
from index.journal import Kept

logger = logging.getLogger(__name__)

_PATIENCE = 1.5
"""Seconds that a form may wait for the disk: Discord takes none after three."""
_LONGEST_REASON = 500
_FORM = re.compile(r"why:(?P<answer>[\w-]{1,40})")


class WhyForm(ui.Modal):
    """Asks why an answer was not helpful. What comes of it is read from its id: see `Ratings`."""

    def __init__(self, answer_id: str) -> None:
        super().__init__(title="What was wrong?", custom_id=f"why:{answer_id}", timeout=600)
        self.add_item(
            ui.Label(
                text="In a few words",
                description="Whoever looks after the documents reads it.",
                component=ui.TextInput(
                    custom_id="reason",
                    style=discord.TextStyle.paragraph,
                    max_length=_LONGEST_REASON,
                    required=False,
                    placeholder="It does not answer my question; a source is missing; …",
                ),
            )
        )


class Ratings:
    """Writes down what readers think of an answer. What was thanked for is on the disk."""

    def __init__(self, journal: Journalling) -> None:
        self._journal = journal

    async def up(self, interaction: discord.Interaction, kept: Kept, _: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._rate(kept.id, interaction, good=True)
        await interaction.edit_original_response(content="Thank you, I have noted it.")

    async def down(self, interaction: discord.Interaction, kept: Kept, _: str) -> None:
        writing = asyncio.create_task(self._rate(kept.id, interaction, good=False))
        try:
            await asyncio.wait_for(asyncio.shield(writing), _PATIENCE)
        except TimeoutError:
            writing.add_done_callback(_logged)
        await interaction.response.send_modal(WhyForm(kept.id))

    async def take_form(self, interaction: discord.Interaction) -> bool:
        """The form that `WhyForm` was, also one that was opened before a restart."""
        data: dict[str, Any] = dict(interaction.data or {})
        form = _FORM.fullmatch(str(data.get("custom_id", "")))
        if form is None:
            return False
        async with never_mute(partial(tell, interaction)):
            await interaction.response.defer(ephemeral=True, thinking=True)
            reason = form_value(data, "reason")[:_LONGEST_REASON]
            await self._rate(form["answer"], interaction, good=False, reason=reason)
            await interaction.edit_original_response(content="Thank you, I have noted it.")
        return True

    async def _rate(
        self, answer_id: str, interaction: discord.Interaction, *, good: bool, reason: str = ""
    ) -> None:
        user = str(interaction.user.id)
        await self._journal.do(lambda journal: journal.rate(answer_id, user, good, reason))


def form_value(data: dict[str, Any], name: str) -> str:
    """What was typed into a field of a form; empty without."""
    for component in data.get("components", ()):
        inner = [component.get("component") or {}, *component.get("components", ())]
        for field in inner:
            if field.get("custom_id") == name:
                return str(field.get("value") or "").strip()
    return ""


def _logged(task: "asyncio.Task[None]") -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        logger.error("a rating could not be written", exc_info=error)
