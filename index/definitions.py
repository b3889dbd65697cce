"""Questions that ask what or who something is, and sentences that say so."""

import re

_QUESTION = re.compile(
    r"(?:so\s|and\s)?(?:who|what)(?:['’]?s|\s(?:is|was|are|were))\s(?P<article>(?:an?|the)\s)?"
    r"(?P<subject>[\w'’.&-]+(?:\s[\w'’.&-]+){0,4}?)\s?\?*$",
    re.IGNORECASE,
)
_NO_SUBJECT = frozenset(
    "about at behind between by for from in inside it next of on out that there they this to"
    " under up with called named known like he she his her their its my your our responsible"
    " wrong right going being".split()
)
_BEING = (
    r"\)?\s(?:is|was|are|were|remains|became|means)\s(?:(?:also|now|then)\s)?"
    r"(?:an?|the|one|its|his|her)\b"
)
_APPOSED = (
    r"(?:\s\([^()]{1,80}\))?,"
    r"\s(?:who|which|an?|the|its|his|her|their|one|[a-z]+ly|[a-z]{4,})\b"
)
_ROLE = (
    r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)|['’]s)"
    r"\s(?:[\w-]+\s){0,4}?[a-z][\w-]+,?\s(?:(?:called|named)\s)?"
)


def asked_definition(question: str) -> str | None:
    """What a question such as "Who is Ada Lowe?" or "What's a sluice?" wants explained."""
    found = _QUESTION.match(question.strip())
    if found is None:
        return None
    subject = found["subject"]
    owned = re.search(r"['’]s?\s", subject)
    return None if owned or _NO_SUBJECT & set(subject.casefold().split()) else subject


def defines(text: str, subject: str) -> bool:
    """Whether a sentence says what the subject is: "Ada Lowe, a judge, …", "A sluice is a gate"."""
    named = re.escape(subject).replace(r"\ ", r"\s")
    return (
        re.search(rf"(?i:\b{named}\b)(?:{_BEING}|{_APPOSED})", text) is not None
        or re.search(rf"{_ROLE}(?i:{named})\b", text) is not None
    )
