"""A cross-encoder's word on whether a source carries a statement: the last check, when the settings
name one.

It needs torch, which is imported with the first statement then, and never otherwise. It can only
stop what the rules let through: a model errs where the rules are exact.
"""

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.errors import ModelError

_CHARACTERS = 4_000
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
    """A sentence-transformers cross-encoder for natural language inference: a folder, or an id on
    the hub. Loaded when needed; one thread at a time.

    Its labels must name an entailment, as those of the models trained on SNLI and MNLI do; a
    contradiction counts as well where it has one.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: Any = None
        self._labels: dict[int, str] = {}
        self._lock = threading.Lock()

    def bearing(self, source: str, statement: str) -> EntailmentScore:
        """How a text bears on a statement. Raises ModelError when the model cannot be loaded."""
        with self._lock:
            model = self._loaded()
            logits = model.predict(
                [(source[:_CHARACTERS], statement)], show_progress_bar=False, apply_softmax=False
            )
        return bearing_of(np.asarray(logits, dtype=np.float64)[0], self._labels)

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                from sentence_transformers import CrossEncoder

                model = CrossEncoder(self._name)
            except (ImportError, OSError, ValueError, RuntimeError, KeyError) as error:
                raise ModelError(
                    f"The entailment model {self._name!r} cannot be loaded: {error}"
                    " Check ASCRIBE_ENTAILMENT, or leave it empty."
                ) from error
            labels = {int(n): str(label).lower() for n, label in model.config.id2label.items()}
            if sum(_entails(label) for label in labels.values()) != 1:
                raise ModelError(
                    f"The model {self._name!r} has no label “entailment”, but"
                    f" {', '.join(labels.values())}. Check ASCRIBE_ENTAILMENT."
                )
            self._model, self._labels = model, labels
        return self._model


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
