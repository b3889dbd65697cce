"""What the commands cost: `python bench/cost.py [--passages 1500]`.

CPU seconds and peak memory of whole commands over an index of generated text, each the median of
three runs.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]


def measure(*command: str) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a command."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "index", *command], stdout=subprocess.DEVNULL, env=environment
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def report(name: str, *command: str, runs: int = 3) -> None:
    found = [measure(*command) for _ in range(runs)]
    seconds, megabytes = (median(column) for column in zip(*found, strict=True))
    print(f"| {name} | {seconds:.2f} | {megabytes:.0f} |", flush=True)


def write_corpus(folder: Path, passages: int) -> None:
    """Documents of ten paragraphs, each a passage of about 120 words of the sample corpus."""
    source = " ".join(path.read_text("utf-8") for path in sorted((ROOT / "corpus").rglob("*.md")))
    words = sorted({word.strip(".,;:“”\"'()#") for word in source.split()} - {""})
    random.seed(11)
    for number in range(passages // 10):
        paragraphs = (
            " ".join(random.choices(words, k=15)).capitalize() + "." for _ in range(10 * 8)
        )
        sentences = list(paragraphs)
        text = "\n\n".join(
            f"# Part {part}\n\n{' '.join(sentences[8 * part : 8 * part + 8])}" for part in range(10)
        )
        (folder / f"{number:05}.md").write_text(text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1500)
    passages = parser.parse_args().passages
    with tempfile.TemporaryDirectory() as root:
        corpus, data = Path(root, "corpus"), Path(root, "data")
        corpus.mkdir()
        write_corpus(corpus, passages)
        folders = ("--corpus", str(corpus), "--data", str(data))
        print(f"{passages} passages\n\n| command | CPU s | peak MB |\n|---|---|---|")
        report("ascribe reindex (first)", "reindex", *folders, runs=1)
        report("ascribe reindex (nothing changed)", "reindex", *folders)
        (corpus / "new.md").write_text("The heron left the weir on Friday.", "utf-8")
        report("ascribe reindex (one document added)", "reindex", *folders, runs=1)
        report("ascribe ask", "ask", "When did the heron leave the weir?", *folders)
        report("ascribe --help", "--help")


if __name__ == "__main__":
    main()
