"""The ways to answer: to a command, to a message, and when Discord does not let us."""

import logging
import time
from typing import Protocol

import aiohttp
import discord

logger = logging.getLogger(__name__)

FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What a call to Discord raises when it does not succeed."""

_TOKEN_LIFE = 14 * 60.0
"""Seconds; Discord takes follow-ups for 15 minutes."""
_INVALID_WEBHOOK_TOKEN = 50027


class UndeliverableError(Exception):
    """Discord takes no message here; the asker has been told if there was a way."""


class Reply(Protocol):
    """Where the pages of an answer go, one after the other."""

    async def send(self, content: str) -> None:
        """Raises UndeliverableError when there is no way."""


class CommandReply:
    """To a slash command: `defer` first, then pages.

    Where the interaction has died (acknowledged too late, or older than its
    token lives) the pages go to the channel.
    """

    def __init__(self, interaction: discord.Interaction) -> None:
        self._interaction = interaction
        self._born = time.monotonic()
        self._filled = False
        self._dead = False
        self._substitute: discord.Message | None = None

    async def defer(self, *, ephemeral: bool = False) -> None:
        """Shows that the bot is thinking. Must come within three seconds of the command."""
        try:
            await self._interaction.response.defer(thinking=True, ephemeral=ephemeral)
        except discord.NotFound:
            logger.warning("a command could not be acknowledged in time")
            self._dead = True
        except FAILURES as error:
            # It may have arrived all the same; the first page will show.
            logger.warning("acknowledging a command failed: %s", error)

    async def send(self, content: str) -> None:
        if not await self._through_interaction(content, again=False):
            await self._to_channel(content)

    async def update(self, content: str) -> None:
        """Replaces what the first message says."""
        if await self._through_interaction(content, again=True):
            return
        if self._substitute is None:
            self._substitute = await self._to_channel(content)
        else:
            await self._substitute.edit(content=content)

    async def _through_interaction(self, content: str, *, again: bool) -> bool:
        if self._dead or time.monotonic() - self._born > _TOKEN_LIFE:
            return False
        try:
            if self._filled and not again:
                await self._interaction.followup.send(content)
            else:
                await self._interaction.edit_original_response(content=content)
                self._filled = True
        except discord.HTTPException as error:
            if error.status != 404 and error.code != _INVALID_WEBHOOK_TOKEN:
                raise
            self._dead = True
        return not self._dead

    async def _to_channel(self, content: str) -> discord.Message:
        channel_id = self._interaction.channel_id
        if channel_id is None:
            raise UndeliverableError
        channel = self._interaction.client.get_partial_messageable(channel_id)
        try:
            return await channel.send(content)
        except (discord.Forbidden, discord.NotFound) as error:
            raise UndeliverableError from error


class MessageReply:
    """To a message that mentions the bot; a direct message says so where the bot may not write."""

    def __init__(self, message: discord.Message) -> None:
        self._message = message
        self._replied = False

    async def send(self, content: str) -> None:
        channel = self._message.channel
        if not self._replied:
            self._replied = True
            reference = self._message.to_reference(fail_if_not_exists=False)
            try:
                await channel.send(content, reference=reference, mention_author=False)
            except discord.HTTPException as error:
                # Without "Read Message History" a message may be sent, but not as a reply.
                if error.status not in (400, 403):
                    raise
            else:
                return
        try:
            await channel.send(content)
        except discord.Forbidden as error:
            await self._tell_privately()
            raise UndeliverableError from error

    async def _tell_privately(self) -> None:
        channel = self._message.channel
        try:
            await self._message.author.send(
                f"I may not write in <#{channel.id}>. Please use `/ask` there, or ask an "
                "administrator to give me the permission to send messages."
            )
        except discord.HTTPException:
            logger.warning("may not write in channel %d, nor to the asker", channel.id)


async def tell(interaction: discord.Interaction, sentence: str) -> None:
    """A sentence that only the user sees, as the answer or after it."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except FAILURES:
        logger.exception("a sentence could not be delivered")
