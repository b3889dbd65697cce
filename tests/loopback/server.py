"""A Discord on 127.0.0.1: the part of gateway v10 and REST that the bot uses.

    async with LoopbackDiscord() as discord:
        ...start the bot with DISCORD_API_BASE=discord.base and site/ on its PYTHONPATH...
        interaction = await discord.slash("ask", question="Who said so?")
        await discord.until(lambda: interaction.answered)

Every body is checked as Discord would (schema.py) and refused with 400/50035. What it is not:
Discord's client, its real rate limits, and limits that have changed since the schema was published.
"""

import asyncio
import re

from aiohttp import web

from tests.loopback import world
from tests.loopback.gateway import Gateway
from tests.loopback.interactions import Interaction, fields
from tests.loopback.rest import RefusalError, Rest

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.Gloopb.not-a-secret"
BOT_ID = "1000000000000000001"
GUILD_ID = "1190000000000000000"


class LoopbackDiscord:
    """The server. Limits: `deadline` to acknowledge, `token_life` to follow up, in seconds."""

    def __init__(self, port=0, *, deadline=3.0, token_life=900.0, heartbeat_ms=41250, judge=True):
        self._port, self._deadline, self._token_life = port, deadline, token_life
        self._changed = asyncio.Condition()
        self.bot = world.user("askbot", bot=True, id=BOT_ID)
        self.alice = world.user("alice")
        self.guild = world.guild("Testers", self.alice, [self.bot, self.alice], id=GUILD_ID)
        self.general = world.text_channel(GUILD_ID, "general")
        self.guild["channels"].append(self.general)
        self.channels = {self.general["id"]: self.general}
        self.messages, self.interactions, self.commands = {}, {}, []
        self.rest = Rest(TOKEN, self._route, self.notify, judge=judge)
        self.requests, self.faults = self.rest.requests, self.rest.faults
        self.gateway = Gateway(TOKEN, self._ready, lambda: [self.guild], self.notify, heartbeat_ms)

    async def __aenter__(self):
        application = web.Application()
        application.router.add_get("/gateway", self.gateway.handle)
        application.router.add_get("/gateway/", self.gateway.handle)
        application.router.add_route("*", "/{tail:.*}", self.rest.handle)
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

    async def _route(self, request):
        segments = request.path.strip("/").split("/")
        match request.method, *segments:
            case "GET", "users", "@me":
                return self.bot
            case "GET", "oauth2", "applications", "@me":
                return self._application()
            case "PUT", "applications", _, "commands":
                self.commands = [
                    {
                        "id": world.snowflake(),
                        "version": world.snowflake(),
                        "type": 1,
                        "description": "",
                    }
                    | command
                    | {"application_id": BOT_ID}
                    for command in request.body
                ]
                return self.commands
            case "POST", "interactions", _, token, "callback":
                return self._kept(self._interaction(token).acknowledge(request.body), token)
            case "POST", "webhooks", _, token:
                return self._kept(self._interaction(token).follow_up(request.body), token)
            case "PATCH", "webhooks", _, token, "messages", "@original":
                return self._interaction(token).fill(request.body)
            case "POST", "channels", channel, "messages":
                return await self.post(self._channel(channel), self.bot, **fields(request.body))
            case "PATCH", "channels", _, "messages", message:
                self.messages[message].update(fields(request.body))
                return self.messages[message]
            case "POST", "channels", channel, "messages", message, "threads":
                return self._thread(self._channel(channel), self.messages[message], request.body)
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

    def _thread(self, channel, message, body):
        """A thread on a message has the message's id."""
        thread = world.thread(channel, message["id"], body["name"], self.bot)
        self.channels[thread["id"]] = thread
        message["flags"] |= 1 << 5
        return thread

    def _interaction(self, token):
        if token not in self.interactions:
            raise RefusalError(404, 10015, "Unknown Webhook")
        return self.interactions[token]

    def _kept(self, answer, token):
        """With the interaction's messages among all messages."""
        interaction = self.interactions[token]
        for message in filter(None, [interaction.original, *interaction.followups]):
            self.messages[message["id"]] = message
        return answer

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
        values = [
            {"name": key, "value": value, "type": 5 if isinstance(value, bool) else 3}
            for key, value in options.items()
        ]
        data = {"id": command["id"], "name": name, "type": 1, "options": values}
        return await self._interact(2, data, user or self.alice, permissions)

    async def menu(self, name, message, *, user=None):
        """A command on a message."""
        command = next(command for command in self.commands if command["name"] == name)
        data = {
            "id": command["id"],
            "name": name,
            "type": 3,
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}},
        }
        return await self._interact(2, data, user or self.alice, world.ORDINARY)

    async def click(self, message, custom_id, *, user=None, values=None):
        """A press of a button, or a choice in a menu, below a message."""
        data = {"custom_id": custom_id, "component_type": 2 if values is None else 3}
        if values is not None:
            data["values"] = values
        return await self._interact(3, data, user or self.alice, world.ORDINARY, message=message)

    async def submit(self, custom_id, *, user=None, **values):
        """A form sent off."""
        fields = [
            {
                "type": 18,
                "id": number,
                "component": {"type": 4, "id": 10 + number, "custom_id": name, "value": value},
            }
            for number, (name, value) in enumerate(values.items(), 1)
        ]
        data = {"custom_id": custom_id, "components": fields}
        return await self._interact(5, data, user or self.alice, world.ORDINARY)

    async def _interact(self, type, data, user, permissions, **more):
        interaction = Interaction(
            id=world.snowflake(),
            token="token" + world.snowflake(),
            type=type,
            channel=self.general,
            user=user,
            bot=self.bot,
            deadline=self._deadline,
            token_life=self._token_life,
            message=more.get("message"),
        )
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
                **more,
            },
        )
        return interaction
