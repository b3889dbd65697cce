"""The few words of a sentence that answer, where that is clear: to be shown in bold."""

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from index.answer_types import AnswerType, expected_type, typed_spans
from index.terms import STOP_WORDS, stemmer

_LONGEST = 80
_SPOKEN_OF = 0.5
"""The share of the question's content words that a sentence needs, to be about the same."""
_OF_A_FIGURE = 0.6
"""The share where the answer is a day or a number, of which any sentence may have one."""
_ALIKE = 0.8
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LINKS = (
    "is|are|was|were|has|have|had|been|be|being|did|does|do|will|would|can|could|may|might|must"
    "|also|first|later|then|once|not|never|who|that|which|and|else|again|still"
)
_LINKING = re.compile(rf"(?:[\s,]|\b(?:{_LINKS}|\w+ly)\b)*")
"""What may stand between who does something and the word for it."""
_WHO = re.compile(rf"\bwho\s(?:(?:{_LINKS}|\w+ly)\s)*?(?P<verb>(?!(?:{_LINKS})\b)\w+)", re.I)
_WHO_IS = re.compile(
    r"\bwho\s(?:is|was|are|were|became)\s(?:the|a|an|its|their|\w+['’]s)\s"
    r"(?:\w+\s)??(?P<noun>\w+)(?:\s(?:of|for|at|in|to)\b|\?|$)",
    re.I,
)
_ASKS_WHOM = re.compile(r"\bwhom?\s(?:did|does|do|has|have|had)\b|\bwhom\b", re.I)
_COUNTED = re.compile(r"\bhow\smany\s(?P<what>(?:\w+\s){0,2}?\w+)\b", re.I)
_BY = re.compile(r"\bby\s(?:the\s)?(?:\w+\s)?$", re.I)
_IN = re.compile(r"\b(?:in|at|near|on|outside)\s(?:the\s)?$", re.I)
_OF = re.compile(
    r"\b(?:of|for|from|to|with|at|in|on|by|against|about)\s(?:the\s)?(?:\w+\s)?$", re.I
)
_NO_PERSON = re.compile(
    r"\b(?:War|Battle|Treaty|Edict|Act|Law|Parliament|Empire|Revolution|River|Street|Church|Museum"
    r"|Committee|Council|Union|States?|Kingdom|Day|Party)\b|^\w+(?:ish|ese|ic|ian|ians|eans?|s)$|^[^a-z]+$"
)
_NUMBER_OF_A_NAME = re.compile(r"\s(?=[A-Z]\w+)|-")
_NEAR = 3

Span = tuple[int, int]


def answer_spans(question: str, quote: str) -> tuple[Span, ...]:
    """The words of a quote that answer, as offsets in it, at most one span; empty where in doubt.

    Clear is the only date, number, place or person of a sentence about what the question is about,
    in the place where the answer stands: for "who mended it", the name before "mended" or after
    "by". Never words that the question has itself.
    """
    kind = expected_type(question)
    asked = _stems(question)
    if kind is AnswerType.OTHER or not _about_the_same(asked, quote):
        return ()
    spans = [
        (start, end)
        for start, end in typed_spans(quote, kind, question)
        if end - start <= _LONGEST and not _in_question(quote[start:end], question)
    ]
    if kind is AnswerType.PERSON:
        spans = _persons(question, quote, spans)
    elif kind is AnswerType.PLACE:
        spans = _places(question, quote, spans)
    elif kind is AnswerType.NUMBER:
        spans = _numbers(question, quote, spans)
    elif kind is AnswerType.DATE:
        spans = spans if _about_the_same(asked, quote, _OF_A_FIGURE) else []
    else:
        return ()
    return (spans[0],) if len(spans) == 1 else ()


