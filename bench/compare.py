"""Ascribe beside llama-index's documented defaults, on the same documents in the same run.

    python bench/compare.py [--out docs/costs.md] [--picture docs/pictures/growth.png]

About 15 minutes on two cores. Prints a Markdown table and draws how the costs grow. Where
../shared/eval is missing, the long documents are generated and quality is left out.
"""

import argparse
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.cost import ASCRIBE, ROOT, bytes_in, measure
from bench.generated import TextGenerator

EVALUATION = ROOT.parent / "shared" / "eval"
EVALUATE = EVALUATION / "evaluate.py"
HERE = Path(__file__).parent
SIZES = (1_000, 10_000, 100_000)
PARTS = ("indexing", "updating", "quality")
_LONG = 420_000
_LONG_DOCUMENT = 105_000
_MANY = 1_000
_SEARCHED = 100


@dataclass
class Table:
    """Rows of (what, ours, the peer's)."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, ours: str, peer: str = "") -> None:
        self.rows.append((what, ours, peer))
        print(f"{what}: {ours} | {peer}", file=sys.stderr, flush=True)

    def markdown(self) -> str:
        lines = ["| | Ascribe | llama-index |", "|---|---|---|"]
        lines += [f"| {what} | {ours} | {peer} |" for what, ours, peer in self.rows]
        return "\n".join(lines)


def export(name: str, folder: Path) -> None:
    command = [sys.executable, str(EVALUATE), "export", name, str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def write_long(folder: Path) -> str:
    """Four long documents, and what they are made of."""
    paragraphs: list[str] = []
    source = "generated text"
    if EVALUATE.is_file():
        source = "paragraphs of Wikipedia (SQuAD, CLAP NQ)"
        for name in ("squad", "clapnq"):
            with tempfile.TemporaryDirectory() as root:
                export(name, Path(root))
                texts = sorted((Path(root) / "corpus").iterdir())
                paragraphs += [path.read_text("utf-8").strip() for path in texts]
    if sum(map(len, paragraphs)) < _LONG:
        paragraphs = list(TextGenerator(7).paragraphs(_LONG))
    folder.mkdir()
    whole = "\n\n".join(paragraphs)[:_LONG]
    for number, at in enumerate(range(0, _LONG, _LONG_DOCUMENT)):
        (folder / f"{number}.txt").write_text(whole[at : at + _LONG_DOCUMENT], "utf-8")
    return source


def compare_indexing(root: Path, table: Table) -> None:
    corpus, data, peer = root / "long", root / "data", root / "peer"
    source = write_long(corpus)
    folders = ("--corpus", corpus, "--data", data)
    theirs = measure(sys.executable, HERE / "peer_cost.py", "index", corpus, peer)
    first = measure(*ASCRIBE, "reindex", *folders, "--json")
    read = measure(*ASCRIBE, "extract", corpus, "--json")
    passages = json.loads(first.output)["passages"]
    table.add(
        f"four documents, {_LONG // 1000} KB in all: {source}",
        f"{passages} passages",
        f"{json.loads(theirs.output)['passages']} passages",
    )
    ratio = first.seconds / theirs.seconds
    table.add(
        "indexed for the first time, CPU seconds",
        f"**{first.seconds:.0f}** ({ratio:.2f} of the peer's)",
        f"{theirs.seconds:.0f}",
    )
    table.add("of which reading who said what (`ascribe extract`)", f"{read.seconds:.0f}", "none")
    table.add("peak memory, MB", f"{first.megabytes:.0f}", f"{theirs.megabytes:.0f}")
    model = bytes_in(data / "models")
    table.add(
        "on disk, MB",
        f"{(bytes_in(data) - model) / 1e6:.1f}, and the model's {model / 1e6:.0f}",
        f"{bytes_in(peer) / 1e6:.1f}",
    )
    compare_asking(root, data, peer, table)


def compare_asking(root: Path, data: Path, peer: Path, table: Table) -> None:
    question = "When was the school founded?"
    (root / "one.txt").write_text(question, "utf-8")
    text = TextGenerator(9)
    many = [text.question() for _ in range(_SEARCHED)]
    (root / "many.txt").write_text("\n".join(many), "utf-8")
    ours = measure(*ASCRIBE, "ask", question, "--data", data, runs=3)
    searched = measure(*ASCRIBE, "search", question, "--data", data, runs=3)
    theirs = measure(sys.executable, HERE / "peer_cost.py", "ask", peer, root / "one.txt", runs=3)
    table.add(
        "one question in a fresh process, CPU seconds",
        f"**{searched.seconds:.1f}**, with an answer in sentences {ours.seconds:.1f}",
        f"{theirs.seconds:.1f}",
    )
    table.add("its peak memory, MB", f"{ours.megabytes:.0f}", f"{theirs.megabytes:.0f}")
    warm = measure(sys.executable, HERE / "growth.py", str(_SEARCHED), data, "--ask")
    found = json.loads(warm.output)
    output = measure(sys.executable, HERE / "peer_cost.py", "ask", peer, root / "many.txt").output
    other = json.loads(output)
    table.add(
        "a search in a warm process, CPU ms, p50 / p95",
        f"**{found['search_p50']:.0f}** / {found['search_p95']:.0f}",
        f"{other['search_p50']:.0f} / {other['search_p95']:.0f}",
    )
    table.add(
        "an answer in a warm process, CPU ms, p50 / p95",
        f"{found['answer_p50']:.0f} / {found['answer_p95']:.0f}",
        "none without a language model",
    )


def export_model(root: Path) -> Path:
    """The exported model, from an index of one sentence."""
    corpus, data = root / "sentence", root / "data-sentence"
    corpus.mkdir()
    (corpus / "a.txt").write_text("The roof leaked.", "utf-8")
    measure(*ASCRIBE, "reindex", "--corpus", corpus, "--data", data)
    return data / "models"


def compare_updating(root: Path, models: Path, table: Table) -> None:
    """A thousand documents: nothing changed, then one."""
    corpus, data, peer = root / "many", root / "data-many", root / "peer-many"
    corpus.mkdir()
    text = TextGenerator(11)
    for number in range(_MANY):
        (corpus / f"{number:04}.txt").write_text(text.paragraph(6), "utf-8")
    shutil.copytree(models, data / "models")
    folders = ("--corpus", corpus, "--data", data)
    measure(*ASCRIBE, "reindex", *folders)
    measure(*ASCRIBE, "reindex", *folders)
    same = measure(*ASCRIBE, "reindex", *folders, runs=3)
    with (corpus / "0500.txt").open("a", encoding="utf-8") as file:
        file.write(" The council accused the roofer of neglect.")
    changed = measure(*ASCRIBE, "reindex", *folders)
    theirs = measure(sys.executable, HERE / "peer_cost.py", "index", corpus, peer)
    table.add(
        f"{_MANY:,} short documents, indexed again unchanged, CPU seconds",
        f"**{same.seconds:.2f}**",
        f"{theirs.seconds:.0f} (all again; every row is there twice then)",
    )
    table.add(
        "one of them changed, CPU seconds", f"**{changed.seconds:.1f}**", f"{theirs.seconds:.0f}"
    )


def compare_quality(root: Path, models: Path, table: Table) -> None:
    if not EVALUATE.is_file():
        table.add("quality", "not measured: the evaluation data is not here")
        return
    squad = root / "squad"
    export("squad", squad)
    shutil.copytree(models, squad / "data" / "models")
    folders = ("--corpus", squad / "corpus", "--data", squad / "data")
    measure(*ASCRIBE, "reindex", *folders)
    asked = ("--batch", squad / "questions.jsonl", "--json", "--data", squad / "data")
    ours = scored("squad", squad, measure(*ASCRIBE, "search", *asked, "-k", "10").output)
    peer = measure(sys.executable, HERE / "peer_llamaindex.py", squad)
    theirs = scored("squad", squad, peer.output)
    names = [("mrr@10", "MRR@10"), ("hit@1", "hit@1"), ("recall@6000", "recall@6000")]
    for key, name in names:
        one, other = (found["retrieval"].get(key) for found in (ours, theirs))
        if one is not None and other is not None:
            table.add(f"SQuAD, {name}", f"**{one:.3f}**", f"{other:.3f}")
    clapnq = root / "clapnq"
    export("clapnq", clapnq)
    shutil.copytree(models, clapnq / "data" / "models")
    measure(*ASCRIBE, "reindex", "--corpus", clapnq / "corpus", "--data", clapnq / "data")
    asked = ("--batch", clapnq / "questions.jsonl", "--json", "--data", clapnq / "data")
    answers = scored("clapnq", clapnq, measure(*ASCRIBE, "ask", *asked).output)["answers"]
    for key in ("char_precision", "gold_span_recall", "answered_when_answerable"):
        if key in answers:
            table.add(f"CLAP NQ, {key.replace('_', ' ')}", f"{answers[key]:.3f}")


def scored(name: str, folder: Path, predictions: str) -> dict[str, dict[str, float]]:
    path = folder / "predictions.jsonl"
    path.write_text(predictions, "utf-8")
    command = [sys.executable, str(EVALUATE), "score", name, str(path)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, dict[str, float]] = json.loads(output)
    return found


def measure_growth(models: Path, sizes: Sequence[int]) -> list[dict[str, float]]:
    found = []
    for size in sizes:
        output = measure(sys.executable, HERE / "growth.py", str(size), models.parent).output
        found.append(json.loads(output))
        print(output, file=sys.stderr, flush=True)
    return found


def growth_table(found: Sequence[dict[str, float]]) -> str:
    rows = (
        ("a search, CPU ms, p50 / p95", "{search_p50:.0f} / {search_p95:.0f}"),
        ("an answer, CPU ms, p50 / p95", "{answer_p50:.0f} / {answer_p95:.0f}"),
        ("opening the index, CPU seconds", "{open_seconds:.1f}"),
        ("memory of the process that answers, MB", "{megabytes:.0f}"),
        ("on disk, MB", "{disk_megabytes:.0f}"),
        ("storing words and passages, CPU seconds", "{catalog_seconds:.1f}"),
        ("storing vectors, CPU seconds", "{chroma_seconds:.0f}"),
        ("memory of the process that stores, MB", "{build_megabytes:.0f}"),
    )
    heads = " | ".join(f"{one['passages']:,} passages" for one in found)
    lines = [f"| | {heads} |", "|---" * (len(found) + 1) + "|"]
    for name, shape in rows:
        lines.append(f"| {name} | {' | '.join(shape.format(**one) for one in found)} |")
    return "\n".join(lines)


def draw(found: Sequence[dict[str, float]], path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    sizes = [one["passages"] for one in found]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    lines = (
        ("answer, p95", "answer_p95", "#b5532a", "s-"),
        ("answer, p50", "answer_p50", "#b5532a", "o--"),
        ("search, p95", "search_p95", "#2a5db5", "s-"),
        ("search, p50", "search_p50", "#2a5db5", "o--"),
    )
    for name, key, colour, style in lines:
        left.plot(sizes, [one[key] for one in found], style, color=colour, label=name, ms=4)
    left.set_title("A question in a warm process", fontsize=10)
    left.set_ylabel("CPU milliseconds")
    for name, key, colour, style in (
        ("on disk", "disk_megabytes", "#5a5a5a", "s-"),
        ("memory while answering", "megabytes", "#2f7d4f", "o--"),
    ):
        right.plot(sizes, [one[key] for one in found], style, color=colour, label=name, ms=4)
    right.set_title("Size", fontsize=10)
    right.set_ylabel("megabytes")
    for axes in (left, right):
        axes.set_xscale("log")
        axes.set_xticks(sizes, [f"{size:,}" for size in sizes], minor=False)
        axes.set_xlabel("passages")
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, fontsize=8)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)


def page(table: Table, growth: Sequence[dict[str, float]], picture: str, minutes: float) -> str:
    return f"""# What it costs

