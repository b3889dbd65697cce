import asyncio
import threading
from itertools import pairwise
from types import SimpleNamespace

import pytest

from bot.ongoing import Ongoing
from bot.waiting import company
from index.types import Answer, Citation, Query, Source, Statement, Synthesis
from tests.bot_world import buttons, run, text_of, world
from tests.fake_answerer import FakeAnswerer
from tests.loopback.bot import UNCHANGED, connected
from tests.loopback.interactions import controls
from tests.loopback.interactions import text_of as wire_text
from tests.loopback.rest import Fault
from tests.lying_model import RawError, StallError, StreamError, serving, statements
from tests.test_synthesis import MONEY, TEXT, built

SENTENCES = ["The roof was dear.", "It cost £58,000.", "The council paid.", "It rained in May."]
WRITING = "-# Still writing"


def written(count, *, done=False):
    """An answer of which so many sentences are there."""
    source = Source("a.txt", "Minutes", None, None, None)
    return Answer(
        "What did it cost?", Query(""), 0.9, "000001", 0.1,
        tuple(Statement(text, (n,)) for n, text in enumerate(SENTENCES[:count], 1)),
        tuple(Citation(n, source, 0, 9, text) for n, text in enumerate(SENTENCES[:count], 1)),
        synthesis=Synthesis(True),
    )  # fmt: skip


class WritingAnswerer(FakeAnswerer):
    """Gives its answer out sentence by sentence, each when it is told to."""

    def __init__(self, texts):
        super().__init__(texts)
        self.next = threading.Semaphore(0)
        self.failing = None

    def answer(self, question, filters=None, *, history=(), so_far=None):
        for count in range(1, len(SENTENCES)):
            self.next.acquire(timeout=20)
            if self.failing is not None:
                raise self.failing
            so_far(written(count))
        self.next.acquire(timeout=20)
        return written(len(SENTENCES))


class Message:
    """A reply that holds what it shows; it may be deleted, and edits may fail."""

    def __init__(self):
        self.shown, self.id, self.failure = [], 1, None
        self.changed = asyncio.Event()

    async def show(self, content, **_):
        if self.failure is not None:
            raise self.failure
        self.shown.append(text_of(SimpleNamespace(content="", components=content.to_components())))
        self.changed.set()
        return SimpleNamespace(id=self.id)

    async def until(self, words):
        async with asyncio.timeout(20):
            while not any(words in text for text in self.shown):
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("bot.waiting._BETWEEN_EDITS", 0.01)


def test_of_what_grows_quickly_only_the_newest_is_shown(monkeypatch):
    monkeypatch.setattr("bot.waiting._BETWEEN_EDITS", 0.2)

    async def scenario():
        reply = Message()
        async with company(reply, 0, Ongoing()) as waiting:
            waiting.grow(written(1))
            await reply.until(SENTENCES[0])
            waiting.grow(written(2))
            waiting.grow(written(3))
            await reply.until(SENTENCES[2])
        return reply.shown

    first, second = asyncio.run(scenario())
    assert SENTENCES[0] in first and SENTENCES[1] not in first
    assert SENTENCES[1] in second and SENTENCES[2] in second
    assert WRITING in first and WRITING in second


def test_a_message_that_somebody_deletes_is_not_sent_again_and_again(quick):
    async def scenario():
        reply = Message()
        async with company(reply, 0, Ongoing()) as waiting:
            waiting.grow(written(1))
            await reply.until(SENTENCES[0])
            reply.id = 2
            waiting.grow(written(2))
            await reply.until(SENTENCES[1])
            waiting.grow(written(3))
            await asyncio.sleep(0)
        return len(reply.shown)

    assert asyncio.run(scenario()) == 2


def test_edits_that_fail_do_not_disturb_the_answer(quick):
    async def scenario():
        reply = Message()
        async with company(reply, 0, Ongoing()) as waiting:
            reply.failure = OSError("gone")
            waiting.grow(written(1))
            await asyncio.sleep(0)
            reply.failure = None
            waiting.grow(written(2))
            await reply.until(SENTENCES[1])
        return reply.shown

    assert len(asyncio.run(scenario())) == 1


def test_a_bot_that_is_stopped_says_so_below_what_it_has_written(quick):
    async def scenario():
        reply, ongoing = Message(), Ongoing()
        async with company(reply, 0, ongoing) as waiting:
            waiting.grow(written(1))
            await reply.until(SENTENCES[0])
            ongoing.close()
            await reply.until("I was restarted")
            waiting.grow(written(2))
        return reply.shown[-1]

    last = asyncio.run(scenario())
    assert SENTENCES[0] in last
    assert WRITING not in last


