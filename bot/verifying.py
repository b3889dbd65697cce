"""Right-click on an answer, Apps: "Verify this answer". What has become of its sources since?"""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.access import Access, roles_of
from bot.errors import RefusedError
from bot.journalling import Journalling
from bot.markdown import clip
from bot.never_mute import never_mute
from bot.ongoing import Ongoing
from bot.questions import Questions
from bot.replies import CommandReply, CurrentClient, tell
from index.claims import Bearing
from index.journal import Kept
from index.markup import readable_citation
from index.standing import Standing
from index.types import Citation, Filters, Statement

_MOST = 10
"""Citations and statements that are looked at."""
_SAID = {
    Standing.UNCHANGED: "unchanged",
    Standing.CHANGED: "the source was edited, but still has these words",
    Standing.REWORDED: "the source was edited and no longer has these words",
    Standing.GONE: "the source is gone",
}


class Verifying:
    """Looks up an earlier answer and compares its citations with the documents of today."""

    def __init__(
        self,
        access: Access,
        questions: Questions,
        journal: Journalling,
        ongoing: Ongoing,
        current: CurrentClient,
    ) -> None:
        self._access = access
        self._questions = questions
        self._journal = journal
        self._ongoing = ongoing
        self._current = current

    def command(self) -> app_commands.ContextMenu:
        async def verify(interaction: discord.Interaction, message: discord.Message) -> None:
            await self._verify(interaction, str(message.id))

        return app_commands.ContextMenu(name="Verify this answer", callback=verify)

    async def _verify(self, interaction: discord.Interaction, message: str) -> None:
        """Privately, for who may see the answer."""
        try:
            self._questions.admit(interaction.user.id)
        except RefusedError as refusal:
            await tell(interaction, refusal.user_message)
            return
        reply = CommandReply(interaction, self._current)
        try:
            async with never_mute(reply.show):
                await reply.defer(ephemeral=True)
                with self._ongoing.entry():
                    await reply.show(await self._finding(interaction, message))
        finally:
            self._questions.leave()

    async def _finding(self, interaction: discord.Interaction, message: str) -> str:
        roles = roles_of(interaction.user)
        kept = await self._journal.do(lambda journal: journal.answer_in(message))
        if kept is None:
            raise RefusedError("This is no answer of mine, or I no longer have it in my journal.")
        if not self._access.may_see_answer(kept.answer, roles):
            raise RefusedError(
                "This answer shows documents that are kept for members of other roles."
            )
        if kept.private and str(interaction.user.id) != kept.user:
            raise RefusedError("This answer is private: only who asked may use it.")
        if not kept.answer.statements:
            raise RefusedError("This answer cites nothing that could be verified.")
        names = await self._questions.collections() if self._access.kept_for else []
        scope = self._access.scope(names, roles)
        standings = await self._standings(kept, scope)
        lines = [
            f"**[{one.number}]** {clip(one.source.title, 80)}: {_SAID[standing]}."
            for one, standing in standings
        ]
        left = len(kept.answer.citations) - len(standings)
        if left > 0:
            lines.append(f"-# I looked at the first {len(standings)} of its sources.")
        lines += await self._contradictions(kept, standings, scope)
        return "\n".join([f"### {_summary(standings)}", *lines])

    async def _standings(
        self, kept: Kept, scope: frozenset[str] | None
    ) -> list[tuple[Citation, Standing]]:
        hashes = kept.answer.hashes
        found = []
        for one in kept.answer.citations[:_MOST]:
            sha256 = hashes.get(one.source.document, "")
            place = await self._questions.place_of(one, sha256, scope)
            found.append((one, place.standing))
        return found

    async def _contradictions(
        self,
        kept: Kept,
        standings: Sequence[tuple[Citation, Standing]],
        scope: frozenset[str] | None,
    ) -> list[str]:
        """A line for each statement that lost its words and that the sources now contradict."""
        lost = {
            one.number
            for one, standing in standings
            if standing in (Standing.REWORDED, Standing.GONE)
        }
        lines = []
        for statement in kept.answer.statements[:_MOST]:
            if not lost.issuperset(statement.citations):
                continue
            checked = await self._questions.check(statement.text, Filters(scope=scope))
            if checked.bearing is Bearing.CONTRADICTED:
                lines.append(_contradicted(statement, checked.citations))
        return lines


def _summary(standings: Sequence[tuple[Citation, Standing]]) -> str:
    seen = {standing for _, standing in standings}
    if seen == {Standing.UNCHANGED}:
        return "Every source is as it was."
    if seen <= {Standing.UNCHANGED, Standing.CHANGED}:
        return "Every source still has the words."
    return "Not every source still has the words."


def _contradicted(statement: Statement, citations: Sequence[Citation]) -> str:
    line = f"Now contradicted: “{clip(statement.text, 200)}”"
    if not citations:
        return line
    now = citations[0]
    return f"{line}\n> {clip(now.source.title, 80)}: “{clip(readable_citation(now).quote, 200)}”"
