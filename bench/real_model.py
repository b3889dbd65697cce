"""A transcript of a real language model: what it wrote, and what became of each sentence.

    python -m bench.real_model URL MODEL [QUESTIONS] [--corpus DIR] [--data DIR]

QUESTIONS is a file of JSON lines with a "question" each, bench/real_questions.jsonl by default. The
transcript is Markdown on standard output: under each question the answer in the sources' own words,
then every sentence of the model as kept, repaired, replaced or dropped, with the reason; a summary
at the end. With `--data` the index is kept there for the next run.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from index.corpus import FolderCorpus
from index.progress import Silence
from index.reindex import reindex
from index.settings import load_settings
from index.types import Answer
from index.wiring import open_answerer

QUESTIONS = Path(__file__).with_name("real_questions.jsonl")


def lines(question: str, plain: Answer, worded: Answer) -> Iterator[str]:
    """The part of the transcript for one question."""
    yield f"\n## {question}\n"
    yield from ("- source: " + one_line(s.text) for s in plain.statements)
    used = worded.synthesis
    if used is None:
        yield "- (silent: the model is not asked)"
        return
    for one in used.treated:
        yield f"- **{one.outcome}**: {one_line(one.written)}"
        if one.shown not in ("", one.written):
            yield f"  - shown: {one_line(one.shown)}"
        if one.reason:
            yield f"  - {one.reason}"
    how = "in the model's words" if used.used else f"in the sources' own words: {used.reason}"
    yield f"- *{worded.seconds:.1f} s, {how}*"


def one_line(text: str) -> str:
    return " ".join(text.split())


def transcript(
    url: str, model: str, questions: Sequence[str], corpus: Path, data: Path, seconds: float
) -> None:
    """Asks everything twice, without the model and with it, and prints."""
    settings = load_settings(corpus_dir=corpus, data_dir=data)
    reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    limits = {"llm_timeout_seconds": seconds, "llm_calls_a_day": 1_000_000}
    worded = load_settings(**settings.model_dump() | {"llm_url": url, "llm_model": model} | limits)
    sentences: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    times = []
    with closing(open_answerer(settings)) as without, closing(open_answerer(worded)) as with_it:
        for question in questions:
            answer = with_it.answer(question)
            print(*lines(question, without.answer(question), answer), sep="\n", flush=True)
            used = answer.synthesis
            answers["silent" if used is None else used.reason or "worded"] += 1
            sentences.update(t.outcome for t in (used.treated if used else ()))
            times.append(answer.seconds)
    print(f"\n## Summary\n\n- questions: {len(questions)}, {dict(answers)}")
    print(f"- sentences: {sum(sentences.values())}, {dict(sentences)}")
    print(
        f"- seconds a question: median {sorted(times)[len(times) // 2]:.1f}, most {max(times):.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("url")
    parser.add_argument("model")
    parser.add_argument("questions", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seconds", type=float, default=120, help="for one question")
    options = parser.parse_args()
    rows = map(json.loads, options.questions.read_text("utf-8").splitlines())
    questions = [str(row["question"]) for row in rows]
    if not questions:
        sys.exit("There are no questions.")
    with tempfile.TemporaryDirectory() as folder:
        data = options.data or Path(folder) / "data"
        transcript(options.url, options.model, questions, options.corpus, data, options.seconds)


if __name__ == "__main__":
    main()
