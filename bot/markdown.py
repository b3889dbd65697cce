"""Foreign text made safe for a Discord message.

Documents hold asterisks, mentions and links. In a message they must read as they
stand in the document and do nothing: no formatting, no ping, no link, no card.
"""

import re
import unicodedata
from collections.abc import Iterator

LIMIT = 2000
"""Discord's limit for the content of a message, in UTF-16 code units (the strictest reading)."""

_SPACE = re.compile(r"\s+")
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_ACTIVE = re.compile(r"[\\`*_~|\[\]<>#@]|:(?=//)|(?<=discord)\.|(?<=discordapp)\.", re.IGNORECASE)
_LINE_START = re.compile(r"[-+]|\d+(?=\.)")
_UNIT = re.compile(r"\\.|@\u200b|.", re.DOTALL)
_ZERO_WIDTH_JOINER = "\u200d"
# Bidirectional embeddings, overrides and isolates: they would turn the rest of the message round.
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def width(text: str) -> int:
    """Its length in UTF-16 code units."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def clipped(text: str, room: int) -> str:
    """Plain text of at most `room`, for places that know no markdown: labels, options, titles."""
    whole = plain(text)
    if width(whole) <= room:
        return whole
    shown = whole[: room - 1]
    while width(shown) > room - 1:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def plain(text: str) -> str:
    """On one line, without control characters; what cannot be sent becomes U+FFFD."""
    return _SPACE.sub(" ", "".join(map(_sendable, text))).strip()


def _sendable(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    if character in _BIDI or (category == "Cc" and not character.isspace()):
        return ""
    return character


def inert(text: str) -> str:
    """The text on one line, reading the same in Discord and doing nothing there."""
    return _at_line_start(_escaped(text))


def _escaped(text: str) -> str:
    # The backslash does not stop Discord's server from seeing @everyone; a zero-width space does.
    broken = _EVERYONE.sub("@\u200b", plain(text))
    return _ACTIVE.sub(lambda match: "\\" + match.group(), broken).replace("\\@\u200b", "@\u200b")


def _at_line_start(escaped: str) -> str:
    """Keeps a list from starting where a line begins."""
    match = _LINE_START.match(escaped)
    if match is None:
        return escaped
    if match.group()[0] in "-+":
        return "\\" + escaped
    return f"{match.group()}\\{escaped[match.end() :]}"


def clip(text: str, room: int) -> str:
    """The inert text, cut with an ellipsis where it is wider than `room`."""
    whole = inert(text)
    if width(whole) <= room:
        return whole
    return next(pieces(text, room - 1)) + "…"


def pieces(text: str, room: int) -> Iterator[str]:
    """The inert text in pieces of at most `room`, cut at spaces where there are any.

    Joined with spaces (or with nothing, inside a long word) they are the text. Nothing comes
    of an empty text.
    """
    units: list[str] = _UNIT.findall(_escaped(text))
    start = 0
    while start < len(units):
        end = _fill(units, start, room - 1)
        piece = "".join(units[start:end]).strip(" ")
        if piece:
            yield _at_line_start(piece)
        start = end


def _fill(units: list[str], start: int, room: int) -> int:
    """Where the piece that begins at `start` ends."""
    end, used = start, 0
    while end < len(units) and used + width(units[end]) <= room:
        used += width(units[end])
        end += 1
    if end == len(units):
        return end
    for cut in range(end, start + (end - start) // 2, -1):
        if units[cut] == " ":
            return cut
    for cut in range(end, max(start, end - 32), -1):
        if not _clings(units[cut]) and units[cut - 1] != _ZERO_WIDTH_JOINER:
            return cut
    return max(end, start + 1)


def _clings(unit: str) -> bool:
    """Whether it belongs to the character before it: an accent, a skin tone, a joiner."""
    return (
        unit == _ZERO_WIDTH_JOINER
        or unicodedata.category(unit[-1]).startswith("M")
        or "\U0001f3fb" <= unit <= "\U0001f3ff"
    )
