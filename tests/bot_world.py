"""The bot in SimCord: a server with a channel, a member and an administrator."""

import asyncio
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import discord
import simcord

from bot.access import Access
from bot.client import AscribeClient
from bot.journalling import Journalling
from bot.ongoing import Ongoing
from bot.parts import Parts
from bot.questions import Questions
from bot.reindexing import Reindexing
from index.journal import Journal
from index.settings import Settings
from index.status import read_status
from tests.fake_answerer import ROOF, FakeAnswerer

REINDEX = Path(__file__).with_name("fake_reindex.py")


class World:
    def __init__(self, env, guild, answerer, client, journal):
        self.env, self.guild, self.answerer, self.client = env, guild, answerer, client
        self.journal = journal
        self.channel = guild.create_text_channel("general")
        self.alice = guild.add_member(env.create_user("alice"))
        powers = discord.Permissions(administrator=True)
        self.boss = guild.add_member(
            env.create_user("boss"), roles=[guild.create_role("boss", permissions=powers)]
        )

    async def say(self, text, channel=None, by=None):
        channel = channel or self.channel
        before = {message.id for message in channel.history()}
        sent = await (by or self.alice).send(channel, text)
        await self.env.settle()
        return [
            text_of(message)
            for message in reversed(channel.history())
            if message.id not in before | {sent.id}
        ]

    async def channel_message(self, **message):
        """A message of the bot, sent outside any command."""
        target = self.client.get_partial_messageable(self.channel.id)
        sending = asyncio.create_task(target.send(**message))
        await self.env.settle()
        return await sending

    @property
    def mention(self):
        return f"<@{self.env.bot.user.id}>"


@asynccontextmanager
async def world(
    tmp_path,
    texts=ROOF,
    *,
    cooldown=0,
    at_once=100,
    guilds=None,
    admins=frozenset(),
    reindex=(),
    kept_for=None,
    parts=None,
    **env,
):
    answerer = FakeAnswerer(texts)
    questions = Questions(answerer, cooldown=cooldown, at_once=at_once)
    journal = Journalling(Journal(tmp_path))
    guild_id = 1190000000000000000
    made = Parts(
        access=Access(frozenset({guild_id} if guilds is None else guilds), admins, kept_for or {}),
        questions=questions,
        journal=journal,
        reindexing=Reindexing([sys.executable, str(REINDEX), *reindex], {}),
        ongoing=Ongoing(),
        corpus=tmp_path / "corpus",
        status=lambda: read_status(Settings(data_dir=tmp_path)),
        synced_commands=tmp_path / "discord-commands",
        **(parts or {}),
    )
    client = AscribeClient(made)
    async with simcord.run(client, settle_timeout=20, **env) as running:
        yield World(running, running.create_guild(id=guild_id), answerer, client, journal)
    await questions.close(5)
    await journal.close()


def run(scenario):
    return asyncio.run(scenario())


def text_of(message):
    """All that a reader sees of a message, except on its buttons."""
    return "\n".join(filter(None, [message.content, *texts_in(message.components)]))


def texts_in(components):
    for component in map(as_dict, components):
        if component["type"] == 10:
            yield component["content"]
        yield from texts_in(component.get("components", ()))


def buttons(message):
    """The buttons and menus of a message, by their labels or placeholders."""
    return {
        item.get("label") or item.get("placeholder"): {"disabled": False, **item}
        for item in controls(message.components)
    }


def controls(components):
    for component in map(as_dict, components):
        if component["type"] in (2, 3):
            yield component
        yield from controls(component.get("components", ()))


def as_dict(component):
    return component if isinstance(component, dict) else component.to_dict()


def deny(w, permission):
    return {w.env.bot.user: discord.PermissionOverwrite(**{permission: False})}
