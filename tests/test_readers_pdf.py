from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Reading, read
from index.errors import ReadError
from index.readers.pdf_paragraphs import join_pages
from index.readers.pdf_rows import Line, join_rows
from tests.files import (
    pdf_of_lines,
    pdf_of_paragraphs,
    pdf_of_picture,
    pdf_with_invisible_text,
)

SPILL = (
    "The minister for the environment told reporters that the company had hidden the spill from "
    "the harbour authority for eleven days. The company rejected the claim and said that it had "
    "followed every rule of the licence it was given."
)
REPORT = (
    "An inspector who asked not to be named said that nobody had read the report before the "
    "summer. It was filed in a drawer, he said, and forgotten there until the tanker came back."
)


def read_pdf(data: bytes) -> Reading:
    return read(data, ".pdf")


def column(*lines: str, left: float = 72, top: float = 100, leading: float = 14) -> list[
    tuple[float, float, str]
]:  # fmt: skip
    return [(left, top + at * leading, line) for at, line in enumerate(lines)]


def test_wrapped_lines_are_whole_paragraphs_again() -> None:
    assert read_pdf(pdf_of_paragraphs([SPILL, REPORT])).text == f"{SPILL}\n\n{REPORT}"


def test_pages_begin_where_page_starts_say() -> None:
    reading = read_pdf(pdf_of_paragraphs([SPILL], [REPORT, SPILL]))
    assert reading.page_starts == (0, len(SPILL) + 2)
    assert reading.text[reading.page_starts[1] :] == f"{REPORT}\n\n{SPILL}"


def test_a_page_without_text_begins_where_the_next_one_does() -> None:
    reading = read_pdf(pdf_of_lines([], column("First words."), [], column("Last words."), []))
    assert reading.text == "First words.\n\nLast words."
    assert reading.page_starts == (0, 0, 14, 14, 25)


def test_a_sentence_runs_over_a_page_break() -> None:
    first = column("The minister said that the company, which had owned the old tanker")
    second = column("for eleven years, was to blame.")
    reading = read_pdf(pdf_of_lines(first, second))
    assert reading.text == (
        "The minister said that the company, which had owned the old tanker "
        "for eleven years, was to blame."
    )
    assert reading.text[reading.page_starts[1] :] == "for eleven years, was to blame."


def printed(words: str, top: float, *, left: float = 70, size: float = 11) -> Line:
    return Line(words, left, left + len(words) * size / 2, 800 - top, size)


def test_letters_of_another_size_begin_a_paragraph() -> None:
    text, _ = join_pages([[printed("who blames whom", 100, size=18), printed("the answer", 118)]])
    assert text == "who blames whom\n\nthe answer"


def test_a_wider_gap_begins_a_paragraph() -> None:
    tops = [100, 114, 128, 150, 164]
    text, _ = join_pages([[printed(f"line {top} of equal length", top) for top in tops]])
    assert [len(part.split("line")) - 1 for part in text.split("\n\n")] == [3, 2]


def test_a_last_line_that_is_a_little_short_ends_a_paragraph() -> None:
    lines = ["A line that goes right up to the margin of the text and", "one that ends in a stop "
             "close to it, as you see.", "It begins again here."]  # fmt: skip
    text, _ = join_pages([[printed(line, 100 + 14 * at) for at, line in enumerate(lines)]])
    assert text == f"{lines[0]} {lines[1]}\n\n{lines[2]}"


def test_a_short_line_runs_over_a_page_break_into_a_small_letter() -> None:
    text, starts = join_pages([[printed("He said", 700)], [printed("so.", 100)]])
    assert (text, starts) == ("He said so.", (0, 8))


def test_a_raised_number_stays_in_its_line_and_a_column_does_not() -> None:
    words = printed("It was never read", 100)
    raised = printed("7", 96, left=words.right + 1, size=7)
    after = printed("and lost.", 100, left=raised.right + 3)
    column = printed("Another column", 100, left=after.right + 40)
    below = printed("The next line", 114)
    rows = join_rows([words, raised, after, column, below])
    assert [row.text for row in rows] == [
        "It was never read7 and lost.",
        "Another column",
        "The next line",
    ]
    assert (rows[0].left, rows[0].right, rows[0].size) == (words.left, after.right, 11)


