"""`/reindex`: the corpus is read again while questions go on."""

import asyncio
import contextlib
import logging
import re
import time
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import app_commands

from bot.access import Access
from bot.errors import RefusedError
from bot.layout import Card, rows
from bot.markdown import clip, width
from bot.never_mute import never_mute
from bot.ongoing import Ongoing
from bot.questions import Questions
from bot.reindexing import BusyError, Outcome, Progress, Reindexing, Report
from bot.render import counted
from bot.replies import FAILURES, CommandReply, CurrentClient, Reply, UndeliverableError, tell
from index.errors import AscribeError

if TYPE_CHECKING:
    from bot.client import AscribeClient

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN_EDITS = 1.5
_SECONDS_BETWEEN_ATTEMPTS = 5.0
_SECONDS_BETWEEN_EDITS_WHEN_LONG = 15
"""Discord limits edits of messages that are older than an hour more strictly."""
_LONG = 600.0
_BAR = 12
_STAGES = {
    "read": "reading documents",
    "parse": "finding who said what",
    "embed": "embedding passages",
    "store": "storing",
    "check": "checking the new index",
}


class Indexing:
    """Runs the reindex command for those who may, and shows how far it is."""

    def __init__(
        self,
        access: Access,
        reindexing: Reindexing,
        questions: Questions,
        ongoing: Ongoing,
        current: CurrentClient,
    ) -> None:
        self._access = access
        self._reindexing = reindexing
        self._questions = questions
        self._ongoing = ongoing
        self._current = current

    def command(self) -> app_commands.Command[Any, ..., None]:
        # No default_permissions: it would hide the command from ASCRIBE_ADMINS who are not
        # administrators, and servers can override it. The check below is what counts.
        @app_commands.command(
            name="reindex", description="Read the documents again (administrators only)."
        )
        async def reindex(interaction: discord.Interaction) -> None:
            try:
                self.require(interaction)
                if (busy := self._busy()) is not None:
                    raise RefusedError(busy)
            except RefusedError as refusal:
                await tell(interaction, refusal.user_message)
                return
            reply = CommandReply(interaction, self._current)
            await reply.defer()
            await self.run(reply)

        return reindex

    def require(self, interaction: discord.Interaction) -> None:
        """Raises RefusedError unless the user may change the index."""
        refusal = self._access.refusal(interaction.guild_id)
        if refusal is not None:
            raise RefusedError(refusal)
        if not self._access.may_reindex(interaction.user.id, interaction.permissions):
            raise RefusedError(
                "Only administrators of this server, and users listed in `ASCRIBE_ADMINS`, may "
                "do this."
            )

    async def cancel(self, interaction: discord.Interaction) -> None:
        """Stops the reindex that runs; its own message says how it ended."""
        try:
            self.require(interaction)
            if not self._reindexing.busy:
                raise RefusedError("No reindex is running.")
            await interaction.response.defer()
            await self._reindexing.stop()
        except RefusedError as refusal:
            await tell(interaction, refusal.user_message)

    def _busy(self) -> str | None:
        if not self._reindexing.busy:
            return None
        progress = self._reindexing.progress
        return "A reindex is already running" + (f": {_stage(progress)}." if progress else ".")

    async def run(self, reply: Reply, preface: str = "", *, patient: bool = False) -> None:
        """A reindex from its start to its end, told in a reply below the `preface`.

        A `patient` one waits until a reindex that runs already has ended: it may have passed by
        what has just changed.
        """
        async with never_mute(lambda sentence: _update(reply, _below(preface, sentence))):
            try:
                with self._ongoing.entry():
                    outcome = await self._outcome(reply, preface, patient=patient)
                    logger.info("reindex: %s %s", outcome.status, outcome.reason)
                    if outcome.status == "done":
                        await self._warm()
                    notice = f"\n-# {clip(self._access.notice, 300)}" if self._access.notice else ""
                    await _update(reply, _below(preface, outcome_text(outcome) + notice))
            except BusyError:
                busy = self._busy() or "A reindex was already running."
                await _update(reply, _below(preface, busy))

    async def _outcome(self, reply: Reply, preface: str, *, patient: bool) -> Outcome:
        waits = _below(preface, "Another reindex is running. Mine follows by itself.")
        if patient and self._reindexing.busy:
            await _update(reply, waits)
        while True:
            while patient and self._reindexing.busy:
                await self._reindexing.ended()
                await self._ongoing.pause(0)
            message = _ProgressMessage(reply, self._reindexing, preface)
            try:
                outcome = await self._reindexing.run(message.moved)
            finally:
                await message.end()
            if not (patient and outcome.status == "locked"):
                return outcome
            # By a reindex that was begun in a terminal.
            await _update(reply, waits)
            await self._ongoing.pause(_SECONDS_BETWEEN_ATTEMPTS)

    async def _warm(self) -> None:
        """Opens the new generation before it is announced, so that what is asked next meets it."""
        try:
            await self._questions.warm()
        except AscribeError as error:
            logger.warning("the new index could not be opened: %s", error.user_message)


