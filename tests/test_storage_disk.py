import errno
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from index.corpus import FolderCorpus
from index.errors import AscribeError, StorageError
from index.generations import Generations
from index.progress import Silence
from index.reindex import reindex
from index.settings import load_settings
from index.wiring import open_answerer

QUESTION = "What did gauge 7 show?"
STAGES = [
    "before begin", "before catalog", "before vectors", "before check vectors",
    "before manifest", "before sync generation", "before mark unerased",
    "before rename generation", "before write CURRENT", "before replace CURRENT",
]  # fmt: skip
AFTER_THE_SWITCH = [
    "before retire generation", "before remove generation", "before erase results",
    "before shrink cache", "before mark erased",
]  # fmt: skip


def say(inches):
    return f"Gauge 7 showed {inches} inches."


def names_in(settings):
    return sorted(path.name for path in (settings.data_dir / "generations").iterdir())


def full(kind):
    if kind == "file":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error


@pytest.fixture
def two(write, index, settings):
    for inches in (1, 2):
        write("a.txt", say(inches))
        index()
    write("a.txt", say(3))
    return settings


@pytest.mark.parametrize("kind", ["file", "database"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_disk_that_is_full_before_the_switch_keeps_the_old_index(
    two, index, answerer, stage, kind
):
    with pytest.raises(StorageError, match="the disk is full") as caught:
        index(point=lambda name: full(kind) if name == stage else None)
    assert "still answers" in caught.value.user_message
    assert Generations(two.data_dir).names() == ["000001", "000002"]
    assert names_in(two) == ["000001", "000002"]
    assert answerer.answer(QUESTION).statements[0].text == say(2)
    assert index().embedded == 0
    assert answerer.answer(QUESTION).statements[0].text == say(3)


@pytest.mark.parametrize("stage", AFTER_THE_SWITCH)
def test_a_disk_that_is_full_after_the_switch_is_a_warning(two, index, answerer, stage, capsys):
    done = index(point=lambda name: full("file") if name == stage else None)
    assert done.changed
    assert "The new index answers" in capsys.readouterr().err
    assert answerer.answer(QUESTION).statements[0].text == say(3)
    assert not index().changed
    assert names_in(two) == ["000002", "000003"]


@pytest.fixture
def disk(tmp_path, exported_models):
    """Settings over a disk of 6 MB of its own, with the model outside of it."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        corpus, data = tmp_path / "corpus", place / "data"
        corpus.mkdir()
        data.mkdir()
        (data / "models").symlink_to(exported_models)
        yield load_settings(corpus_dir=corpus, data_dir=data)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_disk_that_really_fills_up_never_costs_the_index(disk):
    def run():
        return reindex(disk, FolderCorpus(disk.corpus_dir), Silence())

    ballast = disk.data_dir.parent / "ballast"
    (disk.corpus_dir / "a.txt").write_text(say(0))
    run()
    staying = open_answerer(disk)
    assert staying.answer(QUESTION).statements[0].text == say(0)
    told = set()
    said = 0
    for number in range(1, 13):
        (disk.corpus_dir / "a.txt").write_text(say(number))
        (disk.corpus_dir / "b.txt").write_text(f"Lock {number} is shut.\n" * 50 * number)
        space = shutil.disk_usage(disk.data_dir).free
        ballast.write_bytes(b"x" * max(0, space - number * 64 * 1024))
        try:
            run()
            said = number
        except StorageError as error:
            told.add(str(error))
        answerer = open_answerer(disk)
        try:
            assert answerer.answer(QUESTION).statements[0].text == say(said)
        except StorageError as error:
            assert "the disk is full" in str(error)
        answerer.close()
        answer = staying.answer(QUESTION)
        assert answer.statements[0].text == say(said) or "cannot be read" in answer.notices[0]
        ballast.unlink()
        answerer = open_answerer(disk)
        assert answerer.answer(QUESTION).statements[0].text == say(said)
        answerer.close()
    staying.close()
    assert told
    assert all("the disk is full" in sentence for sentence in told)
    run()
    answerer = open_answerer(disk)
    assert answerer.answer(QUESTION).statements[0].text == say(12)
    answerer.close()
    names = Generations(disk.data_dir).names()
    assert names_in(disk) == names


def test_a_read_only_disk_is_a_sentence_for_writer_and_reader(two):
    data = two.data_dir
    bind = ["mount", "--bind", str(data), str(data)]
    if shutil.which("mount") is None or subprocess.run(bind, capture_output=True).returncode:
        pytest.skip("mounting a folder read-only is not allowed here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(data)], check=True)
        with pytest.raises(StorageError, match="read-only"):
            reindex(two, FolderCorpus(two.corpus_dir), Silence())
        answerer = open_answerer(two)
        with pytest.raises(StorageError, match="read-only disk"):
            answerer.answer(QUESTION)
        answerer.close()
        status = [sys.executable, "-m", "index", "status", "--data", str(data), "--json"]
        assert b'"busy": null' in subprocess.run(status, capture_output=True, check=True).stdout
    finally:
        subprocess.run(["umount", "--lazy", str(data)], check=True)
    answerer = open_answerer(two)
    assert answerer.answer(QUESTION).statements[0].text == say(2)
    answerer.close()


def test_a_file_that_changes_or_vanishes_while_it_is_read_is_right_the_next_time(
    write, index, settings, answerer
):
    write("a.txt", say(1))
    write("b.txt", "The weir is shut.")
    changing = write("changes.txt", "The mill is shut.")
    going = write("goes.txt", "The barn is shut.")

    class Corpus(FolderCorpus):
        """Changes under the indexer, after it listed the files and before it reads them."""

        def entries(self, cache, progress):
            found = super().entries(cache, progress)
            changing.write_text("The mill is open.")
            going.unlink()
            return found

    report = reindex(settings, Corpus(settings.corpus_dir), Silence())
    assert [path for path, _ in report.failed] == ["goes.txt"]
    assert answerer.answer("Is the mill shut or open?").statements[0].text == "The mill is open."
    second = index()
    assert second.failed == ()
    assert {d.source.document for d in answerer.documents()} == {"a.txt", "b.txt", "changes.txt"}
    assert not index().changed


def test_a_corpus_that_vanishes_leaves_the_index(write, index, settings, answerer):
    write("a.txt", say(1))
    index()
    shutil.rmtree(settings.corpus_dir)
    with pytest.raises(AscribeError):
        index()
    assert answerer.answer(QUESTION).statements[0].text == say(1)


@pytest.mark.parametrize("hours", [-48, 48])
def test_a_clock_that_jumps_hides_no_change(write, index, answerer, monkeypatch, hours):
    import time

    write("a.txt", say(1))
    index()
    real = time.time_ns
    monkeypatch.setattr("index.cache.time.time_ns", lambda: real() + hours * 3_600_000_000_000)
    for inches in (2, 3, 4):
        path = write("a.txt", say(inches))
        stamp = real() + hours * 3_600_000_000_000
        os.utime(path, ns=(stamp, stamp))
        assert index().changed
        assert answerer.answer(QUESTION).statements[0].text == say(inches)
        assert not index().changed