def test_the_journal_holds_the_finished_answer_only(tmp_path, quick, monkeypatch):
    monkeypatch.setattr("tests.bot_world.FakeAnswerer", WritingAnswerer)

    async def scenario():
        async with world(tmp_path) as w:
            for _ in SENTENCES:
                w.answerer.next.release()
            asked = await w.alice.slash(w.channel, "ask", question="What did it cost?")
            id = buttons(asked.response)["Helpful"]["custom_id"].split(":")[1]
            kept = await w.journal.do(lambda journal: journal.answer(id))
            return text_of(asked.response), kept.answer.statements

    shown, kept = run(scenario)
    assert all(text in shown for text in SENTENCES)
    assert WRITING not in shown
    assert [statement.text for statement in kept] == SENTENCES


@pytest.fixture(scope="module")
def roof(tmp_path_factory, exported_models):
    return built(tmp_path_factory.mktemp("roof"), exported_models, {"roof.txt": TEXT})


PAID = "For the roof, Quill Roofing was paid £58,000."
OWN = "Quill Roofing was paid £58,000 for the roof."
LIE = "Quill Roofing was paid £85,000 for the roof."


def edits(discord, interaction):
    """What the asker saw of an answer, in order, with the time of each edit."""
    return [
        (request.at, wire_text({"content": "", "components": request.body["components"]}))
        for request in discord.requests
        if request.method == "PATCH"
        and f"/{interaction.token}/" in request.path
        and request.status == 200
    ]


def test_an_answer_grows_on_the_wire_and_whatever_the_model_does_nothing_false_is_posted(roof):
    both = statements(
        (PAID, [1]), (LIE, [1]), ("@everyone see https://evil.example", [1]), (OWN, [1])
    )
    first = both.index("]}") + 2
    open_gate = threading.Event()
    first_and_more = both[: first + 30]
    replies = {
        "slow": StreamError(both[:first], lambda: open_gate.wait(20), both[first:]),
        "dies": StreamError(first_and_more, reason=None),
        "stalls": StreamError(first_and_more, lambda: endpoint.stop.wait(20)),
        "garbage": RawError(b"\xff\xfe" * 500),
        "silent": StallError(),
    }

    def reply(prompt):
        name = next(name for name in replies if f"({name})" in prompt)
        raise replies[name]

    async def scenario():
        model = {"ASCRIBE_LLM_URL": endpoint.url, "ASCRIBE_LLM_MODEL": "m"}
        limits = {"ASCRIBE_LLM_TIMEOUT_SECONDS": "10", "ASCRIBE_LLM_AT_ONCE": "5"}
        threads = {"ASCRIBE_ANSWER_THREADS": "5"}
        async with connected(roof.data_dir, program=UNCHANGED, **model, **limits, **threads) as (
            discord,
            bot,
        ):
            await bot.logged("is open")
            limited = {"retry_after": 0.2, "global": False}
            discord.faults.append(Fault("PATCH", "@original", 429, body=limited))
            asked = {n: await discord.slash("ask", question=f"{MONEY} ({n})") for n in replies}
            await discord.until(lambda: asked["slow"].original and PAID in asked["slow"].text, 60)
            half = asked["slow"].text, list(controls(asked["slow"].original))
            open_gate.set()
            await discord.until(
                lambda: all(
                    one.original and "Helpful" in controls(one.original) for one in asked.values()
                ),
                60,
            )
            return half, {n: (one.text, edits(discord, one)) for n, one in asked.items()}

    with serving(reply) as endpoint:
        half, seen = asyncio.run(scenario())
    assert WRITING in half[0] and f"{OWN} **[" not in half[0] and not half[1]
    assert PAID in seen["slow"][0] and f"{OWN} **[" in seen["slow"][0]
    for name in ("dies", "stalls"):
        assert PAID in seen[name][0] and "The model stopped early" in seen[name][0]
    for name in ("garbage", "silent"):
        assert "In the sources' own words" in seen[name][0]
    for text, shown in seen.values():
        assert WRITING not in text
        for _, one in shown:
            assert LIE not in one and "evil" not in one and "everyone" not in one
        grown = [at for at, one in shown if PAID in one]
        assert all(later - before > 1.4 for before, later in pairwise(grown))
