"""Files of JSON lines that a person gives to a command."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from index.errors import AscribeError

STANDARD_INPUT = Path("-")

Row = TypeVar("Row", bound=BaseModel)


def read_json_lines(
    path: Path, row: type[Row], fault: Callable[[ValidationError], str]
) -> list[tuple[str, Row]]:
    """The rows of a file, `-` for standard input, each with its place: "Line 3 of x.jsonl".

    Blank lines do not count. The whole file is checked first. Raises AscribeError: `fault` says
    what is wrong with a line, as the end of a sentence that its place begins.
    """
    try:
        content = sys.stdin.buffer.read() if path == STANDARD_INPUT else path.read_bytes()
        lines = content.decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AscribeError(f"{path} cannot be read as UTF-8 text.") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"Line {number} of {path}"
        try:
            found.append((place, row.model_validate_json(line)))
        except ValidationError as error:
            raise AscribeError(f"{place}{fault(error)}") from error
    return found
