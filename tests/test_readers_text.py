import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.documents import read
from index.errors import ReadError
from index.readers.metadata import iso_date, web_url

WRITTEN = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\r\t")),
    min_size=1,
)


@given(text=WRITTEN, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_unicode_text_reads_back_as_itself(text: str, encoding: str) -> None:
    assume(text.strip() and not text.startswith(("\ufeff", "---")))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert read(text.encode(encoding), ".txt").text == unicodedata.normalize("NFC", lines)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text", ["Plain words, “quoted”.\n", "Привет, мир, и ещё раз.\n", "会社 は 嘘 を\nついた\n"]
)
def test_wide_text_without_a_mark_is_recognised(text: str, encoding: str) -> None:
    assert read(text.encode(encoding), ".txt").text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The minister accused the firm of “lying” — it won’t apologise for £3.\n"),
        ("cp1252", "Le ministre a accusé la société d’avoir menti ; c’était déjà connu très tôt."),
        ("iso-8859-15", "Müller kaufte für 3 Äpfel"),
        (
            "cp1250",
            "Minister oskarżył spółkę o kłamstwo w sprawie wycieku. Rząd zaprzeczył, mówią.",
        ),
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy. Ministr obvinil společnost ze lži."),
        ("cp1251", "Министр обвинил компанию во лжи об утечке нефти в прошлом году."),
        ("cp1254", "Bakan şirketi geçen yılki sızıntı konusunda yalan söylemekle suçladı."),
        ("shift_jis", "大臣は会社が昨年の流出について嘘をついたと非難した。会社は否定している。"),
        ("gb18030", "部长指责该公司在去年的泄漏事件中撒谎。该公司否认了这一说法。"),
    ],
)
def test_legacy_encodings_are_recognised(encoding: str, text: str) -> None:
    assert read(text.encode(encoding), ".txt").text == text


def test_one_bad_byte_does_not_turn_utf8_into_something_else() -> None:
    text = "Der Präsident müsse zurücktreten, hörte man überall in Köln und Düsseldorf. " * 3
    damaged = text.encode().replace(b"K\xc3\xb6ln", b"K\xc3ln", 1)
    assert read(damaged, ".txt").text == text.replace("Köln", "K\ufffdln", 1)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and so on",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n\x1a\n",
        bytes(range(256)) * 4,
        b"\x00\x01\x02words\x03\x04\x05" * 20,
    ],
)
def test_binary_that_calls_itself_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="not a text"):
        read(data, ".txt")


def test_control_characters_become_spaces_and_move_nothing() -> None:
    raw = "A sentence with\x00 a NUL,\x1b[31m a colour\x0c and\x85 more. " + "Other words. " * 20
    text = read(raw.encode(), ".txt").text
    assert len(text) == len(raw)
    assert text.startswith("A sentence with  a NUL, [31m a colour  and  more. ")


def test_letters_are_composed_and_line_ends_are_newlines() -> None:
    text = read("Cafe\u0301\r\nA\u030angstro\u0308m\r\u1112\u1161\u11ab".encode(), ".txt").text
    assert text == "Café\nÅngström\n한"


def test_text_is_otherwise_left_as_it_is() -> None:
    text = "  Indented,\ttabbed,  two spaces. \n\n\n\u200bzero width\u2028ﬁ ½ “quotes” 😀\n"
    assert read(text.encode(), ".txt").text == text


def test_front_matter_is_metadata_and_not_text() -> None:
    reading = read(
        b"---\ntitle: 'The Spill: a report'\nauthors: [Ada B., {name: Cy D.}]\nsource: The Post\n"
        b"date: 2024-12-02\nurl: https://example.org/a\nlanguage: en\nmood: grim\n---\n\nBody.\n",
        ".txt",
    )
    assert reading.text == "Body.\n"
    assert reading.title == "The Spill: a report"
    assert reading.author == "Ada B., Cy D."
    assert reading.publisher == "The Post"
    assert reading.published == "2024-12-02"
    assert reading.url == "https://example.org/a"
    assert reading.language == "en"


