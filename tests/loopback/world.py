"""The servers, channels and users of the loopback Discord, in the shapes of its API."""

import itertools
import time

EPOCH = 1420070400000
ALL_PERMISSIONS = (1 << 51) - 1
ORDINARY = ALL_PERMISSIONS & ~(1 << 3)
"""Everything but Administrator."""

_counter = itertools.count()


def snowflake():
    """A new id that holds the time, as discord.py computes with it."""
    return str((int(time.time() * 1000) - EPOCH) << 22 | (next(_counter) & 0xFFF))


def timestamp():
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime()) + ".000000+00:00"


def user(name, *, bot=False, id=None):
    return {
        "id": id or snowflake(),
        "username": name,
        "global_name": None if bot else name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
        "flags": 0,
        "mfa_enabled": False,
        "verified": True,
        "locale": "en-US",
    }


def member(account, permissions=None):
    fields = {
        "user": account,
        "nick": None,
        "roles": [],
        "joined_at": timestamp(),
        "deaf": False,
        "mute": False,
        "flags": 0,
        "avatar": None,
        "premium_since": None,
        "pending": False,
    }
    return fields if permissions is None else {**fields, "permissions": str(permissions)}


def guild(name, owner, members, *, id=None):
    id = id or snowflake()
    everyone = {
        "id": id,
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": str(ORDINARY),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    empty = (
        "emojis stickers channels threads presences voice_states stage_instances "
        "guild_scheduled_events soundboard_sounds features"
    )
    none = (
        "icon afk_channel_id application_id system_channel_id rules_channel_id vanity_url_code "
        "description banner public_updates_channel_id splash discovery_splash"
    )
    zero = (
        "verification_level explicit_content_filter mfa_level system_channel_flags premium_tier "
        "nsfw_level premium_subscription_count"
    )
    return {
        **{key: [] for key in empty.split()},
        **dict.fromkeys(none.split()),
        **dict.fromkeys(zero.split(), 0),
        "id": id,
        "name": name,
        "owner_id": owner["id"],
        "roles": [everyone],
        "members": [member(account) for account in members],
        "member_count": len(members),
        "large": False,
        "unavailable": False,
        "joined_at": timestamp(),
        "afk_timeout": 300,
        "default_message_notifications": 1,
        "preferred_locale": "en-US",
        "premium_progress_bar_enabled": False,
    }


def text_channel(guild_id, name):
    return {
        "id": snowflake(),
        "type": 0,
        "guild_id": guild_id,
        "name": name,
        "position": 0,
        "permission_overwrites": [],
        "topic": None,
        "nsfw": False,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "parent_id": None,
        "flags": 0,
    }


def thread(channel, id, name, owner):
    return {
        "id": id,
        "type": 11,
        "guild_id": channel["guild_id"],
        "parent_id": channel["id"],
        "owner_id": owner["id"],
        "name": name,
        "message_count": 0,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "flags": 0,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": timestamp(),
            "locked": False,
            "create_timestamp": timestamp(),
        },
    }


def message(channel, author, **fields):
    return {
        "id": snowflake(),
        "channel_id": channel["id"],
        "author": author,
        "content": "",
        "timestamp": timestamp(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "type": 0,
        "flags": 0,
        **fields,
    }
