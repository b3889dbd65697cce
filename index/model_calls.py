"""Calls of a language model within limits: of time, of number at once, of number in a day."""

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

log = logging.getLogger(__name__)


class LanguageModelError(Exception):
    """Why there is no wording by a model. The message never holds what was sent or received."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        """"slow", "down", "refused", "nonsense", "cut", "busy", "ceiling" or "broken"."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a model may be used."""

    seconds: float = 30.0
    """For one question, everything included."""
    prompt_tokens: int = 3_000
    at_once: int = 2
    calls_a_day: int = 1_000


class DailyCalls:
    """How many calls there were today: a file for the day, one byte longer with each call.

    So a restart does not begin again, and several processes count together. Where the file cannot
    be written, or none is wanted, the calls of this process are counted.
    """

    def __init__(self, most: int, folder: Path | None = None) -> None:
        self._most = most
        self._folder = folder
        self._lock = threading.Lock()
        self._day = date.min
        self._calls = 0

    def take(self) -> bool:
        """Counts one call; False, and nothing counted, where the day's are used up."""
        with self._lock:
            today = date.today()  # noqa: DTZ011  (a day of the machine's own clock)
            if today != self._day:
                self._day, self._calls = today, 0
                self._drop_other_days()
            if max(self._calls, self._written()) >= self._most:
                return False
            self._calls = max(self._calls + 1, self._write())
            return self._calls <= self._most

    def _path(self) -> Path | None:
        return None if self._folder is None else self._folder / f"model-calls-{self._day}"

    def _written(self) -> int:
        path = self._path()
        try:
            return 0 if path is None else path.stat().st_size
        except OSError:
            return 0

    def _write(self) -> int:
        """The number of this call."""
        path = self._path()
        if path is None:
            return 0
        try:
            with path.open("ab") as file:
                file.write(b".")
                file.flush()
                return file.tell()
        except OSError as error:
            log.warning("the calls of the language model cannot be written down: %s", error)
            return 0

    def _drop_other_days(self) -> None:
        if self._folder is None:
            return
        today = self._path()
        for path in self._folder.glob("model-calls-*"):
            if path != today:
                path.unlink(missing_ok=True)


class ModelCalls:
    """Asks one llama-index `LLM`, made by `load` when it is first needed. Thread-safe."""

    def __init__(self, load: Callable[[], Any], limits: Limits, folder: Path | None = None) -> None:
        """`folder` is where the calls of a day are written down."""
        self._load = load
        self._lock = threading.Lock()
        self._llm: LLM | None = None
        self._daily = DailyCalls(limits.calls_a_day, folder)
        self._slots = threading.BoundedSemaphore(limits.at_once)
        self._pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="language-model")

    def ask(
        self, system: str, prompt: str, deadline: float, schema: Any = None
    ) -> Generator[str, None, None]:
        """The model's reply as it comes, of the JSON `schema` where the model takes one.

        Raises LanguageModelError, also after some words, at the latest at the deadline (of
        `time.monotonic`). Closing the generator lets the model go.
        """
        left = deadline - time.monotonic()
        if left <= 0:
            raise LanguageModelError("slow", "no answer came in time")
        if not self._slots.acquire(timeout=left / 2):
            raise LanguageModelError("busy", "it is busy with other questions")
        call = _Call(system, prompt, schema)
        try:
            if not self._daily.take():
                raise LanguageModelError("ceiling", "its calls for today are used up")
            future = self._pool.submit(self._chat, call)
        except BaseException:
            self._slots.release()
            raise
        future.add_done_callback(lambda done: self._done(call, done))
        try:
            yield from call.words(deadline)
        finally:
            call.given_up.set()

    def warm(self) -> None:
        """Makes the model now, whose imports take seconds, and not at the first question."""
        self._made()

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _done(self, call: "_Call", future: "Future[None]") -> None:
        self._slots.release()
        call.end(CancelledError() if future.cancelled() else future.exception())

    def _made(self) -> "LLM":
        with self._lock:
            if self._llm is None:
                self._llm = self._load()
            return self._llm

    def _chat(self, call: "_Call") -> None:
        from llama_index.core.base.llms.types import ChatMessage

        llm = self._made()
        messages = [
            ChatMessage(role="system", content=call.system),
            ChatMessage(role="user", content=call.prompt),
        ]
        takes_schema = call.schema is not None and hasattr(llm, "url")
        extra = {"schema": call.schema} if takes_schema else {}
        try:
            replies = llm.stream_chat(messages, **extra)
        except NotImplementedError:  # a llama-index model that does not stream
            call.add(llm.chat(messages, **extra).message.content or "")
            return
        for reply in replies:
            if call.given_up.is_set():
                return
            call.add(reply.delta or "")


class _Call:
    """One reply on its way from the thread that waits for the model to the one that reads."""

    def __init__(self, system: str, prompt: str, schema: Any) -> None:
        self.system, self.prompt, self.schema = system, prompt, schema
        self.given_up = threading.Event()
        self._queue: SimpleQueue[str | BaseException | None] = SimpleQueue()

    def add(self, words: str) -> None:
        self._queue.put(words)

    def end(self, error: BaseException | None) -> None:
        self._queue.put(error)

    def words(self, deadline: float) -> Iterator[str]:
        while True:
            try:
                found = self._queue.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                raise LanguageModelError("slow", "no answer came in time") from None
            if found is None:
                return
            if isinstance(found, LanguageModelError):
                raise found
            if isinstance(found, BaseException):  # any model of llama-index, with its own errors
                kind = type(found).__name__
                raise LanguageModelError("down", f"it failed ({kind})") from None
            yield found
