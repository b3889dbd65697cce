"""What kind of answer a question asks for, and where words of that kind stand in a text.

Rules over words, digits and capitals: no model of names is loaded to answer a question.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from index.terms import STOP_WORDS, words


class AnswerType(StrEnum):
    """What would answer: a person, a place, a date, a number, a reason, yes or no, or anything."""

    PERSON = "person"
    PLACE = "place"
    DATE = "date"
    NUMBER = "number"
    REASON = "reason"
    YES_NO = "yes_no"
    OTHER = "other"


_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d{3}|20\d{2})"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ERA = r"(?:\s(?:BC|BCE|AD|CE)\b)?"
_DATE = re.compile(
    "|".join(
        [
            rf"{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?",
            rf"{_MONTH}\s{_DAY}\b(?:\s?,\s?{_YEAR})?",
            rf"{_MONTH}\s{_YEAR}",
            r"\d{4}-\d{2}(?:-\d{2})?",
            rf"(?:(?:early|mid|late)[\s-])?{_YEAR}s\b",
            r"(?:(?:early|mid|late)[\s-])?(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)"
            r"(?:\s(?:and|to|or)\s\d{1,2}(?:st|nd|rd|th))?"
            r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
            rf"|[a-z]+teenth|twentieth)\scentur(?:y|ies){_ERA}",
            rf"\b{_YEAR}\b(?:\s?[–—-]\s?{_YEAR}\b)?{_ERA}",
            r"\b\d{1,4}\s(?:BC|BCE|AD|CE)\b",
            rf"\b(?:{_MONTH}|{_WEEKDAY})(?!\w)",
        ]
    )
)
_COUNT = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_NUMBER = re.compile(
    rf"(?:[$£€]\s?)?\b\d[\d,.]*\d\b(?:\s?(?:{_SCALE}))?(?:\s?(?:%|per\scent|percent))?"
    rf"|(?:[$£€]\s?)?\b\d\b(?!\s?\))(?:\s?(?:{_SCALE}))?(?:\s?(?:%|per\scent|percent))?"
    rf"|\b(?:(?:{_COUNT})(?:[\s-](?:{_COUNT}|{_SCALE}))*|half|twice|(?:a|several)\s(?:{_SCALE})|(?:{_SCALE})s"
    r"|two-thirds|(?:a|one|three)[\s-](?:quarter|third)s?)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|due\sto|owing\sto|thanks\sto|as\sa\sresult|so\sthat|in\sorder|therefore"
    r"|thus|hence|caus(?:e|es|ed|ing)|led\sto|reasons?|resulted|results?\s(?:in|from)"
    r"|attribut(?:ed|able)|blam(?:e|ed|es)|explain(?:s|ed)?|for\sfear|prevent(?:s|ed)?"
    r"|to\s(?:avoid|prevent|protect|make|allow|help|ensure|improve|reduce|keep|get))\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"[^\W\d_a-z][\w'’-]*(?:\.(?=\s[A-Z]))?"
    r"(?:\s(?:(?:of|de|del|della|da|di|du|la|le|van|von|der|den|al|el|bin|ibn|the|and)\s){0,2}"
    r"(?=[^\W\d_a-z])[\w'’-]+(?:\.(?=\s[A-Z]))?)*"
)
_JOINED = re.compile(r"\sand\s(?:the\s)?")
_BEFORE_PLACE = re.compile(
    r"\b(?:in|at|from|near|to|into|across|outside|around|throughout|within|of|toward|towards"
    r"|between|through|north|south|east|west)\s(?:the\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december".split()
)

_AUXILIARY = (
    "is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|shall|may|might|must"
)
_PLACES = (
    "country|countries|city|cities|town|state|place|location|region|continent|county|province"
    "|village|river|street|island|area|ocean|sea|mountain|district|kingdom|borough|building"
)
_TIMES = "year|date|day|month|century|decade|time|era|period|season|years|weekday"
_PEOPLE = (
    "person|people|man|woman|king|queen|president|actor|actress|singer|author|director|emperor"
    "|leader|scientist|player|politician|writer|artist|minister|mayor|bishop|pope|general|historian"
)
_NUMBERS = (
    "percentage|percent|number|amount|population|proportion|fraction|cost|price|temperature"
    "|length|height|width|depth|distance|speed|size|age|share|rate|total|score"
)
_ASKED = r"\bwh(?:at|ich)\s(?:\w+\s)?"
_TYPES = (
    (AnswerType.REASON, r"\bwhy\b|\bhow\scome\b|\bwhat\s(?:reason|purpose)\b"),
    (AnswerType.REASON, r"\bwhat\s(?:\w+\s)?(?:caus(?:e|es|ed)|reasons?|led)\b"),
    (AnswerType.NUMBER, r"\bhow\s(?:many|much|old|long|far|tall|high|big|large|deep|wide)\b"),
    (AnswerType.NUMBER, r"\bhow\s(?:often|fast|heavy)\b"),
    (AnswerType.NUMBER, rf"{_ASKED}(?:{_NUMBERS})\b"),
    (AnswerType.NUMBER, rf"\bwhat\s(?:is|was|are|were)\sthe\s(?:\w+\s)?(?:{_NUMBERS})\b"),
    (AnswerType.DATE, rf"\bwhen\b|{_ASKED}(?:{_TIMES})\b"),
    (AnswerType.PLACE, rf"\bwhere\b|{_ASKED}(?:{_PLACES})\b"),
    (AnswerType.PERSON, rf"\bwho(?:m|se)?\b|{_ASKED}(?:{_PEOPLE})\b"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _TYPES)
_YES_NO = re.compile(rf"(?:and\s|but\s|so\s)?(?:{_AUXILIARY})(?:n['’]t)?\s", re.IGNORECASE)
_WH = re.compile(r"\b(?P<asks>who|whom|whose|what|which|where|when|why|how)\b", re.IGNORECASE)
_AFTER_CLAUSE = re.compile(
    r"(?:when|where)\s[^,?]+,\s(?:\w+\s)?(?P<asks>who|whom|whose|what|which|why|how)\b",
    re.IGNORECASE,
)


def expected_type(question: str) -> AnswerType:
    """What a question asks for; OTHER where its words do not tell."""
    question = question.strip()
    if _YES_NO.match(question) and not re.search(r"\bor\b", question):
        return AnswerType.YES_NO
    first = _WH.search(question)
    if first is None:
        return AnswerType.OTHER
    # The word that comes first asks: "What year did the man who … die?", "What grows when …?"; not
    # so in "When it rained, what was wet?".
    first = _AFTER_CLAUSE.match(question) or first
    found = (kind for kind, pattern in _PATTERNS if pattern.match(question, first.start("asks")))
    return next(found, AnswerType.OTHER)


def typed_spans(text: str, kind: AnswerType, asked: str) -> list[tuple[int, int]]:
    """Where words of a kind stand in a text that are not already in the question.

    Of a reason only the word that announces it. Empty for YES_NO and OTHER, which have no form.
    """
    known = set(words(asked))
    if kind is AnswerType.REASON:
        return list(_spans(text, kind))
    return [
        (start, end)
        for start, end in _spans(text, kind)
        if not set(words(text[start:end])) - STOP_WORDS <= known
    ]


def _spans(text: str, kind: AnswerType) -> Iterator[tuple[int, int]]:
    if kind is AnswerType.DATE:
        yield from (match.span() for match in _DATE.finditer(text))
    elif kind is AnswerType.NUMBER:
        dates = [match.span() for match in _DATE.finditer(text)]
        for match in _NUMBER.finditer(text):
            if not any(start <= match.start() < end for start, end in dates):
                yield match.span()
    elif kind is AnswerType.REASON:
        yield from (match.span() for match in _REASON.finditer(text))
    elif kind in (AnswerType.PERSON, AnswerType.PLACE):
        for start, end in names_in(text):
            after_place = _BEFORE_PLACE.search(text, 0, start) is not None
            if after_place or kind is AnswerType.PERSON:
                yield start, end


def names_in(text: str) -> list[tuple[int, int]]:
    """The runs of capitalised words in a text, without a common word that opens a sentence."""
    found = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        while (parts := text[start:end].split(" ", 1)) and parts[0].lower() in STOP_WORDS:
            if len(parts) == 1:
                start = end
                break
            start += len(parts[0]) + 1
        for a, b in _unjoined(text, start, end):
            if a < b and text[a].isupper() and text[a:b].lower() not in _NO_NAME:
                found.append((a, b))
    return found


def _unjoined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ "Ada Lowe and Ben Quill" are two."""
    for match in _JOINED.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end
