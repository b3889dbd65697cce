import pytest

RECORD = """---
title: Questions to the warden
date: 2025-02-10
---

**Ida Marsh** (Moor Union, Leader): Why was the Orlop report kept back? I accuse the dike warden of
hiding it until the vote was over.

**Lucas Weir** (Fen Party, Dike Warden): I deny that.

Ida Marsh blamed the ferrymen. Ida Marsh was tired.
"""
HARBOUR = """---
title: Trouble in the harbour
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
    assert answer.lead == "Yes. Hugh Stand is taken to speak for Orlop Mills."
    assert "cancelled two payments" in quotes(answer)[0]


def test_who_spoke_for_a_body_once_does_not_speak_for_it(asked):
    answer = asked.answer("Did Orlop Mills accuse the mayor?")
    assert not answer.found
    assert answer.lead == "The sources do not say so."


def test_words_in_a_record_are_whose_paragraph_it_is(asked):
    answer = asked.answer("What did Ida Marsh accuse Lucas Weir of?")
    assert not answer.found or "hiding it" in quotes(answer)[0]
    assert not asked.answer("What did Lucas Weir accuse Lucas Weir of?").found
