"""What a reader hands back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, whatever its path. `text` is NFC with `\\n` line ends."""

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    """An ISO date: a year, a month or a day."""
    url: str | None = None
    language: str | None = None
    """ISO 639-1."""
    page_starts: tuple[int, ...] = ()
    """Where each page begins, sorted; empty for a format without pages."""
