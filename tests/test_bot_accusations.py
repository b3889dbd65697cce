import re
from itertools import pairwise
from types import SimpleNamespace

import pytest

from bot.access import Access
from bot.accusations import Accusations
from bot.errors import RefusedError
from bot.findings import read_findings
from bot.markdown import width
from bot.ongoing import Ongoing
from bot.picture import LONGEST_ALT_TEXT, picture_of
from bot.questions import Questions
from index.errors import ModelError
from index.graph import Arrow, Graph, Relation
from index.ledger import Wanted
from index.types import Stance
from tests.bot_world import buttons, deny, run, text_of, world
from tests.fake_answerer import ROOF, FakeAnswerer

MANY = {
    f"folder/report-{n:03}.txt": f"Ada Lowe accused Quill Roofing of leaving hole {n} open: "
    + f"number {n} let {'rain ' * (n % 7)}in through plank {n * 3} and beam {n * 5}."
    for n in range(60)
}
KINDS = {
    "a.txt": "Ada Lowe accused Quill of theft. Nobody was surprised. Quill denied the theft.",
    "b.txt": "Ben Moss in effect accused Quill of theft.",
    "c.txt": "Cato Ray never accused Quill of arson.",
    "d.txt": "Dora Fell might have accused Quill of fraud.",
}


async def shown(w, by=None, **options):
    return await (by or w.alice).slash(w.channel, "accusations", **options)


def first_page(tmp_path, texts, **options):
    async def scenario():
        async with world(tmp_path, texts) as w:
            return text_of((await shown(w, **options)).response)

    return run(scenario)


def test_an_accusation_is_shown_with_its_sentence_and_its_source_and_its_denial(tmp_path):
    text = first_page(tmp_path, ROOF)
    assert text.startswith("### 2 reports: accusations, criticism and denials\n")
    assert (
        "\n**Mayor Ortega accuses Halden Roofing**\n"
        "Mayor Ortega accused Halden Roofing of using cheap seals. **[1]**\n"
        "*denial by Halden Roofing:* Halden Roofing denied it. **[2]**\n"
        "**Sources**\n**[1]** Minutes · City Archive · 2 Dec 2024 · "
        "[open](<https://example.org/minutes.pdf>)\n"
    ) in text
    assert text.count("accuses Halden Roofing") == 1


def test_what_is_no_plain_fact_says_so_in_words_and_comes_last(tmp_path):
    text = first_page(tmp_path, KINDS)
    order = [
        "**Ada Lowe accuses Quill**",
        "*denial by Quill:*",
        "**Ben Moss accuses Quill, by implication**\n*implied, not said in so many words:*",
        "**Cato Ray: no accusation against Quill**\n*says that it did not happen",
        "**Dora Fell accuses Quill (only supposed)**\n*only supposed",
    ]
    assert all(text.index(one) < text.index(other) for one, other in pairwise(order))


def test_parties_with_names_come_before_it_and_we(tmp_path):
    text = "It accused Halden Roofing of haste. Ada Lowe accused Ben Quill of fraud."
    page = first_page(tmp_path, {"a.txt": text})
    named, unnamed = "**Ada Lowe accuses Ben Quill**", "accuses Halden Roofing**"
    assert 0 < page.index(named) < page.index(unnamed)


def test_a_reprint_is_counted_once_and_named(tmp_path):
    sentence = "Ada Lowe accused Quill of theft in the old mill on Friday."
    text = first_page(tmp_path, {"a.txt": sentence, "b.txt": f"Again: {sentence}"})
    assert text.startswith("### 1 report:")
    assert text.endswith("-# also in: B")


def test_the_options_narrow_what_is_shown(tmp_path):
    async def scenario():
        async with world(tmp_path, KINDS | ROOF) as w:
            about = await shown(w, about="arson")
            speaker = await shown(w, speaker="Mayor Ortega", collection="museum", since="2024-02")
            denials = await shown(w, stance="denials")
            return [text_of(r.response) for r in (about, speaker, denials)], w.answerer.wanted

    (about, speaker, denials), wanted = run(scenario)
    assert about.startswith("### 1 report: accusations, criticism and denials about arson\n")
    assert "by Mayor Ortega since 2024-02 in museum\n" in speaker
    assert "-# Documents without a date are left out." in speaker
    assert wanted[1].filters.since == "2024-02"
    assert denials.startswith("### 2 reports: denials") and "accuses" not in denials
    assert wanted[2].stances == {Stance.DENY}


