import json

import pytest

from index.claims import Bearing
from index.errors import SettingsError
from index.types import Filters

TEXT = """\
Ada Lowe accused Quill Roofing of leaving out 14 clips. The firm denied it.

The motion of no confidence failed by nine votes to eight on Tuesday.

The council may sue the firm in May.
"""


@pytest.fixture
def claims(write, index, answerer):
    write("news/roof.txt", TEXT)
    write("other/heron.txt", "The heron left the weir on Friday.")
    index()
    return answerer


def test_a_claim_is_supported_contradicted_or_not_found(claims):
    for claim, bearing in (
        ("Ada Lowe accused Quill Roofing of leaving out clips.", Bearing.SUPPORTED),
        ("Quill Roofing was accused by Ada Lowe.", Bearing.SUPPORTED),
        ("The motion failed by nine votes to eight.", Bearing.SUPPORTED),
        ("Quill Roofing accused Ada Lowe of leaving out clips.", Bearing.CONTRADICTED),
        ("Ada Lowe did not accuse Quill Roofing of leaving out clips.", Bearing.CONTRADICTED),
        ("The motion failed by nine votes to seven.", Bearing.CONTRADICTED),
        ("The motion of no confidence did not fail.", Bearing.CONTRADICTED),
        ("The earth is flat and hollow.", Bearing.NOT_FOUND),
        ("", Bearing.NOT_FOUND),
        ("?", Bearing.NOT_FOUND),
    ):
        assert claims.check(claim).bearing is bearing, claim


WATCHMAN = """\
Emeric Dow told police that he saw a white van by the gate at two. He did not see who was in it.

The motion of no confidence in Gareth Pym failed on Tuesday. He remains leader of the council.
"""


def test_a_claim_is_supported_only_by_sentences_that_carry_all_of_it(write, index, answerer):
    write("watchman.txt", WATCHMAN)
    index()
    for claim, supported in (
        ("Emeric Dow told police that he saw a white van by the gate at two.", True),
        ("Emeric Dow told police that he saw a white van and who was in it.", False),
        ("The white van never left the gate.", False),
        ("Gareth Pym resigned.", False),
    ):
        assert (answerer.check(claim).bearing is Bearing.SUPPORTED) is supported, claim


COUNCIL = """\
Ilse Brandt remains head of the council after a motion of no confidence failed by six votes to five.
The motion was brought by Per Holm, who says that she lost the keys of the town hall.

The minutes of that evening record the oath but not the moment at which Mr Holm went out.
"""


def test_a_claim_is_not_supported_by_a_verb_from_beside_or_of_somebody_else(write, index, answerer):
    write("council.txt", COUNCIL)
    index()
    for claim in (
        "The motion of no confidence was carried.",
        "Ilse Brandt lost the vote of no confidence.",
        "Per Holm lost the vote of no confidence.",
        "The minutes of that evening do record when Mr Holm went out.",
    ):
        assert answerer.check(claim).bearing is not Bearing.SUPPORTED, claim
    for claim in (
        "The motion of no confidence failed.",
        "Ilse Brandt remains head of the council.",
    ):
        assert answerer.check(claim).bearing is Bearing.SUPPORTED, claim


def test_what_the_next_sentence_denies_is_read_with_the_first(write, index, answerer):
    write("watchman.txt", WATCHMAN)
    index()
    for claim, bearing in (
        ("Emeric Dow saw a white van by the gate, but did not see who was in it.", "supported"),
        ("Emeric Dow saw a white van by the gate and saw who was in it.", "not found"),
        ("Emeric Dow did not see who was in the van.", "supported"),
        ("Emeric Dow did not see a white van by the gate.", "contradicted"),
    ):
        assert answerer.check(claim).bearing == bearing, claim


def test_sources_that_give_another_figure_of_the_thing_claimed_disagree(write, index, answerer):
    dated = "---\npublished: {}\n---\n{}\n"
    write("first.md", dated.format("2025-01-21", "The mill was mended with a grant of £640,000."))
    write("right.md", dated.format("2025-01-31", "The grant, awarded in June, was £460,000."))
    write("other.md", dated.format("2025-02-02", "The rent of the mill was £7,000."))
    index()
    old = answerer.check("The grant was £640,000.")
    assert old.bearing is Bearing.CONTRADICTED
    assert "disagree" in old.reason
    assert {one.source.document for one in old.citations} == {"first.md", "right.md"}
    assert answerer.check("The grant was £460,000.").bearing is Bearing.SUPPORTED
    assert answerer.check("The rent of the mill was £7,000.").bearing is Bearing.SUPPORTED


def test_a_possibility_does_not_support_a_certainty(claims):
    assert claims.check("The council will sue the firm in May.").bearing is not Bearing.SUPPORTED


def test_citations_are_exact_and_numbered(claims):
    found = claims.check("The motion failed by nine votes to eight.")
    assert [c.number for c in found.citations] == [1]
    for citation in found.citations:
        text = claims.document(citation.source.document).text
        assert text[citation.start : citation.end] == citation.quote


def test_a_claim_is_checked_in_what_the_asker_may_see(claims):
    hidden = Filters(scope=frozenset({"other"}))
    found = claims.check("The motion failed by nine votes to eight.", hidden)
    assert found.bearing is Bearing.NOT_FOUND
    assert {c.source.document for c in found.citations} <= {"other/heron.txt"}
    with pytest.raises(SettingsError):
        claims.check("The motion failed.", Filters(collection="nowhere"))


def test_the_commands_verify_and_eval(claims, settings, tmp_path, capsys):
    from index.command_line import ascribe

    def run(*args):
        ascribe([*map(str, args), "--data", str(settings.data_dir)], standalone_mode=False)
        return capsys.readouterr().out

    start = TEXT.index("The motion")
    lines = [
        {"id": 1, "statement": "The motion failed by nine votes to eight.", "start": start},
        {"id": "b", "statement": "The motion failed by nine votes to two.", "start": start},
    ]
    batch = tmp_path / "batch.jsonl"
    rows = [line | {"document": "news/roof.txt", "end": start + 60} for line in lines]
    rows.append(rows[0] | {"id": 3, "document": "gone.txt"})
    batch.write_text("\n".join(map(json.dumps, rows)))
    found = [json.loads(line) for line in run("verify", "--batch", batch, "--json").splitlines()]
    assert [(one["id"], one["verdict"]) for one in found] == [
        (1, "kept"), ("b", "replaced"), (3, "dropped"),
    ]  # fmt: skip
    assert found[0]["citation"]["quote"] == TEXT[start : TEXT.index("\n\nThe council")]
    assert json.loads(run("verify", "The motion failed.", "--json"))["bearing"] == "supported"
    assert "Contradicted." in run("verify", "The motion failed by nine votes to two.")

    questions = tmp_path / "questions.jsonl"
    asked = [
        {"id": "q1", "question": "By how many votes did the motion of no confidence fail?",
         "type": "factual", "answerable": True, "documents": ["news/roof.txt"],
         "quotes": ["nine votes to eight"]},
        {"id": "q2", "question": "Who won the chess championship in Oslo?",
         "type": "unanswerable", "answerable": False},
    ]  # fmt: skip
    questions.write_text("\n".join(map(json.dumps, asked)))
    out = run("eval", questions, "--json")
    *each, last = [json.loads(line) for line in out.splitlines()]
    assert [one["right"] for one in each] == [True, True]
    assert last["figures"]["right"] == last["figures"]["silent_when_it_should"] == 1.0
    before = tmp_path / "before.json"
    before.write_text(out)
    text = run("eval", questions, "--compare", before)
    assert "All right." in text
    assert "+0.000" in text
