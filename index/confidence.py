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
    "cosine": 5.457,
    "sentence_cosine": 9.300,
    "sentence_coverage": 0.559,
    "near_coverage": 4.675,
    "names_apart": -2.238,
    "numbers_missing": -2.909,
    "numbers_apart": 0.057,
    "other_year": -3.833,
    "type_missing": -0.552,
}
INTERCEPT = -9.958
CUT = 0.17
"""Below this confidence the sources are silent: here 5 % of answerable questions are lost."""

_YEAR = re.compile(r"\b(?:1\d{3}|20\d{2})(?=s?\b)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the answer would stand."""

    text: str
    """The best sentence with its neighbours."""
    near: Collection[str]
    """The stems of those, and of the title, the publisher and the date of the document."""
    around: Collection[str]
    """All of these, and of the passage with those beside it."""


def signals(
    question: str,
    kind: AnswerType,
    terms: QuestionTerms,
    hits: Sequence[Hit],
    sentences: Sequence[tuple[float, float]],
    place: Place,
) -> dict[str, float]:
    """The signals of a question, each between 0 and about 1.

    `hits` are the best passages, `sentences` the (cosine, coverage) of the sentences that were
    weighed, `place` where the best of them stands.
    """
    typed = kind not in (AnswerType.OTHER, AnswerType.YES_NO)
    asked = [SPELLED.get(number, number) for number in terms.numbers]
    years = set(_YEAR.findall(question))
    there = set(_YEAR.findall(place.text))
    return {
        "cosine": max(hit.cosine for hit in hits),
        "sentence_cosine": max((cosine for cosine, _ in sentences), default=0.0),
        "sentence_coverage": max((share for _, share in sentences), default=0.0),
        "near_coverage": coverage(terms, place.near),
        "names_apart": missing(terms, terms.names, place.near),
        "numbers_missing": _lacking(asked, place.around),
        "numbers_apart": _lacking(asked, place.near),
        "other_year": float(bool(years) and not years & there and bool(there)),
        "type_missing": float(typed and not typed_spans(place.text, kind, question)),
    }


def confidence(found: Mapping[str, float]) -> float:
    """A logistic regression over the signals, fitted by `bench/confidence.py`."""
    total = INTERCEPT + sum(weight * found[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-total))


def _lacking(numbers: Sequence[str], stems: Collection[str]) -> float:
    if not numbers:
        return 0.0
    there = {SPELLED.get(stem, stem) for stem in stems}
    return sum(number not in there for number in numbers) / len(numbers)
