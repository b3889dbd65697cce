"""A file of questions: JSON lines of `{"id", "question", "history"?}`."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, StrictInt, StrictStr, ValidationError

from index.json_lines import read_json_lines
from index.types import Turn


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
    """The questions of a file, `-` for standard input, in order.

    Raises AscribeError naming the line that is wrong.
    """
    return [
        BatchQuestion(
            row.id,
            row.question,
            tuple(Turn(turn.question, turn.answer or "") for turn in row.history or ()),
        )
        for _, row in read_json_lines(path, _Line, _fault)
    ]


def _fault(error: ValidationError) -> str:
    sentence = ' is not a JSON object with an "id" and a "question"'
    if all("history" in fault["loc"] for fault in error.errors()):
        sentence += ', where "history" is a list of {"question", "answer"}'
    return f"{sentence}."
