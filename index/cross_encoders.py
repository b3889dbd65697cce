"""A sentence-transformers cross-encoder, loaded when it is first asked."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from index.errors import ModelError

_CHARACTERS = 4_000


class LazyCrossEncoder:
    """A model that reads two texts together: a folder, or an id on the hub. One thread at a time.

    It needs torch, which is imported with the first pair then, and never otherwise. `setting` is
    where a person names it, `kind` what it is for; `check` raises ModelError where it is not.
    """

    def __init__(self, name: str, kind: str, setting: str, check: Callable[[Any], None]) -> None:
        self._name, self._kind, self._setting = name, kind, setting
        self._check = check
        self._model: Any = None
        self._lock = threading.Lock()

    def predict(self, pairs: Sequence[tuple[str, str]], **options: Any) -> Any:
        """What the model says of pairs of texts, one row a pair.

        Raises ModelError when the model cannot be loaded or is none of its kind.
        """
        with self._lock:
            model = self._loaded()
            cut = [(first[:_CHARACTERS], second[:_CHARACTERS]) for first, second in pairs]
            return model.predict(cut, show_progress_bar=False, **options)

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                from sentence_transformers import CrossEncoder

                model = CrossEncoder(self._name)
            except (ImportError, OSError, ValueError, RuntimeError, KeyError) as error:
                raise ModelError(
                    f"The {self._kind} {self._name!r} cannot be loaded: {error}"
                    f" Check {self._setting}, or leave it empty."
                ) from error
            self._check(model)
            self._model = model
        return self._model
