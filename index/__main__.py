"""Starts `ascribe`; here and not there, so that CTRL-C is heard while the rest is imported."""

import signal
import sys


def main() -> None:
    """Runs a command: status 0 done, 1 a problem in a sentence, 2 wrong usage, 130 interrupted."""
    try:
        from index.command_line import run

        run()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stderr.write("Interrupted.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
