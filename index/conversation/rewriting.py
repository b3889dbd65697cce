"""A question that leans to one that stands by itself, from the scenes before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.conversation.leaning import (
    AUXILIARIES,
    DETERMINERS,
    FEMALE,
    MALE,
    NEUTER,
    PLURAL,
    POSSESSIVE,
    PREPOSITIONS,
    WH,
    Lean,
    Leaning,
    content,
)
from index.conversation.scene import Kind, Mention, Scene
from index.question_dates import find_dates
from index.terms import STOP_WORDS

_ANSWERING = re.compile(
    r"\b(?:den(?:y|ied|ies)|reject(?:ed)?|refuted?|dismiss(?:ed)?|respon(?:d|ded|se)|repl(?:y|ied)"
    r"|react(?:ed)?|answer(?:ed)?|apologi[sz]ed?|admit(?:ted)?|accept(?:ed)?|defend(?:ed)?)\b",
    re.IGNORECASE,
)
_DENYING = re.compile(
    r"\b(?:den(?:y|ied|ies)|reject(?:ed)?|refuted?|dismiss(?:ed)?|respon(?:d|ded)\s+to|admit(?:ted)?"
    r"|repl(?:y|ied)\s+to|react(?:ed)?\s+to|answer(?:ed)?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w£$€%]+(?:[-'’.,&/:]+\w+)*['’]?")
_QUANTITY = re.compile(r"^how\s(?:many|much)\s+(?P<noun>\w+)\b", re.IGNORECASE)
_TIME_LEAD = re.compile(
    r"^(?:in|on|by|for|during|at|since|until|till|before|after|from)\s+(?:the\s+)?", re.IGNORECASE
)
_OPENING = re.compile(
    r"(?:(?:to|for|of|by|from|on|in|at|until|since)\s)?(?:who(?:m)?|what|when|where|why"
    r"|how(?:\s(?:long|often|far))?|how\s(?:much|many)(?P<noun>(?:\s\w+){0,3}?)|(?:which|what)\s\w+)"
    r"\s+(?P<aux>did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b\s*",
    re.IGNORECASE,
)
_CONDITIONS = frozenset("if when unless because while once".split())
_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as understood from the turns before it."""

    text: str
    topic: str = ""
    """The question before, to search with; empty where this one has all of it."""
    complete: bool = True
    """Whether the text says all by itself what it is about."""


def stand_alone(leaning: Leaning, scenes: Sequence[Scene]) -> Reading:
    """The question as understood; `scenes` has the turns before it, the latest first, at least one.

    What nothing stands for is left as it is, beside what was talked about.
    """
    if leaning.kind is Lean.FRAGMENT:
        return _put_in_place(leaning, scenes)
    if leaning.kind is Lean.ASKING:
        return _asked_of(leaning, scenes[0])
    text, missing = _resolved(leaning, scenes)
    resolved = not missing and leaning.kind is Lean.PRONOUN
    if resolved and _own_content(leaning) >= _ENOUGH:
        return Reading(_closed(text))
    return replace(_with_topic(text, scenes[0]), complete=resolved)


def _own_content(leaning: Leaning) -> int:
    """How many words say what it is about, apart from what the pronouns stand for."""
    places = set(leaning.pronouns)
    return len(content([token for at, token in enumerate(leaning.tokens) if at not in places]))


# -- pronouns


def _resolved(leaning: Leaning, scenes: Sequence[Scene]) -> tuple[str, bool]:
    """The tokens with names for pronouns, and whether one of them stayed what it was."""
    text, taken, missing = _replaced(leaning, scenes, ())
    if len(taken) > 1 and _says_again(text, scenes[0].question):
        # Where nothing else tells who "she" is, nobody asks the same question twice.
        turned, _, lost = _replaced(leaning, scenes, taken[:1])
        text = text if lost else turned
    return text, missing


def _says_again(text: str, before: str) -> bool:
    return " ".join(_WORD.findall(text)).lower() == " ".join(_WORD.findall(before)).lower()


