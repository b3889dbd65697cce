import os
import signal
import subprocess
import sys
import threading

import pytest

from index.errors import LockedError
from index.lock import writer, writer_lock

HOLD = """
import sys
from pathlib import Path
from index.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def owner(tmp_path):
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_writer_is_told_who_holds_the_lock(owner, tmp_path):
    with pytest.raises(LockedError, match=f"process {owner.pid}"), writer_lock(tmp_path):
        pass
    assert writer(tmp_path) == owner.pid


def test_the_lock_of_a_killed_owner_is_free_at_once(owner, tmp_path):
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    assert (tmp_path / "lock").read_text() == f"{owner.pid}\n"
    assert writer(tmp_path) is None
    with writer_lock(tmp_path):
        assert writer(tmp_path) == os.getpid()
    assert writer(tmp_path) is None
    assert (tmp_path / "lock").read_bytes() == b""


def test_a_pid_in_the_file_of_a_process_that_lives_is_no_lock(tmp_path):
    (tmp_path / "lock").write_text(f"{os.getppid()}\n")
    assert writer(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"nobody\n", b"\xff\xff", b"1" * 5000])
def test_whatever_stands_in_the_file_is_no_lock(tmp_path, content):
    (tmp_path / "lock").write_bytes(content)
    assert writer(tmp_path) is None
    with writer_lock(tmp_path):
        assert writer(tmp_path) == os.getpid()


def test_a_writer_starts_while_many_look(tmp_path):
    (tmp_path / "lock").write_text(f"{os.getppid()}\n")
    stop = threading.Event()

    def look():
        while not stop.is_set():
            writer(tmp_path)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    started = 0
    try:
        for _ in range(50):
            with writer_lock(tmp_path):
                started += 1
            (tmp_path / "lock").write_text(f"{os.getppid()}\n")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert started == 50


def test_there_is_no_writer_where_there_is_no_index(tmp_path):
    assert writer(tmp_path / "nothing") is None
    assert not (tmp_path / "nothing").exists()