@pytest.mark.parametrize("title", ["Rain: once again", '"Rain": a report', "100% rain: @home"])
def test_front_matter_that_yaml_refuses_is_read_line_by_line(title: str) -> None:
    reading = read(f"---\ntitle: {title}\npublisher: The Post\n---\nBody.".encode(), ".md")
    assert (reading.title, reading.publisher, reading.text) == (title, "The Post", "Body.")


def test_front_matter_may_follow_blank_lines() -> None:
    reading = read(b"\xef\xbb\xbf\n \n---\ntitle: Rain\n---\nBody.", ".txt")
    assert (reading.title, reading.text) == ("Rain", "Body.")


@pytest.mark.parametrize(
    "block",
    [
        "---\nmood: grim\n---\n",
        "---\n- title\n---\n",
        "---\ntitle: [unclosed\n---\n",
        "---\ntitle: x\n",
        "---\na: &a x\ntitle: *a\n---\n",
        "---\ntitle: " + "[" * 5000 + "]" * 5000 + "\n---\n",
        "---\n\n---\n",
        " ---\ntitle: x\n---\n",
    ],
)
def test_what_is_not_front_matter_stays_in_the_text(block: str) -> None:
    reading = read(f"{block}Body.".encode(), ".md")
    assert reading.text == f"{block}Body."
    assert reading.title is None


@pytest.mark.parametrize(
    "block",
    [
        "title: !!python/object/apply:os.getcwd []",
        "title: 12\ndate: [2024]\nurl: {a: b}\nauthor: ~",
        "date: 2024-13-45",
        "url: javascript:alert(1)",
        "date: soon\nlanguage: 7",
    ],
)
def test_values_of_the_wrong_type_are_dropped(block: str) -> None:
    reading = read(f"---\n{block}\n---\nBody.".encode(), ".md")
    assert reading.text == "Body."
    assert (reading.published, reading.url, reading.author, reading.language) == (None,) * 4


def test_a_source_that_is_an_address_is_the_url() -> None:
    reading = read(b"---\nsource: https://example.org/a\n---\nBody.", ".md")
    assert (reading.url, reading.publisher) == ("https://example.org/a", None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("intro\n\n# The **big** [Spill](http://a.b/c) ##\n# Second", "The big Spill"),
        ("Set in\nstone\n=====\n", "stone"),
        ("## Level two\n\ntext", None),
        ("```\n# comment\n```\n\n# Real", "Real"),
        ("~~~~\n```\n# comment\n~~~~\n# Real", "Real"),
        ("#hashtag\n", None),
        ("---\ndate: 2024\n---\n# Real\n", "Real"),
        ("---\ntitle: Given\n---\n# Other\n", "Given"),
        ("# snake_case_name stays", "snake_case_name stays"),
    ],
)
def test_markdown_takes_its_title_from_the_first_heading(text: str, title: str | None) -> None:
    assert read(text.encode(), ".md").title == title


def test_no_title_is_invented_for_plain_text() -> None:
    assert read(b"# Not a heading here\n", ".txt").title is None


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024", "2024"),
        ("2024-12", "2024-12"),
        ("2024-12-02", "2024-12-02"),
        ("2024/12/02", "2024-12-02"),
        ("2024-12-02T23:30:00-05:00", "2024-12-02"),
        ("20241202", "2024-12-02"),
        ("2 December 2024", "2024-12-02"),
        ("Dec. 2, 2024", "2024-12-02"),
        ("Monday, 2nd of December 2024", "2024-12-02"),
        ("Mon, 02 Dec 2024 10:00:00 GMT", "2024-12-02"),
        ("December 2024", "2024-12"),
        ("13/03/2024", "2024-03-13"),
        ("3/13/2024", "2024-03-13"),
        ("02/03/2024", "2024"),
        ("2024-02-30", None),
        ("2024-13-01", None),
        ("31/02/2024", None),
        ("0000-01-01", None),
        ("99999", None),
        ("Smarch 3, 2024", None),
        ("yesterday", None),
        ("", None),
        (20241202, None),
    ],
)
def test_dates_are_as_precise_as_they_are_certain(written: object, iso: str | None) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("ftp://example.org", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://[broken", False),
        ("example.org", False),
        ("https://a b", False),
    ],
)
def test_only_addresses_of_the_web_are_kept(given: str, kept: bool) -> None:
    assert web_url(given) == (given if kept else None)
