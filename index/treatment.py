"""What becomes of the sentences of a language model, one after another."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from index.live import OpenGeneration
from index.names import is_pronoun
from index.quotable import quotable
from index.relevance import Relevance
from index.replies import Draft, Shown, is_order, is_plain
from index.types import Answer, Synthesis, Treated
from index.verification.entailment import CrossEncoderEntailment
from index.verification.meaning import Meaning
from index.verification.tokens import tokens
from index.verify import Outcome, Verdict, Verifier
from index.worded_answers import completed, lies_in, numbered_passages, worded_answer

log = logging.getLogger(__name__)

_FEWEST_STEMS = 3
_MOST_STATEMENTS = 5
_NEAR = 400
"""Characters in a document within which a pronoun is taken to go on from the sentence above."""
_BESIDE = "Other sentences answer the question better."


class Treatment:
    """Keeps, repairs, replaces or drops each sentence that a model writes for one answer.

    What may be shown only grows; it is nothing as long as no sentence is the model's own
    and has a word of the question.
    """

    def __init__(
        self,
        generation: OpenGeneration,
        answer: Answer,
        entailment: CrossEncoderEntailment | None = None,
    ) -> None:
        self._generation = generation
        self._answer = answer
        self._verifier = Verifier(generation.catalog, Meaning(generation.embedder), entailment)
        self._relevance = Relevance(generation, answer)
        shown, places = numbered_passages(generation, answer, self._relevance.bears)
        self._spans = {one.number: place for one, place in zip(shown, places, strict=True)}
        self._asked = _stems(answer.question)
        self._relevant = self._asked.union(*(_stems(s.text) for s in answer.statements))
        self._own = False
        self.shown: Sequence[Shown] = shown
        """The passages for the model."""
        self.known = [
            a
            for place in places
            for a in self._verifier.reading(place.document).attributions
            if lies_in(a, place)
        ]
        """The ledger's entries in the passages."""
        self.found: list[tuple[Draft, Verdict]] = []

    def add(self, draft: Draft) -> None:
        verdict = self._without_headings(self._verdict(draft))
        if verdict.text and any(verdict.text == other.text for _, other in self.found):
            verdict = Verdict(Outcome.DROPPED, "", (), "It is said already.", "repeated")
        # A sentence of the source in place of a false one is no choice of the model's.
        replaced = verdict.outcome is Outcome.REPLACED
        bears = self._relevance.leads if replaced else self._relevance.bears
        if verdict.text and not bears(verdict.places):
            reason = verdict.reason or _BESIDE
            verdict = Verdict(Outcome.DROPPED, "", (), reason, verdict.fault or "subject")
        if verdict.text and not self._says_who(verdict):
            reason = "It does not say who is meant."
            verdict = Verdict(Outcome.DROPPED, "", (), reason, "subject")
        own = verdict.outcome in (Outcome.KEPT, Outcome.REPAIRED)
        self._own = self._own or (own and bool(_stems(verdict.text) & self._asked))
        self.found.append((draft, verdict))
        log.debug("treated: %s", verdict.outcome)

    @property
    def to_show(self) -> list[Verdict]:
        """The verdicts with a sentence that may be shown."""
        held = [verdict for _, verdict in self.found if verdict.text]
        return held[:_MOST_STATEMENTS] if self._own else []

    @property
    def is_full(self) -> bool:
        """Whether nothing that comes would be shown."""
        return len(self.to_show) == _MOST_STATEMENTS

    def begun(self) -> Answer:
        """The answer in the model's words, so far."""
        found = worded_answer(self._generation, self._answer, self.to_show)
        return replace(found, synthesis=Synthesis(True, "", self._record()))

    def finished(self) -> Answer:
        """The answer in the model's words.

        An answer from the ledger counts and lists, so that whatever the model left out of it stays:
        no accusation without its denial.
        """
        begun = self.begun()
        return completed(begun, self._answer) if self._answer.attributions else begun

    def cut_short(self, reason: str) -> Answer:
        """The answer after a model that failed: with its sentences first, where there are some."""
        if not self.to_show:
            return self.unworded(reason)
        found = completed(self.begun(), self._answer)
        return replace(found, synthesis=Synthesis(True, reason, self._record()))

    def unworded(self, reason: str) -> Answer:
        """The answer in the sources' own words, and why."""
        return replace(self._answer, synthesis=Synthesis(False, reason, self._record()))

    def _record(self) -> tuple[Treated, ...]:
        shown = bool(self.to_show)
        verdicts = [(d, v if shown else _passed_over(v)) for d, v in self.found]
        return tuple(Treated(d.text, str(v.outcome), v.text, v.reason) for d, v in verdicts)

    def _without_headings(self, verdict: Verdict) -> Verdict:
        """Cited from sentences, not from the headings above them, where there are both."""
        said = []
        for place in verdict.places:
            document = self._verifier.reading(place.document).document
            if quotable(document.text[place.start : place.end], document.title) is not None:
                said.append(place)
        if said:
            return replace(verdict, places=tuple(said))
        if verdict.outcome is Outcome.REPLACED:
            return Verdict(Outcome.DROPPED, "", (), verdict.reason, verdict.fault)
        return verdict

    def _says_who(self, verdict: Verdict) -> bool:
        """Whether a sentence that begins with "he" or "it" follows the one that it goes on from."""
        if not is_pronoun(verdict.text.split()[0]):
            return True
        above = next((v.places for _, v in reversed(self.found) if v.text), ())
        return any(
            one.document == here.document and 0 <= here.start - one.start <= _NEAR
            for one in above
            for here in verdict.places
        )

    def _verdict(self, draft: Draft) -> Verdict:
        text = " ".join(draft.text.split())
        if not is_plain(text) or is_order(text):
            return Verdict(Outcome.DROPPED, "", (), "It has a link, a mark or an order.", "mark")
        stems = _stems(text)
        if len(stems) < _FEWEST_STEMS or not stems & self._relevant:
            reason = "It does not bear on the question."
            return Verdict(Outcome.DROPPED, "", (), reason, "subject")
        cited = [self._spans[number] for number in draft.passages if number in self._spans]
        others = [span for span in self._spans.values() if span not in cited]
        if not cited:
            cited, others = others[:1], others[1:]
        verdict = self._verifier.verify(text, cited, others)
        if verdict.outcome is Outcome.KEPT and any(n not in self._spans for n in draft.passages):
            reason = "It cited a passage that there is not."
            return replace(verdict, outcome=Outcome.REPAIRED, reason=reason, fault="citation")
        own = verdict.outcome is Outcome.REPLACED
        if own and (is_order(verdict.text) or not is_plain(verdict.text)):
            return Verdict(Outcome.DROPPED, "", (), verdict.reason, verdict.fault)
        return verdict


def _passed_over(verdict: Verdict) -> Verdict:
    """What is left of a verdict in a reply that is not shown."""
    if verdict.outcome is Outcome.DROPPED:
        return verdict
    return Verdict(Outcome.DROPPED, "", (), verdict.reason or _BESIDE, verdict.fault or "subject")


def _stems(text: str) -> set[str]:
    return {token.stem for token in tokens(text) if token.says_something}
