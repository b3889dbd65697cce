"""`/help`, `/status` and `/unanswered`."""

import asyncio
import io
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import discord
from discord import app_commands

from bot.access import Access
from bot.errors import RefusedError
from bot.indexing import Indexing
from bot.journalling import Journalling
from bot.layout import Card
from bot.markdown import clip, width
from bot.never_mute import never_mute
from bot.questions import Questions
from bot.reindexing import Reindexing
from bot.render import counted
from bot.replies import tell
from index.errors import NoIndexError
from index.examples import Example
from index.status import Status
from index.unanswered import Unanswered, table

_ROOM = 3300
_EXAMPLES = 6
_PATIENCE = 5.0
"""Seconds that help waits for its examples."""


class Information:
    """What people ask about the bot itself."""

    def __init__(
        self,
        access: Access,
        questions: Questions,
        journal: Journalling,
        reindexing: Reindexing,
        indexing: Indexing,
        status: Callable[[], Status],
    ) -> None:
        self._access = access
        self._questions = questions
        self._journal = journal
        self._reindexing = reindexing
        self._indexing = indexing
        self._status = status
        self._begun = time.monotonic()

    def commands(self) -> list[app_commands.Command[Any, ..., None]]:
        @app_commands.command(name="help", description="How to ask, with examples.")
        async def help_(interaction: discord.Interaction) -> None:
            await self._private(interaction, self._help)

        @app_commands.command(name="status", description="What is indexed, and how busy I am.")
        async def status(interaction: discord.Interaction) -> None:
            tells_all = self._access.may_reindex(interaction.user.id, interaction.permissions)
            await self._private(interaction, lambda: self._state(tells_all=tells_all))

        @app_commands.command(
            name="unanswered",
            description="Questions that met silence or a thumbs down (administrators only).",
        )
        @app_commands.describe(export="As a table for a spreadsheet")
        async def unanswered(interaction: discord.Interaction, export: bool = False) -> None:
            try:
                self._indexing.require(interaction)
            except RefusedError as refusal:
                await tell(interaction, refusal.user_message)
                return
            await self._private(interaction, self._table if export else self._unanswered)

        return [help_, status, unanswered]

    async def _private(self, interaction: discord.Interaction, make: Any) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        async with never_mute(
            lambda sentence: interaction.edit_original_response(content=sentence)
        ):
            shown = await make()
            if isinstance(shown, discord.File):
                await interaction.edit_original_response(attachments=[shown])
            else:
                await interaction.edit_original_response(view=Card(shown))

    async def _help(self) -> str:
        lines = [
            "### Ask me about the documents",
            "I answer with their exact words and show where they stand; when they do not say, I "
            "say so. Use `/ask`, mention me with a question, or right-click a message and choose "
            "**Apps**.",
        ]
        examples = await self._examples()
        if examples is None:
            lines.append(
                "\n**Try these**\nI am still looking for examples in the documents. Use `/help` "
                "again in a minute."
            )
        elif examples:
            lines.append("\n**Try these**")
            lines += map(_example_line, examples[:_EXAMPLES])
        lines += [
            "\n**Below an answer**",
            "**Read [1]** opens the passage for you alone. **Ask follow-up** goes on: “and in "
            "March?” is understood. **Helpful** and **Not helpful** tell whoever looks after me.",
            "\n**More**",
            "`/accusations` lists who accuses whom · `/sources` shows what I read · `/status` says "
            "how I am",
        ]
        return "\n".join(lines)

    async def _examples(self) -> list[Example] | None:
        """Questions that this corpus answers; None where they are still looked for."""
        try:
            scope = None
            if self._access.kept_for:
                scope = self._access.scope(await self._questions.collections())
            async with asyncio.timeout(_PATIENCE):
                return await self._questions.examples(scope)
        except TimeoutError:
            return None
        except NoIndexError:
            return []

    async def _state(self, *, tells_all: bool) -> str:
        status = await asyncio.to_thread(self._status)
        lines = ["### How I am"]
        manifest = status.manifest
        if manifest is None:
            lines.append("Nothing has been indexed yet.")
        else:
            lines += [
                f"**{counted(manifest.documents, 'document')}**, "
                f"{counted(manifest.passages, 'passage')}, "
                f"{counted(manifest.attributions, 'statement')} of who said what",
                f"Indexed {_moment(manifest.created)} (generation {clip(manifest.name, 40)})",
            ]
            if manifest.failed:
                lines.append(f"{counted(len(manifest.failed), 'file')} could not be read")
        progress = self._reindexing.progress
        if self._reindexing.busy:
            far = f", {progress.done:,} of {progress.total:,}" if progress else ""
            lines.append(f"A reindex is running{far}.")
        waiting = self._questions.ahead
        lines.append(f"{counted(waiting, 'question')} waiting" if waiting else "Nobody is waiting.")
        minutes = max(0, int(time.monotonic() - self._begun)) // 60
        lines.append(f"-# Running for {counted(minutes, 'minute')}, {status.bytes / 1e6:,.1f} MB")
        notices = await self._journal.do(lambda journal: journal.notices)
        if tells_all:
            notices = (*notices[-3:], self._access.notice or "")
            lines += [f"-# {clip(notice, 300)}" for notice in notices if notice]
        return "\n".join(lines)

    async def _groups(self) -> list[Unanswered]:
        groups = await self._journal.do(lambda journal: journal.unanswered())
        if not groups:
            raise RefusedError("Every question so far was answered, and nobody complained.")
        return groups

    async def _unanswered(self) -> str:
        return unanswered_text(await self._groups())

    async def _table(self) -> discord.File:
        text = table(await self._groups())
        return discord.File(io.BytesIO(b"\xef\xbb\xbf" + text.encode()), "unanswered.csv")


def _example_line(example: Example) -> str:
    """As it is typed, and what it teaches."""
    inside = f" `collection:`{clip(example.collection, 60)}" if example.collection else ""
    return f"- `/ask` {clip(example.question, 200)}{inside}\n-# {clip(example.shows, 100)}"


def _moment(created: str) -> str:
    """A time as each reader's client spells it; the text itself where it is none."""
    try:
        return f"<t:{int(datetime.fromisoformat(created).timestamp())}:f>"
    except ValueError:
        return clip(created, 40)


def unanswered_text(groups: Sequence[Unanswered]) -> str:
    """The questions that are asked most, as far as a message holds them."""
    total = sum(len(group.questions) for group in groups)
    text = f"### {counted(total, 'question')} without a good answer"
    for number, group in enumerate(groups):
        said = [f"asked {counted(len(group.questions), 'time')}"]
        if group.silent:
            said.append(f"silence {counted(group.silent, 'time')}")
        if group.downs:
            said.append(counted(group.downs, "thumb") + " down")
        block = f"\n**{clip(group.question, 200)}**\n-# {', '.join(said)}"
        if group.reasons:
            block += f"\n-# “{clip(' · '.join(group.reasons), 200)}”"
        if width(text + block) > _ROOM:
            left = len(groups) - number
            return f"{text}\n-# and {counted(left, 'more group')}: `/unanswered export:True`"
        text += block
    return text + "\n-# The whole list as a table: `/unanswered export:True`"
