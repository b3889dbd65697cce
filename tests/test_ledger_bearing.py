import pytest

from index.types import Filters

RECORD = """---
title: Questions to the warden
date: 2025-02-10
---

**Ida Marsh** (Moor Union, Leader): Why was the Orlop report kept back? I accuse the dike warden of
hiding it until the vote was over.

**Lucas Weir** (Fen Party, Dike Warden): I deny that.

Ida Marsh blamed the ferrymen for the fog. Oda Brill had a quiet word about the fog.
"""
HARBOUR = """---
title: Trouble in the harbour
publisher: The Gull
date: 2025-03-01
---

The Harbour Guild rejects the allegation, made by the ferrymen, that it raised the tolls in secret.

Emails show that Tobias Crane asked for the suspension of the pilot two weeks before an alleged
theft of rope. Tobias Crane accused the Gull of handling stolen letters.

Two former clerks of Orlop Mills allege that the mill paid for the warden's boat. Both Orlop Mills
and the warden deny it.

Orlop Mills' managing director, Hugh Stand, hit back, alleging that the guild had cancelled two
payments. Orlop Mills' former chairman, Odo Penn, accused the mayor of theft.
"""


def quotes(answer):
    return [" ".join(citation.quote.split()) for citation in answer.citations]


@pytest.fixture
def asked(write, index, answerer):
    write("record.md", RECORD)
    write("harbour.md", HARBOUR)
    index()
    return answerer


def test_a_denial_of_another_matter_is_no_answer(asked):
    assert not asked.answer("Who denied stealing the copper kettle?").found
    assert asked.answer("Who denied raising the tolls?").found


def test_an_alleged_wrong_beside_a_name_is_no_accusation_by_it(asked):
    answer = asked.answer("Who does Tobias Crane blame for the suspension of the pilot?")
    assert not any("alleged" in citation.quote for citation in answer.citations)


def test_what_is_alleged_of_somebody_is_found_by_what_is_alleged(asked):
    answer = asked.answer("Who alleged that Orlop Mills paid for the warden's boat?")
    assert quotes(answer)[0].startswith("Two former clerks of Orlop Mills allege")
    assert not asked.answer("Who alleged that Orlop Mills sank the ferry?").found


def test_who_speaks_for_a_body_is_told_to_speak_for_it(asked):
    answer = asked.answer("Did Orlop Mills accuse the guild of cancelling payments?")
    assert answer.lead == "Yes. Hugh Stand is taken to speak for “Orlop Mills”."
    assert "cancelled two payments" in quotes(answer)[0]


def test_who_spoke_for_a_body_once_does_not_speak_for_it(asked):
    answer = asked.answer("Did Orlop Mills accuse the mayor?")
    assert not answer.found
    assert answer.lead == "The sources do not say so."


def test_words_in_a_record_are_whose_paragraph_it_is(asked):
    answer = asked.answer("What did Ida Marsh accuse Lucas Weir of?")
    assert not answer.found or "hiding it" in quotes(answer)[0]
    assert not asked.answer("What did Lucas Weir accuse Lucas Weir of?").found


def test_blame_for_nothing_in_particular_is_told_as_such(write, index, answerer):
    write(
        "blame.txt",
        "Ivo Lund blames Ruth Moss, who, he says, signed it. Ben Orme accused Nell Farr.",
    )
    index()
    answer = answerer.answer("Who does Ivo Lund blame for the flooded cellar?")
    assert answer.lead == "The sources do not say for what."
    assert "Ruth Moss" in quotes(answer)[0]
    assert not answerer.answer("Who does Ben Orme blame for the flooded cellar?").found


def test_a_light_verb_alone_is_no_criticism(asked):
    assert not asked.answer("Who had a go at the fog?").found


def test_a_publication_is_looked_into_by_what_it_is_and_what_it_carries(asked):
    for question in (
        "Who accused whom in the Gull newspaper?",
        "Which accusations does the Gull print?",
    ):
        answer = asked.answer(question)
        assert answer.lead.startswith("From The Gull only.")
        assert {citation.source.document for citation in answer.citations} == {"harbour.md"}


def test_the_paper_is_the_publisher_that_is_spoken_of(asked):
    answer = asked.answer("Who accused the paper of handling stolen letters?")
    assert answer.query.target == "The Gull"
    assert "Gull of handling" in quotes(answer)[0]
    assert not asked.answer("Who accused the paper of drowning sheep?").found


TRADES = """Nell Farr accused the thatchers of leaving a ladder out.

Ben Orme of Moss Thatching denied it. The clerk, Ivo Lund, accused Moss Thatching of sloth, and
blamed the brewers for the smell. Halm Brewing and Wick Brewing paid.

The caretaker was tired. Ruth Moss, managing director of Moss Thatching, blamed the parish council.
"""


def test_people_of_a_trade_are_the_one_body_that_is_called_after_it(write, index, answerer):
    write("trades.txt", TRADES)
    index()
    thatchers = answerer.answer("Who accused the thatchers of sloth?")
    assert thatchers.query.target == "Moss Thatching"
    assert "sloth" in quotes(thatchers)[0]
    brewers = answerer.answer("Who blamed the brewers?")
    assert brewers.query.target == "the brewers"
    assert "smell" in quotes(brewers)[0]


def test_what_is_the_other_way_round_is_told_of_those_asked_for_only(write, index, answerer):
    write("trades.txt", TRADES)
    index()
    assert answerer.answer("Did the caretaker accuse the director?").lead == (
        "The sources do not say so."
    )


def test_a_deed_against_somebody_is_not_that_person(write, index, answerer):
    write(
        "deed.txt",
        "Ada Lowe accused Ivo Lund of theft. The vicar condemned the threats against Ivo Lund.",
    )
    index()
    answer = answerer.answer("Who condemned the threats against Lund?")
    assert [quote[:9] for quote in quotes(answer)] == ["The vicar"]
    assert (answer.query.target, answer.query.topic) == (None, "the threats against Lund")
    assert quotes(answerer.answer("Who accused Lund?"))[0].startswith("Ada Lowe")


def test_nobody_is_named_from_beyond_what_the_asker_may_see(write, index, answerer):
    write("open/note.txt", "Nell Farr accused the thatchers of sloth. Ada Orr accused Wick Mills.")
    write("closed/note.txt", "Ivo Lund accused Moss Thatching of theft.")
    index()
    inside = Filters(scope=frozenset({"open"}))
    answer = answerer.answer("Who accused the thatchers?", inside)
    assert (answer.query.target, answer.lead) == ("the thatchers", "")
    seen = answerer.answer("Who accused the thatchers?")
    assert seen.query.target == "Moss Thatching" or "Moss Thatching" in str(seen.statements)