def test_the_denial_of_a_target_stands_beside_the_accusation(tmp_path):
    text = first_page(tmp_path, KINDS, target="Quill", about="theft")
    assert text.index("**Ada Lowe accuses Quill**") < text.index("*denial by Quill:*")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"speaker": "Nobody*"}, "I found nothing: no accusation, criticism or denial by Nobody"),
        ({"stance": "criticism", "target": "Quill"}, "I found nothing: no criticism towards Quill"),
        ({"collection": "x*"}, "There is no collection x\\*."),
    ],
)
def test_nothing_is_answered_with_a_sentence(tmp_path, options, sentence):
    assert first_page(tmp_path, ROOF, **options).startswith(sentence)


@pytest.mark.parametrize("option", ["since", "until"])
def test_a_date_that_is_none_is_explained_to_the_asker_alone(tmp_path, option):
    async def scenario():
        async with world(tmp_path) as w:
            return await shown(w, **{option: "2023-02-29"}), w.answerer.wanted

    result, wanted = run(scenario)
    assert result.ephemeral and "is not a date" in result.response.content
    assert wanted == []


def test_no_index_and_a_bug_are_answered(tmp_path, caplog):
    async def scenario():
        async with world(tmp_path, texts=None) as w:
            empty = await shown(w)
            w.answerer.error = RuntimeError("secret detail")
            return text_of(empty.response), text_of((await shown(w)).response)

    empty, bug = run(scenario)
    assert empty.startswith("Nothing has been indexed yet.")
    assert "Something went wrong on my side." in bug and "secret" not in bug


def test_a_foreign_server_learns_nothing(tmp_path):
    async def scenario():
        async with world(tmp_path, guilds={1}) as w:
            suggested = await w.alice.autocomplete(w.channel, "accusations", "speaker", "")
            return await shown(w), suggested, w.answerer.wanted

    result, suggested, wanted = run(scenario)
    assert result.ephemeral and "I do not answer in this server." in result.response.content
    assert (suggested, wanted) == ([], [])


def test_a_user_who_asks_again_too_soon_is_told_when(tmp_path):
    async def scenario():
        async with world(tmp_path, cooldown=60) as w:
            await shown(w)
            return await shown(w)

    result = run(scenario)
    assert result.ephemeral and "you can ask again in" in result.response.content


def test_a_long_list_is_paged_and_each_page_names_who_is_meant(tmp_path):
    async def scenario():
        async with world(tmp_path, MANY) as w:
            message = (await shown(w)).response
            texts = [text_of(message)]
            await w.env.restart_bot()
            while more := buttons(message).get("More"):
                turned = await w.boss.click(message, custom_id=more["custom_id"])
                message = turned.response or message
                texts.append(text_of(message))
            return texts

    texts = run(scenario)
    assert len(texts) > 5
    assert all("**Ada Lowe accuses Quill Roofing**\nAda Lowe" in text for text in texts)
    whole = "\n".join(texts)
    assert [int(n) for n in re.findall(r"leaving hole (\d+) open", whole)] == list(range(60))


def test_an_accusation_opens_in_its_document(tmp_path):
    async def scenario():
        async with world(tmp_path) as w:
            result = await shown(w)
            read = buttons(result.response)["Read [2]"]["custom_id"]
            return text_of((await w.boss.click(result.response, custom_id=read)).response)

    assert "cheap seals. **Halden Roofing denied it.**" in run(scenario)


def test_a_list_of_a_part_says_what_it_is_a_part_of(tmp_path):
    texts = {f"{n:03}.txt": f"Ada{n} accused Quill of theft {n}." for n in range(201)}
    texts = {path: re.sub(r"Ada\d+", f"Ada {'ABCDEFGHIJ'[i % 10]}x", text)
             for i, (path, text) in enumerate(texts.items())}  # fmt: skip
    assert "-# The first 200 of 201 entries." in first_page(tmp_path, texts)


@pytest.mark.parametrize(
    ("option", "typed", "names"),
    [
        ("speaker", "ortega", ["Mayor Ortega"]),
        ("speaker", "", ["Mayor Ortega", "Halden Roofing"]),
        ("target", "hal", ["Halden Roofing"]),
        ("target", "zz", []),
    ],
)
def test_parties_are_suggested(tmp_path, option, typed, names):
    async def scenario():
        async with world(tmp_path) as w:
            return await w.alice.autocomplete(w.channel, "accusations", option, typed)

    assert [choice["value"] for choice in run(scenario)] == names


