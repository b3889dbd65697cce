"""A language model's wording of an answer, of which only what the sources carry is shown.

The model gets the passages of the extractive answer and the ledger's entries in them. Whatever it
does, lie, stall or fail, the question is answered: in its checked words, or in the sources' own.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.live import OpenGeneration
from index.model_calls import LanguageModelError, Limits, ModelCalls
from index.relevance import Relevance
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
from index.types import Answer, Attribution, Synthesis, Treated
from index.verification.meaning import Meaning
from index.verification.tokens import tokens
from index.verify import CitedSpan, Outcome, Verdict, Verifier
from index.worded_answers import lies_in, numbered_passages, worded_answer

log = logging.getLogger(__name__)

_CHARACTERS_A_TOKEN = 3
_FEWEST_WORDS = 3
_MOST_STATEMENTS = 5
_BESIDE = "Other sentences answer the question better."


class Synthesizer:
    """Words answers through any llama-index `LLM`. Safe for several threads.

    `load` makes the model when it is first needed, so that nothing of it is imported before.
    """

    def __init__(
        self, load: Callable[[], Any], limits: Limits | None = None, folder: Path | None = None
    ) -> None:
        """`folder` is where the calls of a day are written down, to outlast a restart."""
        self._limits = limits or Limits()
        self._calls = ModelCalls(load, self._limits, folder)
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        """How often each thing happened: "answered", and the kinds of failures."""

    def reword(self, generation: OpenGeneration, answer: Answer) -> Answer:
        """The answer in a model's words as far as the sources carry them; else as it was.

        `Answer.synthesis` says which, why, and what became of each sentence.
        """
        if not answer.found:
            return answer
        try:
            shown, places = numbered_passages(generation, answer)
            treated = self._treated(generation, answer, shown, places)
            return self._worded(generation, answer, treated)
        except LanguageModelError as failure:
            self._count(failure.kind)
            log.warning("answered without the language model: %s", failure)
            return replace(answer, synthesis=Synthesis(False, str(failure)))
        except Exception:
            self._count("broken")
            log.exception("answered without the language model, by a fault of the program")
            return replace(answer, synthesis=Synthesis(False, "something went wrong"))

    def close(self) -> None:
        self._calls.close()

    def _worded(
        self, generation: OpenGeneration, answer: Answer, treated: Sequence[tuple[Draft, Verdict]]
    ) -> Answer:
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
        worded = worded_answer(generation, answer, verdicts[:_MOST_STATEMENTS], record)
        self._count("answered")
        return worded

    def _treated(
        self,
        generation: OpenGeneration,
        answer: Answer,
        shown: Sequence[Shown],
        places: Sequence[CitedSpan],
    ) -> list[tuple[Draft, Verdict]]:
        verifier = Verifier(generation.catalog, Meaning(generation.embedder))
        spans = {one.number: place for one, place in zip(shown, places, strict=True)}
        known = [
            a for p in places for a in verifier.reading(p.document).attributions if lies_in(a, p)
        ]
        drafts = self._drafts(answer.question, shown, known)
        relevant = _stems(answer.question).union(*(_stems(s.text) for s in answer.statements))
        relevance = Relevance(generation, answer)
        found: list[tuple[Draft, Verdict]] = []
        texts: set[str] = set()
        for draft in drafts:
            verdict = _verdict(verifier, draft, spans, relevant)
            if verdict.text and verdict.text in texts:
                verdict = Verdict(Outcome.DROPPED, "", (), "It is said already.", "repeated")
            if verdict.text and not relevance.bears(verdict.places):
                verdict = Verdict(Outcome.DROPPED, "", (), _BESIDE, "subject")
            texts.add(verdict.text)
            found.append((draft, verdict))
        if not any(relevance.leads(v.places) for _, v in found if v.places):
            found = [(draft, _passed_over(verdict)) for draft, verdict in found]
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
            schema = SCHEMA if structured else None
            reply = self._calls.ask(instructions(structured), prompt, deadline, schema)
            drafts = read_reply(reply)
            if drafts is not None:
                return drafts
        raise LanguageModelError("nonsense", "its reply was not of the form asked for")

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


def _passed_over(verdict: Verdict) -> Verdict:
    """What is left of a verdict in a reply that has nothing of the best sentence."""
    return Verdict(Outcome.DROPPED, "", (), verdict.reason or _BESIDE, verdict.fault or "subject")


def _stems(text: str) -> set[str]:
    return {token.stem for token in tokens(text) if token.says_something}
