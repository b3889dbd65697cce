"""From a question to the message that answers it, whoever asks and however."""

import contextlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import discord
from discord import app_commands

from bot.access import Access, roles_of
from bot.answer_buttons import AnswerButton
from bot.answer_card import answer_card
from bot.answer_pages import answer_pages
from bot.errors import RefusedError
from bot.filtering import dated, narrowed_by
from bot.journalling import Journalling
from bot.layout import Card
from bot.markdown import clip
from bot.never_mute import never_mute
from bot.ongoing import Ongoing
from bot.questions import Questions
from bot.render import counted
from bot.replies import CommandReply, CurrentClient, Reply, tell
from bot.waiting import company
from index.errors import AscribeError, JournalError
from index.journal import Kept
from index.types import Answer, Filters, Turn

logger = logging.getLogger(__name__)

LONGEST_QUESTION = 1000
_MOST_UNKNOWN = 3
REMARKS = "remarks"
"""The state of an answer in the journal that holds what its card says besides."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that decides its answer and who may see it."""

    question: str
    user: int
    channel: int
    filters: Filters = Filters()
    private: bool = False
    follows: str | None = None
    """The answer that the conversation goes on from."""
    literal: bool = False
    """Whether it is to be understood without the conversation."""


class Asking:
    """Takes questions and delivers answers."""

    def __init__(
        self,
        questions: Questions,
        journal: Journalling,
        ongoing: Ongoing,
        access: Access,
        current: CurrentClient,
    ) -> None:
        self._questions = questions
        self._journal = journal
        self._ongoing = ongoing
        self._access = access
        self._current = current

    def command(self) -> app_commands.Command[Any, ..., None]:
        @app_commands.command(
            name="ask", description="Ask the documents, and get answers with their exact words."
        )
        @app_commands.describe(
            question="Your question",
            collection="Only look in this collection",
            since="Only documents from then on: 2024, 2024-12 or 2024-12-31",
            until="Only documents up to then: 2024, 2024-12 or 2024-12-31",
            private="Show the answer to me alone; it can be shared afterwards",
        )
        @app_commands.autocomplete(collection=self.suggest_collections)
        async def ask(
            interaction: discord.Interaction,
            question: app_commands.Range[str, 1, LONGEST_QUESTION],
            collection: app_commands.Range[str, 1, 500] | None = None,
            since: app_commands.Range[str, 4, 10] | None = None,
            until: app_commands.Range[str, 4, 10] | None = None,
            private: bool = False,
        ) -> None:
            try:
                filters = Filters(collection, dated(since, "since"), dated(until, "until"))
            except RefusedError as refusal:
                await tell(interaction, refusal.user_message)
                return
            await self.answer_interaction(interaction, question, filters, private=private)

        return ask

    async def suggest_collections(
        self, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """The collections whose name holds what has been typed, at most Discord's 25."""
        try:
            names = await self._questions.collections()
        except AscribeError:
            return []  # there is no room for a sentence; the command itself will say it
        roles = roles_of(interaction.user)
        wanted = current.casefold()
        fitting = [
            name
            for name in names
            if 1 <= len(name) <= 100
            and wanted in name.casefold()
            and self._access.may_see(name, roles)
        ]
        return [app_commands.Choice(name=name, value=name) for name in fitting[:25]]

    async def answer_interaction(
        self,
        interaction: discord.Interaction,
        question: str,
        filters: Filters = Filters(),
        *,
        private: bool = False,
        follows: str | None = None,
        literal: bool = False,
    ) -> None:
        """Answers a command, a button or a form."""
        question = question.strip()
        try:
            if not question:
                raise RefusedError("There are no words to ask about.")
            self._questions.admit(interaction.user.id)
        except RefusedError as refusal:
            await tell(interaction, refusal.user_message)
            return
        try:
            reply = CommandReply(interaction, self._current)
            await reply.defer(ephemeral=private)
            asked = Asked(
                question[:LONGEST_QUESTION], interaction.user.id, interaction.channel_id or 0,
                filters, private, follows, literal,
            )  # fmt: skip
            await self.deliver(reply, asked, roles_of(interaction.user))
        finally:
            self._questions.leave()

    async def deliver(self, reply: Reply, asked: Asked, roles: frozenset[int]) -> None:
        """Answers in a reply, and shows there what went wrong if something does."""
        async with never_mute(reply.show):
            with self._ongoing.entry():
                await self._deliver(reply, asked, roles)

    async def _deliver(self, reply: Reply, asked: Asked, roles: frozenset[int]) -> None:
        asked = await self._scoped(asked, roles)
        history: tuple[Turn, ...] = ()
        if asked.follows is not None:
            history = await self._history(asked)
        async with company(reply, self._questions.ahead, self._ongoing) as waiting:
            answer = await self._questions.answer(
                asked.question, asked.filters, () if asked.literal else history, waiting.grow
            )
            remarks, wider = await self._remarks(answer, asked)
        logger.info(
            "a question of %d characters: %d statements in %.2f s",
            len(asked.question), len(answer.statements), answer.seconds,
        )  # fmt: skip
        ways: dict[str, str] = {}
        if answer.rewritten and asked.follows:
            ways["literal"] = "Ask it as I wrote it"
        if wider:
            ways["wide"] = "Ask without the filters"
        await self.show(reply, answer, asked, remarks, ways)

    async def show(
        self,
        reply: Reply,
        answer: Answer,
        asked: Asked,
        remarks: Sequence[str] = (),
        ways: Mapping[str, str] = MappingProxyType({}),
    ) -> Card:
        """Keeps an answer and shows it. `ways` are other ways to ask it, by action."""
        id = await self._keep(answer, asked, remarks)
        if id is None:
            remarks = [*remarks, "-# I could not note this answer down, so it has no buttons."]
        buttons = (
            [AnswerButton(id, action, label=label) for action, label in ways.items()] if id else []
        )
        pages = answer_pages(answer, show_question=True, remarks=remarks)
        card = answer_card(pages, 0, id, private=asked.private, ways=buttons)
        message = await reply.show(card)
        if id is not None:
            with contextlib.suppress(JournalError):
                await self._journal.do(lambda journal: journal.link(str(message.id), id))
        return card

    async def _scoped(self, asked: Asked, roles: frozenset[int]) -> Asked:
        """With the collections that everybody who will read the answer may see."""
        names = await self._names(asked)
        scope = self._access.scope(names, roles if asked.private else frozenset())
        collection = asked.filters.collection
        if collection is not None and not self._access.may_see(collection, roles):
            raise RefusedError("That collection is kept for members of other roles.")
        if collection is not None and scope is not None and collection not in scope:
            raise RefusedError(
                "That collection is not for everybody here. Set `private` to ask about it."
            )
        return replace(asked, filters=replace(asked.filters, scope=scope))

    async def _names(self, asked: Asked) -> list[str]:
        """The collections there are. Raises RefusedError when the one asked for is not there."""
        if asked.filters.collection is None and not self._access.kept_for:
            return []
        names = await self._questions.collections()
        wanted = asked.filters.collection
        if wanted is not None and wanted not in names:
            there = ", ".join(
                clip(name, 60) for name in names if name and self._access.may_see(name)
            )
            raise RefusedError(
                f"There is no collection {clip(wanted, 100)}."
                + (f" There are: {there[:1500]}." if there else "")
            )
        return names

    async def _history(self, asked: Asked) -> tuple[Turn, ...]:
        """What was asked before, unless an answer of it shows what this asker may not see."""

        def turns(journal: Any) -> tuple[Turn, ...]:
            kept: Kept | None = journal.answer(asked.follows)
            if kept is None or (kept.private and not asked.private):
                return ()
            return tuple(journal.turns(asked.follows, str(asked.user)))

        try:
            found = await self._journal.do(turns)
        except JournalError as error:
            logger.warning("%s", error)
            return ()
        # Answered anew within the scope: no word of an earlier answer reaches beyond it.
        return found if asked.filters.scope is None else tuple(Turn(t.question) for t in found)

    async def _remarks(self, answer: Answer, asked: Asked) -> tuple[list[str], bool]:
        """What a silent answer says besides, and whether the filters are the reason."""
        if answer.found:
            return [], False
        filters = asked.filters
        hints = await self._questions.hints(answer.rewritten or asked.question, filters)
        narrowed = narrowed_by(filters)
        searched = f"{counted(hints.searched, 'document')}{f' {narrowed}' if narrowed else ''}"
        remarks = [f"-# I searched {searched}."]
        if hints.filtered:
            return [*remarks, "Without your filters there is an answer."], True
        if hints.meant:
            remarks.append(f"Did you mean {_either([clip(name, 60) for name in hints.meant])}?")
        elif hints.unknown:
            unknown = [f"“{clip(word, 40)}”" for word in hints.unknown[:_MOST_UNKNOWN]]
            remarks.append(f"No document has the word {_either(unknown)}. Another may help.")
        else:
            remarks.append(
                "Other words may help: a name, a place or a date as the documents would write it."
            )
        remarks.append("`/sources` shows what there is.")
        return remarks, False

    async def _keep(self, answer: Answer, asked: Asked, remarks: Sequence[str]) -> str | None:
        def keep(journal: Any) -> str | None:
            id: str | None = journal.keep(
                answer,
                user=str(asked.user),
                place=str(asked.channel),
                filters=asked.filters,
                private=asked.private,
                follows=asked.follows,
            )
            if id is not None and remarks:
                journal.set_state(id, REMARKS, "\n".join(remarks))
            return id

        try:
            return await self._journal.do(keep)
        except JournalError as error:
            logger.warning("%s", error)
            return None


def _either(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
