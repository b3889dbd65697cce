from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.question_dates import cut_dates
from index.question_verbs import corrected
from index.questions import parse_question
from index.types import Stance

TODAY = date(2026, 11, 22)
ACCUSE, CONDEMN, DENY, SAY = Stance.ACCUSE, Stance.CONDEMN, Stance.DENY, Stance.SAY
DEMAND = Stance.DEMAND


def parsed(question):
    query = parse_question(question, TODAY)
    assert query.understood, question
    assert query.kind == "attribution"
    return query.stance, query.speaker, query.target, query.topic


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("who acused the mayor", (ACCUSE, None, "the mayor", None)),
        ("who critisised the ferry company", (CONDEMN, None, "the ferry company", None)),
        ("Who's accused the mayor of lying?", (ACCUSE, None, "the mayor", "lying")),
        ("who's accused of lying", (ACCUSE, None, None, "lying")),
        ("Ida Marsh was accused of what?", (ACCUSE, None, "Ida Marsh", None)),
        ("Marsh was accused of what by Lang", (ACCUSE, "Lang", "Marsh", None)),
        ("which newspaper was accused by Lang", (ACCUSE, "Lang", None, None)),
        ("which club owner accused the fans", (ACCUSE, None, "the fans", None)),
        ("when was the board accused of fraud", (ACCUSE, None, "the board", "fraud")),
        ("is the contractor held responsible?", (ACCUSE, None, "the contractor", None)),
        ("according to the union, who is to blame?", (ACCUSE, "the union", None, None)),
        ("Who does Lang say is to blame for the fire?", (ACCUSE, "Lang", None, "the fire")),
        ("who gets the blame for the fire", (ACCUSE, None, None, "the fire")),
        ("what did Clarion blame the slump on", (ACCUSE, "Clarion", None, "the slump")),
        ("Who was scathing about the journal?", (CONDEMN, None, "the journal", None)),
        ("did Lang find fault with Kestria too", (CONDEMN, "Lang", "Kestria", None)),
        ("What does Lang criticise about the board?", (CONDEMN, "Lang", "the board", None)),
        ("what was Lang's complaint to the league about", (CONDEMN, "Lang", None, None)),
        ("tell me what Lang said about Moreau", (SAY, "Lang", "Moreau", None)),
        ("what did lang say about moreau", (SAY, "lang", "moreau", None)),
        ("Who said that Moreau had lied?", (SAY, None, "Moreau", "Moreau had lied")),
        ("everyone the union has accused", (ACCUSE, "the union", None, None)),
        ("do you know if Lang accused Moreau?", (ACCUSE, "Lang", "Moreau", None)),
        ("show me all denials", (DENY, None, None, None)),
        ("Lang blamed who", (ACCUSE, "Lang", None, None)),
        ("Who came in for criticism from Lang?", (CONDEMN, "Lang", None, None)),
        ("Has anyone demanded that Moreau resign?", (DEMAND, None, "Moreau", "resign")),
        ("Who called for Moreau to resign?", (DEMAND, None, "Moreau", "resign")),
        ("Who demanded Moreau's resignation?", (DEMAND, None, "Moreau", "resignation")),
        (
            "what did the harbour minister want Lang to do",
            (DEMAND, "the harbour minister", "Lang", None),
        ),
        ("Who denounced the audit as hindsight?", (CONDEMN, None, "the audit", "hindsight")),
        ("Has Lang said anything against Moreau?", (SAY, "Lang", "Moreau", None)),
        ("what did lang say moreau promised", (SAY, "lang", "moreau", "moreau promised")),
        ("what is lang's complaint about moreau", (CONDEMN, "lang", "moreau", None)),
        ("Does Lang reject the claims made by Moreau?", (DENY, "Lang", "Moreau", None)),
        ("what did lang tell the board about the firm", (SAY, "lang", "the firm", None)),
        (
            "how did the mayor respond to lang's accusation about the fees",
            (None, "the mayor", "lang", "the fees"),
        ),
        ("how did lang answer moreau's charge", (None, "lang", "moreau", None)),
        (
            "What did Lang warn would happen if the wall fell?",
            (Stance.WARN, "Lang", None, "if the wall fell"),
        ),
    ],
)
def test_questions_as_people_type_them_are_understood(question, expected):
    assert parsed(question) == expected


