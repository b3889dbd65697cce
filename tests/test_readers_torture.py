import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from index.documents import read
from index.errors import ReadError
from index.readers import READERS

TORTURE = Path(__file__).parents[2] / "shared" / "eval" / "torture"
OUTCOMES = {
    "text": {"text"},
    "text_flag_hidden": {"text"},
    "text_no_fetch": {"text"},
    "any_no_crash": {"text", "empty", "refuse", "error"},
}

pytestmark = [
    pytest.mark.skipif(not TORTURE.is_dir(), reason="the torture files are not here"),
    pytest.mark.timeout(30),
]


def files() -> list[dict[str, Any]]:
    manifest = TORTURE / "manifest.jsonl"
    if not manifest.is_file():
        return []
    return [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]


def outcome(data: bytes, suffix: str) -> str:
    try:
        reading = read(data, suffix)
    except ReadError as error:
        reason = str(error)
        assert 0 < len(reason) < 150
        if "not a kind of document" in reason:
            return "other"
        if "no text found" in reason:
            return "empty"
        return "refuse" if "password" in reason or "not a text" in reason else "error"
    assert reading.text.strip()
    assert list(reading.page_starts) == sorted(reading.page_starts)
    return "text"


@pytest.mark.parametrize("entry", files(), ids=lambda entry: entry["file"])
def test_a_nasty_file_ends_as_it_should(entry: dict[str, Any]) -> None:
    path = TORTURE / entry["file"]
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    suffix = path.suffix
    if suffix not in READERS:
        assert outcome(data, suffix) == "other"
        return
    expected = entry["expect"]
    allowed = OUTCOMES.get(expected) or set(expected.split("_or_"))
    if expected == "text_or_error":
        allowed |= {"empty"}  # a file so broken that its pages show nothing
    assert outcome(data, suffix) in allowed
