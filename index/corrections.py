"""What a person corrects in the attribution ledger: `corrections.toml` at the top of a corpus.

    [[correction]]
    document = "news/2025-01-21.txt"      # with words of the sentence; or id = "…" alone
    words = "accused the mayor of"
    hide = true                           # or any of: speaker, target, stance, explicit,
    reason = "The paper withdrew it."     # negated, hypothetical

It is applied to what the extractor finds, at every reindex, so that it outlives them.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from index.errors import SettingsError
from index.types import Attribution, Document, Span, Stance

FILE = "corrections.toml"


class Correction(BaseModel):
    """One entry of the file. An empty speaker or target takes the party away."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | None = None
    document: str | None = None
    words: str | None = Field(None, min_length=1)
    reason: str = Field(min_length=1)
    hide: bool = False
    speaker: str | None = None
    target: str | None = None
    stance: Stance | None = None
    explicit: bool | None = None
    negated: bool | None = None
    hypothetical: bool | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> "Correction":
        if self.id is None and (self.document is None or self.words is None):
            raise ValueError("give an id, or a document and words of the sentence")
        if not self.reason.strip():
            raise ValueError("say the reason")
        if self.hide == bool(self._changes()):
            raise ValueError("either hide it or say what is right")
        return self

    def _changes(self) -> dict[str, Any]:
        named = ("speaker", "target", "stance", "explicit", "negated", "hypothetical")
        return {name: getattr(self, name) for name in named if getattr(self, name) is not None}

    @property
    def where(self) -> str:
        return self.id or f"{self.document}: “{self.words}”"

    def fits(self, attribution: Attribution, sentence: str) -> bool:
        if self.id is not None:
            return self.id == attribution.id
        words = " ".join((self.words or "").split())
        return self.document == attribution.document and words in sentence

    def applied(self, attribution: Attribution, document: Document) -> Attribution:
        changes = self._changes()
        for party in ("speaker", "target"):
            if party in changes:
                before: Span | None = getattr(attribution, party)
                changes[party] = _party(changes[party], before, attribution, document)
        return replace(attribution, **changes)


@dataclass
class Corrections:
    """The corrections of a corpus, and what became of them in one reindex."""

    entries: Sequence[Correction] = ()
    applied: int = 0
    """How many attributions were hidden or corrected."""
    _used: set[int] = field(default_factory=set)

    def apply(self, document: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
        """The attributions as they are after the corrections."""
        kept = []
        for attribution in attributions:
            start, end = attribution.sentence
            sentence = " ".join(document.text[start:end].split())
            result: Attribution | None = attribution
            for number, entry in enumerate(self.entries):
                if entry.fits(attribution, sentence):
                    self._used.add(number)
                    if result is not None:
                        result = None if entry.hide else entry.applied(result, document)
            self.applied += result != attribution
            if result is not None:
                kept.append(result)
        return kept

    def unused(self) -> list[str]:
        """Where the corrections point that fit nothing any more."""
        return [entry.where for i, entry in enumerate(self.entries) if i not in self._used]


def load_corrections(text: str | None) -> Corrections:
    """The corrections in the text of a corpus's file.

    Raises SettingsError for a text or an entry that is not of the form: to pass over it would show
    what somebody wanted hidden.
    """
    if text is None:
        return Corrections()
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{FILE} cannot be read: {error}. {_KEPT}") from error
    rows = raw.pop("correction", [])
    if raw or not isinstance(rows, list):
        raise SettingsError(f"{FILE}: write each correction under [[correction]]. {_KEPT}")
    return Corrections([_entry(number, row) for number, row in enumerate(rows, 1)])


_KEPT = "The index stays as it was."


def _entry(number: int, row: object) -> Correction:
    try:
        return Correction.model_validate(row)
    except ValidationError as error:
        fault = error.errors()[0]
        name = ".".join(str(part) for part in fault["loc"])
        reason = fault["msg"].removeprefix("Value error, ")
        raise SettingsError(
            f"{FILE}, correction {number}: {f'{name}: ' if name else ''}{reason}. {_KEPT}"
        ) from error


def _party(
    wanted: str, before: Span | None, attribution: Attribution, document: Document
) -> Span | None:
    """The wanted words where the sentence has them; else the name of the words that are there."""
    if not wanted.strip():
        return None
    start, end = attribution.sentence
    at = document.text.find(wanted, start, end)
    if at >= 0:
        return Span(at, at + len(wanted), wanted)
    if before is None:
        raise SettingsError(
            f"{FILE}: the sentence in {document.id} does not have the words “{wanted}”. {_KEPT}"
        )
    return replace(before, name=wanted)
