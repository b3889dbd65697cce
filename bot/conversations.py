"""Follow-ups: in a thread, by reply, or typed into a form."""

import logging
import re
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.answer_buttons import AnswerButton
from bot.asking import LONGEST_QUESTION, Asking
from bot.errors import RefusedError
from bot.feedback import form_value
from bot.journalling import Journalling
from bot.layout import Note
from bot.markdown import clipped
from bot.never_mute import never_mute
from bot.replies import tell
from index.errors import JournalError
from index.journal import Kept

logger = logging.getLogger(__name__)

_FORM = re.compile(r"ask:(?P<answer>[\w-]{1,40})")
_THREAD_NAME = 90
_HAS_THREAD = 160004
"""Discord's code for a message on which somebody has just opened one."""


class FollowUpForm(ui.Modal):
    """Takes the next question. What comes of it is read from its id: see `Conversations`."""

    def __init__(self, answer_id: str) -> None:
        super().__init__(title="Ask on", custom_id=f"ask:{answer_id}", timeout=600)
        self.add_item(
            ui.Label(
                text="Your next question",
                description="I remember what you asked before.",
                component=ui.TextInput(
                    custom_id="question",
                    style=discord.TextStyle.paragraph,
                    max_length=LONGEST_QUESTION,
                    placeholder="And in March?",
                ),
            )
        )


class Conversations:
    """Opens threads and forms, and finds the answer that a message goes on from."""

    def __init__(self, journal: Journalling, asking: Asking) -> None:
        self._journal = journal
        self._asking = asking

    async def follow_up(self, interaction: discord.Interaction, kept: Kept, _: str) -> None:
        """A thread on the answer; a form where there can be none."""
        message, channel = interaction.message, interaction.channel
        can = interaction.app_permissions
        if message is not None and message.flags.has_thread:
            # A thread on a message has the message's id.
            await tell(interaction, f"Please go on in <#{message.id}>.")
            return
        if (
            kept.private
            or message is None
            or message.flags.ephemeral
            or not isinstance(channel, discord.TextChannel)
            or not (can.create_public_threads and can.send_messages_in_threads)
        ):
            await self.type_follow_up(interaction, kept, "")
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            thread = await message.create_thread(
                name=clipped(kept.answer.question, _THREAD_NAME), auto_archive_duration=1440
            )
            await self._journal.do(lambda journal: journal.link(str(thread.id), kept.id))
            await thread.send(
                view=Note(
                    "Ask on here: mention me with your next question, reply to an answer, or use "
                    "the button. I remember what was asked before.",
                    AnswerButton(kept.id, "type", label="Ask on"),
                )
            )
        except discord.HTTPException as error:
            if error.code == _HAS_THREAD:
                await interaction.edit_original_response(
                    content=f"Please go on in <#{message.id}>."
                )
                return
            logger.warning("a thread could not be opened: %s", error)
            raise RefusedError(
                "I could not open a thread here. Reply to the answer with your next question."
            ) from error
        await interaction.edit_original_response(content=f"Please go on in <#{thread.id}>.")

    async def type_follow_up(self, interaction: discord.Interaction, kept: Kept, _: str) -> None:
        await interaction.response.send_modal(FollowUpForm(kept.id))

    async def take_form(self, interaction: discord.Interaction) -> bool:
        """The form that `FollowUpForm` was, also one that was opened before a restart."""
        data: dict[str, Any] = dict(interaction.data or {})
        form = _FORM.fullmatch(str(data.get("custom_id", "")))
        if form is None:
            return False
        async with never_mute(partial(tell, interaction)):
            user, place = str(interaction.user.id), str(interaction.channel_id)
            kept = await self._journal.do(lambda journal: journal.answer(form["answer"]))
            last = await self._journal.do(lambda journal: journal.last_in(place, user))
            follows = kept if isinstance(interaction.channel, discord.TextChannel) else last or kept
            await self._asking.answer_interaction(
                interaction,
                form_value(data, "question"),
                private=kept.private if kept else True,
                follows=follows.id if follows else None,
            )
        return True

    async def replied_to(self, message: discord.Message) -> Kept | None:
        """The answer that a message replies to, when it replies to one."""
        reference = message.reference
        if reference is None or reference.message_id is None:
            return None
        return await self._shown_in(str(reference.message_id))

    async def before(self, message: discord.Message) -> Kept | None:
        """The answer that a message goes on from: the one replied to, or the thread's last."""
        replied = await self.replied_to(message)
        if replied is not None or isinstance(message.channel, discord.TextChannel):
            return replied
        # Not every thread is known as one: discord.py hears of old ones only when they wake.
        place, user = str(message.channel.id), str(message.author.id)
        opened = await self._shown_in(place)
        if opened is None:
            return None
        try:
            return await self._journal.do(lambda journal: journal.last_in(place, user)) or opened
        except JournalError:
            return opened

    async def _shown_in(self, message_id: str) -> Kept | None:
        try:
            return await self._journal.do(lambda journal: journal.answer_in(message_id))
        except JournalError as error:
            logger.warning("%s", error)
            return None
