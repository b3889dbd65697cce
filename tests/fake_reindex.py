"""A reindex command that keeps the contract: progress on stderr, a report on stdout.

    python fake_reindex.py [--steps N] [--pause SECONDS] [--status STATUS] [--data DIR]

With `--data` it makes the next generation the live one by writing DIR/CURRENT.
SIGTERM ends it with status 130, unless `--deaf`.
"""

import argparse
import json
import signal
import sys
import time
from pathlib import Path


def say(**event: object) -> None:
    sys.stderr.write(json.dumps(event) + "\n")
    sys.stderr.flush()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--pause", type=float, default=0.05)
    parser.add_argument("--status", default="done")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--deaf", action="store_true")
    parser.add_argument("--exit", type=int, default=0)
    options = parser.parse_args()

    def stop(*_: object) -> None:
        say(event="end", status="cancelled", reason="stopped")
        sys.exit(130)

    signal.signal(signal.SIGTERM, signal.SIG_IGN if options.deaf else stop)
    sys.stderr.write("a library that talks too much\n")
    say(event="log", level="warning", message="x.pdf: password protected")
    for step in range(options.steps):
        say(event="progress", stage="embed", done=step + 1, total=options.steps, eta_seconds=2)
        time.sleep(options.pause)
    if options.exit:
        return options.exit
    say(
        event="end",
        status=options.status,
        reason="process 4711" if options.status != "done" else "",
    )
    if options.status not in ("done", "unchanged"):
        return 1
    generation = "000002"
    if options.data is not None:
        current = options.data / "CURRENT"
        before = int(current.read_text()) if current.exists() else 0
        generation = f"{before + 1:06}"
        current.write_text(generation)
    failed = [{"path": "x.pdf", "reason": "password protected"}]
    report = {
        "generation": generation,
        "changed": options.status == "done",
        "documents": {"added": 1, "changed": 0, "unchanged": 41, "removed": 0, "failed": failed},
        "passages": 310,
        "attributions": 95,
        "seconds": {"total": 12.4},
    }
    sys.stdout.write(json.dumps(report) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
