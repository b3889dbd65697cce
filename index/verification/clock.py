"""Times of the day, in figures and in words: "4.40 pm", "twenty to five", "eight o'clock"."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.verification.figures import SMALL_NUMBERS
from index.verification.tokens import Token

_HALF_DAY = 12 * 60
_PARTS = {"quarter": 15, "half": 30}
_AT = frozenset("at by until till from since before after".split())
_COUNTED = frozenset("per % percent m bn million".split())
_OF_DAY = frozenset("morning afternoon evening night o'clock am pm a.m p.m noon midnight".split())


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day: minutes after twelve, and the places of its numbers."""

    minutes: int
    places: tuple[int, ...]


def clock_times(found: Sequence[Token]) -> list[Clock]:
    """The times of a text. An hour alone is one only beside "o'clock", "am" or "in the morning"."""
    times: list[Clock] = []
    used: set[int] = set()
    for i, token in enumerate(found):
        if token.lower in ("to", "past") and 0 < i < len(found) - 1:
            hour = _small(found[i + 1])
            before, places = _minutes_before(found, i)
            if hour is None or before is None or not 1 <= hour <= 12 or not 0 < before <= 30:
                continue
            sign = 1 if token.lower == "past" else -1
            times.append(Clock((hour * 60 + sign * before) % _HALF_DAY, (*places, i + 1)))
            used |= {*places, i + 1}
    for i in range(len(found)):
        if i in used:
            continue
        hour, minute, end = _figures(found, i)
        near = {t.lower for t in found[end : end + 3]} & _OF_DAY or _told(found, i, end)
        if hour is not None and 0 <= hour <= 24 and 0 <= minute < 60 and near:
            times.append(Clock((hour * 60 + minute) % _HALF_DAY, tuple(range(i, end))))
            used |= set(range(i, end))
    return times


def _figures(found: Sequence[Token], i: int) -> tuple[int | None, int, int]:
    text = found[i].text
    if found[i].is_number and "." in text and len(text.split(".")[1]) == 2:
        hour, minute = text.split(".")
        return (int(hour) if hour.isdecimal() else None), int(minute), i + 1
    colon = found[i].is_number and i + 2 < len(found) and found[i + 1].text == ":"
    if colon and found[i + 2].text.isdecimal() and text.isdecimal():
        return int(text), int(found[i + 2].text), i + 3
    return _small(found[i]), 0, i + 1


def _told(found: Sequence[Token], i: int, end: int) -> bool:
    """Whether figures are a time without "am": "at 6.40", and not "at 6.40 per cent"."""
    exact = end > i + 1 or "." in found[i].text
    counted = end < len(found) and (found[end].says_something or found[end].lower in _COUNTED)
    return exact and i > 0 and found[i - 1].lower in _AT and not counted


def _minutes_before(found: Sequence[Token], i: int) -> tuple[int | None, tuple[int, ...]]:
    last = i - 1
    if found[last].lower == "minutes" and last:
        last -= 1
    if found[last].lower in _PARTS:
        return _PARTS[found[last].lower], (last,)
    value = _small(found[last])
    if value is not None and last > 1 and found[last - 1].text == "-":
        tens = _small(found[last - 2])
        return (None if tens is None else tens + value), (last - 2, last - 1, last)
    return value, (last,)


def _small(token: Token) -> int | None:
    if token.text.isdecimal() and len(token.text) <= 2:
        return int(token.text)
    return SMALL_NUMBERS.get(token.lower)
