"""The ways to answer: to a command, to a message, and when Discord does not let us."""

import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

import aiohttp
import discord

from bot.layout import Note

logger = logging.getLogger(__name__)

FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What a call to Discord raises when it does not succeed."""

_TOKEN_LIFE = 14 * 60.0
"""Seconds; Discord takes follow-ups for 15 minutes."""
_INVALID_WEBHOOK_TOKEN = 50027

CurrentClient = Callable[[], discord.Client]
"""The connection that there is now; the one that a command came by may have been given up."""


class UndeliverableError(Exception):
    """Discord takes no message here; the asker has been told if there was a way."""


class Reply(Protocol):
    """Where an answer goes: one message, which can be replaced until it says all."""

    async def show(self, content: str | discord.ui.LayoutView, **more: Any) -> discord.Message:
        """Shows it, in place of what was shown before. Raises UndeliverableError."""


def _view(content: str | discord.ui.LayoutView) -> discord.ui.LayoutView:
    return Note(content) if isinstance(content, str) else content


class CommandReply:
    """To a command or a button: `defer` first, then `show`.

    Where the interaction has died (acknowledged too late, or older than its token lives) the
    message goes to the channel. What was to be seen by the asker alone does not.
    """

    def __init__(self, interaction: discord.Interaction, current: CurrentClient) -> None:
        self._interaction = interaction
        self._current = current
        self._born = time.monotonic()
        self._dead = False
        self._private = False
        self._substitute: discord.Message | None = None

    async def defer(self, *, ephemeral: bool = False) -> None:
        """Shows that the bot is thinking. Must come within three seconds of the command."""
        self._private = ephemeral
        try:
            await self._interaction.response.defer(thinking=True, ephemeral=ephemeral)
        except discord.NotFound:
            logger.warning("a command could not be acknowledged in time")
            self._dead = True
        except FAILURES as error:
            # It may have arrived all the same; the first message will show.
            logger.warning("acknowledging a command failed: %s", error)

    async def show(self, content: str | discord.ui.LayoutView, **more: Any) -> discord.Message:
        view = _view(content)
        shown = await self._through_interaction(view, more)
        return shown or await self._in_channel(view, more)

    async def _through_interaction(
        self, view: discord.ui.LayoutView, more: dict[str, Any]
    ) -> discord.Message | None:
        if self._dead or time.monotonic() - self._born > _TOKEN_LIFE:
            return None
        try:
            client = self._current()
            if client is self._interaction.client:
                return await self._interaction.edit_original_response(view=view, **more)
            # The connection that the command came by is closed, and with it its HTTP session.
            webhook = discord.Webhook.partial(
                self._interaction.application_id, self._interaction.token, client=client
            )
            original: Any = "@original"
            return await webhook.edit_message(original, view=view, **more)
        except discord.HTTPException as error:
            if error.status != 404 and error.code != _INVALID_WEBHOOK_TOKEN:
                raise
            self._dead = True
        return None

    async def _in_channel(
        self, view: discord.ui.LayoutView, more: dict[str, Any]
    ) -> discord.Message:
        channel_id = self._interaction.channel_id
        if channel_id is None or self._private:
            raise UndeliverableError
        try:
            if self._substitute is None:
                channel = self._current().get_partial_messageable(channel_id)
                if files := more.pop("attachments", None):
                    more["files"] = files
                self._substitute = await channel.send(view=view, **more)
            else:
                partial = self._current().get_partial_messageable(channel_id)
                message = partial.get_partial_message(self._substitute.id)
                self._substitute = await message.edit(view=view, **more)
        except (discord.Forbidden, discord.NotFound) as error:
            raise UndeliverableError from error
        return self._substitute


class MessageReply:
    """To a message that mentions the bot; a direct message says so where the bot may not write."""

    def __init__(self, message: discord.Message) -> None:
        self._message = message
        self._shown: discord.Message | None = None

    async def show(self, content: str | discord.ui.LayoutView, **more: Any) -> discord.Message:
        view = _view(content)
        if self._shown is not None:
            try:
                self._shown = await self._shown.edit(view=view, **more)
            except discord.NotFound:
                self._shown = None
        if self._shown is None:
            self._shown = await self._send(view, more)
        return self._shown

    async def _send(self, view: discord.ui.LayoutView, more: dict[str, Any]) -> discord.Message:
        channel = self._message.channel
        reference = self._message.to_reference(fail_if_not_exists=False)
        try:
            return await channel.send(view=view, reference=reference, mention_author=False, **more)
        except discord.HTTPException as error:
            # Without "Read Message History" a message may be sent, but not as a reply.
            if error.status == 404:
                raise UndeliverableError from error
            if error.status not in (400, 403):
                raise
        try:
            return await channel.send(view=view, **more)
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
