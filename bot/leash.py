"""Runs a command that must not outlive the bot: `python leash.py COMMAND…`.

The bot holds the other end of stdin. However it ends, SIGKILL included, stdin then ends too; the
command's process group is asked to stop, and after a while made to.
"""

import os
import signal
import subprocess
import sys
import threading
import time

_GRACE = 8.0


def main(command: list[str]) -> int:
    # Not SIG_IGN, which the command would inherit: a signal to the group is the command's to obey.
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGINT, lambda *_: None)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=_watch, daemon=True).start()
    status = process.wait()
    return status if status >= 0 else 128 - status


def _watch() -> None:
    while os.read(0, 1024):
        continue
    os.killpg(0, signal.SIGTERM)
    time.sleep(_GRACE)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
