"""How many attribution questions are understood and answered right, question by question.

    python bench/questions.py [QUESTIONS.jsonl] [--corpus DIR] [--show]

Without `--corpus` the questions are asked of the sample corpus together with bench/registers. The
form of a line: {"id", "question", "type": "attribution"|"factual"|"unanswerable", "answerable",
"documents", "quotes": [exact words that answer], "speaker"?, "target"?}. Right is an answer with a
citation that contains one of the quotes or lies inside it; for an attribution question the query
must also name the speaker and the target asked for ("target_surface", where the question puts it in
other words). An unanswerable question must not be answered.

The questions of `questions.jsonl` were written by who wrote the parser, before scoring, and serve
against regressions; they say little about strangers' wording. Those of `questions_more.jsonl` were
written before the parser was read, as people type, and their misses are left in.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from index.corpus import FolderCorpus
from index.names import same_party
from index.progress import Silence
from index.reindex import reindex
from index.settings import load_settings
from index.types import Answer
from index.wiring import open_answerer

ROOT = Path(__file__).parents[1]
TODAY = date(2025, 6, 1)


def verdict(row: dict, answer: Answer) -> str:
    """ "right", or what is wrong."""
    if not row["answerable"]:
        return "answered" if answer.found else "right"
    if row["type"] == "attribution":
        for side in ("speaker", "target"):
            understood = getattr(answer.query, side)
            asked = [name for name in (row.get(side), row.get(f"{side}_surface")) if name]
            if asked and not (understood and any(_same(name, understood) for name in asked)):
                return f"{side} not understood"
    if not answer.found:
        return "not found"
    quotes = [" ".join(quote.split()) for quote in row["quotes"]]
    cited = [" ".join(citation.quote.split()) for citation in answer.citations]
    if any(quote in words or words in quote for quote in quotes for words in cited):
        return "right"
    return "other words"


def _same(one: str, other: str) -> bool:
    """Whether one is a shorter or a fuller name of the other."""
    return same_party(one, other) or same_party(other, one)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("questions", nargs="?", type=Path, default=ROOT / "bench/questions.jsonl")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--show", action="store_true", help="print the wrong ones")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.questions.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as temporary:
        corpus = options.corpus
        if corpus is None:
            corpus = Path(temporary) / "corpus"
            shutil.copytree(ROOT / "corpus", corpus)
            (corpus / "registers").mkdir()
            for path in (ROOT / "bench" / "registers").glob("[0-9]*.txt"):
                shutil.copy(path, corpus / "registers")
        settings = load_settings(corpus_dir=corpus, data_dir=Path(temporary) / "data")
        reindex(settings, FolderCorpus(corpus), Silence())
        answerer = open_answerer(settings)
        answerer.warm()
        counts: Counter[tuple[str, str]] = Counter()
        seconds = []
        for row in rows:
            answer = answerer.answer(row["question"], today=TODAY)
            seconds.append(answer.seconds)
            found = verdict(row, answer)
            counts[row["type"], found] += 1
            if options.show and found != "right":
                print(f"{row['id']} {found}: {row['question']}", file=sys.stderr)
                for citation in answer.citations[:3]:
                    print(f"     {' '.join(citation.quote.split())[:150]}", file=sys.stderr)
        answerer.close()
    table = Table("questions", "of them", "right", "what else")
    for kind in sorted({kind for kind, _ in counts}):
        here = {found: n for (other, found), n in counts.items() if other == kind}
        total = sum(here.values())
        others = ", ".join(f"{n} {found}" for found, n in sorted(here.items()) if found != "right")
        right = here.get("right", 0)
        table.add_row(kind, str(total), f"{right} ({right / total:.0%})", others)
    Console().print(table)
    print(f"median {sorted(seconds)[len(seconds) // 2] * 1000:.0f} ms a question")


if __name__ == "__main__":
    main()
