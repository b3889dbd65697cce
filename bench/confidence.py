"""Fits the confidence of an answer: `python bench/confidence.py [--questions N]`.

Needs ../shared/eval. Questions of SQuAD and CLAPnq are asked of indexes that hold their article
(they can be answered) and of indexes that do not (they cannot): two of some hundred passages and
four of a dozen, so that the confidence means the same in a small corpus and in a larger one.
Prints the weights for `index/evidence.py` and the table of risk and coverage.
"""

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from index.corpus import FolderCorpus
from index.evidence import weigh
from index.live import LiveIndex
from index.progress import Silence
from index.reindex import reindex
from index.search import find_candidates, rank
from index.settings import load_settings
from index.types import Filters
from index.wiring import embedder_loader

EVALUATION = Path(__file__).parents[2] / "shared" / "eval"


def read(name: str) -> list[dict]:
    lines = (EVALUATION / name / "dev.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def indexed(root: Path, name: str, texts: dict[str, str]) -> LiveIndex:
    corpus, data = root / name / "corpus", root / name / "data"
    corpus.mkdir(parents=True)
    data.mkdir()
    (data / "models").symlink_to(root / "models")
    for document, text in texts.items():
        (corpus / f"{document}.txt").write_text(text, "utf-8")
    settings = load_settings(corpus_dir=corpus, data_dir=data)
    reindex(settings, FolderCorpus(corpus), Silence())
    return LiveIndex(data, embedder_loader(settings))


def signals(live: LiveIndex, question: str) -> dict[str, float]:
    with live.lease() as generation:
        candidates = find_candidates(generation, question)
        hits = rank(generation, candidates, Filters(), 10)
        return weigh(generation, question, candidates.vector, hits).signals


def examples(root: Path, count: int) -> list[tuple[dict[str, float], bool, str]]:
    """(signals, answerable, article)"""
    random.seed(7)
    articles: dict[str, list[dict]] = {}
    for row in read("squad2_half"):
        articles.setdefault(row["doc_id"], []).append(row)
    names = sorted(articles)
    half = {name: "\n\n".join(p["context"] for p in articles[name]) for name in names}
    clapnq = [row for row in read("clapnq_dev") if row["answerable"]]
    passages = {f"q{i}": row["passages"][0]["text"] for i, row in enumerate(clapnq)}
    (root / "models").mkdir()
    one = indexed(root, "one", {n: half[n] for n in names[::2]})
    two = indexed(root, "two", {n: half[n] for n in names[1::2]})
    wiki = indexed(root, "wiki", passages)
    found = []
    for at, name in enumerate(names):
        own, other = (one, two) if at % 2 == 0 else (two, one)
        asked = [q["question"] for p in articles[name] for q in p["questions"] if q["answerable"]]
        for question in random.sample(asked, min(len(asked), count // len(names))):
            found.append((signals(own, question), True, name))
            found.append((signals(other, question), False, name))
    for at, row in enumerate(random.sample(clapnq, min(len(clapnq), count // 4))):
        found.append((signals(wiki, row["input"]), True, f"q{at}"))
        found.append((signals(one if at % 2 else two, row["input"]), False, f"q{at}"))
    for name in names[:4]:
        rows = articles[name][:12]
        small = indexed(root, f"small-{name}", {name: "\n\n".join(p["context"] for p in rows)})
        asked = [q["question"] for p in rows for q in p["questions"] if q["answerable"]]
        others = [q["question"] for n in names if n != name for q in articles[n][0]["questions"]]
        found += [
            (signals(small, q), True, name) for q in random.sample(asked, min(40, len(asked)))
        ]
        found += [(signals(small, q), False, name) for q in random.sample(others, 40)]
        small.close()
    for live in (one, two, wiki):
        live.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=800)
    count = parser.parse_args().questions
    if not EVALUATION.is_dir():
        sys.exit("The evaluation data is not here.")
    with tempfile.TemporaryDirectory() as folder:
        rows = examples(Path(folder), count)
    names = list(rows[0][0])
    x = np.array([[row[name] for name in names] for row, _, _ in rows])
    y = np.array([answerable for _, answerable, _ in rows])
    groups = np.array([group for _, _, group in rows])
    model = LogisticRegression(C=10, max_iter=1000)
    held_out = cross_val_predict(
        model, x, y, groups=groups, cv=GroupKFold(5), method="predict_proba"
    )[:, 1]
    model.fit(x, y)
    print(f"{len(rows)} questions, AUC {roc_auc_score(y, held_out):.4f} (held out by article)")
    for at, name in enumerate(names):
        print(
            f'    "{name}": {model.coef_[0][at]:.3f},'
            f"   # alone: AUC {roc_auc_score(y, x[:, at]):.3f}"
        )
    print(f"INTERCEPT = {model.intercept_[0]:.3f}")
    print("\n| cut | answerable answered | others met with silence |\n|---|---|---|")
    for cut in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        print(f"| {cut} | {(held_out[y] >= cut).mean():.3f} | {(held_out[~y] < cut).mean():.3f} |")


if __name__ == "__main__":
    main()
