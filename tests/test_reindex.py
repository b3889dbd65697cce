import hashlib
import json
import subprocess
import sys

import pytest

from index.errors import AscribeError, SettingsError
from index.generations import Generations
from index.types import Filters
from tests.files import docx_of, pdf_of_lines, word_paragraph

NAMES = ["Ada", "Ben", "Cleo", "Dov", "Edda", "Finn", "Gus", "Hana", "Ivo", "Juno"]


def report(number):
    name = f"{NAMES[number % 10]} Number{number}"
    return f"Report {number}.\n\n{name} said that the river rose by {number} inches in ward {number}.\n"


def outside_chroma(data):
    return {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in data.rglob("*")
        if path.is_file() and "chroma" not in path.parts
    }


def test_only_what_is_new_is_embedded_and_what_is_gone_is_never_found_again(
    write, index, settings, answerer
):
    for number in range(200):
        write(f"{number:03}.txt", report(number))
    first = index()
    assert (first.added, first.embedded, first.passages) == (200, 200, 200)
    assert first.check.recall == 1.0

    write("007.txt", report(7) + "\n\nThe mayor resigned in the evening of the same day.\n")
    (settings.corpus_dir / "011.txt").unlink()
    write("new.txt", "A pelican was seen on the weir.\n")
    second = index()
    assert (second.added, second.edited, second.removed, second.unchanged) == (1, 1, 1, 198)
    assert second.embedded == 2
    assert answerer.answer("What was seen on the weir?").citations[0].source.document == "new.txt"
    question = "By how many inches did the river rise in ward 11?"
    assert all(hit.source.document != "011.txt" for hit in answerer.search(question, count=100))

    before = outside_chroma(settings.data_dir)
    third = index()
    assert not third.changed
    assert third.generation == second.generation
    assert outside_chroma(settings.data_dir) == before


