import pytest

from index.errors import ModelError
from index.reranker import CrossEncoderReranker
from index.settings import load_settings
from index.wiring import open_answerer
from tests.tiny_cross_encoder import tiny_cross_encoder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """The folder of a random cross-encoder with one score a passage."""
    return tiny_cross_encoder(tmp_path_factory.mktemp("reranker"), ["score"])


def test_a_named_cross_encoder_puts_the_passages_in_its_order(tiny, write, index, settings):
    write("a.txt", "The heron left the weir on Friday.")
    write("b.txt", "The roof leaked on Friday.")
    write("c.txt", "The weir on the heron roof.")
    index()
    plain = open_answerer(settings)
    ranked = open_answerer(settings.model_copy(update={"reranker": tiny}))
    question = "When did the heron leave the weir?"
    before, after = plain.search(question), ranked.search(question)
    again = CrossEncoderReranker(tiny).reranked(question, before)
    assert [hit.text for hit in after] == [hit.text for hit in again]
    assert sorted(hit.text for hit in after) == sorted(hit.text for hit in before)
    assert {(hit.text, hit.cosine, hit.bm25) for hit in after} == {
        (hit.text, hit.cosine, hit.bm25) for hit in before
    }
    assert [after[0].score, after[-1].score] == [1.0, 0.0]
    assert ranked.answer(question).hits[0].text == after[0].text
    plain.close()
    ranked.close()


def test_a_reranker_that_is_not_there_is_named_in_a_sentence(tmp_path, write, index, settings):
    write("a.txt", "The heron left the weir on Friday.")
    write("b.txt", "The roof leaked on Friday.")
    index()
    answerer = open_answerer(settings.model_copy(update={"reranker": str(tmp_path / "none")}))
    with pytest.raises(ModelError) as caught:
        answerer.answer("When did the heron leave?")
    assert "ASCRIBE_RERANKER" in caught.value.user_message
    answerer.close()


def test_no_reranker_is_the_default():
    assert load_settings().reranker is None
