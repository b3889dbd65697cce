"""Retrieval and answers on SQuAD beside llama-index's documented defaults, in one run.

    python bench/squad.py [--limit N]

Needs ../shared/eval. The peer: SentenceSplitter of 256 tokens, MiniLM through
sentence-transformers, Chroma, the ten nearest. Both index the same folder and are scored by the
same evaluate.py.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EVALUATION = Path(__file__).parents[2] / "shared" / "eval"
EVALUATE = EVALUATION / "evaluate.py"
HERE = Path(__file__).parent


def run(*command: str | Path, out: Path | None = None) -> float:
    """Runs a command and returns its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = os.environ | {"PYTHONPATH": str(HERE.parent), "HF_HUB_OFFLINE": "1"}
    with (out or Path(os.devnull)).open("w") as stream:
        subprocess.run([str(part) for part in command], check=True, stdout=stream, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def score(predictions: Path, *limit: str) -> dict:
    command = [sys.executable, EVALUATE, "score", "squad", predictions, *limit]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, help="only the first articles")
    limit = parser.parse_args().limit
    some = ("--limit", str(limit)) if limit else ()
    if not EVALUATE.is_file():
        sys.exit("The evaluation data is not here.")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        ascribe = [sys.executable, "-m", "index"]
        data = ["--data", root / "data"]
        questions = root / "questions.jsonl"
        subprocess.run([sys.executable, EVALUATE, "export", "squad", root, *some], check=True)
        ours = {"index": run(*ascribe, "reindex", "--corpus", root / "corpus", *data)}
        ours["search"] = run(
            *ascribe, "search", "--batch", questions, "-k", "10", "--json", *data, out=root / "hits"
        )
        started = time.perf_counter()
        ours["ask"] = run(
            *ascribe, "ask", "--batch", questions, "--json", *data, out=root / "answers"
        )
        print(f"ask: {time.perf_counter() - started:.0f} s of wall time")
        peer = {"all": run(sys.executable, HERE / "peer_llamaindex.py", root, out=root / "peer")}
        print("Ascribe", json.dumps(score(root / "hits", *some)["retrieval"]), ours)
        print("peer   ", json.dumps(score(root / "peer", *some)["retrieval"]), peer)
        print("answers", json.dumps(score(root / "answers", *some)["answers"]))


if __name__ == "__main__":
    main()
