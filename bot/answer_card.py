"""An answer as a message."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.answer_buttons import AnswerButton, AnswerSelect
from bot.answer_pages import Page
from bot.layout import BUTTONS_IN_A_ROW, Card, Item, rows
from bot.markdown import clipped, plain
from bot.render import origin_words
from index.types import Citation


def answer_card(
    pages: Sequence[Page],
    number: int,
    answer_id: str | None,
    *,
    heading: str = "",
    private: bool = False,
    shared: bool = False,
    ways: Sequence[Item] = (),
) -> Card:
    """One page of an answer, counted from 0.

    `answer_id` is what its buttons know it by: without one it has none. `ways` are buttons that ask
    the same in another way. A `private` answer can be shared.
    """
    page = pages[number]
    footer = f"-# Page {number + 1} of {len(pages)}" if len(pages) > 1 else ""
    parts: list[str | Item | None] = ["\n".join(part for part in (heading, page.text) if part)]
    if page.sources:
        title = "**Sources**" if page.found else "**What came closest**"
        parts += [ui.Separator[Any](), f"{title}\n{page.sources}"]
    parts.append(footer)
    if answer_id is None:
        return Card(*parts)
    parts += _passages(answer_id, page.citations)
    parts += rows(ways)
    below: list[Item] = []
    if number:
        below.append(AnswerButton(answer_id, "page", str(number - 1), label="Back"))
    if number + 1 < len(pages):
        below.append(AnswerButton(answer_id, "page", str(number + 1), label="More"))
    if number == 0:
        below += _ratings(answer_id)
        below.append(AnswerButton(answer_id, "follow", label="Ask follow-up"))
        if private:
            label = "Shared" if shared else "Share"
            below.append(AnswerButton(answer_id, "share", label=label, disabled=shared))
    return Card(*parts, below=below)


def _ratings(answer_id: str) -> list[Item]:
    return [
        AnswerButton(answer_id, "up", label="Helpful", emoji="👍"),
        AnswerButton(answer_id, "down", label="Not helpful", emoji="👎"),
    ]


def _passages(answer_id: str, citations: Sequence[Citation]) -> list[Item]:
    if not citations:
        return []
    if len(citations) <= BUTTONS_IN_A_ROW:
        return list(
            rows(
                AnswerButton(answer_id, "read", str(item.number), label=f"Read [{item.number}]")
                for item in citations
            )
        )
    options = [
        discord.SelectOption(
            label=clipped(f"[{item.number}] {plain(item.source.title)}", 100),
            value=str(item.number),
            description=clipped(origin_words(item), 100) or None,
        )
        for item in citations
    ]
    return [ui.ActionRow(AnswerSelect(answer_id, options))]
