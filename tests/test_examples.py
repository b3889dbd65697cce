import json
import shutil

import pytest

from index.batch import read_batch
from index.corpus import FolderCorpus
from index.errors import AscribeError
from index.progress import Silence
from index.reindex import reindex
from index.settings import load_settings
from index.standing import Standing
from index.types import Filters, Turn
from index.wiring import open_answerer

WEIR = """---
title: A quarrel about the weir at Orle
date: 2025-03-04
---
Ada Lowe accused Colin Brand of leaving the sluice open on Friday. Brand denied the accusation.

The repair of the sluice costs £4,300. The parish pays half of it.
"""
MILL = """---
title: The mill stands still for three days
date: 2024-11-02
---
Greta Vance accused Ada Lowe of stopping the mill at Orle without a word to its workers.
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory, exported_models):
    root = tmp_path_factory.mktemp("orle")
    for name, text in (("news/weir.md", WEIR), ("mill/stands.md", MILL)):
        path = root / "corpus" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    shutil.copytree(exported_models, root / "data" / "models")
    settings = load_settings(corpus_dir=root / "corpus", data_dir=root / "data")
    reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    answerer = open_answerer(settings)
    yield answerer
    answerer.close()


def test_examples_are_questions_that_this_corpus_answers(asked):
    found = asked.examples()
    questions = [example.question for example in found]
    assert len(set(questions)) == len(questions)
    assert any(name in questions[0] for name in ("Colin Brand", "Ada Lowe"))
    assert "Who accused whom since March 2025?" in questions
    assert {example.collection for example in found} == {None, "news", "mill"}
    for example in found:
        assert asked.answer(example.question, Filters(example.collection)).found


def test_examples_name_nothing_beyond_the_scope(asked):
    found = asked.examples(frozenset(["news"]))
    assert found
    assert not any("Vance" in example.question for example in found)
    assert {example.collection for example in found} <= {None, "news"}


def test_an_empty_corpus_has_no_examples(write, index, answerer):
    write("a.txt", "Rain.")
    index()
    assert answerer.examples() == []


def test_a_hint_says_that_a_filter_hides_the_answer(asked):
    hints = asked.hints("Who accused Colin Brand?", Filters("mill"))
    assert (hints.filtered, hints.searched) == (True, 1)
    assert not asked.hints("Who accused Colin Brand?").filtered


def test_a_hint_names_what_no_source_has_and_what_may_be_meant(asked):
    hints = asked.hints("Who accused Colin Brandt of arson?")
    assert hints.unknown == ("brandt", "arson")
    assert hints.meant == ("Colin Brand",)
    hidden = asked.hints("Who is Greta Vanse?", Filters(scope=frozenset(["news"])))
    assert hidden.meant == ()


def test_a_citation_stands_as_long_as_its_document_does(answerer, write, index, settings):
    write("news/weir.md", WEIR)
    write("mill/stands.md", MILL)
    index()
    answer = answerer.answer("How much does the repair of the sluice cost?")
    citation = answer.citations[0]
    sha256 = answer.hashes[citation.source.document]

    def place():
        return answerer.place_of(citation, sha256)

    assert place().standing is Standing.UNCHANGED
    write("news/weir.md", WEIR.replace("Ada Lowe accused", "On Monday Ada Lowe accused"))
    index()
    moved = place()
    assert moved.standing is Standing.CHANGED
    text = answerer.document("news/weir.md").text
    assert text[moved.start : moved.end] == citation.quote
    write("news/weir.md", WEIR.replace("£4,300", "£5,000"))
    index()
    assert place().standing is Standing.REWORDED
    assert not place().there
    hidden = answerer.place_of(citation, sha256, frozenset(["mill"]))
    assert hidden.standing is Standing.GONE
    (settings.corpus_dir / "news/weir.md").unlink()
    index()
    assert place().standing is Standing.GONE


def test_a_batch_line_may_have_a_history(tmp_path):
    path = tmp_path / "batch.jsonl"
    turns = [{"question": "Who left?", "answer": "Ada."}, {"question": "When?"}]
    rows = [{"id": 1, "question": "Why?", "history": turns}, {"id": 2, "question": "Who?"}]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    first, second = read_batch(path)
    assert first.history == (Turn("Who left?", "Ada."), Turn("When?"))
    assert second.history == ()


@pytest.mark.parametrize("history", ['"Who?"', '[{"answer": "x"}]', '[{"question": 3}]', "[null]"])
def test_a_history_of_another_form_is_refused_with_its_line(tmp_path, history):
    path = tmp_path / "batch.jsonl"
    path.write_text(f'{{"id": 1, "question": "Why?", "history": {history}}}', "utf-8")
    with pytest.raises(AscribeError, match=r'Line 1 of .* where "history" is a list of'):
        read_batch(path)