def test_suggestions_keep_to_discords_limits(tmp_path):
    texts = {"a.txt": " ".join(f"A{'b' * n} accused Quill of theft." for n in range(80, 130))}

    async def scenario():
        async with world(tmp_path, texts) as w:
            return await w.alice.autocomplete(w.channel, "accusations", "speaker", "")

    choices = run(scenario)
    assert 0 < len(choices) <= 25
    assert max(len(choice["name"]) for choice in choices) == 100


@pytest.mark.parametrize("error", [ModelError("No model."), RuntimeError("a bug")])
def test_a_failure_suggests_nothing(tmp_path, error):
    async def scenario():
        async with world(tmp_path) as w:
            w.answerer.error = error
            return await w.alice.autocomplete(w.channel, "accusations", "speaker", "a")

    assert run(scenario) == []


def test_a_slow_index_suggests_nothing_rather_than_late(monkeypatch):
    monkeypatch.setattr("bot.accusations._COMPLETION_SECONDS", 0.05)
    answerer = FakeAnswerer(ROOF)
    answerer.gate.clear()

    async def scenario():
        questions = Questions(answerer)
        try:
            typing = SimpleNamespace(namespace=SimpleNamespace())
            access = Access(frozenset(), frozenset())
            accusations = Accusations(None, questions, Ongoing(), access, None)
            return await accusations.suggest_speakers(typing, "a")
        finally:
            answerer.gate.set()
            await questions.close(5)

    assert run(scenario) == []


@pytest.mark.parametrize("permission", [None, "attach_files"])
def test_the_picture_comes_with_its_words(tmp_path, permission):
    async def scenario():
        async with world(tmp_path) as w:
            if permission:
                w.channel = w.guild.create_text_channel("closed", overwrites=deny(w, permission))
            return (await shown(w, picture=True)).response

    message = run(scenario)
    (picture,) = message.attachments
    assert picture.filename == "who-accuses-whom.png"
    assert picture.description == (
        "A graph of who accuses whom: Mayor Ortega accuses Halden Roofing; "
        "Halden Roofing denies it to Mayor Ortega."
    )
    assert "**Mayor Ortega accuses Halden Roofing**" in text_of(message)


def test_where_nothing_can_be_drawn_the_list_stays_and_a_sentence_says_why(tmp_path):
    async def scenario():
        async with world(tmp_path, {"a.txt": "Ada Lowe never accused Quill of theft."}) as w:
            result = await shown(w, picture=True)
            return text_of(result.response)

    text = run(scenario)
    assert text.startswith("### 1 report:")
    assert text.endswith("There is nothing to draw: nobody who is named accuses anybody here.")


def test_a_picture_of_many_has_an_alt_text_that_discord_takes():
    names = {str(n): f"Party number {n}" for n in range(60)}
    arrows = tuple(Arrow(str(n), str((n + 1) % 60), Relation.ACCUSES, 1) for n in range(60))
    picture = picture_of(Graph(names, arrows))
    assert picture.png.startswith(b"\x89PNG")
    assert width(picture.alt_text) <= LONGEST_ALT_TEXT and picture.alt_text.endswith("…")


def test_the_real_ledger_is_shown(write, index, answerer):
    write(
        "minutes.md",
        "Mayor Ortega accused Halden Roofing of using cheap seals on the museum's roof.\n\n"
        "Halden Roofing denied the accusation.\n\nThe council asked for a report by March.\n",
    )
    index()
    found = read_findings(answerer, Wanted(stances=frozenset([Stance.ACCUSE, Stance.DENY])))
    assert [one.heading for one in found.statements] == ["Mayor Ortega accuses Halden Roofing"] * 2
    assert [one.note for one in found.statements] == ["", "denial by Halden Roofing"]
    text = answerer.document("minutes.md").text
    assert all(text[c.start : c.end] == c.quote for c in found.citations)
    assert [one.name for one in answerer.speakers("ort")] == ["Mayor Ortega"]
    assert picture_of(answerer.graph(Wanted())).alt_text.startswith("A graph of who accuses whom")


def test_words_of_another_generation_are_never_quoted():
    class Replaced(FakeAnswerer):
        reads = 0

        def attributions(self, wanted, limit=None, offset=0):
            found = super().attributions(wanted, limit, offset)
            self.reads += 1
            self.texts = {"a.txt": "x" * self.reads + "Ada Lowe accused Quill of theft."}
            return found

    with pytest.raises(RefusedError, match="just been replaced"):
        read_findings(Replaced({"a.txt": "Ada Lowe accused Quill of theft."}), Wanted())