@pytest.mark.parametrize("word", ["accessed", "accrued", "critical", "condoned", "announced"])
def test_a_word_that_only_looks_like_accusing_stays_as_it_is(word):
    assert corrected(f"who {word} the plan") == f"who {word} the plan"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who accused whom?", (ACCUSE, None, None, None)),
        ("who accuses whom of what", (ACCUSE, None, None, None)),
        ("Who is blaming whom for the leak?", (ACCUSE, None, None, "the leak")),
        ("Who accused Quill Roofing?", (ACCUSE, None, "Quill Roofing", None)),
        ("Which party blamed the mayor?", (ACCUSE, None, "the mayor", None)),
        (
            "Who accused the Bank of Norwold of fraud?",
            (ACCUSE, None, "the Bank of Norwold", "fraud"),
        ),
        (
            "Who accused the head of the bank of hiding letters of credit?",
            (ACCUSE, None, "the head of the bank", "hiding letters of credit"),
        ),
        ("Who blamed the flood on the sluice?", (ACCUSE, None, "the sluice", "the flood")),
        ("Who held Lowe responsible for it?", (ACCUSE, None, "Lowe", None)),
        ("Who pointed the finger at the weir board?", (ACCUSE, None, "the weir board", None)),
        ("What did Lowe accuse the US of?", (ACCUSE, "Lowe", "the US", None)),
        ("What has Lowe been accused of?", (ACCUSE, None, "Lowe", None)),
        ("What is Lowe accused of by Quill?", (ACCUSE, "Quill", "Lowe", None)),
        ("Whom did Lowe blame for the rain?", (ACCUSE, "Lowe", None, "the rain")),
        ("Why did Lowe blame Quill?", (ACCUSE, "Lowe", "Quill", None)),
        ("Who was accused of stealing salt?", (ACCUSE, None, None, "stealing salt")),
        ("Who was accused by Lowe?", (ACCUSE, "Lowe", None, None)),
        ("By whom was Quill accused?", (ACCUSE, None, "Quill", None)),
        ("accusations against Quill by Lowe", (ACCUSE, "Lowe", "Quill", None)),
        ("Lowe's accusations against Quill", (ACCUSE, "Lowe", "Quill", None)),
        ("What accusations were made against Quill?", (ACCUSE, None, "Quill", None)),
        ("What accusations did Lowe make against Quill?", (ACCUSE, "Lowe", "Quill", None)),
        ("allegations about the roof", (ACCUSE, None, None, "the roof")),
        ("criticism of the board by Ada Lowe", (CONDEMN, "Ada Lowe", "the board", None)),
        ("Who complained about the noise?", (CONDEMN, None, "the noise", None)),
        ("Who denied the allegations?", (DENY, None, None, None)),
        ("Who rejected the plan?", (DENY, None, None, "the plan")),
        ("What accusations has Quill denied?", (DENY, "Quill", None, None)),
        ("How did Quill respond?", (None, "Quill", None, None)),
        ("How did Quill respond to Lowe's accusations?", (None, "Quill", "Lowe", None)),
        ("What did Lowe say about the gutters?", (SAY, "Lowe", None, "the gutters")),
        ("What did Lowe say about Ben Quill?", (SAY, "Lowe", "Ben Quill", None)),
        ("Who said that the roof leaks?", (SAY, None, None, "the roof leaks")),
        ("What does the board demand from Quill?", (Stance.DEMAND, "the board", "Quill", None)),
        ("Who urged Quill to resign?", (Stance.DEMAND, None, "Quill", "resign")),
        ("Who warned Quill about the rain?", (Stance.WARN, None, "Quill", "the rain")),
        ("What did the mayor promise?", (Stance.PROMISE, "the mayor", None, None)),
        ("Who praised the divers?", (Stance.PRAISE, None, "the divers", None)),
        ("Can you please tell me who accused Quill?", (ACCUSE, None, "Quill", None)),
        ("Who's accusing whom?", (ACCUSE, None, None, None)),
        ("What's Quill accused of?", (ACCUSE, None, "Quill", None)),
        ("Name everyone who blamed Quill and why", (ACCUSE, None, "Quill", None)),
        ("Who made allegations against Quill?", (ACCUSE, None, "Quill", None)),
        ("Against whom did Lowe make allegations?", (ACCUSE, "Lowe", None, None)),
        ("Is it true that Lowe accused Quill?", (ACCUSE, "Lowe", "Quill", None)),
        ("Who rejected Lowe's accusation?", (DENY, None, "Lowe", None)),
        ("What was said about Quill by Lowe?", (SAY, "Lowe", "Quill", None)),
        ("According to Ada Lowe, who left out tiles?", (SAY, "Ada Lowe", None, "left out tiles")),
        ("Has anyone blamed the museum?", (ACCUSE, None, "the museum", None)),
    ],
)
def test_questions_of_every_shape_are_understood(question, expected):
    assert parsed(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Who won the cup in 1998?",
        "What did the council spend on the roof?",
        "How many charts were damaged?",
        "When was the truce signed?",
        "What did he say?",
        "Did they deny it?",
        "What did Iran accuse us of?",
        "Who is the president?",
        "What is the charge for admission?",
        "How was the report received?",
        "When was the symposium held?",
        "How is data charged for?",
        "Who was she in charge of?",
        "What is believed to be the cause?",
        "The roof leaks.",
        "who did what?",
        "Whom?",
        "",
        "accused",
    ],
)
def test_a_doubtful_question_is_a_plain_one(question):
    query = parse_question(question, TODAY)
    assert (query.understood, query.kind, query.text) == (False, "passage", question)
    assert (query.speaker, query.target, query.topic, query.since) == (None, None, None, None)


