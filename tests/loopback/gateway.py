"""The websocket side of the loopback Discord: sessions, resuming, compression, faults."""

import contextlib
import json
import time
import zlib

import zstandard
from aiohttp import WSMsgType, web

from tests.loopback.world import snowflake

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT


class Connection:
    """One websocket, with one compression context for its whole life."""

    def __init__(self, socket, compression):
        self.socket = socket
        self._compression = compression
        if compression == "zlib-stream":
            self._deflate = zlib.compressobj()
        elif compression == "zstd-stream":
            self._deflate = zstandard.ZstdCompressor().compressobj()

    async def send(self, op, d=None, *, t=None, s=None):
        raw = json.dumps({"op": op, "d": d, "t": t, "s": s}).encode()
        if self._compression == "zlib-stream":
            raw = self._deflate.compress(raw) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
        elif self._compression == "zstd-stream":
            # Ending the frame would end the client's stream.
            raw = self._deflate.compress(raw)
            raw += self._deflate.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        else:
            await self.socket.send_str(raw.decode())
            return
        await self.socket.send_bytes(raw)


class Session:
    """What a RESUME takes up again."""

    def __init__(self, intents):
        self.id = snowflake()
        self.intents = intents
        self.sent = []
        self.connection = None

    async def dispatch(self, event, payload):
        self.sent.append((event, payload))
        # What a dying connection does not take is replayed to the next one.
        with contextlib.suppress(ConnectionError):
            if self.connection is not None and not self.connection.socket.closed:
                await self.connection.send(DISPATCH, payload, t=event, s=len(self.sent))

    async def replay(self, after):
        for number, (event, payload) in enumerate(self.sent[after:], after + 1):
            await self.connection.send(DISPATCH, payload, t=event, s=number)


class Gateway:
    """Everything that connects to `/gateway`. `log` holds (time, what, payload)."""

    def __init__(self, token, ready, guilds, changed, heartbeat_ms):
        """`ready` and `guilds` make the payloads of READY and GUILD_CREATE."""
        self._token = token
        self._ready = ready
        self._guilds = guilds
        self._changed = changed
        self._heartbeat_ms = heartbeat_ms
        self.sessions = {}
        self.connections = []
        self.log = []
        self.refusals = 0
        """How many connections are still turned away."""

    @property
    def connected(self):
        return any(
            session.connection is not None and not session.connection.socket.closed
            for session in self.sessions.values()
        )

    async def dispatch(self, event, payload):
        for session in list(self.sessions.values()):
            shown = _as_intended(event, payload, session.intents)
            if shown is not None:
                await session.dispatch(event, shown)

    async def handle(self, request):
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=2**20)
        await socket.prepare(request)
        connection = Connection(socket, request.query.get("compress"))
        self.connections.append(connection)
        self.log.append((time.monotonic(), "connect", dict(request.query)))
        await connection.send(HELLO, {"heartbeat_interval": self._heartbeat_ms})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            received = json.loads(frame.data)
            self.log.append((time.monotonic(), received["op"], received.get("d")))
            await self._receive(connection, received["op"], received.get("d"))
            await self._changed()
        self.connections.remove(connection)
        self.log.append((time.monotonic(), "closed", socket.close_code))
        return socket

    async def _receive(self, connection, op, d):
        if op == HEARTBEAT:
            await connection.send(ACK)
        elif op == IDENTIFY:
            if d["token"] != self._token:
                await connection.socket.close(code=4004, message=b"Authentication failed.")
            elif d["intents"] & PRIVILEGED:
                await connection.socket.close(code=4014, message=b"Disallowed intent(s).")
            else:
                await self._begin(connection, d["intents"])
        elif op == RESUME:
            session = self.sessions.get(d["session_id"])
            if session is None:
                await connection.send(INVALID, False)
                return
            session.connection = connection
            await session.replay(d["seq"])
            await session.dispatch("RESUMED", {})

    async def _begin(self, connection, intents):
        session = Session(intents)
        session.connection = connection
        self.sessions[session.id] = session
        await session.dispatch("READY", self._ready(session.id))
        for guild in self._guilds():
            await session.dispatch("GUILD_CREATE", guild)

    async def fault(self, kind):
        """What goes wrong on real connections: a drop, a forgotten session, an order to leave."""
        connection = self.connections[-1]
        if kind == "reconnect":
            await connection.send(RECONNECT)
        elif kind == "invalid":
            self.sessions.clear()
            await connection.send(INVALID, False)
        elif kind == "invalid but resumable":
            await connection.send(INVALID, True)
        elif kind == "drop":
            connection.socket._req.transport.abort()
        elif kind == "drop and forget":
            self.sessions.clear()
            connection.socket._req.transport.abort()
        else:
            await connection.socket.close(code=int(kind))


def _as_intended(event, payload, intents):
    """The event as the session's intents let it through; None when they do not."""
    if event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
        return payload
    private = "guild_id" not in payload
    if not intents & (DIRECT_MESSAGES if private else GUILD_MESSAGES):
        return None
    mentioned = any(account["bot"] for account in payload["mentions"])
    if private or mentioned or payload["author"]["bot"] or intents & MESSAGE_CONTENT:
        return payload
    return {**payload, "content": "", "embeds": [], "attachments": [], "components": []}
