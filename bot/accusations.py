"""`/accusations`: who accuses whom, page by page, and as a picture."""

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands, ui

from bot.access import Access
from bot.asking import Asked, Asking
from bot.errors import RefusedError, sentence_for
from bot.findings import Findings
from bot.markdown import clip, clipped, plain, width
from bot.never_mute import never_mute
from bot.ongoing import Ongoing
from bot.questions import Questions
from bot.render import counted
from bot.replies import CommandReply, CurrentClient, tell
from index.dates import days_of
from index.errors import AscribeError
from index.ledger import PartyCount, Wanted
from index.types import Answer, Filters, Query, Stance

logger = logging.getLogger(__name__)

_CHOICES = 25
_LONGEST_CHOICE = 100
_COMPLETION_SECONDS = 2.0
"""Discord takes no suggestions after three."""

_OF_ACCUSATIONS = frozenset([Stance.ACCUSE, Stance.CONDEMN, Stance.DENY])
_STANCES = {
    "accusations": Stance.ACCUSE,
    "criticism": Stance.CONDEMN,
    "denials": Stance.DENY,
    "demands": Stance.DEMAND,
    "warnings": Stance.WARN,
    "praise": Stance.PRAISE,
    "promises": Stance.PROMISE,
}
_PARTY_COMPLETIONS = Callable[[str, Filters, int], Awaitable[list[PartyCount]]]


