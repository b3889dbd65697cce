"""What the options of several commands have in common."""

from typing import Any

import click

from index.dates import days_of
from index.errors import SettingsError


class DateOption(click.ParamType):
    """An ISO year, month or day, checked before the index is opened."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            days_of(value)
        except SettingsError as error:
            self.fail(error.user_message, param, ctx)
        return str(value)


DATE = DateOption()
