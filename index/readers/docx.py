"""Word documents (.docx), transitional and strict, as Word shows them with all changes accepted.

WordprocessingML is read by the names of its elements (ECMA-376 part 1, chapter 17), since
python-docx knows neither inserted text nor the strict namespaces.
"""

import posixpath
from collections.abc import Iterator
from typing import Any

from index.errors import ReadError
from index.readers import html
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
        normalise(walk.text()),
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
    """One pass over a body, without recursion: what is open is on stacks."""

    def __init__(self, package: Package, part: str) -> None:
        self._headings: dict[str, str] = {}
        self._package = package
        self._part = part
        self._blocks: list[tuple[bool, str]] = []
        self._paragraphs: list[list[str]] = []
        self._tables: list[list[str]] = []
        self._rows: list[list[str]] = []
        self._cells: list[list[str]] = []

    def title(self) -> str | None:
        """The paragraph in the style of a title, else the first heading."""
        return one_line(self._headings.get("Title") or self._headings.get("Heading1"))

    def text(self) -> str:
        """The blocks apart by a blank line, the items of a list by a line end."""
        text: list[str] = []
        was_item = False
        for is_item, block in self._blocks:
            if text:
                text.append("\n" if is_item and was_item else "\n\n")
            text.append(block)
            was_item = is_item
        return "".join(text)

    def read(self, body: Any) -> None:
        from lxml import etree

        walker = etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            name = local_name(element)
            if event == "start":
                if name in _UNSEEN or (name == "r" and _has(element, "rPr", "vanish")):
                    walker.skip_subtree()
                elif name == "tr" and _has(element, "trPr", "del"):
                    walker.skip_subtree()
                    self._rows.append([])
                else:
                    self._open(name, element)
            elif name == "p" and self._paragraphs:
                self._close_paragraph(element)
            elif name == "tc" and self._cells:
                cell = " ".join(self._cells.pop())
                if self._rows:
                    self._rows[-1].append(cell)
            elif name == "tr" and self._rows:
                row = self._rows.pop()
                if self._tables and any(row):
                    self._tables[-1].append(" | ".join(row).rstrip(" |"))
            elif name == "tbl" and self._tables:
                self._emit(False, "\n".join(self._tables.pop()))

    def _open(self, name: str, element: Any) -> None:
        if name == "p":
            self._paragraphs.append([])
        elif name == "tbl":
            self._tables.append([])
        elif name == "tr":
            self._rows.append([])
        elif name == "tc":
            self._cells.append([])
        elif name == "altChunk":
            self._emit(False, self._imported(element))
        elif self._paragraphs:
            if name == "t":
                self._paragraphs[-1].append((element.text or "").replace("\n", " "))
            elif name in _PRINTED:
                self._paragraphs[-1].append(_PRINTED[name])

    def _close_paragraph(self, element: Any) -> None:
        lines = ("".join(self._paragraphs.pop())).split("\n")
        text = "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
        style = _value(element, "pPr", "pStyle")
        if style in ("Title", "Heading1") and text:
            self._headings.setdefault(style, text)
        is_item = _has(element, "pPr", "numPr") or style.startswith("List")
        self._emit(is_item and not style.startswith("Heading"), text)

    def _emit(self, is_item: bool, text: str) -> None:
        """Adds a block to the cell that is open, or to the text."""
        if not text:
            return
        if self._cells:
            self._cells[-1].append(" ".join(text.split()))
        else:
            self._blocks.append((is_item, text))

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
