"""Which words may stand for one another: `synonyms.toml`, read once, when first needed."""

import tomllib
from collections import defaultdict
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
            found[stem(word.replace("_", " "))].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


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
