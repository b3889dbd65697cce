"""Follow-ups by reply, in a thread and in a form; and what can be done with a message."""

import pytest

from tests.bot_world import buttons, run, text_of, world
from tests.test_bot_answers import ask, press, said

FIRST = "Who accused Halden Roofing?"


async def reply(w, to, text, by=None):
    before = {message.id for message in w.channel.history()}
    sent = await (by or w.alice).send(w.channel, text, reply_to=to)
    await w.env.settle()
    return [one for one in w.channel.history() if one.id not in before | {sent.id}]


def questions(w):
    return [question for question, _ in w.answerer.asked]


def test_a_reply_to_an_answer_carries_what_was_asked_before(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w, FIRST)
            await w.env.restart_bot()
            (answer,) = await reply(w, asked.response, f"{w.mention} who denied it?")
            (_,) = await reply(w, answer, f"{w.mention} and the rain?")
            return text_of(answer), buttons(answer), w.answerer.histories

    text, shown, histories = run(scenario)
    assert text.startswith(
        "### who denied it?\n-# I read this as: who denied it? (Who accused Halden Roofing?)\n"
    )
    assert "Ask it as I wrote it" in shown
    assert [turn.question for turn in histories[-1]] == [FIRST, "who denied it?"]
    assert "Mayor Ortega accused" in histories[-1][0].answer


def test_a_wrong_guess_is_a_button_away_from_the_question_as_written(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w, FIRST)
            (answer,) = await reply(w, asked.response, f"{w.mention} who denied it?")
            again = await press(w, answer, "Ask it as I wrote it")
            return text_of(again.response), w.answerer.histories

    text, histories = run(scenario)
    assert text.startswith("### who denied it?\nHalden Roofing denied it.")
    assert histories[-1] == ()


@pytest.mark.parametrize("text", ["Thanks!", "ok, great job", "👍"])
def test_a_courtesy_below_an_answer_is_no_question(tmp_path, text):
    async def scenario():
        async with world(tmp_path, parts={"message_content": True}) as w:
            asked = await ask(w, FIRST)
            return await reply(w, asked.response, text), questions(w)

    answers, asked = run(scenario)
    assert answers == [] and asked == [FIRST]


def test_a_reply_that_merely_pings_is_a_question_only_below_an_answer(tmp_path):
    async def scenario():
        async with world(tmp_path, parts={"message_content": True}) as w:
            done = await w.boss.slash(w.channel, "reindex")
            ignored = await reply(w, done.response, "who denied it?")
            asked = await ask(w, FIRST)
            answered = await reply(w, asked.response, "who denied it?")
            return ignored, answered

    ignored, answered = run(scenario)
    assert ignored == []
    assert "(Who accused Halden Roofing?)" in text_of(answered[0])


def test_a_thread_on_an_answer_goes_on_with_it(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w, FIRST)
            opened = await press(w, asked, "Ask follow-up")
            thread = w.channel.threads[-1]
            await w.env.restart_bot()
            first = await w.say(f"{w.mention} who denied it?", thread)
            second = await w.say(f"{w.mention} and the rain?", thread)
            again = await press(w, asked, "Ask follow-up")
            histories = [[turn.question for turn in one] for one in w.answerer.histories]
            return said(opened), thread.name, first, second, histories, again

    opened, name, first, second, histories, again = run(scenario)
    assert opened.startswith("Please go on in <#")
    assert name == FIRST
    assert "(Who accused Halden Roofing?)" in first[0]
    assert len(second) == 1
    assert histories[1:] == [[FIRST], [FIRST, "who denied it?"]]
    assert said(again) == opened


def test_a_follow_up_to_a_private_answer_is_typed_and_stays_private(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w, FIRST, private=True)
            form = await press(w, asked, "Ask follow-up")
            await w.env.restart_bot()
            sent = await w.alice.submit_modal(form, {"question": "who denied it?"})
            return sent, w.answerer.histories

    sent, histories = run(scenario)
    assert sent.ephemeral
    assert "I read this as: who denied it?" in text_of(sent.response)
    assert [turn.question for turn in histories[-1]] == [FIRST]


def test_a_private_answer_is_no_history_of_somebody_else(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w, FIRST, private=True)
            kept = await w.journal.do(
                lambda journal: journal.last_in(str(w.channel.id), str(w.alice.id))
            )
            await w.journal.do(lambda journal: journal.link("77", kept.id))
            theirs = await w.journal.do(lambda journal: journal.turns(kept.id, str(w.boss.id)))
            return asked.ephemeral, theirs

    assert run(scenario) == (True, ())


async def menu(w, name, text):
    message = await w.boss.send(w.channel, text)
    return await w.alice.context_menu(w.channel, name, message)


def test_a_message_can_be_asked_about_in_private(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            result = await menu(
                w, "Ask about this", "<@1> Did it rain through the roof? https://x.y"
            )
            return result, questions(w)

    result, asked = run(scenario)
    assert result.ephemeral
    assert asked == ["Did it rain through the roof?"]
    assert "Rain came through the roof." in text_of(result.response)
    assert "Share" in buttons(result.response)


@pytest.mark.parametrize(
    ("claim", "finding"),
    [
        ("Rain came through the roof.", "Supported: the sources say so.\nRain came"),
        ("Rain came 3 times.", "Contradicted. The sources have another number.\nRain came"),
        ("Hamlet was Danish.", "Not found. The sources have another number."),
    ],
)
def test_a_claim_is_checked_and_the_passages_open(tmp_path, claim, finding):
    async def scenario():
        async with world(tmp_path) as w:
            result = await menu(w, "Check this claim", claim)
            opened = await press(w, result, "Read [1]")
            return result.ephemeral, text_of(result.response), text_of(opened.response)

    private, text, opened = run(scenario)
    assert private
    assert text.startswith(f"### Is it in the sources? “{claim}”\n{finding}")
    assert "The document is as it was when it was cited" in opened


def test_a_message_without_words_is_neither_asked_nor_checked(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            return [
                said(await menu(w, name, "<@1>")) for name in ("Ask about this", "Check this claim")
            ]

    assert run(scenario) == [
        "There are no words to ask about.",
        "There are no words to check in this message.",
    ]
