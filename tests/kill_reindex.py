"""Runs reindexes in children that die where they are told to.

A line of JSON on stdin is one run: {"corpus", "data", "at": [point, n] | null, "after": s | null}.
`at` kills it at the n-th call of a point; `after` kills it that many seconds after its first
progress. The answer is a line of JSON on stdout: whether it was killed, the points it passed, how
many texts it said it had embedded, how long it went on after its first progress, and what it
returned or raised. Children are forks of a process that has imported everything and started
nothing, so that a run costs a fraction of a second.
"""

import functools
import json
import os
import select
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import chromadb  # noqa: F401
import numpy as np  # noqa: F401
import onnxruntime  # noqa: F401
import py3langid
import tokenizers  # noqa: F401

from index import attributions
from index.corpus import FolderCorpus
from index.errors import AscribeError
from index.reindex import reindex
from index.settings import Settings


class Pipe:
    """Tells the parent, and is the child's reporter and point."""

    def __init__(self, descriptor, at):
        self.descriptor = descriptor
        self.at = at
        self.passed = {}

    def tell(self, **fields):
        os.write(self.descriptor, (json.dumps(fields) + "\n").encode())

    def stage(self, stage, done, total):
        self.tell(stage=stage, done=done)

    def log(self, level, message):
        self.tell(log=message)

    def end(self, status, reason=""):
        pass

    def point(self, name):
        self.passed[name] = nth = self.passed.get(name, 0) + 1
        self.tell(point=name)
        if self.at == [name, nth]:
            os.kill(os.getpid(), signal.SIGKILL)


def child(run, descriptor):
    pipe = Pipe(descriptor, run.get("at"))
    settings = Settings(_env_file=None, corpus_dir=Path(run["corpus"]), data_dir=Path(run["data"]))
    try:
        corpus = FolderCorpus(settings.corpus_dir)
        pipe.tell(report=asdict(reindex(settings, corpus, pipe, point=pipe.point)))
    except AscribeError as error:
        pipe.tell(error=error.user_message)
    except BaseException as error:  # noqa: BLE001
        pipe.tell(crash=repr(error))


def follow(reader, pid, after):
    """What the child told until it ended, killing it in time."""
    lines, rest, first = [], b"", None
    while True:
        left = None if after is None or first is None else first + after - time.monotonic()
        if not select.select([reader], [], [], None if left is None else max(0.0, left))[0]:
            os.kill(pid, signal.SIGKILL)
            after = None
            continue
        some = os.read(reader, 65536)
        if not some:
            return lines, 0.0 if first is None else time.monotonic() - first
        *whole, rest = (rest + some).split(b"\n")
        lines += [json.loads(line) for line in whole]
        if first is None and any("stage" in line for line in lines):
            first = time.monotonic()


def main():
    # What every child would load for itself otherwise.
    py3langid.classify("Which language is this?")
    attributions.AttributionExtractor = functools.cache(attributions.AttributionExtractor)
    attributions.AttributionExtractor()
    for line in sys.stdin:
        run = json.loads(line)
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            child(run, writer)
            os._exit(0)
        os.close(writer)
        lines, seconds = follow(reader, pid, run.get("after"))
        os.close(reader)
        _, status = os.waitpid(pid, 0)
        embedded = [told["done"] for told in lines if told.get("stage") == "embed"]
        result = {
            "killed": os.WIFSIGNALED(status),
            "points": [told["point"] for told in lines if "point" in told],
            "said": max(embedded, default=0),
            "seconds": seconds,
        }
        for name in ("report", "error", "crash"):
            result[name] = next((told[name] for told in lines if name in told), None)
        print(json.dumps(result), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