def test_an_unchanged_corpus_loads_neither_torch_nor_chroma(write, index, settings):
    write("a.txt", report(1))
    index()
    code = (
        "import sys; from index.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'torch', 'chromadb', 'sentence_transformers', 'onnxruntime', 'spacy'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    folders = ["--corpus", str(settings.corpus_dir), "--data", str(settings.data_dir)]
    done = subprocess.run(
        [sys.executable, "-c", code, "reindex", *folders, "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    result, modules = done.stdout.splitlines()
    assert json.loads(result)["changed"] is False
    assert modules == "[]"


def test_a_moved_text_is_not_embedded_again(write, index, settings):
    path = write("a.txt", report(1))
    index()
    path.rename(settings.corpus_dir / "b.txt")
    moved = index()
    assert (moved.added, moved.removed, moved.embedded) == (1, 1, 0)


def test_a_messy_corpus_is_indexed_but_for_what_cannot_be_read(write, index, answerer):
    write("locked.pdf", pdf_of_lines([(72, 72, "A secret.")], password="hunter2"))
    write("empty.txt", b"")
    write("cut.docx", docx_of(word_paragraph("A long report on the weir."))[:400])
    write("wide.txt", "The heron left the weir on Friday.".encode("utf-16"))
    write("line.txt", " ".join(f"Gauge {n} showed {n * 7} inches." for n in range(3_000)))
    for copy in range(60):
        write(f"copies/{copy:02}.txt", "The lock keeper blamed the mill for the flood.")
    write("📎 notes 🦆.txt", "A duck nested in the sluice gate.")
    found = index()
    reasons = dict(found.failed)
    assert reasons.keys() == {"locked.pdf", "empty.txt", "cut.docx"}
    assert "password" in reasons["locked.pdf"]
    assert all(reasons.values())
    assert found.added == 63
    assert found.check.recall == 1.0
    assert answerer.answer("When did the heron leave?").citations[0].source.document == "wide.txt"
    assert answerer.answer("Where did a duck nest?").citations[0].source.document.startswith("📎")
    blamed = answerer.answer("Whom did the lock keeper blame for the flood?").citations[0]
    assert len(blamed.also_in) == 59
    assert (
        answerer.answer("What did gauge 2999 show?").citations[0].quote
        == "Gauge 2999 showed 20993 inches."
    )


def test_a_failed_file_is_not_tried_again_until_it_changes(write, index):
    write("good.txt", report(1))
    write("bad.pdf", b"%PDF-1.4 not really")
    assert [path for path, _ in index().failed] == ["bad.pdf"]
    again = index()
    assert not again.changed
    assert [path for path, _ in again.failed] == ["bad.pdf"]
    write("bad.pdf", pdf_of_lines([(72, 72, "The pelican came back.")]))
    assert index().failed == ()


def test_a_citation_of_a_pdf_names_the_page_of_its_quote(write, index, answerer):
    lines = ["The chair opened.", "The weir fund holds 900 pounds.", "The end."]
    write("minutes.pdf", pdf_of_lines(*([(72, 72, line)] for line in lines)))
    index()
    citation = answerer.answer("How much does the weir fund hold?").citations[0]
    assert citation.quote == "The weir fund holds 900 pounds."
    assert citation.page == 2


def test_an_empty_corpus_says_what_to_do(index, settings):
    with pytest.raises(AscribeError, match="There are no documents") as caught:
        index()
    assert "ascribe reindex" in caught.value.user_message
    settings.corpus_dir.rmdir()
    with pytest.raises(SettingsError, match="no corpus folder"):
        index()


def test_an_emptied_corpus_leaves_the_index_until_it_is_told_twice(write, index, answerer):
    path = write("a.txt", "The heron left on Friday.")
    index()
    path.unlink()
    with pytest.raises(AscribeError, match="still answers"):
        index()
    assert answerer.answer("When did the heron leave?").found
    index(rebuild=True)
    assert not answerer.answer("When did the heron leave?").found


def test_removed_words_are_gone_from_the_disk_with_the_last_generation_that_had_them(
    write, index, settings
):
    path = write("a.txt", "The quixotic zeppelin burned.")
    write("b.txt", "The weir is closed.")
    index()
    path.unlink()
    index()
    write("b.txt", "The weir is open.")
    index()
    assert Generations(settings.data_dir).names() == ["000002", "000003"]
    on_disk = b"".join(p.read_bytes() for p in settings.data_dir.rglob("*sqlite3*") if p.is_file())
    assert b"zeppelin" not in on_disk


def test_a_corpus_that_is_not_english_is_indexed_with_a_notice(write, settings):
    from index.corpus import FolderCorpus
    from index.progress import Silence
    from index.reindex import reindex

    class Listener(Silence):
        heard = ""

        def log(self, level, message):
            self.heard += message

    write(
        "a.txt",
        "Der Gemeinderat hat gestern beschlossen, das undichte Dach des Museums im Herbst zu erneuern. "
        "Die Kosten trägt die Stadt, sagte die Bürgermeisterin nach der Sitzung am späten Abend. "
        * 3,
    )
    listener = Listener()
    assert reindex(settings, FolderCorpus(settings.corpus_dir), listener).added == 1
    assert "ASCRIBE_EMBEDDER" in listener.heard
    assert "de" in listener.heard


def test_a_filter_by_folder_works_above_and_below_the_exact_limit(
    write, index, answerer, monkeypatch
):
    for number in range(30):
        write(f"{'inner' if number % 10 == 0 else 'outer'}/{number}.txt", report(number))
    index()
    question, filters = "Who spoke about the river?", Filters(collection="inner")
    exact = answerer.search(question, filters)
    monkeypatch.setattr("index.search._EXACT_UP_TO", 0)
    wide = answerer.search(question, filters)
    assert len(exact) == 3
    assert [hit.source for hit in wide] == [hit.source for hit in exact]


def test_a_file_of_somebody_else_beside_the_models_disturbs_nothing(write, index, settings):
    write("a.txt", report(1))
    index()
    note = settings.data_dir / "models" / "note.txt"
    note.write_text("mine")
    write("b.txt", report(2))
    assert index().added == 1
    assert note.read_text() == "mine"


def test_an_index_of_another_version_is_built_again_without_being_told(
    write, index, answerer, monkeypatch
):
    write("a.txt", report(1))
    with monkeypatch.context() as earlier:
        earlier.setattr("index.catalog.CATALOG_VERSION", 1)
        earlier.setattr("index.reindex.CATALOG_VERSION", 1)
        index()
    again = index()
    assert again.changed
    assert again.embedded == 0
    assert answerer.search("river")
