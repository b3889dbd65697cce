"""A language model behind an OpenAI-compatible endpoint, as llama-index's `LLM`.

Imported only where a model is configured. Nothing of llama-index's global settings is used.
"""

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator, Sequence
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

from index.model_calls import LanguageModelError

log = logging.getLogger(__name__)

_LARGEST_REPLY = 1_000_000
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
        def once() -> CompletionResponseGen:
            found = self.complete(prompt, formatted, **kwargs)
            found.delta = found.text
            yield found

        return once()

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        def once() -> ChatResponseGen:
            found = self.chat(messages, **kwargs)
            found.delta = found.message.content
            yield found

        return once()

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The reply. `schema` is a JSON schema for it, left out where the endpoint refuses it.

        Raises LanguageModelError when none comes within `timeout`.
        """
        deadline = time.monotonic() + self.timeout
        schema = kwargs.get("schema")
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": str(m.role.value), "content": m.content or ""} for m in messages],
            "max_tokens": self.max_tokens,
            "temperature": 0,
            "stream": False,
        }
        for attempt in range(3):
            asked = dict(body)
            if schema is not None and not self._schema_refused:
                asked["response_format"] = {
                    "type": "json_schema",
                    "json_schema": {"name": "answer", "strict": True, "schema": schema},
                }
            status, wait, content = self._post(asked, deadline)
            if status == 200:
                text = _text_of(content)
                return ChatResponse(message=ChatMessage(role="assistant", content=text))
            if status in _NO_SCHEMA and "response_format" in asked:
                self._schema_refused = True
            elif status not in _AGAIN or attempt:
                break
            else:
                time.sleep(max(0.0, min(wait, _LONGEST_WAIT, deadline - time.monotonic())))
        raise LanguageModelError("refused", f"the endpoint answered with status {status}")

    def _post(self, body: dict[str, Any], deadline: float) -> tuple[int, float, bytes]:
        left = deadline - time.monotonic()
        if left <= 0:
            raise LanguageModelError("slow", "no answer came in time")
        headers = {"Content-Type": "application/json"}
        if self._key.get_secret_value():
            headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        content = bytearray()
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
                for piece in response.iter_bytes():
                    content += piece
                    if len(content) > _LARGEST_REPLY:
                        raise LanguageModelError("nonsense", "the reply is too long")
                    if time.monotonic() > deadline:
                        raise LanguageModelError("slow", "no answer came in time")
                if line.was_cut:
                    raise LanguageModelError("slow", "no answer came in time")
                return response.status_code, _retry_after(response), bytes(content)
        except httpx.TimeoutException:
            raise LanguageModelError("slow", "no answer came in time") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
            if line.was_cut:
                raise LanguageModelError("slow", "no answer came in time") from None
            raise LanguageModelError("down", "the endpoint cannot be reached") from None
        except ValueError:
            raise LanguageModelError("nonsense", "the reply cannot be read") from None

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


def _text_of(content: bytes) -> str:
    try:
        text = json.loads(content)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise LanguageModelError("nonsense", "the reply is not of the form asked for") from None
    if not isinstance(text, str):
        raise LanguageModelError("nonsense", "the reply is not of the form asked for")
    return text
