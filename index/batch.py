"""A file of questions: JSON lines of `{"id", "question"}`."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, StrictInt, StrictStr, ValidationError

from index.errors import AscribeError


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """A question under the id that its answer will carry; None for one from the command line."""

    id: str | int | None
    text: str


class _Line(BaseModel):
    id: StrictStr | StrictInt
    question: StrictStr


def read_batch(path: Path) -> list[BatchQuestion]:
    """The questions of a file in order; blank lines do not count.

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
                f'Line {number} of {path} is not a JSON object with an "id" and a "question".'
            ) from error
        found.append(BatchQuestion(row.id, row.question))
    return found
