"""A question after a history to one that stands by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.types import Answer, Turn


@dataclass(frozen=True, slots=True)
class Followed:
    """A question as understood after a history."""

    text: str
    """What to answer."""
    rewritten: str | None = None
    """The same when it differs from what was typed."""
    documents: frozenset[str] = frozenset()
    """What the answer before cited, in which this one is likelier to be found."""


Ask = Callable[[Followed], Answer]


def follow(question: str, history: Sequence[Turn], ask: Ask, *, trusting: bool) -> Followed:
    """The question as understood; one that stands by itself stays as it is."""
    return Followed(question)
