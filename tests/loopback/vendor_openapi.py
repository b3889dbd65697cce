"""Takes from Discord's OpenAPI document what the tests need to judge the bot's requests.

    python vendor_openapi.py FULL_OPENAPI_JSON

writes `openapi.json` beside this file: the request bodies of the operations below with every
schema they refer to. The document is https://github.com/discord/discord-api-spec (MIT, see
`openapi.LICENSE`), commit 74fda0f of 18 July 2026.
"""

import json
import sys
from pathlib import Path
from typing import Any

OPERATIONS = (
    ("post", "/interactions/{interaction_id}/{interaction_token}/callback"),
    ("post", "/webhooks/{webhook_id}/{webhook_token}"),
    ("patch", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
    ("patch", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"),
    ("put", "/applications/{application_id}/commands"),
    ("post", "/channels/{channel_id}/messages"),
    ("patch", "/channels/{channel_id}/messages/{message_id}"),
    ("post", "/channels/{channel_id}/messages/{message_id}/threads"),
    ("post", "/channels/{channel_id}/typing"),
    ("post", "/users/@me/channels"),
)
_REFERENCE = "#/components/schemas/"


def vendored(document: dict[str, Any]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for method, path in OPERATIONS:
        operation = document["paths"][path][method]
        body = operation.get("requestBody")
        kept = {"operationId": operation["operationId"]}
        if body is not None:
            schema = body["content"]["application/json"]["schema"]
            kept["requestBody"] = {"content": {"application/json": {"schema": schema}}}
        paths.setdefault(path, {})[method] = kept
    schemas: dict[str, Any] = {}
    wanted = sorted(_references(paths))
    while wanted:
        name = wanted.pop()
        if name not in schemas:
            schemas[name] = document["components"]["schemas"][name]
            wanted += sorted(_references(schemas[name]))
    return {
        "openapi": document["openapi"],
        "info": document["info"],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def _references(node: object) -> set[str]:
    if isinstance(node, dict):
        here = (
            {node["$ref"].removeprefix(_REFERENCE)} if isinstance(node.get("$ref"), str) else set()
        )
        return here.union(*(_references(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(_references(value) for value in node))
    return set()


if __name__ == "__main__":
    full = json.loads(Path(sys.argv[1]).read_text())
    target = Path(__file__).with_name("openapi.json")
    target.write_text(json.dumps(vendored(full), separators=(",", ":"), sort_keys=True) + "\n")
