"""What a rule finds wrong in a statement."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What in a statement its source does not carry."""

    kind: str
    """"quote", "number", "date", "name", "role", "speaker", "negation", "hedge", "quantity",
    "addition", "opposite", "citation", "entailment"."""
    reason: str
    lacking: bool = False
    """Whether the source only does not say so, and nothing else in its place."""
