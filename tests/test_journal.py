import csv
import io
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import JournalError
from index.journal import Feedback, Journal
from index.journal_file import FILE
from index.types import (
    Answer,
    Attribution,
    Citation,
    Filters,
    Hit,
    Passage,
    Query,
    Source,
    Span,
    Stance,
    Statement,
    Turn,
)
from index.unanswered import table

ROOT = Path(__file__).parents[1]
SOURCE = Source("news/weir.md", "The weir", "Gazette", "2025-03", None)
QUOTE = "Ada “Lowe” blamed\nthe 😀 firm."
CITATION = Citation(1, SOURCE, 10, 10 + len(QUOTE), QUOTE, 2, (replace(SOURCE, document="b.md"),))
ACCUSATION = Attribution(
    "news/weir.md", Span(10, 18, "Ada Lowe", "Ada Lowe"), Span(19, 25, "blamed"),
    Span(26, 34, "the firm"), (Span(35, 40, "for it"),), (10, 41), Stance.ACCUSE,
)  # fmt: skip
ANSWER = Answer(
    question="Who blamed the firm?",
    query=Query("Who blamed the firm?", "attribution", Stance.ACCUSE, None, "the firm"),
    confidence=0.9,
    generation="000003",
    seconds=0.1,
    statements=(Statement("Ada “Lowe” blamed the 😀 firm.", (1,), ("id",), "Ada blames", "note"),),
    citations=(CITATION,),
    attributions=(ACCUSATION,),
    lead="Yes.",
    rewritten="Who blamed the roofing firm?",
    hashes={"news/weir.md": "ab" * 32},
)
SILENT = Answer("Where is the heron?", Query("Where is the heron?"), 0.1, "000003", 0.1)


class Clock:
    """A clock that stands until it is set."""

    def __init__(self):
        self.now = 1_700_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def journal(tmp_path, clock):
    journal = Journal(tmp_path, days=10, clock=clock)
    yield journal
    journal.close()


def silent(question):
    return replace(SILENT, question=question, query=Query(question))


def keep(journal, answer=ANSWER, user="ann", place="hall", **options):
    id = journal.keep(answer, user=user, place=place, **options)
    assert id is not None
    return id


def test_an_answer_comes_back_as_it_was_given_after_a_restart(tmp_path):
    first = Journal(tmp_path)
    filters = Filters("news", "2025", None, frozenset(["news", "council"]))
    hit = Hit(Passage("a.md", 0, 3, ((0, 3),)), "abc", SOURCE, 1.0, 0.5, 3.0)
    id = keep(first, replace(ANSWER, hits=(hit,)), filters=filters, private=True)
    first.close()
    kept = Journal(tmp_path).answer(id)
    assert kept.answer == ANSWER
    assert kept.answer.citations[0].quote == QUOTE
    assert (kept.user, kept.place, kept.filters, kept.private) == ("ann", "hall", filters, True)


def test_an_id_fits_into_a_button_and_names_one_answer(journal):
    ids = {keep(journal) for _ in range(50)}
    assert len(ids) == 50
    assert all(len(id) == 12 and id.isascii() for id in ids)


def test_an_answer_nobody_kept_is_not_there(journal):
    assert journal.answer("nothing") is None
    assert journal.answer_in("nothing") is None
    assert journal.last_in("nowhere", "ann") is None
    assert journal.turns(None, "ann") == ()


def test_each_user_has_one_rating_that_can_be_changed_and_taken_back(journal, clock):
    id = keep(journal)
    journal.rate(id, "ann", False, " too vague ")
    clock.now += 1
    journal.rate(id, "ben", True)
    assert journal.feedback(id) == [Feedback("ann", False, "too vague"), Feedback("ben", True, "")]
    journal.rate(id, "ann", True)
    assert {one.user: one.good for one in journal.feedback(id)} == {"ann": True, "ben": True}
    journal.unrate(id, "ann")
    assert [one.user for one in journal.feedback(id)] == ["ben"]


