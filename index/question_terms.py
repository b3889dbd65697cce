"""The words of a question with how telling each is in an index."""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.live import OpenGeneration
from index.terms import STOP_WORDS, content_words, stemmer

_NUMBER = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_SHORTEST_SLIP = 5
_ALIKE = 0.83
_SMALL = 100
"""From as many texts on, rarity says how telling a word is; below, chance says how rare it is."""
SPELLED = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
"""Small numbers as words, with their digits."""


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The content words of a question as stems, with how telling each is in this index."""

    words: tuple[str, ...]
    """The content words as they stand in the question, in lower case."""
    weights: dict[str, float]
    """The weight of each stem: Robertson's inverse document frequency."""
    most: float
    """The weight of a word that stands in no text of the index."""
    names: frozenset[str]
    """The stems of words that begin with a capital, though not only to begin the question."""
    numbers: frozenset[str]
    """The stems of words with digits in them."""


def question_terms(generation: OpenGeneration, question: str) -> QuestionTerms:
    """Weighs the words of a question by their rarity in the index."""
    found = content_words(question)
    stems = stemmer().stems(found)
    total = generation.manifest.texts
    frequencies = generation.catalog.document_frequency(found)
    weights: dict[str, float] = {}
    for parts, frequency in zip(stems, frequencies, strict=True):
        for stem in parts:
            weights.setdefault(stem, _weight(total, frequency))
    names, numbers = _names(question)
    return QuestionTerms(
        tuple(found),
        weights,
        _weight(total, 0),
        frozenset(_stems(names)) & weights.keys(),
        frozenset(_stems(numbers)) & weights.keys(),
    )


def coverage(terms: QuestionTerms, stems: Collection[str]) -> float:
    """The share of the question's words that stand in a text, each by its weight."""
    total = sum(terms.weights.values())
    if not total:
        return 0.0
    present = terms.weights.keys() & set(stems)
    return sum(terms.weights[stem] for stem in present) / total


def missing(terms: QuestionTerms, wanted: Collection[str], stems: Collection[str]) -> float:
    """The share of the wanted stems that a text lacks, each by its weight; 0 for none wanted.

    A slip of the pen ("Celeron" for "Céloron") counts as there by half.
    """
    total = sum(terms.weights[stem] for stem in wanted)
    lacking = 0.0
    for stem in wanted:
        if stem not in stems:
            lacking += terms.weights[stem] * (0.5 if _misspelled(stem, stems) else 1.0)
    return lacking / total if total else 0.0


def _misspelled(stem: str, stems: Collection[str]) -> bool:
    if len(stem) < _SHORTEST_SLIP:
        return False
    likely = (other for other in stems if other[0] == stem[0] and abs(len(other) - len(stem)) < 2)
    return any(SequenceMatcher(None, stem, other).ratio() >= _ALIKE for other in likely)


def _weight(total: int, frequency: int) -> float:
    total = max(total, _SMALL)
    return math.log1p((total - frequency + 0.5) / (frequency + 0.5))


def _names(question: str) -> tuple[list[str], list[str]]:
    """The capitalised words that are no question words, and the words with digits.

    The word that opens the question has its capital anyway: it is a name where the next has one.
    """
    names, numbers = [], []
    shouted = question.isupper()
    found = _WORD.findall(question)
    for at, word in enumerate(found):
        low = word.lower()
        if _NUMBER.search(word):
            numbers.append(word)
        elif (
            word[:1].isupper()
            and not shouted
            and low not in STOP_WORDS
            and (at > 0 or (found[1:2] and found[1][0].isupper()))
        ):
            names.append(word)
    return names, numbers


def _stems(found: list[str]) -> set[str]:
    return {stem for parts in stemmer().stems(found) for stem in parts}
