import pytest

from index.matter_words import is_matter
from index.question_names import as_told
from index.questions import parse_question


@pytest.mark.parametrize(
    "phrase",
    [
        "the ferry plan",
        "the treatment of the weavers",
        "the new pies",
        "Orlop's decision to close the mill",
        "the night-bus timetable",
    ],
)
def test_what_is_done_or_made_is_a_matter(phrase):
    assert is_matter(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "the council",
        "the management",
        "the coalition",
        "the drivers of the new bus",
        "the Tidewater Plan",
        "page",
        "price",
        "Orlop",
        "manning",
        "the weavers",
        "the lottery fund",
        "",
    ],
)
def test_a_name_a_body_or_people_are_no_matter(phrase):
    assert not is_matter(phrase)


def test_a_thing_that_is_praised_is_told_as_the_topic():
    told = as_told(parse_question("Who praised the ferry plan?"))
    assert (told.target, told.topic) == (None, "the ferry plan")


def test_a_party_that_is_praised_stays_the_target():
    told = as_told(parse_question("Who praised the management?"))
    assert (told.target, told.topic) == ("the management", None)
