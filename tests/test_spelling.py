import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import slips
from index.terminal import answer_text
from index.types import Filters

AFFAIR = "The museum spent 90,000 pounds on the gutters, said its director, Ada Hatherley."
HIDDEN = "The vestibule was flooded twice in May, and the warden mopped it."
WORDS = st.text("abcdef", min_size=4, max_size=12)


@pytest.fixture
def asked(write, index, answerer):
    write("open/affair.txt", AFFAIR)
    write("board/hidden.txt", HIDDEN)
    index()
    return answerer


@given(WORDS, st.data())
def test_every_word_is_one_slip_from_the_word_that_was_meant(word, data):
    at = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("abcdefz"))
    typed = data.draw(
        st.sampled_from((
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ))
    )  # fmt: skip
    assert word in set(slips(typed)) | {typed}


@pytest.mark.parametrize(
    "question",
    ["how much has the musem spent on guttres?", "how much did the muesum spend on gutterss"],
)
def test_a_misspelt_question_is_answered_and_says_how_it_was_read(asked, question):
    answer = asked.answer(question)
    assert [citation.quote for citation in answer.citations] == [AFFAIR]
    assert answer.question == question
    assert "museum" in answer.rewritten
    assert "gutters" in answer.rewritten
    assert answer_text(answer).startswith(f"Read as: {answer.rewritten}\n")


def test_a_question_that_is_answered_as_it_stands_is_not_read_otherwise(asked):
    answer = asked.answer("how much did the museum spend on the guters?")
    assert answer.found
    assert answer.rewritten is None


@pytest.mark.parametrize(
    "question",
    [
        "What did Hatherly say about the penguin?",
        "Where do butters come from?",
        "how do vitamins work in zzyzzx?",
    ],
)
def test_names_words_of_the_language_and_words_far_from_any_are_left_alone(asked, question):
    answer = asked.answer(question)
    assert not answer.found
    assert answer.rewritten is None


def test_a_word_of_documents_that_the_asker_may_not_see_is_not_given_away(asked):
    question = "was the vestibulle floded in may?"
    assert asked.answer(question).found
    hidden = asked.answer(question, Filters(scope=frozenset(["open"])))
    assert not hidden.found
    assert hidden.rewritten is None
