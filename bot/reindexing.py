"""The reindex command as a subprocess, with its progress.

A reader that loops or eats memory dies there and not in the bot. The process
has a group of its own, so that everything it started ends with it, and `leash` ends that
group when the bot is gone.
"""

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field, ValidationError

from bot import leash
from index.errors import AscribeError

logger = logging.getLogger(__name__)

_LONGEST_LINE = 2**20


class Progress(BaseModel):
    """How far a stage is."""

    stage: str
    done: int
    total: int
    eta_seconds: float | None = None


class Counts(BaseModel):
    """What happened to the documents."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: list["Failure"] = []


class Failure(BaseModel):
    """A file that could not be read, and why."""

    path: str
    reason: str


class Report(BaseModel):
    """What `reindex --json` prints at its end."""

    generation: str
    changed: bool = True
    documents: Counts = Counts()
    passages: int = 0
    attributions: int = 0
    seconds: dict[str, float] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a reindex ended: `done`, `unchanged`, `failed`, `cancelled` or `locked`."""

    status: str
    reason: str = ""
    report: Report | None = None


class BusyError(AscribeError):
    """This bot is reindexing already."""


class Reindexing:
    """Runs one reindex at a time. For use on one event loop."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """`environment` is the command's whole environment; the bot's token does not belong in."""
        self._command = tuple(command)
        self._environment = dict(environment)
        self._process: asyncio.subprocess.Process | None = None
        self._busy = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopped = False
        self.progress: Progress | None = None

    @property
    def busy(self) -> bool:
        return self._busy

    async def run(self, on_progress: Callable[[Progress], None]) -> Outcome:
        """From the start of the command to its end.

        Raises BusyError while another one runs here.
        """
        if self._busy:
            raise BusyError("A reindex is already running.")
        self._busy, self._stopped, self.progress = True, False, None
        self._idle.clear()
        try:
            return await self._run(on_progress)
        finally:
            self._busy, self._process = False, None
            self._idle.set()

    async def ended(self) -> None:
        """Waits until none runs here."""
        await self._idle.wait()

    async def _run(self, on_progress: Callable[[Progress], None]) -> Outcome:
        process = self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-S", "-E", leash.__file__, *self._command),
            env=self._environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            limit=_LONGEST_LINE,
        )
        assert process.stdout is not None  # noqa: S101  (a pipe, as asked for)
        assert process.stderr is not None  # noqa: S101  (the same)
        with contextlib.suppress(OSError):
            # Questions come first where processors are few.
            os.setpriority(os.PRIO_PGRP, process.pid, 10)
        if self._stopped:
            self._signal(process, signal.SIGTERM)
        try:
            printed, end = await asyncio.gather(
                process.stdout.read(), self._follow(process.stderr, on_progress)
            )
            code = await process.wait()
        except BaseException:
            self._signal(process, signal.SIGKILL)
            raise
        return self._outcome(code, printed, end)

    async def _follow(
        self, stream: asyncio.StreamReader, on_progress: Callable[[Progress], None]
    ) -> Outcome | None:
        end = None
        while True:
            try:
                line = await stream.readline()
            except ValueError:
                logger.warning("reindex: a line of its log was too long to read")
                continue
            if not line:
                return end
            event = _event(line)
            match event.get("event"):
                case "progress":
                    with contextlib.suppress(ValidationError):
                        self.progress = Progress.model_validate(event)
                        on_progress(self.progress)
                case "log":
                    logger.info("reindex: %s", event.get("message"))
                case "end":
                    end = Outcome(str(event.get("status")), str(event.get("reason") or ""))
                case _:
                    logger.info("reindex: %s", line.decode(errors="replace").rstrip())

    def _outcome(self, code: int, printed: bytes, end: Outcome | None) -> Outcome:
        if self._stopped or code == 130:
            return Outcome("cancelled", end.reason if end else "")
        if end is not None and end.status not in ("done", "unchanged"):
            return end
        if code != 0:
            logger.error("reindex ended with exit status %d", code)
            return Outcome("failed", f"The reindex ended unexpectedly (exit status {code}).")
        try:
            report = Report.model_validate_json(printed)
        except ValidationError:
            logger.exception("reindex printed something else than a report")
            return Outcome("failed", "The reindex ended without a report.")
        return Outcome("done" if report.changed else "unchanged", report=report)

    async def stop(self, grace: float = 8) -> None:
        """Ends a running reindex: politely first, after `grace` seconds by force."""
        self._stopped = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        self._signal(process, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), grace)
        except TimeoutError:
            logger.warning("reindex did not stop within %.0f s and is killed", grace)
        # Also when it ended by itself: what it started may still be there.
        self._signal(process, signal.SIGKILL)
        await process.wait()

    @staticmethod
    def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)


def _event(line: bytes) -> dict[str, object]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}
