import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import index.__main__ as command_line
from index.command_line import ascribe as ascribe_group
from index.lock import writer_lock

ROOT = Path(__file__).parents[1]
TEXT = "The weir is old.\n\nThe heron left the weir on Friday. 😀 It came back in May.\n"


@pytest.fixture
def ascribe(settings, monkeypatch, capsys):
    """Runs a command in this process: (status, stdout, stderr)."""

    def ascribe(*arguments):
        folders = ["--corpus", str(settings.corpus_dir), "--data", str(settings.data_dir)]
        monkeypatch.setattr(sys, "argv", ["ascribe", arguments[0], *folders, *arguments[1:]])
        for stream in (sys.stdout, sys.stderr):
            monkeypatch.setattr(stream, "reconfigure", lambda **_: None, raising=False)
        try:
            command_line.main()
            status = 0
        except SystemExit as end:
            status = end.code
        return (status, *capsys.readouterr())

    return ascribe


@pytest.fixture
def indexed(ascribe, write):
    write("notes/heron.txt", TEXT)
    assert ascribe("reindex")[0] == 0
    return ascribe


def test_an_answer_in_the_terminal_shows_the_words_and_then_the_sources(indexed):
    status, out, err = indexed("ask", "When did the heron leave?")
    assert (status, err) == (0, "")
    assert out == (
        "  The heron left the weir on Friday. [1]\n\nSources\n"
        "  [1] Heron\n      notes/heron.txt\n      “The heron left the weir on Friday.”\n"
    )


def test_silence_is_no_failure_and_shows_what_came_closest(indexed):
    status, out, _ = indexed("ask", "Who painted the Mona Lisa?")
    assert status == 0
    assert out.startswith("  The sources do not say.\n\nWhat came closest\n  [1]")


def test_the_json_of_an_answer_is_what_the_contract_says(indexed):
    status, out, _ = indexed("ask", "When did the heron leave?", "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["found"] is True
    assert answer["query"].keys() == {
        "stance", "speaker", "target", "topic", "since", "until", "understood",
    }  # fmt: skip
    (citation,) = answer["citations"]
    assert citation.keys() == {
        "number", "document", "title", "publisher", "published", "url", "page", "start", "end",
        "quote", "also_in", "answer_spans",
    }  # fmt: skip
    shown = json.loads(indexed("show", citation["document"], "--json")[1])
    assert shown["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert shown["length"] == len(TEXT)


def test_a_part_of_a_document_is_counted_in_code_points(indexed):
    start = TEXT.index("😀")
    part = ("--start", str(start), "--end", str(start + 4))
    assert indexed("show", "notes/heron.txt", *part)[1] == "😀 It\n"


def test_a_batch_answers_each_line_under_its_id(indexed, tmp_path):
    batch = tmp_path / "questions.jsonl"
    rows = [
        {"id": "a", "question": "When did the heron leave?"},
        {"id": 2, "question": "Mona Lisa?"},
    ]
    batch.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", "utf-8")
    found = [
        json.loads(line) for line in indexed("ask", "--batch", str(batch), "--json")[1].splitlines()
    ]
    assert [(row["id"], row["found"]) for row in found] == [("a", True), (2, False)]
    hits = indexed("search", "--batch", str(batch), "-k", "1", "--json")[1].splitlines()
    assert json.loads(hits[0])["hits"][0].keys() == {"document", "start", "end", "score", "text"}


def test_a_bad_line_of_a_batch_is_named(indexed, tmp_path):
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"id": 1, "question": "Who?"}\nnonsense\n', "utf-8")
    status, _, err = indexed("ask", "--batch", str(batch))
    assert status == 1
    assert "Line 2" in err


def test_a_reindex_reports_what_it_did(ascribe, write):
    write("a.txt", TEXT)
    write("b.pdf", b"%PDF-1.4")
    status, out, _ = ascribe("reindex", "--json", "--progress", "json")
    report = json.loads(out)
    assert status == 0
    assert report["documents"]["added"] == 1
    assert report["documents"]["failed"][0]["path"] == "b.pdf"
    assert report["check"]["self_recall"] == 1.0
    assert report["seconds"].keys() == {"read", "parse", "embed", "store", "check", "total"}


def test_json_progress_is_one_object_a_line_and_ends_with_the_end(ascribe, write):
    write("a.txt", TEXT)
    _, _, err = ascribe("reindex", "--progress", "json")
    events = [json.loads(line) for line in err.splitlines()]
    assert events[0]["event"] == "progress"
    assert events[0].keys() == {"event", "stage", "done", "total", "eta_seconds"}
    assert events[-1] == {"event": "end", "status": "done", "reason": ""}
    again = ascribe("reindex", "--progress", "json")[2].splitlines()
    assert json.loads(again[-1])["status"] == "unchanged"


def test_a_second_reindex_ends_with_one_sentence(ascribe, write, settings):
    write("a.txt", TEXT)
    with writer_lock(settings.data_dir):
        status, out, err = ascribe("reindex", "--progress", "json")
    (end,) = map(json.loads, err.splitlines())
    assert (status, out, end["status"]) == (1, "", "locked")
    assert f"process {os.getpid()}" in end["reason"]


def test_status_before_and_after_the_first_reindex(ascribe, write):
    status, out, _ = ascribe("status", "--json")
    assert (status, json.loads(out)["generation"]) == (0, None)
    write("a.txt", TEXT)
    ascribe("reindex")
    found = json.loads(ascribe("status", "--json")[1])
    assert found["generation"] == "000001"
    assert found["documents"] == 1
    assert found["busy"] is None
    assert found["bytes"] > 0


def test_a_rollback_makes_the_earlier_answer_come_back(indexed, write):
    write("notes/heron.txt", "The heron left the weir on Sunday.")
    indexed("reindex")
    assert "Sunday" in indexed("ask", "When did the heron leave?")[1]
    assert json.loads(indexed("rollback", "--json")[1]) == {"generation": "000001"}
    assert "Friday" in indexed("ask", "When did the heron leave?")[1]
    status, _, err = indexed("rollback")
    assert (status, err) == (1, "There is no earlier generation to go back to.\n")


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("ask", "Who?"), 1, "ascribe reindex"),
        (("search", "Who?"), 1, "ascribe reindex"),
        (("show", "a.txt"), 1, "ascribe reindex"),
        (("rollback",), 1, "ascribe reindex"),
        (("reindex",), 1, "There are no documents"),
        (("ask", " "), 2, "The question is empty"),
        (("ask",), 2, "Give either a question or --batch"),
        (("ask", "Who?", "--sideways"), 2, "--sideways"),
        (("dance",), 2, "No such command"),
        (("search", "Who?", "-k", "0"), 2, "-k"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(ascribe, arguments, status, sentence):
    found, out, err = ascribe(*arguments)
    assert (found, out) == (status, "")
    assert sentence in err
    assert "Traceback" not in err


def test_an_unknown_document_and_a_wrong_date_are_said_in_a_sentence(indexed):
    assert "no document 'x.txt'" in indexed("show", "x.txt")[2]
    assert "'soon' is not a date" in indexed("ask", "Who?", "--since", "soon")[2]


@pytest.mark.parametrize("name", sorted(ascribe_group.commands))
def test_every_command_and_option_says_what_it_is_for(name):
    command = ascribe_group.commands[name]
    assert CliRunner().invoke(command, ["--help"]).exit_code == 0
    assert command.help
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert all(option.help for option in options)


def test_a_reader_that_goes_away_is_no_error(settings, write, index):
    write("a.txt", "word " * 60_000)
    index()
    show = [sys.executable, "-m", "index", "show", "a.txt", "--data", str(settings.data_dir)]
    with subprocess.Popen(
        show, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": null, "question": "Who?"}',
        b'{"id": 1, "question": null}',
        b'{"id": 1, "question": ["Who?"]}',
        b'{"question": "Who?"}',
        b"[1]",
        b'{"id": 1, "question": "Who \\ud800 x?"}',
        b'{"id": 1, "question": "Who \xff?"}',
    ],
)
def test_nothing_is_answered_of_a_batch_with_a_wrong_line(indexed, tmp_path, line):
    batch = tmp_path / "questions.jsonl"
    batch.write_bytes(b'{"id": 0, "question": "Who?"}\n' + line)
    status, out, err = indexed("ask", "--batch", str(batch), "--json")
    assert (status, out) == (1, "")
    assert str(batch) in err


