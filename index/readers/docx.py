"""Word documents (.docx), transitional and strict, as Word shows them with all changes accepted.

WordprocessingML is read by the names of its elements (ECMA-376 part 1, chapter 17), since
python-docx knows neither inserted text nor the strict namespaces.
"""

import posixpath
from collections.abc import Iterator
from typing import Any

from index.errors import ReadError
from index.readers import html
from index.readers.blocks import Blocks
from index.readers.decoding import normalise
from index.readers.metadata import iso_date, one_line
from index.readers.reading import Reading
from index.readers.zipped import Package, local_name

_UNSEEN = frozenset(["del", "moveFrom", "Fallback", "rPr", "pPr", "tblPr", "trPr", "sectPr"])
"""Deleted text, where text was moved from, the second copy of a drawing, and properties."""
_PRINTED = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_TEMPLATE_AUTHOR = "python-docx"
"""Whose template carries an author, a title and a date of 2013 that are not the document's."""


def read(data: bytes) -> Reading:
    """Paragraphs, lists and tables in document order, and the core properties.

    A row of a table is a line with ` | ` between the cells. Comments, headers, footers and
    footnotes are not read, and nothing that a document links to is fetched.
    """
    package = Package(data)
    name = _main_part(package)
    tree = package.xml(name)
    if tree is None:
        raise ReadError("damaged: it holds no Word document")
    body = next((child for child in tree if local_name(child) == "body"), None)
    if body is None:
        raise ReadError("damaged: it holds no Word document")
    walk = _Walk(package, name)
    walk.read(body)
    properties = _properties(package)
    return Reading(
        normalise(walk.blocks.text()),
        title=properties.get("title") or walk.title(),
        author=properties.get("creator"),
        published=iso_date(properties.get("created")),
    )


def _main_part(package: Package) -> str:
    return next(
        (
            posixpath.normpath(target.lstrip("/"))
            for kind, _, target in _relations(package, "_rels/.rels")
            if kind == "officeDocument"
        ),
        "word/document.xml",
    )


def _relations(package: Package, name: str) -> Iterator[tuple[str, str, str]]:
    """(kind, id, target) of the relations to other parts, without the links out of the file."""
    tree = package.xml(name)
    for relation in () if tree is None else tree:
        if local_name(relation) == "Relationship" and relation.get("TargetMode") != "External":
            kind = relation.get("Type", "").rpartition("/")[2]
            yield kind, relation.get("Id", ""), relation.get("Target", "")


def _properties(package: Package) -> dict[str, str]:
    tree = package.xml("docProps/core.xml")
    found = {local_name(child): one_line(child.text) for child in (() if tree is None else tree)}
    if found.get("creator") == _TEMPLATE_AUTHOR:
        return {}
    return {name: value for name, value in found.items() if value}


class _Walk:
    """One pass over a body."""

    def __init__(self, package: Package, part: str) -> None:
        self.blocks = Blocks()
        self._headings: dict[str, str] = {}
        self._package = package
        self._part = part

    def title(self) -> str | None:
        """The paragraph in the style of a title, else the first heading."""
        return one_line(self._headings.get("Title") or self._headings.get("Heading1"))

    def read(self, body: Any) -> None:
        from lxml import etree

        blocks = self.blocks
        begin = {
            "p": blocks.begin_paragraph,
            "tbl": blocks.begin_table,
            "tr": blocks.begin_row,
            "tc": blocks.begin_cell,
        }
        end = {"tbl": blocks.end_table, "tr": blocks.end_row, "tc": blocks.end_cell}
        walker = etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            name = local_name(element)
            if event == "end":
                if name == "p":
                    self._end_paragraph(element)
                elif name in end:
                    end[name]()
                continue
            if (
                name in _UNSEEN
                or (name == "r" and _has(element, "rPr", "vanish"))
                or (name == "tr" and _has(element, "trPr", "del"))
            ):
                walker.skip_subtree()
            if name in begin:
                begin[name]()
            elif name == "t":
                blocks.add((element.text or "").replace("\n", " "))
            elif name in _PRINTED:
                blocks.add(_PRINTED[name])
            elif name == "altChunk":
                blocks.emit(self._imported(element))

    def _end_paragraph(self, element: Any) -> None:
        style = _value(element, "pPr", "pStyle")
        is_item = _has(element, "pPr", "numPr") or style.startswith("List")
        text = self.blocks.end_paragraph(is_item=is_item and not style.startswith("Heading"))
        if style in ("Title", "Heading1") and text:
            self._headings.setdefault(style, text)

    def _imported(self, element: Any) -> str:
        """The text of a web page that the document imports from one of its own parts."""
        folder, name = posixpath.split(self._part)
        wanted = next((v for k, v in element.attrib.items() if local_name(k) == "id"), None)
        for _, id, target in _relations(self._package, f"{folder}/_rels/{name}.rels"):
            if id == wanted:
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                page = self._package.part(path)
                return html.read_archive(page).text if page else ""
        return ""


def _child(element: Any, *names: str) -> Any:
    for name in names:
        element = next((child for child in element if local_name(child) == name), None)
        if element is None:
            return None
    return element


def _value(element: Any, *names: str) -> str:
    found = _child(element, *names)
    attributes = {} if found is None else found.attrib
    return next((str(v) for k, v in attributes.items() if local_name(k) == "val"), "")


def _has(element: Any, *names: str) -> bool:
    """Whether a property is there and not switched off."""
    return _child(element, *names) is not None and _value(element, *names) not in ("0", "false")
