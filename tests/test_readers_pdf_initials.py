import io

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from index.documents import read
from tests.files import PAGE_HEIGHT, pdf_of_lines


def text_with_initial(initial: str, lines: list[str], *, last: bool) -> str:
    """What is read from a page with a large letter over three lines, drawn first or last."""
    file = io.BytesIO()
    canvas = Canvas(file)

    def draw_initial() -> None:
        canvas.setFont("Helvetica", 40)
        canvas.drawString(70, PAGE_HEIGHT - 130, initial)

    if not last:
        draw_initial()
    canvas.setFont("Helvetica", 10)
    beside = 72 + stringWidth(initial, "Helvetica", 40)
    for at, line in enumerate(lines):
        canvas.drawString(beside if at < 3 else 70, PAGE_HEIGHT - 106 - 12 * at, line)
    if last:
        draw_initial()
    canvas.save()
    return read(file.getvalue(), ".pdf").text


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    ("initial", "rest", "whole"),
    [
        ("T", "he mayor of Ravel told the council", "The mayor of Ravel told the council"),
        ("A", "n engineer of Ravel told the council", "An engineer of Ravel told the council"),
        ("A", "fter the flood nobody told the council", "After the flood nobody told the council"),
        ("A", "driver from Ravel told the council", "A driver from Ravel told the council"),
        ("“N", "obody from Ravel told the council", "“Nobody from Ravel told the council"),
    ],
)
def test_an_initial_stands_at_the_start_of_its_word(
    initial: str, rest: str, whole: str, last: bool
) -> None:
    lines = [
        rest,
        "that the bridge over the river was",
        "closed in May, and that the letter of",
        "the county about it had never been read by anybody.",
    ]
    text = text_with_initial(initial, lines, last=last)
    assert " ".join(text.split()) == " ".join([whole, *lines[1:]])


def test_a_letter_of_the_size_of_its_text_is_no_initial() -> None:
    drawn = [(70.0, 100.0, "B"), (100.0, 100.0, "ridge over the river")]
    assert "Bridge" not in read(pdf_of_lines(drawn), ".pdf").text


def test_words_set_with_space_between_their_letters_are_words() -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    text = canvas.beginText(70, 700)
    text.setFont("Helvetica", 10)
    text.setCharSpace(4)
    text.setWordSpace(8)
    text.textLine("The bridge stays closed")
    canvas.drawText(text)
    canvas.save()
    assert read(file.getvalue(), ".pdf").text == "The bridge stays closed"
