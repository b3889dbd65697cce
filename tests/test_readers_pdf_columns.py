import io
import random
import textwrap
from collections.abc import Callable, Iterable
from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from index.documents import read
from tests.files import PAGE_HEIGHT, pdf_of_lines

MAYOR = (
    "The mayor told the council that the bridge had been closed without her knowledge. She blamed "
    "the engineers of the county for it. Nobody had called her office before the Friday on which "
    "the first lorries stood in the square, she said, and nobody had called since."
)
ENGINEER = (
    "An engineer who worked on the survey rejected that. According to him three letters were sent "
    "in May and a fourth one in June. He keeps the receipts in a drawer, and he would show them to "
    "anybody who asked, but so far it was only the bakery that wanted to see one of them."
)
BAKER = (
    "For the baker the matter is simple. Her flour comes over the bridge, and now it comes around "
    "the hill, an hour later and a third dearer. She has raised the price of a loaf twice since "
    "the barriers went up, and she does not think that she will lower it again."
)
SIZE = 10
Drawn = tuple[float, float, str]


def wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, "Helvetica", SIZE) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def rows(
    *columns: tuple[float, list[str]], top: float = 100, leading: float = 12, shift: float = 0
) -> list[Drawn]:
    """Columns at their lefts, drawn row by row; each stands `shift` lower than the one before."""
    drawn = []
    for at, cells in enumerate(zip_longest(*(lines for _, lines in columns))):
        for number, ((left, _), words) in enumerate(zip(columns, cells, strict=True)):
            if words is not None:
                drawn.append((left, top + at * leading + number * shift, words))
    return drawn


def paragraphs_of(drawn: list[Drawn]) -> list[str]:
    return read(pdf_of_lines(drawn, size=SIZE), ".pdf").text.split("\n\n")


@pytest.mark.parametrize("gutter", [9, 12, 18, 30])
@pytest.mark.parametrize("shift", [0, 3])
def test_two_columns_drawn_row_by_row_are_read_one_after_the_other(
    gutter: float, shift: float
) -> None:
    left, right = wrapped(MAYOR, 220), wrapped(ENGINEER, 220)
    drawn = rows((70, left), (290 + gutter, right), shift=shift)
    assert paragraphs_of(drawn) == [MAYOR, ENGINEER]


def test_three_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    texts = [MAYOR, ENGINEER, BAKER]
    drawn = rows(*((50 + 170 * at, wrapped(text, 155)) for at, text in enumerate(texts)))
    assert paragraphs_of(drawn) == texts


def test_a_headline_and_a_foot_over_both_columns_stay_where_they_are() -> None:
    drawn = [
        (70, 80, "Who closed the bridge over the river, and who was told of it before the summer"),
        *rows((70, wrapped(MAYOR, 220)), (305, wrapped(ENGINEER, 220)), top=110),
        (
            70,
            300,
            "All letters of the county are in the archive of this paper and may be read there",
        ),
    ]
    assert paragraphs_of(drawn) == [drawn[0][2], MAYOR, ENGINEER, drawn[-1][2]]


def test_columns_above_and_below_a_line_over_both_are_read_block_by_block() -> None:
    middle = "What happened on the other bank of the river in the meantime is another story to tell"
    drawn = [
        *rows((70, wrapped(MAYOR, 220)), (305, wrapped(ENGINEER, 220)), top=80),
        (70, 250, middle),
        *rows((70, wrapped(BAKER, 220)), (305, wrapped(MAYOR, 220)), top=290),
    ]
    assert paragraphs_of(drawn) == [MAYOR, ENGINEER, middle, BAKER, MAYOR]


def test_two_columns_above_three_are_read_block_by_block() -> None:
    drawn = [
        *rows((50, wrapped(MAYOR, 240)), (305, wrapped(ENGINEER, 240)), top=80),
        *rows(
            (50, wrapped(BAKER, 155)),
            (220, wrapped(MAYOR, 155)),
            (390, wrapped(ENGINEER, 155)),
            top=300,
        ),
    ]
    assert paragraphs_of(drawn) == [MAYOR, ENGINEER, BAKER, MAYOR, ENGINEER]


@pytest.mark.parametrize("longer", [0, 1])
def test_a_column_that_is_longer_than_the_other_is_read_to_its_end(longer: int) -> None:
    texts = [MAYOR, ENGINEER]
    texts[longer] = f"{texts[longer]} {BAKER}"
    drawn = rows(*((70 + 235 * at, wrapped(text, 220)) for at, text in enumerate(texts)))
    assert paragraphs_of(drawn) == texts


