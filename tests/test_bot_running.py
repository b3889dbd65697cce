"""What administrators and readers see of the bot itself: sources, status, help, the corpus."""

import asyncio

import pytest

from bot.access import Access
from bot.corpus import KINDS, safe_path
from bot.errors import RefusedError
from bot.information import Information
from bot.questions import Questions
from bot.watching import watch
from index.readers import READERS
from tests.bot_world import buttons, run, text_of, texts_in, world
from tests.fake_answerer import ROOF, FakeAnswerer
from tests.test_bot_answers import ask, press, said

MANY = {f"folder/document-{n:03}.txt": "Rain fell." for n in range(45)}


async def choose(w, shown, label, value, by=None):
    message = getattr(shown, "response", shown)
    menu = buttons(message)[label]
    return await (by or w.alice).select(message, custom_id=menu["custom_id"], values=[value])


def test_sources_are_paged_with_buttons_that_survive_a_restart(tmp_path):
    async def scenario():
        async with world(tmp_path, MANY) as w:
            shown = await w.alice.slash(w.channel, "sources", collection="folder")
            texts = [text_of(shown.response)]
            await w.env.restart_bot()
            while not buttons(shown.response)["Next"]["disabled"]:
                await press(w, shown, "Next")
                texts.append(text_of(shown.response))
            assert not buttons(shown.response)["Back"]["disabled"]
            return shown.ephemeral, texts

    ephemeral, texts = run(scenario)
    assert ephemeral
    assert texts[0].startswith("### 45 documents in folder\n")
    assert texts[-1].endswith("-# Page 5 of 5")
    assert all(f"document-{n:03}.txt" in "".join(texts) for n in range(45))


def test_sources_are_searched_and_a_page_of_what_was_found_can_be_turned(tmp_path):
    async def scenario():
        async with world(tmp_path, MANY | ROOF) as w:
            few = await w.alice.slash(w.channel, "sources", search="MINUTES archive")
            many = await w.alice.slash(w.channel, "sources", search="document")
            await press(w, many, "Next")
            none = await w.alice.slash(w.channel, "sources", search="x*")
            return [text_of(one.response) for one in (few, many, none)]

    few, many, none = run(scenario)
    assert few.startswith("### 1 document with “MINUTES archive”\nMinutes")
    assert many.startswith("### 45 documents with “document”") and "document-010" in many
    assert none == "There is nothing with “x\\*”."


def test_a_document_is_opened_from_the_list_and_read_on(tmp_path):
    texts = {"long.txt": "".join(f"Sentence number {n} of it. " for n in range(300))}

    async def scenario():
        async with world(tmp_path, texts) as w:
            shown = await w.alice.slash(w.channel, "sources")
            value = buttons(shown.response)["Open a document"]["options"][0]["value"]
            opened = await choose(w, shown, "Open a document", value)
            first = text_of(opened.response)
            await w.env.restart_bot()
            await press(w, opened, "Next")
            following = text_of(opened.response)
            w.answerer.texts = {"long.txt": "New."}
            return first, following, said(await press(w, opened, "Next"))

    first, following, changed = run(scenario)
    assert first.startswith("### Long\n-# City Archive · 2 Dec 2024\n-# long.txt · 300 passages")
    assert "Sentence number 0 of it." in first and "Sentence number 60 of it." in following
    assert "Please open it again." in changed