def test_a_rating_of_an_answer_that_is_gone_is_refused_in_a_sentence(journal):
    with pytest.raises(JournalError, match="no longer in the journal"):
        journal.rate("gone", "ann", True)


def test_a_message_and_a_thread_lead_to_their_answer(journal):
    id, other = keep(journal), keep(journal)
    journal.link("message 1", id)
    journal.link("thread 1", id)
    assert journal.answer_in("message 1").id == journal.answer_in("thread 1").id == id
    journal.link("message 1", other)
    assert journal.answer_in("message 1").id == other
    journal.link("message 2", "erased")
    assert journal.answer_in("message 2") is None


def test_a_conversation_is_told_back_to_its_beginning(journal):
    follows = None
    for number in range(7):
        answer = replace(ANSWER, question=f"{number}?")
        follows = keep(journal, answer, follows=follows)
    turns = journal.turns(follows, "ann")
    assert [turn.question for turn in turns] == ["2?", "3?", "4?", "5?", "6?"]
    assert turns[0] == Turn("2?", "Ada “Lowe” blamed the 😀 firm.")


def test_what_another_was_told_in_private_is_in_no_history(journal, clock):
    secret = keep(journal, private=True)
    clock.now += 1
    public = keep(journal, silent("And then?"), user="ben", follows=secret)
    assert [turn.question for turn in journal.turns(public, "ben")] == ["And then?"]
    assert len(journal.turns(public, "ann")) == 2
    clock.now += 1
    own = keep(journal, private=True)
    assert journal.last_in("hall", "ann").id == own
    assert journal.last_in("hall", "ben").id == public


def test_a_follow_up_to_an_answer_that_was_erased_stands_alone(journal):
    id = keep(journal, follows="erased")
    assert journal.answer(id).follows is None


def test_states_of_buttons_are_remembered(journal):
    id = keep(journal)
    journal.set_state(id, "page", "2")
    journal.set_state(id, "page", "3")
    assert (journal.state(id, "page"), journal.state(id, "shared")) == ("3", None)


def test_silence_and_thumbs_down_are_grouped_by_what_was_asked(journal, clock):
    asked = ["When does the museum open?", "When will the museum open again?", "Who is the mayor?"]
    ids = []
    for question in asked:
        clock.now += 1
        ids.append(keep(journal, silent(question)))
    bad, good = keep(journal), keep(journal, replace(ANSWER, question="What is a pan?"))
    journal.rate(bad, "ann", False, "wrong firm")
    journal.rate(bad, "ben", False)
    journal.rate(good, "ann", True)
    groups = {group.question: group for group in journal.unanswered()}
    assert groups.keys() == {asked[1], asked[2], ANSWER.question}
    assert groups[asked[1]].silent == 2
    assert (groups[ANSWER.question].silent, groups[ANSWER.question].downs) == (0, 2)
    assert groups[ANSWER.question].reasons == ("wrong firm",)
    assert journal.unanswered()[0].question == asked[1]
    journal.dismiss(groups[asked[1]].ids)
    assert {group.question for group in journal.unanswered()} == {asked[2], ANSWER.question}


def test_a_thumb_that_was_turned_up_takes_the_answer_off_the_list(journal):
    id = keep(journal)
    journal.rate(id, "ann", False)
    assert journal.unanswered()
    journal.rate(id, "ann", True)
    assert not journal.unanswered()


def test_the_table_of_the_unanswered_holds_no_formula_and_no_user(journal):
    id = keep(journal, silent('=HYPERLINK("x")\n, she said'), user="ann-the-user")
    journal.rate(id, "ann-the-user", False, "@sum")
    rows = list(csv.reader(io.StringIO(table(journal.unanswered()))))
    assert rows[0][0] == "question"
    assert rows[1][0] == '\'=HYPERLINK("x") , she said'
    assert rows[1][1:4] == ["1", "1", "1"]
    assert rows[1][5] == "'@sum"
    assert "ann-the-user" not in str(rows)


def test_what_is_older_than_the_setting_is_erased(journal, clock):
    old = keep(journal)
    journal.rate(old, "ann", True)
    clock.now += 11 * 86_400
    new = keep(journal)
    assert journal.answer(old) is None
    assert journal.feedback(old) == []
    assert journal.answer(new) is not None


