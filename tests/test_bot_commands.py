import pytest

from index.errors import ModelError
from tests.bot_world import buttons, deny, run, text_of, world


def test_an_answer_names_its_sources(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            result = await w.alice.slash(w.channel, "ask", question="Who accused Halden Roofing?")
            assert not result.ephemeral
            return text_of(result.response)

    text = run(scenario)
    assert text.startswith("### Who accused Halden Roofing?\nMayor Ortega accused Halden Roofing")
    assert "**[1]** Minutes · City Archive · 2 Dec 2024 · page 1 · [open](<https://" in text
    assert "Halden Roofing denied it. **[2]**" in text


def test_the_further_pages_of_a_long_answer_are_opened_by_each_reader(tmp_path):
    texts = {f"d{n}.txt": f"Roofing report {n} " + "says it leaks " * 60 + "." for n in range(5)}

    async def scenario():
        async with world(tmp_path, texts) as w:
            asked = await w.alice.slash(w.channel, "ask", question="What about roofing?")
            shown = [text_of(asked.response)]
            message, more = asked.response, buttons(asked.response)["More"]
            await w.env.restart_bot()
            turned = await w.boss.click(message, custom_id=more["custom_id"])
            assert turned.ephemeral
            message = turned.response
            shown.append(text_of(message))
            while "More" in buttons(message):
                await w.boss.click(message, custom_id=buttons(message)["More"]["custom_id"])
                shown.append(text_of(message))
            assert text_of(asked.response) == shown[0]
            return shown

    pages = run(scenario)
    assert len(pages) > 2
    assert [page.splitlines()[-1] for page in pages] == [
        f"-# Page {n} of {len(pages)}" for n in range(1, len(pages) + 1)
    ]
    assert all(f"**[{n}]** D{n - 1}" in "".join(pages) for n in range(1, 6))


def test_silence_of_the_sources_is_said(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            result = await w.alice.slash(w.channel, "ask", question="Who wrote Hamlet?")
            return text_of(result.response)

    assert "The sources do not say." in run(scenario)


def test_filters_reach_the_answerer(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            await w.alice.slash(
                w.channel, "ask", question="Rain?", collection="museum", since="2024-02"
            )
            return w.answerer.asked[-1][1]

    filters = run(scenario)
    assert (filters.collection, filters.since, filters.until) == ("museum", "2024-02", None)


@pytest.mark.parametrize("day", ["last week", "2024-13", "2023-02-29", "24", "2024-1"])
def test_a_date_that_is_none_is_explained(tmp_path, day):
    async def scenario():
        async with world(tmp_path) as w:
            options = {"question": "Rain?", "since": day.ljust(4)}
            return await w.alice.slash(w.channel, "ask", **options)

    result = run(scenario)
    assert result.ephemeral
    assert "`since` is a year, a month or a day" in text_of(result.response)


def test_an_unknown_collection_is_answered_with_those_there_are(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            result = await w.alice.slash(w.channel, "ask", question="Rain?", collection="x*")
            return text_of(result.response)

    assert run(scenario) == "There is no collection x\\*. There are: museum."


def test_collections_are_suggested(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            return await w.alice.autocomplete(w.channel, "ask", "collection", "USE")

    assert [choice["value"] for choice in run(scenario)] == ["museum"]


def test_a_mention_is_a_question(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            answers = await w.say(f"{w.mention} who accused Halden Roofing?")
            question = w.answerer.asked[-1][0]
            return answers, question

    (answer,), question = run(scenario)
    assert question == "who accused Halden Roofing?"
    assert answer.startswith("### who accused Halden Roofing?\nMayor Ortega accused")


def test_a_mention_without_a_question_is_answered_with_help(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            return await w.say(w.mention)

    (answer,) = run(scenario)
    assert "/ask" in answer


def test_other_messages_are_left_alone(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            return await w.say("who accused Halden Roofing?")

    assert run(scenario) == []


def test_a_mention_with_too_many_words_is_answered(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            return await w.say(w.mention + " why" * 400)

    (answer,) = run(scenario)
    assert "fewer words" in answer


def test_a_user_who_asks_again_too_soon_is_told_when(tmp_path):
    async def scenario():
        async with world(tmp_path, cooldown=60) as w:
            await w.alice.slash(w.channel, "ask", question="Rain?")
            again = await w.alice.slash(w.channel, "ask", question="Rain?")
            other = await w.boss.slash(w.channel, "ask", question="Rain?")
            mentioned = await w.say(f"{w.mention} rain?")
            return again, other, mentioned

    again, other, mentioned = run(scenario)
    assert again.ephemeral and "you can ask again in 60 seconds" in text_of(again.response)
    assert "Rain came through the roof." in text_of(other.response)
    assert "you can ask again" in mentioned[0]


def test_no_server_listed_says_how_to_list_it(tmp_path):
    async def scenario():
        async with world(tmp_path, guilds=()) as w:
            result = await w.alice.slash(w.channel, "ask", question="Rain?")
            return w.guild.id, result, await w.say(f"{w.mention} rain?"), w.answerer.asked

    guild, result, mentioned, asked = run(scenario)
    assert result.ephemeral
    assert f"`ASCRIBE_GUILDS={guild}`" in text_of(result.response)
    assert mentioned == [text_of(result.response)]
    assert asked == []


@pytest.mark.parametrize("command", ["ask", "reindex", "sources"])
def test_a_foreign_server_is_refused(tmp_path, command):
    async def scenario():
        async with world(tmp_path, guilds={1}) as w:
            options = {"question": "Rain?"} if command == "ask" else {}
            return await w.boss.slash(w.channel, command, **options)

    result = run(scenario)
    assert result.ephemeral and "I do not answer in this server." in text_of(result.response)


def test_a_foreign_server_is_not_told_the_collections(tmp_path):
    async def scenario():
        async with world(tmp_path, guilds={1}) as w:
            return await w.alice.autocomplete(w.channel, "ask", "collection", "")

    assert run(scenario) == []


def test_a_direct_message_is_answered_with_where_to_ask(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            await w.alice.send_dm("who accused Halden Roofing?")
            await w.env.settle()
            return [
                text_of(message) for message in w.alice.user.dm_channel.history()
            ], w.answerer.asked

    messages, asked = run(scenario)
    assert any("I only answer in servers" in message for message in messages)
    assert asked == []


def test_no_index_says_what_to_do(tmp_path):
    async def scenario():
        async with world(tmp_path, texts=None) as w:
            answer = await w.alice.slash(w.channel, "ask", question="Rain?")
            sources = await w.alice.slash(w.channel, "sources")
            suggested = await w.alice.autocomplete(w.channel, "ask", "collection", "")
            return text_of(answer.response), text_of(sources.response), suggested

    answer, sources, suggested = run(scenario)
    assert answer == sources
    assert "Nothing has been indexed yet" in answer and "/reindex" in answer
    assert suggested == []


def test_an_error_for_people_is_shown_with_its_markdown_inert(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            w.answerer.error = ModelError("The model in *models* is missing @everyone.")
            return text_of((await w.alice.slash(w.channel, "ask", question="Rain?")).response)

    assert run(scenario) == "The model in \\*models\\* is missing @\u200beveryone."


def test_a_bug_is_one_sentence_with_a_reference_that_the_log_has(tmp_path, caplog):
    async def scenario():
        async with world(tmp_path) as w:
            w.answerer.error = RuntimeError("secret detail")
            answer = await w.alice.slash(w.channel, "ask", question="Rain?")
            sources = await w.alice.slash(w.channel, "sources")
            return text_of(answer.response), text_of(sources.response)

    for text in run(scenario):
        reference = text.rpartition("`")[0].rpartition("`")[2]
        assert "Something went wrong on my side." in text and "secret" not in text
        assert f"reference {reference}" in caplog.text
    assert "secret detail" in caplog.text


DENIABLE = ("send_messages", "read_message_history", "embed_links", "add_reactions", "attach_files")


@pytest.mark.parametrize("permission", [*DENIABLE, "view_channel"])
def test_commands_work_without_a_channel_permission(tmp_path, permission):
    async def scenario():
        async with world(tmp_path) as w:
            channel = w.guild.create_text_channel("closed", overwrites=deny(w, permission))
            result = await w.alice.slash(channel, "ask", question="Rain?")
            return text_of(result.response)

    assert "Rain came through the roof." in run(scenario)


@pytest.mark.parametrize("permission", DENIABLE[1:])
def test_a_mention_is_answered_without_a_lesser_permission(tmp_path, permission):
    async def scenario():
        async with world(tmp_path, check_errors=False) as w:
            channel = w.guild.create_text_channel("closed", overwrites=deny(w, permission))
            return await w.say(f"{w.mention} rain?", channel)

    (answer,) = run(scenario)
    assert "Rain came through the roof." in answer


def test_where_the_bot_may_not_write_the_asker_is_told_privately(tmp_path):
    async def scenario():
        async with world(tmp_path, check_errors=False) as w:
            channel = w.guild.create_text_channel("closed", overwrites=deny(w, "send_messages"))
            answers = await w.say(f"{w.mention} rain?", channel)
            private = [text_of(message) for message in w.alice.user.dm_channel.history()]
            return answers, private

    answers, private = run(scenario)
    assert answers == []
    assert len(private) == 1 and "I may not write in <#" in private[0]


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/interactions/*/*/callback"), ("PATCH", "/webhooks/*/*/messages/@original")],
)
def test_an_answer_that_comes_too_late_for_its_command_goes_to_the_channel(tmp_path, method, path):
    async def scenario():
        async with world(tmp_path, check_errors=False) as w:
            w.env.inject_error(method, path, status=404)
            await w.alice.slash(w.channel, "ask", question="Rain?")
            return [text_of(message) for message in w.channel.history()]

    assert any("Rain came through the roof." in text for text in run(scenario))


def test_reindex_shows_its_end(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            result = await w.boss.slash(w.channel, "reindex")
            edits = [
                entry for entry in w.env.http_requests if entry.path.endswith("/messages/@original")
            ]
            return text_of(result.response), len(edits)

    text, edits = run(scenario)
    assert text == (
        "**Reindexed**: 42 documents, 310 passages.\n"
        "1 added, 0 changed, 0 removed, 41 as before.\n"
        "-# Generation 000002, 12 s\n1 file could not be read:\n- x.pdf: password protected"
    )
    assert edits >= 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--status", "unchanged"], "**Nothing has changed**: 42 documents"),
        (["--status", "locked"], "Somebody is reindexing already."),
        (["--status", "failed"], "The reindex failed, and the index that was there stays."),
        (["--exit", "3"], "The reindex ended unexpectedly (exit status 3)."),
    ],
)
def test_every_end_of_a_reindex_is_said(tmp_path, arguments, sentence):
    async def scenario():
        async with world(tmp_path, reindex=arguments) as w:
            return text_of((await w.boss.slash(w.channel, "reindex")).response)

    assert sentence in run(scenario)


def test_reindex_is_for_administrators(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            return await w.alice.slash(w.channel, "reindex")

    result = run(scenario)
    assert result.ephemeral and "Only administrators" in text_of(result.response)


def test_reindex_is_for_listed_users_too(tmp_path):
    admins = set()

    async def scenario():
        async with world(tmp_path, admins=admins) as w:
            carol = w.guild.add_member(w.env.create_user("carol"))
            admins.add(carol.id)
            return text_of((await carol.slash(w.channel, "reindex")).response)

    assert "**Reindexed**" in run(scenario)


def test_no_message_can_ping(tmp_path):
    texts = {"a.txt": "Roofing @everyone <@123> report."}

    async def scenario():
        async with world(tmp_path, texts) as w:
            await w.alice.slash(w.channel, "ask", question="Roofing?")
            await w.say(f"{w.mention} roofing?")
            await w.boss.slash(w.channel, "reindex")
            return [
                entry.json
                for entry in w.env.http_requests
                if entry.method in ("POST", "PATCH")
                and {"content", "components"} & set(entry.json or {})
            ]

    bodies = run(scenario)
    assert len(bodies) >= 3
    assert all(body["allowed_mentions"].get("parse") == [] for body in bodies)


def test_commands_are_synced_only_when_they_have_changed(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            await w.env.restart_bot()
            first = syncs(w)
            (tmp_path / "discord-commands").write_text("something else")
            await w.env.restart_bot()
            return first, syncs(w)

    assert run(scenario) == (1, 2)


def syncs(w):
    return sum(entry.path.endswith("/commands") for entry in w.env.http_requests)
