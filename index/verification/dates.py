"""Dates that a source does not have."""

from collections.abc import Iterator, Sequence

from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.figures import RELATIVE_DAYS, Day, days, figures
from index.verification.tokens import Token


def date_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Dates that the window does not have; the document's own date may complete them."""
    have = days(evidence.window_tokens)
    numbers = {f.value for f in figures(evidence.window_tokens)}
    published = (evidence.document.published or "").split("-")
    own = [int(part) for part in published if part.isdigit()]
    own_year = own[0] if own else None
    own_month = own[1] if len(own) > 1 else None
    own_day = own[2] if len(own) > 2 else None
    relative = {t.lower for t in evidence.window_tokens} & RELATIVE_DAYS
    cited = days(evidence.cited_tokens)
    mine = days(found)
    for day in mine:
        if _displaced(day, mine, cited):
            yield Fault("date", "The cited sentence has another date.")
            continue
        if day.weekday is not None:
            if not any(d.weekday == day.weekday for d in have):
                lacking = not any(d.weekday for d in cited)
                yield Fault("date", "The source names another day of the week, or none.", lacking)
        elif day.month is not None:
            months = [d for d in have if d.month == day.month]
            fits = [
                d
                for d in months
                if day.day in (None, d.day) and (day.year is None or d.year in (None, day.year))
            ]
            if not fits and relative and day.month == own_month:
                near = day.day is None or (own_day is not None and abs(day.day - own_day) <= 1)
                fits = months or (have[:1] if near else [])
                if near:
                    continue
            if not fits and day.month == own_month and day.day is None:
                continue
            if not fits:
                lacking = not any(d.month for d in cited)
                yield Fault("date", "The source does not have this date.", lacking)
            elif day.year is not None and not any(
                day.year in (d.year, own_year) or any(e.year == day.year for e in have)
                for d in fits
            ):
                yield Fault("date", "The source does not have this year.")
        elif (
            day.year not in (None, own_year)
            and not any(d.year == day.year for d in have)
            and day.year not in numbers
        ):
            lacking = not any(d.year for d in cited)
            yield Fault("date", f"The source does not have the year {day.year}.", lacking)
    for token in found:
        if token.lower in RELATIVE_DAYS and token.lower not in {
            t.lower for t in evidence.window_tokens
        }:
            yield Fault("date", f"The source does not say “{token.lower}”.", lacking=True)


_UNTIL = frozenset("by before until till".split())
_SINCE = frozenset("after since from".split())


def turned_in_time(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """A date after which something is, where the source has it by then, or the reverse."""
    theirs = [(day, _side(evidence.cited_tokens, day)) for day in days(evidence.cited_tokens)]
    for day in days(found):
        mine = _side(found, day)
        sides = [
            side
            for other, side in theirs
            if (other.month, other.weekday) == (day.month, day.weekday)
            and (day.month is None or day.day == other.day)
            and (day.month or day.weekday or day.year == other.year)
        ]
        if mine and sides and all(side and side != mine for side in sides):
            yield Fault("date", "The source has it the other way round in time.")


def _side(found: Sequence[Token], day: Day) -> str:
    """Whether a date is one until or since which something is; "" for neither."""
    for k in range(day.at - 1, max(-1, day.at - 4), -1):
        lower = found[k].lower
        if lower in _UNTIL | _SINCE:
            return "until" if lower in _UNTIL else "since"
        if found[k].says_something:
            break
    return ""


def _displaced(day: Day, mine: Sequence[Day], cited: Sequence[Day]) -> bool:
    """Whether a date stands where the cited sentence has another of the kind."""
    if day.weekday is not None:
        kind = [d.weekday for d in cited if d.weekday]
        return day.weekday not in kind and bool(set(kind) - {d.weekday for d in mine})
    if day.month is None:
        return False
    kind_days = [(d.month, d.day) for d in cited if d.month]
    if any(m == day.month and day.day in (None, n) for m, n in kind_days):
        return False
    return bool(set(kind_days) - {(d.month, d.day) for d in mine})
