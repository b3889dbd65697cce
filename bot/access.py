"""Who the bot answers, which collections they may see, and who may change the corpus."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import discord

from index.types import Answer

_EVERYONE: frozenset[int] = frozenset()


@dataclass(slots=True)
class Access:
    """The servers that are answered in, the users who may reindex in each of them, and the roles
    that a collection is kept for."""

    guilds: frozenset[int]
    admins: frozenset[int]
    kept_for: dict[str, frozenset[int]] = field(default_factory=dict)
    """Roles by collection; a collection that is not named is everybody's. Replaced as a whole when
    `access.toml` changes."""
    notice: str | None = None
    """What administrators are to know of `access.toml`."""

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

    def scope(
        self, collections: Iterable[str], roles: Collection[int] = _EVERYONE
    ) -> frozenset[str] | None:
        """The collections that somebody with these roles may see; None where none is kept."""
        if not self.kept_for:
            return None
        return frozenset(name for name in ("", *collections) if self.may_see(name, roles))

    def may_see(self, collection: str, roles: Collection[int] = _EVERYONE) -> bool:
        """Whether the roles open a collection and the ones that it lies in."""
        return all(
            not wanted.isdisjoint(roles)
            for name, wanted in self.kept_for.items()
            if f"{collection}/".startswith(f"{name}/")
        )

    def may_see_answer(self, answer: Answer, roles: Collection[int] = _EVERYONE) -> bool:
        """Whether the roles open every document that an answer shows."""
        shown = (*answer.citations, *answer.closest)
        sources = [source for one in shown for source in (one.source, *one.also_in)]
        return all(self.may_see(collection_of(source.document), roles) for source in sources)


def collection_of(path: str) -> str:
    """The collection that a document lies in, by its path."""
    return path.rpartition("/")[0]


def roles_of(user: discord.User | discord.Member) -> frozenset[int]:
    """The ids of the roles of somebody in a server; none for somebody outside."""
    return (
        frozenset(role.id for role in user.roles) if isinstance(user, discord.Member) else _EVERYONE
    )
