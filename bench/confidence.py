"""Fits the confidence of an answer: `python bench/confidence.py [--questions N]`.

Needs ../shared/eval. Questions of SQuAD and CLAPnq are asked of indexes that hold their article
(they can be answered), of indexes that do not, and with a name, a year or a number changed by
`bench/perturbed.py`. SQuAD's own unanswerable questions are measured, and not fitted to. Everything
is held out by article. Prints the weights for `index/confidence.py`, how well each kind of question
is told apart, the table of risk and coverage, and the calibration.
"""

import argparse
import json
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from perturbed import names_of, other_name, other_number, other_year, strange_name
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from index.confidence import WEIGHTS
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
FITTED = {
    "answerable": 1.0, "off topic": 3.0, "name of the article": 0.1, "name of the corpus": 0.1,
    "strange name": 0.1, "year": 0.5, "number": 0.5, "adversarial": 0.0,
}  # fmt: skip
"""How much a question of each kind counts in the fit."""

ALTERED = ("name of the article", "name of the corpus", "strange name", "year", "number")


@dataclass(frozen=True, slots=True)
class Example:
    """A question as it was asked of an index, with the article that it belongs to."""

    signals: dict[str, float]
    kind: str
    article: str
    original: str
    set: str


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


def example(
    live: LiveIndex, question: str, kind: str, article: str, original: str, name: str
) -> Example:
    with live.lease() as generation:
        candidates = find_candidates(generation, question)
        hits = rank(generation, candidates, Filters(), 10)
        evidence = weigh(generation, question, candidates.vector, hits, candidates.terms)
    return Example(evidence.signals, kind, article, original, name)


