"""How many follow-ups find their passage, and how many questions of their own are left alone.

    python bench/dialogues.py [DIALOGUES.jsonl] [--data DIR] [--show]

Without `--data` the sample corpus is indexed first. A line is a follow-up, {"first", "second",
"rewritten", "document", "quote"}, or a second question that stands by itself, {"first", "second"}.
A follow-up is right when, asked with the first as history, one of the first three hits overlaps the
quote; beside it stand the same for the question alone and for a person's rewriting. A question of
its own is right when it is not rewritten.

The dialogues that come with this script were written by who wrote the rules, and serve against
regressions; they say little about strangers' wording.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from index.answer import Answerer
from index.corpus import FolderCorpus
from index.progress import Silence
from index.reindex import reindex
from index.settings import Settings, load_settings
from index.types import Filters, Turn
from index.wiring import open_answerer

ROOT = Path(__file__).parents[1]
_HITS = 3


def finds(answerer: Answerer, row: dict, question: str, history: tuple[Turn, ...] = ()) -> bool:
    """Whether one of the first hits overlaps the quote."""
    start = answerer.document(row["document"]).text.index(row["quote"])
    end = start + len(row["quote"])
    hits = answerer.search(question, Filters(), _HITS, history=history)
    return any(
        hit.source.document == row["document"]
        and hit.passage.start < end
        and start < hit.passage.end
        for hit in hits
    )


def cites(answerer: Answerer, row: dict, history: tuple[Turn, ...]) -> bool:
    """Whether the answer cites words of the quote."""
    answer = answerer.answer(row["second"], history=history)
    start = answerer.document(row["document"]).text.index(row["quote"])
    end = start + len(row["quote"])
    return any(
        one.source.document == row["document"] and one.start < end and start < one.end
        for one in answer.citations
    )


def indexed(folder: Path) -> Settings:
    settings = load_settings(corpus_dir=ROOT / "corpus", data_dir=folder)
    reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    return settings


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("dialogues", nargs="?", type=Path, default=ROOT / "bench/dialogues.jsonl")
    parser.add_argument("--data", type=Path, help="an index that is there already")
    parser.add_argument("--show", action="store_true", help="a line for each that is wrong")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.dialogues.read_text("utf-8").splitlines() if line]
    console = Console(soft_wrap=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_dir=args.data) if args.data else indexed(Path(folder))
        answerer = open_answerer(settings)
        found = dict.fromkeys(("followed", "cited", "alone", "by a person"), 0)
        follow_ups = [row for row in rows if "quote" in row]
        for row in follow_ups:
            history = (Turn(row["first"]),)
            right = finds(answerer, row, row["second"], history)
            found["followed"] += right
            found["cited"] += cites(answerer, row, history)
            found["alone"] += finds(answerer, row, row["second"])
            found["by a person"] += finds(answerer, row, row["rewritten"])
            if args.show and not right:
                answer = answerer.answer(row["second"], history=history)
                console.print(f"{row['first']} | {row['second']} -> {answer.rewritten}")
        others = [row for row in rows if "quote" not in row]
        left = 0
        for row in others:
            answer = answerer.answer(row["second"], history=(Turn(row["first"]),))
            left += answer.rewritten is None
            if args.show and answer.rewritten is not None:
                console.print(f"{row['first']} | {row['second']} -> {answer.rewritten}")
        answerer.close()
    table = Table("", "right", "of")
    most = str(len(follow_ups))
    table.add_row("follow-up, a hit in the first three", str(found["followed"]), most)
    table.add_row("follow-up, the answer cites it", str(found["cited"]), most)
    table.add_row("the same without a history", str(found["alone"]), most)
    table.add_row("rewritten by a person", str(found["by a person"]), most)
    table.add_row("question of its own left alone", str(left), str(len(others)))
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
