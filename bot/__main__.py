"""`ascribe-bot`: answers in Discord until it is told to stop."""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.settings import BotSettings, load_bot_settings
from index.errors import AscribeError, SettingsError
from index.settings import Settings, load_settings

DONE, PROBLEM, INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit status: 0 stopped, 1 a problem that stderr names, 130 interrupted."""
    parser = argparse.ArgumentParser(
        prog="ascribe-bot", description="Answer questions about your documents in Discord."
    )
    parser.add_argument("--corpus", type=Path, help="the folder with the documents")
    parser.add_argument("--data", type=Path, help="where the index is kept")
    options = parser.parse_args(arguments)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("discord").setLevel(logging.WARNING)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it writes down whole addresses
    try:
        settings = load_settings(corpus_dir=options.corpus, data_dir=options.data)
        bot_settings = load_bot_settings()
        if bot_settings.discord_token is None:
            raise SettingsError(
                "DISCORD_TOKEN is not set. Create a bot at https://discord.com/developers, put "
                "its token into the .env file and start again; docs/discord.md shows each step."
            )
        return asyncio.run(_run(settings, bot_settings))
    except AscribeError as error:
        sys.stderr.write(f"{error.user_message}\n")
        return PROBLEM


async def _run(settings: Settings, bot_settings: BotSettings) -> int:
    # Not at the top: they take a second, and a missing token is told at once.
    import discord

    from bot.service import Service
    from index.wiring import open_answerer, open_journal

    # discord.py would advise to install what voice needs.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    service = Service(settings, bot_settings, open_answerer(settings), open_journal(settings))
    received: list[signal.Signals] = []

    def stop(number: signal.Signals) -> Callable[[], None]:
        def handle() -> None:
            received.append(number)
            service.stop()

        return handle

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop(number))
    await service.serve()
    if service.stuck:
        # Python would wait for the thread for ever.
        logging.shutdown()
        os._exit(PROBLEM)
    return INTERRUPTED if signal.SIGINT in received else DONE


if __name__ == "__main__":
    sys.exit(main())
