"""Statements to verify, as `ascribe verify --batch` reads them, and their verdicts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, NonNegativeInt, StrictInt, StrictStr, ValidationError

from index.errors import UnknownDocumentError
from index.json_lines import read_json_lines
from index.verify import CitedSpan, Outcome, Verdict, Verifier


@dataclass(frozen=True, slots=True)
class CitingStatement:
    """A sentence with the place that it cites."""

    id: str | int
    text: str
    place: CitedSpan


class _Line(BaseModel):
    id: StrictStr | StrictInt
    statement: StrictStr
    document: StrictStr
    start: NonNegativeInt
    end: NonNegativeInt


def read_statements(path: Path) -> list[CitingStatement]:
    """The statements of a file, `-` for standard input, in order.

    Raises AscribeError naming the line that is wrong.
    """
    return [
        CitingStatement(row.id, row.statement, CitedSpan(row.document, row.start, row.end))
        for _, row in read_json_lines(path, _Line, _fault)
    ]


def _fault(_: ValidationError) -> str:
    return ' is not a JSON object with "id", "statement", "document", "start" and "end".'


def judge(verifier: Verifier, row: CitingStatement) -> dict[str, Any]:
    """The verdict on a statement as JSON."""
    try:
        verdict = verifier.verify(row.text, [row.place])
    except UnknownDocumentError as error:
        verdict = Verdict(Outcome.DROPPED, "", (), error.user_message, "citation")
    places = [
        {
            "document": place.document,
            "start": place.start,
            "end": place.end,
            "quote": verifier.reading(place.document).document.text[place.start : place.end],
        }
        for place in verdict.places
    ]
    return {
        "id": row.id,
        "verdict": str(verdict.outcome),
        "reason": verdict.reason,
        "statement": verdict.text,
        "citation": places[0] if places else None,
        "citations": places,
    }
