"""What the bot's messages are made of: texts in a container, rows of buttons below.

Components V2 rather than embeds. Seen beside each other on a phone's width, an embed sets its text
smaller and narrower and its buttons apart from it; and an embed is not shown at all where the bot
lacks "Embed Links" or a reader has switched previews off.
"""

from collections.abc import Iterable
from typing import Any

from discord import ui

Item = ui.Item[Any]
BUTTONS_IN_A_ROW = 5


class Card(ui.LayoutView):
    """A message of ours: a container, then rows of buttons."""

    def __init__(self, *parts: str | Item | None, below: Iterable[Item] = ()) -> None:
        """Texts are safe markdown; None and empty texts are left out."""
        super().__init__(timeout=None)
        items = [ui.TextDisplay(part) if isinstance(part, str) else part for part in parts if part]
        self.add_item(ui.Container[Any](*items))
        for row in rows(below):
            self.add_item(row)


class Note(ui.LayoutView):
    """A sentence or two of ours, without a container."""

    def __init__(self, text: str, *below: Item) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.TextDisplay[Any](text))
        for row in rows(below):
            self.add_item(row)


def rows(items: Iterable[Item]) -> list[ui.ActionRow[Any]]:
    """The buttons in rows of as many as Discord puts in one."""
    buttons = list(items)
    return [
        ui.ActionRow(*buttons[start : start + BUTTONS_IN_A_ROW])
        for start in range(0, len(buttons), BUTTONS_IN_A_ROW)
    ]
