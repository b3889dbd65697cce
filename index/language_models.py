"""A language model behind an OpenAI-compatible endpoint, as llama-index's `LLM`.

Imported only where a model is configured. Nothing of llama-index's global settings is used.
"""

import logging
import socket
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import httpx
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
)
from llama_index.core.callbacks import CallbackManager
from llama_index.core.llms.custom import CustomLLM
from pydantic import PrivateAttr, SecretStr

from index.completions import completion_texts
from index.model_calls import LanguageModelError

log = logging.getLogger(__name__)

_MOST_BYTES = 16_000_000
"""Of a reply with all that is around its words: a word of a stream comes in 200 bytes or more."""
_LONGEST_WAIT = 2.0
_AGAIN = frozenset((408, 409, 429, 500, 502, 503, 504))
_NO_SCHEMA = frozenset((400, 404, 415, 422, 501))


class ChatEndpoint(CustomLLM):
    """Asks `POST {url}/chat/completions`. Its errors are LanguageModelError, without the key."""

    url: str
    model: str
    timeout: float
    """Seconds for one question, a retry included."""
    max_tokens: int
    context_window: int
    _key: SecretStr = PrivateAttr()
    _client: httpx.Client = PrivateAttr()
    _schema_refused: bool = PrivateAttr(default=False)

    def __init__(self, key: SecretStr, **fields: Any) -> None:
        super().__init__(callback_manager=CallbackManager([]), **fields)
        self._key = key
        # A connection for each call: the one to be cut off at the deadline is known.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(follow_redirects=False, trust_env=False, limits=limits)

    @classmethod
    def class_name(cls) -> str:
        return "ChatEndpoint"

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(
            context_window=self.context_window,
            num_output=self.max_tokens,
            is_chat_model=True,
            model_name=self.model,
        )

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        reply = self.chat([ChatMessage(role="user", content=prompt)], **kwargs)
        return CompletionResponse(text=reply.message.content or "")

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        def pieces() -> CompletionResponseGen:
            text = ""
            for piece in self.stream_chat([ChatMessage(role="user", content=prompt)], **kwargs):
                text += piece.delta or ""
                yield CompletionResponse(text=text, delta=piece.delta)

        return pieces()

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The whole reply. Takes and raises what `stream_chat` does."""
        text = "".join(piece.delta or "" for piece in self.stream_chat(messages, **kwargs))
        return ChatResponse(message=ChatMessage(role="assistant", content=text))

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """The reply as it comes, in `delta`; of an endpoint that does not stream, all at once.

        `schema` is a JSON schema for the reply, left out where the endpoint refuses it. Raises
        LanguageModelError when the reply does not end within `timeout`, or ends in its middle.
        """
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": str(m.role.value), "content": m.content or ""} for m in messages],
            "max_tokens": self.max_tokens,
            "temperature": 0,
            "stream": True,
        }
        return self._asked(body, kwargs.get("schema"), time.monotonic() + self.timeout)

    def _asked(
        self, body: dict[str, Any], schema: Any, deadline: float
    ) -> Generator[ChatResponse, None, None]:
        for attempt in range(3):
            asked = dict(body)
            if schema is not None and not self._schema_refused:
                asked["response_format"] = {
                    "type": "json_schema",
                    "json_schema": {"name": "answer", "strict": True, "schema": schema},
                }
            with self._posted(asked, deadline) as (response, pieces):
                status, wait = response.status_code, _retry_after(response)
                if status == 200:
                    for text in completion_texts(pieces):
                        message = ChatMessage(role="assistant", content=None)
                        yield ChatResponse(message=message, delta=text)
                    return
            if status in _NO_SCHEMA and "response_format" in asked:
                self._schema_refused = True
            elif status not in _AGAIN or attempt:
                break
            else:
                time.sleep(max(0.0, min(wait, _LONGEST_WAIT, deadline - time.monotonic())))
        raise LanguageModelError("refused", f"the endpoint answered with status {status}")

    @contextmanager
    def _posted(
        self, body: dict[str, Any], deadline: float
    ) -> Iterator[tuple[httpx.Response, Iterator[bytes]]]:
        """The response to one request, and its bytes up to the deadline."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise LanguageModelError("slow", "no answer came in time")
        # Nothing compressed: a few bytes could become a gigabyte.
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if self._key.get_secret_value():
            headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        line = _Line()
        try:
            with (
                line.cut_after(left),
                self._client.stream(
                    "POST",
                    f"{self.url.rstrip('/')}/chat/completions",
                    json=body,
                    headers=headers,
                    timeout=httpx.Timeout(left, connect=min(left, 5.0)),
                    extensions={"trace": line.trace},
                ) as response,
            ):
                if response.headers.get("Content-Encoding", "identity") != "identity":
                    raise LanguageModelError("nonsense", "the reply cannot be read")
                yield response, _limited(response.iter_raw(), line, deadline)
        except httpx.TimeoutException:
            raise LanguageModelError("slow", "no answer came in time") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
            if line.was_cut:
                raise LanguageModelError("slow", "no answer came in time") from None
            raise LanguageModelError("down", "the endpoint cannot be reached") from None

    def close(self) -> None:
        self._client.close()


class _Line:
    """The connection of one call, cut off when its time is up.

    httpx limits the time between two bytes, so that headers that drip would never end.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self.was_cut = False

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Takes the socket from httpcore, which says when it has connected."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
            if self.was_cut:
                self._cut()

    @contextmanager
    def cut_after(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self.was_cut = True
        with self._lock:
            line = self._socket
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


def _retry_after(response: httpx.Response) -> float:
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdigit() else 0.5


def _limited(pieces: Iterator[bytes], line: _Line, deadline: float) -> Iterator[bytes]:
    read = 0
    for piece in pieces:
        read += len(piece)
        if read > _MOST_BYTES:
            raise LanguageModelError("nonsense", "the reply is too long")
        if time.monotonic() > deadline:
            raise LanguageModelError("slow", "no answer came in time")
        yield piece
    if line.was_cut:
        raise LanguageModelError("slow", "no answer came in time")
