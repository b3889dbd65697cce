"""`ascribe reindex`, `status` and `rollback`."""

import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from index.commands.options import (
    UNEXPECTED,
    as_json_option,
    folders_options,
    print_json,
    with_options,
)
from index.errors import AscribeError, CancelledError, LockedError
from index.settings import load_settings


@click.command()
@with_options(*folders_options, as_json_option)
@click.option("--rebuild", is_flag=True, help="Compute everything again, from the files.")
@click.option(
    "--progress",
    type=click.Choice(["bar", "json", "none"]),
    help="How to tell the progress on stderr. [default: bar in a terminal]",
)
def reindex(
    corpus: Path | None, data: Path | None, as_json: bool, rebuild: bool, progress: str | None
) -> None:
    """Bring the index up to date with the corpus."""
    from index.contract import report_json
    from index.corpus import FolderCorpus
    from index.progress import Bar, EventHandler, JsonLines, Reporter, Silence
    from index.reindex import reindex as run
    from index.terminal import report_text

    settings = load_settings(corpus_dir=corpus, data_dir=data)
    how = progress or ("bar" if sys.stderr.isatty() else "none")
    reporter: Reporter = {"bar": Bar, "json": JsonLines, "none": Silence}[how]()
    events: list[logging.Handler] = logging.getLogger().handlers
    if how == "json":
        events = [EventHandler(reporter)]
    with _log_to(events), _stop_signals() as stopped:
        status, reason = "failed", UNEXPECTED
        try:
            report = run(
                settings,
                FolderCorpus(settings.corpus_dir),
                reporter,
                rebuild=rebuild,
                stopped=stopped,
            )
            status, reason = ("done" if report.changed else "unchanged"), ""
        except AscribeError as error:
            reason = error.user_message
            if isinstance(error, CancelledError):
                status = "cancelled"
            elif isinstance(error, LockedError):
                status = "locked"
            if how == "json":
                sys.exit(130 if status == "cancelled" else 1)
            raise
        except (KeyboardInterrupt, Exception) as error:
            if isinstance(error, Exception) and not stopped.at_once:
                raise
            status, reason = "cancelled", "Stopped at once."
            if how == "json":
                sys.exit(130)
            raise KeyboardInterrupt from error
        finally:
            reporter.end(status, reason)
    if as_json:
        print_json(report_json(report))
    else:
        click.echo(report_text(report))


@click.command()
@with_options(*folders_options, as_json_option)
def status(corpus: Path | None, data: Path | None, as_json: bool) -> None:
    """Say what the index holds and who is writing it."""
    from index.status import read_status, status_json, status_text

    found = read_status(load_settings(corpus_dir=corpus, data_dir=data))
    if as_json:
        print_json(status_json(found))
    else:
        click.echo(status_text(found))


@click.command()
@with_options(*folders_options, as_json_option)
def rollback(corpus: Path | None, data: Path | None, as_json: bool) -> None:
    """Make the previous generation of the index the live one."""
    from index.generations import Generations
    from index.lock import writer_lock
    from index.storage import storage_errors

    settings = load_settings(corpus_dir=corpus, data_dir=data)
    generations = Generations(settings.data_dir)
    generations.live()
    with storage_errors(settings.data_dir), writer_lock(settings.data_dir):
        name = generations.roll_back()
    if as_json:
        print_json({"generation": name})
    else:
        click.echo(f"Generation {name} is live again.")


@contextmanager
def _log_to(handlers: list[logging.Handler]) -> Iterator[None]:
    """Sends the log to these handlers alone for a while."""
    root = logging.getLogger()
    before, root.handlers = root.handlers, handlers
    try:
        yield
    finally:
        root.handlers = before


@dataclass(slots=True)
class _Stopped:
    """Whether a stop was asked for, and whether at once."""

    asked: bool = False
    at_once: bool = False
    """A module of C that is being imported then may fail with an error of its own."""

    def __call__(self) -> bool:
        return self.asked


@contextmanager
def _stop_signals() -> Iterator[_Stopped]:
    """SIGINT and SIGTERM ask for a stop at the next batch; a second SIGINT stops at once."""
    stopped = _Stopped()

    def ask(number: int, frame: object) -> None:
        if stopped.asked and number == signal.SIGINT:
            stopped.at_once = True
            raise KeyboardInterrupt
        stopped.asked = True

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
