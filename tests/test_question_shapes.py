from datetime import date

import pytest

from index.questions import parse_question
from index.types import Asked, Stance

TODAY = date(2026, 11, 22)
ACCUSE, CONDEMN = Stance.ACCUSE, Stance.CONDEMN


def parsed(question):
    query = parse_question(question, TODAY)
    assert query.understood, question
    return query


@pytest.mark.parametrize(
    ("question", "both", "topic"),
    [
        ("What did Lowe and Quill accuse each other of?", "Lowe and Quill", None),
        ("why do lowe and quill blame one another", "lowe and quill", None),
        ("did Lowe and Quill accuse each other of fraud?", "Lowe and Quill", "fraud"),
        ("What is there between Lowe and Quill?", "Lowe and Quill", None),
        ("what's the row between Lowe and the union about", "Lowe and the union", None),
        ("accusations between Lowe and Quill over the roof", "Lowe and Quill", "the roof"),
    ],
)
def test_two_parties_are_asked_for_both_ways(question, both, topic):
    query = parsed(question)
    assert query.mutual
    assert (query.speaker, query.target, query.topic) == (both, both, topic)


@pytest.mark.parametrize(
    ("question", "target", "left_out"),
    [
        ("Did anyone other than Lowe accuse Quill?", "Quill", "Lowe"),
        ("who besides Lowe has accused Quill of lying?", "Quill", "Lowe"),
        ("Who else apart from the mayor blamed Quill?", "Quill", "the mayor"),
        ("Who accused Quill besides Lowe?", "Quill", "Lowe"),
    ],
)
def test_somebody_can_be_left_out(question, target, left_out):
    query = parsed(question)
    assert (query.speaker, query.target, query.other_than) == (None, target, left_out)


@pytest.mark.parametrize(
    ("question", "count", "parties"),
    [
        ("How many people accused Quill?", Asked.SPEAKERS, (None, "Quill")),
        ("how many people did Lowe accuse", Asked.TARGETS, ("Lowe", None)),
        ("How often did Lowe accuse Quill?", Asked.TIMES, ("Lowe", "Quill")),
        ("how often was Quill accused by Lowe?", Asked.TIMES, ("Lowe", "Quill")),
        ("how many accusations did Lowe make against Quill?", Asked.TIMES, ("Lowe", "Quill")),
        ("Who was accused most often?", Asked.MOST_TARGETED, (None, None)),
        ("who got the most criticism", Asked.MOST_TARGETED, (None, None)),
        ("who accused the most people?", Asked.MOST_SPEAKING, (None, None)),
        ("Who made the most accusations?", Asked.MOST_SPEAKING, (None, None)),
        ("Who accused Quill?", None, (None, "Quill")),
    ],
)
def test_what_is_to_be_counted_is_understood(question, count, parties):
    query = parsed(question)
    assert query.count is count
    assert (query.speaker, query.target) == parties


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Did the volunteers get blamed?", (ACCUSE, None, "the volunteers", None)),
        ("what did Lowe get accused of", (ACCUSE, None, "Lowe", None)),
        ("who stands accused of fraud", (ACCUSE, None, None, "fraud")),
        ("was it Lowe who accused Quill", (ACCUSE, "Lowe", "Quill", None)),
        ("What does Lowe hold against the board?", (ACCUSE, "Lowe", "the board", None)),
        ("who is angry with the board", (CONDEMN, None, "the board", None)),
        ("who had a go at the roofers", (CONDEMN, None, "the roofers", None)),
        ("whose fault was the flood", (ACCUSE, None, None, "the flood")),
        ("who accused the mayor before the vote", (ACCUSE, None, "the mayor", "the vote")),
        ("Who condemned the tone at the meeting?", (CONDEMN, None, "the tone", "the meeting")),
        ("Who criticised the army, and for what?", (CONDEMN, None, "the army", None)),
        ("Whom or what did Lowe blame?", (ACCUSE, "Lowe", None, None)),
        ("What crime did Lowe accuse Quill of?", (ACCUSE, "Lowe", "Quill", None)),
        ("and vice versa: what did Quill accuse Lowe of?", (ACCUSE, "Quill", "Lowe", None)),
        ("who rejects Lowe's claim about the fees", (Stance.DENY, None, "Lowe", "the fees")),
        ("who defended Quill", (Stance.PRAISE, None, "Quill", None)),
        ("what are the demands of the union", (Stance.DEMAND, "the union", None, None)),
        ("who wants Lowe gone", (Stance.DEMAND, None, "Lowe", "gone")),
        ("who accused the boss of Quillon", (ACCUSE, None, "the boss of Quillon", None)),
        (
            "who accused the head of the council of lying",
            (ACCUSE, None, "the head of the council", "lying"),
        ),
        ("who accused the director of theft", (ACCUSE, None, "the director", "theft")),
        (
            "what does Lowe say about the union leader and the biscuits",
            (Stance.SAY, "Lowe", "the union leader", "the biscuits"),
        ),
        ("what did Quill answer?", (None, "Quill", None, None)),
    ],
)
def test_more_ways_of_asking_are_understood(question, expected):
    query = parsed(question)
    assert (query.stance, query.speaker, query.target, query.topic) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Who did not accuse anyone?",
        "who never accused anyone?",
        "who reacted to the report",
        "Who questioned the report?",
        "How many people live between Lowe and Quill?",
        "What lies between the river and the road?",
        "Who lives other than in the town?",
        "who accused the -",
    ],
)
def test_other_questions_are_left_to_search(question):
    assert not parse_question(question, TODAY).understood
