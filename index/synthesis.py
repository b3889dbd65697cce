"""A language model's wording of an answer, of which only what the sources carry is shown.

The model gets the passages of the extractive answer and the ledger's entries in them. Whatever it
does, lie, stall or fail, the question is answered: in its checked words, or in the sources' own.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.live import OpenGeneration
from index.model_calls import LanguageModelError, Limits, ModelCalls
from index.replies import SCHEMA, Draft, ReplyReader, instructions, prompt_text
from index.treatment import Treatment
from index.types import Answer, Synthesis
from index.verification.entailment import CrossEncoderEntailment

log = logging.getLogger(__name__)

_CHARACTERS_A_TOKEN = 3

SoFar = Callable[[Answer], None]
"""Takes an answer that is still being written, whenever it has grown."""


class Synthesizer:
    """Words answers through any llama-index `LLM`. Safe for several threads.

    `load` makes the model when it is first needed, so that nothing of it is imported before.
    """

    def __init__(
        self,
        load: Callable[[], Any],
        limits: Limits | None = None,
        folder: Path | None = None,
        entailment: CrossEncoderEntailment | None = None,
    ) -> None:
        """`folder` is where the calls of a day are written down, to outlast a restart.

        `entailment` has the last word on what the model writes.
        """
        self._entailment = entailment
        self._limits = limits or Limits()
        self._calls = ModelCalls(load, self._limits, folder)
        self._lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        """How often each thing happened: "answered", and the kinds of failures."""

    def reword(
        self, generation: OpenGeneration, answer: Answer, so_far: SoFar | None = None
    ) -> Answer:
        """The answer in a model's words as far as the sources carry them; else as it was.

        `Answer.synthesis` says which, why, and what became of each sentence. `so_far` is given
        what can be shown already, each time it has grown: never a sentence that is taken back.
        A model that fails after some sentences keeps them, and the sources' own words complete
        the answer: nobody sees a sentence vanish, and nothing that was found is left out.
        """
        if not answer.found:
            return answer
        treatment = None
        try:
            treatment = Treatment(generation, answer, self._entailment)
            self._treat(treatment, answer, so_far)
            return self._worded(treatment)
        except LanguageModelError as failure:
            self._count(failure.kind)
            log.warning("answered without the language model: %s", failure)
            reason = str(failure)
        except Exception:
            self._count("broken")
            log.exception("answered without the language model, by a fault of the program")
            reason = "something went wrong"
        if treatment is None:
            return replace(answer, synthesis=Synthesis(False, reason))
        return treatment.cut_short(reason)

    def warm(self) -> None:
        """Loads what the first question would wait for; a fault of it is that question's."""
        with suppress(Exception):
            self._calls.warm()

    def close(self) -> None:
        self._calls.close()

    def _treat(self, treatment: Treatment, answer: Answer, so_far: SoFar | None) -> None:
        told = 0
        with closing(self._drafts(treatment, answer)) as drafts:
            for draft in drafts:
                treatment.add(draft)
                if so_far is not None and len(treatment.to_show) > told:
                    told = len(treatment.to_show)
                    so_far(treatment.begun())
                if treatment.is_full:
                    return

    def _worded(self, treatment: Treatment) -> Answer:
        if treatment.to_show:
            self._count("answered")
            return treatment.finished()
        reason = "none of its sentences held" if treatment.found else "it wrote nothing"
        self._count("unsupported" if treatment.found else "silent")
        log.info("answered without the language model: %s", reason)
        return treatment.unworded(reason)

    def _drafts(self, treatment: Treatment, answer: Answer) -> Generator[Draft, None, None]:
        """What the model writes; asked once more when it is not of the form asked for."""
        deadline = time.monotonic() + self._limits.seconds
        budget = self._limits.prompt_tokens * _CHARACTERS_A_TOKEN
        prompt = prompt_text(answer.question, treatment.shown, treatment.known, budget)
        for structured in (True, False):
            reader = ReplyReader()
            schema = SCHEMA if structured else None
            with closing(
                self._calls.ask(instructions(structured), prompt, deadline, schema)
            ) as reply:
                for words in reply:
                    yield from reader.feed(words)
            yield from reader.end()
            if reader.well_formed:
                return
            if treatment.found:
                raise LanguageModelError("cut", "its reply was cut off")
        raise LanguageModelError("nonsense", "its reply was not of the form asked for")

    def _count(self, what: str) -> None:
        with self._lock:
            self.counts[what] += 1
