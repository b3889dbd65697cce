"""What can be done with an answer, by its buttons."""

import asyncio
from types import SimpleNamespace

import discord
import pytest

from bot.answer_buttons import AnswerButton
from bot.layout import Note
from bot.ongoing import Ongoing
from bot.waiting import company
from tests.bot_world import buttons, run, text_of, world
from tests.fake_answerer import ROOF

QUESTION = "Who accused Halden Roofing?"
MINUTES = "museum/minutes.pdf"


async def ask(w, question=QUESTION, by=None, **options):
    return await (by or w.alice).slash(w.channel, "ask", question=question, **options)


async def press(w, shown, label, by=None):
    message = getattr(shown, "response", shown)
    return await (by or w.alice).click(message, custom_id=buttons(message)[label]["custom_id"])


async def ratings(w, shown):
    id = buttons(shown.response)["Helpful"]["custom_id"].split(":")[1]
    found = await w.journal.do(lambda journal: journal.feedback(id))
    return [(one.user, one.good, one.reason) for one in found]


def test_a_citation_opens_privately_with_the_quote_in_bold_and_its_neighbours(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w)
            return await press(w, asked, "Read [1]", w.boss)

    opened = run(scenario)
    text = text_of(opened.response)
    assert opened.ephemeral
    assert text.startswith("### [1] Minutes\n-# City Archive · 2 Dec 2024 · page 1 · [open]")
    assert (
        "> **Mayor Ortega accused Halden Roofing of using cheap seals.** Halden Roofing denied it."
    ) in text
    assert "The document is as it was when it was cited" in text


def test_the_document_can_be_read_on_and_back(tmp_path):
    sheet = "".join(f"Line {n} of the sheet goes on. " for n in range(200))
    text = sheet + "Roofing was late. " + sheet

    async def scenario():
        async with world(tmp_path, {"a.txt": text}) as w:
            asked = await ask(w, "Was roofing late?")
            opened = await press(w, asked, "Read [1]")
            first = text_of(opened.response)
            await press(w, opened, "Next")
            following = text_of(opened.response)
            await press(w, opened, "Previous")
            return first, following, text_of(opened.response)

    first, following, back = run(scenario)
    assert "**Roofing was late.**" in first
    assert "Roofing was late" not in following and "Line 20 " in following
    assert "**Roofing was late.**" in back


def test_every_button_works_after_a_restart(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w)
            await w.env.restart_bot()
            opened = await press(w, asked, "Read [1]")
            thanked = await press(w, asked, "Helpful")
            thread = await press(w, asked, "Ask follow-up")
            return [text_of(one.response) for one in (opened, thanked, thread)]

    opened, thanked, thread = run(scenario)
    assert "**Mayor Ortega accused" in opened
    assert thanked == "Thank you, I have noted it."
    assert thread.startswith("Please go on in <#")


REWRITTEN = ROOF | {MINUTES: "Rain. " + ROOF[MINUTES]}
CORRECTED = ROOF | {MINUTES: "The mayor took it all back."}


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (REWRITTEN, "These words are still in it."),
        (CORRECTED, "these words are no longer in it.** This is what it said then."),
        ({}, "**The document is no longer in the corpus.** This is what it said on"),
    ],
)
def test_after_a_reindex_the_passage_is_shown_as_cited_with_what_became_of_it(
    tmp_path, texts, sentence
):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w)
            w.answerer.texts = texts
            return text_of((await press(w, asked, "Read [1]")).response)

    text = run(scenario)
    assert "**Mayor Ortega accused Halden Roofing of using cheap seals.**" in text
    assert sentence in text


def test_a_page_of_a_document_that_changed_meanwhile_is_not_turned_to(tmp_path):
    texts = {"a.txt": "Roofing was late. " + "A line. " * 400}

    async def scenario():
        async with world(tmp_path, texts) as w:
            opened = await press(w, await ask(w, "Was roofing late?"), "Read [1]")
            w.answerer.texts = {"a.txt": "Before. " + texts["a.txt"]}
            return text_of((await press(w, opened, "Next")).followups[-1])

    assert "Please open the passage again." in run(scenario)


