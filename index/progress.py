"""How a reindex tells what it is doing: to a person, to a program, or to nobody."""

import json
import logging
import sys
import time
from typing import IO, Protocol

from index.printable import printable

STAGES = ("read", "parse", "embed", "store", "check")
_LABELS = {
    "read": "Reading",
    "parse": "Parsing",
    "embed": "Embedding",
    "store": "Storing",
    "check": "Checking",
}
_INTERVAL = 0.2


class Reporter(Protocol):
    """Receives the progress of a reindex. Stages come in the order of STAGES."""

    def stage(self, stage: str, done: int, total: int) -> None: ...

    def log(self, level: str, message: str) -> None: ...

    def end(self, status: str, reason: str = "") -> None: ...


class Pace:
    """The time that is left in a stage, from the pace so far."""

    def __init__(self) -> None:
        self._stage = ""
        self._start = 0.0
        self._first = 0

    def eta(self, stage: str, done: int, total: int) -> int | None:
        """Seconds, or None while there is nothing to go by."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._start, self._first = stage, now, done
        elapsed, steps = now - self._start, done - self._first
        if steps <= 0 or elapsed <= 0:
            return None
        return round(elapsed / steps * (total - done))


class Silence:
    """Says nothing but warnings."""

    def __init__(self, stream: IO[str] | None = None) -> None:
        self._stream = stream or sys.stderr

    def stage(self, stage: str, done: int, total: int) -> None:
        pass

    def log(self, level: str, message: str) -> None:
        if level != "info":
            print(printable(message), file=self._stream)

    def end(self, status: str, reason: str = "") -> None:
        pass


class JsonLines:
    """One JSON object a line, at most five progress lines a second."""

    def __init__(self, stream: IO[str] | None = None) -> None:
        self._stream = stream or sys.stderr
        self._pace = Pace()
        self._last = 0.0

    def stage(self, stage: str, done: int, total: int) -> None:
        eta = self._pace.eta(stage, done, total)
        now = time.monotonic()
        if now - self._last < _INTERVAL:
            return
        self._last = now
        self._write(event="progress", stage=stage, done=done, total=total, eta_seconds=eta)

    def log(self, level: str, message: str) -> None:
        self._write(event="log", level=level, message=message)

    def end(self, status: str, reason: str = "") -> None:
        self._write(event="end", status=status, reason=reason)

    def _write(self, **fields: object) -> None:
        print(json.dumps(fields, ensure_ascii=False), file=self._stream, flush=True)


class EventHandler(logging.Handler):
    """Passes the program's log on to a reporter, where stderr is for events only."""

    def __init__(self, reporter: Reporter) -> None:
        super().__init__()
        self._reporter = reporter

    def emit(self, record: logging.LogRecord) -> None:
        self._reporter.log(record.levelname.lower(), self.format(record))


class Bar:
    """A bar a stage with its rate and the time left, on a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TaskID,
            TextColumn,
            TimeRemainingColumn,
        )

        self._console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description:<10}"),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:>8}"),
            TimeRemainingColumn(),
            console=self._console,
        )
        self._tasks: dict[str, tuple[TaskID, float]] = {}

    def stage(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._progress.start()
            task = self._progress.add_task(_LABELS[stage], total=total, rate="")
            self._tasks[stage] = (task, time.monotonic())
        task, start = self._tasks[stage]
        elapsed = time.monotonic() - start
        rate = f"{done / elapsed:.0f}/s" if elapsed > 1 else ""
        self._progress.update(task, completed=done, total=total, rate=rate)

    def log(self, level: str, message: str) -> None:
        self._console.print(
            printable(message), markup=False, style="yellow" if level == "warning" else None
        )

    def end(self, status: str, reason: str = "") -> None:
        self._progress.stop()
