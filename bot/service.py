"""The bot from its start to its end, however often the connection has to be made again."""

import asyncio
import logging
import os
import sys
from collections.abc import Sequence

import discord

from bot.access import Access
from bot.access_file import AccessFile
from bot.client import AscribeClient
from bot.journalling import Journalling
from bot.ongoing import Ongoing
from bot.parts import Parts
from bot.questions import Answers, Questions
from bot.reindexing import BusyError, Reindexing
from bot.replies import FAILURES
from bot.settings import BotSettings
from bot.watching import watch
from index.errors import AscribeError, SettingsError
from index.journal import Journal
from index.settings import Settings
from index.status import read_status

logger = logging.getLogger(__name__)

_LONGEST_PAUSE = 60.0
_ACCESS_SECONDS = 0.5
_GRACE = 8.0
_REINDEX_GRACE = 6.0
_ANSWERER_GRACE = 1.0
"""Seconds when the bot is stopped: for the replies under way, for the reindex among them to stop
by itself, and for a thread that still answers. Together less than the ten that Docker gives."""


def reindex_command(settings: Settings) -> list[str]:
    return [
        *(sys.executable, "-m", "index", "reindex", "--json", "--progress", "json"),
        *("--corpus", str(settings.corpus_dir), "--data", str(settings.data_dir)),
    ]


class Service:
    """Owns what outlives a connection: the answerer, the questions, a reindex."""

    def __init__(
        self,
        settings: Settings,
        bot_settings: BotSettings,
        answerer: Answers,
        journal: Journal,
        command: Sequence[str] | None = None,
    ) -> None:
        """`command` is what a reindex runs. To be made on the event loop that serves."""
        if bot_settings.discord_token is None:
            raise SettingsError("DISCORD_TOKEN is not set.")
        self._token = bot_settings.discord_token.get_secret_value().strip()
        self._questions = Questions(
            answerer,
            threads=bot_settings.answer_threads,
            at_once=bot_settings.questions_at_once,
            cooldown=bot_settings.cooldown_seconds,
        )
        environment = {name: text for name, text in os.environ.items() if name != "DISCORD_TOKEN"}
        self._reindexing = Reindexing(command or reindex_command(settings), environment)
        self._ongoing = Ongoing()
        self._journal = Journalling(journal)
        access = Access(bot_settings.guilds, bot_settings.admins)
        self._access_file = AccessFile(settings.corpus_dir, access)
        self._parts = Parts(
            access=access,
            questions=self._questions,
            journal=self._journal,
            reindexing=self._reindexing,
            ongoing=self._ongoing,
            corpus=settings.corpus_dir,
            status=lambda: read_status(settings),
            synced_commands=settings.data_dir / "discord-commands",
            message_content=bot_settings.message_content,
            original_files=bot_settings.original_files,
            upload_megabytes=bot_settings.upload_megabytes,
        )
        self._client: AscribeClient | None = None
        self._watch_seconds = bot_settings.watch_seconds
        self._stopped = asyncio.Event()
        self.stuck = False

    def stop(self) -> None:
        """Asks `serve` to end."""
        self._stopped.set()

    async def serve(self) -> None:
        """Answers until `stop`.

        Raises SettingsError when Discord refuses the token.
        """
        pause = 1.0
        watching = asyncio.gather(self._watch(), self._watch_access())
        try:
            while not self._stopped.is_set():
                client = self._client = AscribeClient(self._parts, self._current)
                if await self._connected(client):
                    pause = 1.0
                if self._stopped.is_set():
                    return
                logger.warning("trying again in %.0f s", pause)
                await self._wait(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            self.stuck = not await self._questions.close(_ANSWERER_GRACE)
            await self._journal.close()

    def _current(self) -> AscribeClient:
        assert self._client is not None  # noqa: S101  (made at the start)
        return self._client

    async def _watch(self) -> None:
        if self._watch_seconds:
            await watch(
                self._parts.corpus, lambda: self._wait(self._watch_seconds), self._reindex_quietly
            )

    async def _watch_access(self) -> None:
        while not self._stopped.is_set():
            try:
                await asyncio.to_thread(self._access_file.look)
            except Exception:
                logger.exception("access.toml could not be looked at")
            await self._wait(_ACCESS_SECONDS)

    async def _reindex_quietly(self) -> bool:
        """Whether the corpus of now was read, or tried to."""
        try:
            outcome = await self._reindexing.run(lambda _: None)
            logger.info("the corpus has changed; reindex: %s %s", outcome.status, outcome.reason)
            if outcome.status == "done":
                await self._questions.warm()
        except BusyError:
            return False
        except AscribeError as error:
            logger.warning("%s", error.user_message)
            return True
        return outcome.status != "locked"

    async def _connected(self, client: AscribeClient) -> bool:
        """One connection from start to end; whether it was ever ready."""
        connection = asyncio.create_task(client.start(self._token))
        stopped = asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait({connection, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if stopped.done():
                await self._finish()
            else:
                self._explain(connection.exception(), client)
            return client.was_ready
        finally:
            stopped.cancel()
            await client.close()
            connection.cancel()
            await asyncio.gather(connection, stopped, return_exceptions=True)

    async def _finish(self) -> None:
        """Lets the answers under way and the reindex's last message out."""
        logger.info("stopping")
        self._ongoing.close()
        self._questions.drop_waiting()
        _, drained = await asyncio.gather(
            self._reindexing.stop(_REINDEX_GRACE), self._ongoing.drained(_GRACE)
        )
        if not drained:
            logger.warning("some questions were left unanswered")

    @staticmethod
    def _explain(error: BaseException | None, client: AscribeClient) -> None:
        """Raises SettingsError for what another attempt cannot cure, and logs the rest."""
        if isinstance(error, discord.PrivilegedIntentsRequired):
            raise SettingsError(
                "ASCRIBE_MESSAGE_CONTENT needs the Message Content Intent. Switch it on at "
                "https://discord.com/developers (Bot, Privileged Gateway Intents), or the setting "
                "off."
            ) from error
        if isinstance(error, discord.LoginFailure):
            raise SettingsError(
                "Discord does not accept the token in DISCORD_TOKEN. Take a new one from the "
                "page of your bot at https://discord.com/developers (Bot, Reset Token)."
            ) from error
        never_connected = client.ws is None
        # discord.py 2.7 fails with an AttributeError of its own when the first connection
        # to the gateway cannot be made.
        if isinstance(error, FAILURES) or (never_connected and isinstance(error, AttributeError)):
            logger.warning("Discord cannot be reached: %s", error)
        else:
            logger.error("the connection ended", exc_info=error)

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return
