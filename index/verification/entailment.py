"""A cross-encoder's word on whether a source carries a statement: the last check, when the settings
name one.

It can only stop what the rules let through: a model errs where the rules are exact.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from index.cross_encoders import LazyCrossEncoder
from index.errors import ModelError

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class EntailmentScore:
    """The probabilities that a text entails a statement and that it contradicts it."""

    entails: float
    contradicts: float

    @property
    def holds(self) -> bool:
        return self.entails >= _HALF and self.entails > self.contradicts


class CrossEncoderEntailment:
    """A cross-encoder for natural language inference.

    Its labels must name an entailment, as those of the models trained on SNLI and MNLI do; a
    contradiction counts as well where it has one.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._labels: dict[int, str] = {}
        self._model = LazyCrossEncoder(name, "entailment model", "ASCRIBE_ENTAILMENT", self._check)

    def bearing(self, source: str, statement: str) -> EntailmentScore:
        """How a text bears on a statement. Raises ModelError when the model cannot be loaded."""
        logits = self._model.predict([(source, statement)], apply_softmax=False)
        return bearing_of(np.asarray(logits, dtype=np.float64)[0], self._labels)

    def _check(self, model: Any) -> None:
        labels = {int(n): str(label).lower() for n, label in model.config.id2label.items()}
        if sum(_entails(label) for label in labels.values()) != 1:
            raise ModelError(
                f"The model {self._name!r} has no label “entailment”, but"
                f" {', '.join(labels.values())}. Check ASCRIBE_ENTAILMENT."
            )
        self._labels = labels


def bearing_of(
    logits: np.ndarray[Any, np.dtype[np.float64]], labels: dict[int, str]
) -> EntailmentScore:
    """The probabilities of logits, one a label, by softmax."""
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    return EntailmentScore(
        sum(float(shares[n]) for n, label in labels.items() if _entails(label)),
        sum(float(shares[n]) for n, label in labels.items() if label.startswith("contradict")),
    )


def _entails(label: str) -> bool:
    return label.startswith("entail")
