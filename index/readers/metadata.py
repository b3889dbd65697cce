"""Titles, names, dates and links as files give them, made fit to print or dropped."""

import re
import unicodedata
from datetime import date
from urllib.parse import urlsplit

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
YEARS = range(1000, 2200)
MAX_LINE = 300

_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WRITTEN_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[T ]\d{1,2}:\d\d.*)?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{4,6}Z?)?",
        rf"(?:[a-z]+,? )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH},? (?P<year>\d{{4}})"
        r"(?:,? .*\d:\d\d.*)?",
        rf"(?:[a-z]+,? )?{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})"
        r"(?:,? .*\d:\d\d.*)?",
        rf"{_MONTH},? (?P<year>\d{{4}})",
    )
)
_NUMERIC_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_BLANK = frozenset({"", "~", "null", "none", "n/a", "unknown", "untitled", "document"})


def one_line(value: object) -> str | None:
    """A short text on one line, None when nothing is said."""
    if not isinstance(value, str):
        return None
    printable = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in value)
    line = " ".join(unicodedata.normalize("NFC", printable).split())
    if line.casefold() in _BLANK:
        return None
    return line if len(line) <= MAX_LINE else line[: MAX_LINE - 1].rstrip() + "…"


def iso_date(value: object) -> str | None:
    """The date that a text names, as precise as it is certain: a day, a month or a year.

    `02/03/2024` is the year 2024, since the writer's order of day and month is not known;
    what is not a date of the calendar is None. A time of day is left off, not converted.
    """
    text = one_line(value)
    if text is None or len(text) > 60:
        return None
    if numeric := _NUMERIC_DATE.fullmatch(text):
        first, second, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
        if first > 12:
            return _iso(year, second, first)
        if second > 12 or first == second:
            return _iso(year, first, second)
        return _iso(year) if first and second else None
    for pattern in _WRITTEN_DATES:
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            month, day = parts.get("month"), parts.get("day")
            return _iso(int(parts["year"]), _month(month), int(day) if day else None)
    return None


def _month(text: str | None) -> int | None:
    if text is None or text.isdecimal():
        return None if text is None else int(text)
    return MONTHS.index(text[:3].casefold()) + 1


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    if year not in YEARS:
        return None
    try:
        whole = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return whole.isoformat()[: 10 if day is not None else 7 if month is not None else 4]


def web_url(value: object) -> str | None:
    """The address, if it is one of the web."""
    text = one_line(value)
    if text is None or " " in text or text.endswith("…"):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and host else None


def language_code(value: object) -> str | None:
    """The ISO 639-1 code of a language tag such as `en-GB`."""
    text = one_line(value)
    match = re.fullmatch(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]+)?", text or "")
    return match[1].lower() if match else None
