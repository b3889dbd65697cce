import pytest

from index.absence import lacks_answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("In what year was the mill founded?", "The mill apologises for the delay of 7 February."),
        ("When was the lighthouse built?", "They repair six rooms of the lighthouse."),
        ("Who owns the forge on Quay Street?", "A forge on Quay Street is giving them bread."),
        ("who built the Orlop weir", "The Orlop weir, finished in 1969, is 88 metres high."),
        ("How many hives did Dr Orr keep?", "Dr Orr kept bees behind the laboratory."),
        ("what is the population of Kestria", "I will not accuse Kestria of lying."),
        ("How old is the tower?", "The tower leans towards the square."),
    ],
)
def test_a_sentence_without_the_kind_asked_for_does_not_answer(question, sentence):
    assert lacks_answer(question, [sentence])


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("In what year was the mill founded?", "The mill goes back to 1911."),
        ("in which year did the strike begin", "It began last year, after the floods."),
        ("When was the lighthouse built?", "It was built soon after the war."),
        ("When does the trial start?", "The trial opens on Tuesday at noon."),
        (
            "Who owns the forge on Quay Street?",
            "The forge belongs to two brothers and a fisherman.",
        ),
        ("Who owns the forge on Quay Street?", "The forge belongs to Ida Marsh."),
        ("Who pays half of the repair?", "The parish pays half of it."),
        ("Who pays for the repair?", "Half of it is paid by the bank."),
        ("How many hives did Dr Orr keep?", "Dr Orr kept a dozen hives."),
        ("How many tickets are left?", "No tickets are left."),
        ("How old is the tower?", "The tower dates from the reign of Queen Maud."),
        ("When forces act on a body, what moves?", "A body moves with its centre."),
        ("Why was the forge shut?", "The forge is shut."),
        ("Did anyone see the weir?", "The weir is shut."),
    ],
)
def test_any_word_that_may_be_of_the_kind_is_left_to_answer(question, sentence):
    assert not lacks_answer(question, [sentence])


def test_one_of_several_sentences_is_enough():
    sentences = ["The mill is shut.", "It was founded in 1911."]
    assert not lacks_answer("In what year was the mill founded?", sentences)


def test_where_nothing_was_found_nothing_is_lacking():
    assert not lacks_answer("Who owns the forge?", [])
