"""A language model's wording of an answer, of which only what the sources carry is shown.

The model gets the passages of the extractive answer and the ledger's entries in them. Whatever it
does, lie, stall or fail, the question is answered: in its checked words, or in the sources' own.
"""

import bisect
import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from index.catalog import StoredPassage
from index.live import OpenGeneration
from index.replies import (
    SCHEMA,
    Draft,
    Shown,
    instructions,
    is_order,
    is_plain,
    prompt_text,
    read_reply,
)
from index.types import Answer, Attribution, Citation, Statement, Synthesis, Treated
from index.verification.tokens import tokens
from index.verify import CitedSpan, Outcome, Verdict, Verifier

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

log = logging.getLogger(__name__)

_PASSAGES = 6
_CHARACTERS_A_TOKEN = 3
_FEWEST_WORDS = 3
_MOST_STATEMENTS = 5


class LanguageModelError(Exception):
    """Why there is no wording by a model. The message never holds what was sent or received."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        """"slow", "down", "refused", "nonsense", "busy", "ceiling" or "broken"."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a model may be used."""

    seconds: float = 30.0
    """For one question, everything included."""
    prompt_tokens: int = 3_000
    at_once: int = 2
    calls_a_day: int = 1_000


class Synthesizer:
    """Words answers through any llama-index `LLM`. Safe for several threads.

    `load` makes the model when it is first needed, so that nothing of it is imported before.
    """

    def __init__(self, load: "Any", limits: Limits | None = None) -> None:
        self._load = load
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._llm: LLM | None = None
        self._slots = threading.BoundedSemaphore(self._limits.at_once)
        self._pool = ThreadPoolExecutor(self._limits.at_once, thread_name_prefix="language-model")
        self._day = date.min
        self._calls = 0
        self.counts: Counter[str] = Counter()
        """How often each thing happened: "answered", and the kinds of failures."""

    def reword(self, generation: OpenGeneration, answer: Answer) -> Answer:
        """The answer in a model's words as far as the sources carry them; else as it was.

        `Answer.synthesis` says which, why, and what became of each sentence.
        """
        if not answer.found:
            return answer
        try:
            shown, places = _passages(generation, answer)
            treated = self._treated(generation, answer, shown, places)
        except LanguageModelError as failure:
            self._count(failure.kind)
            log.warning("answered without the language model: %s", failure)
            return replace(answer, synthesis=Synthesis(False, str(failure)))
        except Exception:
            self._count("broken")
            log.exception("answered without the language model, by a fault of the program")
            return replace(answer, synthesis=Synthesis(False, "something went wrong"))
        verdicts = [verdict for _, verdict in treated if verdict.outcome is not Outcome.DROPPED]
        record = tuple(
            Treated(draft.text, str(verdict.outcome), verdict.text, verdict.reason)
            for draft, verdict in treated
        )
        written = any(v.outcome in (Outcome.KEPT, Outcome.REPAIRED) for v in verdicts)
        if not written:
            reason = "none of its sentences held" if treated else "it wrote nothing"
            self._count("unsupported" if treated else "silent")
            log.info("answered without the language model: %s", reason)
            return replace(answer, synthesis=Synthesis(False, reason, record))
        self._count("answered")
        return _composed(generation, answer, verdicts[:_MOST_STATEMENTS], record)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _treated(
        self,
        generation: OpenGeneration,
        answer: Answer,
        shown: Sequence[Shown],
        places: Sequence[CitedSpan],
    ) -> list[tuple[Draft, Verdict]]:
        verifier = Verifier(generation.catalog)
        spans = {one.number: place for one, place in zip(shown, places, strict=True)}
        known = [a for p in places for a in verifier.reading(p.document).attributions if _in(a, p)]
        drafts = self._drafts(answer.question, shown, known)
        relevant = _stems(answer.question).union(*(_stems(s.text) for s in answer.statements))
        found: list[tuple[Draft, Verdict]] = []
        texts: set[str] = set()
        for draft in drafts:
            verdict = _verdict(verifier, draft, spans, relevant)
            if verdict.text and verdict.text in texts:
                verdict = Verdict(Outcome.DROPPED, "", (), "It is said already.", "repeated")
            texts.add(verdict.text)
            found.append((draft, verdict))
        log.debug("treated: %s", Counter(str(verdict.outcome) for _, verdict in found))
        return found

    def _drafts(
        self, question: str, shown: Sequence[Shown], known: Sequence[Attribution]
    ) -> list[Draft]:
        """What the model writes; asked once more when it is not of the form asked for."""
        deadline = time.monotonic() + self._limits.seconds
        budget = self._limits.prompt_tokens * _CHARACTERS_A_TOKEN
        prompt = prompt_text(question, shown, known, budget)
        for structured in (True, False):
            reply = self._ask(instructions(structured), prompt, structured, deadline)
            drafts = read_reply(reply)
            if drafts is not None:
                return drafts
        raise LanguageModelError("nonsense", "its reply was not of the form asked for")

    def _ask(self, system: str, prompt: str, structured: bool, deadline: float) -> str:
        left = deadline - time.monotonic()
        if left <= 0:
            raise LanguageModelError("slow", "no answer came in time")
        if not self._slots.acquire(timeout=left / 2):
            raise LanguageModelError("busy", "it is busy with other questions")
        try:
            self._take_call()
            future = self._pool.submit(self._chat, system, prompt, structured)
        except BaseException:
            self._slots.release()
            raise
        future.add_done_callback(self._done)
        try:
            return future.result(timeout=max(0.0, deadline - time.monotonic()))
        except FutureTimeoutError:
            raise LanguageModelError("slow", "no answer came in time") from None
        except LanguageModelError:
            raise
        except Exception as error:  # noqa: BLE001  (any model of llama-index, with its own errors)
            raise LanguageModelError("down", f"it failed ({type(error).__name__})") from None

    def _done(self, future: "Future[str]") -> None:
        self._slots.release()

    def _chat(self, system: str, prompt: str, structured: bool) -> str:
        from llama_index.core.base.llms.types import ChatMessage

        with self._lock:
            if self._llm is None:
                self._llm = self._load()
            llm = self._llm
        messages = [
            ChatMessage(role="system", content=system),
            ChatMessage(role="user", content=prompt),
        ]
        extra = {"schema": SCHEMA} if structured and hasattr(llm, "url") else {}
        return llm.chat(messages, **extra).message.content or ""

    def _take_call(self) -> None:
        with self._lock:
            today = date.today()  # noqa: DTZ011  (a day of the machine's own clock)
            if today != self._day:
                self._day, self._calls = today, 0
            if self._calls >= self._limits.calls_a_day:
                raise LanguageModelError("ceiling", "its calls for today are used up")
            self._calls += 1

    def _count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1