Measured by `python bench/compare.py` in {minutes:.0f} minutes on {machine()}, Python
{platform.python_version()}. The peer is llama-index as its documentation shows it:
`SentenceSplitter` of 256 tokens, MiniLM by sentence-transformers, Chroma, the ten nearest passages.
CPU seconds are those of the whole process, start and imports included, and for Ascribe's first
index the export of the model too, which is done once.

{table.markdown()}

## How it grows

Generated text and random vectors stand for the passages; all else is real, the embedding of
questions and of the sentences of answers too.

![Costs at 1,000, 10,000 and 100,000 passages]({picture})

{growth_table(growth)}
"""


def machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return f"{len(models)} cores of {models[0]}" if models else platform.machine()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="where to write the page; else it is printed")
    parser.add_argument("--picture", type=Path, default=ROOT / "docs" / "pictures" / "growth.png")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, metavar="PASSAGES")
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS)
    given = parser.parse_args()
    start = time.monotonic()
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        models = export_model(root)
        if "indexing" in given.parts:
            compare_indexing(root, table)
        if "updating" in given.parts:
            compare_updating(root, models, table)
        if "quality" in given.parts:
            compare_quality(root, models, table)
        growth = measure_growth(models, given.sizes)
    if growth:
        draw(growth, given.picture)
    text = page(table, growth, f"pictures/{given.picture.name}", (time.monotonic() - start) / 60)
    if given.out:
        given.out.write_text(text, "utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
