"""Measures the attribution extractor: speed, memory, and what it finds on gold data.

    python bench/attributions.py [--limit N] [--only registers|public]

Scores `bench/registers/` always, and the public sets when `../shared/eval/evaluate.py` is there.
Everything runs on one thread.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

os.environ.setdefault("OMP_NUM_THREADS", "1")

from index.attributions import AttributionExtractor
from index.types import Attribution, Document, Span

ROOT = Path(__file__).resolve().parent
SCORER = ROOT.parent.parent / "shared" / "eval" / "evaluate.py"
SETS = ("accusations", "distractors", "polnear")
JUDGING = ("accuse", "condemn")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*(?=\s+[\"“‘(]?[A-Z0-9]|\s*$)|\n+")


def read_folder(folder: Path) -> list[Document]:
    return [
        Document(path.name, path.read_text(encoding="utf-8"), "", path.stem)
        for path in sorted(folder.glob("*.txt"))
    ]


def count_sentences(documents: Sequence[Document]) -> int:
    return sum(
        sum(1 for part in _SENTENCE_END.split(document.text) if any(map(str.isalpha, part)))
        for document in documents
    )


def as_json(document: str, attributions: Sequence[Attribution]) -> str:
    def span(value: Span) -> dict[str, Any]:
        return {key: item for key, item in asdict(value).items() if item is not None}

    rows = [
        {
            "speaker": span(a.speaker) if a.speaker else None,
            "cue": span(a.cue),
            "target": span(a.target) if a.target else None,
            "content": [span(part) for part in a.content],
            "sentence": {"start": a.sentence[0], "end": a.sentence[1]},
            "stance": a.stance.value,
            "explicit": a.explicit,
            "negated": a.negated,
            "hypothetical": a.hypothetical,
        }
        for a in attributions
    ]
    return json.dumps({"document": document, "attributions": rows}, ensure_ascii=False)


def score_public(
    extractor: AttributionExtractor, name: str, limit: int | None
) -> tuple[dict[str, Any], int, float]:
    """The scorer's figures, the sentences read and the seconds it took."""
    limits = ["--limit", str(limit)] if limit else []
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, str(SCORER)]
        subprocess.run([*run, "export", name, folder, *limits], check=True, capture_output=True)
        documents = read_folder(Path(folder) / "corpus")
        predictions = Path(folder) / "predictions.jsonl"
        began = time.perf_counter()
        with predictions.open("w", encoding="utf-8") as out:
            for document, found in zip(documents, extractor.extract_many(documents), strict=True):
                out.write(as_json(document.id, found) + "\n")
        seconds = time.perf_counter() - began
        scored = subprocess.run(
            [*run, "score", name, str(predictions), *limits],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    return json.loads(scored.stdout), count_sentences(documents), seconds


def places(text: str, sentence: tuple[int, int], words: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[slice(*sentence)]):
        yield sentence[0] + match.start(), sentence[0] + match.end()


def lies_on(span: Span | None, text: str, sentence: tuple[int, int], words: str | None) -> bool:
    if words is None or span is None:
        return words is None and span is None
    return any(
        start < span.end and span.start < end for start, end in places(text, sentence, words)
    )


def score_registers(extractor: AttributionExtractor) -> dict[str, Any]:
    """Explicit, unflagged accusations against the invented texts: see the folder's README."""
    folder = ROOT / "registers"
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["document"]: row["items"] for row in map(json.loads, lines)}
    count: Counter[str] = Counter()
    for document in read_folder(folder):
        text = document.text
        attributions = extractor.extract(document)
        judged = [a for a in attributions if a.stance in JUDGING and a.target is not None]
        facts = [a for a in judged if a.explicit and not a.negated and not a.hypothetical]
        matched: set[Attribution] = set()
        for item in gold[document.id]:
            at = text.find(item["sentence"])
            sentence = at, at + len(item["sentence"])
            here = [a for a in facts if sentence[0] <= a.cue.start < sentence[1]]
            kind = item["kind"]
            if kind == "trap":
                count["trap"] += 1
                on_cue = [a for a in here if lies_on(a.cue, text, sentence, item["cue"])]
                count["trapped"] += bool(on_cue)
                continue
            pool = here
            if kind == "assertion":
                pool = [
                    a
                    for a in judged
                    if sentence[0] <= a.sentence[0] < sentence[1]
                    or sentence[0] <= a.cue.start < sentence[1]
                ]
            right = [
                a for a in pool
                if lies_on(a.speaker, text, sentence, item["speaker"])
                and lies_on(a.target, text, sentence, item["target"])
            ]  # fmt: skip
            count["swapped"] += sum(
                item["speaker"] is not None
                and lies_on(a.speaker, text, sentence, item["target"])
                and lies_on(a.target, text, sentence, item["speaker"])
                and a not in right
                for a in here
            )
            if kind == "verbal":
                count["verbal"] += 1
                count["found"] += bool(right)
                matched.update(right)
            elif kind == "assertion":
                count["assertion"] += 1
                count["assertion_found"] += bool(right)
                matched.update(right)
            else:
                count["unreal"] += 1
                count["unreal_shown"] += bool(right)
        named = [a for a in facts if a.speaker is not None or a in matched]
        count["shown"] += len(named)
        count["right"] += sum(a in matched for a in named)
    return {
        "recall of verbal": count["found"] / count["verbal"],
        "recall of assertions": count["assertion_found"] / count["assertion"],
        "precision of facts": count["right"] / max(1, count["shown"]),
        "swapped": count["swapped"],
        "traps taken": f"{count['trapped']} of {count['trap']}",
        "unreal shown as fact": f"{count['unreal_shown']} of {count['unreal']}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--limit", type=int, help="documents of each public set")
    parser.add_argument("--only", choices=["registers", "public"])
    options = parser.parse_args()
    extractor = AttributionExtractor()
    table = Table("set", "measure", "figure")
    registers = score_registers(extractor) if options.only != "public" else {}
    for measure, figure in registers.items():
        table.add_row(
            "registers", measure, f"{figure:.3f}" if isinstance(figure, float) else str(figure)
        )
    if SCORER.exists() and options.only != "registers":
        sentences, seconds = 0, 0.0
        for name in SETS:
            figures, read, took = score_public(extractor, name, options.limit)
            sentences, seconds = sentences + read, seconds + took
            for measure, figure in figures.items():
                if measure not in ("set", "split"):
                    table.add_row(name, measure, str(figure))
        table.add_row("speed", "sentences a second", f"{sentences / seconds:.0f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table.add_row("memory", "peak, MB", f"{peak:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
