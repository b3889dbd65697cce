import json
from pathlib import Path

import pytest

from tests.loopback import schema, vendor_openapi

CALLBACK = "/api/v10/interactions/1/token/callback"
ORIGINAL = "/api/v10/webhooks/1/token/messages/@original"
FOLLOWUP = "/api/v10/webhooks/1/token"
CHANNEL = "/api/v10/channels/1/messages"
COMMANDS = "/api/v10/applications/1/commands"
V2 = schema.COMPONENTS_V2
BUTTON = {"type": 2, "style": 2, "label": "Next", "custom_id": "next"}


OPTION = {"type": 3, "name": "q", "description": "q"}
TEXT = {"type": 10, "content": "a"}


def rows(*components, **more):
    return "POST", CHANNEL, {"components": list(components), **more}


def numbered(number):
    return BUTTON | {"custom_id": str(number)}


def suggesting(*choices):
    return "POST", CALLBACK, {"type": 8, "data": {"choices": list(choices)}}


def row(*buttons):
    return {"type": 1, "components": list(buttons)}


def embed(**fields):
    return {"embeds": [{"title": "t", **fields}]}


def shown(**data):
    return {"type": 4, "data": data}


GOOD = {
    "a message with buttons": (
        "POST",
        CALLBACK,
        shown(content="hi", components=[row(BUTTON)], allowed_mentions={"parse": []}, flags=64),
    ),
    "a deferral": ("POST", CALLBACK, {"type": 5, "data": {"flags": 64}}),
    "suggestions": suggesting({"name": "x", "value": "x"}),
    "the longest edit": ("PATCH", ORIGINAL, {"content": "x" * 2000}),
    "the longest follow-up": ("POST", FOLLOWUP, {"content": "x" * 2000}),
    "a reply with its reference as an integer": (
        "POST",
        CHANNEL,
        {"content": "x", "message_reference": {"message_id": 12, "channel_id": 1}},
    ),
    "components v2": rows(TEXT, flags=V2),
    "commands": (
        "PUT",
        COMMANDS,
        [{"name": "ask", "description": "d", "options": [OPTION]}],
    ),
}  # fmt: skip
LINK = {"type": 2, "style": 5, "label": "a", "url": "https://example.org"}
BAD = {
    "a callback with 2001 characters": ("POST", CALLBACK, shown(content="x" * 2001)),
    "an edit with 2001 characters": ("PATCH", ORIGINAL, {"content": "x" * 2001}),
    "a follow-up with 2001 characters": ("POST", FOLLOWUP, {"content": "x" * 2001}),
    "a channel message with 2001 characters": ("POST", CHANNEL, {"content": "x" * 2001}),
    "an empty message": ("POST", CHANNEL, {"content": " "}),
    "a misspelt key": ("POST", CALLBACK, shown(contnet="x")),
    "content of another type": ("POST", CALLBACK, shown(content=5)),
    "an unknown callback": ("POST", CALLBACK, {"type": 2}),
    "an embed's long description": ("POST", CHANNEL, embed(description="x" * 4097)),
    "an embed's long title": ("POST", CHANNEL, {"embeds": [{"title": "x" * 257}]}),
    "an embed's empty field": ("POST", CHANNEL, embed(fields=[{"name": "a", "value": ""}])),
    "26 fields": ("POST", CHANNEL, embed(fields=[{"name": "a", "value": "b"}] * 26)),
    "11 embeds": ("POST", CHANNEL, {"embeds": [{"title": "t"}] * 11}),
    "embeds of 6001 characters": ("POST", CHANNEL, {"embeds": [{"description": "x" * 3001}] * 2}),
    "six rows": rows(*(row(numbered(n)) for n in range(6))),
    "six buttons in a row": rows(row(*map(numbered, range(6)))),
    "a long label": rows(row(BUTTON | {"label": "x" * 81})),
    "a long custom_id": rows(row(BUTTON | {"custom_id": "x" * 101})),
    "a custom_id twice": rows(row(BUTTON), row(BUTTON)),
    "a button without anything": rows(row({"type": 2, "style": 1})),
    "a link with a custom_id": rows(row(LINK | {"custom_id": "x"})),
    "v2 with content": rows(TEXT, flags=V2, content="x"),
    "a v2 type without its flag": rows(TEXT),
    "v2 text of 4001": rows(*[TEXT | {"content": "a" * 2001}] * 2, flags=V2),
    "41 nested components": rows({"type": 17, "components": [TEXT] * 40}, flags=V2),
    "mentions parsed and listed": (
        "POST", CHANNEL, {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}
    ),
    "mentions of an unknown kind": (
        "POST", CHANNEL, {"content": "x", "allowed_mentions": {"parse": ["all"]}}
    ),
    "26 suggestions": suggesting(*({"name": str(n), "value": "x"} for n in range(26))),
    "a long suggestion": suggesting({"name": "x" * 101, "value": "a"}),
    "an upper-case command": ("PUT", COMMANDS, [{"name": "Ask me", "description": "d"}]),
    "a long command description": ("PUT", COMMANDS, [{"name": "ask", "description": "d" * 101}]),
    "a command without description": ("PUT", COMMANDS, [{"name": "ask"}]),
    "101 commands": ("PUT", COMMANDS, [{"name": f"c{n}", "description": "d"} for n in range(101)]),
    "a command twice": ("PUT", COMMANDS, [{"name": "ask", "description": "d"}] * 2),
    "an unknown route": ("POST", "/api/v10/guilds/1/bans", {}),
}  # fmt: skip


@pytest.fixture(scope="module")
def discord_schema():
    return schema.Schema()


@pytest.mark.parametrize("case", GOOD)
def test_what_discord_takes_is_taken(discord_schema, case):
    assert discord_schema.errors(*GOOD[case]) == []


@pytest.mark.parametrize("case", BAD)
def test_what_discord_refuses_is_refused(discord_schema, case):
    assert discord_schema.errors(*BAD[case])


def test_the_vendored_schema_is_what_its_script_takes_from_discords():
    full = Path(__file__).parents[2] / "shared" / "discord" / "openapi.json"
    if not full.exists():
        pytest.skip("Discord's whole document is not here")
    vendored = json.loads((Path(schema.__file__).with_name("openapi.json")).read_text())
    assert vendor_openapi.vendored(json.loads(full.read_text())) == vendored
