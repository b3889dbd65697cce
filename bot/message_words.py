"""What a message says, wherever in it the words stand: content, embeds, components, a forward."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import discord

_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:)\d+>|<t:-?\d+(?::\w)?>|https?://\S+")
_LINK = re.compile(r"\[([^\]\n]+)\]\(<?https?://[^)\s]+>?\)")
_MARKS = re.compile(r"(?m)^\s*(?:#{1,3}|-#|>{1,3}|[-*])\s+|\*\*|__|~~|\|\||`+")
_ASIDES = re.compile(r"(?m)^(?:#{1,3}|-#) .*$")
_ESCAPED = re.compile(r"\\([^\w\s])")


def words_of(message: discord.Message, room: int) -> str:
    """On one line, without mentions, emoji, addresses and marks; at most `room` characters.

    The message's own content comes first. Titles and small print count where there is nothing else,
    embeds that Discord made of a link never.
    """
    parts = list(_said(message))
    for forwarded in message.message_snapshots:
        parts += _said(forwarded)
    text = "\n".join(filter(None, parts))
    text = _ASIDES.sub("", text) if _ASIDES.sub("", text).strip() else text
    text = _ESCAPED.sub(r"\1", _MARKS.sub("", _MARKUP.sub(" ", _LINK.sub(r"\1", text))))
    return " ".join(text.split())[:room].rstrip()


def _said(message: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    yield message.content
    for embed in message.embeds:
        if embed.type == "rich":
            yield from _of_embed(embed)
    yield from _of_components(message.components)


def _of_embed(embed: discord.Embed) -> Iterator[str]:
    yield f"# {embed.title}" if embed.title else ""
    yield embed.description or ""
    for field in embed.fields:
        yield f"{field.name}: {field.value}"


def _of_components(components: Iterable[Any]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        inner = getattr(component, "children", None) or getattr(component, "components", None)
        yield from _of_components(inner or ())
