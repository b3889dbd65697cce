"""Readers that ask without pause during reindexes: python bench/readers.py

Eight processes of four threads ask while the corpus is changed and indexed twenty times: documents
come, change and go. Every answer must be right for the generation that it names, none may fail,
none may cite a document that its generation does not hold. Memory, handles and threads of each
reader after the last swap are compared with those after the fifth. The readers give way to the
indexer, which would wait for minutes behind 32 threads that ask all the time.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.settings import Settings
from tests.storage_kit import right_for, write_corpus

READER = Path(__file__).parents[1] / "tests" / "read_index.py"


class Reader:
    """A process that asks; checks each of its answers when it comes."""

    def __init__(self, data: Path, threads: int, versions: dict[str, int]) -> None:
        self.process = subprocess.Popen(
            ["nice", "-n", "15", sys.executable, str(READER), str(data), str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        self.versions = versions
        self.answers = self.found = 0
        self.wrong: list[str] = []
        self.generations: set[str] = set()
        self.measures: list[dict[str, int]] = []
        self._told = threading.Condition()
        self._thread = threading.Thread(target=self._listen)
        self.ready = self.ended = False
        self._thread.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            told = json.loads(line)
            if "generation" in told:
                self.answers += 1
                self.found += bool(told["says"])
                self.generations.add(told["generation"])
                if fault := right_for(told, self.versions[told["generation"]]):
                    self.wrong.append(fault)
            elif "failed" in told:
                self.wrong.append(told["failed"])
            else:
                with self._told:
                    self.ready = self.ready or "ready" in told
                    if "measured" in told:
                        self.measures.append(told)
                    self._told.notify_all()
        with self._told:
            self.ended = True
            self._told.notify_all()

    def wait_until_ready(self) -> None:
        with self._told:
            self._told.wait_for(lambda: self.ready or self.ended)
        assert not self.ended, "a reader ended before it answered"

    def tell(self, word: str) -> None:
        print(word, file=self.process.stdin, flush=True)

    def wait_for_measure(self, count: int) -> None:
        with self._told:
            self._told.wait_for(lambda: len(self.measures) >= count or self.ended)
        assert not self.ended, "a reader ended too early"

    def stop(self) -> None:
        with self.process:  # Closes both pipes, and waits for its end.
            self.tell("stop")
            self._thread.join()


def reindex(settings: Settings) -> str:
    folders = ["--corpus", str(settings.corpus_dir), "--data", str(settings.data_dir)]
    command = [sys.executable, "-m", "index", "reindex", "--json", *folders]
    done = subprocess.run(command, capture_output=True, text=True, cwd=READER.parents[1])
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["generation"])


def run(root: Path, readers: int, threads: int, swaps: int, first: int) -> dict[str, object]:
    """`first` is the swap after which memory is first measured."""
    settings = Settings(_env_file=None, corpus_dir=root / "corpus", data_dir=root / "data")
    # A generation's number is its version of the corpus, so that answers can be checked at once.
    versions = {f"{number:06d}": number for number in range(1, swaps + 2)}
    write_corpus(settings.corpus_dir, 1)
    assert reindex(settings) == "000001"
    start = time.monotonic()
    asking = [Reader(settings.data_dir, threads, versions) for _ in range(readers)]
    for reader in asking:
        reader.wait_until_ready()
    measured = 0
    for swap in range(1, swaps + 1):
        write_corpus(settings.corpus_dir, swap + 1)
        assert versions[reindex(settings)] == swap + 1
        if swap in (first, swaps):
            measured += 1
            for reader in asking:
                reader.tell("measure")
            for reader in asking:
                reader.wait_for_measure(measured)
    for reader in asking:
        reader.stop()
    return {
        "readers": readers,
        "threads": threads,
        "swaps": swaps,
        "answers": sum(reader.answers for reader in asking),
        "found": sum(reader.found for reader in asking),
        "generations_answered_from": len(set().union(*(r.generations for r in asking))),
        "wrong_or_failed": [fault for reader in asking for fault in reader.wrong][:20],
        "faults": sum(len(reader.wrong) for reader in asking),
        "memory_mb": [[round(m["memory"] / 1e6) for m in r.measures] for r in asking],
        "memory_ratio_worst": round(
            max(r.measures[-1]["memory"] / r.measures[0]["memory"] for r in asking), 3
        ),
        "handles": [[m["handles"] for m in r.measures] for r in asking],
        "process_threads": [[m["threads"] for m in r.measures] for r in asking],
        "seconds": round(time.monotonic() - start),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--swaps", type=int, default=20)
    parser.add_argument("--first", type=int, default=5, help="measure memory after this swap first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="readers-") as folder:
        result = run(Path(folder), options.readers, options.threads, options.swaps, options.first)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
