import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.contract import answer_json
from index.errors import NoIndexError, SettingsError
from index.passage_answers import page_of
from index.terminal import answer_text
from index.types import Filters

AFFAIR = """---
title: Rain in the museum
publisher: The Hill Post
date: 2024-03-01
---
# Rain in the museum

Director Ada Lowe accused Quill Roofing of leaving out forty tiles. The rain came in on Sunday.

Quill Roofing denied the accusation. Its owner, Ben Quill, said that the council had chosen the
cheapest tiles. The council spent 90,000 pounds on the roof.
"""
REPRINT = "Director Ada Lowe accused Quill Roofing of leaving out forty tiles. The rain came in on Sunday."
FOOTBALL = "The rovers won the cup in 1998. Their keeper saved two penalties in the final."


@pytest.fixture
def asked(write, index, answerer):
    write("news/affair.md", AFFAIR)
    write("sport/cup.txt", FOOTBALL)
    write("wire/one.txt", REPRINT)
    write("wire/two.txt", REPRINT)
    index()
    return answerer


def test_an_answer_is_the_sentence_that_says_it_cut_from_the_document(asked):
    answer = asked.answer("How much did the council spend on the roof?")
    (best, *_) = answer.citations
    document = asked.document(best.source.document)
    assert document.text[best.start : best.end] == best.quote
    assert best.quote == "The council spent 90,000 pounds on the roof."
    assert best.source.title == "Rain in the museum"
    assert best.source.publisher == "The Hill Post"
    assert best.source.published == "2024-03-01"


def test_the_words_that_answer_are_in_bold_where_they_are_clear(asked):
    answer = asked.answer("How much did the council spend on the roof?")
    best = answer.citations[0]
    assert [best.quote[a:b] for a, b in best.answer_spans] == ["90,000"]
    assert "\x1b[1m90,000\x1b[0m pounds" in answer_text(answer)
    assert answer_json(answer)["citations"][0]["answer_spans"] == [{"start": 18, "end": 24}]
    silent = asked.answer("How many vitamins does spinach contain?")
    assert all(citation.answer_spans == () for citation in silent.closest)


def test_every_statement_stands_in_the_quotes_that_it_cites(asked):
    answer = asked.answer("Who accused whom?")
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert answer.found
    for statement in answer.statements:
        assert statement.citations
        assert all(statement.text in " ".join(quotes[n].split()) for n in statement.citations)


def test_a_question_that_the_sources_do_not_answer_is_met_with_silence_and_what_is_near(asked):
    answer = asked.answer("Which vitamins does spinach contain?")
    assert not answer.found
    assert answer.statements == answer.citations == ()
    assert answer.closest
    assert answer_json(answer)["closest"][0].keys() == {"document", "start", "end", "score", "text"}


def test_a_reprint_is_one_citation_that_names_the_others(asked):
    answer = asked.answer(
        "Who accused Quill Roofing of leaving out tiles?", Filters(collection="wire")
    )
    citation = answer.citations[0]
    assert citation.source.document == "wire/one.txt"
    assert [source.document for source in citation.also_in] == ["wire/two.txt"]


def test_filters_hide_what_they_leave_out(asked):
    inside = asked.answer("Who won the cup in 1998?", Filters(collection="sport"))
    outside = asked.answer("Who won the cup in 1998?", Filters(collection="news"))
    assert inside.found
    assert not outside.found
    assert all(hit.source.document.startswith("news/") for hit in outside.hits)


def test_a_dated_question_says_how_many_documents_have_no_date(asked):
    answer = asked.answer("Who won the cup in 1998?", Filters(since="2024"))
    assert not answer.found
    assert answer.undated == 3


def test_a_scope_is_kept_by_search_answers_lists_and_documents(asked):
    scope = frozenset({"sport"})
    assert {h.source.document for h in asked.search("tiles", Filters(scope=scope))} == {
        "sport/cup.txt"
    }
    assert not asked.answer("Who accused Quill Roofing?", Filters(scope=scope)).found
    assert asked.collections(scope) == ["sport"]
    assert len(asked.documents(Filters(scope=scope))) == 1
    assert asked.search("tiles", Filters(scope=frozenset())) == []


def test_headings_and_signatures_are_not_statements(asked):
    answer = asked.answer("Rain in the museum")
    assert all(not statement.text.startswith("#") for statement in answer.statements)


@pytest.mark.parametrize(
    "question", ["", "   ", "?", "\x00", '"', "😀" * 50, "a" * 5000, "who " * 400]
)
def test_no_question_is_too_strange(asked, question):
    answer = asked.answer(question)
    assert 0 <= answer.confidence <= 1
    json.dumps(answer_json(answer))


@hypothesis_settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(max_size=120))
def test_whatever_is_asked_every_citation_is_verbatim_and_every_number_known(asked, question):
    answer = asked.answer(question)
    numbers = {citation.number for citation in answer.citations}
    assert answer.found == bool(answer.citations)
    assert all(set(s.citations) <= numbers and s.citations for s in answer.statements)
    for citation in (*answer.citations, *answer.closest):
        text = asked.document(citation.source.document).text
        assert text[citation.start : citation.end] == citation.quote


def test_without_an_index_a_sentence_says_what_to_do(answerer):
    with pytest.raises(NoIndexError) as caught:
        answerer.answer("Who?")
    assert "ascribe reindex" in caught.value.user_message


def test_a_filter_that_is_no_date_is_refused_in_a_sentence(asked):
    with pytest.raises(SettingsError, match="'soon' is not a date"):
        asked.answer("Who?", Filters(since="soon"))


def test_pages_are_counted_from_one_and_a_text_file_has_none():
    assert [page_of((0, 10, 10, 30), offset) for offset in (0, 9, 10, 29, 30, 99)] == [
        1,
        1,
        3,
        3,
        4,
        4,
    ]
    assert page_of((), 5) is None