def _replaced(
    leaning: Leaning, scenes: Sequence[Scene], not_first: Sequence[str]
) -> tuple[str, list[str], bool]:
    """The text with names for pronouns, the names, and whether a pronoun stayed what it was.

    The first pronoun is none of `not_first`.
    """
    tokens = list(leaning.tokens)
    text = " ".join(tokens)
    missing = False
    taken: list[str] = []
    for at in leaning.pronouns:
        word = tokens[at].lower()
        known = taken or not_first
        found = _claim(text, word, scenes[0]) or _antecedent(word, text, scenes, known)
        if found is None:
            missing = True
            continue
        taken.append(found)
        follows = at + 1 < len(tokens) and tokens[at + 1].lower() not in PREPOSITIONS | AUXILIARIES
        possessive = word in POSSESSIVE and (word != "her" or follows)
        tokens[at] = _owner(found) if possessive else found
    return " ".join(tokens), taken, missing


def _claim(text: str, word: str, scene: Scene) -> str | None:
    """ "it" in "did he deny it?" after an accusation: whose accusation it is."""
    if (
        word in ("it", "that", "this")
        and scene.accusing
        and scene.speaker
        and _DENYING.search(text)
    ):
        return f"{_owner(scene.speaker)} accusation"
    return None


def _antecedent(word: str, text: str, scenes: Sequence[Scene], taken: Sequence[str]) -> str | None:
    for scene in scenes:
        fitting = [m for m in scene.mentions if _fits(m, word) and m.text not in taken]
        if fitting:
            return _likeliest(fitting, text, scene).text
    return None


def _fits(mention: Mention, word: str) -> bool:
    if word in MALE:
        return mention.kind in (Kind.HE, Kind.PERSON)
    if word in FEMALE:
        return mention.kind in (Kind.SHE, Kind.PERSON)
    if word in PLURAL or word in ("these", "those"):
        return mention.kind is Kind.GROUP
    return word in NEUTER and mention.asked and mention.kind in (Kind.THING, Kind.GROUP)


def _likeliest(fitting: Sequence[Mention], text: str, scene: Scene) -> Mention:
    """Who is asked about is spoken of, unless the question was who: then the answer is.

    Whoever answers a charge is the one who was charged.
    """
    certain = [m for m in fitting if m.kind is not Kind.PERSON] or list(fitting)
    if _ANSWERING.search(text) and scene.target is not None:
        charged = [m for m in certain if _same(m.text, scene.target)]
        if charged:
            return charged[0]
    who = re.match(r"(?:\W*\w+\s+){0,2}?who(?:m|se)?\b", scene.question, re.IGNORECASE)
    people = [m for m in certain if m.is_person]
    if who and people:
        told = [m for m in people if not m.asked]
        return (told or people)[0]
    return certain[0]


def _same(one: str, other: str) -> bool:
    return bool(one) and bool(other) and one.split()[-1].lower() == other.split()[-1].lower()


