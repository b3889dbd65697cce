from datetime import date

import pytest

from index.narrowing import narrow
from index.types import Filters

TODAY = date(2025, 6, 1)
PAPER = "---\ntitle: {title}\npublisher: {publisher}\ndate: {date}\n---\n{text}\n"
FILES = {
    "press/courier.md": ("Rain in the museum", "The Hill Courier", "2025-03-10"),
    "press/post.md": ("A wet spring", "The Valley Post", "2025-01-20"),
    "council/minutes-march.md": ("Minutes of 4 March", "Wickham Council", "2025-03-04"),
}
TEXTS = {
    "press/courier.md": "The museum's roof cost 90,000 pounds. The heron left in May.",
    "press/post.md": "The museum's roof cost 70,000 pounds.",
    "council/minutes-march.md": "The council voted 7 to 2 to pay for the roof of the museum.",
}


@pytest.fixture
def asked(write, index, answerer):
    for path, (title, publisher, day) in FILES.items():
        write(path, PAPER.format(title=title, publisher=publisher, date=day, text=TEXTS[path]))
    index()
    return answerer


@pytest.fixture
def narrowed(asked):
    def narrowed(question, filters=Filters()):
        with asked._live.lease() as generation:
            return narrow(generation.catalog, question, filters, TODAY)

    return narrowed


@pytest.mark.parametrize(
    ("question", "documents", "rest"),
    [
        (
            "According to The Hill Courier, how much did the roof cost?",
            {"press/courier.md"},
            "How much did the roof cost?",
        ),
        (
            "How much did the roof cost according to the valley post?",
            {"press/post.md"},
            "How much did the roof cost?",
        ),
        (
            "What did the Hill Courier say about the roof?",
            {"press/courier.md"},
            "What about the roof?",
        ),
        ("In the minutes, who paid?", {"council/minutes-march.md"}, "Who paid?"),
        ("What was decided in “Rain in the museum”?", {"press/courier.md"}, "What was decided?"),
    ],
)
def test_what_a_question_names_is_where_it_is_looked_for(narrowed, question, documents, rest):
    found = narrowed(question)
    assert found.documents == documents
    assert found.question == rest


@pytest.mark.parametrize(
    "question",
    [
        "How much did the roof cost?",
        "According to the New York Times, how much did the roof cost?",
        "What happened in the museum?",
        "Who lived in Wickham before 1100?",
        "What was in the letter?",
        "In the hill, who lives?",
        "According to",
        "",
    ],
)
def test_a_doubtful_name_narrows_nothing(narrowed, question):
    assert narrowed(question) is None


def test_a_folder_and_a_time_become_filters(narrowed):
    assert narrowed("Who paid, in the council folder?").filters.collection == "council"
    assert narrowed("What did the roof cost since March?").filters.since == "2025-03-01"
    assert narrowed("What did the roof cost since March?", Filters(since="2024")) is None


def test_a_name_beyond_the_scope_is_not_known(narrowed):
    question = "According to The Hill Courier, how much did the roof cost?"
    assert narrowed(question, Filters(scope=frozenset({"council"}))) is None


def test_the_answer_is_from_the_publisher_that_the_question_names(asked):
    for name, price in (("The Hill Courier", "90,000"), ("The Valley Post", "70,000")):
        answer = asked.answer(f"According to {name}, how much did the roof of the museum cost?")
        assert answer.found
        assert {citation.source.publisher for citation in answer.citations} == {name}
        assert price in answer.citations[0].quote
        assert name in answer.lead


def test_what_is_not_there_is_looked_for_everywhere_and_the_reader_is_told(asked):
    answer = asked.answer("According to The Valley Post, when did the heron leave?")
    assert answer.found
    assert answer.citations[0].source.publisher == "The Hill Courier"
    assert "The Valley Post" in answer.lead


def test_a_search_shows_first_what_the_question_names_and_then_the_rest(asked):
    question = "According to {}, how much did the roof cost?"
    for name, path in (
        ("The Valley Post", "press/post.md"),
        ("The Hill Courier", "press/courier.md"),
    ):
        hits = asked.search(question.format(name))
        assert hits[0].source.document == path
        assert len({hit.text for hit in hits}) == len(hits) == 3
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert len(asked.search(question.format(name), count=1)) == 1
