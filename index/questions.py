"""A question to what it asks of the attribution ledger: who, about whom, what, when.

What fits no pattern of question syntax well is a plain question and is left to search: a doubtful
reading must never hide an answer.
"""

import re
from datetime import date

from index.question_dates import Period, cut_dates
from index.question_patterns import read
from index.types import Query

ATTRIBUTION = "attribution"
_MOST_WORDS = 40

_POLITE = re.compile(
    r"^(?:"
    + "|".join(
        [
            r"(?:please|so|and|but|ok|okay|hi|hello|hey|now)[\s,]+",
            r"(?:can|could|would|will)\syou\s(?:please\s)?",
            r"(?:tell|show|give)\s(?:me|us)\s(?:about\s|please\s)?",
            r"(?:i(?:'d|\swould)\slike\sto\sknow|i\swant\sto\sknow|do\syou\sknow|i\swonder)\s",
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
    (re.compile(r"^(who|what|why|how)'s(?=\sbeen\s)", re.IGNORECASE), r"\1 has"),
    (re.compile(r"^(who|what|why|how)'s(?=\s)", re.IGNORECASE), r"\1 is"),
    (re.compile(r"^(who|what|why|how)'(?:d|ve)(?=\s)", re.IGNORECASE), r"\1 have"),
)
_TRAILING = re.compile(r"[\s,]+and\s(?:when|why|where|how|what\sfor|of\swhat)$", re.IGNORECASE)


def parse_question(text: str, today: date | None = None) -> Query:
    """What a question asks of the ledger; a plain question where that is not certain.

    `today` is the day from which "since March" is seen, by default the machine's.
    """
    plain = Query(text)
    question = _plain(text)
    if not 1 < len(question.split()) <= _MOST_WORDS:
        return plain
    rest, period, certain = cut_dates(question, today or _today())
    reading = read(rest.strip(" ,"))
    if reading is not None and reading.topic is not None and not certain:
        reading, period = read(question) or reading, Period()
    if reading is None:
        return plain
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
    )


def _plain(text: str) -> str:
    """The question without politeness, contractions and what trails behind."""
    question = " ".join(text.replace("’", "'").split()).rstrip(" ?.!")
    question = _EVERYONE_WHO.sub("who ", _POLITE.sub("", question))
    for pattern, words in _CONTRACTIONS:
        question = pattern.sub(words, question)
    return _TRAILING.sub("", question)


def _today() -> date:
    return date.today()  # noqa: DTZ011  (the asker's day is the machine's)
