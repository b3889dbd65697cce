"""What a reindex did, for whoever asked for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """How many of the sampled texts were found by their own vector."""

    sampled: int
    found: int

    @property
    def recall(self) -> float:
        return self.found / self.sampled if self.sampled else 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """What a reindex did."""

    generation: str
    changed: bool
    added: int
    edited: int
    unchanged: int
    removed: int
    failed: tuple[tuple[str, str], ...]
    passages: int
    attributions: int
    embedded: int
    check: Check
    seconds: dict[str, float]
    notes: tuple[str, ...] = ()
    """Sentences about what was left out, or fits nothing."""
