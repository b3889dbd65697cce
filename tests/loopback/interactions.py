"""A command or a button press on its way: acknowledged in time, filled, followed up."""

import time
from dataclasses import dataclass, field

from tests.loopback import world
from tests.loopback.rest import RefusalError

LOADING = 1 << 7
PONG_MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, SUGGESTIONS, FORM = 4, 5, 6, 7, 8, 9


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
    message: dict | None = None
    """The message whose button was pressed."""
    begun: float = field(default_factory=time.monotonic)
    acknowledged: int = 0
    """The type of the callback; 0 while there is none."""
    acknowledged_after: float | None = None
    answered_after: float | None = None
    original: dict | None = None
    followups: list = field(default_factory=list)
    choices: list = field(default_factory=list)
    form: dict | None = None

    @property
    def age(self):
        return time.monotonic() - self.begun

    @property
    def answered(self):
        return self.answered_after is not None and not self._provisional

    @property
    def _provisional(self):
        """Whether all there is to see is a line of small print: a place in a queue."""
        text = text_of(self.original) if self.original else ""
        return text.startswith("-# ") and "\n" not in text

    @property
    def text(self):
        return "\n".join(text_of(message) for message in [self.original, *self.followups])

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
        if self.acknowledged in (DEFERRED_UPDATE, UPDATE):
            self.original = self.message
        if self.acknowledged == UPDATE:
            self.original.update(fields(data))
        if self.acknowledged == FORM:
            self.form = data
        if self.acknowledged == SUGGESTIONS:
            self.choices = data["choices"]
        if self.acknowledged not in (DEFERRED_MESSAGE, DEFERRED_UPDATE):
            self.answered_after = self.age
        return {
            "interaction": {"id": self.id, "type": self.type},
            "resource": {"type": self.acknowledged, "message": self.original},
        }

    def fill(self, body):
        """An edit of the first message, which ends the thinking."""
        self._check_alive()
        provisional = self._provisional
        self.original.update(fields(body))
        self.original["flags"] = (self.original["flags"] | body.get("flags", 0)) & ~LOADING
        if self.answered_after is None or provisional:
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


def text_of(message):
    """All that a reader sees of a message, except on its buttons."""
    parts = [message["content"], *_texts(message["components"])]
    return "\n".join(part for part in parts if part)


def _texts(components):
    for component in components:
        if component["type"] == 10:
            yield component["content"]
        yield from _texts(component.get("components", ()))


def controls(message):
    """The buttons and menus of a message, by their labels or placeholders."""
    return {
        item.get("label") or item.get("placeholder"): item
        for item in _controls(message["components"])
    }


def _controls(components):
    for component in components:
        if component["type"] in (2, 3):
            yield component
        yield from _controls(component.get("components", ()))


def fields(body):
    """What of a body a message takes over."""
    kept = {key: body[key] for key in ("content", "embeds", "components") if key in body}
    return {key: value or ("" if key == "content" else []) for key, value in kept.items()}
