"""The filters of a question as people write and read them."""

import re
from datetime import date

from bot.errors import RefusedError
from bot.markdown import clip
from index.types import Filters

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def dated(text: str | None, option: str) -> str | None:
    """A year, a month or a day. Raises RefusedError for anything else."""
    if text is None:
        return None
    value = text.strip()
    try:
        if not _DATE.fullmatch(value):
            raise ValueError(value)
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        raise RefusedError(
            f"`{option}` is a year, a month or a day, such as 2024, 2024-12 or 2024-12-31."
        ) from None
    return value


def narrowed_by(filters: Filters) -> str:
    """What a question was narrowed to, such as "in council, since 2024"; empty without filters."""
    named = {"in": filters.collection, "since": filters.since, "until": filters.until}
    return ", ".join(f"{word} {clip(value, 100)}" for word, value in named.items() if value)
