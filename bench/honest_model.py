"""Answers worded by an honest scripted model, beside those without a model, on the same questions.

    python -m bench.honest_model clapnq|squad [--documents N] [--questions N] [--root DIR]

The model is a server on loopback that returns the sentences of its prompt that hold most of the
question's rare words, word for word, with the right numbers. Needs ../shared/eval: evaluate.py
scores both; figures over all questions of a set (answered, right) are left out for a sample. With
`--root` the corpus and its index are kept there for the next run.
"""

import argparse
import json
import math
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from index.answer import Answerer
from index.contract import answer_json
from index.corpus import FolderCorpus
from index.progress import Silence
from index.reindex import reindex
from index.sentences import paragraphs
from index.settings import Settings, load_settings
from index.terms import STOP_WORDS
from index.wiring import open_answerer
from tests.lying_model import PASSAGE, serving, statements

EVALUATE = Path(__file__).parents[2] / "shared" / "eval" / "evaluate.py"
SHOWN = (
    "char_precision", "broken_quotes", "dangling_citations", "uncited_statements",
    "statements_not_quoted", "inconsistent", "statements",
)  # fmt: skip
NEARLY = 0.9
"""A second sentence is given when it scores so near to the best."""


def words(text: str) -> set[str]:
    return {w.lower()[:6] for w in re.findall(r"\w+", text) if w.lower() not in STOP_WORDS}


def honest(prompt: str) -> str:
    """The sentences with most of the question's words, each weighed by its rarity here."""
    asked = words(prompt.partition("\n")[0].removeprefix("Question:"))
    sentences = [
        (int(number), sentence)
        for number, text in PASSAGE.findall(prompt)
        for paragraph in paragraphs(text)
        for sentence in (text[start:end] for start, end in paragraph.sentences)
    ]
    counts = Counter(word for _, sentence in sentences for word in words(sentence))

    def score(sentence: str) -> float:
        return sum(math.log(1 + len(sentences) / counts[w]) for w in words(sentence) & asked)

    ranked = sorted(sentences, key=lambda one: -score(one[1]))[:2]
    best = score(ranked[0][1])
    chosen = [one for one in ranked if score(one[1]) >= NEARLY * best]
    return statements(*[(sentence, [number]) for number, sentence in chosen])


def build(name: str, root: Path, documents: int | None) -> Settings:
    """The settings of an index of a set's documents; its questions lie beside."""
    settings = load_settings(corpus_dir=root / "corpus", data_dir=root / "data")
    if not (root / "questions.jsonl").is_file():
        some = ["--limit", str(documents)] if documents else []
        command = [sys.executable, EVALUATE, "export", name, root, *some]
        subprocess.run(command, check=True, stdout=sys.stderr)
    reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    return settings


def ask(answerer: Answerer, questions: list[dict], out: Path) -> Counter[str]:
    """Writes the answers as `ascribe ask --json` does; what became of the model's sentences."""
    seen: Counter[str] = Counter()
    with out.open("w", encoding="utf-8") as stream:
        for row in questions:
            answer = answerer.answer(row["question"])
            stream.write(json.dumps({"id": row["id"]} | answer_json(answer)) + "\n")
            if answer.synthesis is not None:
                seen["worded by the model" if answer.synthesis.used else "extractive"] += 1
                seen.update(one.outcome for one in answer.synthesis.treated)
    return seen


def score(name: str, predictions: Path, documents: int | None) -> dict:
    some = ["--limit", str(documents)] if documents else []
    command = [sys.executable, EVALUATE, "score", name, predictions, *some]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)["answers"]
    return {figure: found[figure] for figure in SHOWN}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("set", choices=["clapnq", "squad"])
    parser.add_argument("--documents", type=int, help="only the first ones")
    parser.add_argument("--questions", type=int, help="a random sample, the same each time")
    parser.add_argument("--root", type=Path)
    options = parser.parse_args()
    if not EVALUATE.is_file():
        sys.exit("The evaluation data is not here.")
    with tempfile.TemporaryDirectory() as folder, serving(honest) as endpoint:
        root = options.root or Path(folder)
        settings = build(options.set, root, options.documents)
        lines = (root / "questions.jsonl").read_text("utf-8").splitlines()
        questions = [json.loads(line) for line in lines]
        if options.questions and options.questions < len(questions):
            questions = random.Random(8).sample(questions, options.questions)
        worded = load_settings(
            **settings.model_dump()
            | {"llm_url": endpoint.url, "llm_model": "m", "llm_calls_a_day": 10 * len(questions)}
        )
        for title, used in (("extractive", settings), ("honest model", worded)):
            answerer = open_answerer(used)
            try:
                seen = ask(answerer, questions, Path(folder) / "answers.jsonl")
            finally:
                answerer.close()
            figures = score(options.set, Path(folder) / "answers.jsonl", options.documents)
            print(f"{options.set}, {len(questions)} questions, {title}:", json.dumps(figures))
            if seen:
                print(" ", dict(seen))


if __name__ == "__main__":
    main()
