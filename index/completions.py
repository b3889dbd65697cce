"""The words of a chat completion, from the bytes in which it comes.

Two forms: server-sent events, each with some words, or one JSON value with all of them. Whatever
else comes is refused, and a reply that was cut off is told from a whole one.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from index.model_calls import LanguageModelError

_MOST_CHARACTERS = 200_000
_LONGEST_LINE = 1_000_000
_WHITE = b" \t\r\n"


def completion_texts(pieces: Iterable[bytes]) -> Iterator[str]:
    """The words, as they come.

    Raises LanguageModelError for another form, and after the last word of a reply that was cut off.
    """
    rest = iter(pieces)
    head = b""
    for piece in rest:
        head = (head + piece).lstrip(_WHITE)
        if head:
            break
    texts = _of_value(head, rest) if head[:1] in (b"{", b"[") else _of_events(head, rest)
    characters = 0
    for text in texts:
        characters += len(text)
        if characters > _MOST_CHARACTERS:
            raise _nonsense("the reply is too long")
        yield text


def _of_value(head: bytes, rest: Iterator[bytes]) -> Iterator[str]:
    content = bytearray(head)
    for piece in rest:
        content += piece
        if len(content) > _LONGEST_LINE:
            raise _nonsense("the reply is too long")
    text, reason = _choice(bytes(content), "message")
    if text is None:
        raise _nonsense()
    yield text
    if reason == "length":
        raise _cut()


def _of_events(head: bytes, rest: Iterator[bytes]) -> Iterator[str]:
    reason = ""
    spoken = False
    for line in _lines(head, rest):
        if not line.startswith(b"data:"):
            continue
        data = line.removeprefix(b"data:").strip()
        if data == b"[DONE]":
            reason = reason or "stop"
            break
        text, why = _choice(data, "delta")
        reason = why or reason
        if text:
            spoken = True
            yield text
    if not spoken:
        raise _nonsense()
    if reason in ("", "length"):
        raise _cut()


def _lines(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Whole lines; one that has no end is not given out."""
    left = head
    while True:
        *whole, left = left.split(b"\n")
        yield from whole
        if len(left) > _LONGEST_LINE:
            raise _nonsense("the reply is too long")
        piece = next(rest, None)
        if piece is None:
            return
        left += piece


def _choice(data: bytes, part: str) -> tuple[str | None, str]:
    """The words of the first choice, and why it ended, if it did.

    An event without a choice, or without words, is no fault: usage, a role, thoughts.
    """
    try:
        value = json.loads(data)
        if value.get("error"):
            raise LanguageModelError("refused", "the endpoint reported an error")
        choices = value["choices"] if part == "message" else value.get("choices") or [{}]
        choice = choices[0]
        said = (choice.get(part) or {}).get("content")
        return _text(said), str(choice.get("finish_reason") or "")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise _nonsense() from None


def _text(content: Any) -> str | None:
    """Words as they are, or of a list of parts."""
    if content is None or isinstance(content, str):
        return content
    return "".join(part["text"] for part in content if part.get("type") == "text")


def _nonsense(why: str = "the reply is not of the form asked for") -> LanguageModelError:
    return LanguageModelError("nonsense", why)


def _cut() -> LanguageModelError:
    return LanguageModelError("cut", "its reply was cut off")
