"""What is asked for and stands nowhere in the sentences that would answer: silence is better then.

"In what year was the mill built?" has no answer in a sentence without a year. Only questions that
begin with what they ask for are judged, and any word that might be of the kind will do.
"""

import re
from collections.abc import Sequence

from index.answer_types import AnswerType, typed_spans
from index.matter_words import is_matter
from index.role_words import is_role
from index.terms import words

_BEFORE = r"^(?:(?:and|but|so|please|then)\s|(?:in|on|by|at|since|until|from|to|for|of)\s)*"
_YEAR_ASKED = re.compile(_BEFORE + r"(?:what|which)\s(?:calendar\s)?year\b", re.IGNORECASE)
_WHEN = re.compile(
    _BEFORE + r"(?:when\s(?:is|are|was|were|do|does|did|has|have|had|can|will|would|must|should)\b"
    r"|(?:what|which)\s(?:date|day|month)\b)",
    re.IGNORECASE,
)
_WHO = re.compile(_BEFORE + r"whom?\b", re.IGNORECASE)
_HOW_MANY = re.compile(
    _BEFORE + r"how\s(?:many|much|old|tall|high|far|deep|wide|heavy|fast|big|large)\b"
    r"|^what(?:'s|\s(?:is|was|are|were))\sthe\s(?:population|score|attendance|price|cost|height"
    r"|length|width|depth|weight|age|percentage|speed|distance)\b",
    re.IGNORECASE,
)
_OLD = re.compile(_BEFORE + r"(?:how\sold|what(?:'s|\sis|\swas)\sthe\sage)\b", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?:1\d{3}|20\d{2}|\d{3,4}\s(?:BC|AD)|\d{1,2}(?:st|nd|rd|th)\scentury)"
    r"|['’]\d\ds?\b|\b(?:last|this|next|that|same|previous|following)\syear|\byears?\s(?:ago|later)"
    r"|\bcentur(?:y|ies)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d|\b(?:after|ago|always|afternoon|autumn|before|beginning|century|christmas|daily|dawn|day"
    r"|days|dusk|during|early|easter|end|evening|ever|fall|following|fortnight|hour|hours|later|last"
    r"|latest|midday|midnight|midsummer|minute|minutes|moment|month|monthly|months|morning|never|next"
    r"|night|nightly|noon|now|o'clock|once|quarter|ramadan|season|since|soon|spring|start|summer"
    r"|sunrise|sunset|then|till|time|today|tomorrow|tonight|until|upon|week|weekend|weekly|weeks"
    r"|when|whenever|while|winter|year|yearly|years|yesterday|\w+days?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\d|\b(?:all|both|countless|couple|dozens?|double|each|empty|entire|every|few|first|full|half"
    r"|handful|hundreds?|majority|many|more|most|much|neither|no|nobody|none|nothing|once|only|pair"
    r"|quarter|several|single|third|thousands?|triple|twice|two-thirds|unlimited|whole|zero"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|million|billion)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:aged?|old|born|dat(?:es|ed|ing)|since|birthday|decades?)\b", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:i|we|my|our|people|man|woman|men|women|child|children|team|staff|family|police"
    r"|company|firm|council|government|committee|members?|party|union|church|club|school|army"
    r"|\w{3,}(?:ers?|ors?|ists?|ians?|ants?|smen|sman|men|folk|wives|wife))\b",
    re.IGNORECASE,
)
# "The parish pays for it", "paid by the bank": a body may be who is asked for.
_DOER = re.compile(
    r"(?:^\W*|\bby\s)(?:the|an?|his|her|their|our|my|its)\s(?P<who>(?:[\w'’-]+\s)?[\w'’-]+)",
    re.IGNORECASE,
)


def lacks_answer(question: str, sentences: Sequence[str]) -> bool:
    """Whether none of the sentences has anything of the kind that a question asks for."""
    question = " ".join(question.replace("’", "'").split())
    return bool(sentences) and not any(_may_answer(question, one) for one in sentences)


def _may_answer(question: str, sentence: str) -> bool:
    if _YEAR_ASKED.match(question):
        return _YEAR.search(sentence) is not None
    if _WHEN.match(question):
        return _TIME.search(sentence) is not None
    if _WHO.match(question):
        return _has_somebody(question, sentence)
    if _HOW_MANY.match(question):
        aged = _OLD.match(question) is not None and _AGE.search(sentence) is not None
        return aged or _AMOUNT.search(sentence) is not None
    return True


def _has_somebody(question: str, sentence: str) -> bool:
    """Whether a sentence has a name that is not in the question, or a word for people."""
    if typed_spans(sentence, AnswerType.PERSON, question):
        return True
    asked = set(words(question))
    rest = " ".join(word for word in words(sentence) if word not in asked)
    if _PERSON.search(rest) is not None or any(is_role(word) for word in rest.split()):
        return True
    return any(
        not set(words(doer["who"])) <= asked and not is_matter(f"the {doer['who'].split()[0]}")
        for doer in _DOER.finditer(sentence)
    )
