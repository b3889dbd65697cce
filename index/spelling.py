"""A misspelt question, put right by the words that the documents have."""

import re
from collections.abc import Iterator

from index.live import OpenGeneration
from index.terms import STOP_WORDS

_WORD = re.compile(r"(?<![\w'’-])[a-z]{4,20}(?![\w'’-])")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_CORRECTED = 3
_LONG = 7


def corrected(generation: OpenGeneration, question: str) -> str | None:
    """The question with its misspelt words as the documents spell them; None where none is.

    A word is misspelt when no document has it, the embedder does not know it as one token either,
    and one slip of the pen away is a word that a document has: a letter too many, too few, wrong,
    or two exchanged (Norvig, "How to Write a Spelling Corrector"). What begins with a capital is a
    name and stays: another name is another person.
    """
    typed = [match for match in _WORD.finditer(question) if match[0] not in STOP_WORDS]
    frequencies = generation.catalog.document_frequency([match[0] for match in typed])
    unknown = [match for match, number in zip(typed, frequencies, strict=True) if not number]
    if not unknown or len(unknown) > _MOST_CORRECTED:
        return None
    pieces = generation.embedder.count_tokens([match[0] for match in unknown])
    shown, at = "", 0
    for match, count in zip(unknown, pieces, strict=True):
        meant = _meant(generation, match[0]) if count > 1 else None
        if meant is not None:
            shown += question[at : match.start()] + meant
            at = match.end()
    return shown + question[at:] if at else None


def _meant(generation: OpenGeneration, word: str) -> str | None:
    """The word one slip away that most texts have, before all one that the embedder knows whole.

    The lexical index counts stems, so that "failes" counts as often as "fail": among words that
    the embedder does not know, only a long one with the same beginning can be the word meant.
    """
    near = sorted(set(slips(word)) - STOP_WORDS)
    frequencies = generation.catalog.document_frequency(near)
    found = [(number, one) for number, one in zip(frequencies, near, strict=True) if number]
    pieces = generation.embedder.count_tokens([one for _, one in found])
    likely = [
        (count == 1, one[0] == word[0], number, one)
        for (number, one), count in zip(found, pieces, strict=True)
        if count == 1 or (one[0] == word[0] and len(word) >= _LONG)
    ]
    return max(likely)[-1] if likely else None


def slips(word: str) -> Iterator[str]:
    """What a person may have meant who made one slip in typing a word of small letters."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for before, after in cuts:
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
