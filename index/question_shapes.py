"""What is asked around the accusation itself: of both ways, of all but one, of how many."""

import re
from dataclasses import dataclass

from index.question_verbs import NOUN, PARTICIPLE, VERB
from index.types import Asked

_NOBODY = r"(?:anyone|anybody|someone|somebody|everyone|everybody|people|nobody|no\sone|who|whom)"
_EXCEPT = r"(?:other\sthan|apart\sfrom|aside\sfrom|except(?:\sfor)?|besides|but)"
_OTHER_THAN = re.compile(
    rf"\b(?P<any>{_NOBODY})(?:\selse)?,?\s{_EXCEPT}\s(?P<name>.+?),?\s"
    rf"(?=(?:(?:has|have|had|is|are|was|were|been|ever|also|did)\s)*(?:{VERB})\b)",
    re.IGNORECASE,
)
_BESIDES = re.compile(rf",?\s(?:{_EXCEPT.replace('|but', '')})\s(?P<name>[^,]+)$", re.IGNORECASE)
_TWO = r"(?P<one>.+?)\s(?:and|&)\s(?P<other>.+?)"
_EACH_OTHER = re.compile(
    rf"(?P<begin>(?:(?:what|why|how|when|where|(?:of|for|about)\swhat)\s)?"
    rf"(?:did|do|does|have|has|are|were|is|was))\s(?:both\s)?{_TWO}\s"
    rf"(?P<verb>(?:both\s)?(?:{VERB}))\s(?:each\sother|one\sanother)(?P<tail>\s.+)?",
    re.IGNORECASE,
)
_QUARREL = (
    r"(?:quarrel|dispute|row|argument|feud|fight|conflict|problem|issue|matter|trouble|beef|spat"
    r"|disagreement|bad\sblood)s?"
)
_BETWEEN = re.compile(
    rf"(?P<ask>(?:what\s(?:is|was|are|were|has\sbeen|happened)\s)?(?:going\son\s|there\s|it\s)?"
    rf"(?:(?:the|a|any)\s)?(?:(?P<noun>{NOUN}|mutual\s{NOUN})|{_QUARREL}|said)?\s?)"
    rf"(?:that\s)?(?:made\s|exchanged\s)?between\s{_TWO}(?:\s(?:about|over)\s(?P<tail>.+)|\sabout)?",
    re.IGNORECASE,
)
_MOST = r"(?:the\s)?most(?:\s(?:often|frequently|of\sall|times))?"
_MOST_TARGETED = re.compile(
    rf"who(?:m)?\s(?:(?:is|are|was|were|gets|got|has\sbeen|have\sbeen|had\sbeen)\s)"
    rf"(?:{_MOST}\s(?P<verb>{PARTICIPLE})|(?P<verb2>{PARTICIPLE})\s{_MOST})(?:\s(?:person|party))?"
    rf"|who\s(?:gets|got|received|faced|drew|attracted)\sthe\smost\s(?P<noun>{NOUN})"
    rf"|who(?:m)?\s(?:is|was)\sthe\smost\s(?P<verb3>{PARTICIPLE})(?:\s(?:person|party|one))?"
    rf"|whom\s(?:do|did)\s(?:most|the\smost)(?:\speople)?\s(?P<verb4>{VERB})",
    re.IGNORECASE,
)
_MOST_SPEAKING = re.compile(
    rf"who\s(?:has\s|have\s)?(?P<verb>{VERB})\s(?:the\smost(?:\s(?:people|others|parties|often|times))?"
    rf"|most(?:\s(?:people|others|often|frequently))?|(?:people|others)\s(?:the\s)?most"
    rf"(?:\s(?:often|frequently))?)"
    rf"|who\s(?:has\s)?(?:made|makes|raised|levelled)\sthe\smost\s(?P<noun>{NOUN})",
    re.IGNORECASE,
)
_SPEAKERS = re.compile(r"^how\smany\s(?:different\s)?(?:people|persons|parties|men|women)\s", re.I)
_TARGETS = re.compile(
    r"^how\smany\s(?:different\s)?(?:people|persons|parties)\s(?=(?:did|has|have|does|do)\s)", re.I
)
_TIMES = re.compile(r"^how\s(?:often|many\stimes)\s", re.IGNORECASE)
_HOW_MANY_NOUNS = re.compile(rf"^how\smany\s(?=(?:{NOUN})\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked around the accusation, and the question without it."""

    question: str
    other_than: str | None = None
    two: tuple[str, str] | None = None
    count: Asked | None = None


def shape_of(question: str) -> Shape:
    """The shape of a question without politeness and contractions."""
    rest, left_out = question, None
    if (found := _OTHER_THAN.search(question)) is not None:
        left_out = found["name"]
        rest = f"{question[: found.start()]}{found['any']} {question[found.end() :]}"
    elif (found := _BESIDES.search(question)) is not None and found.start() > 0:
        left_out, rest = found["name"], question[: found.start()]
    return _of_two(rest) or _most(rest) or _counted(rest, left_out)


def _of_two(question: str) -> Shape | None:
    if (found := _EACH_OTHER.fullmatch(question)) is not None:
        tail = found["tail"] or ""
        rest = f"who {found['verb'].removeprefix('both ')} whom{tail}"
        return Shape(rest, two=(found["one"], found["other"]))
    if (found := _BETWEEN.fullmatch(question)) is not None and found["ask"].strip():
        about = f" about {found['tail']}" if found["tail"] else ""
        noun = (found["noun"] or "accusations").lower().removeprefix("mutual ")
        return Shape(f"{noun}{about}", two=(found["one"], found["other"]))
    return None


def _most(question: str) -> Shape | None:
    for pattern, count in (
        (_MOST_TARGETED, Asked.MOST_TARGETED),
        (_MOST_SPEAKING, Asked.MOST_SPEAKING),
    ):
        if (found := pattern.fullmatch(question)) is not None:
            groups = found.groupdict()
            if groups["noun"]:
                return Shape(groups["noun"], count=count)
            verb = next(words for key, words in groups.items() if key.startswith("verb") and words)
            return Shape(f"who {verb} whom", count=count)
    return None


def _counted(question: str, left_out: str | None) -> Shape:
    for pattern, words, count in (
        (_TARGETS, "whom ", Asked.TARGETS),
        (_SPEAKERS, "who ", Asked.SPEAKERS),
        (_TIMES, "when ", Asked.TIMES),
        (_HOW_MANY_NOUNS, "which ", Asked.TIMES),
    ):
        if pattern.match(question):
            return Shape(pattern.sub(words, question), left_out, count=count)
    return Shape(question, left_out)
