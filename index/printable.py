"""Names that can be shown in one line of a terminal, whatever is in them."""

import re

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(name: str) -> str:
    """A name with `\\n` for a line end, `\\x1b` for an escape, and so on."""
    return _UNPRINTABLE.sub(lambda found: repr(found[0])[1:-1], name)
