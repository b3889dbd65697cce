"""Lists of documents and of findings as the contents of Discord messages.

Pure: no message is sent here and discord.py is not needed. Every page keeps
Discord's limit, every number that is shown has its source, and no quote or
source is left out: what does not fit goes on in the next page.
"""

from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from bot.markdown import LIMIT, clip, plain, width
from index.types import Citation, DocumentInfo, Source

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FOOTER_ROOM = 24
_PAGE = LIMIT - _FOOTER_ROOM
_HEADING_ROOM = 32
_LONGEST_URL = 600


def origin(
    source: Source,
    page: int | None,
    *,
    brief: bool = False,
    title: bool = True,
    linked: bool = True,
) -> str:
    """Title, publisher, date and page of a source, with a link to its own address if it has one.

    A `brief` one is shorter than 700 characters whatever the document says.
    """
    room, name_room, longest = (140, 60, 400) if brief else (300, 120, _LONGEST_URL)
    parts = [clip(source.title, room) or clip(source.document, room) or "untitled"] if title else []
    if source.publisher and (publisher := clip(source.publisher, name_room)):
        parts.append(publisher)
    if source.published:
        parts.append(clip(_spelled(source.published), 40))
    if page is not None:
        parts.append(f"page {page}")
    if linked and (link := link_target(source.url)) and width(link) <= longest:
        parts.append(f"[open](<{link}>)")
    return " · ".join(parts)


def origin_words(citation: Citation) -> str:
    """Publisher, date and page of a citation, for places that know no markdown."""
    source, page = citation.source, citation.page
    parts = [plain(source.publisher or ""), _spelled(source.published or "")]
    parts.append(f"page {page}" if page is not None else "")
    return " · ".join(part for part in parts if part)


def link_target(url: str | None) -> str | None:
    """The address in a form that cannot leave the link; None for what is not plain http(s)."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return None
        safe = percent_encode(url.strip(), safe="/:?#[]!$&'*+,;=%-._~")
    except ValueError:
        return None
    return safe if width(safe) <= _LONGEST_URL else None


def _spelled(published: str) -> str:
    """`2 Dec 2024` for `2024-12-02`; a month or a year alone likewise; else as it stands."""
    year, *rest = published.split("-")
    try:
        month = [_MONTHS[int(part) - 1] for part in rest[:1] if 1 <= int(part) <= 12]
        day = [str(int(part)) for part in rest[1:2]]
    except ValueError:
        return published
    if not year.isdecimal() or len(month) + len(day) != len(rest):
        return published
    return " ".join([*day, *month, year])


def document_line(document: DocumentInfo) -> str:
    """A document in a list: where it is from, and below it where it lies. At most 1,000 wide."""
    place = clip(document.source.document, 120)
    where = origin(document.source, None, brief=True, linked=False)
    return f"{where}\n-# {place} · {counted(document.passages, 'passage')}"


def counted(number: int, noun: str) -> str:
    """`1 document`, `1,200 documents`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
