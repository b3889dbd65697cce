import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer_spans import answer_spans
from index.answer_types import AnswerType, expected_type, names_in, typed_spans


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who mended the roof?", AnswerType.PERSON),
        ("By whom was the roof mended?", AnswerType.PERSON),
        ("Which mayor opened the museum?", AnswerType.PERSON),
        ("where is the weir", AnswerType.PLACE),
        ("In which country does the heron winter?", AnswerType.PLACE),
        ("When did it leak?", AnswerType.DATE),
        ("In what year did the man who built the mill die?", AnswerType.DATE),
        ("How much did the roof cost?", AnswerType.NUMBER),
        ("What percentage of the tiles was missing?", AnswerType.NUMBER),
        ("Why did the roof leak?", AnswerType.REASON),
        ("For what reason was it closed?", AnswerType.REASON),
        ("What is wet when the rain comes in?", AnswerType.OTHER),
        ("When it rained, what was wet?", AnswerType.OTHER),
        ("When it rained, who mended the roof?", AnswerType.PERSON),
        ("Did the council pay?", AnswerType.YES_NO),
        ("Is it the roof or the wall?", AnswerType.OTHER),
        ("What did the council decide?", AnswerType.OTHER),
        ("", AnswerType.OTHER),
    ],
)
def test_a_question_tells_what_kind_of_answer_it_wants(question, expected):
    assert expected_type(question) is expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("It fell on 3 March 2024, a Sunday.", AnswerType.DATE, ["3 March 2024", "Sunday"]),
        ("Built in the 12th century, burnt in 1666.", AnswerType.DATE, ["12th century", "1666"]),
        ("It cost 90,000 pounds in 2019.", AnswerType.NUMBER, ["90,000"]),
        ("Forty tiles and two gutters.", AnswerType.NUMBER, ["Forty", "two"]),
        ("It cost thousands, and dozens left.", AnswerType.NUMBER, ["thousands", "dozens"]),
        ("It closed because the beam broke.", AnswerType.REASON, ["because"]),
        ("The fair was held in Lower Wickham.", AnswerType.PLACE, ["Lower Wickham"]),
        ("Then Ada Lowe and Ben Quill left.", AnswerType.PERSON, ["Ada Lowe", "Ben Quill"]),
    ],
)
def test_words_of_a_kind_are_found_in_a_text(text, kind, expected):
    found = [text[a:b] for a, b in typed_spans(text, kind, "What about it?")]
    assert [one.removeprefix("the ") for one in found] == expected


def test_words_that_the_question_gives_itself_do_not_answer_it():
    text = "In 2019 Ada Lowe paid Ben Quill."
    assert [
        text[a:b] for a, b in typed_spans(text, AnswerType.PERSON, "Whom did Ada Lowe pay?")
    ] == ["Ben Quill"]
    assert typed_spans(text, AnswerType.DATE, "Who was paid in 2019?") == []


@pytest.mark.parametrize(
    ("question", "quote", "expected"),
    [
        ("Who leads the museum?", "The museum is led by Ada Lowe.", ["Ada Lowe"]),
        ("How much did the roof cost?", "The roof cost 90,000 pounds.", ["90,000"]),
        ("When did the rain come in?", "The rain came in on Sunday.", ["Sunday"]),
        ("What did the council decide?", "The council decided to sue Quill Roofing.", []),
        ("Who was there?", "Ada Lowe, Ben Quill, Cem Kaya and Dora Pell were there.", []),
        ("Who mended the roof?", "Ada Lowe mended the roof for Ben Quill.", ["Ada Lowe"]),
        ("Who mended the roof?", "The roof was mended by Ada Lowe for Ben Quill.", ["Ada Lowe"]),
        ("Who is the mayor?", "The mayor, Ada Lowe, opened the weir.", ["Ada Lowe"]),
        ("How many tiles fell?", "In the Seven Years fair 90 tiles fell.", ["90"]),
        ("Where was the fair held?", "The fair was held in Lower Wickham.", ["Lower Wickham"]),
    ],
)
def test_the_words_that_answer_are_marked_where_it_is_clear(question, quote, expected):
    assert [quote[a:b] for a, b in answer_spans(question, quote)] == expected


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Who owes Quill money?", "I own Quill Leadwork, which is me and a van."),
        ("Who denied it?", "The firm that rebuilt the Lower Salt Museum has denied it."),
        ("Who mended the roof?", "The roof of Ada Lowe mended well."),
        ("Who improved the Quill pump?", "The pump was improved by Thomas Quill."),
        ("Whom did Ada Lowe blame?", "Ben Quill was seen as Ada Lowe put the blame on him."),
        ("Who repaired the weir?", "The weir was repaired by Turing machines."),
        ("Where was the weir repaired?", "The weir of Lower Wickham was repaired."),
        ("When did the empire of the salt lords fall?", "The lords met in 1820."),
        ("How much did the roof cost?", "The roof was designed for 90 years."),
        ("How many boats sank?", "The 90 sailors saw that boats sank."),
    ],
)
def test_no_words_are_marked_in_doubt(question, quote):
    assert answer_spans(question, quote) == ()


@given(st.text(max_size=200), st.text(max_size=60))
def test_spans_lie_in_the_text_in_order_and_are_not_empty(text, question):
    for kind in AnswerType:
        spans = typed_spans(text, kind, question)
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert spans == sorted(spans)
    assert all(0 <= a < b <= len(text) for a, b in answer_spans(question, text))
    assert all(text[a].isupper() for a, _ in names_in(text))
