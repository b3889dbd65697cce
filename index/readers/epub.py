"""Books (.epub): their chapters in reading order."""

import posixpath
from urllib.parse import unquote

from index.errors import ReadError
from index.readers import html
from index.readers.metadata import iso_date, language_code, one_line
from index.readers.reading import Reading
from index.readers.zipped import Package, local_name


def read(data: bytes) -> Reading:
    """All that the chapters of a book show, in the order of its spine (EPUB 3.3, section 5.7)."""
    package = Package(data)
    container = package.xml("META-INF/container.xml")
    paths = (
        element.get("full-path")
        for element in (() if container is None else container.iter())
        if local_name(element) == "rootfile"
    )
    path = next((path for path in paths if path), "")
    book = package.xml(path)
    if book is None:
        raise ReadError("damaged: it holds no book")
    places: dict[str, str] = {}
    spine: list[str] = []
    said: dict[str, list[str]] = {}
    for element in book.iter():
        name = local_name(element)
        if name == "item":
            target = posixpath.join(posixpath.dirname(path), unquote(element.get("href", "")))
            places[element.get("id", "")] = posixpath.normpath(target)
        elif name == "itemref":
            spine.append(element.get("idref", ""))
        elif line := one_line(element.text):
            said.setdefault(name, []).append(line)
    chapters = [places[id] for id in dict.fromkeys(spine) if id in places]
    encrypted = (package.part("META-INF/encryption.xml") or b"").decode("utf-8", "replace")
    if any(posixpath.basename(chapter) in encrypted for chapter in chapters):
        raise ReadError("password protected: the book is encrypted")
    texts = (html.visible_text(package.part(chapter) or b"") for chapter in chapters)
    return Reading(
        "\n\n".join(text for text in texts if text),
        title=next(iter(said.get("title", [])), None),
        publisher=next(iter(said.get("publisher", [])), None),
        author=one_line(", ".join(said.get("creator", []))),
        published=iso_date(next(iter(said.get("date", [])), None)),
        language=language_code(next(iter(said.get("language", [])), None)),
    )
