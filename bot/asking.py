"""`/ask`, and a mention of the bot as a question."""

import logging
import re
from datetime import date
from typing import Any

import discord
from discord import app_commands

from bot.errors import RefusedError, sentence_for
from bot.markdown import clip
from bot.ongoing import Ongoing
from bot.questions import Questions
from bot.render import answer_pages
from bot.replies import CommandReply, MessageReply, Reply, UndeliverableError, tell
from index.errors import AscribeError
from index.types import Filters

logger = logging.getLogger(__name__)

LONGEST_QUESTION = 1000
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Asking:
    """Takes questions and delivers answers."""

    def __init__(self, questions: Questions, ongoing: Ongoing) -> None:
        self._questions = questions
        self._ongoing = ongoing

    def command(self) -> app_commands.Command[Any, ..., None]:
        @app_commands.command(
            name="ask", description="Ask the documents, and get answers with their exact words."
        )
        @app_commands.describe(
            question="Your question",
            collection="Only look in this collection",
            since="Only documents from then on: 2024, 2024-12 or 2024-12-31",
            until="Only documents up to then: 2024, 2024-12 or 2024-12-31",
        )
        @app_commands.autocomplete(collection=self.suggest_collections)
        async def ask(
            interaction: discord.Interaction,
            question: app_commands.Range[str, 1, LONGEST_QUESTION],
            collection: app_commands.Range[str, 1, 500] | None = None,
            since: app_commands.Range[str, 4, 10] | None = None,
            until: app_commands.Range[str, 4, 10] | None = None,
        ) -> None:
            await self._answer_command(interaction, question, collection, since, until)

        return ask

    async def suggest_collections(
        self, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """The collections whose name holds what has been typed, at most Discord's 25."""
        try:
            names = await self._questions.collections()
        except AscribeError:
            return []  # there is no room for a sentence; the command itself will say it
        wanted = current.casefold()
        fitting = [name for name in names if 1 <= len(name) <= 100 and wanted in name.casefold()]
        return [app_commands.Choice(name=name, value=name) for name in fitting[:25]]

    async def _answer_command(
        self,
        interaction: discord.Interaction,
        question: str,
        collection: str | None,
        since: str | None,
        until: str | None,
    ) -> None:
        try:
            filters = Filters(collection, _dated(since, "since"), _dated(until, "until"))
            self._questions.admit(interaction.user.id)
        except RefusedError as refusal:
            await tell(interaction, refusal.user_message)
            return
        try:
            reply = CommandReply(interaction)
            await reply.defer()
            await self._answer(reply, question, filters, show_question=True)
        finally:
            self._questions.leave()

    async def answer_message(self, message: discord.Message, bot_id: int) -> None:
        """The message's text without the mention is the question."""
        reply = MessageReply(message)
        question = re.sub(rf"<@!?{bot_id}>", " ", message.content).strip()
        if not question:
            await _deliver(reply, ["Ask me something: mention me with a question, or use `/ask`."])
            return
        if len(question) > LONGEST_QUESTION:
            await _deliver(
                reply, [f"Please ask in fewer words: {LONGEST_QUESTION:,} characters at most."]
            )
            return
        try:
            self._questions.admit(message.author.id)
        except RefusedError as refusal:
            await _deliver(reply, [refusal.user_message])
            return
        try:
            await _show_typing(message)
            await self._answer(reply, question, Filters(), show_question=False)
        finally:
            self._questions.leave()

    async def _answer(
        self, reply: Reply, question: str, filters: Filters, *, show_question: bool
    ) -> None:
        try:
            with self._ongoing.entry():
                await self._check(filters)
                answer = await self._questions.answer(question, filters)
                logger.info(
                    "a question of %d characters: %d statements in %.2f s",
                    len(question),
                    len(answer.statements),
                    answer.seconds,
                )
                await _deliver(reply, answer_pages(answer, show_question=show_question))
        except Exception as error:  # noqa: BLE001  (never mute: sentence_for logs it)
            await _deliver(reply, [sentence_for(error)])

    async def _check(self, filters: Filters) -> None:
        if filters.collection is None:
            return
        names = await self._questions.collections()
        if filters.collection not in names:
            there = ", ".join(clip(name, 60) for name in names if name)
            raise RefusedError(
                f"There is no collection {clip(filters.collection, 100)}."
                + (f" There are: {there[:1500]}." if there else "")
            )


async def _deliver(reply: Reply, pages: list[str]) -> None:
    """Sends the pages in order; where Discord refuses for good, the log says so."""
    try:
        for page in pages:
            await reply.send(page)
    except UndeliverableError:
        logger.warning("an answer could not be delivered")
    except discord.DiscordException as error:
        logger.error("Discord refused a message", exc_info=error)


async def _show_typing(message: discord.Message) -> None:
    try:
        await message.channel.typing()
    except discord.HTTPException:
        logger.debug("may not show that it is typing")


def _dated(text: str | None, option: str) -> str | None:
    """A year, a month or a day. Raises RefusedError for anything else."""
    if text is None:
        return None
    value = text.strip()
    try:
        if not _DATE.fullmatch(value):
            raise ValueError(value)
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        raise RefusedError(
            f"`{option}` is a year, a month or a day, such as 2024, 2024-12 or 2024-12-31."
        ) from None
    return value
