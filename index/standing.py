"""What has become of a source since it was cited."""

from dataclasses import dataclass
from enum import StrEnum

from index.catalog import Catalog
from index.errors import UnknownDocumentError
from index.types import Citation


class Standing(StrEnum):
    """How the live index stands to a citation."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    """The document is another one now; the words are still in it."""
    REWORDED = "reworded"
    """The document is there, but the words are not."""
    GONE = "gone"
    """There is no such document any more, or the asker may not see it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a citation stand now: `document.text[start:end] == quote`."""

    standing: Standing
    start: int | None = None
    end: int | None = None

    @property
    def there(self) -> bool:
        return self.start is not None


def place_of(
    catalog: Catalog, citation: Citation, sha256: str, scope: frozenset[str] | None = None
) -> Place:
    """Looks for the words of a citation in the document of today.

    `sha256` is the file's when it was cited. Of several places the one nearest to the old counts.
    """
    try:
        document = catalog.document(citation.source.document, scope)
    except UnknownDocumentError:
        return Place(Standing.GONE)
    quote, text = citation.quote, document.text
    same = document.sha256 == sha256
    if text[citation.start : citation.end] == quote:
        place = citation.start
    else:
        before = text.rfind(quote, 0, citation.start + len(quote)) if quote else -1
        after = text.find(quote, citation.start) if quote else -1
        found = [at for at in (before, after) if at >= 0]
        if not found:
            return Place(Standing.REWORDED)
        place = min(found, key=lambda at: abs(at - citation.start))
    standing = Standing.UNCHANGED if same else Standing.CHANGED
    return Place(standing, place, place + len(quote))