@pytest.mark.parametrize(
    ("question", "yes_no"),
    [
        ("Did Lowe accuse Quill of neglect?", True),
        ("Was Quill ever accused of neglect by Lowe?", True),
        ("Has Lowe accused Quill?", True),
        ("Were there any complaints about the noise?", True),
        ("Who accused Quill?", False),
        ("What did Lowe accuse Quill of?", False),
    ],
)
def test_what_can_be_answered_with_yes_is_known(question, yes_no):
    assert parse_question(question, TODAY).yes_no is yes_no


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("since March", "2026-03-01", None),
        ("since December", "2025-12-01", None),
        ("since 3 March 2025", "2025-03-03", None),
        ("since March 2025", "2025-03-01", None),
        ("after March 3, 2025", "2025-03-04", None),
        ("before 2025", None, "2024-12-31"),
        ("until the end of June", None, "2026-06-30"),
        ("in the last two weeks", "2026-11-08", None),
        ("in the past year", "2025-11-22", None),
        ("this month", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("between March and June 2025", "2025-03-01", "2025-06-30"),
        ("from 2023 to 2024", "2023-01-01", "2024-12-31"),
        ("in 2024", "2024-01-01", "2024-12-31"),
        ("since 2024-05-06", "2024-05-06", None),
    ],
)
def test_dates_are_seen_from_today(words, since, until):
    query = parse_question(f"Who accused Quill {words}?", TODAY)
    assert (query.target, query.topic) == ("Quill", None)
    assert (query.since, query.until) == (since, until)


def test_a_month_that_may_belong_to_the_matter_is_no_filter():
    query = parse_question("Who did Lowe blame for the storm in January?", TODAY)
    assert (query.topic, query.since) == ("the storm in January", None)


@pytest.mark.parametrize(
    "words", ["since the storm", "since 31 February", "before long", "in May's"]
)
def test_what_is_no_date_stays_in_the_question(words):
    assert cut_dates(f"Who spoke {words}", TODAY)[0] == f"Who spoke {words}"


words = st.sampled_from(
    """who whom what did does has been accused accuse of for by the Lowe Quill us he since March in
    the last two years about criticism against on blame hold responsible 's , ? " 2025 31""".split()
)


@given(st.lists(words, max_size=14).map(" ".join) | st.text(max_size=80))
def test_whatever_is_asked_a_reading_is_whole_or_plain(question):
    query = parse_question(question, TODAY)
    assert query.text == question
    parts = (query.stance, query.speaker, query.target, query.topic, query.since, query.until)
    assert query.understood or not any(parts)
    for party in (query.speaker, query.target):
        assert party is None or (party.strip() == party != "" and party.lower() != "us")


@pytest.mark.parametrize(
    "question",
    [
        "How much does the weir fund hold?",
        "What did the council hold?",
        "How much does the museum charge?",
    ],
)
def test_words_that_only_sometimes_accuse_are_no_accusation_by_themselves(question):
    assert not parse_question(question, None).understood
