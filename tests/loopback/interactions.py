"""A command or a button press on its way: acknowledged in time, filled, followed up."""

import time
from dataclasses import dataclass, field

from tests.loopback import world
from tests.loopback.rest import RefusalError

LOADING = 1 << 7
PONG_MESSAGE, DEFERRED_MESSAGE, SUGGESTIONS = 4, 5, 8


@dataclass
class Interaction:
    """What a user began, and what came of it."""

    id: str
    token: str
    type: int
    channel: dict
    user: dict
    bot: dict
    deadline: float
    token_life: float
    begun: float = field(default_factory=time.monotonic)
    acknowledged: int = 0
    """The type of the callback; 0 while there is none."""
    acknowledged_after: float | None = None
    answered_after: float | None = None
    original: dict | None = None
    followups: list = field(default_factory=list)
    choices: list = field(default_factory=list)

    @property
    def age(self):
        return time.monotonic() - self.begun

    @property
    def answered(self):
        return self.answered_after is not None

    @property
    def text(self):
        return "\n".join(message["content"] for message in [self.original, *self.followups])

    def acknowledge(self, body):
        """The callback. Raises RefusalError when it is the second one, or too late."""
        if self.acknowledged:
            raise RefusalError(400, 40060, "Interaction has already been acknowledged.")
        if self.age > self.deadline:
            raise RefusalError(404, 10062, "Unknown interaction")
        self.acknowledged, self.acknowledged_after = body["type"], self.age
        data = body.get("data") or {}
        if self.acknowledged in (PONG_MESSAGE, DEFERRED_MESSAGE):
            flags = data.get("flags") or 0
            if self.acknowledged == DEFERRED_MESSAGE:
                flags |= LOADING
            self.original = self._message(data, type=20, flags=flags)
        if self.acknowledged == SUGGESTIONS:
            self.choices = data["choices"]
        if self.acknowledged != DEFERRED_MESSAGE:
            self.answered_after = self.age
        return {
            "interaction": {"id": self.id, "type": self.type},
            "resource": {"type": self.acknowledged, "message": self.original},
        }

    def fill(self, body):
        """An edit of the first message, which ends the thinking."""
        self._check_alive()
        self.original.update(fields(body))
        self.original["flags"] &= ~LOADING
        if self.answered_after is None:
            self.answered_after = self.age
        return self.original

    def follow_up(self, body):
        """One more message; the first one after a deferral fills it."""
        self._check_alive()
        if self.original["flags"] & LOADING:
            return self.fill(body)
        self.followups.append(self._message(body))
        return self.followups[-1]

    def _check_alive(self):
        if self.age > self.token_life:
            raise RefusalError(401, 50027, "Invalid Webhook Token")
        if not self.acknowledged:
            raise RefusalError(404, 10015, "Unknown Webhook")

    def _message(self, data, **more):
        own = {"webhook_id": self.bot["id"], "application_id": self.bot["id"]}
        return world.message(self.channel, self.bot, **{**fields(data), **own, **more})


def fields(body):
    """What of a body a message takes over."""
    kept = {key: body[key] for key in ("content", "embeds", "components") if key in body}
    return {key: value or ("" if key == "content" else []) for key, value in kept.items()}