def _persons(question: str, quote: str, spans: Sequence[Span]) -> list[Span]:
    people = [span for span in spans if not _NO_PERSON.search(quote[slice(*span)])]
    found = _WHO_IS.search(question)
    if found is not None:
        return [span for span in people if _near(quote, span, found["noun"])]
    if _ASKS_WHOM.search(question):
        return []
    verb = _WHO.search(question)
    if verb is None:
        return []
    by = [span for span in people if _done_by(question, verb["verb"], quote, span)]
    if by:
        return by
    said = _places_of(quote, verb["verb"])
    return [
        (start, end)
        for start, end in people
        if not _OF.search(quote, 0, start)
        and any(a >= end and _LINKING.fullmatch(quote, end, a) for a, _ in said)
    ]


def _done_by(question: str, verb: str, quote: str, span: Span) -> bool:
    """Whether a name stands after what was done and "by", and is all of who did it."""
    by = _BY.search(quote, 0, span[0])
    after = _WORD.match(quote, span[1] + 1)
    if by is None or (after and after[0].islower() and after[0] not in STOP_WORDS):
        return False
    before = set(_stems(quote[: by.start()])[-_NEAR:])
    rest = set(_stems(question)) - set(_stems(verb))
    return bool(set(_stems(verb)) & before) or rest <= set(_stems(quote[: by.start()]))


def _places(question: str, quote: str, spans: Sequence[Span]) -> list[Span]:
    inside = [span for span in spans if _IN.search(quote, 0, span[0])]
    asked = _stems(question)
    return [
        (start, end)
        for start, end in inside
        if len(spans) == 1 and set(_stems(quote[:start])[-_NEAR:]) & set(asked)
    ]


def _numbers(question: str, quote: str, spans: Sequence[Span]) -> list[Span]:
    asked = set(_stems(question))
    if len(asked & set(_stems(quote))) < _OF_A_FIGURE * len(asked):
        return []
    plain = [(a, b) for a, b in spans if not _NUMBER_OF_A_NAME.match(quote, b)]
    counted = _COUNTED.search(question)
    if counted is None:
        return plain
    wanted = set(_stems(counted["what"]))
    return [(a, b) for a, b in plain if wanted & set(_stems(quote[b:])[: _NEAR - 1])]


def _near(quote: str, span: Span, word: str) -> bool:
    """Whether a word stands beside a span, with no more than a few others between."""
    start, end = span
    return any(
        len(_WORD.findall(quote[min(end, b) : max(start, a)])) < _NEAR
        for a, b in _places_of(quote, word)
    )


def _places_of(quote: str, word: str) -> list[Span]:
    """Where a word stands in a quote, in any form that has its stem."""
    wanted = set(_stems(word)) or {word.lower()}
    said = [match.span() for match in _WORD.finditer(quote)]
    stems = stemmer().stems([quote[a:b] for a, b in said])
    return [span for span, found in zip(said, stems, strict=True) if wanted & set(found)]


def _about_the_same(asked: Sequence[str], quote: str, share: float = _SPOKEN_OF) -> bool:
    """Whether a quote has that share of the words asked, or all but one of a few."""
    wanted = set(asked)
    needed = max(1.0, min(share * len(wanted), len(wanted) - 1))
    return len(wanted & set(_stems(quote))) >= needed


def _in_question(text: str, question: str) -> bool:
    """Whether the question has one of these words, or one that is nearly the same."""
    asked = _contents(question)
    return any(
        word == other or (len(word) > 3 and SequenceMatcher(None, word, other).ratio() >= _ALIKE)
        for word in _contents(text)
        for other in asked
    )


def _contents(text: str) -> Collection[str]:
    found = (word.lower().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text))
    return {word for word in found if word not in STOP_WORDS}


def _stems(text: str) -> list[str]:
    """The stems of the content words of a text, in order."""
    content = [word for word in _WORD.findall(text) if word.lower() not in _EMPTY]
    return [stem for stems in stemmer().stems(content) for stem in stems]


_EMPTY = STOP_WORDS | frozenset("many year date day month time number name".split())
