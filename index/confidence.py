"""How likely it is that the sources answer a question, from raw signals that ranking leaves.

Each signal means the same for every question and every index. Similarity tells another subject;
the names, numbers and rare words of the question that are missing where the answer should stand
tell a wrong name or a wrong year. What only reading could tell, it does not (`docs/search.md`).
"""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.answer_types import AnswerType, typed_spans
from index.question_terms import SPELLED, QuestionTerms, coverage, missing
from index.types import Hit

WEIGHTS = {
    "cosine": 4.480,
    "sentence_cosine": 4.032,
    "sentence_coverage": 0.976,
    "near_coverage": 0.603,
    "names_apart": -1.5,
    "numbers_missing": -1.095,
    "numbers_apart": -0.798,
    "other_year": -2.795,
    "rarest_missing": -0.512,
    "type_missing": -0.425,
}
INTERCEPT = -4.5
CUT = 0.25
"""Below this confidence the sources are silent."""

_YEAR = re.compile(r"\b(?:1\d{3}|20\d{2})(?=s?\b)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the answer would stand, as sets of stems, each holding the one before it."""

    text: str
    """The best sentence with its neighbours."""
    near: Collection[str]
    """The stems of those, and of the title, the publisher and the date of the document."""
    passage: Collection[str]
    around: Collection[str]
    """The passage with those beside it."""


def signals(
    question: str,
    kind: AnswerType,
    terms: QuestionTerms,
    hits: Sequence[Hit],
    passages: Sequence[Collection[str]],
    sentences: Sequence[tuple[float, float]],
    place: Place,
) -> dict[str, float]:
    """The signals of a question, each between 0 and about 1.

    `passages` are the stems of the first of the hits, `sentences` the (cosine, coverage) of the
    sentences that were weighed, `place` where the best of them stands.
    """
    typed = kind not in (AnswerType.OTHER, AnswerType.YES_NO)
    asked = [SPELLED.get(number, number) for number in terms.numbers]
    lacking = [stem for stem in terms.weights if stem not in place.around]
    years = set(_YEAR.findall(question))
    there = set(_YEAR.findall(place.text))
    return {
        "cosine": max(hit.cosine for hit in hits[: len(passages)]),
        "peak": _peak(hits),
        "coverage": max(coverage(terms, stems) for stems in passages),
        "sentence_cosine": max((cosine for cosine, _ in sentences), default=0.0),
        "sentence_coverage": max((share for _, share in sentences), default=0.0),
        "near_coverage": coverage(terms, place.near),
        "names_missing": missing(terms, terms.names, place.around),
        "names_apart": missing(terms, terms.names, place.near),
        "numbers_missing": _lacking(asked, place.around),
        "numbers_apart": _lacking(asked, place.near),
        "other_year": float(bool(years) and not years & there and bool(there)),
        "rarest_missing": max((terms.weights[stem] for stem in lacking), default=0.0) / terms.most,
        "type_missing": float(typed and not typed_spans(place.text, kind, question)),
    }


def confidence(found: Mapping[str, float]) -> float:
    """A logistic regression over the signals, fitted by `bench/confidence.py`."""
    total = INTERCEPT + sum(weight * found[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-total))


def _peak(hits: Sequence[Hit]) -> float:
    """How far the nearest passage stands out from the others."""
    cosines = sorted((hit.cosine for hit in hits), reverse=True)
    others = cosines[3:]
    return cosines[0] - sum(others) / len(others) if others else 0.0


def _lacking(numbers: Sequence[str], stems: Collection[str]) -> float:
    if not numbers:
        return 0.0
    there = {SPELLED.get(stem, stem) for stem in stems}
    return sum(number not in there for number in numbers) / len(numbers)
