"""Starts `ascribe`; here and not there, so that CTRL-C is heard while the rest is imported."""

import os
import signal
import sys

INTERRUPTED = 130


def main() -> None:
    """Runs a command: status 0 done, 1 a problem in a sentence, 2 wrong usage, 130 interrupted."""
    signal.signal(signal.SIGINT, _interrupt)
    try:
        from index.command_line import run

        run()
    except KeyboardInterrupt:
        _interrupt()
    except SystemExit as end:
        if end.code == INTERRUPTED:
            _end()
        raise


def _interrupt(*_: object) -> None:
    """Stops at once. Nothing has to be put in order: a kill harms no file of the index."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.write(2, b"Interrupted.\n")
    _end()


def _end() -> None:
    """Leaves without Python's own end, in which one more CTRL-C would be heard by nobody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stderr.flush()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