def test_a_batch_may_have_a_mark_of_its_encoding_and_odd_line_ends(indexed, tmp_path):
    batch = tmp_path / "questions.jsonl"
    batch.write_bytes(
        '\ufeff{"id": 1, "question": "When did\u2028the heron leave?"}\r\n\r\n'.encode()
        + b'{"id": "2", "question": "Who?"}'
    )
    status, out, _ = indexed("ask", "--batch", str(batch), "--json")
    assert status == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, "2"]


def test_a_collection_that_is_not_there_is_told_with_those_that_are(indexed):
    status, _, err = indexed("ask", "Who?", "--collection", "Notes")
    assert status == 1
    assert err == "There is no collection 'Notes'. There are: notes.\n"


def test_dates_in_the_wrong_order_are_told(indexed):
    assert "No day lies between" in indexed("ask", "Who?", "--since", "2026", "--until", "2020")[2]


def test_a_bad_date_names_its_option(indexed):
    status, _, err = indexed("ask", "Who?", "--until", "soon")
    assert status == 2
    assert "--until" in err and "'soon' is not a date" in err


def test_a_part_that_is_not_there_is_told(indexed):
    assert indexed("show", "notes/heron.txt", "--start", "5", "--end", "2")[0] == 2
    status, out, err = indexed("show", "notes/heron.txt", "--start", "9999")
    assert (status, out) == (1, "")
    assert err == f"notes/heron.txt ends after {len(TEXT)} characters.\n"


def test_a_document_is_found_however_its_accents_are_composed(ascribe, write):
    write("cafe\u0301.txt", TEXT)
    ascribe("reindex")
    assert ascribe("show", "caf\xe9.txt")[1] == ascribe("show", "cafe\u0301.txt")[1] == TEXT + "\n"


def test_a_name_cannot_write_to_the_terminal(ascribe, write):
    write("red\x1b[31m\n.txt", TEXT)
    write("bad\x1b]0;x\x07.pdf", "no PDF")
    report = ascribe("reindex")
    shown = ascribe("ask", "When did the heron leave?")
    missing = ascribe("show", "no\x1b.txt")
    for status, out, err in (report, shown, missing):
        assert "\x1b" not in out + err, status
    assert "      red\\x1b[31m\\n.txt\n" in shown[1]


def test_only_the_first_of_many_reprints_are_named(ascribe, write):
    for number in range(6):
        write(f"paper{number}.txt", TEXT)
    ascribe("reindex")
    out = ascribe("ask", "When did the heron leave?")[1]
    assert "also in: Paper1; Paper2; Paper3; 2 others\n" in out
    (citation,) = json.loads(ascribe("ask", "When did the heron leave?", "--json")[1])["citations"]
    assert len(citation["also_in"]) == 5


def test_questions_come_from_standard_input(indexed, monkeypatch):
    line = json.dumps({"id": 7, "question": "When did the heron leave?"})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line.encode())))
    assert json.loads(indexed("ask", "--json", "--batch", "-")[1])["id"] == 7
