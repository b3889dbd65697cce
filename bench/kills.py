"""Kills reindexes, many times, and checks what is left: python bench/kills.py --kills 1000

Each run starts from an index of two generations with leftovers of all sorts, changes the corpus,
and dies at a named point (all of them in turn) or at a random moment after its first progress.
Then a reader asks, and the next reindex must finish: with right answers, with at most the last
batch embedded again, and with nothing left over. The first thing that does not hold ends it.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.corpus import FolderCorpus
from index.embedder import ExportedEmbedder
from index.generations import Generations
from index.progress import Silence
from index.reindex import reindex
from index.settings import Settings
from tests.storage_kit import (
    BATCH,
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


def settings_in(root: Path) -> Settings:
    return Settings(_env_file=None, corpus_dir=root / "corpus", data_dir=root / "data")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        root = Path(folder)
        base = settings_in(root / "base")
        for version in (1, 2):
            write_corpus(base.corpus_dir, version)
            reindex(base, FolderCorpus(base.corpus_dir), Silence())
        embedder = ExportedEmbedder(next(base.data_dir.joinpath("models").iterdir()))
        add_leftovers(base.data_dir)
        write_corpus(base.corpus_dir, 3)
        killer = Killer()
        start = time.monotonic()

        def copy() -> Settings:
            shutil.rmtree(root / "run", ignore_errors=True)
            copy_index(base.data_dir, root / "run" / "data")
            return Settings(
                _env_file=None, corpus_dir=base.corpus_dir, data_dir=root / "run" / "data"
            )

        undisturbed = killer.run(copy())
        calls: list[list[object]] = []
        for name in undisturbed["points"]:
            calls.append([name, 1 + sum(name == call[0] for call in calls)])
        counts: Counter[str] = Counter()
        most = 0
        for number in range(options.kills):
            settings = copy()
            at = calls[number // 2 % len(calls)] if number % 2 == 0 else None
            after = None if at else chance.uniform(0, undisturbed["seconds"])
            killed = killer.run(settings, at=at, after=after)
            counts["killed" if killed["killed"] else "ended before"] += 1
            answerer = open_answerer_with(settings.data_dir, embedder)
            name = check_answers(answerer, VERSIONS)
            assert name == Generations(settings.data_dir).live()
            counts["old one live" if VERSIONS[name] == 2 else "new one live"] += 1
            again = killer.run(settings)
            assert again["error"] is None, again
            assert VERSIONS[check_answers(answerer, VERSIONS)] == 3
            answerer.close()
            check_clean(settings, 2)
            lost = again["report"]["embedded"] - (NEW_TEXTS - killed["said"])
            assert lost <= 0, (at, after, killed, again)
            if killed["said"]:
                most = max(most, again["report"]["embedded"] + killed["said"] - NEW_TEXTS)
            if number % 50 == 49:
                print(f"{number + 1} kills, {time.monotonic() - start:.0f} s", file=sys.stderr)
        killer.close()
    print(
        json.dumps(
            {
                "kills": options.kills,
                "points": len(calls),
                "each_point_killed_at_least": options.kills // 2 // len(calls),
                **counts,
                "texts_in_a_batch": BATCH,
                "most_embedded_again": max(0, most),
                "seconds": round(time.monotonic() - start),
            }
        )
    )


if __name__ == "__main__":
    main()