def examples(root: Path, count: int) -> list[Example]:
    chance = random.Random(7)
    articles: dict[str, list[dict]] = {}
    for row in read("squad2_half"):
        articles.setdefault(row["doc_id"], []).append(row)
    texts = {name: "\n\n".join(p["context"] for p in rows) for name, rows in articles.items()}
    names = {article: names_of(text) for article, text in texts.items()}
    everywhere = sorted({name for some in names.values() for name in some})
    clapnq = read("clapnq_dev")
    (root / "models").mkdir()
    squad = indexed(root, "squad", texts)
    passages = {f"q{i}": row["passages"][0]["text"] for i, row in enumerate(clapnq)}
    wiki = indexed(root, "wiki", passages)
    asked = [
        (q["question"], article, q["answerable"])
        for article, rows in articles.items()
        for row in rows
        for q in row["questions"]
    ]
    sure = [one for one in asked if one[2]]
    dated = [one for one in sure if any(sign.isdigit() for sign in one[0])]
    found = []
    for question, article, _ in dict.fromkeys([*chance.sample(sure, count), *dated]):
        changed = {
            "answerable": question,
            "name of the article": other_name(question, names[article], chance),
            "name of the corpus": other_name(question, everywhere, chance),
            "strange name": strange_name(question, chance),
            "year": other_year(question, chance),
            "number": other_number(question, chance),
        }
        for kind, text in changed.items():
            if text is not None:
                found.append(example(squad, text, kind, article, question, "squad"))
    for question, article, _ in chance.sample([one for one in asked if not one[2]], count // 2):
        found.append(example(squad, question, "adversarial", article, question, "squad"))
    for at, row in enumerate(clapnq):
        kind = "answerable" if row["answerable"] else "adversarial"
        found.append(example(wiki, row["input"], kind, f"q{at}", row["input"], "clapnq"))
        found.append(example(squad, row["input"], "off topic", f"q{at}", row["input"], "squad"))
    for question, article, _ in chance.sample(sure, count // 2):
        found.append(example(wiki, question, "off topic", article, question, "clapnq"))
    squad.close()
    wiki.close()
    return found


def held_out(rows: list[Example], names: list[str]) -> tuple[np.ndarray, LogisticRegression]:
    x = np.array([[row.signals[name] for name in names] for row in rows])
    y = np.array([row.kind == "answerable" for row in rows])
    weights = np.array([FITTED[row.kind] for row in rows])
    groups = np.array([row.article for row in rows])
    chances = np.zeros(len(rows))
    for some, rest in GroupKFold(5).split(x, groups=groups):
        model = LogisticRegression(C=10, max_iter=5000)
        model.fit(x[some], y[some], sample_weight=weights[some])
        chances[rest] = model.predict_proba(x[rest])[:, 1]
    return chances, LogisticRegression(C=10, max_iter=5000).fit(x, y, sample_weight=weights)


def auc(right: np.ndarray, wrong: np.ndarray) -> float:
    truth = np.r_[np.ones(len(right)), np.zeros(len(wrong))]
    return float(roc_auc_score(truth, np.r_[right, wrong]))


def report(rows: list[Example], chances: np.ndarray) -> None:
    kinds = np.array([row.kind for row in rows])
    sets = np.array([row.set for row in rows])
    originals = {row.original: at for at, row in enumerate(rows) if row.kind == "answerable"}
    print("\n| against the originals | questions | AUC | lowered |\n|---|---|---|---|")
    for kind in ALTERED:
        some = [at for at, row in enumerate(rows) if row.kind == kind]
        before = chances[[originals[rows[at].original] for at in some]]
        lower = (chances[some] < before).mean()
        print(f"| {kind} | {len(some)} | {auc(before, chances[some]):.3f} | {lower:.0%} |")
    print("\n| against the answerable | set | AUC | silenced at 5 % lost | that cut |")
    print("|---|---|---|---|---|")
    for kind in ("off topic", "adversarial"):
        for name in ("squad", "clapnq", "both"):
            here = (sets == name) | (name == "both")
            right = chances[(kinds == "answerable") & here]
            wrong = chances[(kinds == kind) & here]
            cut = np.quantile(right, 0.05)
            cells = f"{auc(right, wrong):.3f} | {(wrong < cut).mean():.1%} | {cut:.2f}"
            print(f"| {kind} | {name} | {cells} |")
    print("\n| cut | answered: squad | clapnq | off topic silenced: squad | clapnq | altered |")
    print("|---|---|---|---|---|---|")
    for cut in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        cells = [
            (chances[(kinds == "answerable") & (sets == name)] >= cut).mean()
            for name in ("squad", "clapnq")
        ] + [
            (chances[(kinds == "off topic") & (sets == name)] < cut).mean()
            for name in ("squad", "clapnq")
        ]
        cells.append((chances[np.isin(kinds, ALTERED)] < cut).mean())
        print(f"| {cut} | {' | '.join(f'{cell:.1%}' for cell in cells)} |")
    plain = np.isin(kinds, ["answerable", "off topic"])
    truth, said = kinds[plain] == "answerable", chances[plain]
    bins = np.clip((said * 10).astype(int), 0, 9)
    error = sum(
        (bins == b).sum() * abs(said[bins == b].mean() - truth[bins == b].mean())
        for b in np.unique(bins)
    ) / len(said)
    print(f"\nBrier {np.mean((said - truth) ** 2):.3f}, ECE {error:.3f} (answerable or off topic)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=600)
    count = parser.parse_args().questions
    if not EVALUATION.is_dir():
        sys.exit("The evaluation data is not here.")
    with tempfile.TemporaryDirectory() as folder:
        rows = examples(Path(folder), count)
    names = list(WEIGHTS)
    chances, model = held_out(rows, names)
    print(f"{len(rows)} questions, held out by article\n\nWEIGHTS = {{")
    for name, weight in zip(names, model.coef_[0], strict=True):
        print(f'    "{name}": {weight:.3f},')
    print(f"}}\nINTERCEPT = {model.intercept_[0]:.3f}")
    report(rows, chances)


if __name__ == "__main__":
    main()