class Accusations:
    """Shows what the ledger holds of who accuses whom."""

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

    def command(self) -> app_commands.Command[Any, ..., None]:
        @app_commands.command(
            name="accusations", description="See who accuses whom, in the documents' own words."
        )
        @app_commands.describe(
            speaker="Who accuses",
            target="Who is accused",
            about="Words that must be there",
            stance="Only this, instead of accusations, criticism and denials",
            since="Only documents from then on: 2024, 2024-12 or 2024-12-31",
            until="Only documents up to then: 2024, 2024-12 or 2024-12-31",
            collection="Only look in this collection",
            picture="Also draw who accuses whom",
        )
        @app_commands.choices(
            stance=[app_commands.Choice(name=name, value=name) for name in _STANCES]
        )
        @app_commands.autocomplete(
            speaker=self.suggest_speakers,
            target=self.suggest_targets,
            collection=self._asking.suggest_collections,
        )
        async def accusations(
            interaction: discord.Interaction,
            speaker: app_commands.Range[str, 1, 300] | None = None,
            target: app_commands.Range[str, 1, 300] | None = None,
            about: app_commands.Range[str, 1, 300] | None = None,
            stance: str | None = None,
            since: app_commands.Range[str, 4, 10] | None = None,
            until: app_commands.Range[str, 4, 10] | None = None,
            collection: app_commands.Range[str, 1, 500] | None = None,
            picture: bool = False,
        ) -> None:
            wanted = Wanted(
                speaker=speaker,
                target=target,
                stances=_OF_ACCUSATIONS if stance is None else frozenset([_STANCES[stance]]),
                about=about,
                filters=Filters(collection, since, until),
            )
            await self._show(interaction, wanted, stance, picture=picture)

        return accusations

    async def suggest_speakers(
        self, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Who speaks in the documents and is called so, the most frequent first."""
        return await self._suggest(self._questions.speakers, interaction, current)

    async def suggest_targets(
        self, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        """Who is spoken about, as `suggest_speakers`."""
        return await self._suggest(self._questions.targets, interaction, current)

    async def _suggest(
        self, parties: _PARTY_COMPLETIONS, interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        collection = getattr(interaction.namespace, "collection", None) or None
        try:
            async with asyncio.timeout(_COMPLETION_SECONDS):
                filters = Filters(collection=collection, scope=await self._scope())
                found = await parties(current, filters, 2 * _CHOICES)
        except (AscribeError, TimeoutError):
            return []  # there is no room for a sentence; the command itself will say it
        except Exception:
            logger.exception("parties could not be suggested")
            return []
        names = dict.fromkeys(plain(party.name) for party in found)
        fitting = [name for name in names if 1 <= width(name) <= _LONGEST_CHOICE]
        return [app_commands.Choice(name=name, value=name) for name in fitting[:_CHOICES]]

    async def _show(
        self, interaction: discord.Interaction, wanted: Wanted, stance: str | None, *, picture: bool
    ) -> None:
        try:
            for day in (wanted.filters.since, wanted.filters.until):
                if day is not None:
                    days_of(day)
            self._questions.admit(interaction.user.id)
        except AscribeError as refusal:
            await tell(interaction, clip(refusal.user_message, 500))
            return
        reply = CommandReply(interaction, self._current)
        try:
            async with never_mute(reply.show):
                await reply.defer()
                with self._ongoing.entry():
                    asked = Asked("", interaction.user.id, interaction.channel_id or 0)
                    await self._answer(reply, asked, wanted, stance, picture=picture)
        finally:
            self._questions.leave()

    async def _answer(
        self,
        reply: CommandReply,
        asked: Asked,
        wanted: Wanted,
        stance: str | None,
        *,
        picture: bool,
    ) -> None:
        wanted = await self._scoped(wanted)
        found = await self._questions.findings(wanted)
        if not found.statements:
            raise RefusedError(f"I found nothing: {clip(_sought(wanted, stance), 500)}.")
        asked = replace(asked, filters=wanted.filters)
        answer = _answer_of(found, wanted, stance)
        card = await self._asking.show(reply, answer, asked, _remarks(found, wanted))
        if not picture:
            return
        try:
            drawn = await self._questions.picture(wanted)
        except AscribeError as error:
            card.add_item(ui.TextDisplay(sentence_for(error)))
            await reply.show(card)
            return
        name = "who-accuses-whom.png"
        file = discord.File(io.BytesIO(drawn.png), name, description=drawn.alt_text)
        gallery = ui.MediaGallery[Any]()
        gallery.add_item(media=file, description=drawn.alt_text)
        card.add_item(gallery)
        await reply.show(card, attachments=[file])

    async def _scope(self) -> frozenset[str] | None:
        if not self._access.kept_for:
            return None
        return self._access.scope(await self._questions.collections())

    async def _scoped(self, wanted: Wanted) -> Wanted:
        """With the collections that everybody may see: everybody reads the list."""
        collection = wanted.filters.collection
        names = await self._questions.collections()
        if collection is not None and (
            collection not in names or not self._access.may_see(collection)
        ):
            raise RefusedError(
                f"There is no collection {clip(collection, 100)}. `/sources` shows what there is."
            )
        return replace(wanted, filters=replace(wanted.filters, scope=self._access.scope(names)))


def _sought(wanted: Wanted, stance: str | None) -> str:
    """What was asked for, as plain text."""
    what = f"no {stance}" if stance else "no accusation, criticism or denial"
    return " ".join([what, *_narrowed(wanted)])


def _narrowed(wanted: Wanted) -> list[str]:
    filters = wanted.filters
    named = {
        "by": wanted.speaker,
        "towards": wanted.target,
        "about": wanted.about,
        "since": filters.since,
        "until": filters.until,
        "in": filters.collection,
    }
    return [f"{word} {clipped(value, 100)}" for word, value in named.items() if value]


def _answer_of(found: Findings, wanted: Wanted, stance: str | None) -> Answer:
    """The list as an answer, so that it looks like one and its buttons work like one's."""
    kinds = stance or "accusations, criticism and denials"
    what = " ".join([kinds, *_narrowed(wanted)])
    title = f"{counted(len(found.statements), 'report')}: {what}"
    return Answer(
        question=title,
        query=Query(title, kind="attribution", speaker=wanted.speaker, target=wanted.target),
        confidence=1.0,
        generation="",
        seconds=0.0,
        statements=found.statements,
        citations=found.citations,
        hashes=found.hashes,
    )


def _remarks(found: Findings, wanted: Wanted) -> list[str]:
    """What was left out, as safe lines."""
    rows = []
    if found.read < found.total:
        rows.append(
            f"-# The first {found.read:,} of {found.total:,} entries. Name a speaker, a target, "
            "a topic or a date to see others."
        )
    if wanted.filters.since or wanted.filters.until:
        rows.append("-# Documents without a date are left out.")
    return rows
