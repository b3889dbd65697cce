"""A file of questions: JSON lines of `{"id", "question", "history"?}`."""

import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, StrictInt, StrictStr, ValidationError

from index.errors import AscribeError
from index.types import Turn

_STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """A question under the id that its answer will carry; None for one from the command line."""

    id: str | int | None
    text: str
    history: tuple[Turn, ...] = ()
    """What was asked before, the oldest first."""


class _Turn(BaseModel):
    question: StrictStr
    answer: StrictStr | None = None


class _Line(BaseModel):
    id: StrictStr | StrictInt
    question: StrictStr
    history: list[_Turn] | None = None


def read_batch(path: Path) -> list[BatchQuestion]:
    """The questions of a file, `-` for standard input, in order; blank lines do not count.

    The whole file is checked first. Raises AscribeError naming the line that is wrong.
    """
    try:
        content = sys.stdin.buffer.read() if path == _STANDARD_INPUT else path.read_bytes()
        lines = content.decode("utf-8-sig").split("\n")
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
                f'Line {number} of {path} is not a JSON object with an "id" and a "question"'
                f"{_fault_of_history(error)}."
            ) from error
        turns = tuple(Turn(turn.question, turn.answer or "") for turn in row.history or ())
        found.append(BatchQuestion(row.id, row.question, turns))
    return found


def _fault_of_history(error: ValidationError) -> str:
    if all("history" in fault["loc"] for fault in error.errors()):
        return ', where "history" is a list of {"question", "answer"}'
    return ""
