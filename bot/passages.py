"""A cited passage, shown to one reader: the words in bold, what stands around them, and where."""

import contextlib
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.answer_buttons import AnswerButton
from bot.errors import RefusedError
from bot.excerpts import Excerpt, Excerpts
from bot.layout import Card, Item
from bot.markdown import clip
from bot.originals import Originals
from bot.questions import Questions
from bot.render import link_target, origin
from index.errors import UnknownDocumentError
from index.journal import Kept
from index.standing import Place, Standing
from index.types import Citation, Document

_SAME_DOCUMENT = 8
"""Characters of the sha256 that tell whether an offset is still of the same text."""


class Passages:
    """Opens the citations of answers, as they were cited, with what became of their source."""

    def __init__(self, questions: Questions, originals: Originals) -> None:
        self._questions = questions
        self._originals = originals

    async def read(self, interaction: discord.Interaction, kept: Kept, argument: str) -> None:
        """Shows the words of a citation in bold among their neighbours."""
        citation = _cited(kept, argument)
        await interaction.response.defer(ephemeral=True, thinking=True)
        document, place = await self._found(kept, citation)
        if document is None or place.start is None or place.end is None:
            quote = citation.quote
            words = Excerpts(quote, 0, len(quote), citation.source.document).around()
            card = self._card(kept, citation, place, None, words)
        else:
            shown = Excerpts(document.text, place.start, place.end, document.id).around()
            card = self._card(kept, citation, place, document, shown)
        await interaction.edit_original_response(view=card)

    async def before(self, interaction: discord.Interaction, kept: Kept, argument: str) -> None:
        await self._turn(interaction, kept, argument, forward=False)

    async def after(self, interaction: discord.Interaction, kept: Kept, argument: str) -> None:
        await self._turn(interaction, kept, argument, forward=True)

    async def file(self, interaction: discord.Interaction, kept: Kept, argument: str) -> None:
        """Hands out the file that was cited."""
        path = _cited(kept, argument).source.document
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._originals.send(interaction, path, kept.answer.hashes.get(path, ""))

    async def _turn(
        self, interaction: discord.Interaction, kept: Kept, argument: str, *, forward: bool
    ) -> None:
        number, _, rest = argument.partition(".")
        offset, _, sha256 = rest.partition(".")
        citation = _cited(kept, number)
        await interaction.response.defer()
        document, place = await self._found(kept, citation)
        same = document is not None and document.sha256.startswith(sha256)
        if document is None or not same or not offset.isdecimal():
            raise RefusedError("The document has changed meanwhile. Please open the passage again.")
        at = min(int(offset), len(document.text))
        stretches = Excerpts(document.text, place.start or 0, place.end or 0, document.id)
        shown = stretches.after(at) if forward else stretches.before(at)
        card = self._card(kept, citation, place, document, shown)
        await interaction.edit_original_response(view=card)

    async def _found(self, kept: Kept, citation: Citation) -> tuple[Document | None, Place]:
        """The document of today and where the words stand in it; None where they do not."""
        path = citation.source.document
        place = await self._questions.place_of(citation, kept.answer.hashes.get(path, ""), None)
        if place.start is None:
            return None, place
        with contextlib.suppress(UnknownDocumentError):
            document = await self._questions.document(path)
            if document.text[place.start : place.end] == citation.quote:
                return document, place
        # Another index came in between.
        return None, Place(Standing.GONE)

    def _card(
        self,
        kept: Kept,
        citation: Citation,
        place: Place,
        document: Document | None,
        shown: Excerpt,
    ) -> Card:
        title = clip(citation.source.title, 200) or clip(citation.source.document, 200)
        where = origin(citation.source, citation.page, brief=True, title=False)
        head = [f"### [{citation.number}] {title}", f"-# {where}" if where else ""]
        below: list[Item] = []
        if document is not None:
            mark = document.sha256[:_SAME_DOCUMENT]
            for action, label, at, end in (
                ("before", "Previous", shown.start, shown.start == 0),
                ("after", "Next", shown.end, shown.end >= len(document.text)),
            ):
                argument = f"{citation.number}.{at}.{mark}"
                below.append(AnswerButton(kept.id, action, argument, label=label, disabled=end))
        if place.standing is not Standing.GONE and self._originals.allowed:
            below.append(AnswerButton(kept.id, "file", str(citation.number), label="Original file"))
        if link := link_target(citation.source.url):
            below.append(ui.Button[Any](label="Open page", url=link))
        return Card(
            "\n".join(filter(None, head)),
            shown.lines or "> …",
            standing_sentence(place.standing, kept.asked),
            below=below,
        )


def standing_sentence(standing: Standing, asked: datetime) -> str:
    """What became of a source since it was cited."""
    day = f"{asked.day} {asked:%b %Y}"
    match standing:
        case Standing.UNCHANGED:
            return f"-# The document is as it was when it was cited on {day}."
        case Standing.CHANGED:
            return (
                f"**The document has changed since it was cited on {day}.** "
                "These words are still in it."
            )
        case Standing.REWORDED:
            return (
                f"**The document has changed since it was cited on {day}, and these words are no "
                "longer in it.** This is what it said then."
            )
        case Standing.GONE:
            return f"**The document is no longer in the corpus.** This is what it said on {day}."


def _cited(kept: Kept, argument: str) -> Citation:
    """The citation of a number. Raises RefusedError for a number that the answer does not have."""
    shown = kept.answer.citations if kept.answer.found else kept.answer.closest
    for citation in shown:
        if str(citation.number) == argument:
            return citation
    raise RefusedError("This answer has no such source.")
