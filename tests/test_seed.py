"""The first user's own article, where it is at hand."""

import shutil

import pytest

from tests.conftest import SHARED

SEED = sorted((SHARED / "seed").glob("*.txt"))
pytestmark = pytest.mark.skipif(not SEED, reason="the article is not part of the project")


@pytest.fixture
def article(settings, index, answerer):
    for path in SEED:
        shutil.copy(path, settings.corpus_dir)
    index()
    return answerer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who mediated the 2020 truce?", "Russia and Türkiye"),
        ("When was the Astana Process launched?", "2017"),
        ("Which group was formerly called Jabhat al-Nusra?", "HTS"),
        ("What did Netanyahu pledge?", "respond forcefully"),
        ("When did the jihadists enter the city of Aleppo?", "on Friday"),
        ("Who accused whom?", "Araghchi"),
    ],
)
def test_a_question_on_the_article_is_answered_with_the_right_sentence(article, question, words):
    answer = article.answer(question)
    assert any(words in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    ["Who won the 1998 World Cup?", "How do I bake bread?", "Who is the president of France?"],
)
def test_a_question_on_something_else_is_met_with_silence(article, question):
    assert not article.answer(question).found
