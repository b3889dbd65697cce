"""ISO dates of a year, a month or a day, and the days that they span."""

import calendar
import re

from index.errors import SettingsError

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def days_of(date: str) -> tuple[str, str]:
    """The first and last day of an ISO year, month or day. Raises SettingsError for others."""
    match = _ISO.fullmatch(date)
    if match:
        year, month, day = match.groups()
        if month is None:
            return f"{year}-01-01", f"{year}-12-31"
        if 1 <= int(month) <= 12 and int(year) > 0:
            last = calendar.monthrange(int(year), int(month))[1]
            if day is None:
                return f"{year}-{month}-01", f"{year}-{month}-{last:02d}"
            if 1 <= int(day) <= last:
                return date, date
    raise SettingsError(
        f"{date!r} is not a date. Write a year, a month or a day, as in 2024-12-02."
    )
