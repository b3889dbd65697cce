import json
import re

import pytest

from index.command_line import ascribe
from index.comparison import read_changes
from index.errors import AscribeError, SettingsError
from index.evaluation import Evaluation, evaluation_text, read_figures, read_questions
from tests.lying_model import PASSAGE, serving, statements

ROOF = "Quill Roofing was paid £58,000 for the roof of the mill.\n"
HERON = "The heron left the weir on Friday because the sluice was open.\n"
PAID = {
    "id": "paid",
    "question": "How much was Quill Roofing paid for the roof?",
    "answerable": True,
    "documents": ["roof.txt"],
    "quotes": ["paid £58,000"],
}
LEFT = {
    "id": "left",
    "question": "Why did the heron leave the weir?",
    "answerable": True,
    "quotes": ["because the sluice was open"],
}
CHESS = {"id": "chess", "question": "Who won the chess championship in Oslo?", "answerable": False}


@pytest.fixture
def run(write, index, settings, tmp_path, capsys):
    """Runs `ascribe eval` on these questions: run(rows, *options)."""

    def evaluate(rows, *options):
        path = tmp_path / "questions.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)))
        capsys.readouterr()
        where = ["--data", settings.data_dir]
        ascribe(["eval", *map(str, [path, *where, *options])], standalone_mode=False)
        return capsys.readouterr().out

    write("roof.txt", ROOF)
    index()
    return evaluate


def figures(out):
    return json.loads(out.splitlines()[-1])["figures"]


def test_retrieval_citations_and_silence_are_scored(run):
    found = figures(run([PAID, LEFT, CHESS], "--json"))
    assert (found["questions"], found["answerable"]) == (3, 2)
    assert found["right"] == pytest.approx(2 / 3, abs=0.001)
    assert found["hit_at_1"] == found["hit_at_5"] == found["mrr_at_10"] == 0.5
    assert found["citation_recall"] == 0.5
    assert found["citation_precision"] == 1
    assert found["silent_when_it_should"] == 1


def test_words_of_the_wrong_document_are_not_right(run):
    elsewhere = PAID | {"documents": ["other.txt"]}
    out = run([elsewhere])
    assert "paid: cites other words" in out
    assert re.search(r"citation precision +0\.000", out)


def test_an_answer_where_the_sources_are_silent_is_wrong(run):
    out = run([PAID | {"answerable": False, "quotes": []}])
    assert "paid: answered, though the sources are silent" in out
    assert re.search(r"silent when it should +0\.000", out)


def test_a_party_that_was_not_understood_is_wrong(run):
    asked = {
        "id": 1,
        "question": "How much was Quill Roofing paid for the roof?",
        "answerable": True,
        "type": "attribution",
        "speaker": "Ada Lowe",
        "quotes": ["£58,000"],
    }
    assert "1: the speaker was not understood" in run([asked])


def test_nothing_is_said_of_what_there_is_nothing_of(run):
    assert "silent_when_it_should" not in figures(run([PAID], "--json"))
    only_silence = figures(run([CHESS], "--json"))
    assert only_silence["silent_when_it_should"] == 1
    assert (
        not {"hit_at_1", "citation_precision", "citation_recall", "answered"} & only_silence.keys()
    )


def test_another_generation_is_set_beside(run, write, index):
    write("heron.txt", HERON)
    index()
    out = run([PAID, LEFT, CHESS], "--against", "generation=000001")
    assert re.search(r"right +1\.000 +0\.667 +\+0\.333", out)
    assert re.search(r"questions +3 +3\n", out)
    assert "Changed\n  left: right; before: not found" in out
    with pytest.raises(SettingsError, match="There are: 000001, 000002"):
        run([PAID], "--against", "generation=000009")


def test_other_settings_are_set_beside(run):
    def honest(prompt):
        return statements(*[(text.strip(), [int(n)]) for n, text in PASSAGE.findall(prompt)])

    with serving(honest) as endpoint:
        out = run([PAID, CHESS], "--against", f"llm_url={endpoint.url}", "--against", "llm_model=m")
    assert re.search(r"worded by model +– +1\.000\n", out)
    assert re.search(r"sentences kept +– +1\.000\n", out)
    assert re.search(r"right +1\.000 +1\.000 +\+0\.000\n", out)


def test_earlier_figures_are_set_beside(run, tmp_path):
    earlier = tmp_path / "before.json"
    earlier.write_text(run([PAID, CHESS], "--json"))
    assert "+0.000" in run([PAID, CHESS], "--compare", earlier)
    last = json.loads(run([PAID, CHESS], "--compare", earlier, "--json").splitlines()[-1])
    assert last["before"]["right"] == last["figures"]["right"] == 1


def test_questions_that_change_are_named():
    now = Evaluation({"right": 0.0}, ({"id": 1, "verdict": "not found", "right": False},))
    text = evaluation_text(now, {"right": 1.0}, [{"id": 1, "verdict": "right"}])
    assert "Changed\n  1: not found; before: right" in text


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("", "holds no questions"),
        ("{", "Line 1"),
        ('{"id": 1, "question": "Q", "answerable": true}', 'needs "quotes" or "documents"'),
        ('{"id": 1, "question": 7, "answerable": false}', "question is wrong"),
        ('{"id": 1, "question": "Q", "answerable": "yes"}', "answerable is wrong"),
    ],
)
def test_a_faulty_file_is_a_sentence_that_names_the_place(tmp_path, line, complaint):
    path = tmp_path / "questions.jsonl"
    path.write_text(line)
    with pytest.raises(AscribeError, match=complaint):
        read_questions(path)


def test_a_file_without_figures_is_a_sentence(tmp_path):
    path = tmp_path / "before.json"
    path.write_text("[]")
    with pytest.raises(AscribeError, match="does not end with figures"):
        read_figures(path)


@pytest.mark.parametrize("pair", ["reranker", "colour=red", "=1", "generations=000001"])
def test_what_is_no_setting_is_refused(pair):
    with pytest.raises(SettingsError, match="NAME=VALUE"):
        read_changes([pair])


def test_a_setting_may_be_named_as_in_the_environment():
    assert read_changes(["ASCRIBE_LLM_MODEL=m", "llm_url="]) == {"llm_model": "m", "llm_url": ""}
