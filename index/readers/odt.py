"""OpenDocument texts (.odt), read by the names of their elements (ISO/IEC 26300)."""

from typing import Any

from index.errors import ReadError
from index.readers.blocks import Blocks
from index.readers.decoding import normalise
from index.readers.metadata import iso_date, one_line
from index.readers.reading import Reading
from index.readers.zipped import Package, local_name

_UNSEEN = frozenset(["annotation", "tracked-changes", "note", "sequence-decls", "forms"])
"""Comments, deleted text, footnotes and declarations."""


def read(data: bytes) -> Reading:
    """Paragraphs, lists and tables in document order; the first heading is the title, if need be.

    A row of a table is a line with ` | ` between the cells.
    """
    package = Package(data)
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise ReadError("password protected")
    content = package.xml("content.xml")
    body = None if content is None else next(
        (element for element in content.iter() if local_name(element) == "text"), None
    )  # fmt: skip
    if body is None:
        raise ReadError("damaged: it holds no text document")
    blocks = Blocks()
    heading = _walk(body, blocks)
    properties = _properties(package)
    return Reading(
        normalise(blocks.text()),
        title=properties.get("title") or one_line(heading),
        author=properties.get("initial-creator") or properties.get("creator"),
        published=iso_date(properties.get("creation-date")),
    )


def _properties(package: Package) -> dict[str, str]:
    tree = package.xml("meta.xml")
    found = {} if tree is None else {local_name(item): one_line(item.text) for item in tree.iter()}
    return {name: value for name, value in found.items() if value}


def _walk(body: Any, blocks: Blocks) -> str | None:
    """Reads a body into blocks and gives its first heading."""
    from lxml import etree

    begin = {
        "p": blocks.begin_paragraph,
        "h": blocks.begin_paragraph,
        "table": blocks.begin_table,
        "table-row": blocks.begin_row,
        "table-cell": blocks.begin_cell,
    }
    end = {
        "table": blocks.end_table,
        "table-row": blocks.end_row,
        "table-cell": blocks.end_cell,
    }
    heading = None
    items = 0
    walker = etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        name = local_name(element)
        if event == "start":
            items += name == "list-item"
            if name in _UNSEEN:
                walker.skip_subtree()
                continue
            if name in begin:
                begin[name]()
            blocks.add({"tab": " ", "s": " ", "line-break": "\n"}.get(name, ""))
            blocks.add(_folded(element.text))
            continue
        items -= name == "list-item"
        if name in ("p", "h"):
            text = blocks.end_paragraph(is_item=items > 0)
            heading = heading or (text if name == "h" else None)
        elif name in end:
            end[name]()
        if element is not body:
            blocks.add(_folded(element.tail))
    return heading


def _folded(text: str | None) -> str:
    return text.replace("\n", " ") if text else ""
