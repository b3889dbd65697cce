import os
import random
import shutil
import sqlite3

import pytest

from index.corpus import FolderCorpus
from index.embedder import ExportedEmbedder
from index.errors import AscribeError, IndexDamagedError, ModelError
from index.generations import Generations, Manifest, check_files
from index.progress import Silence
from index.reindex import reindex
from index.settings import load_settings
from index.wiring import open_answerer
from tests.storage_kit import copy_index, open_answerer_with

QUESTION = "What did gauge 7 show?"
SMALL, LARGE = 12, 1_100
"""Above 1,000 texts Chroma keeps its vectors in other files."""


def write(corpus, count, factor):
    for number in range(count):
        (corpus / f"{number:04}.txt").write_text(f"Gauge {number} showed {number * factor} inches.")


@pytest.fixture(scope="module", params=[SMALL, LARGE])
def base(request, tmp_path_factory, exported_models):
    """Two generations: gauge 7 showed 77 inches in the first and 91 in the second."""
    root = tmp_path_factory.mktemp(f"damage{request.param}")
    (root / "corpus").mkdir()
    settings = load_settings(corpus_dir=root / "corpus", data_dir=root / "data")
    shutil.copytree(exported_models, settings.data_dir / "models", copy_function=os.link)
    write(settings.corpus_dir, request.param, 11)
    reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    write(settings.corpus_dir, 10, 13)
    reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    return settings


@pytest.fixture(scope="module")
def embedder(exported_models):
    return ExportedEmbedder(next(exported_models.iterdir()))


def damaged_copy(base, root):
    copy_index(base.data_dir, root / "data")
    return load_settings(corpus_dir=base.corpus_dir, data_dir=root / "data")


def replace(path, content):
    """Writes a file anew, since it may be a link to the one of all tests."""
    path.unlink()
    path.write_bytes(content)


def flip(path, chance):
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    replace(path, bytes(content))