def test_many_citations_share_a_menu(tmp_path):
    texts = {f"d{n}.txt": f"Roofing report {n}." for n in range(3)}
    texts["e.txt"] = " ".join(f"Roofing leaks in place {n}." for n in range(9))

    async def scenario():
        async with world(tmp_path, texts) as w:
            w.answerer.most = 9
            asked = await ask(w, "Roofing leaks?")
            menu = buttons(asked.response)["Read a passage"]
            opened = await w.alice.select(asked.response, custom_id=menu["custom_id"], values=["7"])
            return menu, opened

    menu, opened = run(scenario)
    assert len(menu["options"]) == 9
    assert menu["options"][0]["label"].startswith("[1] ")
    assert opened.ephemeral and text_of(opened.response).startswith("### [7] ")


def test_the_file_is_handed_out_to_who_asks_for_it(tmp_path):
    folder = tmp_path / "corpus" / "museum"
    folder.mkdir(parents=True)
    (folder / "minutes.pdf").write_bytes(b"%PDF as it was")

    async def scenario():
        async with world(tmp_path) as w:
            opened = await press(w, await ask(w), "Read [1]")
            return await press(w, opened, "Original file")

    handed = run(scenario)
    assert handed.ephemeral
    assert [file.filename for file in handed.response.attachments] == ["minutes.pdf"]
    assert "The file has changed since it was cited" in handed.response.content


