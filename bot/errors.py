"""What a person reads when something goes wrong.

AscribeError
└── RefusedError          the bot will not do this now; nothing is wrong
    ├── WaitError         too many questions, from this user or in all
    └── ClosingError      the bot is being stopped
"""

import logging
import secrets

import discord
from discord import app_commands

from bot.markdown import clip
from index.errors import AscribeError, NoIndexError

logger = logging.getLogger(__name__)


class RefusedError(AscribeError):
    """The bot will not do this now; nothing is wrong."""


class WaitError(RefusedError):
    """Too many questions, from this user or in all."""


class ClosingError(RefusedError):
    """The bot is being stopped."""

    def __init__(self) -> None:
        super().__init__("I am restarting. Please try again in a minute.")


def sentence_for(error: BaseException) -> str:
    """The sentence for Discord, with markdown in it made inert.

    An error that nobody foresaw is logged under a reference id, and only that id is shown.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, NoIndexError):
        return (
            "Nothing has been indexed yet. Put documents into the corpus folder, "
            "then an administrator uses `/reindex`."
        )
    if isinstance(error, RefusedError):
        return error.user_message
    if isinstance(error, AscribeError):
        logger.warning("%s: %s", type(error).__name__, error.user_message)
        return clip(error.user_message, 1500)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return "This command has changed. Please reload Discord (Ctrl+R) and try again."
    if isinstance(error, discord.NotFound):
        logger.warning("Discord no longer has what a reply belongs to: %s", error)
        return "The message or channel that this belongs to is gone. Please ask again with `/ask`."
    if isinstance(error, discord.Forbidden):
        logger.warning("Discord does not let the bot: %s", error)
        return (
            "Discord does not let me do this here: a permission is missing. An administrator of "
            "this server can give it to me."
        )
    reference = secrets.token_hex(4)
    logger.error("reference %s", reference, exc_info=error)
    return (
        "Something went wrong on my side. If it happens again, give whoever runs me "
        f"this reference: `{reference}`"
    )
