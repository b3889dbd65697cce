"""Whole answers beside the best MiniLM sentence of the best passage: `python bench/selection.py`.

Needs ../shared/eval. Both answer the same questions from the same index, and are scored by the same
evaluate.py: the share of the cited characters that people chose, the share of the chosen sentences
that was cited. The baseline answers everything; ours may be silent.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from index.answer import Answerer
from index.contract import answer_json
from index.corpus import FolderCorpus
from index.live import LiveIndex, OpenGeneration
from index.progress import Silence
from index.reindex import reindex
from index.settings import load_settings
from index.types import Filters
from index.wiring import embedder_loader

EVALUATION = Path(__file__).parents[2] / "shared" / "eval"
EVALUATE = EVALUATION / "evaluate.py"


def baseline(generation: OpenGeneration, question: str) -> dict:
    """The sentence with the highest cosine of the passage with the highest cosine."""
    vector = generation.embedder.encode_query(question)
    key = generation.vectors.nearest(vector, 1)[0].key
    place = generation.catalog.passages([key], Filters())[key][0]
    spans = place.passage.sentences
    texts = [place.text[a - place.passage.start : b - place.passage.start] for a, b in spans]
    best = int(np.argmax(generation.embedder.encode_documents(texts) @ vector[0]))
    start, end = spans[best]
    cited = {
        "number": 1, "document": place.source.document, "start": start, "end": end,
        "quote": texts[best],
    }  # fmt: skip
    statement = {"text": " ".join(texts[best].split()), "citations": [1]}
    return {"found": True, "confidence": 1, "statements": [statement], "citations": [cited]}


def score(name: str, predictions: Path) -> dict:
    command = [sys.executable, EVALUATE, "score", name, predictions]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["answers"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", default="clapnq", choices=["squad", "clapnq"])
    name = parser.parse_args().set
    if not EVALUATE.is_file():
        sys.exit("The evaluation data is not here.")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        subprocess.run([sys.executable, EVALUATE, "export", name, root], check=True)
        settings = load_settings(corpus_dir=root / "corpus", data_dir=root / "data")
        reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
        live = LiveIndex(settings.data_dir, embedder_loader(settings))
        answerer = Answerer(live)
        lines = (root / "questions.jsonl").read_text("utf-8").splitlines()
        with (root / "ours").open("w") as ours, (root / "baseline").open("w") as other:
            for line in lines:
                asked = json.loads(line)
                answer = answer_json(answerer.answer(asked["question"]))
                ours.write(json.dumps({**answer, "id": asked["id"]}) + "\n")
                with live.lease() as generation:
                    answer = baseline(generation, asked["question"])
                other.write(json.dumps({**answer, "id": asked["id"]}) + "\n")
        scores = {"Ascribe": score(name, root / "ours"), "baseline": score(name, root / "baseline")}
        live.close()
    measures = (
        "char_precision", "gold_span_recall", "right_of_answerable", "answered_when_answerable",
        "abstained_when_not", "confidence_auc",
    )  # fmt: skip
    print(f"| {name} | {' | '.join(measures)} |\n|---|{'---|' * len(measures)}")
    for system, found in scores.items():
        print(f"| {system} | {' | '.join(f'{found[m]:.3f}' for m in measures)} |")


if __name__ == "__main__":
    main()
