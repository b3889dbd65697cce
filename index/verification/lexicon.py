"""Which words may stand for one another: `synonyms.toml`, read once, when first needed."""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

FILE = "synonyms.toml"


@cache
def _texts() -> dict[str, str]:
    return tomllib.loads(resources.files("index").joinpath(FILE).read_text("utf-8"))


@cache
def _lemmas() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _texts()["forms"].split("\n"):
        for form in line.split():
            found.setdefault(form, line.split()[0])
    return found


def lemma_of(word: str) -> str:
    """The base form of an irregular word, else the word."""
    return _lemmas().get(word, word)


@cache
def _groups() -> dict[str, frozenset[int]]:
    from index.verification.tokens import stem

    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(_texts()["same"].split("\n")):
        for word in line.split():
            if "_" not in word:
                found[stem(word)].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """The phrases of several words by the stem of the first, each with its group."""
    from index.verification.tokens import stem

    found: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    for number, line in enumerate(_texts()["same"].split("\n")):
        for phrase in line.split():
            parts = tuple(stem(part) for part in phrase.split("_"))
            if len(parts) > 1:
                found[parts[0]].append((parts, number))
    return {first: tuple(phrases) for first, phrases in found.items()}


def phrase_groups(stems: Sequence[str]) -> frozenset[int]:
    """The groups of the phrases in a text, such as "put off"; a word may stand between."""
    found = set()
    for i, first in enumerate(stems):
        for parts, number in _phrases().get(first, ()):
            near = stems[i + 1 : i + 2 + len(parts)]
            if all(part in near for part in parts[1:]):
                found.add(number)
    return frozenset(found)


def in_groups(word: str, groups: frozenset[int]) -> bool:
    """Whether a stem is in one of the groups."""
    return not _groups().get(word, frozenset()).isdisjoint(groups)


@cache
def _opposites() -> frozenset[tuple[str, str]]:
    from index.verification.tokens import stem

    pairs = (line.split() for line in _texts()["opposite"].split("\n") if line)
    found = {(stem(one), stem(other)) for one, other in pairs}
    return frozenset(found | {(other, one) for one, other in found})


@lru_cache(maxsize=50_000)
def synonyms(one: str, other: str) -> bool:
    """Whether two stems stand in one group."""
    groups = _groups()
    return not groups.get(one, frozenset()).isdisjoint(groups.get(other, frozenset()))


def opposites(one: str, other: str) -> bool:
    """Whether two stems are known opposites."""
    return (one, other) in _opposites()
