"""Questions that look as if the sources answered them, made of real ones by changing one thing."""

import random
import re
from collections.abc import Sequence

from index.answer_types import names_in

_YEAR = re.compile(r"\b(?:1\d{3}|20\d{2})(?=s?\b)")
_NUMBER = re.compile(r"\b\d+(?:,\d{3})*\b")
_QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how is are was were did does do in on at the a an by"
    " for of to from according name can could has have had".split()
)
_STRANGERS = (
    "Orla Venning", "Tobias Krell", "Anneke Straub", "Idris Callow", "Marta Pelzin",
    "Hollis Brandt", "Yusuf Adeyo", "Greta Lindqvist", "Pavel Dorner", "Saskia Thorne",
)  # fmt: skip
_STRANGE_PLACES = (
    "Tarkwell", "Bresnik", "Oldermoor", "Vintry", "Kessandra", "Polverton", "Mirwen", "Zaltana",
    "Hexley", "Drumgarth",
)  # fmt: skip


def other_name(question: str, names: Sequence[str], chance: random.Random) -> str | None:
    """The question with one of its names replaced by another of about the same length."""
    found = _names(question)
    if not found:
        return None
    start, end = chance.choice(found)
    asked = set(question.lower().split())
    fresh = [name for name in names if not set(name.lower().split()) & asked]
    size = len(question[start:end].split())
    same = [name for name in fresh if len(name.split()) == size] or fresh
    return f"{question[:start]}{chance.choice(same)}{question[end:]}" if same else None


def strange_name(question: str, chance: random.Random) -> str | None:
    """The question with a name that no corpus knows."""
    return other_name(question, (*_STRANGERS, *_STRANGE_PLACES), chance)


def other_year(question: str, chance: random.Random) -> str | None:
    """The question with one of its years moved by up to forty."""
    found = list(_YEAR.finditer(question))
    if not found:
        return None
    match = chance.choice(found)
    by = chance.choice([-30, -20, -11, -7, -4, -3, -2, -1, 1, 2, 3, 5, 8, 13, 20, 40])
    return f"{question[: match.start()]}{int(match[0]) + by}{question[match.end() :]}"


def other_number(question: str, chance: random.Random) -> str | None:
    """The question with one of its numbers, no year, made another."""
    found = [m for m in _NUMBER.finditer(question) if not _YEAR.fullmatch(m[0])]
    if not found:
        return None
    match = chance.choice(found)
    number = int(match[0].replace(",", "")) + chance.choice([1, 2, 3, 7, 11])
    return f"{question[: match.start()]}{number}{question[match.end() :]}"


def names_of(text: str) -> list[str]:
    """The names in a text that fit into a question."""
    found = {text[a:b] for a, b in names_in(text) if b - a < 40}
    return sorted(name for name in found if len(name.split()) < 4 and "\n" not in name)


def _names(question: str) -> list[tuple[int, int]]:
    return [
        (a, b)
        for a, b in names_in(question)
        if question[a:b].lower() not in _QUESTION_WORDS and (a > 0 or " " in question[a:b])
    ]
