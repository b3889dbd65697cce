import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

import index.__main__ as command_line
from index import extraction
from index.catalog import Catalog
from index.corpus import FolderCorpus
from index.errors import CancelledError
from index.generations import CATALOG, Generations
from index.progress import Silence
from index.reindex import reindex

ROOT = Path(__file__).parents[1]
STORY = "Ada Lowe accused Quill Roofing of theft.\n\nQuill Roofing denied the theft. 😀\n"
GERMAN = (
    "Die Stadträtin warf dem Bürgermeister gestern in der Sitzung des Ausschusses vor, er habe den"
    " Auftrag ohne Ausschreibung an den billigsten Anbieter vergeben."
)
SPANS = {"start", "end", "text"}


@pytest.fixture
def ascribe(monkeypatch, capsys):
    """Runs a command in this process: (status, stdout, stderr)."""

    def ascribe(*arguments):
        monkeypatch.setattr(sys, "argv", ["ascribe", *map(str, arguments)])
        for stream in (sys.stdout, sys.stderr):
            monkeypatch.setattr(stream, "reconfigure", lambda **_: None, raising=False)
        try:
            command_line.main()
            status = 0
        except SystemExit as end:
            status = end.code
        return (status, *capsys.readouterr())

    return ascribe


def test_extract_prints_a_line_a_file_in_sorted_order_with_verbatim_spans(ascribe, tmp_path):
    folder = tmp_path / "texts"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.txt").write_text(STORY, "utf-8")
    (folder / "a.txt").write_text("The heron left.", "utf-8")
    (folder / "sub" / "c.md").write_text(STORY, "utf-8")
    (folder / "d.txt").write_text(GERMAN, "utf-8")
    (folder / "e.pdf").write_bytes(b"no pdf")
    status, out, err = ascribe("extract", folder, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [row["document"] for row in rows] == ["a.txt", "b.txt", "d.txt", "sub/c.md"]
    assert "d.txt: not in English" in err
    assert "e.pdf:" in err
    assert rows[0]["attributions"] == rows[2]["attributions"] == []
    accused, denied = rows[1]["attributions"]
    assert (accused["speaker"]["text"], accused["target"]["text"]) == ("Ada Lowe", "Quill Roofing")
    assert (accused["stance"], denied["stance"]) == ("accuse", "deny")
    for found in (accused, denied):
        for span in [found["speaker"], found["cue"], *found["content"]]:
            assert span.keys() - {"name"} == SPANS
            assert STORY[span["start"] : span["end"]] == span["text"]


def test_extract_of_one_file_calls_it_by_its_name_and_people_get_a_line_each(ascribe, tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(STORY, "utf-8")
    status, out, _ = ascribe("extract", path)
    assert status == 0
    assert out.splitlines()[:2] == ["one.txt", "  Ada Lowe accuses Quill Roofing: theft"]


def test_extract_of_nothing_is_told(ascribe, tmp_path):
    assert ascribe("extract", tmp_path)[0] == 1
    assert ascribe("extract", tmp_path / "missing")[0] == 2


def test_the_ledger_is_listed_filtered_and_exported(ascribe, write, index, settings, tmp_path):
    write("news/one.txt", STORY)
    write("wire/two.txt", STORY)
    write("news/formula.txt", "=SUM Limited accused Ada Lowe of theft.\n")
    report = index()
    data = ("--data", settings.data_dir)
    status, out, err = ascribe("attributions", *data, "--json", "--speaker", "lowe")
    rows = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [(row["document"], row["also_in"]) for row in rows] == [
        ("news/one.txt", ["wire/two.txt"])
    ]
    assert rows[0].keys() == {
        "id", "document", "speaker", "cue", "target", "content", "sentence", "stance", "explicit",
        "negated", "hypothetical", "also_in",
    }  # fmt: skip
    assert json.loads(ascribe("status", *data, "--json")[1])["attributions"] == report.attributions

    paged = ascribe(
        "attributions", *data, "--json", "--limit", 1, "--offset", 1, "--stance", "accuse"
    )
    assert [json.loads(line) for line in paged[1].splitlines()] == rows
    shown = ascribe("attributions", *data, "--stance", "accuse", "--target", "Quill")[1]
    assert "Ada Lowe accuses Quill Roofing: theft" in shown
    assert "    also in wire/two.txt\n" in shown
    assert shown.endswith("1 of 1 attribution (2 with reprints).\n")
    assert ascribe("attributions", *data, "--speaker", "Nobody")[1] == "Nothing matches.\n"
    assert "2024-13" in ascribe("attributions", *data, "--since", "2024-13")[2]

    table, text, picture = (tmp_path / name for name in ("t.csv", "t.md", "t.svg"))
    status, out, err = ascribe(
        "attributions", *data, "--csv", table, "--markdown", text, "--graph", picture
    )
    assert (status, out) == (0, "")
    assert "2 parties" in err or "3 parties" in err
    with table.open(encoding="utf-8-sig", newline="") as file:
        exported = list(csv.DictReader(file))
    assert len(exported) == 3
    assert {row["also_in"] for row in exported} == {"", "wire/two.txt"}
    assert not any(v.startswith(("=", "+", "-", "@")) for row in exported for v in row.values())
    assert exported[-1]["sentence"] in " ".join(STORY.split())
    assert "- Ada Lowe accused Quill Roofing of theft. [^" in text.read_text("utf-8")
    assert picture.read_text("utf-8").startswith("<?xml")

    missing = tmp_path / "no" / "t.csv"
    status, _, err = ascribe("attributions", *data, "--csv", missing)
    assert status == 1
    assert "cannot be written" in err


def test_documents_in_other_languages_are_indexed_and_noted(write, index, answerer):
    write("a.txt", STORY)
    write("de.txt", GERMAN)
    report = index()
    (note,) = report.notes
    assert note.startswith("1 of 2 documents are not in English (de)")
    assert {hit.source.document for hit in answerer.search("Auftrag")} >= {"de.txt"}


def test_a_document_is_parsed_once_and_spacy_loaded_only_for_that(write, index, settings):
    write("a.txt", STORY)
    first = index()
    write("b.txt", "The heron left the weir on Friday.")
    code = (
        "import sys; from index.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('LOADED' if 'spacy' in sys.modules else 'CLEAN')"
    )
    folders = ("--corpus", str(settings.corpus_dir), "--data", str(settings.data_dir))

    def run():
        return subprocess.run(
            [sys.executable, "-c", code, "reindex", "--json", *folders],
            capture_output=True, text=True, check=True, cwd=ROOT,
        ).stdout.splitlines()  # fmt: skip

    report, loaded = run()
    assert loaded == "LOADED"
    assert json.loads(report)["attributions"] == first.attributions
    (settings.corpus_dir / "b.txt").unlink()
    report, loaded = run()
    assert loaded == "CLEAN"
    assert json.loads(report)["attributions"] == first.attributions


def test_a_stop_comes_at_the_next_document_and_what_was_parsed_is_kept(write, settings):
    for number in range(4):
        write(f"{number}.txt", f"Ada Lowe accused Quill Roofing of theft number {number}.\n")
    steps = []

    class Steps(Silence):
        def stage(self, stage, done, total):
            if stage == "parse":
                steps.append((done, total))

    with pytest.raises(CancelledError):
        reindex(
            settings,
            FolderCorpus(settings.corpus_dir),
            Steps(),
            stopped=lambda: (6, 8) in steps,
        )
    assert steps[-1] == (6, 8)
    steps.clear()
    report = reindex(settings, FolderCorpus(settings.corpus_dir), Steps())
    assert report.attributions == 4
    assert (6, 8) in steps and (5, 8) not in steps
    assert steps[-1] == (8, 8)


def test_a_removed_document_leaves_nothing_in_the_cache(write, index, settings):
    write("a.txt", "The heron left.")
    secret = write("b.txt", "Ada Lowe accused Zebediah Quill of theft.")
    index(), secret.unlink(), index()
    write("c.txt", "The heron came back.")
    index()
    generations = Generations(settings.data_dir)
    catalog = Catalog(generations.folder(generations.live()) / CATALOG)
    assert catalog.rows("SELECT count(*) FROM attributions")[0][0] == 0
    assert catalog.rows("SELECT count(*) FROM parties")[0][0] == 0
    catalog.close()
    assert b"Zebediah" not in (settings.data_dir / "cache.sqlite3").read_bytes()


class Stumbling:
    """Reads like the extractor, but fails on some documents."""

    def extract_many(self, documents):
        for document in documents:
            yield self.extract(document)

    def extract(self, document):
        if "bad" in document.text:
            raise ZeroDivisionError
        return []


def test_a_fault_in_one_document_costs_that_document_only(monkeypatch):
    from tests.ledger_kit import document

    monkeypatch.setattr("index.attributions.AttributionExtractor", Stumbling)
    documents = [document(f"{i}.txt", "bad" if i in (1, 40) else "good") for i in range(50)]
    found = list(extraction.extracted(documents))
    assert [d.id for d, _ in found] == [d.id for d in documents]
    assert [d.id for d, attributions in found if attributions is None] == ["1.txt", "40.txt"]


def test_the_version_changes_with_the_extractor():
    assert extraction.extraction_version() == extraction.extraction_version()
    assert len(extraction.extraction_version()) > 16


def test_extracting_loads_no_torch(tmp_path):
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    code = (
        "import sys; from index.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('spacy' in sys.modules, 'torch' in sys.modules)\n"
        "import torch; print(torch.ones(1).item())"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, "extract", str(tmp_path / "a.txt")],
        capture_output=True, text=True, check=True, cwd=ROOT,
    ).stdout.splitlines()  # fmt: skip
    assert out[-2:] == ["True False", "1.0"]