def files_of(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def test_a_flipped_byte_in_any_file_of_the_live_generation_gives_no_wrong_answer(
    base, embedder, tmp_path
):
    chance = random.Random(3)
    live = base.data_dir / "generations" / "000002"
    noticed = set()
    large = base.corpus_dir.parent.name.startswith(f"damage{LARGE}")
    files = files_of(live) * (1 if large else 3)
    for number, file in enumerate([*files, base.data_dir / "CURRENT"]):
        settings = damaged_copy(base, tmp_path / str(number))
        flip(settings.data_dir / file.relative_to(base.data_dir), chance)
        answerer = open_answerer_with(settings.data_dir, embedder)
        answer = answerer.answer(QUESTION)
        truth = {"000001": "Gauge 7 showed 77 inches.", "000002": "Gauge 7 showed 91 inches."}
        assert answer.statements[0].text == truth[answer.generation], file
        if answer.generation == "000001" and file.name != "CURRENT":
            assert "Run: ascribe reindex" in answer.notices[0]
            noticed.add(file.name)
        assert reindex(settings, FolderCorpus(settings.corpus_dir), Silence()).embedded == 0
        again = answerer.answer(QUESTION)
        assert again.statements[0].text == truth["000002"]
        assert again.notices == ()
        answerer.close()
        shutil.rmtree(tmp_path / str(number))
    assert {"catalog.sqlite3", "manifest.json"} <= noticed
    if large:
        assert {"data_level0.bin", "header.bin", "link_lists.bin"} <= noticed


def test_a_changed_vector_is_noticed_though_the_database_is_sound(base, tmp_path):
    settings = damaged_copy(base, tmp_path)
    folder = settings.data_dir / "generations" / "000002"
    check_files(folder)
    with sqlite3.connect(folder / "chroma" / "chroma.sqlite3") as database:
        database.execute(
            "UPDATE embeddings_queue SET vector = zeroblob(length(vector))"
            " WHERE seq_id = (SELECT max(seq_id) FROM embeddings_queue)"
        )
    database.close()
    with pytest.raises(IndexDamagedError, match=r"chroma\.sqlite3"):
        check_files(folder)


@pytest.mark.parametrize("name", ["catalog.sqlite3", "manifest.json", "chroma/chroma.sqlite3"])
def test_a_missing_file_is_damage_and_is_repaired(base, embedder, tmp_path, name):
    settings = damaged_copy(base, tmp_path)
    (settings.data_dir / "generations" / "000002" / name).unlink()
    answerer = open_answerer_with(settings.data_dir, embedder)
    assert answerer.answer(QUESTION).generation == "000001"
    repaired = reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    assert repaired.changed
    assert answerer.answer(QUESTION).statements[0].text == "Gauge 7 showed 91 inches."
    answerer.close()


@pytest.fixture
def small(settings, write, index):
    write("a.txt", "Gauge 7 showed 91 inches.")
    index()
    return settings


@pytest.mark.parametrize(
    "name",
    ["encoder.onnx", "encoder.onnx.data", "tokenizer.json", "embedder.json", "checksums.json"],
)
def test_a_flipped_byte_in_the_exported_model_is_a_sentence(small, name):
    model = next((small.data_dir / "models").iterdir())
    flip(model / name, random.Random(4))
    answerer = open_answerer(small)
    with pytest.raises(ModelError, match="ascribe reindex"):
        answerer.answer(QUESTION)
    answerer.close()


def test_a_damaged_model_is_made_again_by_the_next_reindex(small, index):
    model = next((small.data_dir / "models").iterdir())
    flip(model / "encoder.onnx.data", random.Random(5))
    again = index()
    assert (again.changed, again.embedded) == (True, 0)
    answerer = open_answerer(small)
    assert answerer.answer(QUESTION).found
    answerer.close()
    assert not index().changed


def test_damage_to_vectors_alone_reports_no_document_as_new(small, index):
    database = small.data_dir / "generations" / "000001" / "chroma" / "chroma.sqlite3"
    replace(database, database.read_bytes()[:5000])
    again = index()
    assert (again.changed, again.added, again.unchanged) == (True, 0, 1)


@pytest.mark.parametrize("content", [b"", b"000099\n", b"\xff\xfe", b"seven"])
def test_a_damaged_current_answers_from_the_newest_and_is_mended(small, write, index, content):
    write("a.txt", "Gauge 7 showed 93 inches.")
    index()
    replace(small.data_dir / "CURRENT", content)
    answerer = open_answerer(small)
    answer = answerer.answer(QUESTION)
    assert answer.statements[0].text == "Gauge 7 showed 93 inches."
    assert answer.notices
    assert not index().changed
    assert (small.data_dir / "CURRENT").read_bytes() == b"000002\n"
    assert answerer.answer(QUESTION).notices == ()
    answerer.close()


def test_a_damaged_generation_goes_before_one_that_can_be_rolled_back_to(small, write, index):
    write("a.txt", "Gauge 7 showed 93 inches.")
    index()
    (small.data_dir / "generations" / "000002" / "catalog.sqlite3").write_bytes(b"broken")
    write("a.txt", "Gauge 7 showed 95 inches.")
    index()
    generations = Generations(small.data_dir)
    assert generations.names() == ["000001", "000003"]
    assert generations.roll_back() == "000001"


def test_damage_everywhere_is_a_sentence_that_says_what_to_run(small):
    (small.data_dir / "generations" / "000001" / "manifest.json").write_bytes(b"{}")
    answerer = open_answerer(small)
    with pytest.raises(AscribeError) as caught:
        answerer.answer(QUESTION)
    assert "ascribe reindex" in caught.value.user_message
    answerer.close()


def test_a_damaged_cache_is_computed_again(small, write, index):
    cache = small.data_dir / "cache.sqlite3"
    whole = cache.read_bytes()
    chance = random.Random(6)
    for number in range(20):
        content = bytearray(whole)
        for _ in range(20):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        cache.write_bytes(content)
        write("b.txt", f"Gauge 8 showed {number} inches.")
        index()
        answerer = open_answerer(small)
        answer = answerer.answer("What did gauge 8 show?")
        assert answer.statements[0].text == f"Gauge 8 showed {number} inches."
        answerer.close()
        whole = cache.read_bytes()


def test_a_manifest_of_another_version_is_refused_and_built_again(small, index, monkeypatch):
    folder = small.data_dir / "generations" / "000001"
    text = (folder / "manifest.json").read_text()
    schema = Manifest.read(folder).schema
    (folder / "manifest.json").write_text(text.replace(f'"schema": {schema}', '"schema": 99'))
    with pytest.raises(IndexDamagedError, match="another version"):
        Manifest.read(folder)
    assert index().generation == "000002"
