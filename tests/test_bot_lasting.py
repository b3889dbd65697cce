"""Over the wire: what lasts when processes are killed and connections are made anew."""

import asyncio
import signal

import psutil
import pytest

from index.journal import Journal
from tests.loopback import world
from tests.loopback.bot import bot_process, connected
from tests.loopback.gateway import IDENTIFY
from tests.loopback.interactions import controls, text_of
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import ALL_PERMISSIONS

QUESTION = "Who accused Halden Roofing?"
MENTION = "<@1000000000000000001>"


def run(scenario):
    return asyncio.run(scenario())


async def asked(discord, question=QUESTION, **options):
    one = await discord.slash("ask", question=question, **options)
    await discord.until(lambda: one.answered and "Sources" in one.text)
    return one


async def press(discord, message, label, **options):
    one = await discord.click(message, controls(message)[label]["custom_id"], **options)
    await discord.until(lambda: one.answered)
    return one


async def sent(discord, custom_id, **values):
    one = await discord.submit(custom_id, **values)
    await discord.until(lambda: one.answered)
    return one


async def everything(discord, answer):
    """Each thing that can be done with an answer."""
    opened = await press(discord, answer, "Read [1]")
    form = await press(discord, answer, "Not helpful")
    thanked = await sent(discord, form.form["custom_id"], reason="too old")
    threaded = await press(discord, answer, "Ask follow-up")
    up = await press(discord, answer, "Helpful")
    return [opened.text, thanked.text, threaded.text, up.text]


def test_whatever_is_done_with_an_answer_is_valid_before_and_after_a_kill(tmp_path):
    async def scenario():
        async with LoopbackDiscord() as discord:
            async with bot_process(discord.base, tmp_path) as bot:
                await bot.logged("ready as askbot")
                answer = (await asked(discord)).original
                private = (await asked(discord, private=True)).original
                form = await press(discord, private, "Ask follow-up")
                bot.process.kill()
                await bot.ended()
            async with bot_process(discord.base, tmp_path) as bot:
                await bot.logged("ready as askbot")
                texts = await everything(discord, answer)
                typed = await sent(discord, form.form["custom_id"], question="Who denied it?")
                shared = await press(discord, private, "Share")
                await discord.until(lambda: shared.followups)
                claim = await discord.menu(
                    "Check this claim", await discord.say("Rain came through the roof.")
                )
                await discord.until(lambda: claim.answered)
                thread = discord.channels[answer["id"]]
                said = await discord.post(
                    thread, discord.alice, content=f"{MENTION} who denied it?"
                )
                await discord.until(lambda: later(discord, said))
                assert "Traceback" not in bot.log
            wrong = [(one.path, one.errors) for one in discord.rest.refused_bodies]
            return texts, typed, shared, claim.text, text_of(later(discord, said)), wrong

    texts, typed, shared, claim, in_thread, wrong = run(scenario)
    assert wrong == []
    assert "**Mayor Ortega accused" in texts[0]
    assert texts[1] == texts[3] == "Thank you, I have noted it."
    assert texts[2].startswith("Please go on in <#")
    assert "I read this as: Who denied it?" in typed.text
    assert "Shared by" in text_of(shared.followups[0])
    assert "Supported: the sources say so." in claim
    assert "I read this as: who denied it?" in in_thread


def later(discord, message):
    return next(
        (
            other
            for other in discord.messages.values()
            if other["author"]["bot"]
            and other["channel_id"] == message["channel_id"]
            and int(other["id"]) > int(message["id"])
        ),
        None,
    )


def test_a_picture_is_uploaded_with_its_words(tmp_path):
    async def scenario():
        async with connected(tmp_path) as (discord, _):
            one = await discord.slash("accusations", picture=True)
            await discord.until(lambda: any(request.files for request in discord.requests))
            (upload,) = [request for request in discord.requests if request.files]
            return one.text, upload

    text, upload = run(scenario)
    assert "**Mayor Ortega accuses Halden Roofing**" in text
    assert upload.files["who-accuses-whom.png"].startswith(b"\x89PNG")
    (attachment,) = upload.body["attachments"]
    assert attachment["description"].startswith("A graph of who accuses whom:")


def test_no_rating_that_was_thanked_for_is_lost_when_the_bot_is_killed(tmp_path):
    async def scenario():
        async with LoopbackDiscord() as discord:
            async with bot_process(discord.base, tmp_path) as bot:
                await bot.logged("ready as askbot")
                answer = (await asked(discord)).original
                id = controls(answer)["Helpful"]["custom_id"]
                users = [world.user(f"reader{n}") for n in range(40)]
                clicks = [await discord.click(answer, id, user=user) for user in users]
                await discord.until(lambda: sum(one.answered for one in clicks) >= 10)
                bot.process.kill()
                await bot.ended()
            return id.split(":")[1], {one.user["id"] for one in clicks if one.answered}

    id, thanked = run(scenario)
    journal = Journal(tmp_path)
    kept = {one.user for one in journal.feedback(id)}
    journal.close()
    assert len(thanked) >= 10
    assert thanked <= kept


def test_no_question_is_lost_while_the_gateway_breaks_again_and_again(tmp_path):
    faults = {10: "drop", 20: "reconnect", 30: "4000", 35: "invalid but resumable"}

    async def scenario():
        async with connected(tmp_path) as (discord, _):
            sent = []
            for number in range(40):
                sent.append(await discord.slash("ask", question=QUESTION))
                if number in faults:
                    await discord.until(lambda: sent[-5].acknowledged)
                    await discord.gateway.fault(faults[number])
            await discord.until(
                lambda: all(one.original and "Sources" in one.text for one in sent), 60
            )
            return len(sent)

    assert run(scenario) == 40


@pytest.mark.parametrize("deaf", ["", "--deaf"])
def test_a_reindex_does_not_outlive_a_bot_that_is_killed(tmp_path, deaf):
    async def scenario():
        more = f"--steps 2 --pause 60 {deaf}"
        async with LoopbackDiscord() as discord:
            async with bot_process(discord.base, tmp_path, FAKE_REINDEX=more) as bot:
                await bot.logged("ready as askbot")
                reindex = await discord.slash("reindex", permissions=ALL_PERMISSIONS)
                await discord.until(lambda: reindex.original and "Reindexing" in reindex.text)
                family = psutil.Process(bot.process.pid).children(recursive=True)
                bot.process.send_signal(signal.SIGKILL)
                await bot.process.wait()
            gone, alive = await asyncio.to_thread(psutil.wait_procs, family, 25)
            return len(gone), alive

    gone, alive = run(scenario)
    assert gone >= 2 and alive == []


def test_the_message_of_a_reindex_is_finished_by_the_connection_that_there_is_then(tmp_path):
    async def scenario():
        async with (
            LoopbackDiscord() as discord,
            bot_process(discord.base, tmp_path, FAKE_REINDEX="--steps 60 --pause 0.1") as bot,
        ):
            await bot.logged("ready as askbot")
            reindex = await discord.slash("reindex", permissions=ALL_PERMISSIONS)
            await discord.until(lambda: reindex.original and "Reindexing" in reindex.text)
            await discord.gateway.dispatch("INTERACTION_CREATE", {"id": "1"})
            await bot.logged("trying again")
            await discord.until(lambda: "Reindexed" in reindex.text, 40)
            identified = sum(entry[1] == IDENTIFY for entry in discord.gateway.log)
            return identified, controls(reindex.original)

    assert run(scenario) == (2, {})
