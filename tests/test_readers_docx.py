import io
import zipfile

import pytest

from index.documents import Reading, read
from index.errors import ReadError
from tests.files import docx_of, word_paragraph, zip_of


def read_docx(data: bytes) -> Reading:
    return read(data, ".docx")


def test_paragraphs_lists_and_tables_come_in_order() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Oil in the harbour", 1)
    document.add_paragraph("The minister accused the company.")
    document.add_paragraph("Nobody read the report", style="List Bullet")
    document.add_paragraph("It was filed in a drawer", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells),
        ["Day", "Barrels", "Monday", "forty\nor more"],
        strict=True,
    ):
        cell.text = words
    document.add_paragraph("The end.")
    file = io.BytesIO()
    document.save(file)
    reading = read_docx(file.getvalue())
    assert reading.text == (
        "Oil in the harbour\n\nThe minister accused the company.\n\nNobody read the report\n"
        "It was filed in a drawer\n\nDay | Barrels\nMonday | forty or more\n\nThe end."
    )
    assert reading.title == "Oil in the harbour"
    assert (reading.author, reading.published) == (None, None)


def test_the_core_properties_are_metadata() -> None:
    core = (
        "<dc:title>Oil</dc:title><dc:creator>Ada Byron</dc:creator>"
        "<dcterms:created>2024-12-02T10:00:00Z</dcterms:created>"
    )
    reading = read_docx(docx_of(word_paragraph("Words."), core=core))
    assert (reading.title, reading.author, reading.published) == ("Oil", "Ada Byron", "2024-12-02")


def test_the_title_style_beats_an_earlier_heading() -> None:
    body = word_paragraph("Part", style="Heading1") + word_paragraph("The book", style="Title")
    assert read_docx(docx_of(body)).title == "The book"


def test_changes_are_read_as_accepted_and_hidden_text_not_at_all() -> None:
    body = word_paragraph(
        "He ",
        '<w:del w:author="A"><w:r><w:delText>denied</w:delText></w:r></w:del>',
        '<w:ins w:author="A"><w:r><w:t>admitted</w:t></w:r></w:ins>',
        "<w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>",
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> it</w:t></w:r>',
        '<w:hyperlink r:id="r9"><w:r><w:t> here</w:t></w:r></w:hyperlink>',
        "<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>now</w:t><w:br/><w:t>on.</w:t></w:r>",
    )
    assert read_docx(docx_of(body)).text == "He admitted it here now\non."


def test_a_deleted_row_is_not_text_and_a_nested_table_stays_in_its_cell() -> None:
    def cell(*blocks: str) -> str:
        return f"<w:tc>{''.join(blocks)}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(word_paragraph('x'))}{cell(word_paragraph('y'))}</w:tr></w:tbl>"
    body = (
        f"<w:tbl><w:tr>{cell(word_paragraph('a'))}{cell(inner)}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell(word_paragraph('gone'))}</w:tr>"
        f"<w:tr>{cell(word_paragraph('b'), word_paragraph('c'))}{cell()}</w:tr></w:tbl>"
    )
    assert read_docx(docx_of(body)).text == "a | x | y\nb c"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{word_paragraph('In a box.')}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    text = read_docx(docx_of(word_paragraph("Around.", drawing))).text
    assert sorted(text.split("\n\n")) == ["Around.", "In a box."]


def test_comments_and_footnotes_are_not_text() -> None:
    parts = [("word/comments.xml", "<w:comments>Remark</w:comments>")]
    body = word_paragraph("Words", '<w:r><w:commentReference w:id="0"/></w:r>')
    assert read_docx(docx_of(body, parts=parts)).text == "Words"


def test_a_strict_document_is_read() -> None:
    names = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    body = f"<w:document {names}><w:body>{word_paragraph('Strict words.')}</w:body></w:document>"
    assert read_docx(zip_of([("word/document.xml", body)])).text == "Strict words."


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(210):
            part.write(bytes(1_000_000))
    assert len(file.getvalue()) < 300_000
    with pytest.raises(ReadError, match="too large"):
        read_docx(file.getvalue())


def test_an_entity_bomb_is_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f'<!DOCTYPE d [<!ENTITY a0 "boom">{bomb}]><w:document {names}><w:body>'
        f"{word_paragraph('Words &a11; here.')}</w:body></w:document>"
    )
    try:
        assert len(read_docx(zip_of([("word/document.xml", body)])).text) < 100
    except ReadError as error:
        assert "damaged" in str(error)


def test_an_entity_is_not_text() -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f'<!DOCTYPE d [<!ENTITY e "expanded">]><w:document {names}><w:body>'
        f"{word_paragraph('Words', '<w:r><w:t>&e;</w:t></w:r>')}</w:body></w:document>"
    )
    assert read_docx(zip_of([("word/document.xml", body)])).text == "Words"


def test_deep_nesting_is_refused_and_does_not_crash() -> None:
    body = "<w:sdt>" * 50_000 + word_paragraph("Words.") + "</w:sdt>" * 50_000
    with pytest.raises(ReadError, match="damaged"):
        read_docx(docx_of(body))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged"),
        (b"words", "damaged"),
        (docx_of(word_paragraph("Words."))[:200], "damaged"),
        (zip_of([("a.txt", "words")]), "holds no Word document"),
        (zip_of([("word/document.xml", "<unclosed>")]), "not XML"),
        (zip_of([("word/document.xml", "<other/>")]), "holds no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old Office file"),
        (docx_of("<w:p/>"), "no text found"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_docx(data)


def test_a_part_that_does_not_match_its_checksum_is_damaged() -> None:
    data = docx_of(word_paragraph("Words that are long enough to be worth a checksum."))
    at = data.index(b"word/document.xml") + 60
    with pytest.raises(ReadError, match="damaged"):
        read_docx(data[:at] + bytes(8) + data[at + 8 :])
