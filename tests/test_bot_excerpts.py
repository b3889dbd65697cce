import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.excerpts import Excerpts
from bot.markdown import plain, width

TEXT = (
    "The roof was old. It had been mended twice.\n\nMayor Ortega accused Halden Roofing of using "
    "cheap\nseals. The firm denied it. " + "Nobody saw the clips fall. " * 80 + "\n\nThe end."
)
QUOTE = "Mayor Ortega accused Halden Roofing of using cheap\nseals."
START = TEXT.index(QUOTE)
END = START + len(QUOTE)
FOREIGN = st.text(st.sampled_from('ab.\n *_`~|[]<>#@:-1é\U0001f600"”'), min_size=1, max_size=4000)


def bare(lines):
    """What a reader sees of an excerpt, without the marks of quotation and bold."""
    joined = re.sub(r"^> ?", "", lines, flags=re.MULTILINE)
    return re.sub(r"\s", "", re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\*\*", "", joined)))


def test_the_cited_words_are_bold_and_their_neighbours_are_not():
    lines = Excerpts(TEXT, START, END).around().lines
    assert "**Mayor Ortega accused Halden Roofing of using cheap seals.** The firm" in lines
    assert lines.startswith("> The roof was old. It had been mended twice.\n> \n> **Mayor")
    assert lines.count("**") == 2


def test_neighbours_are_whole_sentences():
    assert Excerpts(TEXT, START, END).around().lines.endswith("Nobody saw the clips fall.")


def test_one_stretch_after_the_other_reaches_the_end_of_the_document_without_a_gap():
    shown = Excerpts(TEXT, START, END).around()
    parts = [shown.lines]
    while shown.end < len(TEXT):
        shown = Excerpts(TEXT, START, END).after(shown.end)
        parts.append(shown.lines)
    assert "".join(map(bare, parts)) == re.sub(r"\s", "", plain(TEXT))


def test_one_stretch_before_the_other_reaches_the_beginning():
    shown = Excerpts(TEXT, len(TEXT) - 8, len(TEXT)).around()
    parts = [shown.lines]
    while shown.start > 0:
        shown = Excerpts(TEXT, START, END).before(shown.start)
        parts.insert(0, shown.lines)
    assert "".join(map(bare, parts)) == re.sub(r"\s", "", plain(TEXT))


@settings(max_examples=60, deadline=None)
@given(FOREIGN, st.data())
def test_every_stretch_fits_a_message_and_moves_on(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = Excerpts(text, start, end).around()
    assert shown.start <= start < shown.end
    while shown.end < len(text):
        following = Excerpts(text, start, end).after(shown.end)
        assert following.start == shown.end < following.end
        assert width(following.lines) <= 3300
        shown = following
    while shown.start > 0:
        earlier = Excerpts(text, start, end).before(shown.start)
        assert earlier.start < shown.start
        shown = earlier


@given(FOREIGN, st.data())
def test_bold_is_balanced_on_every_line(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for line in Excerpts(text, start, end).around().lines.split("\n"):
        assert re.sub(r"\\.", "", line).count("**") % 2 == 0
