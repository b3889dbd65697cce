"""The way from the event loop to the answerer: the only place where threads are crossed."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol, TypeVar, cast

from bot.errors import ClosingError, WaitError
from bot.findings import Findings, read_findings
from bot.picture import Picture, picture_of
from index.claims import ClaimCheck
from index.examples import Example
from index.graph import Graph
from index.hints import Hints
from index.ledger import Entry, PartyCount, Wanted
from index.standing import Place
from index.types import Answer, Citation, Document, DocumentInfo, Filters, Turn

_T = TypeVar("_T")
SoFar = Callable[[Answer], None]
"""Takes an answer while it is written, each time it has grown."""
_Examples = dict[frozenset[str] | None, "asyncio.Task[list[Example]]"]


class Answers(Protocol):
    """The part of `index.answer.Answerer` that the bot needs; synchronous and thread-safe."""

    def answer(
        self,
        question: str,
        filters: Filters = ...,
        *,
        history: Sequence[Turn] = ...,
        so_far: SoFar | None = ...,
    ) -> Answer: ...
    def check(self, claim: str, filters: Filters = ...) -> ClaimCheck: ...
    def documents(self, filters: Filters = ...) -> list[DocumentInfo]: ...
    def document(self, path: str, scope: frozenset[str] | None = ...) -> Document: ...
    def collections(self, scope: frozenset[str] | None = ...) -> list[str]: ...
    def place_of(
        self, citation: Citation, sha256: str, scope: frozenset[str] | None = ...
    ) -> Place: ...
    def attributions(
        self, wanted: Wanted, limit: int | None = ..., offset: int = ...
    ) -> tuple[list[Entry], int]: ...
    def graph(self, wanted: Wanted) -> Graph: ...
    def speakers(
        self, beginning: str = ..., filters: Filters = ..., limit: int = ...
    ) -> list[PartyCount]: ...
    def targets(
        self, beginning: str = ..., filters: Filters = ..., limit: int = ...
    ) -> list[PartyCount]: ...
    def hints(self, question: str, filters: Filters = ...) -> Hints: ...
    def examples(self, scope: frozenset[str] | None = ...) -> list[Example]: ...
    def warm(self) -> str: ...
    def close(self) -> None: ...


class Questions:
    """Answers questions off the event loop, so many at once and so many a user.

    Lists of documents and collections have a thread of their own, so that they do
    not queue behind the questions.
    """

    def __init__(
        self,
        answerer: Answers,
        *,
        threads: int = 2,
        at_once: int = 100,
        cooldown: float = 5,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answerer = answerer
        self._at_once = at_once
        self._cooldown = cooldown
        self._clock = clock
        self._in_flight = 0
        self._next_turn: dict[int, float] = {}
        self._closing = False
        self._threads = threads
        self._answers_under_way = 0
        self._running: set[asyncio.Future[Any]] = set()
        self._answering = ThreadPoolExecutor(threads, "answer")
        self._looking_up = ThreadPoolExecutor(1, "look-up")
        self._teaching = ThreadPoolExecutor(1, "examples")
        self._examples_of = ""
        self._examples: _Examples = {}

    def admit(self, user_id: int) -> None:
        """Takes the user's turn. Raises WaitError when it has not come yet."""
        now = self._clock()
        remaining = self._next_turn.get(user_id, now) - now
        if remaining > 0:
            seconds = max(1, round(remaining))
            raise WaitError(
                f"One moment, please: you can ask again in {seconds} "
                f"second{'' if seconds == 1 else 's'}."
            )
        if self._in_flight >= self._at_once:
            raise WaitError("Many people are asking right now. Please try again in a minute.")
        if len(self._next_turn) > 1000:
            self._next_turn = {user: at for user, at in self._next_turn.items() if at > now}
        self._next_turn[user_id] = now + self._cooldown
        self._in_flight += 1

    def leave(self) -> None:
        """Gives back what `admit` took; the cooldown goes on."""
        self._in_flight -= 1

    @property
    def ahead(self) -> int:
        """How many questions would be answered before one that came now."""
        return max(0, self._answers_under_way - self._threads + 1)

    async def answer(
        self,
        question: str,
        filters: Filters,
        history: Sequence[Turn] = (),
        so_far: SoFar | None = None,
    ) -> Answer:
        """Raises what the answerer raises. `so_far` is called on the event loop."""
        loop = asyncio.get_running_loop()

        def tell(begun: Answer) -> None:
            loop.call_soon_threadsafe(cast("SoFar", so_far), begun)

        return await self._answered(
            lambda: self._answerer.answer(
                question, filters, history=history, so_far=tell if so_far else None
            )
        )

    async def check(self, claim: str, filters: Filters) -> ClaimCheck:
        """Whether the sources say it. Raises what the answerer raises."""
        return await self._answered(lambda: self._answerer.check(claim, filters))

    async def findings(self, wanted: Wanted) -> Findings:
        """What the ledger holds of it. Raises what `read_findings` raises."""
        return await self._answered(lambda: read_findings(self._answerer, wanted))

    async def picture(self, wanted: Wanted) -> Picture:
        """Who accuses whom. Raises what the answerer and `picture_of` raise."""
        return await self._answered(lambda: picture_of(self._answerer.graph(wanted)))

    async def speakers(self, beginning: str, filters: Filters, limit: int) -> list[PartyCount]:
        return await self._in(
            self._looking_up, lambda: self._answerer.speakers(beginning, filters, limit)
        )

    async def targets(self, beginning: str, filters: Filters, limit: int) -> list[PartyCount]:
        return await self._in(
            self._looking_up, lambda: self._answerer.targets(beginning, filters, limit)
        )

    async def documents(self, filters: Filters) -> list[DocumentInfo]:
        return await self._in(self._looking_up, lambda: self._answerer.documents(filters))

    async def collections(self, scope: frozenset[str] | None = None) -> list[str]:
        return await self._in(self._looking_up, lambda: self._answerer.collections(scope))

    async def document(self, path: str, scope: frozenset[str] | None = None) -> Document:
        """Raises UnknownDocumentError, also for one beyond the scope."""
        return await self._in(self._looking_up, lambda: self._answerer.document(path, scope))

    async def place_of(
        self, citation: Citation, sha256: str, scope: frozenset[str] | None
    ) -> Place:
        """Where the words of a citation stand now."""
        return await self._in(
            self._looking_up, lambda: self._answerer.place_of(citation, sha256, scope)
        )

    async def hints(self, question: str, filters: Filters) -> Hints:
        """What may help with a question that met silence."""
        return await self._answered(lambda: self._answerer.hints(question, filters))

    async def examples(self, scope: frozenset[str] | None) -> list[Example]:
        """Questions that the corpus answers. They take seconds to find, once a generation."""
        generation = await self.warm()
        if generation != self._examples_of:
            self._examples_of, self._examples = generation, {}
        if scope not in self._examples:
            work = self._in(self._teaching, lambda: self._answerer.examples(scope))
            self._examples[scope] = task = asyncio.create_task(work)
            task.add_done_callback(partial(self._forget_failed, self._examples, scope))
        return await asyncio.shield(self._examples[scope])

    @staticmethod
    def _forget_failed(
        kept: "_Examples", scope: frozenset[str] | None, task: "asyncio.Task[list[Example]]"
    ) -> None:
        if task.cancelled() or task.exception() is not None:
            kept.pop(scope, None)

    async def warm(self) -> str:
        """Makes the next question quick; the name of the live generation."""
        return await self._in(self._looking_up, self._answerer.warm)

    async def _answered(self, work: Callable[[], _T]) -> _T:
        self._answers_under_way += 1
        try:
            return await self._in(self._answering, work)
        finally:
            self._answers_under_way -= 1

    async def _in(self, executor: Executor, work: Callable[[], _T]) -> _T:
        if self._closing:
            raise ClosingError
        future = asyncio.get_running_loop().run_in_executor(executor, work)
        self._running.add(future)
        future.add_done_callback(self._running.discard)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            if self._closing and future.cancelled():
                raise ClosingError from None
            raise

    def drop_waiting(self) -> None:
        """Takes no more questions; those that wait end with ClosingError."""
        self._closing = True
        for executor in (self._answering, self._looking_up, self._teaching):
            executor.shutdown(wait=False, cancel_futures=True)

    async def close(self, within: float) -> bool:
        """Closes the answerer once its work has ended; False when it has not ended in time."""
        self.drop_waiting()
        if self._running:
            _, late = await asyncio.wait(set(self._running), timeout=within)
            if late:
                return False
        await asyncio.to_thread(self._answerer.close)
        return True
