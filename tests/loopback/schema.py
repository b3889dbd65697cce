"""Judges a body that the bot sends to Discord's REST API.

Two sources: Discord's OpenAPI document (`openapi.json`, the part that the bot uses), and the
limits that only Discord's documentation states. Discord refuses such bodies with 400/50035.
"""

import functools
import json
import re
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

COMPONENTS_V2 = 1 << 15
_API = re.compile(r"^/api(/v\d+)?")
_MESSAGE = re.compile(r"/messages(/[^/]+)?$|^/webhooks/\d+/[^/]+$")
_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
_ROW, _BUTTON, _TEXT = 1, 2, 10
_LINK = 5


class Schema:
    """Discord's own description of its requests."""

    def __init__(self):
        self._document = json.loads(Path(__file__).with_name("openapi.json").read_text())
        # Discord takes ids as JSON integers too, and discord.py sends them so in references.
        self._document["components"]["schemas"]["SnowflakeType"] = {
            "type": ["string", "integer"],
            "pattern": "^(0|[1-9][0-9]*)$",
            "minimum": 0,
        }
        resource = Resource.from_contents(self._document, default_specification=DRAFT202012)
        self._registry = Registry().with_resource("urn:discord", resource)
        # A literal segment wins over a parameter.
        self._paths = sorted(self._document["paths"], key=lambda path: path.count("{"))

    def errors(self, method, path, body):
        """What is wrong with a request's body, as sentences; empty when Discord would take it."""
        bare = _API.sub("", path.split("?")[0])
        return self._schema_errors(method.lower(), bare, body) + documented_errors(
            method, bare, body
        )

    def _schema_errors(self, method, path, body):
        for template in self._paths:
            pattern = re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(template))
            if method in self._document["paths"][template] and re.fullmatch(pattern, path):
                break
        else:
            return [f"no such route in the vendored schema: {method} {path}"]
        if "requestBody" not in self._document["paths"][template][method]:
            return [] if body is None else ["the route takes no body"]
        return [_explain(error) for error in self._validator(template, method).iter_errors(body)]

    @functools.cache  # noqa: B019  (one Schema a process)
    def _validator(self, template, method):
        escaped = template.replace("~", "~0").replace("/", "~1")
        escaped = escaped.replace("{", "%7B").replace("}", "%7D")
        pointer = f"/paths/{escaped}/{method}/requestBody/content/application~1json/schema"
        return Draft202012Validator(
            {"$ref": f"urn:discord#{pointer}"},
            registry=self._registry,
            format_checker=FormatChecker(),
        )


def _explain(error):
    """The deepest error of a union, leaving out the branches for another `type`."""
    while error.context:
        branches = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        error = max(
            min(branches.values(), key=_strangeness), key=lambda inner: len(inner.absolute_path)
        )
    where = "/".join(map(str, error.absolute_path)) or "body"
    return f"schema: {where}: {error.message[:120]}"


def _strangeness(errors):
    other_type = any(
        (error.validator in ("enum", "const") and list(error.relative_path)[-1:] == ["type"])
        or (error.validator == "type" and error.validator_value == "null")
        for error in errors
    )
    return other_type, -max(len(error.absolute_path) for error in errors)


def documented_errors(method, path, body):
    """The limits that the documentation states and the schema does not."""
    if path.startswith("/interactions/"):
        return _message_errors(body.get("data") or {}, new=True) if body["type"] in (4, 7) else []
    if path.endswith("/commands") and isinstance(body, list):
        return list(_command_errors(body))
    if _MESSAGE.search(path) and isinstance(body, dict):
        return _message_errors(body, new=method == "POST")
    return []


def _message_errors(message, *, new):
    content, embeds = message.get("content") or "", message.get("embeds") or []
    rows = message.get("components") or []
    if not (isinstance(content, str) and isinstance(embeds, list) and isinstance(rows, list)):
        return []  # the schema has said so
    errors = list(_embed_errors(embeds)) + list(_mention_errors(message))
    if len(content) > 2000:  # the schema says 4000 for channel messages, which Nitro users have
        errors.append(f"documented: content {len(content)} > 2000")
    components = list(_walk(rows))
    if (message.get("flags") or 0) & COMPONENTS_V2:
        errors += _components_v2_errors(message, components)
    else:
        if len(rows) > 5:
            errors.append(f"documented: {len(rows)} action rows > 5")
        if any(row.get("type") != _ROW for row in rows):
            errors.append("documented: these components need the flag IS_COMPONENTS_V2")
        if new and not (content.strip() or embeds or rows or message.get("attachments")):
            errors.append("documented: an empty message (50006)")
    return errors + list(_button_errors(components))


def _embed_errors(embeds):
    total = 0
    for embed in embeds:
        texts = [embed.get("title"), embed.get("description")]
        texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
        for field in embed.get("fields") or []:
            texts += [field["name"], field["value"]]
            if not field["name"].strip() or not field["value"].strip():
                yield "documented: an embed field without name or value"
        total += sum(len(text or "") for text in texts)
    if total > 6000:
        yield f"documented: embeds of {total} > 6000 characters in all"


def _components_v2_errors(message, components):
    if message.get("content") or message.get("embeds"):
        yield "documented: a components v2 message may not have content or embeds"
    if len(components) > 40:
        yield f"documented: {len(components)} components > 40, nested ones counted"
    characters = sum(len(item.get("content") or "") for item in components if item["type"] == _TEXT)
    if characters > 4000:
        yield f"documented: {characters} > 4000 characters of text in all"


def _button_errors(components):
    ids = [item["custom_id"] for item in components if item.get("custom_id")]
    if len(ids) != len(set(ids)):
        yield "documented: a custom_id twice in one message"
    for button in components:
        if button.get("type") != _BUTTON:
            continue
        if (button.get("style") == _LINK) != bool(button.get("url")):
            yield "documented: a link button has a url, another has none"
        if (button.get("style") == _LINK) == bool(button.get("custom_id")):
            yield "documented: every button but a link has a custom_id"
        if not button.get("label") and not button.get("emoji"):
            yield "documented: a button needs a label or an emoji"


def _mention_errors(message):
    allowed = message.get("allowed_mentions") or {}
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or []) and allowed.get(kind):
            yield f"documented: allowed_mentions parses {kind} and lists them"


def _command_errors(commands):
    names = [(command.get("type") or 1, command["name"]) for command in commands]
    if len(names) != len(set(names)):
        yield "documented: a command name twice (50041)"
    chat = [command for command in commands if (command.get("type") or 1) == 1]
    if len(chat) > 100:
        yield f"documented: {len(chat)} commands > 100"
    for command in chat:
        name, options = command["name"], command.get("options") or []
        if not _COMMAND_NAME.fullmatch(name) or name != name.lower():
            yield f"documented: command name {name!r}"
        if not command.get("description"):
            yield f"documented: {name} has no description"
        required = [bool(option.get("required")) for option in options]
        if required != sorted(required, reverse=True):
            yield f"documented: {name} has a required option after an optional one"
        if any(option.get("autocomplete") and option.get("choices") for option in options):
            yield f"documented: {name} has autocomplete and choices on one option"


def _walk(components):
    for item in components:
        yield item
        yield from _walk(item.get("components") or [])
        for key in ("accessory", "component"):
            if isinstance(item.get(key), dict):
                yield from _walk([item[key]])
