"""`ascribe`: the terminal's face of the index."""

import logging
import sys

import click

from index.attribution_commands import attributions, extract
from index.commands.asking import ask, search, show
from index.commands.checking import evaluate, verify
from index.commands.indexing import reindex, rollback, status
from index.commands.options import UNEXPECTED
from index.errors import AscribeError, CancelledError
from index.printable import printable

log = logging.getLogger("index.command_line")


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


_COMMANDS = (
    reindex, ask, search, attributions, extract, show, status, rollback, verify, evaluate
)  # fmt: skip
for _command in _COMMANDS:
    ascribe.add_command(_command)


def run() -> None:
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
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        log.debug("unexpected", exc_info=True)
        log.error("%s (%s: %s)", UNEXPECTED, type(error).__name__, error)
        sys.exit(1)


def _complain(sentence: str, status: int) -> None:
    click.echo(printable(sentence), err=True)
    sys.exit(status)
