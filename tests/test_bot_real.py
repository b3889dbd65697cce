import asyncio
import signal

import psutil
import pytest

from tests.loopback.bot import UNCHANGED, connected
from tests.loopback.world import ALL_PERMISSIONS

pytest.importorskip("index.wiring")

MINUTES = """---
title: Minutes of the council
publisher: City Archive
published: 2024-12-02
url: https://archive.example/minutes
---
Mayor Ortega accused Halden Roofing of using cheap seals on the museum's roof.
The council asked for a report by March.
"""
LETTER = "The museum's director thanked the volunteers who carried paintings to the cellar.\n"


async def finished(discord, name, **options):
    permissions = ALL_PERMISSIONS if name == "reindex" else 0
    interaction = await discord.slash(name, permissions=permissions, **options)
    await discord.until(
        lambda: interaction.answered and not interaction.text.startswith("**Reindexing**"), 120
    )
    return interaction.text


def test_from_an_empty_index_to_an_answer_and_on_to_a_new_document(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "minutes.md").write_text(MINUTES)

    async def scenario():
        async with connected(tmp_path, program=UNCHANGED, ASCRIBE_CORPUS_DIR=str(corpus)) as (
            discord,
            _,
        ):
            texts = [await finished(discord, "ask", question="Who accused Halden Roofing?")]
            texts.append(await finished(discord, "reindex"))
            texts.append(await finished(discord, "ask", question="Who accused Halden Roofing?"))
            (corpus / "letter.txt").write_text(LETTER)
            texts.append(await finished(discord, "reindex"))
            texts.append(await finished(discord, "ask", question="Who carried the paintings?"))
            texts.append(await finished(discord, "reindex"))
            texts.append(await finished(discord, "sources"))
            return texts

    empty, first, accused, second, carried, third, sources = asyncio.run(scenario())
    assert empty.startswith("Nothing has been indexed yet.")
    assert first.startswith("**Reindexed**: 1 document, ")
    assert "Mayor Ortega accused Halden Roofing of using cheap seals" in accused
    assert "**[1]** Minutes of the council · City Archive · 2 Dec 2024" in accused
    assert "[open](<https://archive.example/minutes>)" in accused
    assert "1 added" in second
    assert "carried paintings to the cellar" in carried
    assert third.startswith("**Nothing has changed**")
    assert sources.startswith("### 2 documents\n")


def test_the_bot_ends_its_reindex_with_itself(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(400):
        (corpus / f"{number}.md").write_text(f"# Sheet {number}\n\n" + f"Number {number}. " * 200)

    async def scenario():
        async with connected(tmp_path, program=UNCHANGED, ASCRIBE_CORPUS_DIR=str(corpus)) as (
            discord,
            bot,
        ):
            reindex = await discord.slash("reindex", permissions=ALL_PERMISSIONS)
            await discord.until(lambda: reindex.acknowledged and "Reindexing" in reindex.text, 120)
            children = psutil.Process(bot.process.pid).children(recursive=True)
            bot.process.send_signal(signal.SIGTERM)
            return await bot.ended(), reindex.text, children

    status, text, children = asyncio.run(scenario())
    assert status == 0
    assert text.startswith("The reindex was stopped.")
    assert children and not any(process.is_running() for process in children)
    assert not (tmp_path / "CURRENT").exists()


def test_who_accuses_whom_is_listed_from_the_real_ledger(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "minutes.md").write_text(MINUTES)

    async def scenario():
        async with connected(tmp_path, program=UNCHANGED, ASCRIBE_CORPUS_DIR=str(corpus)) as (
            discord,
            _,
        ):
            texts = [await finished(discord, "accusations")]
            await finished(discord, "reindex")
            texts.append(await finished(discord, "accusations", target="halden"))
            return texts

    empty, listed = asyncio.run(scenario())
    assert empty.startswith("Nothing has been indexed yet.")
    assert "**Mayor Ortega accuses Halden Roofing**\nMayor Ortega accused Halden Roofing" in listed
    assert "**[1]** Minutes of the council" in listed