@pytest.mark.parametrize("picture", [True, False])
def test_invisible_text_is_read_only_over_a_picture(picture: bool) -> None:
    data = pdf_with_invisible_text("Drawn words.", "Words of a scan.", picture=picture)
    text = read_pdf(data).text
    assert "Drawn words." in text
    assert ("Words of a scan." in text) is picture


def test_an_indent_begins_a_paragraph() -> None:
    lines = column(
        "The company rejected the claim of the minister and others.",
        "It had followed every single rule of the licence, said everyone.",
    )
    lines += [(90, 128, "A second thought follows in a new paragraph of this.")]
    lines += column("and it goes on in the next line without a pause at all.", top=142)
    assert read_pdf(pdf_of_lines(lines)).text.split("\n\n") == [
        "The company rejected the claim of the minister and others. "
        "It had followed every single rule of the licence, said everyone.",
        "A second thought follows in a new paragraph of this. "
        "and it goes on in the next line without a pause at all.",
    ]


def test_a_short_last_line_ends_a_paragraph() -> None:
    lines = column(
        "The company rejected the claim of the minister and of all the others.",
        "It followed the rules.",
        "The inspector had not read the report that was filed the year before.",
    )
    assert read_pdf(pdf_of_lines(lines)).text.split("\n\n") == [
        "The company rejected the claim of the minister and of all the others. "
        "It followed the rules.",
        "The inspector had not read the report that was filed the year before.",
    ]


def test_a_word_broken_at_a_line_end_is_whole_again() -> None:
    text = read_pdf(
        pdf_of_lines(column("He blamed the harbour author-", "ity for the spill."))
    ).text
    assert text == "He blamed the harbour authority for the spill."


def test_a_compound_broken_at_its_hyphen_keeps_it() -> None:
    lines = column(
        "It was a well-known case, and a state-",
        "owned firm of the Anglo-",
        "Dutch kind; a state that owned it, and first-",
        "and second-class ships of COVID-",
        "19 and of well-",
        "known fame.",
    )
    assert read_pdf(pdf_of_lines(lines)).text == (
        "It was a well-known case, and a state-owned firm of the Anglo-Dutch kind; a state that "
        "owned it, and first- and second-class ships of COVID-19 and of well-known fame."
    )


def test_running_heads_feet_and_page_numbers_are_not_text() -> None:
    words_of_pages = [["one", "two", "six"], ["red", "tan"], ["cat", "dog"], ["sun"]]
    pages = [
        [
            (72, 40, "The Daily Post"),
            (400, 40, f"{at} May 2024"),
            *column(*[f"Line {word} of the page says {word} things." for word in words]),
            (72, 800, "All rights reserved"),
            (290, 815, f"Page {at} of 4"),
        ]
        for at, words in enumerate(words_of_pages)
    ]
    text = read_pdf(pdf_of_lines(*pages)).text
    for running in ("Daily Post", "May 2024", "rights", "Page"):
        assert running not in text
    for word in ("one", "two", "six", "red", "tan", "cat", "dog", "sun"):
        assert f"Line {word} of the page says {word} things." in text


def test_page_numbers_of_two_pages_are_not_text() -> None:
    pages = [[*column(f"Words of page {name}."), (290, 815, f"- {at} -")]
             for at, name in enumerate(["one", "two"], start=7)]  # fmt: skip
    assert read_pdf(pdf_of_lines(*pages)).text == "Words of page one.\n\nWords of page two."


@pytest.mark.parametrize("copies", [2, 3, 5])
def test_pages_that_are_the_same_are_all_read(copies: int) -> None:
    page = column("Dear all,", "nothing was delivered on the day that was agreed.", leading=40)
    text = read_pdf(pdf_of_lines(*[page] * copies)).text
    assert text.count("Dear all,") == text.count("nothing was delivered") == copies


