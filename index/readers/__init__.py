"""Readers: one module a format, each a function from the bytes of a file to a `Reading`.

A new format is a module here and a line in `READERS`.
"""

from collections.abc import Callable, Mapping

from index.readers import docx, eml, epub, html, odt, pdf, plain, rtf
from index.readers.reading import Reading

Reader = Callable[[bytes], Reading]
"""Raises ReadError with a short reason; any other exception means that the file is damaged."""

READERS: Mapping[str, Reader] = {
    ".txt": plain.read_text,
    ".text": plain.read_text,
    ".md": plain.read_markdown,
    ".markdown": plain.read_markdown,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".mht": html.read_archive,
    ".mhtml": html.read_archive,
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".odt": odt.read,
    ".rtf": rtf.read,
    ".epub": epub.read,
    ".eml": eml.read,
}
