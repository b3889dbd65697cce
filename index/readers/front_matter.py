"""YAML front matter: what a text says of itself between two `---` lines at its head."""

import re
from collections.abc import Mapping

from index.readers.metadata import iso_date, language_code, one_line, web_url
from index.readers.reading import Reading

MAX_LENGTH = 32 * 1024
"""Code points; what is longer is not front matter."""
KEYS = frozenset(
    [
        "title",
        "author",
        "authors",
        "publisher",
        "source",
        "site",
        "date",
        "published",
        "url",
        "link",
        "canonical",
        "language",
    ]
)

_PLAIN_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]+([^\s&*\[{].*?)[ \t]*")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")
_BLOCK = re.compile(r"---[ \t]*\n(.*?\n|)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def split_front_matter(text: str) -> Reading:
    """The text without its front matter, and what that says.

    A block that is neither YAML nor lines of `key: value`, not a mapping, without a known key, with
    aliases or longer than `MAX_LENGTH` is left where it is. Values that make no sense are dropped
    one by one.
    """
    start = _BLANK_LINES.match(text).end()  # type: ignore[union-attr]
    block = _BLOCK.match(text, start, start + MAX_LENGTH)
    fields = _fields(block[1]) if block else None
    if block is None or fields is None:
        return Reading(text)
    publisher = _first(fields, "publisher", "site")
    source = _first(fields, "source")
    return Reading(
        text[block.end() :].lstrip("\n"),
        title=_first(fields, "title"),
        publisher=publisher or (None if web_url(source) else source),
        author=_names(fields.get("authors") or fields.get("author")),
        published=iso_date(_first(fields, "published")) or iso_date(_first(fields, "date")),
        url=_url(fields, "canonical", "url", "link", "source"),
        language=language_code(fields.get("language")),
    )


def _fields(block: str) -> Mapping[str, object] | None:
    import yaml

    class PlainLoader(yaml.BaseLoader):
        """Every scalar is a string, tags mean nothing, and aliases are refused."""

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases are not read")
            return super().compose_node(parent, index)

    try:
        loaded = yaml.load(block, PlainLoader)  # noqa: S506 - builds only strings, lists, mappings
    except (yaml.YAMLError, RecursionError, TypeError, ValueError):
        loaded = _plain_fields(block)
    if not isinstance(loaded, dict):
        return None
    fields = {str(key).strip().casefold(): value for key, value in loaded.items()}
    return fields if KEYS & fields.keys() else None


def _plain_fields(block: str) -> dict[str, str] | None:
    """Lines of `key: value` as people write them, where YAML wants quotes: `title: Rain: again`."""
    lines = [_PLAIN_FIELD.fullmatch(line) for line in block.split("\n") if line.strip()]
    return {line[1]: line[2] for line in lines if line} if all(lines) else None


def _first(fields: Mapping[str, object], *keys: str) -> str | None:
    return next((line for key in keys if (line := one_line(fields.get(key)))), None)


def _url(fields: Mapping[str, object], *keys: str) -> str | None:
    return next((url for key in keys if (url := web_url(fields.get(key)))), None)


def _names(value: object) -> str | None:
    if isinstance(value, list):
        return one_line(", ".join(name for item in value if (name := _names(item))))
    if isinstance(value, dict):
        return one_line(value.get("name"))
    return one_line(value)
