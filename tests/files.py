"""Makers of small real files, for tests that read them."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

PAGE_WIDTH, PAGE_HEIGHT = 595, 842


def pdf_of_paragraphs(*pages: Sequence[str], title: str = "", author: str = "") -> bytes:
    """A PDF whose paragraphs are wrapped by a typesetter, one sequence of them a page."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer

    style = getSampleStyleSheet()["BodyText"]
    story: list[Flowable] = []
    for at, paragraphs in enumerate(pages):
        if at:
            story.append(PageBreak())
        for paragraph in paragraphs:
            story += [Paragraph(paragraph, style), Spacer(1, 6)]
    file = io.BytesIO()
    SimpleDocTemplate(file, title=title or None, author=author or None).build(story)
    return file.getvalue()


def pdf_of_lines(
    *pages: Sequence[tuple[float, float, str]],
    size: float = 11,
    password: str | None = None,
    owner_password: str | None = None,
    turn: int = 0,
) -> bytes:
    """A PDF with lines at (points from the left, points from the top, words), page by page.

    `turn` writes the lines up the page (90) or down it (-90), as a scanned sheet that lies.
    """
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    encrypt: Any = None
    if password is not None or owner_password is not None:
        encrypt = StandardEncryption(password or "", owner_password or "owner")
    canvas = Canvas(file, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), encrypt=encrypt)
    for lines in pages:
        canvas.setFont("Helvetica", size)
        if turn == 90:
            canvas.rotate(90)
            canvas.translate(0, -PAGE_HEIGHT)
        elif turn == -90:
            canvas.rotate(-90)
            canvas.translate(-PAGE_HEIGHT, 0)
        for left, top, words in lines:
            canvas.drawString(left, PAGE_HEIGHT - top, words)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def pdf_of_picture() -> bytes:
    """A PDF with a page that only shows a rectangle, as a scan shows a picture."""
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def pdf_with_invisible_text(visible: str, invisible: str, *, picture: bool) -> bytes:
    """A PDF page with words that are drawn and words that are not, over a picture or not."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    if picture:
        canvas.drawImage(ImageReader(Image.new("RGB", (4, 4))), 0, 0, 500, 500)
    canvas.drawString(72, 700, visible)
    text = canvas.beginText(72, 600)
    text.setTextRenderMode(3)
    text.textOut(invisible)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def docx_of(body: str, *, core: str = "", parts: Iterable[tuple[str, str]] = ()) -> bytes:
    """A Word document from the XML of its body, and of its core properties."""
    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>"
        )
        if core:
            archive.writestr(
                "docProps/core.xml",
                '<c:coreProperties xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/" '
                f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</c:coreProperties>',
            )
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def word_paragraph(*runs: str, style: str = "") -> str:
    """The XML of a paragraph; each run is words, or XML where it begins with `<`."""
    marked = "".join(
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>'
        for run in runs
    )
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{marked}</w:p>"


def zip_of(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """A zip archive of named parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()
