import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quotable import quotable


def quoted(text: str, title: str = "") -> str | None:
    span = quotable(text, title)
    return None if span is None else text[slice(*span)]


SAID = "The mayor told the council that the bridge was closed."


@pytest.mark.parametrize(
    "raw",
    [
        SAID,
        f"- {SAID}",
        f"> 3. {SAID}",
        f"7\n00:00:07,000 --> 00:00:09,500\n{SAID}",
        f"00:07.000 --> 00:09.500 align:start\n{SAID}",
        f"**{SAID}**",
        f"- *{SAID}*",
        f"- [ ] {SAID}",
        f"[^1]: {SAID}",
        f"| Ada Lowe | {SAID} | 4 |",
        f"Ada Lowe | {SAID}",
        f"Ada Lowe\t{SAID}",
    ],
)
def test_a_sentence_is_quoted_without_what_marks_it(raw):
    assert quoted(raw) == SAID


@pytest.mark.parametrize(
    "raw",
    [
        "## The mayor told the council that the bridge was closed.",
        "7\n00:00:07,000 --> 00:00:09,500",
        "The mayor told us\n00:00:09,500 --> 00:00:12,000\nthat the bridge was closed.",
        "| Roof of the salt store in Ravel | 4,120 | paid in May by the county of Hale |",
        "Roof | Doors | Windows | Paint | Nails | Beams | Tiles | Bricks | Lime | Sand | Glass | Tar",
        "Ravel Valley District Council, Highways and Bridges Department, 14 Mill Lane, Ravel RV2 8KL",
        "Mayor Blames County Engineers For Closing Bridge Over River Without Her Knowledge In May",
        "Sent from my telephone",
        "---",
        "<!-- The mayor told the council that the bridge was closed. -->",
        "",
    ],
)
def test_what_says_nothing_is_not_quoted(raw):
    assert quoted(raw) is None


def test_a_short_sentence_with_the_number_of_a_note_is_quoted():
    assert quoted("He left.[^1]") == "He left.[^1]"


def test_a_title_is_not_quoted_but_open_words_like_it_are():
    title = "Mayor says the engineers of the county closed the bridge without her knowledge"
    assert quoted(title, title) is None
    assert quoted(title, "Bridge closed") == title


def test_emphasis_within_a_sentence_stays():
    text = "The mayor **told** the council that the *bridge* was closed."
    assert quoted(text) == text


@given(st.text(alphabet="aB .|*\n\t-_`1:>,", max_size=80))
def test_what_is_quoted_lies_in_the_text_and_is_quoted_again_as_it_is(text):
    quote = quoted(text)
    if quote is not None:
        assert quote in text and quote == quote.strip() and "\t" not in quote
