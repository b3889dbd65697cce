import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.markup import readable, readable_answer
from index.types import Answer, Citation, Query, Source, Statement

SOURCE = Source("notes/plan.md", "Plan", None, None, None)
QUOTE = "The **board** approved the [plan](https://harbour.example/p?x=1) on 4\nMay 2025.[^1]"
PIECES = ("*", "**", "_", "`", "[", "](", ")", "<b>", "<", ">", "\\", "![", "[^1]", "\n", " ", "# ")
TEXTS = st.lists(st.sampled_from(PIECES) | st.text("abc 12.,", max_size=6), max_size=30).map(
    "".join
)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (QUOTE, "The board approved the plan on 4\nMay 2025."),
        ("It rose by *about* 3 %, `x = 1`.", "It rose by about 3 %, x = 1."),
        ("![A crane](crane.png) stands there.", "A crane stands there."),
        ("It <b>leaks</b><!-- or not --> &amp; drips.", "It leaks & drips."),
        ("A snake_case name, 2 * 3 * 4 and \\*stars\\*.", "A snake_case name, 2 * 3 * 4 and *stars*."),
        ("The slipway is ~~closed~~ rebuilt.", "The slipway is ~~closed~~ rebuilt."),
        (" **a** ", " a "),
        ("**", "**"),
    ],
)  # fmt: skip
def test_markdown_is_read_as_a_web_page_would_show_it(words, shown):
    assert readable(words, "notes/plan.MD") == shown


def test_the_words_of_other_documents_are_as_they_stand():
    assert readable(QUOTE, "plan.txt") == QUOTE


@given(TEXTS)
def test_no_words_are_added_and_none_change_their_order(text):
    rest = iter(re.findall(r"\w", text))
    assert all(letter in rest for letter in re.findall(r"\w", readable(text, "a.md")))


def test_an_answer_shows_plain_words_and_marks_those_that_answer():
    start = QUOTE.index("4\nMay")
    cited = Citation(1, SOURCE, 0, len(QUOTE), QUOTE, answer_spans=((start, start + 10),))
    answer = Answer("q", Query("q"), 0.9, "1", 0.1, (Statement(QUOTE, (1,)),), (cited,), (cited,))
    shown = readable_answer(answer)
    for citation in (*shown.citations, *shown.closest):
        assert [citation.quote[a:b] for a, b in citation.answer_spans] == ["4\nMay 2025"]
    assert shown.statements[0].text == shown.citations[0].quote
    assert answer.citations[0].quote == QUOTE


def test_what_answers_is_not_marked_where_it_stands_twice():
    quote = "On *4 May*, and again on 4 May."
    cited = Citation(1, SOURCE, 0, len(quote), quote, answer_spans=((4, 9),))
    answer = Answer("q", Query("q"), 0.9, "1", 0.1, (Statement(quote, (1,)),), (cited,))
    assert readable_answer(answer).citations[0].answer_spans == ()
    plain = replace(cited, source=replace(SOURCE, document="a.txt"))
    assert readable_answer(replace(answer, citations=(plain,))).citations == (plain,)


def test_nothing_is_loaded_for_words_without_markup():
    code = (
        "import sys; from index.markup import readable; readable('The board met.', 'a.md');"
        "sys.exit('markdown_it' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