class _ProgressMessage:
    """Keeps the reply up to date while a reindex runs; Discord takes an edit a second or so."""

    def __init__(self, reply: Reply, reindexing: Reindexing, preface: str) -> None:
        self._reply = reply
        self._preface = preface
        self._reindexing = reindexing
        self._begun = time.monotonic()
        self._moved = asyncio.Event()
        self._editing = asyncio.Lock()
        self._task = asyncio.create_task(self._follow())

    def moved(self, _: Progress) -> None:
        self._moved.set()

    async def _follow(self) -> None:
        while True:
            await self._moved.wait()
            self._moved.clear()
            async with self._editing:
                progress = self._reindexing.progress
                if progress is not None:
                    text = _below(self._preface, progress_text(progress))
                    await _update(self._reply, text, running=True)
            long = time.monotonic() - self._begun > _LONG
            await asyncio.sleep(
                _SECONDS_BETWEEN_EDITS_WHEN_LONG if long else _SECONDS_BETWEEN_EDITS
            )

    async def end(self) -> None:
        """Lets an edit under way finish: it must not arrive after the summary."""
        async with self._editing:
            self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task


async def _update(reply: Reply, text: str, *, running: bool = False) -> None:
    """Where Discord does not take it, the next one may get through."""
    try:
        await reply.show(Card(text, rows([CancelButton()])[0] if running else None))
    except (UndeliverableError, *FAILURES) as error:
        logger.warning("the reindex message could not be changed: %s", error)
    except Exception:
        # aiohttp raises a RuntimeError where the connection was made anew meanwhile.
        logger.exception("the reindex message could not be changed")


def _below(preface: str, text: str) -> str:
    return f"{preface}\n{text}" if preface else text


class CancelButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"reindex:cancel"):
    """Stops the reindex that runs."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label="Cancel", custom_id="reindex:cancel"))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls()

    async def callback(self, interaction: discord.Interaction) -> None:
        await cast("AscribeClient", interaction.client).indexing.cancel(interaction)


def progress_text(progress: Progress) -> str:
    """How far the reindex is, on one line with a bar."""
    filled = round(_BAR * progress.done / progress.total) if progress.total > 0 else 0
    filled = min(max(filled, 0), _BAR)
    text = f"**Reindexing** `{'█' * filled}{'░' * (_BAR - filled)}` {_stage(progress)}"
    if progress.eta_seconds is not None and progress.eta_seconds >= 1:
        text += f", about {_duration(progress.eta_seconds)} left"
    return text


def _stage(progress: Progress) -> str:
    name = _STAGES.get(progress.stage) or clip(progress.stage, 60)
    return f"{name}, {progress.done:,} of {progress.total:,}"


def outcome_text(outcome: Outcome) -> str:
    """What a finished reindex did, within one message."""
    reason = clip(outcome.reason, 1000)
    match outcome.status:
        case "done" | "unchanged" if outcome.report is not None:
            return _report_text(outcome.report)
        case "locked":
            return f"Somebody is reindexing already. Please try again later. {reason}".strip()
        case "cancelled":
            return "The reindex was stopped. The index that was there stays; what was done is kept."
        case _:
            return f"The reindex failed, and the index that was there stays. {reason}".strip()


def _report_text(report: Report) -> str:
    documents = report.documents
    total = documents.added + documents.changed + documents.unchanged
    held = f"{counted(total, 'document')}, {counted(report.passages, 'passage')}"
    if report.changed:
        lines = [f"**Reindexed**: {held}."]
        lines.append(
            f"{documents.added:,} added, {documents.changed:,} changed, "
            f"{documents.removed:,} removed, {documents.unchanged:,} as before."
        )
    else:
        lines = [f"**Nothing has changed**: {held}."]
    took = report.seconds.get("total")
    lines.append(
        f"-# Generation {clip(report.generation, 60)}"
        + (f", {_duration(took)}" if took is not None else "")
    )
    if documents.failed:
        lines.append(f"{counted(len(documents.failed), 'file')} could not be read:")
        lines += _failures(report)
    return "\n".join(lines)


def _failures(report: Report, room: int = 1500) -> list[str]:
    lines: list[str] = []
    failed = report.documents.failed
    for number, failure in enumerate(failed):
        line = f"- {clip(failure.path, 150)}: {clip(failure.reason, 150)}"
        room -= width(line) + 1
        if room < 0:
            lines.append(f"- and {len(failed) - number:,} more; `ascribe reindex` lists them all")
            break
        lines.append(line)
    return lines


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