def _verdict(
    verifier: Verifier, draft: Draft, spans: dict[int, CitedSpan], relevant: set[str]
) -> Verdict:
    text = " ".join(draft.text.split())
    if not is_plain(text) or is_order(text):
        return Verdict(Outcome.DROPPED, "", (), "It has a link, a mark or an order.", "mark")
    if len(text.split()) < _FEWEST_WORDS or not _stems(text) & relevant:
        return Verdict(Outcome.DROPPED, "", (), "It does not bear on the question.", "subject")
    cited = [spans[number] for number in draft.passages if number in spans]
    others = [span for span in spans.values() if span not in cited]
    if not cited:
        cited, others = others[:1], others[1:]
    verdict = verifier.verify(text, cited, others)
    if verdict.outcome is Outcome.KEPT and any(n not in spans for n in draft.passages):
        reason = "It cited a passage that there is not."
        return replace(verdict, outcome=Outcome.REPAIRED, reason=reason, fault="citation")
    own = verdict.outcome is Outcome.REPLACED
    if own and (is_order(verdict.text) or not is_plain(verdict.text)):
        return Verdict(Outcome.DROPPED, "", (), verdict.reason, verdict.fault)
    return verdict


def _stems(text: str) -> set[str]:
    return {token.stem for token in tokens(text) if token.says_something}


def _in(a: Attribution, place: CitedSpan) -> bool:
    return place.start <= a.sentence[0] and a.sentence[1] <= place.end


def _passages(generation: OpenGeneration, answer: Answer) -> tuple[list[Shown], list[CitedSpan]]:
    """The passages of an answer, numbered; sentences that look like orders are left out."""
    found: dict[tuple[str, int], StoredPassage] = {}
    for citation in answer.citations:
        for one in generation.catalog.passages_in(citation.source.document):
            if one.passage.start < citation.end and citation.start < one.passage.end:
                found.setdefault((one.passage.document, one.passage.start), one)
    for hit in answer.hits:
        for one in generation.catalog.passages_in(hit.source.document):
            if one.passage.start == hit.passage.start:
                found.setdefault((one.passage.document, one.passage.start), one)
    shown, places = [], []
    for number, one in enumerate(list(found.values())[:_PASSAGES], 1):
        passage = one.passage
        sentences = [one.text[s - passage.start : e - passage.start] for s, e in passage.sentences]
        text = " ".join(s for s in sentences if not is_order(s))
        shown.append(Shown(number, one.source.title, one.source.published, text))
        places.append(CitedSpan(passage.document, passage.start, passage.end))
    return shown, places


def _composed(
    generation: OpenGeneration,
    answer: Answer,
    verdicts: Sequence[Verdict],
    record: tuple[Treated, ...],
) -> Answer:
    """The answer with the model's statements, each citing whole sentences."""
    citations: dict[CitedSpan, Citation] = {}
    statements = []
    entries: dict[str, Attribution] = {}
    for verdict in verdicts:
        for span in verdict.places:
            if span not in citations:
                citations[span] = _citation(generation, span, len(citations) + 1, answer)
        numbers = tuple(citations[span].number for span in verdict.places)
        ids = []
        for a in _attributions(answer, verdict):
            entries[a.id] = a
            ids.append(a.id)
        statements.append(Statement(verdict.text, numbers, tuple(ids)))
    return replace(
        answer,
        statements=tuple(statements),
        citations=tuple(citations.values()),
        attributions=tuple(entries.values()),
        synthesis=Synthesis(True, "", record),
    )


def _attributions(answer: Answer, verdict: Verdict) -> Iterator[Attribution]:
    """The entries of the extractive answer that stand in what a statement cites."""
    for a in answer.attributions:
        if any(span.document == a.document and _in(a, span) for span in verdict.places):
            yield a


def _citation(generation: OpenGeneration, span: CitedSpan, number: int, answer: Answer) -> Citation:
    for passage in generation.catalog.passages_in(span.document):
        if passage.passage.start <= span.start and span.end <= passage.passage.end:
            offset = passage.passage.start
            quote = passage.text[span.start - offset : span.end - offset]
            starts = passage.page_starts
            page = bisect.bisect_right(starts, span.start) or None if starts else None
            same = [c for c in answer.citations if c.quote == quote]
            also = same[0].also_in if same and same[0].source == passage.source else ()
            return Citation(number, passage.source, span.start, span.end, quote, page, also)
    raise LookupError(f"no passage of {span.document} holds {span.start}-{span.end}")
