"""How long the ledger takes to answer with many attributions, query by query.

    python bench/ledger.py [--attributions 100000] [--rounds 20]

The ledger is invented: parties by a Zipf law, documents of fifty attributions. Every kind of query
that the bot asks is timed warm: processor time of the thread that asks.
"""

import argparse
import itertools
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from index.aliases import load_aliases
from index.catalog import Catalog, CatalogWriter
from index.graph import graph_of
from index.ledger import Ledger, Wanted
from index.ledger_lines import MOST_LINES
from index.types import Attribution, Document, Filters, Span, Stance

_FIRST = "Ada Ben Cora Dov Eva Finn Gia Hal Ida Jon Kim Lea Mo Nia Ole Pia Rex Sue Tom Una".split()
_LAST = ["Lowe", "Quill", "Marsh", "Berg", "Holm", "Orr", "Lind", "Roth", "Vance", "Tesk"]
_DEEDS = "neglect fraud theft lying bribery delay sabotage perjury dumping forgery".split()
_STANCES = [Stance.ACCUSE] * 4 + [Stance.CONDEMN] * 3 + [Stance.DENY] * 2 + [Stance.SAY] * 11
_A_DOCUMENT = 50


def documents(count: int) -> Iterator[tuple[Document, list[Attribution]]]:
    """Documents of fifty sentences "A accused B of C." by parties that a few of are frequent."""
    chance = random.Random(7)
    names = [
        f"{first} {last}{chr(97 + n % 26)}{n // 26 or ''}"
        for n, (first, last) in enumerate(itertools.product(_FIRST * 40, _LAST))
    ]
    weights = [1 / rank for rank in range(1, len(names) + 1)]
    for number in range(count // _A_DOCUMENT):
        text, found = "", []
        for _ in range(_A_DOCUMENT):
            speaker, target = chance.choices(names, weights, k=2)
            stance, deed = chance.choice(_STANCES), chance.choice(_DEEDS)
            start = len(text)
            text += f"{speaker} accused {target} of {deed} {chance.randrange(9999)}. "
            cue = start + len(speaker) + 1
            at = cue + len("accused ")
            what = at + len(target) + len(" of ")
            found.append(
                Attribution(
                    f"f{number % 20}/{number}.txt",
                    Span(start, start + len(speaker), speaker),
                    Span(cue, cue + 7, "accused"),
                    Span(at, at + len(target), target),
                    (Span(what, what + len(deed), deed),),
                    (start, len(text) - 1),
                    stance,
                )
            )
        day = f"20{10 + number % 15}-{1 + number % 12:02d}-{1 + number % 28:02d}"
        path = f"f{number % 20}/{number}.txt"
        yield Document(path, text, str(number), path, publisher="P", published=day), found


def queries(catalog: Catalog) -> dict[str, Callable[[], object]]:
    ledger = Ledger(catalog)
    every = Filters()
    accusing = frozenset([Stance.ACCUSE, Stance.CONDEMN])
    some = Filters(collection="f3", since="2015", until="2019")
    scoped = Filters(scope=frozenset(f"f{n}" for n in range(10)))
    return {
        "a page of all": lambda: ledger.find(Wanted(), 10, once=True),
        "a page of accusations": lambda: ledger.find(Wanted(stances=accusing), 10, once=True),
        "page 500 of accusations": lambda: ledger.find(Wanted(stances=accusing), 10, 5000),
        "a page by speaker": lambda: Ledger(catalog).find(Wanted(speaker="Ada Lowea"), 10),
        "a page by words": lambda: ledger.find(Wanted(about="forgery"), 10),
        "a page, dated, of a collection": lambda: ledger.find(Wanted(filters=some), 10, once=True),
        "count of all": lambda: ledger.count(Wanted()),
        "count of accusations": lambda: ledger.count(Wanted(stances=accusing)),
        "count in scope": lambda: ledger.count(Wanted(stances=accusing, filters=scoped)),
        "completion, nothing typed": lambda: ledger.speakers(),
        "completion, one letter": lambda: ledger.speakers("a"),
        "completion, one letter, in scope": lambda: ledger.targets("l", scoped),
        "completion, a name": lambda: ledger.targets("ada low"),
        "who accused X": lambda: Ledger(catalog).outline(
            Wanted(target="Ada Quillb", stances=accusing)
        ),
        "who accused whom": lambda: Ledger(catalog).widely_said(
            Wanted(stances=accusing), MOST_LINES
        ),
        "who accused whom, in scope": lambda: Ledger(catalog).widely_said(
            Wanted(stances=accusing, filters=scoped), MOST_LINES
        ),
        "who was accused most often": lambda: Ledger(catalog).most_frequent(
            "target", Wanted(stances=accusing, asserted=True), 3
        ),
        "denials beside an accusation": lambda: Ledger(catalog).denials({7}, {"ada quillb"}, every),
        "graph": lambda: graph_of(ledger.outline(Wanted(stances=accusing | {Stance.DENY}))),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--attributions", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite3"
        began = time.perf_counter()
        with CatalogWriter(path, load_aliases()) as writer:
            for document, found in documents(options.attributions):
                writer.add(document, [], found)
        print(f"written in {time.perf_counter() - began:.0f} s")
        catalog = Catalog(path)
        table = Table("query", "median, ms", "p95, ms")
        for name, query in queries(catalog).items():
            query()
            times = []
            for _ in range(options.rounds):
                began = time.thread_time()
                query()
                times.append(1000 * (time.thread_time() - began))
            times.sort()
            p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
            table.add_row(name, f"{times[len(times) // 2]:.1f}", f"{p95:.1f}")
        catalog.close()
    Console().print(table)


if __name__ == "__main__":
    main()
