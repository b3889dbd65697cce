import pytest

from index.documents import read
from index.errors import ReadError
from tests.files import zip_of

CONTAINER = '<container><rootfiles><rootfile full-path="in/book.opf"/></rootfiles></container>'
BOOK = """<package xmlns:dc="urn:dc"><metadata><dc:title>The Spill</dc:title>
<dc:creator>Ada Byron</dc:creator><dc:date>1949-06-08</dc:date></metadata><manifest>
<item id="b" href="two.xhtml"/><item id="a" href="one%20a.xhtml"/><item id="c" href="no.xhtml"/>
</manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="x"/></spine></package>"""
CHAPTERS = [
    ("in/one a.xhtml", "<html><body><h1>One</h1><p>First words.</p></body></html>"),
    (
        "in/two.xhtml",
        "<html><body><p style='display: none'>Hidden.</p><p>Last words.</p></body></html>",
    ),
    ("in/no.xhtml", "<html><body><p>Not in the spine.</p></body></html>"),
]
ODT = """<o:document-content xmlns:o="urn:o" xmlns:t="urn:t" xmlns:b="urn:b"><o:body><o:text>
<t:tracked-changes><t:p>Deleted.</t:p></t:tracked-changes><t:h>Oil</t:h>
<t:p>The  <t:span>minister</t:span><t:s/>said<o:annotation><t:p>No.</t:p></o:annotation> so.</t:p>
<t:list><t:list-item><t:p>One</t:p></t:list-item><t:list-item><t:p>Two</t:p></t:list-item></t:list>
<b:table><b:table-row><b:table-cell><t:p>a</t:p></b:table-cell><b:table-cell><t:p>b</t:p>
</b:table-cell></b:table-row></b:table></o:text></o:body></o:document-content>"""


def test_a_book_is_its_chapters_in_reading_order() -> None:
    parts = [("META-INF/container.xml", CONTAINER), ("in/book.opf", BOOK), *CHAPTERS]
    reading = read(zip_of(parts), ".epub")
    assert reading.text == "One\n\nFirst words.\n\nLast words."
    assert (reading.title, reading.author, reading.published) == (
        "The Spill",
        "Ada Byron",
        "1949-06-08",
    )


def test_an_encrypted_book_is_refused() -> None:
    locked = ("META-INF/encryption.xml", '<encryption URI="in/two.xhtml"/>')
    parts = [("META-INF/container.xml", CONTAINER), ("in/book.opf", BOOK), *CHAPTERS, locked]
    with pytest.raises(ReadError, match="password protected"):
        read(zip_of(parts), ".epub")


def test_an_open_document_is_read_in_order_without_remarks_and_deletions() -> None:
    meta = '<m xmlns:d="urn:d"><d:initial-creator>Ada</d:initial-creator></m>'
    reading = read(zip_of([("content.xml", ODT), ("meta.xml", meta)]), ".odt")
    assert reading.text == "Oil\n\nThe minister said so.\n\nOne\nTwo\n\na | b"
    assert (reading.title, reading.author) == ("Oil", "Ada")


def test_an_encrypted_open_document_is_refused() -> None:
    parts = [("content.xml", ODT), ("META-INF/manifest.xml", "<m><encryption-data/></m>")]
    with pytest.raises(ReadError, match="password protected"):
        read(zip_of(parts), ".odt")


@pytest.mark.parametrize("suffix", [".odt", ".epub"])
@pytest.mark.parametrize("data", [b"", b"words", zip_of([("a.txt", "words")])])
def test_an_archive_without_a_document_is_damaged(data: bytes, suffix: str) -> None:
    with pytest.raises(ReadError, match="damaged"):
        read(data, suffix)


def test_a_letter_is_its_body_and_its_headers_are_metadata() -> None:
    letter = (
        "From: =?utf-8?q?Ada_Byr=C3=B6n?= <ada@example.org>\r\nSubject: Oil\r\n"
        "Date: Mon, 02 Dec 2024 23:00:00 -0500\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/html\r\n\r\n<p>Rich words.</p>\r\n--b\r\n"
        "Content-Type: text/plain; charset=iso-8859-1\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\nPlain w=F6rds.\r\n--b--\r\n"
    )
    reading = read(letter.encode(), ".eml")
    assert reading.text.strip() == "Plain wörds."
    assert (reading.title, reading.author, reading.published) == ("Oil", "Ada Byrön", "2024-12-02")


def test_a_letter_of_html_alone_is_read() -> None:
    letter = "Content-Type: text/html\r\n\r\n<p>Rich <b>words</b>.</p><script>no()</script>"
    assert read(letter.encode(), ".eml").text == "Rich words."


def test_an_encrypted_letter_is_refused() -> None:
    letter = "Content-Type: application/pkcs7-mime\r\n\r\nMIAGCSqGSIb3DQEHA6CAMIACAQ"
    with pytest.raises(ReadError, match="encrypted"):
        read(letter.encode(), ".eml")


@pytest.mark.parametrize(
    ("rich", "text"),
    [
        (r"One\par Two\line three", "One\n\nTwo\nthree"),
        (r"caf\'e9 \u8364?5 \u-10179?\u-8704? \{x\}", "café €5 😀 {x}"),
        (r"{\uc2 a\u269\'8f\'ebb} c", "ačb c"),
        (r"{\*\secret gone}{\pict 00ff}{\v hidden}{\v0 shown}", "shown"),
        (r"\trowd a\cell b\cell\row c\cell d\cell\row", "a | b\nc | d"),
        (r"{\f1\'83A\'83C}{\f0 plain}", "アイplain"),
        (r"{\f2 \'cf\'f0}", "Пр"),
        (r"a\bin3 }}}b", "ab"),
        (r"unclosed {group", "unclosed group"),
        (r"x}}}} y", "x y"),
    ],
)
def test_rich_text_is_read_without_its_markup(rich: str, text: str) -> None:
    fonts = r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}{\f2\fcharset204 C;}}"
    info = r"{\info{\title The Spill}{\author Ada}{\creatim\yr2024\mo12\dy2\hr9}}"
    reading = read(f"{{\\rtf1\\ansi{fonts}{info}{rich}}}".encode(), ".rtf")
    assert reading.text == text
    assert (reading.title, reading.author, reading.published) == ("The Spill", "Ada", "2024-12-02")


@pytest.mark.parametrize("data", [b"", b"words", b"{\\rtf1" + b"{" * 5000])
def test_what_is_not_rich_text_is_damaged(data: bytes) -> None:
    with pytest.raises(ReadError, match="damaged"):
        read(data, ".rtf")
