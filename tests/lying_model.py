"""An OpenAI-compatible endpoint on loopback that replies, lies or fails as it is told."""

import json
import re
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PASSAGE = re.compile(r"=== passage (\d+) · \w+ · [^\n]*\n(.*?)\n=== end", re.DOTALL)


def statements(*pairs):
    """The body of a well-formed reply: (text, passages) pairs."""
    return json.dumps({"statements": [{"text": t, "passages": list(p)} for t, p in pairs]})


class Endpoint:
    """What the server saw, and what it does: `reply` maps the prompt to content or to a failure."""

    def __init__(self, reply: Callable[[str], object]):
        self.reply = reply
        self.prompts: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.schemas: list[bool] = []
        self.url = ""
        self.stop = threading.Event()


class StatusError(Exception):
    def __init__(self, code, headers=None, body=b"{}"):
        self.code, self.headers, self.body = code, headers or {}, body


class RawError(Exception):
    """Bytes to send instead of a reply; `declared` is the length that the header claims."""

    def __init__(self, body, declared=None):
        self.body, self.declared = body, declared


class StreamError(Exception):
    """A reply in pieces: words, bytes to send as they are, or something to call in between."""

    def __init__(self, *pieces, reason="stop"):
        self.pieces, self.reason = pieces, reason


def event(words, reason=None):
    """A server-sent event with these words."""
    choice = {"index": 0, "delta": {"content": words}, "finish_reason": reason}
    return b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n"


class StallError(Exception):
    """Nothing is sent; with `trickle` a space now and then, or bytes of a `head` without end."""

    def __init__(self, trickle=False, head=False):
        self.trickle, self.head = trickle, head


@contextmanager
def serving(reply, streams=True):
    """Serves on 127.0.0.1 for the length of the context; with `streams`, words come in pieces."""
    endpoint = Endpoint(reply)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = body["messages"][-1]["content"]
            endpoint.prompts.append(prompt)
            endpoint.headers.append(dict(self.headers))
            endpoint.schemas.append("response_format" in body)
            try:
                content = endpoint.reply(prompt)
                if streams and isinstance(content, str):
                    raise StreamError(*[content[n : n + 9] for n in range(0, len(content), 9)])
                message = {"role": "assistant", "content": content}
                self._send(200, json.dumps({"choices": [{"message": message}]}).encode())
            except StatusError as status:
                self._send(status.code, status.body, status.headers)
            except RawError as raw:
                self._send(200, raw.body, length=raw.declared)
            except StreamError as stream:
                self._stream(stream)
            except StallError as stall:
                if stall.head:
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                else:
                    self.send_response(200)
                    self.end_headers()
                while not endpoint.stop.wait(0.05):
                    if stall.trickle:
                        try:
                            self.wfile.write(b"x" if stall.head else b" ")
                        except OSError:
                            return

        def _stream(self, stream):
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            with suppress(OSError):
                for piece in stream.pieces:
                    if callable(piece):
                        piece()
                        continue
                    self.wfile.write(piece if isinstance(piece, bytes) else event(piece))
                    self.wfile.flush()
                if stream.reason:
                    self.wfile.write(event("", stream.reason) + b"data: [DONE]\n\n")

        def _send(self, code, body, headers=None, length=None):
            self.send_response(code)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            with suppress(OSError):
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()