def _owner(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


# -- what has no clause of its own


def _asked_of(leaning: Leaning, scene: Scene) -> Reading:
    """ "why?", "how many in the freezer?": the earlier question, asked anew."""
    asked = " ".join(leaning.tokens)
    before = scene.question.rstrip(" ?.!")
    lower = [token.lower() for token in leaning.tokens]
    rest = [word for word in lower if word not in WH | AUXILIARIES]
    quantity = _QUANTITY.match(before)
    if quantity and lower[:1] == ["how"] and lower[1:2] in (["many"], ["much"]):
        head, tail = " ".join(leaning.tokens[:2]), " ".join(leaning.tokens[2:])
        return _with_topic(f"{head} {quantity['noun']} {tail}".strip(), scene)
    opening = _OPENING.match(before)
    bare = not rest or (len(rest) <= 2 and lower[-1] not in PREPOSITIONS and len(lower) <= 4)
    if bare and opening:
        noun = f" {opening['noun']}" if opening["noun"] and not rest else ""
        return Reading(_closed(f"{asked} {opening['aux']} {before[opening.end() :]}{noun}"))
    if not rest and before and before.split()[0].lower() in AUXILIARIES:
        return Reading(_closed(f"{asked} {before[0].lower()}{before[1:]}"))
    subject = re.match(r"who\s+(?P<rest>.+)", before, re.IGNORECASE)
    who = next((m.text for m in scene.mentions if not m.asked), None) or scene.speaker
    if not rest and subject and who and len(lower) == 1:
        return Reading(_closed(f"{asked} was it that {who} {subject['rest']}"))
    return _with_topic(asked, scene)


def _put_in_place(leaning: Leaning, scenes: Sequence[Scene]) -> Reading:
    """ "and in March?", "what about the mayor?": the earlier question with this in it."""
    scene = scenes[0]
    text = _inner(_resolved(leaning, scenes)[0])
    before = scene.question.rstrip(" ?.!")
    if find_dates(f"in {_TIME_LEAD.sub('', text)}"):
        return Reading(_dated(text, before))
    lower = [token.lower() for token in leaning.tokens]
    if AUXILIARIES & set(lower) or lower[0] in _CONDITIONS:
        return _with_topic(text, scene)
    if lower[0] in PREPOSITIONS - {"of"}:
        return Reading(_with_phrase(text, lower[0], before))
    if lower[-1].endswith(("'s", "’s", "s'")) and (owner := re.search(r"\w+['’]s\b", before)):
        return Reading(_closed(f"{before[: owner.start()]}{text}{before[owner.end() :]}"))
    slot = _slot(text, before, scene)
    if slot is not None:
        found = re.search(rf"(?<!\w){re.escape(slot)}(?!\w)", before, re.IGNORECASE)
        if found is not None:
            return Reading(_closed(f"{before[: found.start()]}{text}{before[found.end() :]}"))
    return _with_topic(text, scene)


def _inner(text: str) -> str:
    """Words as they stand inside a question: "This year" without the capital."""
    first, _, rest = text.partition(" ")
    small = first.lower() in STOP_WORDS | PREPOSITIONS | DETERMINERS or first.lower() == "last"
    return f"{first.lower()} {rest}".strip() if small else text


def _dated(text: str, before: str) -> str:
    """A day, a month or a year in the place of the other one."""
    bare = _TIME_LEAD.sub("", text) == text
    bare = bare and text.split()[0].lower() not in ("this", "last", "next", "today", "yesterday")
    found = find_dates(before)
    if not found:
        return _closed(f"{before} {f'in {text}' if bare else text}")
    start, end = found[-1]
    lead = _TIME_LEAD.match(before[start:end].strip()) if bare else None
    said = f"{lead[0].strip()} {text}" if lead else text
    return _closed(f"{before[:start].rstrip()} {said}{before[end:]}")


def _with_phrase(text: str, preposition: str, before: str) -> str:
    """A phrase in the place of the one with the same preposition, or else behind."""
    pattern = (
        rf"\b{preposition}\s+(?:\S+\s*?){{1,4}}?(?=\s+(?:{'|'.join(sorted(PREPOSITIONS))})\b|$)"
    )
    found = re.search(pattern, before, re.IGNORECASE)
    if found is None:
        return _closed(f"{before} {text}")
    return _closed(f"{before[: found.start()]}{text}{before[found.end() :]}")


def _slot(text: str, before: str, scene: Scene) -> str | None:
    """What in the earlier question the words stand in place of: something of the same kind."""
    words = text.lower().split()
    named = [m for m in scene.mentions if m.asked]
    parts = {m.text: _as_typed(m.text, before) for m in named}
    same_head = [m for m in named if m.text.lower().split()[-1] == words[-1]]
    described = words[0] in DETERMINERS
    alike = [m for m in named if (m.text.lower().split()[0] in DETERMINERS) == described]
    for mention in (*same_head, *alike):
        if parts[mention.text] is not None:
            return parts[mention.text]
    return None


def _as_typed(name: str, before: str) -> str | None:
    """The words of the question by which it named somebody: "pym" for "Gareth Pym"."""
    words = name.split()
    for size in range(len(words), 0, -1):
        for at in (len(words) - size, 0):
            part = " ".join(words[at : at + size])
            if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", before, re.IGNORECASE):
                return part
    return None


# -- what was talked about


def _with_topic(text: str, scene: Scene) -> Reading:
    """The question, and the earlier one where it has more to say."""
    topic = scene.question.rstrip(" ?.!")
    said = {word.lower() for word in _WORD.findall(text)}
    if not [word for word in content(_WORD.findall(topic)) if word.lower() not in said]:
        return Reading(_closed(text))
    return Reading(_closed(text), topic, complete=False)


def _closed(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:1].upper()}{text[1:]}?" if text else text
