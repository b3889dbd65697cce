"""Names beside words for what somebody is: "the referee, Mr Sturrock", "Ada Lowe, who chairs"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.names import name_words
from index.role_words import is_role, verbs_of
from index.terms import STOP_WORDS

_AROUND = 120
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|Professor|Cllr|Councillor)\.?\s"
NO_TITLE = re.compile(rf"^{_TITLE}(?=\S+\s)")
_WORD = r"[A-Z][\w’'-]*[a-z](?<!['’]s)"
_NAME = rf"(?:{_TITLE})?{_WORD}(?:\s(?:(?:de|van|von|al|bin)\s)?{_WORD}){{0,3}}"
_AGENT = re.compile(r"(?:er|or|ist|ian|man|woman|person|clerk|officer|secretary|ant)$")
_DETERMINER = r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|[A-Z][\w-]*(?:['’]s?)?)"
_NO_VERB = r"(?!(?:\w+ed|said|says|told|was|is|had|has|and|or)\b)"
_BETWEEN = rf"(?:{_DETERMINER}\s(?:[\w-]+(?:['’]s?)?\s){{0,4}}?|{_NO_VERB}[a-z-]+\s)?"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name beside a word for what somebody is."""

    name: str
    phrase: str
    """The words around the role that belong to it."""


def bodies(text: str, kind: str) -> list[str]:
    """The bodies of a kind that a text calls by name: "the Potters' and Tilers' Union"."""
    pattern = rf"(?:[A-Z][\w’'-]+\s(?:(?:and|of)\s)?){{1,6}}{re.escape(kind.capitalize())}\b"
    return [match[0].removeprefix("The ") for match in re.finditer(pattern, text)]


def mentions(text: str, role: str) -> Iterator[Mention]:
    for window in _windows(text, role):
        for match in _pattern(role).finditer(window):
            name = next(filter(None, match.groups()))
            inside = window.rfind("(", 0, match.start()) > window.rfind(")", 0, match.start())
            if match["before"] and inside:  # "Ida Marsh (Civic Union, Treasurer)"
                continue
            if name.split()[0].lower() not in STOP_WORDS:
                yield Mention(name, match[0].replace(name, " "))


def _windows(text: str, role: str) -> Iterator[str]:
    """What stands around each place with a role, or with its verb, in whole words."""
    end = 0
    for match in _words_for(role).finditer(text):
        if match.end() + _AROUND // 2 <= end:
            continue
        start = text.rfind(" ", 0, max(0, match.start() - _AROUND)) + 1
        end = match.end() + _AROUND
        end = text.find(" ", end) if text.find(" ", end) > 0 else len(text)
        yield text[start:end]


@lru_cache(256)
def _words_for(role: str) -> re.Pattern[str]:
    ways = (re.escape(one) for one in (role, *verbs_of(role)))
    return re.compile(rf"\b(?:{'|'.join(ways)})\b", re.IGNORECASE)


@lru_cache(256)
def _pattern(role: str) -> re.Pattern[str]:
    """A name right behind a role, or before it and a comma, "is" or a bracket."""
    words = r"\s".join(map(re.escape, role.split()))
    person = is_role(role) or _AGENT.search(role) is not None
    if is_role(role):
        words = f"(?i:{words})"
    doing = "|".join(map(re.escape, verbs_of(role)))
    of = r"\s(?:of|for|at|to|in|aged)\s[^,.;:()\n]{2,60}"
    # "the report of the surveyor, Mr Brack" calls nobody a report
    whose = rf"(?:{of})?" if person else ""
    ways = [
        rf"{_BETWEEN}\b{words}(?:{whose},\s(?:young\s|old\s|the\slate\s)?|{whose}\s\(|\s)"
        rf"(?P<after>{_NAME})",
        rf"(?P<before>{_NAME})(?:,\s|\s\(|\n+){_BETWEEN}{words}\b(?:{of})?(?=[,.;:)\n]|$)",
        rf"(?P<being>{_NAME})\s(?:is|was|became|(?:has|had)\sbeen)\s{_BETWEEN}{words}\b(?:{of})?",
        rf"(?P<headed>{_NAME})\W{{1,4}}\((?:[^()\n]{{2,60}},\s)(?:[A-Z][\w-]*\s)?{words}(?=[,;)]|\sof)",
    ]
    if doing:
        ways.append(rf"(?P<doing>{_NAME}),\swho\s(?:{doing})\s[^,.;:()\n]{{2,60}}")
    return re.compile("|".join(ways))


_BESIDE = tuple(
    map(
        re.compile,
        (
            rf"\b(?P<role>[a-z]+(?:-[a-z]+)?)(?:,\s(?:young\s)?|\s)(?P<name>{_NAME})",
            rf"(?P<name>{_NAME}),\s(?:the|an?|its|his|her|their|[A-Z][\w-]*['’]s)\s"
            r"(?:[a-z-]+\s)?(?P<role>[a-z-]+)(?=[,.;]|\s(?:of|for|at|who|in)\b)",
            rf"(?P<name>{_NAME})\s\((?P<role>[A-Za-z]+)\b",
        ),
    )
)


def beside_names(text: str) -> Iterator[tuple[str, str]]:
    """(last word of a name, what it is called) for every name with a common noun beside it."""
    for pattern in _BESIDE:
        for match in pattern.finditer(text):
            role = match["role"].lower()
            if role not in STOP_WORDS and (key := name_words(match["name"])[-1:]):
                yield key[0], role
