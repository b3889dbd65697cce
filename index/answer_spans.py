"""The few words of a sentence that answer, where that is clear: to be shown in bold."""

import re
from collections.abc import Sequence

from index.answer_types import AnswerType, expected_type, typed_spans
from index.terms import STOP_WORDS, stemmer

_SHORT = (AnswerType.PERSON, AnswerType.PLACE, AnswerType.DATE, AnswerType.NUMBER)
_CLEARLY_NEARER = 2
_LONGEST = 80
_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int]


def answer_spans(question: str, quote: str) -> tuple[Span, ...]:
    """The words of a quote that answer, as offsets in it; empty where that is not clear.

    Clear is the only date, number, place or person in it that the question does not name itself,
    or the one that stands clearly nearest to the question's words.
    """
    kind = expected_type(question)
    if kind not in _SHORT:
        return ()
    spans = [span for span in typed_spans(quote, kind, question) if span[1] - span[0] <= _LONGEST]
    if len(spans) <= 1:
        return tuple(spans)
    anchors = _anchors(question, quote)
    if not anchors:
        return ()
    ranked = sorted((_distance(quote, span, anchors), span) for span in spans)
    (first, best), (second, _) = ranked[:2]
    return (best,) if second >= _CLEARLY_NEARER * (first + 1) else ()


def _anchors(question: str, quote: str) -> list[Span]:
    """Where the question's content words stand in a quote, in any form."""
    said = [match.span() for match in _WORD.finditer(quote)]
    asked = [word for word in _WORD.findall(question) if word.lower() not in STOP_WORDS]
    wanted = {stem for stems in stemmer().stems(asked) for stem in stems}
    stems = stemmer().stems([quote[start:end] for start, end in said])
    return [span for span, found in zip(said, stems, strict=True) if wanted & set(found)]


def _distance(quote: str, span: Span, anchors: Sequence[Span]) -> float:
    """The mean distance in words to the three nearest of the question's words."""
    gaps = sorted(
        len(_WORD.findall(quote[min(span[1], b) : max(span[0], a)]))
        for a, b in anchors
        if b <= span[0] or a >= span[1]
    )[:3]
    return sum(gaps) / len(gaps) if gaps else float("inf")
