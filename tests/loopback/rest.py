"""The REST side of the loopback Discord, whatever its routes: judgement, faults, rate limits."""

import json
import re
import time
from dataclasses import dataclass, field

from aiohttp import web

from tests.loopback.schema import Schema

_API = re.compile(r"^/api/v\d+")
# Without Via, discord.py takes a 429 for a ban by Cloudflare and does not try again.
_VIA = {"Via": "1.1 google"}


@dataclass
class Request:
    """One REST call of the bot."""

    at: float
    method: str
    path: str
    body: object = None
    status: int = 0
    files: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)


@dataclass
class Fault:
    """What the next matching calls meet instead of an answer."""

    method: str
    path: str
    status: int
    times: int = 1
    body: dict = field(default_factory=dict)
    after_the_fact: bool = False
    """Whether the call takes effect before its answer is lost."""


class RefusalError(Exception):
    """An error answer, in Discord's shape."""

    def __init__(self, status, code, message, **more):
        super().__init__(message)
        self.status, self.body = status, {"code": code, "message": message, **more}


class Rest:
    """Takes the calls. `requests` holds each with its time, status and errors."""

    def __init__(self, token, route, changed, *, judge=True):
        """`route` answers a call that is in order, with None for 204.

        Judging a body takes milliseconds; where many come at once, `judge=False` takes them as
        they are, and `judge_all` says afterwards what was wrong.
        """
        self._token, self._route, self._changed, self._judge = token, route, changed, judge
        self._schema = Schema()
        self._buckets = {}
        self.bucket_limits = {"messages": (5, 5.0), "webhook": (5, 2.0)}
        self.requests, self.faults = [], []

    @property
    def refused_bodies(self):
        return [request for request in self.requests if request.errors]

    def judge_all(self):
        """The errors of every body that was sent."""
        for request in self.requests:
            if request.body is not None:
                request.errors = self._schema.errors(request.method, request.path, request.body)
        return self.refused_bodies

    async def _judged(self, request):
        if request.body is not None and self._judge:
            request.errors = self._schema.errors(request.method, request.path, request.body)
            if request.errors:
                raise RefusalError(400, 50035, "Invalid Form Body", errors={"_": request.errors})
        return await self._route(request)

    async def handle(self, http):
        path = _API.sub("", http.path)
        request = Request(time.monotonic(), http.method, path)
        self.requests.append(request)
        headers = _VIA
        try:
            if http.can_read_body and http.content_type == "application/json":
                request.body = json.loads(await http.text())
            elif http.can_read_body and http.content_type == "multipart/form-data":
                async for part in await http.multipart():
                    if part.name == "payload_json":
                        request.body = json.loads(await part.text())
                    else:
                        request.files[part.filename] = await part.read()
            public = path.startswith(("/interactions/", "/webhooks/"))
            if not public and http.headers.get("Authorization") != f"Bot {self._token}":
                raise RefusalError(401, 0, "401: Unauthorized")
            fault = self._fault(request)
            if fault is not None and not fault.after_the_fact:
                raise RefusalError(fault.status, 0, "a fault of the test", **fault.body)
            headers = self._rate_limit(path)
            answer = await self._judged(request)
            if fault is not None:
                raise RefusalError(fault.status, 0, "a fault of the test", **fault.body)
            request.status = 204 if answer is None else 200
        except RefusalError as refusal:
            request.status, answer = refusal.status, refusal.body
        await self._changed()
        if request.status == 204:
            return web.Response(status=204, headers=headers)
        # discord.py reads JSON only where the content type has no charset.
        return web.Response(
            body=json.dumps(answer).encode(),
            status=request.status,
            headers={**headers, "Content-Type": "application/json"},
        )

    def _fault(self, request):
        for fault in self.faults:
            if fault.times and fault.method == request.method and fault.path in request.path:
                fault.times -= 1
                return fault
        return None

    def _rate_limit(self, path):
        """The headers that discord.py paces itself by. Raises RefusalError when it did not."""
        segments = path.split("/")
        if re.match(r"/channels/\d+/messages", path):
            name, owner = "messages", segments[2]
        elif path.startswith("/webhooks/"):
            name, owner = "webhook", segments[3]
        else:
            return _VIA
        limit, window = self.bucket_limits[name]
        now = time.monotonic()
        begun, used = self._buckets.get((name, owner), (now, 0))
        if now - begun >= window:
            begun, used = now, 0
        self._buckets[name, owner] = begun, used + 1
        left = max(0.001, begun + window - now)
        if used + 1 > limit:
            raise RefusalError(429, 0, "You are being rate limited.", retry_after=left)
        return {
            **_VIA,
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(limit - used - 1),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": name,
        }
