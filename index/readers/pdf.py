"""PDF: the text of its pages as paragraphs, read with PDFium."""

import re
from typing import Any

from index.errors import ReadError
from index.readers.metadata import iso_date, one_line
from index.readers.pdf_lines import page_lines
from index.readers.pdf_paragraphs import join_pages
from index.readers.pdf_rows import Line
from index.readers.reading import Reading

MAX_PAGES = 20_000

_PASSWORD_ERROR, _SECURITY_ERROR = 4, 5
"""FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY of fpdfview.h."""
_FILE_NAME = re.compile(
    r"Microsoft (?:Word|PowerPoint|Excel) - .*|(?:file|https?):/.*|.*[/\\].*\.\w{2,5}"
    r"|\S*\.(?:docx?|pdf|odt|rtf|indd|qxd|tex|dvi|ps|html?|xlsx?|pptx?|txt|pages)",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")


def read(data: bytes) -> Reading:
    """The pages' text in the order in which they draw it, and what the document info says.

    A file that opens with an empty password is read. Raises ReadError for one that does not, one
    that is damaged, and one whose pages show no text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD_ERROR, _SECURITY_ERROR):
            raise ReadError("password protected") from error
        raise ReadError("damaged: this is not a PDF that can be opened") from error
    try:
        if len(document) == 0:
            raise ReadError("damaged: a PDF without pages")
        if len(document) > MAX_PAGES:
            raise ReadError(f"too large: more than {MAX_PAGES} pages")
        text, page_starts = join_pages([_lines(document, at) for at in range(len(document))])
        info = document.get_metadata_dict()
    finally:
        document.close()
    if not text.strip():
        raise ReadError("no text found: scanned pages need OCR first")
    return Reading(
        text,
        title=_title(info.get("Title")),
        author=one_line(info.get("Author")),
        published=_date(info.get("CreationDate")),
        page_starts=page_starts,
    )


def _lines(document: Any, at: int) -> list[Line]:
    """The lines of one page; none of a page that is broken beside good ones."""
    import pypdfium2

    try:
        page = document[at]
    except pypdfium2.PdfiumError:
        return []
    try:
        return page_lines(page)
    except pypdfium2.PdfiumError:
        return []
    finally:
        page.close()


def _title(value: object) -> str | None:
    """A title, unless it is what a program put there: a file's name."""
    title = one_line(value)
    empty = ("(anonymous)", "untitled", "(unspecified)")
    return None if title is None or title in empty or _FILE_NAME.fullmatch(title) else title


def _date(value: object) -> str | None:
    """`D:20241202093000+01'00'` is 2024-12-02."""
    match = _DATE.match(value) if isinstance(value, str) else None
    return iso_date("-".join(part for part in match.groups() if part)) if match else None
