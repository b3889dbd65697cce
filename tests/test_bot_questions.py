import asyncio

import pytest

from bot.errors import ClosingError, WaitError
from bot.questions import Questions
from index.types import Filters
from tests.fake_answerer import ROOF, FakeAnswerer


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_a_user_waits_between_questions_and_others_do_not():
    clock = Clock()
    questions = Questions(FakeAnswerer(ROOF), cooldown=5, clock=clock)
    questions.admit(1)
    questions.admit(2)
    clock.now += 4
    with pytest.raises(WaitError, match="again in 1 second"):
        questions.admit(1)
    clock.now += 1
    questions.admit(1)


def test_no_more_questions_at_once_than_the_limit():
    questions = Questions(FakeAnswerer(ROOF), cooldown=0, at_once=2)
    questions.admit(1)
    questions.admit(2)
    with pytest.raises(WaitError, match="Many people are asking"):
        questions.admit(3)
    questions.leave()
    questions.admit(3)


def test_a_refused_question_costs_no_turn():
    questions = Questions(FakeAnswerer(ROOF), cooldown=60, at_once=1)
    questions.admit(1)
    with pytest.raises(WaitError):
        questions.admit(2)
    questions.leave()
    questions.admit(2)


def test_the_memory_of_turns_does_not_grow_for_ever():
    clock = Clock()
    questions = Questions(FakeAnswerer(ROOF), cooldown=1, at_once=10_000, clock=clock)
    for user in range(5000):
        questions.admit(user)
        clock.now += 0.01
    assert len(questions._next_turn) <= 1002


def test_lists_do_not_queue_behind_questions():
    async def scenario():
        slow = SlowAnswers()
        questions = Questions(slow, threads=1)
        asked = asyncio.create_task(questions.answer("Rain?", Filters()))
        names = await asyncio.wait_for(questions.collections(), 20)
        slow.gate.set()
        await asked
        await questions.close(10)
        return names

    assert asyncio.run(scenario()) == ["museum"]


class SlowAnswers(FakeAnswerer):
    """Holds its answers until the gate opens; lists come at once."""

    def __init__(self):
        super().__init__(ROOF)
        self.gate.clear()

    def collections(self, scope=None):
        return sorted({document.rpartition("/")[0] for document in self.texts})


def test_closing_answers_what_runs_and_refuses_what_waits():
    async def scenario():
        answerer = SlowAnswers()
        questions = Questions(answerer, threads=1)
        running, waiting = (
            asyncio.create_task(questions.answer("Rain?", Filters())) for _ in range(2)
        )
        await asyncio.to_thread(answerer.begun.wait, 20)
        questions.drop_waiting()
        with pytest.raises(ClosingError):
            await waiting
        with pytest.raises(ClosingError):
            await questions.answer("Rain?", Filters())
        answerer.gate.set()
        assert (await running).found
        return await questions.close(10), answerer.closed

    assert asyncio.run(scenario()) == (True, True)


def test_closing_does_not_wait_for_ever_nor_close_under_a_question():
    async def scenario():
        answerer = SlowAnswers()
        questions = Questions(answerer, threads=1)
        asked = asyncio.create_task(questions.answer("Rain?", Filters()))
        await asyncio.to_thread(answerer.begun.wait, 20)
        in_time, closed = await questions.close(0.05), answerer.closed
        answerer.gate.set()
        await asked
        return in_time, closed

    assert asyncio.run(scenario()) == (False, False)


def test_who_comes_later_knows_how_many_are_before_them():
    async def scenario():
        answerer = FakeAnswerer(ROOF)
        answerer.gate.clear()
        questions = Questions(answerer, threads=2)
        seen, asked = [], []
        for _ in range(4):
            seen.append(questions.ahead)
            asked.append(asyncio.create_task(questions.answer("Rain?", Filters())))
            await asyncio.sleep(0)
        answerer.gate.set()
        await asyncio.gather(*asked)
        seen.append(questions.ahead)
        await questions.close(5)
        return seen

    assert asyncio.run(scenario()) == [0, 0, 1, 2, 0]
