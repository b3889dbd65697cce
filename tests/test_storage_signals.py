import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.cache import Cache
from index.generations import Generations
from index.lock import writer

TEXTS = 1_000


@pytest.fixture
def command(settings, write):
    for number in range(TEXTS):
        write(f"{number:04}.txt", f"Gauge {number} showed {number * 7} inches.")
    return [
        sys.executable, "-m", "index", "reindex", "--progress", "json",
        "--corpus", str(settings.corpus_dir), "--data", str(settings.data_dir),
    ]  # fmt: skip


@pytest.fixture
def running(command):
    """A reindex that has embedded a part of the corpus."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    for line in process.stderr:
        told = json.loads(line)
        if told.get("stage") == "embed" and told["done"]:
            break
    assert told["done"] < TEXTS
    yield process, told["done"]
    process.kill()
    process.communicate()


def finish(command):
    """How many texts the next reindex embeds."""
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["embedded"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_reindex_stops_at_the_next_batch_and_goes_on_from_there(
    running, command, settings, number
):
    process, embedded = running
    process.send_signal(number)
    *_, last = process.stderr.read().splitlines()
    assert process.wait() == 130
    assert json.loads(last)["status"] == "cancelled"
    data = settings.data_dir
    assert writer(data) is None
    assert (data / "lock").read_bytes() == b""
    assert Generations(data).names() == []
    assert not any((data / "generations").iterdir())
    assert finish(command) <= TEXTS - embedded


def test_a_second_reindex_is_refused_in_a_sentence_and_a_killed_one_is_followed_at_once(
    running, command, settings
):
    process, embedded = running
    assert writer(settings.data_dir) == process.pid
    refused = subprocess.run(command[:4], cwd=settings.data_dir.parent, capture_output=True,
        text=True, env=os.environ | {"PYTHONPATH": str(Path.cwd())})  # fmt: skip
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"The index is being written by process {process.pid}. Try again when it is done."
    ]
    assert process.poll() is None
    process.kill()
    process.wait()
    assert writer(settings.data_dir) is None
    assert finish(command) <= TEXTS - embedded
    cache = Cache(settings.data_dir / "cache.sqlite3")
    cache.close()
    assert sorted(path.name for path in settings.data_dir.iterdir()) == [
        "CURRENT", "cache.sqlite3", "generations", "lock", "models",
    ]  # fmt: skip
