"""Right-click on a message, Apps: "Ask about this" and "Check this claim"."""

from typing import Any

import discord
from discord import app_commands

from bot.access import Access, roles_of
from bot.asking import LONGEST_QUESTION, Asked, Asking
from bot.errors import RefusedError
from bot.message_words import words_of
from bot.never_mute import never_mute
from bot.ongoing import Ongoing
from bot.questions import Questions
from bot.replies import CommandReply, CurrentClient, tell
from index.claims import Bearing, ClaimCheck
from index.types import Answer, Filters, Query, Statement

_LEADS = {
    Bearing.SUPPORTED: "Supported: the sources say so.",
    Bearing.CONTRADICTED: "Contradicted.",
    Bearing.NOT_FOUND: "Not found.",
}


class Menus:
    """The commands on a message. Their answers are private, and can be shared."""

    def __init__(
        self,
        asking: Asking,
        questions: Questions,
        ongoing: Ongoing,
        access: Access,
        current: CurrentClient,
    ) -> None:
        self._asking = asking
        self._questions = questions
        self._ongoing = ongoing
        self._access = access
        self._current = current

    def commands(self) -> list[app_commands.ContextMenu]:
        async def ask(interaction: discord.Interaction, message: discord.Message) -> None:
            await self._asking.answer_interaction(
                interaction, words_of(message, LONGEST_QUESTION), private=True
            )

        async def check(interaction: discord.Interaction, message: discord.Message) -> None:
            await self._check(interaction, words_of(message, LONGEST_QUESTION))

        return [
            app_commands.ContextMenu(name="Ask about this", callback=ask),
            app_commands.ContextMenu(name="Check this claim", callback=check),
        ]

    async def _check(self, interaction: discord.Interaction, claim: str) -> None:
        try:
            if not claim:
                raise RefusedError("There are no words to check in this message.")
            self._questions.admit(interaction.user.id)
        except RefusedError as refusal:
            await tell(interaction, refusal.user_message)
            return
        reply = CommandReply(interaction, self._current)
        try:
            async with never_mute(reply.show):
                await reply.defer(ephemeral=True)
                with self._ongoing.entry():
                    names = await self._questions.collections() if self._access.kept_for else []
                    scope = self._access.scope(names, roles_of(interaction.user))
                    filters = Filters(scope=scope)
                    checked = await self._questions.check(claim, filters)
                    hashes = {
                        document.source.document: document.sha256
                        for document in await self._questions.documents(filters)
                    }
                    asked = Asked(
                        claim,
                        interaction.user.id,
                        interaction.channel_id or 0,
                        filters,
                        private=True,
                    )
                    await self._asking.show(reply, answer_of(checked, hashes), asked)
        finally:
            self._questions.leave()


def answer_of(checked: ClaimCheck, hashes: dict[str, str]) -> Answer:
    """The finding as an answer, so that it looks like one and its buttons work like one's."""
    lead = " ".join(part for part in (_LEADS[checked.bearing], checked.reason) if part)
    found = checked.bearing is not Bearing.NOT_FOUND
    shown: dict[str, Any] = (
        {
            "statements": tuple(Statement(one.quote, (one.number,)) for one in checked.citations),
            "citations": checked.citations,
        }
        if found
        else {"closest": checked.citations}
    )
    cited = {one.source.document for one in checked.citations}
    return Answer(
        question=f"Is it in the sources? “{checked.claim}”",
        query=Query(checked.claim),
        confidence=1.0 if found else 0.0,
        generation=checked.generation,
        seconds=checked.seconds,
        lead=lead,
        notices=checked.notices,
        hashes={path: sha256 for path, sha256 in hashes.items() if path in cited},
        **shown,
    )
