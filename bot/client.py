"""The connection to Discord: what the bot hears, and where it goes."""

import asyncio
import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.accusations import Accusations
from bot.actions import FROM_ANOTHER_VERSION, Actions
from bot.answer_buttons import AnswerButton, AnswerSelect
from bot.asking import Asking
from bot.conversations import Conversations
from bot.corpus import Corpus, RemoveButton
from bot.document_card import DocumentButton, DocumentCards, DocumentSelect
from bot.errors import sentence_for
from bot.feedback import Ratings
from bot.hearing import Hearing
from bot.indexing import CancelButton, Indexing
from bot.information import Information
from bot.menus import Menus
from bot.originals import Originals
from bot.parts import Parts
from bot.passages import Passages
from bot.replies import FAILURES, CurrentClient, tell
from bot.sources import PageButton, Sources
from bot.verifying import Verifying
from index.errors import AscribeError

Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group

logger = logging.getLogger(__name__)

_ITEMS = (
    AnswerButton,
    AnswerSelect,
    PageButton,
    CancelButton,
    RemoveButton,
    DocumentButton,
    DocumentSelect,
)

_LONGEST_RATE_LIMIT = 60.0
"""Seconds; discord.py would wait for any rate limit without a word."""

_GUILD_READY_TIMEOUT = 0.5
"""Seconds of waiting for one more server; nothing here depends on having seen them all."""


def _intents(*, message_content: bool) -> discord.Intents:
    """Servers and messages; the text of messages only where they mention the bot, or if wanted."""
    intents = discord.Intents.none()
    intents.guilds = True
    intents.guild_messages = True
    intents.dm_messages = True
    intents.message_content = message_content
    return intents


class AscribeClient(discord.Client):
    """One connection. What outlives it (questions, a reindex) is given to it."""

    def __init__(self, parts: Parts, current: CurrentClient | None = None) -> None:
        """`current` is the connection that there is now; this one, unless it is told otherwise."""
        super().__init__(
            intents=_intents(message_content=parts.message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT,
            guild_ready_timeout=_GUILD_READY_TIMEOUT,
            activity=discord.CustomActivity("Ask me with /ask"),
        )
        current = current or (lambda: self)
        access, questions, journal = parts.access, parts.questions, parts.journal
        self.access = access
        self.was_ready = False
        self._parts = parts
        self._questions = questions
        self._synced_commands = parts.synced_commands
        self._warming: asyncio.Task[None] | None = None
        self.asking = Asking(questions, journal, parts.ongoing, access, current)
        self.sources = Sources(questions, access)
        self.accusations = Accusations(self.asking, questions, parts.ongoing, access, current)
        self.indexing = Indexing(access, parts.reindexing, questions, parts.ongoing, current)
        self.conversations = Conversations(journal, self.asking)
        self.ratings = Ratings(journal)
        originals = Originals(parts.corpus, allowed=parts.original_files)
        passages = Passages(questions, originals)
        self.documents = DocumentCards(questions, originals, access)
        self.corpus = Corpus(
            parts.corpus, parts.upload_megabytes, access, self.indexing, questions, current
        )
        information = Information(
            access, questions, journal, parts.reindexing, self.indexing, parts.status
        )
        self.actions = Actions(
            access, journal, self.asking, passages, self.ratings, self.conversations
        )
        self._hearing = Hearing(access, self.asking, self.conversations, questions)
        self.tree = Tree(self)
        commands: list[Command] = [
            self.asking.command(),
            self.sources.command(self.asking),
            self.accusations.command(),
            self.indexing.command(),
            *information.commands(),
            *([self.corpus.group()] if parts.upload_megabytes else []),
            *Menus(self.asking, questions, parts.ongoing, access, current).commands(),
            Verifying(access, questions, journal, parts.ongoing, current).command(),
        ]
        for command in commands:
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(*_ITEMS)
        await self._sync_changed_commands()
        self._warming = asyncio.create_task(self._warm())

    async def _sync_changed_commands(self) -> None:
        """Discord allows few syncs a day, so it is told only when a command differs."""
        try:
            commands = [command.to_dict(self.tree) for command in self.tree.get_commands()]
            state = json.dumps([self.application_id, commands], sort_keys=True)
            digest = hashlib.sha256(state.encode()).hexdigest()
            if await asyncio.to_thread(_read, self._synced_commands) == digest:
                return
            await self.tree.sync()
            await asyncio.to_thread(_write, self._synced_commands, digest)
            logger.info("told Discord about %d commands", len(commands))
        except FAILURES:
            # The commands that Discord knows from before still work.
            logger.exception("the commands could not be synced")

    async def _warm(self) -> None:
        try:
            logger.info("generation %s is open", await self._questions.warm())
        except AscribeError as error:
            logger.warning("%s", error.user_message)
        except Exception:
            logger.exception("the index could not be opened")

    async def on_ready(self) -> None:
        self.was_ready = True
        logger.info("ready as %s in %d servers", self.user, len(self.guilds))
        for guild in self.guilds:
            if (refusal := self.access.refusal(guild.id)) is not None:
                logger.warning("server %s (%d): %s", guild.name, guild.id, refusal)

    async def on_message(self, message: discord.Message) -> None:
        if self.user is not None:
            await self._hearing.hear(message, self.user)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Forms, which discord.py forgets when it restarts, and buttons that nobody knows any more;
        the rest it hands on by itself."""
        if interaction.type is discord.InteractionType.component:
            data: dict[str, Any] = dict(interaction.data or {})
            id = str(data.get("custom_id", ""))
            if not any(item.__discord_ui_compiled_template__.fullmatch(id) for item in _ITEMS):
                await tell(interaction, FROM_ANOTHER_VERSION)
            return
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        refusal = self.access.refusal(interaction.guild_id)
        if refusal is not None:
            await tell(interaction, refusal)
        elif not (
            await self.ratings.take_form(interaction)
            or await self.conversations.take_form(interaction)
        ):
            await tell(interaction, FROM_ANOTHER_VERSION)

    async def on_error(self, event: str, /, *_: Any, **__: Any) -> None:
        logger.exception("an error in %s", event)


class Tree(app_commands.CommandTree[AscribeClient]):
    """The commands, in servers only; every one passes the same check first."""

    def __init__(self, client: AscribeClient) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )

    async def interaction_check(self, interaction: discord.Interaction[AscribeClient], /) -> bool:
        refusal = self.client.access.refusal(interaction.guild_id)
        if refusal is None:
            return True
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            await tell(interaction, refusal)
        return False

    async def on_error(
        self,
        interaction: discord.Interaction[AscribeClient],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        await tell(interaction, sentence_for(error))


def _read(path: Path) -> str | None:
    return path.read_text().strip() if path.exists() else None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n")
