"""Our ranking beside BM25, MiniLM, RRF and the peer, on the same questions, resampled by article.

    python bench/retrieval.py [squad|clapnq] [--resamplings 10] [--no-peer]

Needs ../shared/eval. The first three rank the very passages that ours ranks; the peer is
llama-index's documented defaults with passages of its own (`bench/peer_llamaindex.py`). Articles
are drawn with replacement, so that no figure hangs on one of them. Ours must lead each other in at
least eight of ten. Then the weights: what other ones would have given.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.corpus import FolderCorpus
from index.live import LiveIndex, OpenGeneration
from index.progress import Silence
from index.reindex import reindex
from index.search import Candidates, find_candidates, rank
from index.settings import load_settings
from index.types import Filters
from index.wiring import embedder_loader

HERE = Path(__file__).parent
EVALUATION = HERE.parents[1] / "shared" / "eval"
MEASURES = ("MRR@10", "hit@1", "recall@6000")
LONGEST, BUDGET, RRF = 1_500, 6_000, 60
Hits = Sequence[tuple[str, int, int]]


def measured(hits: Hits, twins: set[str], need: Sequence[tuple[int, int]]) -> tuple[float, ...]:
    """The three measures of one question, as `evaluate.py score` defines them."""

    def good(hit: tuple[str, int, int]) -> bool:
        return hit[0] in twins and any(hit[1] <= a and b <= hit[2] for a, b in need)

    short = [hit[2] - hit[1] <= LONGEST and good(hit) for hit in hits]
    place = short.index(True) + 1 if any(short) else None
    used, recalled = 0, 0.0
    for hit in hits:
        used += hit[2] - hit[1]
        if used > BUDGET:
            break
        if good(hit):
            recalled = 1.0
            break
    return (1 / place if place else 0.0, float(place == 1), recalled)


def orders(candidates: Candidates) -> dict[str, list[str]]:
    """The keys of the candidates as BM25 alone, MiniLM alone and RRF would rank them."""
    near = sorted(candidates.cosine, key=lambda key: (-candidates.cosine[key], key))
    worded = sorted(candidates.bm25, key=lambda key: (-candidates.bm25[key], key))
    fused = dict.fromkeys(near, 0.0)
    for ranking in (near, worded):
        for position, key in enumerate(ranking, 1):
            fused[key] += 1 / (RRF + position)
    both = sorted(fused, key=lambda key: (-fused[key], key))
    return {"MiniLM": near[:10], "BM25": worded[:10], "RRF": both[:10]}


def places(generation: OpenGeneration, keys: Sequence[str]) -> Hits:
    found = generation.catalog.passages(keys)
    first = [found[key][0].passage for key in keys]
    return [(passage.document, passage.start, passage.end) for passage in first]


def peer(root: Path) -> dict[str, Hits]:
    command = [sys.executable, str(HERE / "peer_llamaindex.py"), str(root)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    lines = (json.loads(line) for line in done.stdout.splitlines())
    return {
        line["id"]: [(h["document"], h["start"] or 0, h["end"] or 0) for h in line["hits"]]
        for line in lines
    }


def compare(name: str, root: Path, with_peer: bool) -> tuple[dict[str, np.ndarray], list[str]]:
    """The measures of each system, a row a question, and the article of each question."""
    sys.path.insert(0, str(EVALUATION))
    import evaluate

    subprocess.run([sys.executable, EVALUATION / "evaluate.py", "export", name, root], check=True)
    settings = load_settings(corpus_dir=root / "corpus", data_dir=root / "data")
    reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    documents = evaluate.documents(EVALUATION, name, "dev", None)
    twins: dict[str, set[str]] = {}
    for file, text, _ in documents:
        twins.setdefault(text, set()).add(file)
    theirs = peer(root) if with_peer else {}
    rows: dict[str, list[tuple[float, ...]]] = {}
    articles = []
    live = LiveIndex(settings.data_dir, embedder_loader(settings))
    with live.lease() as generation:
        for file, text, questions in documents:
            for question in questions:
                if not question["answerable"]:
                    continue
                need = question["spans"] or [question["paragraph"]]
                candidates = find_candidates(generation, question["question"])
                found = {
                    name: places(generation, keys) for name, keys in orders(candidates).items()
                }
                hits = rank(generation, candidates, Filters(), 10)
                found["Ascribe"] = [
                    (hit.passage.document, hit.passage.start, hit.passage.end) for hit in hits
                ]
                if with_peer:
                    found["peer"] = theirs.get(question["id"], [])
                for system, one in found.items():
                    rows.setdefault(system, []).append(measured(one, twins[text], need))
                articles.append(file)
    live.close()
    return {system: np.array(some) for system, some in rows.items()}, articles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", default="squad", choices=["squad", "clapnq"])
    parser.add_argument("--resamplings", type=int, default=10)
    parser.add_argument("--no-peer", action="store_true")
    args = parser.parse_args()
    if not EVALUATION.is_dir():
        sys.exit("The evaluation data is not here.")
    with tempfile.TemporaryDirectory() as folder:
        rows, articles = compare(args.set, Path(folder), not args.no_peer)
    by_article: dict[str, list[int]] = {}
    for at, article in enumerate(articles):
        by_article.setdefault(article, []).append(at)
    names = sorted(by_article)
    draw = np.random.default_rng(7)
    samples = [
        [at for i in draw.integers(0, len(names), len(names)) for at in by_article[names[i]]]
        for _ in range(args.resamplings)
    ]
    ours = rows["Ascribe"]
    print(f"{args.set}: {len(articles)} questions of {len(names)} articles\n")
    print(f"| | {' | '.join(MEASURES)} | Ascribe leads in … of {len(samples)} |")
    print("|---|---|---|---|---|")
    for system, figures in sorted(rows.items(), key=lambda one: -one[1][:, 0].mean()):
        cells = " | ".join(f"{value:.3f}" for value in figures.mean(axis=0))
        wins = [
            sum(ours[some, m].mean() > figures[some, m].mean() for some in samples)
            for m in range(len(MEASURES))
        ]
        led = "" if system == "Ascribe" else ", ".join(map(str, wins))
        print(f"| {system} | {cells} | {led} |")


if __name__ == "__main__":
    main()
