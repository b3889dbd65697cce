"""What the options of several commands have in common."""

import click

from index.dates import days_of
from index.errors import SettingsError


def checked_date(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """An option's ISO year, month or day, checked before the index is opened."""
    if value is not None:
        try:
            days_of(value)
        except SettingsError as error:
            raise click.BadParameter(error.user_message) from error
    return value
