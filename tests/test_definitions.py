import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.definitions import asked_definition, defines


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Who is Ada Lowe?", "Ada Lowe"),
        ("who's ada lowe", "ada lowe"),
        ("What was the Salt Store?", "Salt Store"),
        ("What is a sluice?", "sluice"),
        ("So what are tide charts?", "tide charts"),
        ("What is it about?", None),
        ("What is the name of the dog?", None),
        ("Who was Ada Lowe's brother?", None),
        ("What was the dog called?", None),
        ("What did the council decide?", None),
        ("Who is responsible?", None),
        ("", None),
    ],
)
def test_a_question_may_ask_what_something_is(question, subject):
    assert asked_definition(question) == subject


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Ada Lowe is a retired judge.", "ada lowe"),
        ("They asked Ada Lowe, who had been a judge, to decide.", "Ada Lowe"),
        ("Ada Lowe, director of the museum, was pleased.", "Ada Lowe"),
        ("She blamed Quill Roofing, the main contractor.", "Quill Roofing"),
        ("The museum's director, Ada Lowe, was pleased.", "Ada Lowe"),
        ("A retired judge named Ada Lowe decided.", "Ada Lowe"),
        ("Quill Roofing (Wickham), a family firm, has closed.", "Quill Roofing"),
        ("The Salt Store Trust (SST) is a charity.", "SST"),
    ],
)
def test_a_sentence_may_say_what_something_is(sentence, subject):
    assert defines(sentence, subject)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Lowe was pleased with the offer.",
        "On Monday Ada Lowe left.",
        "Ada Lowe, Ben Quill and Cy Orr left.",
        "Nothing is said of her.",
    ],
)
def test_a_sentence_that_only_names_somebody_does_not_say_who_they_are(sentence):
    assert not defines(sentence, "Ada Lowe")


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_text_can_be_asked_about(question, text):
    subject = asked_definition(question)
    assert subject is None or (subject in question and defines(text, subject) in (True, False))
