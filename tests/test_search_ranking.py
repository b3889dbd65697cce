import pytest

from index.passage_answers import says_something
from index.question_terms import missing, question_terms
from index.search import find_candidates, rank
from index.terms import Stemmer
from index.types import Filters

REPORT = (
    "The miller of {place} ground barley for the garrison through the winter of {year}, and the"
    " clerk {clerk} wrote down every sack that left the yard by the north gate."
)


@pytest.fixture
def asked(write, index, answerer):
    write("mill.txt", REPORT.format(place="Oldbury", year=1843, clerk="Josiah Marsh") + "\n\n")
    write(
        "mill-copy.txt", REPORT.format(place="Oldbury", year=1843, clerk="Josiah Marsh") + " End."
    )
    write(
        "weir.txt",
        "The weir at Oldbury broke in 1851. Nell Tarrant mended it with oak. She was paid in flour.",
    )
    write("fair.txt", "The goose fair was moved to Netherby when the common flooded.")
    index()
    return answerer


def test_a_near_copy_comes_after_what_says_something_else(asked):
    hits = asked.search("Who wrote down the sacks of barley at Oldbury?")
    order = [hit.source.document for hit in hits]
    assert order[0].startswith("mill")
    assert order.index("weir.txt") < max(order.index("mill.txt"), order.index("mill-copy.txt"))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Who mended the weir at Oldbury in 1851?", "Who mended the weir at Oldbury in 1862?"),
        ("What was Nell Tarrant paid in?", "What was Hugo Brandt paid in?"),
        ("Where was the goose fair moved to?", "Where was the goose fair of Zurich moved to?"),
    ],
)
def test_a_wrong_name_or_year_makes_the_answer_less_likely(asked, right, wrong):
    sure, doubtful = asked.answer(right), asked.answer(wrong)
    assert sure.found
    assert doubtful.confidence < sure.confidence - 0.2


def test_a_misspelled_name_is_half_there(asked):
    with asked._live.lease() as generation:
        terms = question_terms(generation, "What was Nell Tarant paid in?")
        there = {"nell", "tarrant", "paid"}
        assert missing(terms, {"tarant"}, there) == 0.5
        assert missing(terms, {"nell"}, there) == 0
        assert missing(terms, {"tarant"}, {"nell"}) == 1


def test_candidates_of_named_documents_come_from_them_alone(asked):
    with asked._live.lease() as generation:
        documents = frozenset({"weir.txt"})
        candidates = find_candidates(generation, "Oldbury barley", Filters(), documents)
        hits = rank(generation, candidates, Filters(), 10)
    assert {hit.source.document for hit in hits} == documents


@pytest.mark.parametrize(
    "question", ["who", "What happened?", "why?", "Tell me more", "so what", "?"]
)
def test_a_question_about_nothing_is_met_with_a_friendly_silence(asked, question):
    answer = asked.answer(question)
    assert not answer.found
    assert "Name what it is about" in answer.lead


@pytest.mark.parametrize("question", ["weir", "Who mended it in 1851?", "堰は?", "Tarrant?"])
def test_a_question_with_a_word_to_look_for_is_looked_for(question):
    assert says_something(question)


def test_stems_come_out_the_same_one_by_one_and_together():
    stemmer = Stemmer()
    texts = ["The millers' sacks weren't Céloron's, 1,200 of them — naïve_words!", "Sacks", ""]
    assert stemmer.stems(texts) == [Stemmer().stems([text])[0] for text in texts]
    assert [set(found) for found in stemmer.stems(texts)] == stemmer.stem_sets(texts)
    assert "celoron" in stemmer.stems(texts)[0]
