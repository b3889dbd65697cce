"""What several commands have in common: their options, and how they print JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from index.dates import days_of
from index.errors import SettingsError

UNEXPECTED = "Something went wrong that should not. Try again with: ascribe --verbose"


def checked_date(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """An option's ISO year, month or day, checked before the index is opened."""
    if value is not None:
        try:
            days_of(value)
        except SettingsError as error:
            raise click.BadParameter(error.user_message) from error
    return value


folders_options = (
    click.option(
        "--corpus",
        type=click.Path(path_type=Path, readable=False),
        help="The folder with the documents.",
    ),
    click.option(
        "--data", type=click.Path(path_type=Path, readable=False), help="Where the index is kept."
    ),
)
filters_options = (
    click.option("--collection", metavar="NAME", help="Only documents in this sub-folder."),
    click.option(
        "--since",
        metavar="DATE",
        callback=checked_date,
        help="Only documents from this day, month or year on.",
    ),
    click.option(
        "--until",
        metavar="DATE",
        callback=checked_date,
        help="Only documents up to this day, month or year.",
    ),
)
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")
batch_option = click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help='Questions from a file (or -) of JSON lines: {"id", "question", "history"?}.',
)


def with_options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Gives a command these options, in this order."""

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def print_json(value: dict[str, Any]) -> None:
    """One line, also for readers that take Unicode's other line ends for ends of lines."""
    line = json.dumps(value, ensure_ascii=False)
    click.echo(line.translate({end: f"\\u{end:04x}" for end in (0x85, 0x2028, 0x2029)}))
