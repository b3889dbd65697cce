"""The bot as a process that talks to the loopback Discord."""

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from tests.loopback.server import GUILD_ID, TOKEN, LoopbackDiscord

HERE = Path(__file__).parent
WITH_FAKES = (str(HERE.parent / "bot_process.py"), "bot")
UNCHANGED = ("-m", "bot")


class Bot:
    """A bot process and what it wrote to stderr."""

    def __init__(self, process):
        self.process = process
        self.lines = []
        self._changed = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def _read(self):
        async for line in self.process.stderr:
            async with self._changed:
                self.lines.append(line.decode())
                self._changed.notify_all()

    @property
    def log(self):
        return "".join(self.lines)

    async def logged(self, text):
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: text in self.log), 30)

    async def ended(self):
        status = await asyncio.wait_for(self.process.wait(), 30)
        await self._reading
        return status


@asynccontextmanager
async def bot_process(base, tmp_path, *arguments, program=WITH_FAKES, **environment):
    settings = {
        "DISCORD_API_BASE": base,
        "DISCORD_TOKEN": TOKEN,
        "ASCRIBE_GUILDS": GUILD_ID,
        "ASCRIBE_COOLDOWN_SECONDS": "0",
        "PYTHONPATH": f"{HERE / 'site'}:{HERE.parents[1]}",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *program, "--data", str(tmp_path), *arguments),
        env={**os.environ, **settings, **environment},
        cwd=tmp_path,
        stderr=asyncio.subprocess.PIPE,
    )
    bot = Bot(process)
    try:
        yield bot
    finally:
        if process.returncode is None:
            process.kill()
        await bot.ended()
        sys.stderr.write(bot.log)


@asynccontextmanager
async def connected(tmp_path, *, heartbeat_ms=41250, program=WITH_FAKES, **environment):
    async with (
        LoopbackDiscord(heartbeat_ms=heartbeat_ms) as discord,
        bot_process(discord.base, tmp_path, program=program, **environment) as bot,
    ):
        await discord.until(lambda: discord.gateway.connected)
        await bot.logged("ready as askbot")
        yield discord, bot
        assert [(request.path, request.errors) for request in discord.rest.refused_bodies] == []
        assert "Traceback" not in bot.log
        for request in discord.requests:
            message = message_of(request)
            if {"content", "components"} & message.keys():
                assert message["allowed_mentions"]["parse"] == []


def message_of(request):
    """The message in a request's body; empty where there is none."""
    body = request.body if isinstance(request.body, dict) else {}
    return (body.get("data") or {}) if request.path.endswith("/callback") else body