def test_a_document_kept_for_a_role_is_neither_listed_nor_opened(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            shown = await w.alice.slash(w.channel, "sources")
            value = buttons(shown.response)["Open a document"]["options"][0]["value"]
            w.client.access.kept_for["museum"] = frozenset({1})
            opened = await choose(w, shown, "Open a document", value)
            again = await w.alice.slash(w.channel, "sources")
            return said(opened), text_of(again.response)

    opened, again = run(scenario)
    assert "This document is no longer indexed." in opened and "Ortega" not in opened
    assert again == "The index holds no documents yet."


def test_help_teaches_with_questions_that_this_corpus_answers(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            shown = await w.alice.slash(w.channel, "help")
            await w.boss.slash(w.channel, "help")
            once = w.answerer.examples_made
            empty = await silent(w)
            return shown.ephemeral, text_of(shown.response), empty, once

    async def silent(w):
        w.answerer.texts, w.answerer.generation = {}, "000002"
        return text_of((await w.alice.slash(w.channel, "help")).response)

    private, text, empty, once = run(scenario)
    assert private and once == 1
    assert "- `/ask` Who accused Halden Roofing?" in text
    assert "`collection:`museum" in text
    assert "Try these" not in empty and "/sources" in empty


def test_help_comes_before_its_examples_where_they_take_long(monkeypatch):
    monkeypatch.setattr("bot.information._PATIENCE", 0.01)

    async def scenario():
        answerer = FakeAnswerer(ROOF)
        questions = Questions(answerer)
        access = Access(frozenset(), frozenset())
        information = Information(access, questions, *[None] * 4)
        answerer.teaching.clear()
        early = await information._help()
        answerer.teaching.set()
        await questions.examples(None)
        late = await information._help()
        await questions.close(20)
        return early, late

    early, late = run(scenario)
    assert "Use `/help` again in a minute." in early
    assert "Who accused Halden Roofing?" in late


def test_what_is_wrong_with_access_toml_is_told_to_administrators_alone(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            w.client.access.notice = "access.toml in the corpus cannot be read."
            shown = [await by.slash(w.channel, "status") for by in (w.alice, w.boss)]
            return [text_of(one.response) for one in shown], said(
                await w.boss.slash(w.channel, "reindex")
            )

    (everybody, boss), reindexed = run(scenario)
    assert "access.toml" not in everybody
    assert "access.toml in the corpus cannot be read" in boss.replace("\\", "")
    assert "access.toml" in reindexed


def test_status_says_what_is_indexed(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            return await w.alice.slash(w.channel, "status")

    shown = run(scenario)
    assert shown.ephemeral
    assert "Nothing has been indexed yet.\nNobody is waiting." in text_of(shown.response)


def test_what_met_silence_or_a_thumb_down_is_listed_for_administrators(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            nothing = await w.boss.slash(w.channel, "unanswered")
            await ask(w, "Who wrote *Hamlet*?")
            await ask(w, "who wrote hamlet")
            form = await press(w, await ask(w, "Who accused Halden Roofing?"), "Not helpful")
            await w.alice.submit_modal(form, {"reason": "Too short."})
            listed = await w.boss.slash(w.channel, "unanswered")
            table = await w.boss.slash(w.channel, "unanswered", export=True)
            refused = await w.alice.slash(w.channel, "unanswered")
            data = attached(w, table)
            return [said(one) for one in (nothing, listed, refused)], listed.ephemeral, data

    (nothing, listed, refused), private, table = run(scenario)
    assert "Every question so far was answered" in nothing
    assert private and listed.startswith("### 3 questions without a good answer\n**")
    assert "asked 2 times, silence 2 times" in listed
    assert "asked 1 time, 1 thumb down\n-# “Too short.”" in listed
    assert "Only administrators" in refused
    assert table.decode("utf-8-sig").splitlines()[0].startswith("question,asked,silent")


def attached(w, result):
    (file,) = result.response.attachments
    return w.env.backend.cdn.get(file.url)


def add(w, name, data, by=None, **options):
    return (by or w.boss).slash(w.channel, "corpus add", file=(name, data), **options)


def test_a_file_is_added_to_the_corpus_and_a_reindex_follows(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            added = await add(w, "note one.txt", b"Rain.", collection="new/club")
            same = await add(w, "note one.txt", b"Rain.", collection="new/club")
            other = await add(w, "Note One.txt", b"Sun.", collection="new/club")
            taken = await add(w, "note one.txt", b"Sun.", collection="new/club")
            kept = (tmp_path / "corpus/new/club/note one.txt").read_bytes()
            replaced = await add(w, "note one.txt", b"Sun.", collection="new/club", replace=True)
            return [said(one) for one in (added, same, other, taken, replaced)], kept

    (added, same, other, taken, replaced), kept = run(scenario)
    assert added.startswith("Added new/club/note one.txt.\n**Reindexed**: 42 documents")
    assert "has exactly this file already" in same
    assert "with other capitals" in other
    assert "Set `replace`" in taken and kept == b"Rain."
    assert replaced.startswith("Replaced new/club/note one.txt.")
    folder = tmp_path / "corpus/new/club"
    assert [path.read_bytes() for path in folder.iterdir()] == [b"Sun."]


def test_a_file_that_is_added_while_a_reindex_runs_is_read_by_one_that_follows(tmp_path):
    async def scenario():
        async with world(tmp_path, reindex=["--steps", "1", "--pause", "0.5"]) as w:
            running, reply = await begun(w), Heard()
            await w.client.indexing.run(reply, "Added note.txt.", patient=True)
            return reply.texts, running.done()

    texts, first_has_ended = run(scenario)
    assert texts[0] == "Added note.txt.\nAnother reindex is running. Mine follows by itself."
    assert texts[-1].startswith("Added note.txt.\n**Reindexed**")
    assert first_has_ended


def test_corpus_commands_wait_for_a_reindex_that_runs(tmp_path):
    async def scenario():
        async with world(tmp_path, reindex=["--steps", "1", "--pause", "0.5"]) as w:
            await begun(w)
            added = await add(w, "note.txt", b"Rain.")
            return said(added)

    assert run(scenario).startswith("Added note.txt.\n**Reindexed**")


async def begun(w):
    """A reindex that somebody else began."""
    progress = asyncio.Event()
    running = asyncio.create_task(w.client._parts.reindexing.run(lambda _: progress.set()))
    await progress.wait()
    return running


def test_what_waits_for_a_reindex_starts_none_once_the_bot_is_stopped(tmp_path):
    async def scenario():
        async with world(tmp_path, reindex=["--steps", "1", "--pause", "60"]) as w:
            parts = w.client._parts
            running, reply = await begun(w), Heard()
            waiting = asyncio.create_task(
                w.client.indexing.run(reply, "Added note.txt.", patient=True)
            )
            await reply.heard.wait()
            parts.ongoing.close()
            await parts.reindexing.stop()
            await waiting
            return (await running).status, parts.reindexing.busy, reply.texts

    status, busy, texts = run(scenario)
    assert (status, busy) == ("cancelled", False)
    assert "Mine follows by itself." in texts[0]
    assert "I am restarting." in texts[-1]


class Heard:
    """A reply that only keeps what is shown."""

    def __init__(self):
        self.texts = []
        self.heard = asyncio.Event()

    async def show(self, content, **_):
        self.heard.set()
        self.texts.append("\n".join(texts_in(content.to_components())))


@pytest.mark.parametrize(
    ("name", "collection", "sentence"),
    [
        ("virus.exe", None, "I do not read files of this kind."),
        ("x.txt", "../out", "I cannot use the name"),
        ("x.txt", "a/./b", "I cannot use the name"),
        ("x.txt", ".hidden", "I cannot use the name"),
        ("x.txt", "a\\b", "I cannot use the name"),
    ],
)
def test_a_file_that_would_do_harm_is_not_taken(tmp_path, name, collection, sentence):
    async def scenario():
        async with world(tmp_path) as w:
            options = {"collection": collection} if collection else {}
            return said(await add(w, name, b"x", **options))

    assert sentence in run(scenario)
    assert not (tmp_path / "corpus").exists()


def test_a_file_that_is_too_large_is_not_taken_and_only_administrators_may_add(tmp_path):
    async def scenario():
        async with world(tmp_path, parts={"upload_megabytes": 1}) as w:
            large = await add(w, "x.txt", b"x" * (2**20 + 1))
            return said(large), said(await add(w, "x.txt", b"x", w.alice))

    large, refused = run(scenario)
    assert "I take files of 1 MB at most." in large
    assert "Only administrators" in refused


def test_names_that_some_system_refuses_are_refused():
    for name in ("con.txt", "a:b.txt", "x\u202etxt.txt", "a.txt.", "~$a.txt", "x" * 300 + ".txt"):
        with pytest.raises(RefusedError):
            safe_path("", name)
    assert safe_path("a/b", "Übung 1.PDF").as_posix() == "a/b/Übung 1.PDF"


def test_every_kind_that_is_read_is_taken():
    assert READERS.keys() == KINDS


def test_no_file_is_written_through_a_link_out_of_the_corpus(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "corpus" / "out").symlink_to(tmp_path / "elsewhere")

    async def scenario():
        async with world(tmp_path) as w:
            return said(await add(w, "x.txt", b"x", collection="out"))

    assert "leads out of the corpus" in run(scenario)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_is_removed_after_a_yes(tmp_path):
    file = tmp_path / "corpus" / "museum" / "minutes.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x")

    async def scenario():
        async with world(tmp_path) as w:
            command = "corpus remove"
            refused = await w.alice.slash(w.channel, command, document="museum/minutes.pdf")
            unknown = await w.boss.slash(w.channel, command, document="../journal.sqlite3")
            asked = await w.boss.slash(w.channel, command, document="museum/minutes.pdf")
            there = file.exists()
            done = await press(w, asked, "Delete it", w.boss)
            offered = await w.boss.autocomplete(w.channel, command, "document", "minu")
            return [said(one) for one in (refused, unknown, asked, done)], there, offered

    (refused, unknown, asked, done), there, offered = run(scenario)
    assert "Only administrators" in refused and "There is no such file" in unknown
    assert "Delete **museum/minutes.pdf** from the corpus?" in asked and there
    assert done.startswith("Removed museum/minutes.pdf.\n**Reindexed**")
    assert not file.exists()
    assert [one["value"] for one in offered] == ["museum/minutes.pdf"]


def test_a_reindex_is_stopped_by_its_button(tmp_path):
    async def scenario():
        async with world(tmp_path, reindex=["--steps", "1", "--pause", "60"]) as w:
            begun = asyncio.Event()
            running = asyncio.create_task(w.client._parts.reindexing.run(lambda _: begun.set()))
            await begun.wait()
            busy = await w.boss.slash(w.channel, "reindex")
            message = await w.channel_message(view=cancel_button())
            await w.alice.click(message, custom_id="reindex:cancel")
            still = w.client._parts.reindexing.busy
            await w.boss.click(message, custom_id="reindex:cancel")
            return said(busy), still, (await running).status

    def cancel_button():
        from bot.indexing import CancelButton
        from bot.layout import Note

        return Note("Reindexing", CancelButton())

    busy, still, status = run(scenario)
    assert "already running" in busy
    assert still and status == "cancelled"


def test_a_changed_corpus_is_reindexed_once_it_has_settled(tmp_path):
    (tmp_path / "a.txt").write_text("one")
    seen = []
    script = iter(["", "", "write", "grow", "", "", "stop"])

    async def pause():
        step = next(script)
        if step == "stop":
            raise asyncio.CancelledError
        if step:
            (tmp_path / "b.txt").write_text("x" * (1 + len(seen) + (step == "grow")))
        await asyncio.sleep(0)
        seen.append(step or "quiet")

    async def reindex():
        seen.append("reindex")
        return seen.count("reindex") > 1

    async def scenario():
        with pytest.raises(asyncio.CancelledError):
            await watch(tmp_path, pause, reindex)

    asyncio.run(scenario())
    looks = "quiet reindex quiet reindex write grow quiet reindex quiet"
    assert seen == looks.split()
