"""Numbers and dates of a text: what they count, how exact they are, and which day they mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.verification.tokens import Token

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_TEENS = "fifteen sixteen seventeen eighteen nineteen"
_SMALL = {word: n for n, word in enumerate(f"{_UNITS} {_TEENS}".split())}
_TENS = {
    word: 10 * n
    for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "dozen": 12}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        """
        zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        """.split()
    )
}
_TIMES = {"once": 1, "twice": 2, "thrice": 3, "double": 2, "triple": 3, "fourfold": 4}
_SCALE_LETTERS = {"m": 10**6, "bn": 10**9, "k": 1_000}
MONTHS = {
    name: number
    for number, names in enumerate(
        """
        january jan|february feb|march|april apr|may|june jun|july jul|august aug|
        september sept sep|october oct|november nov|december dec
        """.split("|"),
        1,
    )
    for name in names.split()
}
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
RELATIVE_DAYS = frozenset("yesterday today tomorrow tonight".split())
_BOUNDS = {
    "least": "least", "over": "least", "more": "least", "exceeding": "least", "fewer": "most",
    "most": "most", "under": "most", "less": "most", "up": "most", "below": "most",
    "above": "least", "about": "about", "around": "about", "roughly": "about", "nearly": "about",
    "almost": "about", "some": "about", "approximately": "about", "circa": "about", "only": "only",
    "just": "only",
}  # fmt: skip
_BOUND_PHRASES = {
    ("no", "fewer", "than"): "least", ("no", "less", "than"): "least",
    ("not", "less", "than"): "least", ("no", "more", "than"): "most", ("just", "over"): "least",
    ("just", "under"): "most", ("at", "least"): "least", ("at", "most"): "most",
    ("more", "than"): "least", ("fewer", "than"): "most", ("less", "than"): "most",
    ("capped", "at"): "most", ("limited", "to"): "most", ("maximum", "of"): "most",
    ("up", "to"): "most", ("as", "many", "as"): "most", ("as", "much", "as"): "most",
}  # fmt: skip
_COMPARED_WITH = frozenset("below above under over".split())
_DOWNWARD = frozenset("shorter smaller lower lighter younger cheaper slower fewer nearer".split())
_DAY_LINKS = ("of", "st", "nd", "rd", "th")
_DAY_LISTS = ("and", "or", "to", "–", "-", "&")
SMALL_NUMBERS = {**_SMALL, **_TENS}
NUMBER_WORDS = frozenset({*_SMALL, *_TENS, *_SCALES, *_ORDINALS})
_MOVED = frozenset("go gone went rise rose risen climbed increased put pushed moved grew".split())
_ORDINAL_DIGITS = re.compile(r"(?:st|nd|rd|th)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: its value, the stems of the two words that it counts, and its bound."""

    value: float
    units: tuple[str, ...]
    bound: str
    """"" for an exact number, "least", "most", "about", "only"."""
    at: int
    ordinal: bool = False
    word_one: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is said."""

    month: int | None = None
    day: int | None = None
    year: int | None = None
    weekday: str | None = None
    at: int = 0


def days(found: Sequence[Token]) -> list[Day]:
    """The dates of a text; each month, weekday and year of it belongs to one."""
    dates = []
    used: set[int] = set()
    for i, token in enumerate(found):
        if token.lower in MONTHS and token.capital and not _is_verb_may(found, i):
            day = year = None
            for k in (i - 1, i - 2, i + 1):
                if 0 <= k < len(found) and (n := _day_number(found, k)) is not None:
                    if k == i - 2 and found[i - 1].lower not in _DAY_LINKS:
                        continue
                    day = n
                    used.add(k)
                    break
            for k in (i + 1, i + 2, i + 3):
                if 0 <= k < len(found) and _is_year(found[k]):
                    year = int(found[k].text)
                    used.add(k)
                    break
                if k < len(found) and found[k].is_word and not found[k].is_number:
                    break
            dates.append(Day(MONTHS[token.lower], day, year, None, i))
            if i > 2 and found[i - 2].lower in _DAY_LISTS:
                other = _day_number(found, i - 3)
                if other is not None:
                    dates.append(Day(MONTHS[token.lower], other, year, None, i))
        elif token.lower in DAYS or token.lower.rstrip("s") in DAYS:
            dates.append(Day(weekday=token.lower.rstrip("s"), at=i))
    dates += [
        Day(year=int(token.text), at=i)
        for i, token in enumerate(found)
        if i not in used and _is_year(token)
    ]
    return dates


def day_places(found: Sequence[Token]) -> set[int]:
    """The places of the numbers that belong to dates."""
    places = {i for i, token in enumerate(found) if _is_year(token)}
    for i, token in enumerate(found):
        if token.lower in MONTHS and token.capital and not _is_verb_may(found, i):
            near = [i - 1, i + 1]
            before = found[i - 1].lower if i else ""
            if before in _DAY_LINKS:
                near.append(i - 2)
            if i > 2 and found[i - 2].lower in _DAY_LISTS:
                near.append(i - 3)
            places |= {k for k in near if 0 <= k < len(found) and _day_number(found, k) is not None}
    return places


def figures(found: Sequence[Token]) -> list[Figure]:
    """The numbers of a text, in words or digits, but for those of dates."""
    numbers: list[Figure] = []
    dated = day_places(found)
    i = 0
    while i < len(found):
        value, end, ordinal = _number(found, i)
        if value is None or i in dated:
            i += 1
            continue
        money = i and found[i - 1].lower in ("$", "£", "€")
        share = end < len(found) and found[end].lower in ("%", "per", "percent")
        units: tuple[str, ...] = tuple(
            token.stem
            for token in _same_clause(found[end : end + 4])
            if token.says_something and not token.capital
        )[:2]
        if money or share:
            units = ("money",) if money else ("percent",)
        one = value == 1 and not found[i].is_number
        numbers.append(Figure(value, units, _bound(found, i), i, ordinal, one))
        i = end
    return numbers


def _same_clause(found: Sequence[Token]) -> Sequence[Token]:
    stop = next((k for k, t in enumerate(found) if t.text in (".", ";", "?", "!")), len(found))
    return found[:stop]


def _number(found: Sequence[Token], i: int) -> tuple[float | None, int, bool]:
    """The value at a place, where it ends, and whether it is an ordinal."""
    token = found[i]
    if token.is_number:
        value = float(token.text.replace(",", "")) if _plain(token.text) else None
        if value is None:
            return None, i + 1, False
        after = found[i + 1] if i + 1 < len(found) else None
        if after is not None and after.lower in _SCALES:
            return value * _SCALES[after.lower], i + 2, False
        if after is not None and after.start == token.end:
            if after.lower in _SCALE_LETTERS:
                return value * _SCALE_LETTERS[after.lower], i + 2, False
            if _ORDINAL_DIGITS.match(after.lower):
                return value, i + 2, True
        return value, i + 1, False
    lower = token.lower
    if lower in _ORDINALS:
        return float(_ORDINALS[lower]), i + 1, True
    if lower in _TIMES:
        return float(_TIMES[lower]), i + 1, False
    if lower not in _SMALL and lower not in _TENS and lower not in ("dozen", "hundred", "thousand"):
        return None, i + 1, False
    total, current, end = 0.0, 0.0, i
    while end < len(found):
        lower = found[end].lower
        if lower in _SMALL or lower in _TENS:
            current += _SMALL.get(lower, 0) + _TENS.get(lower, 0)
        elif lower in _SCALES:
            current = max(current, 1) * _SCALES[lower]
            if _SCALES[lower] >= 1_000:
                total, current = total + current, 0.0
        elif lower in _ORDINALS and end > i and found[end - 1].lower == "-":
            return total + current + _ORDINALS[lower], end + 1, True
        elif not (
            lower in ("-", "and")
            and end + 1 < len(found)
            and end > i
            and (
                (lower == "-" and found[end + 1].lower in {**_SMALL, **_ORDINALS})
                or (found[end - 1].lower in _SCALES and found[end + 1].lower in {**_SMALL, **_TENS})
            )
        ):
            break
        end += 1
        if (
            end < len(found)
            and end > i
            and found[end - 1].lower in _SMALL
            and found[end].lower in {**_SMALL, **_TENS}
        ):
            break
    return total + current, max(end, i + 1), False


def _plain(text: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", text) is not None


def _bound(found: Sequence[Token], i: int) -> str:
    before = [token.lower for token in found[max(0, i - 4) : i]]
    if before and before[-1] in ("$", "£", "€", "a", "the"):
        known = before.pop() == "the"
        if known and before and before[-1] in _COMPARED_WITH:
            return ""
    for words, bound in _BOUND_PHRASES.items():
        if tuple(before[-len(words) :]) == words:
            moved = words == ("up", "to") and len(before) > 2 and before[-3] in _MOVED
            return "" if moved else bound
    if len(before) > 1 and before[-1] == "than" and before[-2].endswith("er"):
        return "most" if before[-2] in _DOWNWARD else "least"
    if (
        before
        and before[-1] in _BOUNDS
        and before[-1] not in ("more", "most", "least", "less", "up", "fewer")
    ):
        return _BOUNDS[before[-1]]
    return ""


def _is_year(token: Token) -> bool:
    return token.is_number and re.fullmatch(r"1[5-9]\d\d|20\d\d", token.text) is not None


def _day_number(found: Sequence[Token], k: int) -> int | None:
    token = found[k]
    if token.is_number and token.text.isdigit() and 1 <= int(token.text) <= 31:
        return int(token.text)
    return None


def _is_verb_may(found: Sequence[Token], i: int) -> bool:
    """Whether a capital "May" or "March" opens a sentence instead of naming a month."""
    if found[i].lower not in ("may", "march"):
        return False
    near = [k for k in (i - 1, i + 1) if 0 <= k < len(found)]
    return i == 0 and not any(found[k].is_number for k in near)