def test_a_file_that_is_gone_is_said_to_be(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            opened = await press(w, await ask(w), "Read [1]")
            return await press(w, opened, "Original file")

    assert "The file is no longer in the corpus." in said(run(scenario))


def said(result):
    messages = [result.response, *result.followups]
    return "\n".join(text_of(message) for message in messages if message is not None)


def test_where_files_are_not_handed_out_there_is_no_button_for_them(tmp_path):
    async def scenario():
        async with world(tmp_path, parts={"original_files": False}) as w:
            opened = await press(w, await ask(w), "Read [1]")
            return buttons(opened.response)

    assert "Original file" not in run(scenario)


def test_a_thumb_up_is_kept_and_can_become_a_thumb_down_with_a_reason(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w)
            await press(w, asked, "Helpful")
            first = await ratings(w, asked)
            form = await press(w, asked, "Not helpful")
            second = await ratings(w, asked)
            sent = await w.alice.submit_modal(form, {"reason": "It is *old*."})
            return str(w.alice.id), first, second, await ratings(w, asked), said(sent)

    alice, first, second, third, thanks = run(scenario)
    assert first == [(alice, True, "")]
    assert second == [(alice, False, "")]
    assert third == [(alice, False, "It is *old*.")]
    assert "Thank you" in thanks


def test_a_form_that_was_opened_before_a_restart_is_taken(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w)
            form = await press(w, asked, "Not helpful")
            await w.env.restart_bot()
            await w.alice.submit_modal(form, {"reason": "wrong year"})
            return await ratings(w, asked)

    assert run(scenario)[0][2] == "wrong year"


def test_a_rating_that_cannot_be_written_is_not_thanked_for(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w)
            await w.journal.do(lambda journal: journal.forget(str(w.alice.id)))
            return said(await press(w, asked, "Helpful", w.boss))

    text = run(scenario)
    assert "Thank you" not in text and "I no longer have this answer" in text


def test_a_private_answer_is_seen_by_the_asker_alone_until_it_is_shared(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w, private=True)
            shared = await press(w, asked, "Share")
            public = w.channel.history()[-1]
            opened = await press(w, public, "Read [1]", w.boss)
            return asked, shared, public, opened, buttons(asked.response)

    asked, shared, public, opened, left = run(scenario)
    assert asked.ephemeral
    assert not shared.followups[-1].flags.ephemeral
    assert text_of(public).startswith("-# Shared by alice\n### Who accused Halden Roofing?")
    assert "Share" not in buttons(public)
    assert left["Shared"]["disabled"]
    assert "**Mayor Ortega" in text_of(opened.response)


def test_an_answer_is_shared_once_though_another_copy_still_has_the_button(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w, private=True)
            answer_id = buttons(asked.response)["Share"]["custom_id"].split(":")[1]
            copy = Note("A copy", AnswerButton(answer_id, "share", label="Share"))
            message = await w.channel_message(view=copy)
            await press(w, asked, "Share")
            before = len(w.channel.history())
            again = await press(w, message, "Share")
            return len(w.channel.history()) - before, said(again)

    assert run(scenario) == (0, "You have shared this answer already.")


def test_silence_says_what_was_searched_and_shows_what_came_closest(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w, "Who wrote Hamlet?")
            opened = await press(w, asked, "Read [2]")
            return text_of(asked.response), text_of(opened.response)

    text, opened = run(scenario)
    assert "The sources do not say.\n-# I searched 2 documents." in text
    assert "No document has the word “hamlet” or “wrote”. Another may help." in text
    assert "`/sources` shows what there is." in text
    assert "**What came closest**\n**[1]** Letter" in text
    assert "**Mayor Ortega accused" in opened


def test_silence_that_a_filter_caused_can_be_asked_away(tmp_path):
    texts = ROOF | {"club/rules.txt": "Members bring cake."}

    async def scenario():
        async with world(tmp_path, texts) as w:
            asked = await ask(w, collection="club")
            again = await press(w, asked, "Ask without the filters")
            return text_of(asked.response), text_of(again.response), buttons(again.response)

    narrow, wide, shown = run(scenario)
    assert "I searched 1 document in club." in narrow
    assert "Without your filters there is an answer." in narrow
    assert "Mayor Ortega accused" in wide
    assert "Ask without the filters" not in shown


KEPT_FOR = {"museum": frozenset({4711})}


def member_of_the_museum(w):
    role = w.guild.create_role("museum")
    w.client.access.kept_for["museum"] = frozenset({role.id})
    return w.guild.add_member(w.env.create_user("mia"), roles=[role])


def test_a_collection_kept_for_a_role_is_answered_from_only_in_private(tmp_path):
    async def scenario():
        async with world(tmp_path, kept_for=KEPT_FOR) as w:
            mia = member_of_the_museum(w)
            public = await ask(w, by=mia)
            private = await ask(w, by=mia, private=True)
            outsider = await ask(w, private=True)
            shared = await press(w, private, "Share", mia)
            named = await ask(w, collection="museum", private=True)
            return [said(one) for one in (public, private, outsider, shared, named)]

    public, private, outsider, shared, named = run(scenario)
    assert "The sources do not say." in public and "Ortega" not in public
    assert "Mayor Ortega accused" in private
    assert "The sources do not say." in outsider and "Ortega" not in outsider
    assert "so it stays private" in shared
    assert "kept for members of other roles" in named


def test_a_click_by_somebody_who_may_not_see_the_documents_is_refused(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w)
            w.client.access.kept_for.update(KEPT_FOR)
            labels = ("Read [1]", "Ask follow-up", "Helpful")
            return [said(await press(w, asked, label, w.boss)) for label in labels]

    for text in run(scenario):
        assert "kept for members of other roles" in text
        assert "Ortega" not in text


def test_a_button_that_no_version_knows_any_more_says_so(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            old = discord.ui.ActionRow(discord.ui.Button(label="Old", custom_id="old:1"))
            view = discord.ui.LayoutView(timeout=None)
            view.add_item(old)
            message = await w.channel_message(view=view)
            await w.env.restart_bot()
            return said(await press(w, message, "Old"))

    assert run(scenario) == "This button is from another version of mine. Please ask again."


def test_a_button_of_an_erased_answer_says_so(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w)
            await w.journal.do(lambda journal: journal.forget(str(w.alice.id)))
            return said(await press(w, asked, "Read [1]"))

    assert "it was erased from my journal" in run(scenario)


def test_an_answer_goes_out_without_buttons_when_the_journal_fails(tmp_path):
    (tmp_path / "journal.sqlite3").mkdir()

    async def scenario():
        async with world(tmp_path) as w:
            asked = await ask(w)
            return text_of(asked.response), buttons(asked.response)

    text, shown = run(scenario)
    assert "Mayor Ortega accused" in text
    assert shown == {}


class Shown:
    """A reply that says when it has shown something."""

    def __init__(self):
        self.texts = []
        self.changed = asyncio.Event()

    async def show(self, content, **_):
        self.texts.append(content)
        self.changed.set()
        return SimpleNamespace(id=1)


def test_an_asker_hears_their_place_in_the_queue_and_that_it_takes_long(monkeypatch):
    monkeypatch.setattr("bot.waiting._LONG_WORK", 0.01)

    async def scenario():
        reply = Shown()
        async with company(reply, 3, Ongoing()):
            for _ in range(2):
                await reply.changed.wait()
                reply.changed.clear()
        return reply.texts

    assert asyncio.run(scenario()) == [
        "-# 3 questions before yours. Yours keeps its place.",
        "-# Still searching. This takes longer than usual.",
    ]


def test_nothing_is_said_where_the_answer_comes_at_once():
    async def scenario():
        reply = Shown()
        async with company(reply, 0, Ongoing()):
            pass
        return reply.texts

    assert asyncio.run(scenario()) == []
