import asyncio
import signal

import psutil
import pytest

from tests.loopback.bot import bot_process, connected
from tests.loopback.gateway import HEARTBEAT, IDENTIFY, RESUME
from tests.loopback.interactions import controls, text_of
from tests.loopback.rest import Fault
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import ALL_PERMISSIONS

QUESTION = "Who accused Halden Roofing?"
MENTION = "<@1000000000000000001>"


def run(scenario):
    return asyncio.run(scenario())


def reply_to(discord, message):
    return next(
        (
            other
            for other in discord.messages.values()
            if other["author"]["bot"] and int(other["id"]) > int(message["id"])
        ),
        None,
    )


async def answer_to_mention(discord):
    asked = await discord.say(f"{MENTION} {QUESTION}")
    await discord.until(lambda: reply_to(discord, asked))
    return text_of(reply_to(discord, asked))


@pytest.mark.parametrize("compression", ["zstd-stream", "zlib-stream"])
def test_a_question_is_acknowledged_and_answered(tmp_path, compression):
    async def scenario():
        hide = {"HIDE_ZSTD": "1"} if compression == "zlib-stream" else {}
        async with connected(tmp_path, **hide) as (discord, _):
            assert discord.gateway.log[0][2]["compress"] == compression
            interaction = await discord.slash("ask", question=QUESTION)
            await discord.until(lambda: interaction.answered)
            mentioned = await answer_to_mention(discord)
            return interaction, mentioned

    interaction, mentioned = run(scenario)
    assert interaction.acknowledged == 5
    assert "**[1]** Minutes" in interaction.text
    assert "**[1]** Minutes" in mentioned


def test_a_reindex_shows_progress_while_questions_go_on(tmp_path):
    async def scenario():
        async with connected(tmp_path, heartbeat_ms=200, FAKE_REINDEX="--steps 40 --pause 0.1") as (
            discord,
            bot,
        ):
            reindex = await discord.slash("reindex", permissions=ALL_PERMISSIONS)
            await discord.until(lambda: reindex.original and "embedding passages" in reindex.text)
            beats = len(heartbeats(discord))
            question = await discord.slash("ask", question=QUESTION)
            await discord.until(lambda: question.answered)
            busy = await discord.slash("reindex", permissions=ALL_PERMISSIONS)
            await discord.until(lambda: busy.answered)
            await discord.until(lambda: len(heartbeats(discord)) >= beats + 5)
            await discord.until(lambda: "█" in reindex.text)
            during = reindex.text
            await discord.until(lambda: "Reindexed" in reindex.text)
            await bot.logged("reindex: done")
            return question.text, busy.text, during, reindex.text

    question, busy, during, after = run(scenario)
    assert "Mayor Ortega" in question
    assert "already running: embedding passages" in busy
    assert during.startswith("**Reindexing** `█")
    assert "-# Generation 000001" in after


def heartbeats(discord):
    return [entry for entry in discord.gateway.log if entry[1] == HEARTBEAT]


@pytest.mark.parametrize("fault", ["drop", "reconnect", "4000"])
def test_a_lost_connection_is_resumed_and_nothing_is_missed(tmp_path, fault):
    async def scenario():
        async with connected(tmp_path) as (discord, _):
            before = len(discord.gateway.log)
            await discord.gateway.fault(fault)
            missed = await discord.say(f"{MENTION} {QUESTION}")
            await discord.until(lambda: reply_to(discord, missed), 30)
            return [entry[1] for entry in discord.gateway.log[before:]]

    operations = run(scenario)
    assert RESUME in operations and IDENTIFY not in operations


@pytest.mark.parametrize("fault", ["invalid", "drop and forget"])
def test_a_session_that_discord_forgot_is_begun_anew(tmp_path, fault):
    async def scenario():
        async with connected(tmp_path) as (discord, _):
            before = len(discord.gateway.log)
            await discord.gateway.fault(fault)
            await discord.until(
                lambda: any(entry[1] == IDENTIFY for entry in discord.gateway.log[before:]), 40
            )
            await discord.until(lambda: discord.gateway.connected)
            return await answer_to_mention(discord)

    assert "Mayor Ortega" in run(scenario)


LIMITED = {"status": 429, "body": {"retry_after": 0.2, "global": False}}


@pytest.mark.parametrize(
    "fault",
    [
        Fault("POST", "/callback", 502),
        Fault("POST", "/callback", 502, after_the_fact=True),
        Fault("PATCH", "@original", 502),
        Fault("PATCH", "@original", **LIMITED),
        Fault("PATCH", "@original", 404),
    ],
    ids=["callback lost", "callback's answer lost", "edit lost", "edit limited", "token dead"],
)
def test_a_command_is_answered_in_spite_of_a_failing_call(tmp_path, fault):
    async def scenario():
        async with connected(tmp_path) as (discord, _):
            discord.faults.append(fault)
            await discord.slash("ask", question=QUESTION)
            await discord.until(
                lambda: any("Mayor Ortega" in text_of(m) for m in discord.messages.values())
            )
            return fault.times

    assert run(scenario) == 0


