import contextlib
import hashlib
import os
import shutil
import threading
import time

import psutil
import pytest

from index.embedder import SentenceTransformerEmbedder
from index.errors import AscribeError, CancelledError
from index.export import check_export, export
from index.generations import Generations, Manifest
from index.live import LiveIndex
from index.models import find_model
from index.status import read_status
from index.wiring import embedder_loader, open_answerer

QUESTION = "What did gauge 7 show?"


def say(inches):
    return f"Gauge 7 showed {inches} inches."


@pytest.fixture
def three(write, index, settings):
    """Generations 000001 to 000003 with 1, 2 and 3 inches, of which two are kept."""
    for inches in (1, 2, 3):
        write("a.txt", say(inches))
        index()
    return settings


def test_what_was_rolled_back_from_is_never_rolled_back_to(three, write, index):
    generations = Generations(three.data_dir)
    assert generations.roll_back() == "000002"
    assert generations.names() == ["000002", "000003"]
    assert read_status(three).previous == ()
    write("a.txt", say(4))
    index()
    assert generations.names() == ["000002", "000004"]
    assert Manifest.read(generations.folder("000004")).after == "000002"
    assert read_status(three).previous == ("000002",)
    assert generations.roll_back() == "000002"


def test_a_name_is_never_given_twice(three, write, index):
    generations = Generations(three.data_dir)
    seen = set(generations.names())
    for inches in range(4, 9):
        write("a.txt", say(inches))
        name = index().generation
        assert name not in seen
        seen.add(name)
        if inches % 2:
            generations.roll_back()


def test_rolling_back_further_than_there_is_is_a_sentence(three):
    generations = Generations(three.data_dir)
    generations.roll_back()
    with pytest.raises(AscribeError, match="no earlier generation"):
        generations.roll_back()
    assert generations.live() == "000002"


def test_an_erasure_that_was_cut_short_is_done_by_the_next_reindex_though_nothing_changed(
    three, write, index
):
    class Cut(BaseException):
        pass

    def cut(name):
        if name == "before erase results":
            raise Cut

    write("a.txt", "The quixotic zeppelin burned.")
    write("b.txt", "The weir is closed.")
    index()
    write("a.txt", say(5))
    index()
    write("b.txt", "The weir is open.")
    with pytest.raises(Cut):
        index(point=cut)
    assert knows_zeppelin(three)
    assert not index().changed
    assert not knows_zeppelin(three)


def knows_zeppelin(settings):
    on_disk = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*sqlite3*"))
    return hashlib.sha256(b"The quixotic zeppelin burned.").hexdigest().encode() in on_disk


@pytest.mark.parametrize("step", ["before vectors", "before check vectors", "after manifest"])
def test_a_stop_leaves_nothing_half_done_and_keeps_what_was_embedded(write, index, settings, step):
    asked = []
    write("a.txt", say(1))
    index()
    write("a.txt", say(2))
    with pytest.raises(CancelledError):
        index(
            point=lambda name: asked.append(name) if name == step else None,
            stopped=lambda: bool(asked) or step == "after manifest",
        )
    assert sorted(path.name for path in (settings.data_dir / "generations").iterdir()) == ["000001"]
    assert (settings.data_dir / "lock").read_bytes() == b""
    assert index().embedded == (1 if step == "after manifest" else 0)


def test_a_generation_opened_twice_survives_the_close_of_one(three):
    live = LiveIndex(three.data_dir, embedder_loader(three))
    generations = Generations(three.data_dir)
    with live.lease() as third:
        generations.roll_back()
        with live.lease() as second:
            generations.switch("000003")
            with live.lease() as again:
                assert (third.name, second.name, again.name) == ("000003", "000002", "000003")
                assert again is not third
            assert second.vectors.count() == 1
        assert third.vectors.count() == 1
    with live.lease() as still:
        assert still.vectors.count() == 1
        assert still.catalog.document("a.txt").text == say(3)
    live.close()
    with pytest.raises(AscribeError, match="closed"), live.lease():
        pass


def test_a_question_runs_to_its_end_on_the_generation_that_it_began_with(three, write, index):
    answerer = open_answerer(three)
    live = answerer._live
    with live.lease() as lent:
        write("a.txt", say(4))
        index()
        assert answerer.answer(QUESTION).generation == "000004"
        assert lent.catalog.document("a.txt").text == say(3)
        assert lent.vectors.count() == 1
    answerer.close()


def test_a_question_whose_generation_is_removed_under_it_is_asked_again(three, write, index):
    live = LiveIndex(three.data_dir, embedder_loader(three))
    names = []

    def ask(generation):
        names.append(generation.name)
        if len(names) == 1:
            for inches in (4, 5):
                write("a.txt", say(inches))
                index()
            threads = [threading.Thread(target=swallow(generation.vectors.count)) for _ in range(9)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            for _ in range(20):
                generation.vectors.vectors(["x"])
                generation.vectors.nearest(generation.embedder.encode_query("gauge"), 1)
            generation.catalog.close()
            generation.catalog.documents()
        return generation.catalog.document("a.txt").text

    try:
        assert live.read(ask) == say(5)
        assert names == ["000003", "000005"]
    finally:
        live.close()


def swallow(function):
    def call():
        with contextlib.suppress(AscribeError):
            function()

    return call


def test_a_thread_that_comes_late_to_a_removed_generation_gets_the_next(three, write, index):
    three = three.model_copy(update={"keep_generations": 1})
    answerer = open_answerer(three)
    assert answerer.answer(QUESTION).generation == "000003"
    write("a.txt", say(4))
    from index.corpus import FolderCorpus
    from index.progress import Silence
    from index.reindex import reindex

    reindex(three, FolderCorpus(three.corpus_dir), Silence())
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(answerer.answer(QUESTION))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.generation for answer in answers] == ["000004"] * 6
    answerer.close()


def test_handles_and_threads_go_back_with_each_swap(three, write, index):
    process = psutil.Process()
    deadline = time.monotonic() + 20
    settled = None
    for inches in range(4, 12, 4):
        answerer = open_answerer(three)
        for more in range(4):
            write("a.txt", say(inches + more))
            index()
            assert answerer.answer(QUESTION).statements[0].text == say(inches + more)
        answerer.close()
        # Chroma's threads end a moment after close() returns.
        while settled and opened(process) > settled:
            assert time.monotonic() < deadline
        settled = settled or opened(process)


def opened(process):
    return process.num_fds(), process.num_threads()


def test_an_export_that_is_killed_at_any_point_is_there_whole_or_not_at_all(tmp_path, settings):
    embedder = SentenceTransformerEmbedder(find_model(settings))
    data = tmp_path / "exporting"
    (data / "models").mkdir(parents=True)
    seen = {}

    def look(name):
        killed = tmp_path / "killed" / name
        shutil.copytree(data, killed, copy_function=os.link)
        Generations(killed).clear_leftovers()
        left = list((killed / "models").iterdir())
        for folder in left:
            check_export(folder)
        seen[name] = len(left)

    export(embedder, data / "models", ["The roof leaked in the night."], look)
    assert {name for name, there in seen.items() if there} == {"after rename model"}
    assert len(seen) == 10
