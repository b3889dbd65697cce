"""The dates in a question, relative ones too: "since March", "in the last two weeks"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from index.dates import days_of
from index.errors import SettingsError

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBERS = {word: n for n, word in enumerate(_WORDS, 1)} | {"couple of": 2, "few": 3}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?\b"
_YEAR = r"(?:,?\s(?:of\s)?\d{4}\b)?"
_POINT = "|".join(
    [
        r"\d{4}(?:-\d{2}(?:-\d{2})?)?\b",
        rf"(?:on\s)?(?:the\s)?{_ORDINAL}(?:\sof)?\s{_MONTH}{_YEAR}",
        rf"{_MONTH}\s(?:the\s)?{_ORDINAL}{_YEAR}",
        rf"(?:last\s|the\s(?:end|beginning|start)\sof\s)?{_MONTH}{_YEAR}",
        r"today|yesterday|(?:last|this)\s(?:week|month|year)",
    ]
)
_PHRASES = re.compile(
    r"[\s,]*\b(?:"
    + "|".join(
        [
            rf"(?:between|from)\s(?P<from>{_POINT})\s(?:and|to|until|till)\s(?P<to>{_POINT})",
            rf"(?P<word>since|after|before|until|till|up\sto|as\sof)\s(?P<point>{_POINT})",
            r"(?:in|over|during|within)\sthe\s(?:last|past)\s"
            rf"(?:(?P<n>\d+|{'|'.join(_NUMBERS)})\s)?(?P<unit>day|week|month|year)s?",
            r"(?P<this>(?:(?:in|during)\s)?(?:this|last)\s(?:week|month|year)|today|yesterday)",
            rf"(?:in|during|on)\s(?P<within>{_POINT})",
        ]
    )
    + r")(?=[\s,?.!]|$)",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(r"\b\d{4}\b")
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both ISO and inclusive; None is open."""

    since: str | None = None
    until: str | None = None


def cut_dates(question: str, today: date) -> tuple[str, Period, bool]:
    """The question without its dates, the period that they mean, and whether that is certain.

    "in March" is uncertain: it may belong to what happened rather than to when it was said.
    """
    found = list(_PHRASES.finditer(question))
    period = _period(found[-1], today) if found else None
    if period is None:
        return question, Period(), True
    match = found[-1]
    rest = f"{question[: match.start()]} {question[match.end() :]}"
    return " ".join(rest.split()), period, match["within"] is None


def _period(match: re.Match[str], today: date) -> Period | None:
    if match["from"]:
        first = match["from"]
        if not _HAS_YEAR.search(first) and (year := _HAS_YEAR.search(match["to"])):
            first = f"{first} {year[0]}"
        start, end = _span(first, today), _span(match["to"], today)
        return Period(start[0], end[1]) if start and end and start[0] <= end[1] else None
    if match["point"]:
        span = _span(match["point"], today)
        if span is None:
            return None
        word = match["word"].lower()
        if word in ("since", "as of"):
            return Period(since=span[0])
        if word == "after":
            return Period(since=_shifted(span[1], 1))
        return Period(until=_shifted(span[0], -1) if word == "before" else span[1])
    if match["unit"]:
        number = match["n"] or "1"
        many = int(number) if number.isdigit() else _NUMBERS[number.lower()]
        if many > 1000:
            return None
        return Period(since=(today - timedelta(many * _UNITS[match["unit"].lower()])).isoformat())
    span = _span(match["this"] or match["within"], today)
    return Period(*span) if span else None


def _span(words: str, today: date) -> tuple[str, str] | None:
    """The first and last day that the words of a date mean, seen from a day."""
    text = re.sub(r"^(?:in|on|during|the) ", "", words.lower().replace(",", " ").strip())
    text = re.sub(r"\b(?:end|beginning|start)\b|\bof\b|\bthe\b|\.", " ", text)
    text = " ".join(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text).split())
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return _days(text)
    if text in ("today", "yesterday"):
        day = (today - timedelta(text == "yesterday")).isoformat()
        return day, day
    if match := re.fullmatch(r"(last|this) (week|month|year)", text):
        return _relative(match[1] == "last", match[2], today)
    month = next((_MONTHS[word] for word in text.split() if word in _MONTHS), None)
    if month is None:
        return None
    return _in_month(text, month, today)


def _in_month(text: str, month: int, today: date) -> tuple[str, str] | None:
    """A month or one of its days; without a year the last one that has come."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    year = next((n for n in numbers if n > 31), None)
    day_of_month = next((n for n in numbers if n <= 31), None)
    if year is None:
        year = today.year
        past = (month, day_of_month or 1) <= (today.month, today.day)
        year -= not past
    iso = f"{year:04d}-{month:02d}" + (f"-{day_of_month:02d}" if day_of_month else "")
    return _days(iso)


def _relative(last: bool, unit: str, today: date) -> tuple[str, str]:
    if unit == "week":
        monday = today - timedelta(today.weekday() + 7 * last)
        return monday.isoformat(), (monday + timedelta(6)).isoformat()
    if unit == "month":
        first = today.replace(day=1)
        first = (first - timedelta(1)).replace(day=1) if last else first
        return days_of(first.isoformat()[:7])
    return days_of(f"{today.year - last:04d}")


def _days(iso: str) -> tuple[str, str] | None:
    try:
        return days_of(iso)
    except SettingsError:
        return None


def _shifted(day: str, by: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(by)).isoformat()
    except OverflowError:
        return day


def find_dates(question: str) -> list[tuple[int, int]]:
    """Where a question speaks of days, months or years, in order."""
    return [match.span() for match in _PHRASES.finditer(question)]
