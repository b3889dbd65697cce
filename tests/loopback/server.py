"""A Discord on 127.0.0.1: the part of gateway v10 and REST that the bot uses.

    async with LoopbackDiscord() as discord:
        ...start the bot with DISCORD_API_BASE=discord.base and site/ on its PYTHONPATH...
        interaction = await discord.slash("ask", question="Who said so?")
        await discord.until(lambda: interaction.answered)

Every body is checked as Discord would (schema.py) and refused with 400/50035; `requests` holds
each request with its time, status and errors. What it is not: Discord's client, its real rate
limits, and limits that have changed since the schema was published.
"""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field

from aiohttp import web

from tests.loopback import world
from tests.loopback.gateway import Gateway
from tests.loopback.schema import Schema

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.Gloopb.not-a-secret"
BOT_ID = "1000000000000000001"
GUILD_ID = "1190000000000000000"
LOADING, EPHEMERAL = 1 << 7, 1 << 6
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


@dataclass
class Interaction:
    """A command or a button press, and what came of it."""

    id: str
    token: str
    type: int
    channel: dict
    user: dict
    begun: float
    acknowledged: int = 0
    """The type of the callback; 0 while there is none."""
    acknowledged_after: float | None = None
    answered_after: float | None = None
    original: dict | None = None
    followups: list = field(default_factory=list)
    choices: list = field(default_factory=list)

    @property
    def answered(self):
        return self.answered_after is not None

    @property
    def text(self):
        return "\n".join(message["content"] for message in [self.original, *self.followups])


class RefusalError(Exception):
    """An error answer, in Discord's shape."""

    def __init__(self, status, code, message, **more):
        super().__init__(message)
        self.status, self.body = status, {"code": code, "message": message, **more}