@pytest.mark.parametrize("turn", [90, -90])
def test_pages_that_lie_on_their_side_are_read(turn: int) -> None:
    lines = column(
        "The company rejected the claim of the minister and of the",
        "harbour authority, which had not read the report.",
    )
    lines += column("A new paragraph.", top=170)
    assert read_pdf(pdf_of_lines(lines, turn=turn)).text == (
        "The company rejected the claim of the minister and of the harbour authority, which had "
        "not read the report.\n\nA new paragraph."
    )


def test_columns_are_read_one_after_the_other() -> None:
    left = column("The minister for the harbour", "blamed the company that owned", "the tanker.")
    right = column("It denied all of it in a letter", "to the newspaper.", left=320)
    assert read_pdf(pdf_of_lines(left + right)).text == (
        "The minister for the harbour blamed the company that owned the tanker.\n\n"
        "It denied all of it in a letter to the newspaper."
    )


def test_the_document_info_is_metadata() -> None:
    reading = read_pdf(pdf_of_paragraphs([SPILL], title="Oil in the harbour", author="Ada B."))
    assert (reading.title, reading.author) == ("Oil in the harbour", "Ada B.")
    assert reading.published is not None
    assert len(reading.published) == 10


@pytest.mark.parametrize(
    "title",
    ["Microsoft Word - spill final.doc", "spill_v3.indd", "C:\\files\\spill v3.pdf", "untitled"],
)
def test_the_name_of_a_file_is_not_a_title(title: str) -> None:
    assert read_pdf(pdf_of_paragraphs([SPILL], title=title)).title is None


def test_a_password_is_named_as_the_reason() -> None:
    with pytest.raises(ReadError, match=r"^password protected$"):
        read_pdf(pdf_of_lines(column("Secret words."), password="open sesame"))


def test_a_document_that_opens_without_a_password_is_read() -> None:
    data = pdf_of_lines(column("Words for all."), owner_password="no printing")
    assert read_pdf(data).text == "Words for all."


def test_a_scan_is_told_to_need_ocr() -> None:
    with pytest.raises(ReadError, match="no text found: scanned pages need OCR first"):
        read_pdf(pdf_of_picture())


@pytest.mark.parametrize("data", [b"", b"words", b"%PDF-1.7\n%%EOF"])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^damaged: "):
        read_pdf(data)


def test_a_file_that_was_cut_off_is_read_or_refused() -> None:
    whole = pdf_of_paragraphs([SPILL, REPORT])
    for end in range(0, len(whole), len(whole) // 12):
        try:
            assert read_pdf(whole[:end]).text
        except ReadError as error:
            assert str(error)


WORDS = st.lists(st.text("abcdefgXYZ.-’é ", min_size=1, max_size=30), max_size=8)


@given(pages=st.lists(WORDS, min_size=1, max_size=5), leading=st.floats(5, 60))
def test_page_starts_are_sorted_and_inside_the_text(
    pages: Sequence[Sequence[str]], leading: float
) -> None:
    lines = [
        [
            Line(" ".join(words.split()), 70, 70 + 5 * len(words), 700 - at * leading, 11)
            for at, words in enumerate(page)
            if words.strip()
        ]
        for page in pages
    ]
    text, starts = join_pages(lines)
    assert len(starts) == len(pages)
    assert list(starts) == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)
    assert text == text.strip()


def test_sentences_that_differ_in_numbers_only_stay_on_every_page() -> None:
    pages = [
        [
            (72, 72, f"Report of month {page}"),
            (72, 90, f"The dredger was out of service for {page + 3} days."),
            (72, 108, f"The fine was {page * 100} pounds."),
            (72, 126, "Nothing else was seen."),
        ]
        for page in range(4)
    ]
    text = read_pdf(pdf_of_lines(*pages)).text
    for page in range(4):
        assert f"out of service for {page + 3} days." in text
        assert f"The fine was {page * 100} pounds." in text