def test_nothing_is_erased_without_a_limit(tmp_path, clock):
    journal = Journal(tmp_path, clock=clock)
    old = keep(journal)
    clock.now += 10_000 * 86_400
    keep(journal)
    assert journal.answer(old) is not None


def test_forgetting_a_user_leaves_no_word_of_theirs_in_the_files(journal, tmp_path):
    id = keep(journal, silent("Where is the zanzibar?"))
    others = keep(journal, user="ben", follows=id)
    journal.rate(others, "ann", False, "zanzibar again")
    assert journal.forget("ann") == 1
    assert journal.answer(id) is None
    assert journal.answer(others).follows is None
    assert journal.feedback(others) == []
    assert b"zanzibar" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize("damage", ["text", "page", "table"])
def test_a_damaged_journal_is_set_aside_and_a_new_one_is_begun(tmp_path, clock, damage):
    journal = Journal(tmp_path, clock=clock)
    for _ in range(20):
        old = keep(journal)
    journal.close()
    path = tmp_path / FILE
    if damage == "text":
        path.write_bytes(b"this is no database" * 100)
    elif damage == "page":
        body = bytearray(path.read_bytes())
        body[4096:] = b"\xff" * (len(body) - 4096)
        path.write_bytes(body)
    else:
        with sqlite3.connect(path) as database:
            database.execute("DROP TABLE feedback")
        database.close()
    journal = Journal(tmp_path, clock=clock)
    assert journal.feedback(old) == []
    id = keep(journal)
    journal.rate(id, "ann", True)
    assert journal.answer(id) is not None
    (notice,) = journal.notices
    (aside,) = tmp_path.glob("journal-*.sqlite3")
    assert aside.name in notice
    assert aside.stat().st_size > 0


def test_a_journal_of_a_newer_version_is_set_aside_whole(tmp_path):
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    journal = Journal(tmp_path)
    assert keep(journal)
    assert "newer version" in journal.notices[0]


def test_an_answer_whose_row_is_spoilt_is_not_there(journal, tmp_path):
    id = keep(journal)
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE answers SET body = '{\"question\": 3}'")
    database.close()
    assert journal.answer(id) is None
    assert journal.last_in("hall", "ann") is None


def test_a_journal_that_cannot_be_written_stops_no_answer_but_acknowledges_nothing(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    journal = Journal(tmp_path / "data")
    assert journal.keep(ANSWER, user="ann", place="hall") is None
    with pytest.raises(JournalError, match="cannot be"):
        journal.rate("id", "ann", True)


def test_threads_share_a_journal(journal):
    barrier = threading.Barrier(8)

    def work(number):
        barrier.wait()
        found = []
        for i in range(10):
            id = keep(journal, user=str(number))
            journal.rate(id, str(number), i % 2 == 0)
            found.append(id)
        return found

    with ThreadPoolExecutor(8) as pool:
        ids = [id for found in pool.map(work, range(8)) for id in found]
    assert len(set(ids)) == 80
    assert all(len(journal.feedback(id)) == 1 for id in ids)


def test_no_rating_that_was_acknowledged_is_lost_when_the_process_is_killed(tmp_path):
    acknowledged: dict[str, int] = {}
    for target in (3, 17, 40):
        with subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "rate_answers.py"), str(tmp_path)],
            stdout=subprocess.PIPE, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)},
        ) as process:  # fmt: skip
            for line in process.stdout:
                id, number = line.split()
                acknowledged[id] = int(number)
                if int(number) >= target:
                    process.kill()
                    break
            for line in process.stdout.read().splitlines():
                if line.count(" ") == 1:
                    id, number = line.split()
                    acknowledged[id] = int(number)
    journal = Journal(tmp_path)
    assert len(acknowledged) >= 60
    for id, number in acknowledged.items():
        assert journal.feedback(id) == [Feedback("ann", number % 2 == 0, f"reason {number}")]
    assert journal.notices == ()
