"""Who the bot answers, and who may have it reindex."""

from dataclasses import dataclass

import discord


@dataclass(frozen=True, slots=True)
class Access:
    """The servers that are answered in and the users who may reindex in each of them."""

    guilds: frozenset[int]
    admins: frozenset[int]

    def refusal(self, guild_id: int | None) -> str | None:
        """Why nothing is answered here, as a sentence; None where questions are welcome."""
        if guild_id is None:
            return "I only answer in servers, not in direct messages."
        if guild_id in self.guilds:
            return None
        if not self.guilds:
            return (
                "I am not set up for any server yet. Whoever runs me adds this line to the "
                f"`.env` file and starts me again: `ASCRIBE_GUILDS={guild_id}`"
            )
        return (
            "I do not answer in this server. Whoever runs me can change that by adding "
            f"`{guild_id}` to `ASCRIBE_GUILDS` and starting me again."
        )

    def may_reindex(self, user_id: int, permissions: discord.Permissions) -> bool:
        """`permissions` are the user's own, as Discord resolved them for the interaction."""
        return user_id in self.admins or permissions.administrator
