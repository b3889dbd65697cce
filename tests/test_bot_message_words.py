"""What is asked or checked about a message, wherever its words stand."""

import discord
import pytest
from discord import ui

from bot.message_words import words_of
from tests.bot_world import run, text_of, world


def card():
    view = ui.LayoutView(timeout=None)
    section = ui.Section[ui.LayoutView](
        "-# From the **minutes**", accessory=ui.Thumbnail("https://example.org/a.png")
    )
    view.add_item(
        ui.Container(ui.TextDisplay("### A title\nRain came \\*through\\* the roof."), section)
    )
    return {"view": view}


EMBED = discord.Embed(title="Minutes", description="Rain came through [the roof](https://x.y/z).")
EMBED.add_field(name="Day", value="2 December")
READ_AS = [
    ({"content": "> Rain came <@1> <t:1700000000:R> __through__ `the roof`. <:a:1>"},
     "Rain came through the roof."),
    ({"embed": EMBED}, "Rain came through the roof. Day: 2 December"),
    ({"content": "Look:", "embed": EMBED}, "Look: Rain came through the roof. Day: 2 December"),
    ({"embed": discord.Embed(title="Rain came through the roof.")}, "Rain came through the roof."),
    (card(), "Rain came *through* the roof."),
]  # fmt: skip


@pytest.mark.parametrize(("message", "words"), READ_AS)
def test_words_are_read_wherever_they_stand(tmp_path, message, words):
    async def scenario():
        async with world(tmp_path) as w:
            await w.channel_message(**message)
            sent = w.channel.history()[-1]
            result = await w.alice.context_menu(w.channel, "Ask about this", sent)
            return [question for question, _ in w.answerer.asked], text_of(result.response)

    asked, answer = run(scenario)
    assert asked[0] == words
    assert "Rain came through the roof." in answer


class Preview:
    content = "https://example.org/story"
    embeds = (discord.Embed.from_dict({"type": "article", "title": "A story"}),)
    components = ()
    message_snapshots = ()


class Forward:
    content = ""
    embeds = components = ()
    message_snapshots = (Preview(),)


def test_the_preview_of_a_link_is_not_what_a_message_says():
    assert words_of(Preview(), 100) == ""


def test_a_forwarded_message_is_read_and_cut_to_its_room():
    forward = Forward()
    forward.message_snapshots = (type("Said", (Preview,), {"content": "Rain came today."})(),)
    assert words_of(forward, 100) == "Rain came today."
    assert words_of(forward, 10) == "Rain came"
