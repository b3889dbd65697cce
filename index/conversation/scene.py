"""What a turn of a conversation talked about: the parties, things, places and days in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from index.conversation.leaning import AUXILIARIES, DETERMINERS, PREPOSITIONS, WH
from index.names import is_pronoun
from index.terms import STOP_WORDS


class Kind(StrEnum):
    """What a mention is, as far as it matters to a pronoun."""

    HE = "he"
    SHE = "she"
    PERSON = "person"
    GROUP = "group"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something, as the sources write them or else as they were typed."""

    text: str
    kind: Kind
    asked: bool = False
    """Whether the question named it, rather than the answer."""

    @property
    def is_person(self) -> bool:
        return self.kind in (Kind.HE, Kind.SHE, Kind.PERSON)


@dataclass(frozen=True, slots=True)
class Scene:
    """An earlier turn: its question as understood, and what was mentioned, the first first."""

    question: str
    mentions: tuple[Mention, ...]
    speaker: str | None = None
    """Whose words the answer is."""
    target: str | None = None
    accusing: bool = False
    """Whether the answer is an accusation by the speaker against the target."""


_HONORIFIC = {
    "mr": Kind.HE, "sir": Kind.HE, "lord": Kind.HE, "mrs": Kind.SHE, "ms": Kind.SHE,
    "miss": Kind.SHE, "dame": Kind.SHE, "lady": Kind.SHE, "dr": Kind.PERSON, "cllr": Kind.PERSON,
    "councillor": Kind.PERSON, "judge": Kind.PERSON, "professor": Kind.PERSON,
}  # fmt: skip
_NAME_WORD = r"[A-ZÀ-ÖØ-Þ](?:\w|['’-](?=\w))*"
_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Cllr|Prof|St|[A-Z])\.\s?)"
_PARTICLES = r"(?:(?:of|the|de|van|von|bin|al)[ \n]){0,2}"
_NAME = re.compile(rf"{_TITLE}*{_NAME_WORD}(?:[ \n]{_PARTICLES}{_TITLE}*{_NAME_WORD})*")
_POSSESSIVE = re.compile(r"['’]s?$")
_BODY = re.compile(
    r"\b(?:council|fund|roofing|gazette|courier|agency|committee|government|board|museum|firm|company"
    r"|estates|ministry|court|university|police|party|union|trust|office|bank|ltd|inc|group|press"
    r"|foundation|army|team|club|county|radio|trustees|friends|department|association|council)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w£$€%]+(?:[-'’.,&/:]+\w+)*")
