"""`ascribe`: the terminal's face of the index."""

import json
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.attribution_commands import attributions, extract
from index.errors import AscribeError, CancelledError, LockedError
from index.options import checked_date
from index.printable import printable
from index.settings import load_settings
from index.types import Filters

if TYPE_CHECKING:
    from index.batch import BatchQuestion

log = logging.getLogger("index.command_line")

_BUG = "Something went wrong that should not. Try again with: ascribe --verbose"
_folders = (
    click.option(
        "--corpus",
        type=click.Path(path_type=Path, readable=False),
        help="The folder with the documents.",
    ),
    click.option(
        "--data", type=click.Path(path_type=Path, readable=False), help="Where the index is kept."
    ),
)
_filters = (
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
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")
_batch = click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help='Questions from a file (or -) of JSON lines: {"id", "question", "history"?}.',
)


def _with(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96})
@click.version_option(package_name="ascribe-bot", prog_name="ascribe")
@click.option("--verbose", is_flag=True, help="Say more on stderr, for a report of a fault.")
def ascribe(verbose: bool) -> None:
    """Answers questions about a folder of documents, and proves every sentence.

    \b
    Put documents into corpus/, then:
      ascribe reindex
      ascribe ask "Who accused whom?"
    """
    if verbose:
        logging.getLogger("index").setLevel(logging.DEBUG)


@ascribe.command()
@_with(*_folders, _json)
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
        status, reason = "failed", _BUG
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
        except KeyboardInterrupt:
            status, reason = "cancelled", "Stopped at once."
            if how == "json":
                sys.exit(130)
            raise
        finally:
            reporter.end(status, reason)
    if as_json:
        _print_json(report_json(report))
    else:
        click.echo(report_text(report))


@ascribe.command()
@click.argument("question", required=False)
@_with(*_folders, *_filters, _batch, _json)
def ask(
    question: str | None,
    corpus: Path | None,
    data: Path | None,
    collection: str | None,
    since: str | None,
    until: str | None,
    batch: Path | None,
    as_json: bool,
) -> None:
    """Answer a question in the words of the sources."""
    from index.contract import answer_json
    from index.terminal import answer_text
    from index.wiring import open_answerer

    settings = load_settings(corpus_dir=corpus, data_dir=data)
    filters = Filters(collection, since, until)
    answerer = open_answerer(settings)
    try:
        for asked in _questions(question, batch):
            id, text = asked.id, asked.text
            answer = answerer.answer(text, filters, history=asked.history)
            if as_json:
                _print_json(({} if id is None else {"id": id}) | answer_json(answer))
            else:
                click.echo(_headed(id, text) + answer_text(answer))
    finally:
        answerer.close()


@ascribe.command()
@click.argument("question", required=False)
@click.option(
    "-k",
    "count",
    default=10,
    show_default=True,
    type=click.IntRange(1, 100),
    help="How many passages.",
)
@_with(*_folders, *_filters, _batch, _json)
def search(
    question: str | None,
    count: int,
    corpus: Path | None,
    data: Path | None,
    collection: str | None,
    since: str | None,
    until: str | None,
    batch: Path | None,
    as_json: bool,
) -> None:
    """Rank the passages that match a question."""
    from index.contract import hit_json
    from index.terminal import hits_text
    from index.wiring import open_answerer

    settings = load_settings(corpus_dir=corpus, data_dir=data)
    filters = Filters(collection, since, until)
    answerer = open_answerer(settings)
    try:
        for asked in _questions(question, batch):
            id, text = asked.id, asked.text
            hits = answerer.search(text, filters, count, history=asked.history)
            if as_json:
                head = {} if id is None else {"id": id}
                _print_json(head | {"question": text, "hits": [hit_json(hit) for hit in hits]})
            else:
                click.echo(_headed(id, text) + hits_text(hits))
    finally:
        answerer.close()


@ascribe.command()
@click.argument("document")
@click.option("--start", type=click.IntRange(0), default=0, help="First code point to print.")
@click.option("--end", type=click.IntRange(0), help="Code point to stop before.")
@_with(*_folders, _json)
def show(
    document: str,
    start: int,
    end: int | None,
    corpus: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Print a document's text as it is cited."""
    from index.contract import document_json
    from index.wiring import open_catalog

    if end is not None and end < start:
        raise click.UsageError("--end lies before --start.")
    with open_catalog(load_settings(corpus_dir=corpus, data_dir=data)) as catalog:
        found = catalog.document(document)
    if start > len(found.text):
        raise AscribeError(f"{document} ends after {len(found.text):,} characters.")
    text = found.text[start:end]
    if as_json:
        _print_json(document_json(found, text))
    else:
        click.echo(text)


@ascribe.command()
@_with(*_folders, _json)
def status(corpus: Path | None, data: Path | None, as_json: bool) -> None:
    """Say what the index holds and who is writing it."""
    from index.status import read_status, status_json, status_text

    found = read_status(load_settings(corpus_dir=corpus, data_dir=data))
    if as_json:
        _print_json(status_json(found))
    else:
        click.echo(status_text(found))


@ascribe.command()
@_with(*_folders, _json)
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
        _print_json({"generation": name})
    else:
        click.echo(f"Generation {name} is live again.")


ascribe.add_command(extract)
ascribe.add_command(attributions)


def _questions(question: str | None, batch: Path | None) -> "list[BatchQuestion]":
    from index.batch import BatchQuestion, read_batch

    if batch is not None and question is None:
        return read_batch(batch)
    if question is None or batch is not None:
        raise click.UsageError("Give either a question or --batch FILE.")
    if not question.strip():
        raise click.UsageError("The question is empty.")
    return [BatchQuestion(None, question)]


def _headed(id: str | int | None, question: str) -> str:
    return "" if id is None else f"\n{question}\n"


def _print_json(value: dict[str, Any]) -> None:
    """One line, also for readers that take Unicode's other line ends for ends of lines."""
    line = json.dumps(value, ensure_ascii=False)
    click.echo(line.translate({end: f"\\u{end:04x}" for end in (0x85, 0x2028, 0x2029)}))


@contextmanager
def _log_to(handlers: list[logging.Handler]) -> Iterator[None]:
    """Sends the log to these handlers alone for a while."""
    root = logging.getLogger()
    before, root.handlers = root.handlers, handlers
    try:
        yield
    finally:
        root.handlers = before


@contextmanager
def _stop_signals() -> Iterator[Callable[[], bool]]:
    """SIGINT and SIGTERM ask for a stop at the next batch; a second SIGINT stops at once."""
    asked = False

    def ask(number: int, frame: object) -> None:
        nonlocal asked
        if asked and number == signal.SIGINT:
            raise KeyboardInterrupt
        asked = True

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def main() -> None:
    """Runs a command: status 0 done, 1 a problem in a sentence, 2 wrong usage, 130 interrupted."""
    logging.basicConfig(format="%(message)s", level=logging.ERROR)
    logging.getLogger("index").setLevel(logging.WARNING)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        ascribe(standalone_mode=False)
    except CancelledError as error:
        _complain(error.user_message, 130)
    except AscribeError as error:
        _complain(error.user_message, 1)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        _complain(error.format_message(), 1)
    except (click.Abort, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _complain("Interrupted.", 130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        log.debug("unexpected", exc_info=True)
        log.error("%s (%s: %s)", _BUG, type(error).__name__, error)
        sys.exit(1)


def _complain(sentence: str, status: int) -> None:
    click.echo(printable(sentence), err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
