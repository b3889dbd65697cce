import itertools
import random
import shutil

import pytest

from index.corpus import FolderCorpus
from index.embedder import ExportedEmbedder
from index.generations import Generations
from index.progress import Silence
from index.reindex import reindex
from index.settings import load_settings
from tests.storage_kit import (
    NEW_TEXTS,
    Killer,
    add_leftovers,
    check_answers,
    check_clean,
    copy_index,
    open_answerer_with,
    write_corpus,
)

VERSIONS = {"000001": 1, "000002": 2, "000003": 3, "000004": 3}
RANDOM_KILLS = 8


@pytest.fixture(scope="module")
def killer():
    killer = Killer()
    yield killer
    killer.close()


@pytest.fixture(scope="module")
def embedder(exported_models):
    return ExportedEmbedder(next(exported_models.iterdir()))


@pytest.fixture(scope="module")
def base(tmp_path_factory, exported_models):
    """Two generations, and the leftovers of all sorts of stopped writers."""
    root = tmp_path_factory.mktemp("base")
    settings = load_settings(corpus_dir=root / "corpus", data_dir=root / "data")
    copy_index(exported_models.parent, settings.data_dir)
    shutil.rmtree(settings.data_dir / "generations")
    for name in ("CURRENT", "cache.sqlite3"):
        (settings.data_dir / name).unlink()
    for version in (1, 2):
        write_corpus(settings.corpus_dir, version)
        reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    add_leftovers(settings.data_dir)
    write_corpus(settings.corpus_dir, 3)
    return settings


@pytest.fixture(scope="module")
def points(base, killer, tmp_path_factory):
    """Every call of a point in one undisturbed run, as (name, n), and the run."""
    settings = fresh(base, tmp_path_factory.mktemp("undisturbed"))
    run = killer.run(settings)
    assert run["report"]["changed"]
    check_clean(settings, 2)
    seen, calls = {}, []
    for name in run["points"]:
        seen[name] = seen.get(name, 0) + 1
        calls.append((name, seen[name]))
    return calls, run


def different(calls):
    """Without a point before a step that follows on the point after another: the disk is the same.

    bench/kills.py stops at every one.
    """
    kept = calls[:1]
    for last, call in itertools.pairwise(calls):
        if call[0] == "before begin" or not (
            last[0].startswith("after ") and call[0].startswith("before ")
        ):
            kept.append(call)
    return kept


def fresh(base, root):
    copy_index(base.data_dir, root / "data")
    return load_settings(corpus_dir=base.corpus_dir, data_dir=root / "data")


def kill_and_recover(killer, embedder, settings, **how):
    """Kills a reindex, asks, and lets the next one finish; returns both runs."""
    killed = killer.run(settings, **how)
    answerer = open_answerer_with(settings.data_dir, embedder)
    named = check_answers(answerer, VERSIONS)
    assert named == Generations(settings.data_dir).live()
    again = killer.run(settings)
    assert again["error"] is None
    assert again["report"]["embedded"] <= NEW_TEXTS - killed["said"]
    assert int(check_answers(answerer, VERSIONS)) >= 3
    answerer.close()
    check_clean(settings, 2)
    return killed, again


def test_every_file_operation_has_a_point_before_and_after_it(points):
    calls, run = points
    names = {name for name, _ in calls}
    steps = {name.removeprefix("before ") for name in names if name.startswith("before ")}
    assert names == {f"{when} {step}" for step in steps for when in ("before", "after")}
    assert steps == {
        "clear generations/.partial", "clear generations/.trash", "clear models/.partial",
        "clear .CURRENT.new", "begin", "catalog", "vectors", "check spans", "check vectors",
        "manifest", "sync generation", "mark unerased", "rename generation", "sync generations",
        "write CURRENT", "replace CURRENT", "sync CURRENT", "retire generation",
        "remove generation", "erase results", "shrink cache", "retire model", "remove model",
        "mark erased",
    }  # fmt: skip
    assert run["report"]["embedded"] == NEW_TEXTS


def test_a_kill_at_any_point_leaves_a_whole_index_that_the_next_reindex_completes(
    points, base, killer, embedder, tmp_path
):
    calls, _ = points
    for number, (name, nth) in enumerate(different(calls)):
        settings = fresh(base, tmp_path / str(number))
        killed, again = kill_and_recover(killer, embedder, settings, at=[name, nth])
        assert killed["killed"], name
        embedded = 0 if killed["said"] else NEW_TEXTS
        assert again["report"]["embedded"] == embedded, name
        shutil.rmtree(tmp_path / str(number))


def test_a_kill_at_any_moment_leaves_a_whole_index_that_the_next_reindex_completes(
    points, base, killer, embedder, tmp_path
):
    _, undisturbed = points
    chance = random.Random(20)
    for number in range(RANDOM_KILLS):
        settings = fresh(base, tmp_path / str(number))
        after = chance.uniform(0, undisturbed["seconds"])
        kill_and_recover(killer, embedder, settings, after=after)
        shutil.rmtree(tmp_path / str(number))