class LoopbackDiscord:
    """The server. Limits: `deadline` to acknowledge, `token_life` to follow up, in seconds.

    Judging a body takes milliseconds; where many come at once, `judge=False` takes them as they
    are, and `judge_all` says afterwards what was wrong.
    """

    def __init__(self, port=0, *, deadline=3.0, token_life=900.0, heartbeat_ms=41250, judge=True):
        self._judge = judge
        self._port, self._deadline, self._token_life = port, deadline, token_life
        self._schema = Schema()
        self._changed = asyncio.Condition()
        self.bot = world.user("askbot", bot=True, id=BOT_ID)
        self.alice = world.user("alice")
        self.guild = world.guild("Testers", self.alice, [self.bot, self.alice], id=GUILD_ID)
        self.general = world.text_channel(GUILD_ID, "general")
        self.guild["channels"].append(self.general)
        self.channels = {self.general["id"]: self.general}
        self.messages, self.interactions, self.commands = {}, {}, []
        self.requests, self.faults = [], []
        self.gateway = Gateway(TOKEN, self._ready, lambda: [self.guild], self.notify, heartbeat_ms)
        self._buckets = {}
        self.bucket_limits = {"messages": (5, 5.0), "webhook": (5, 2.0)}

    async def __aenter__(self):
        application = web.Application()
        application.router.add_get("/gateway", self.gateway.handle)
        application.router.add_get("/gateway/", self.gateway.handle)
        application.router.add_route("*", "/{tail:.*}", self._rest)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{self.port}"
        return self

    async def __aexit__(self, *_):
        for connection in list(self.gateway.connections):
            await connection.socket.close(code=1001)
        await self._runner.cleanup()

    async def notify(self):
        async with self._changed:
            self._changed.notify_all()

    async def until(self, predicate, within=20.0):
        """Waits for something that a request or a frame brings about."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(predicate), within)

    @property
    def refused_bodies(self):
        return [request for request in self.requests if request.errors]

    def judge_all(self):
        """The errors of every body that was sent."""
        for request in self.requests:
            if request.body is not None:
                request.errors = self._schema.errors(request.method, request.path, request.body)
        return self.refused_bodies

    def _ready(self, session_id):
        return {
            "v": 10,
            "user": self.bot,
            "guilds": [{"id": GUILD_ID, "unavailable": True}],
            "session_id": session_id,
            "session_type": "normal",
            # Must be here: discord.py resumes where this says.
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "shard": [0, 1],
            "application": {"id": BOT_ID, "flags": 1 << 19},
            "private_channels": [],
            "relationships": [],
            "user_settings": {},
        }

    async def _rest(self, http):
        path = _API.sub("", http.path)
        request = Request(time.monotonic(), http.method, path)
        self.requests.append(request)
        headers = _VIA
        try:
            if http.can_read_body and http.content_type == "application/json":
                request.body = json.loads(await http.text())
            public = path.startswith(("/interactions/", "/webhooks/"))
            if not public and http.headers.get("Authorization") != f"Bot {TOKEN}":
                raise RefusalError(401, 0, "401: Unauthorized")
            fault = self._fault(request)
            if fault is not None and not fault.after_the_fact:
                raise RefusalError(fault.status, 0, "a fault of the test", **fault.body)
            headers = self._rate_limit(path)
            answer = await self._take(request)
            if fault is not None:
                raise RefusalError(fault.status, 0, "a fault of the test", **fault.body)
            request.status = 204 if answer is None else 200
        except RefusalError as refusal:
            request.status, answer = refusal.status, refusal.body
        await self.notify()
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

    async def _take(self, request):
        if request.body is not None and self._judge:
            request.errors = self._schema.errors(request.method, request.path, request.body)
            if request.errors:
                raise RefusalError(400, 50035, "Invalid Form Body", errors={"_": request.errors})
        segments = request.path.strip("/").split("/")
        match request.method, *segments:
            case "GET", "users", "@me":
                return self.bot
            case "GET", "oauth2", "applications", "@me":
                return self._application()
            case "PUT", "applications", _, "commands":
                self.commands = [
                    {"id": world.snowflake(), "version": world.snowflake(), "type": 1, **command}
                    | {"application_id": BOT_ID}
                    for command in request.body
                ]
                return self.commands
            case "POST", "interactions", _, token, "callback":
                return self._callback(self._interaction(token), request.body)
            case "POST", "webhooks", _, token:
                return await self._follow_up(self._interaction(token), request.body)
            case "PATCH", "webhooks", _, token, "messages", "@original":
                return await self._fill(self._interaction(token), request.body)
            case "POST", "channels", channel, "messages":
                return await self.post(self._channel(channel), self.bot, **_fields(request.body))
            case "PATCH", "channels", _, "messages", message:
                self.messages[message].update(_fields(request.body))
                return self.messages[message]
            case "POST", "channels", channel, "typing":
                self._channel(channel)
                return None
        request.errors.append("a route that the loopback Discord does not have")
        raise RefusalError(501, 0, "not implemented")

    def _application(self):
        return {
            "id": BOT_ID,
            "name": "askbot",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": self.alice,
            "team": None,
            "flags": 1 << 19,
            "rpc_origins": [],
            "hook": True,
            "summary": "",
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
        }

    def _channel(self, channel_id):
        if channel_id not in self.channels:
            raise RefusalError(404, 10003, "Unknown Channel")
        return self.channels[channel_id]

    def _interaction(self, token):
        if token not in self.interactions:
            raise RefusalError(404, 10015, "Unknown Webhook")
        return self.interactions[token]

    def _callback(self, interaction, body):
        age = time.monotonic() - interaction.begun
        if interaction.acknowledged:
            raise RefusalError(400, 40060, "Interaction has already been acknowledged.")
        if age > self._deadline:
            raise RefusalError(404, 10062, "Unknown interaction")
        interaction.acknowledged, interaction.acknowledged_after = body["type"], age
        data = body.get("data") or {}
        if body["type"] == 8:
            interaction.choices = data["choices"]
            interaction.answered_after = age
        if body["type"] in (4, 5):
            loading = LOADING if body["type"] == 5 else 0
            interaction.original = world.message(
                interaction.channel,
                self.bot,
                type=20,
                webhook_id=BOT_ID,
                application_id=BOT_ID,
                **{**_fields(data), "flags": (data.get("flags") or 0) | loading},
            )
            self.messages[interaction.original["id"]] = interaction.original
            if not loading:
                interaction.answered_after = age
        return {
            "interaction": {"id": interaction.id, "type": interaction.type},
            "resource": {"type": body["type"], "message": interaction.original},
        }

    def _alive(self, interaction):
        if time.monotonic() - interaction.begun > self._token_life:
            raise RefusalError(401, 50027, "Invalid Webhook Token")
        if not interaction.acknowledged:
            raise RefusalError(404, 10015, "Unknown Webhook")

    async def _fill(self, interaction, body):
        self._alive(interaction)
        interaction.original.update(_fields(body))
        interaction.original["flags"] &= ~LOADING
        if interaction.answered_after is None:
            interaction.answered_after = time.monotonic() - interaction.begun
        return interaction.original

    async def _follow_up(self, interaction, body):
        self._alive(interaction)
        if interaction.original["flags"] & LOADING:
            return await self._fill(interaction, body)
        message = world.message(interaction.channel, self.bot, **_fields(body))
        message |= {"webhook_id": BOT_ID, "application_id": BOT_ID}
        self.messages[message["id"]] = message
        interaction.followups.append(message)
        return message

    async def post(self, channel, author, **fields):
        """A message in a channel, by the bot or by somebody else."""
        message = world.message(channel, author, **fields)
        found = re.findall(r"<@!?(\d+)>", message["content"])
        message["mentions"] = [self.bot] if BOT_ID in found else []
        self.messages[message["id"]] = message
        event = dict(message)
        if "guild_id" in channel:
            event |= {"guild_id": channel["guild_id"], "member": world.member(author)}
        await self.gateway.dispatch("MESSAGE_CREATE", event)
        return message

    async def say(self, text, author=None):
        return await self.post(self.general, author or self.alice, content=text)

    async def slash(self, name, *, user=None, permissions=world.ORDINARY, **options):
        """A user's command; only what the bot has synced can be used."""
        command = next(command for command in self.commands if command["name"] == name)
        values = [{"name": key, "value": value, "type": 3} for key, value in options.items()]
        data = {"id": command["id"], "name": name, "type": 1, "options": values}
        return await self._interact(2, data, user or self.alice, permissions)

    async def _interact(self, type, data, user, permissions):
        interaction = Interaction(
            world.snowflake(), "token" + world.snowflake(), type, self.general, user,
            time.monotonic(),
        )  # fmt: skip
        self.interactions[interaction.token] = interaction
        await self.gateway.dispatch(
            "INTERACTION_CREATE",
            {
                "id": interaction.id,
                "application_id": BOT_ID,
                "type": type,
                "token": interaction.token,
                "version": 1,
                "data": data,
                "guild_id": GUILD_ID,
                "guild": {"id": GUILD_ID, "locale": "en-US", "features": []},
                "channel_id": self.general["id"],
                "channel": {**self.general, "permissions": str(permissions)},
                "member": world.member(user, permissions),
                "app_permissions": str(world.ORDINARY),
                "locale": "en-US",
                "guild_locale": "en-US",
                "entitlements": [],
                "authorizing_integration_owners": {"0": GUILD_ID},
                "context": 0,
                "attachment_size_limit": 10 * 2**20,
            },
        )
        return interaction


def _fields(body):
    """What of a body a message takes over."""
    kept = {key: body[key] for key in ("content", "embeds", "components") if key in body}
    return {key: value or ("" if key == "content" else []) for key, value in kept.items()}