def test_indented_paragraphs_in_columns_begin_where_they_are_printed() -> None:
    def indented(left: float, *texts: str) -> list[list[Drawn]]:
        lines = []
        for text in texts:
            first, *others = wrapped(text, 205)
            lines += [[(left + 12, 0.0, first)], *([(left, 0.0, other)] for other in others)]
        return lines

    drawn = []
    for at, cells in enumerate(
        zip_longest(indented(70, MAYOR, BAKER), indented(305, ENGINEER, MAYOR), fillvalue=[])
    ):
        drawn += [(left, 100.0 + 12 * at, words) for cell in cells for left, _, words in cell]
    paragraphs = paragraphs_of(drawn)
    assert " ".join(paragraphs) == " ".join([MAYOR, BAKER, ENGINEER, MAYOR])
    for text in (BAKER, ENGINEER):
        assert any(text.startswith(paragraph) for paragraph in paragraphs)


def test_two_columns_typed_with_spaces_between_them_are_read_one_after_the_other() -> None:
    left, right = (textwrap.wrap(text, 38) for text in (MAYOR, ENGINEER))
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFont("Courier", 10)
    for at, (one, other) in enumerate(zip_longest(left, right, fillvalue="")):
        canvas.drawString(50, PAGE_HEIGHT - 100 - 12 * at, f"{one:<42}{other}")
    canvas.save()
    assert read(file.getvalue(), ".pdf").text.split("\n\n") == [MAYOR, ENGINEER]


def test_two_columns_drawn_word_by_word_are_read_one_after_the_other() -> None:
    drawn = []
    for left, top, words in rows((70, wrapped(MAYOR, 220)), (305, wrapped(ENGINEER, 220))):
        for word in words.split():
            drawn.append((left, top, word))
            left += stringWidth(f"{word} ", "Helvetica", SIZE)
    assert paragraphs_of(drawn) == [MAYOR, ENGINEER]


def test_a_row_of_a_table_stays_a_row() -> None:
    table = [("Roof of the salt store", "4,120"), ("Doors and windows", "310"), ("Paint", "95")]
    drawn = [(left, 100 + 14 * at, cell)
             for at, row in enumerate(table) for left, cell in zip((70, 320), row, strict=True)]  # fmt: skip
    text = " ".join(paragraphs_of(drawn))
    for name, number in table:
        assert f"{name} {number}" in text


def test_a_speaker_stays_with_what_is_said_beside_the_name() -> None:
    said = ["Did anybody call your office before May?", "Nobody called, and nobody wrote to us.",
            "And after the bridge was closed?", "Nor then, I should think."]  # fmt: skip
    drawn = []
    for at, words in enumerate(said):
        drawn += [
            (70, 100 + 20 * at, "CHAIR" if at % 2 == 0 else "MAYOR"),
            (160, 100 + 20 * at, words),
        ]
    text = "\n".join(paragraphs_of(drawn))
    for at, words in enumerate(said):
        assert f"{'CHAIR' if at % 2 == 0 else 'MAYOR'} {words}" in text


def test_prose_at_both_ends_of_one_row_is_not_one_sentence() -> None:
    drawn = [(70, 60, "The Ravel Valley Post"), (330, 60, "closed on most days of the week"),
             *((70, 100 + 12 * at, line) for at, line in enumerate(wrapped(MAYOR, 400)))]  # fmt: skip
    assert paragraphs_of(drawn) == [drawn[0][2], drawn[1][2], MAYOR]


def test_a_justified_column_with_wide_spaces_stays_whole() -> None:
    drawn = []
    for at, line in enumerate(wrapped(MAYOR, 180)):
        words = line.split()
        free = 185 - sum(stringWidth(word, "Helvetica", SIZE) for word in words)
        gap = min(free / max(1, len(words) - 1), 0.95 * SIZE)
        left = 70.0
        for word in words:
            drawn.append((left, 100.0 + 12 * at, word))
            left += stringWidth(word, "Helvetica", SIZE) + gap
    assert " ".join(paragraphs_of(drawn)) == MAYOR


def sentences_of(words: Iterable[str], make: Callable[[list[str]], str]) -> str:
    words = list(words)
    return " ".join(make(words[at : at + 9]) for at in range(0, len(words), 9))


