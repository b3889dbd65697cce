"""Points discord.py at the loopback Discord: PYTHONPATH=tests/loopback/site python -m bot.

Only where DISCORD_API_BASE is set and the program is the bot, not what it starts. With
HIDE_ZSTD discord.py compresses with zlib.
"""

import os
import sys

base = os.environ.get("DISCORD_API_BASE")
if base and "bot" in sys.orig_argv:
    if os.environ.get("HIDE_ZSTD"):
        sys.modules["zstandard"] = None  # type: ignore[assignment]

    import discord
    import yarl

    discord.http.Route.BASE = f"{base}/api/v10"
    gateway = yarl.URL(base.replace("http", "ws", 1) + "/gateway")
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
    discord.Asset.BASE = f"{base}/cdn"
