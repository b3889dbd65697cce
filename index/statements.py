"""Statements to verify, as `ascribe verify --batch` reads them, and their verdicts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, NonNegativeInt, StrictInt, StrictStr, ValidationError

from index.errors import AscribeError, UnknownDocumentError
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
    """The statements of a file in order; blank lines do not count.

    The whole file is checked first. Raises AscribeError naming the line that is wrong.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AscribeError(f"{path} cannot be read as UTF-8 text.") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _Line.model_validate_json(line)
        except ValidationError as error:
            raise AscribeError(
                f'Line {number} of {path} is not a JSON object with "id", "statement", "document",'
                ' "start" and "end".'
            ) from error
        place = CitedSpan(row.document, row.start, row.end)
        found.append(CitingStatement(row.id, row.statement, place))
    return found


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
