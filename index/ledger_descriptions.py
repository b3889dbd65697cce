"""Who a description stands for: "the prime minister" in a text that tells her name."""

import re
from functools import cache

from index.catalog import Catalog
from index.names import is_proper, name_key, name_words
from index.types import Filters

_TEXTS = 100
_NAME = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|Professor)\.?\s)?"
    r"[A-Z][\w’'-]*[a-z](?:\s(?:(?:de|van|von|al|bin)\s)?[A-Z][\w’'-]*[a-z])*"
)
# "Kestria's foreign minister", "the head of Quill"
_WHOSE = re.compile(r"^.+['’]s?\s|\s(?:of|at)\s.+$")
_ARTICLE = re.compile(r"(?:the|an?|his|her|their|its|our)\s+", re.IGNORECASE)


def described(catalog: Catalog, description: str, filters: Filters = Filters()) -> str | None:
    """The one name that the texts put beside a description; None for none or for several.

    "The rural affairs minister" is "Rufus Hale" where a text has "the minister for rural affairs,
    Rufus Hale" or "Hale, the rural affairs minister".
    """
    words = _WHOSE.sub("", _ARTICLE.sub("", description.strip(), count=1)).split()
    if not words or is_proper(" ".join(words)) or len(words) > 4:
        return None
    pattern = _beside(tuple(word.lower() for word in words))
    names: dict[str, str] = {}
    keys = [key for key, _ in catalog.lexical(name_words(description), filters, _TEXTS)]
    for passages in catalog.passages(keys, filters).values():
        for match in pattern.finditer(passages[0].text):
            name = match["after"] or match["before"]
            names.setdefault(name_key(name).rpartition(" ")[2], name)
    return next(iter(names.values())) if len(names) == 1 else None


@cache
def _beside(words: tuple[str, ...]) -> re.Pattern[str]:
    """A name right behind the words, or before them and a comma."""
    ways = [r"\s".join(map(re.escape, words))]
    if len(words) > 1:
        rest = r"\s".join(map(re.escape, words[:-1]))
        ways.append(rf"{re.escape(words[-1])}\s(?:for|of)\s(?:the\s)?{rest}")
    phrase = rf"\b(?i:{'|'.join(ways)})"
    return re.compile(
        rf"{phrase}(?:,\s|\s)(?P<after>{_NAME})"
        rf"|(?P<before>{_NAME}),\s(?:(?:the|an?|its|his|her)\s)?{phrase}\b"
    )