@pytest.mark.parametrize(
    "fault",
    [{"status": 502}, LIMITED, {"status": 403}, {"status": 400}],
    ids=["lost", "limited", "may not reply", "no such message to reply to"],
)
def test_a_mention_is_answered_in_spite_of_a_failing_call(tmp_path, fault):
    async def scenario():
        async with connected(tmp_path) as (discord, _):
            discord.faults.append(Fault("POST", "/messages", **fault))
            return await answer_to_mention(discord)

    assert "Mayor Ortega" in run(scenario)


def test_every_page_of_a_long_answer_can_be_opened(tmp_path):
    async def scenario():
        async with connected(tmp_path) as (discord, _):
            asked = await discord.slash("ask", question="What did the survey find?")
            await discord.until(lambda: asked.answered)
            pages, shown = [asked.text], asked
            while more := controls(shown.original).get("More"):
                shown = await discord.click(shown.original, more["custom_id"])
                await discord.until(lambda shown=shown: shown.answered)
                pages.append(shown.text)
            return pages

    pages = run(scenario)
    assert sum(page.count("all is") for page in pages) == 1000
    assert pages[-1].endswith(f"-# Page {len(pages)} of {len(pages)}")


def test_fifty_questions_at_once_are_all_answered(tmp_path):
    async def scenario():
        async with connected(tmp_path) as (discord, _):
            asked = [await discord.slash("ask", question=QUESTION) for _ in range(50)]
            await discord.until(
                lambda: all(one.original and "**[1]** Minutes" in one.text for one in asked), 60
            )
            return [controls(one.original)["Read [1]"]["custom_id"] for one in asked]

    assert len(set(run(scenario))) == 50


def test_an_event_that_breaks_the_library_does_not_end_the_bot(tmp_path):
    async def scenario():
        async with (
            LoopbackDiscord() as discord,
            bot_process(discord.base, tmp_path) as bot,
        ):
            await bot.logged("ready as askbot")
            await discord.gateway.dispatch("INTERACTION_CREATE", {"id": "1"})
            await bot.logged("trying again")
            await discord.until(lambda: identified(discord) == 2)
            return await answer_to_mention(discord)

    assert "Mayor Ortega" in run(scenario)


def identified(discord):
    return sum(entry[1] == IDENTIFY for entry in discord.gateway.log)


def test_a_wrong_token_is_one_sentence(tmp_path):
    async def scenario():
        async with (
            LoopbackDiscord() as discord,
            bot_process(discord.base, tmp_path, DISCORD_TOKEN="wrong.token.x") as bot,
        ):
            return await bot.ended(), bot.log

    status, log = run(scenario)
    assert status == 1
    assert "Discord does not accept the token in DISCORD_TOKEN." in log
    assert "Traceback" not in log and "wrong.token.x" not in log


def test_no_token_is_one_sentence(tmp_path):
    async def scenario():
        async with bot_process("http://127.0.0.1:9", tmp_path, DISCORD_TOKEN="") as bot:
            return await bot.ended(), bot.log

    status, log = run(scenario)
    assert status == 1
    assert log.startswith("DISCORD_TOKEN is not set.") and log.count("\n") == 1


def test_a_first_connection_that_fails_is_tried_again(tmp_path):
    async def scenario():
        async with LoopbackDiscord() as gone:
            port = gone.port
        async with bot_process(f"http://127.0.0.1:{port}", tmp_path) as bot:
            await bot.logged("Discord cannot be reached")
            async with LoopbackDiscord(port) as discord:
                await bot.logged("ready as askbot")
                return await answer_to_mention(discord)

    assert "Mayor Ortega" in run(scenario)


def test_a_first_gateway_connection_that_fails_is_tried_again(tmp_path):
    async def scenario():
        async with LoopbackDiscord() as discord:
            discord.gateway.refusals = 1
            async with bot_process(discord.base, tmp_path) as bot:
                await bot.logged("ready as askbot")
                return await answer_to_mention(discord), bot.log

    answer, log = run(scenario)
    assert "Mayor Ortega" in answer
    assert "bot.service: Discord cannot be reached" in log


def test_sigterm_ends_the_bot_and_its_reindex(tmp_path):
    async def scenario():
        async with connected(tmp_path, FAKE_REINDEX="--steps 2 --pause 60") as (discord, bot):
            reindex = await discord.slash("reindex", permissions=ALL_PERMISSIONS)
            await discord.until(lambda: reindex.original and "Reindexing" in reindex.text)
            family = psutil.Process(bot.process.pid).children(recursive=True)
            bot.process.send_signal(signal.SIGTERM)
            status = await bot.ended()
            return status, reindex.text, family, discord.gateway.log[-1]

    status, text, family, last = run(scenario)
    assert status == 0
    assert text.startswith("The reindex was stopped.")
    assert family and not any(process.is_running() for process in family)
    assert last[1] == "closed"