_MONTHS = frozenset(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday
    """.split()
)
_LEADING_UP = r"(?:the|an?|his|her|its|their|of|for|in|on|with|by|about|from)\s"
_ARTICLES = frozenset("the a an his her its their this that these those".split())
_LONGEST = 5


def read_scene(
    question: str,
    said: str,
    around: str,
    genders: Mapping[str, str],
    *,
    speaker: str | None = None,
    target: str | None = None,
    accusing: bool = False,
) -> Scene:
    """The scene of a question and what was said to it.

    `around` is the text of the sources near to it, which tells how names are written; `genders`
    has "m" or "f" for given names and for full ones, in lower case. `speaker` and `target` are
    those of the answer.
    """
    names = list(dict.fromkeys([*_names_in(f"{said}\n{around}"), *_names_in(f"of {question}")]))
    asked = _asked(question, names, f"{said}\n{around}".lower())
    known = {mention.lower() for mention in asked}
    speaker, target = _called(speaker), _called(target)
    told = [name for name in (speaker, target) if name is not None]
    told += [name for name in _names_in(said) if _full(name, names) is not None]
    text = f"{question}\n{said}\n{around}"
    mentions = [Mention(one, _kind(one, genders, text), True) for one in asked]
    for name in told:
        full = _full(name, names) or name
        if full.lower() not in known and not any(full.lower() in one for one in known):
            known.add(full.lower())
            mentions.append(Mention(full, _kind(full, genders, text)))
    return Scene(question, tuple(mentions), speaker, target, accusing)


def _called(party: str | None) -> str | None:
    """A party by the name in its words: "an independent, Nadia Sorrell"; None for a pronoun."""
    if party is None or is_pronoun(party):
        return None
    inner = [name for name in _names_in(f"of {party}") if len(name.split()) > 1]
    return inner[-1] if inner and "," in party else party


def _names_in(text: str) -> list[str]:
    """Names by their capitals, each once; a word that only begins a sentence is none."""
    found: dict[str, None] = {}
    for match in _NAME.finditer(text):
        name = _POSSESSIVE.sub("", match[0])
        words = name.split()
        while words and (words[0].lower() in STOP_WORDS | DETERMINERS | PREPOSITIONS | WH):
            words.pop(0)
        starts = (
            not text[: match.start()]
            .rstrip(" \"“‘'(")
            .endswith(tuple("abcdefghijklmnopqrstuvwxyz,;0123456789"))
        )
        if not words or words[0].lower() in _MONTHS:
            continue
        if len(words) == 1 and starts and len(name.split()) == 1:
            lower = re.search(rf"\b{re.escape(words[0].lower())}\b", text)
            if lower or not re.search(rf"[a-z,] {re.escape(words[0])}\b", text):
                continue
        found.setdefault(" ".join(words))
    return list(found)


def _full(name: str, names: list[str]) -> str | None:
    """The longest of the names that a shorter one may stand for: "Pym" for "Gareth Pym".

    A name that also begins another ("Hadrick Roofing" beside "Ann Hadrick") stands for itself.
    """
    words = _bare(name)
    if not words:
        return None
    if any(_bare(one)[: len(words)] == words and len(_bare(one)) > len(words) for one in names):
        return name
    longer = [one for one in names if _bare(one)[-len(words) :] == words]
    return max(longer, key=lambda one: len(_bare(one)), default=name)


def _bare(name: str) -> list[str]:
    """The words of a name in lower case without titles."""
    words = name.lower().replace(".", "").split()
    while len(words) > 1 and words[0] in _HONORIFIC:
        words.pop(0)
    return words


def _asked(question: str, names: list[str], text: str) -> list[str]:
    """What the question names: names of the sources, and noun phrases that they hold, in order."""
    tokens = _WORD.findall(question)
    lower = [_POSSESSIVE.sub("", token.lower().replace("’", "'")) for token in tokens]
    by_words = {tuple(_bare(name)): name for name in names}
    parts: dict[str, str] = {}
    for name in names:
        for word in _bare(name):
            if word not in STOP_WORDS and len(word) > 2:
                parts.setdefault(word, name)
    found: list[str] = []
    at = 0
    while at < len(tokens):
        size, mention = _longest(tokens, lower, at, by_words, parts, text)
        if mention is not None:
            found.append(mention)
        at += size
    return found


def _longest(
    tokens: list[str],
    lower: list[str],
    at: int,
    by_words: Mapping[tuple[str, ...], str],
    parts: Mapping[str, str],
    text: str,
) -> tuple[int, str | None]:
    """The longest mention that begins at a token, with how many tokens it takes."""
    sizes = range(min(_LONGEST, len(tokens) - at), 0, -1)
    for size in sizes:
        words = lower[at : at + size]
        name = by_words.get(tuple(words[1:] if words[0] in _ARTICLES else words))
        if name is not None:
            full = _full(name, list(by_words.values())) or name
            return size, full if words[0] not in _ARTICLES else f"the {full}"
    for size in sizes:
        words = lower[at : at + size]
        if not _may_stand(words):
            continue
        led = words[0] in _ARTICLES or (at > 0 and lower[at - 1] in ("many", "much", "which"))
        inner = words[1:] if words[0] in _ARTICLES else words
        if not inner:
            continue
        phrase = " ".join(inner)
        if len(inner) == 1 and not led:
            if inner[0] in parts and tokens[at].lower() not in STOP_WORDS:
                return size, parts[inner[0]]
            continue
        lead = "" if led else _LEADING_UP
        if re.search(rf"{lead}\b{re.escape(phrase)}", text):
            the = "the " if led and words[0] not in _ARTICLES else ""
            return size, the + " ".join(tokens[at : at + size])
    return 1, None


def _may_stand(words: list[str]) -> bool:
    """Whether the words could be a noun phrase by their ends."""
    stop = STOP_WORDS | AUXILIARIES | WH | PREPOSITIONS
    inner = words[1:] if words[0] in _ARTICLES else words
    return (
        bool(inner)
        and inner[0] not in stop
        and inner[-1] not in stop
        and not set(inner) & (AUXILIARIES | WH)
    )


def _kind(text: str, genders: Mapping[str, str], around: str) -> Kind:
    """What a mention is; a name of several words is a person's unless it takes an article."""
    words = text.lower().replace(".", "").split()
    if words[0] in _HONORIFIC and len(words) > 1:
        return _gendered(text, words, genders) or _HONORIFIC[words[0]]
    found = _gendered(text, words, genders)
    if found is not None:
        return found
    if _BODY.search(text):
        return Kind.GROUP
    if not text[:1].isupper() or words[0] in _ARTICLES:
        return (
            Kind.GROUP if words[-1].endswith("s") and not words[-1].endswith("ss") else Kind.THING
        )
    capitals = [word for word in text.split() if word[:1].isupper()]
    if 2 <= len(capitals) <= 3 and not re.search(rf"\b[Tt]he {re.escape(text)}", around):
        return Kind.PERSON
    return Kind.THING


def _gendered(text: str, words: list[str], genders: Mapping[str, str]) -> Kind | None:
    gender = genders.get(" ".join(_bare(text)))
    if gender is None and len(words) > 1 and not _BODY.search(text):
        gender = genders.get(_bare(text)[0])
    return None if gender is None else Kind.HE if gender == "m" else Kind.SHE
