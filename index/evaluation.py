"""How well a set of questions is answered: retrieval, citations, silence.

The form of a line: {"id", "question", "type"?, "answerable", "documents"?, "quotes"?, "speaker"?,
"target"?}; `quotes` are exact words of the sources that answer. Right is an answer with a citation
that contains one of the quotes or lies inside it; an unanswerable question must not be answered.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, StrictBool, StrictInt, StrictStr, ValidationError

from index.answer import Answerer
from index.errors import AscribeError
from index.json_lines import read_json_lines
from index.names import same_party
from index.types import Answer, Hit

_RETRIEVED = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is known of its answer."""

    id: str | int
    text: str
    kind: str
    answerable: bool
    documents: tuple[str, ...]
    quotes: tuple[str, ...]
    speaker: str | None
    target: str | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures by name, shares from 0 to 1 among them, and a line for each question."""

    figures: dict[str, float]
    lines: tuple[dict[str, Any], ...]


class _Line(BaseModel):
    id: StrictStr | StrictInt
    question: StrictStr
    type: StrictStr = ""
    answerable: StrictBool
    documents: list[StrictStr] = []
    quotes: list[StrictStr] = []
    speaker: StrictStr | None = None
    target: StrictStr | None = None


def read_questions(path: Path) -> list[Question]:
    """The questions of a file. Raises AscribeError naming the line that is wrong."""
    found = []
    for place, row in read_json_lines(path, _Line, _fault):
        if row.answerable and not (row.quotes or row.documents):
            raise AscribeError(f'{place}: an answerable question needs "quotes" or "documents".')
        found.append(
            Question(
                row.id, row.question, row.type, row.answerable, tuple(row.documents),
                tuple(_folded(quote) for quote in row.quotes), row.speaker, row.target,
            )
        )  # fmt: skip
    if not found:
        raise AscribeError(f"{path} holds no questions.")
    return found


def _fault(error: ValidationError) -> str:
    wrong = ".".join(str(part) for part in error.errors()[0]["loc"]) or "the line"
    return (
        f': {wrong} is wrong. A line is {{"id", "question", "answerable", "documents"?, "quotes"?,'
        ' "speaker"?, "target"?}.'
    )


def score(answerer: Answerer, questions: Sequence[Question]) -> Evaluation:
    """Asks every question and compares. Raises as `Answerer.answer` does."""
    lines = []
    for question in questions:
        answer = answerer.answer(question.text)
        hits = answerer.search(question.text, count=_RETRIEVED)
        lines.append(_line(question, answer, hits))
    return Evaluation(_figures(lines), tuple(lines))


def read_figures(path: Path) -> dict[str, float]:
    """The figures at the end of what `eval --json` printed. Raises AscribeError."""
    try:
        last = path.read_text("utf-8").strip().splitlines()[-1]
        figures = json.loads(last)["figures"]
        return {str(name): float(value) for name, value in figures.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise AscribeError(f"{path} does not end with figures of `ascribe eval --json`.") from error


def evaluation_text(
    found: Evaluation,
    before: Mapping[str, float] | None = None,
    lines_before: Sequence[dict[str, Any]] = (),
) -> str:
    """A readable table, with the questions that went wrong, and those that changed, below.

    `before` are figures to set beside, `lines_before` the lines of each question that go with them.
    """
    rows = []
    for name in [*found.figures, *(n for n in before or () if n not in found.figures)]:
        value, then = found.figures.get(name), (before or {}).get(name)
        beside = _shown(name, then) if before is not None else ""
        if value is not None and then is not None and name not in _COUNTS:
            beside += f"{value - then:+8.3f}"
        rows.append(f"  {name.replace('_', ' '):<24}{_shown(name, value)}{beside}".rstrip())
    head = [f"  {'':<24}{'now':>9}{'before':>9}{'change':>8}"] if before is not None else []
    wrong = [f"  {one['id']}: {one['verdict']}" for one in found.lines if not one["right"]]
    then_was = {one["id"]: one["verdict"] for one in lines_before}
    changed = [
        f"  {one['id']}: {one['verdict']}; before: {then_was[one['id']]}"
        for one in found.lines
        if then_was.get(one["id"], one["verdict"]) != one["verdict"]
    ]
    return "\n".join(
        [
            *head, *rows, "", *(["Wrong", *wrong] if wrong else ["All right."]),
            *(["", "Changed", *changed] if changed else []),
        ]
    )  # fmt: skip


def _shown(name: str, value: float | None) -> str:
    if value is None:
        return f"{'–':>9}"
    return f"{value:>9,.0f}" if name in _COUNTS else f"{value:>9.3f}"


_COUNTS = frozenset(("questions", "answerable", "sentences_written"))


def _line(question: Question, answer: Answer, hits: Sequence[Hit]) -> dict[str, Any]:
    good = [_answers(question, c.source.document, c.quote) for c in answer.citations]
    rank = next(
        (n for n, hit in enumerate(hits, 1) if _answers(question, hit.source.document, hit.text)),
        None,
    )
    proved = {q for q in question.quotes for c in answer.citations if _overlap(q, _folded(c.quote))}
    verdict = _verdict(question, answer, any(good))
    treated = answer.synthesis.treated if answer.synthesis is not None else ()
    return {
        "id": question.id,
        "question": question.text,
        "type": question.kind,
        "answerable": question.answerable,
        "found": answer.found,
        "right": verdict == "right",
        "verdict": verdict,
        "rank": rank,
        "confidence": answer.confidence,
        "citation_precision": sum(good) / len(good) if good else None,
        "citation_recall": len(proved) / len(question.quotes) if question.quotes else None,
        "citations": [
            {"document": c.source.document, "start": c.start, "end": c.end}
            for c in answer.citations
        ],
        "seconds": answer.seconds,
        "model": None if answer.synthesis is None else answer.synthesis.used,
        "treated": {
            outcome: sum(one.outcome == outcome for one in treated)
            for outcome in ("kept", "repaired", "replaced", "dropped")
        },
    }


def _verdict(question: Question, answer: Answer, good: bool) -> str:
    if not question.answerable:
        return "answered, though the sources are silent" if answer.found else "right"
    for side in ("speaker", "target"):
        asked, understood = getattr(question, side), getattr(answer.query, side)
        if (
            question.kind == "attribution"
            and asked
            and not (understood and same_party(asked, understood))
        ):
            return f"the {side} was not understood"
    if not answer.found:
        return "not found"
    return "right" if good else "cites other words"


def _answers(question: Question, document: str, words: str) -> bool:
    if question.documents and document not in question.documents:
        return False
    words = _folded(words)
    return not question.quotes or any(_overlap(quote, words) for quote in question.quotes)


def _overlap(quote: str, words: str) -> bool:
    return quote in words or words in quote


def _folded(text: str) -> str:
    return " ".join(text.split())


def _figures(lines: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Only what can be said of these questions: no share of what there is nothing of."""
    can = [line for line in lines if line["answerable"]]
    cannot = [line for line in lines if not line["answerable"]]
    found = {
        "questions": float(len(lines)),
        "answerable": float(len(can)),
        "right": _mean([line["right"] for line in lines]),
        "hit_at_1": _mean([line["rank"] == 1 for line in can]),
        "hit_at_5": _mean([line["rank"] is not None and line["rank"] <= 5 for line in can]),
        "mrr_at_10": _mean([1 / line["rank"] if line["rank"] else 0.0 for line in can]),
        "answered": _mean([line["found"] for line in can]),
        "citation_precision": _mean([line["citation_precision"] for line in can]),
        "citation_recall": _mean([line["citation_recall"] for line in can]),
        "silent_when_it_should": _mean([not line["found"] for line in cannot]),
        "seconds_a_question": _mean([line["seconds"] for line in lines]),
    }
    if any(line["model"] is not None for line in lines):
        found["worded_by_model"] = _mean([bool(line["model"]) for line in lines if line["found"]])
        totals = {
            outcome: sum(line["treated"][outcome] for line in lines)
            for outcome in ("kept", "repaired", "replaced", "dropped")
        }
        written = sum(totals.values())
        found["sentences_written"] = float(written)
        for name, number in totals.items():
            found[f"sentences_{name}"] = number / written if written else None
    return {name: round(value, 4) for name, value in found.items() if value is not None}


def _mean(values: Sequence[float | bool | None]) -> float | None:
    known = [float(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None
