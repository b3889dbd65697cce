"""Lists of documents and of findings as the contents of Discord messages.

Pure: no message is sent here and discord.py is not needed. Every page keeps
Discord's limit, every number that is shown has its source, and no quote or
source is left out: what does not fit goes on in the next page.
"""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from bot.markdown import LIMIT, clip, pieces, plain, width
from index.types import Citation, DocumentInfo, Source, Statement

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FOOTER_ROOM = 24
_PAGE = LIMIT - _FOOTER_ROOM
_HEADING_ROOM = 32
_LONGEST_URL = 600


def document_pages(documents: Sequence[DocumentInfo], collection: str | None = None) -> list[str]:
    """The list of what is indexed, as contents of messages."""
    where = f" in {clip(collection, 200)}" if collection else ""
    heading = f"**{counted(len(documents), 'document')}{where}**"
    return pack([heading, *(_document(document) for document in documents)])


def finding_pages(
    lead: str, statements: Sequence[Statement], citations: Sequence[Citation]
) -> list[str]:
    """Statements under their headings, each with its note, its quote and its source.

    Each page repeats the heading that it goes on with. `lead` is safe text of at most half a page.
    """
    known = {citation.number: citation for citation in citations}
    pages, above = [lead], ""
    for statement in statements:
        title = f"**{clip(statement.heading, 300)}**"
        note = f"-# {clip(statement.note, 200)}\n" if statement.note else ""
        room = _PAGE - width(title) - width(note) - 2
        for number in statement.citations:
            for block in _citation(known[number], room):
                text = note + block
                joined = _below(pages[-1], text if title == above else f"\n{title}\n{text}")
                if width(joined) <= _PAGE:
                    pages[-1] = joined
                else:
                    pages.append(f"{title}\n{text}")
                above, note = title, ""
    return numbered(pages)


def pack(blocks: Iterable[str], room: int = _PAGE) -> list[str]:
    """The blocks on as few pages as their order allows; no block is wider than `room`."""
    pages: list[str] = []
    for block in blocks:
        if pages:
            joined = _below(pages[-1], block)
            if width(joined) <= room:
                pages[-1] = joined
                continue
        pages.append(block.lstrip("\n"))
    return pages


def _below(page: str, block: str) -> str:
    """A quote ends with an empty line: some clients take the next line for a part of it."""
    quoted = page.rpartition("\n")[2].startswith("> ")
    return f"{page}\n\n{block.lstrip()}" if quoted else f"{page}\n{block}"


def numbered(pages: list[str]) -> list[str]:
    """With `2 of 3` under each page, when there are several."""
    if len(pages) < 2:
        return pages
    return [_below(page, f"-# {number} of {len(pages)}") for number, page in enumerate(pages, 1)]


def _citation(citation: Citation, room: int = _PAGE) -> Iterator[str]:
    label = f"**[{citation.number}]**"
    head = f"{label} {origin(citation.source, citation.page)}"
    quote = list(pieces(citation.quote, room - _HEADING_ROOM - width(head) - 3))
    if not quote:
        yield head
    for part in quote:
        yield f"{head}\n> {part}"
        head = f"{label} continued"
    yield from _reprints(citation, room)


def _reprints(citation: Citation, room: int) -> Iterator[str]:
    line = ""
    for source in citation.also_in:
        name = origin(source, None)
        if line and width(line) + 2 + width(name) <= room:
            line += "; " + name
        else:
            if line:
                yield line
            line = f"-# [{citation.number}] also in: {name}"
    if line:
        yield line


def origin(source: Source, page: int | None, *, brief: bool = False, title: bool = True) -> str:
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
    if (link := link_target(source.url)) and width(link) <= longest:
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


def _document(document: DocumentInfo) -> str:
    place = clip(document.source.document, 300)
    return f"{origin(document.source, None)}\n-# {place} · {counted(document.passages, 'passage')}"


def counted(number: int, noun: str) -> str:
    """`1 document`, `1,200 documents`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
