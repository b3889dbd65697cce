"""A question to what it asks of the attribution ledger: who, about whom, what, when.

What fits no pattern of question syntax well is a plain question and is left to search: a doubtful
reading must never hide an answer.
"""

import re
from dataclasses import replace
from datetime import date

from index.question_dates import Period, cut_dates
from index.question_parties import about_in_lower_case, could_be_party
from index.question_patterns import read
from index.question_readings import Reading
from index.question_shapes import shape_of
from index.question_verbs import PARTICIPLE, corrected
from index.types import Asked, Query, Stance

ATTRIBUTION = "attribution"
MOST_WORDS = 40

_POLITE = re.compile(
    r"^(?:"
    + "|".join(
        [
            r"(?:please|so|and|but|ok|okay|hi|hello|hey|now|well|vice\sversa|conversely)[\s,:]+",
            r"(?:can|could|would|will)\syou\s(?!(?:say|tell\s(?:me|us))\s(?:if|whether)\b)(?:please\s)?",
            r"(?:tell|show|give|get)\s(?:me|us)\s(?!if\b|whether\b)(?:about\s|please\s)?",
            r"(?:show|give)\s(?=(?:all|any|every|the|\w+s)\b)",
            r"(?:i(?:'d|\swould)\slike\sto\sknow|i\swant\sto\sknow|do\syou\sknow|i\swonder)\s(?!if\b|whether\b)",
            r"(?:remind\sme|find\sout|find|list|summari[sz]e|explain)\s(?:of\s)?",
        ]
    )
    + r")+",
    re.IGNORECASE,
)
_EVERYONE_WHO = re.compile(
    r"^(?:name\s)?(?:everyone|everybody|all\sthose|all\speople|the\speople|people|anyone)\swho\s",
    re.IGNORECASE,
)
_CONTRACTIONS = (
    (
        re.compile(
            rf"^(who|what)'s(?=\s(?:\w+ly\s|also\s|ever\s)?{PARTICIPLE}\s(?!of\b|by\b|for\b|over\b|in\b|with\b))",
            re.IGNORECASE,
        ),
        r"\1 has",
    ),
    (re.compile(r"^(who|what|why|how)'s(?=\sbeen\s)", re.IGNORECASE), r"\1 has"),
    (re.compile(r"^(who|what|why|how)'s(?=\s)", re.IGNORECASE), r"\1 is"),
    (re.compile(r"^(who|what|why|how)'(?:d|ve)(?=\s)", re.IGNORECASE), r"\1 have"),
)
_REWORDED = (
    (
        re.compile(
            r"^(?:(?:do|can|could)\syou\s)?(?:know|tell\s(?:me|us)|say|wonder)\s(?:if|whether)\s",
            re.IGNORECASE,
        ),
        "is it true that ",
    ),
    (
        re.compile(
            r"^(?:is|was)\sit\s(?!true|right|the\scase)(.+?)\s(?:who|that)\s(.+?)(?:\sor\s.+)?$",
            re.I,
        ),
        r"is it true that \1 \2",
    ),
    (re.compile(r"\b(do|does|did)\s(.+?)\shave\sto\ssay\s(?=about|on|of)", re.I), r"\1 \2 say "),
    (
        re.compile(r"^what\s(do|does|did)\s(.+?)\shave\sto\ssay\sto\s", re.I),
        r"how \1 \2 respond to ",
    ),
    (
        re.compile(
            r"^what\s(does|did|do|has|have)\s(.+?)\s(?:hold|have|got|held|had)\sagainst\s(.+)$",
            re.I,
        ),
        r"what did \2 accuse \3 of",
    ),
    (re.compile(r"^(?:whom?\sor\swhat|what\sor\swhom?)\s", re.IGNORECASE), "whom "),
    (re.compile(r"^(?:everything|anything|all\sthat)\s(?:that\s)?", re.IGNORECASE), "what "),
    (
        re.compile(
            r"^(?:everyone|everybody|all\s(?:the\s)?people|the\speople)\s(?:whom\s|that\s)?(?=\S+\s)",
            re.IGNORECASE,
        ),
        "whom ",
    ),
)
_NOBODY = re.compile(r"\b(?:nobody|no[\s-]one|none)\b", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:[\s,]+(?:and\s(?:when|why|where|how|what\sfor|(?:of|for|over|about)\swhat|by\swhom|whom"
    r"|who\sby|on\swhat\sgrounds)|or\snot|too|as\swell|at\sall|so\sfar"
    r"|yet|exactly|please|by\sthe\sway|for\sanything|of\ssomething))+$",
    re.IGNORECASE,
)


def parse_question(text: str, today: date | None = None) -> Query:
    """What a question asks of the ledger; a plain question where that is not certain.

    `today` is the day from which "since March" is seen, by default the machine's.
    """
    plain = Query(text)
    question = _plain(text)
    if not 1 < len(question.split()) <= MOST_WORDS:
        return plain
    rest, period, certain = cut_dates(question, today or _today())
    shape = shape_of(rest.strip(" ,"))
    reading = read(shape.question)
    if reading is not None and reading.topic is not None and not certain:
        whole = shape_of(question)
        reading, shape, period = read(whole.question) or reading, whole, Period()
    if reading is None or _NOBODY.search(question):
        return plain
    if shape.two is not None:
        both = " and ".join(shape.two)
        if not all(map(could_be_party, shape.two)):
            return plain
        reading = replace(reading, speaker=both, target=both)
    if reading.stance is Stance.SAY and reading.target is None and question.islower():
        target, topic = about_in_lower_case(reading.topic)
        reading = replace(reading, target=target, topic=topic)
    return Query(
        text=text,
        kind=ATTRIBUTION,
        stance=reading.stance,
        speaker=reading.speaker,
        target=reading.target,
        topic=reading.topic,
        since=period.since,
        until=period.until,
        understood=True,
        yes_no=reading.yes_no,
        mutual=shape.two is not None,
        other_than=shape.other_than,
        count=_counted(shape.count, reading),
    )


def _counted(count: Asked | None, reading: Reading) -> Asked | None:
    """What is counted: "How many were accused by Ada Lowe?" asks for those whom she accused."""
    if count is Asked.SPEAKERS and reading.speaker is not None and reading.target is None:
        return Asked.TARGETS
    return count


def _plain(text: str) -> str:
    """The question without politeness, contractions and what trails behind."""
    question = " ".join(text.replace("’", "'").split()).rstrip(" ?.!")
    question = _EVERYONE_WHO.sub("who ", _POLITE.sub("", question))
    for pattern, words in _REWORDED:
        question = pattern.sub(words, question)
    question = corrected(question)
    for pattern, words in _CONTRACTIONS:
        question = pattern.sub(words, question)
    return _TRAILING.sub("", question)


def _today() -> date:
    return date.today()  # noqa: DTZ011  (the asker's day is the machine's)