@settings(max_examples=40, deadline=None)
@given(
    lengths=st.tuples(st.integers(30, 120), st.integers(30, 120)),
    gutter=st.floats(9, 40),
    width=st.floats(150, 230),
    shift=st.floats(0, 3),
)
def test_no_sentence_mixes_two_columns(
    lengths: tuple[int, int], gutter: float, width: float, shift: float
) -> None:
    texts = [
        sentences_of((f"{name}{at}" for at in range(length)), lambda part: f"A{' '.join(part)}.")
        for name, length in zip(("left", "right"), lengths, strict=True)
    ]
    columns = [(50 + at * (width + gutter), wrapped(text, width)) for at, text in enumerate(texts)]
    for paragraph in paragraphs_of(rows(*columns, shift=shift)):
        for sentence in paragraph.split("."):
            assert not ("left" in sentence and "right" in sentence)


def test_columns_whose_lines_do_not_stand_in_rows_are_read_one_after_the_other() -> None:
    drawn = rows((70, wrapped(MAYOR, 220)), leading=12)
    drawn += rows((305, wrapped(ENGINEER, 220)), top=104.7, leading=13.1)
    assert paragraphs_of(sorted(drawn, key=lambda line: line[1])) == [MAYOR, ENGINEER]


def test_lines_drawn_in_no_order_are_read_in_the_order_of_their_columns() -> None:
    drawn = rows((70, wrapped(MAYOR, 220)), (305, wrapped(ENGINEER, 220)))
    random.Random(7).shuffle(drawn)
    assert sorted(paragraphs_of(drawn)) == sorted([MAYOR, ENGINEER])


def test_a_box_between_the_lines_of_two_columns_is_read_on_its_own() -> None:
    left, right = wrapped(MAYOR, 170), wrapped(ENGINEER, 170)
    box = wrapped("Three letters were sent and none was read", 90)
    drawn = rows((50, left), (360, right))
    drawn += rows((240, box), top=127)
    paragraphs = paragraphs_of(sorted(drawn, key=lambda line: line[1]))
    assert sorted(paragraphs) == sorted([MAYOR, ENGINEER, " ".join(box)])


def test_a_row_whose_gutter_is_narrower_than_that_of_other_rows_is_parted_there() -> None:
    left, right = wrapped(MAYOR, 220), wrapped(ENGINEER, 220)
    left[2] = f"{left[2]} {left.pop(3)}"[:46]
    widest = max(stringWidth(line, "Helvetica", SIZE) for line in left)
    drawn = rows((70, left), (70 + widest + 6, right))
    assert paragraphs_of(drawn) == [" ".join(left), ENGINEER]


def test_list_items_in_columns_keep_their_marks() -> None:
    def items(left: float, *texts: str) -> list[list[Drawn]]:
        return [
            [(left, 0, "•"), (left + 12, 0, line)] if at == 0 else [(left + 12, 0, line)]
            for text in texts
            for at, line in enumerate(wrapped(text, 205))
        ]

    drawn = []
    for at, cells in enumerate(
        zip_longest(items(50, MAYOR, BAKER), items(300, ENGINEER, BAKER), fillvalue=[])
    ):
        drawn += [(left, 100.0 + 12 * at, words) for cell in cells for left, _, words in cell]
    assert paragraphs_of(drawn) == [f"• {text}" for text in (MAYOR, BAKER, ENGINEER, BAKER)]


def test_a_letterhead_does_not_go_on_in_the_address_below_it() -> None:
    head = ["Highways and Bridges Department", "Please quote BR/114 when you reply"]
    address = ["Mrs Ada Lowe", "Quill Roofing Limited", "3 Harbour Street"]
    paragraphs = paragraphs_of(rows((360, head)) + rows((60, address), top=170))
    assert not any(head[-1] in paragraph and address[0] in paragraph for paragraph in paragraphs)


def test_a_cell_of_a_table_does_not_go_on_in_the_next_one() -> None:
    cells = [
        "The council told the owners of the mill who",
        "Her deputy asked nobody for a reason then",
    ]
    drawn = [(70.0, 124.0, cells[0]), (320.0, 112.0, cells[1]), (320.0, 124.0, "and left.")]
    assert paragraphs_of(drawn) == [cells[0], f"{cells[1]} and left."]
