"""Text made of the sample corpus's words, each as frequent as it is there."""

import itertools
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_CORPUS = Path(__file__).parents[1] / "corpus"


class TextGenerator:
    """The same text for the same seed."""

    def __init__(self, seed: int) -> None:
        paths = sorted(path for path in _CORPUS.rglob("*") if path.suffix in (".md", ".txt"))
        source = " ".join(path.read_text("utf-8") for path in paths)
        counts = Counter(re.findall(r"[^\W\d_]+", source))
        self._words = list(counts)
        self._weights = list(itertools.accumulate(counts.values()))
        self._random = random.Random(seed)

    def words(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._weights, k=count)

    def sentence(self) -> str:
        return " ".join(self.words(15)).capitalize() + "."

    def paragraph(self, sentences: int = 8) -> str:
        return " ".join(self.sentence() for _ in range(sentences))

    def question(self) -> str:
        return f"What {' '.join(self.words(7))}?"

    def paragraphs(self, characters: int) -> Iterator[str]:
        """As many as it takes for so many characters."""
        while characters > 0:
            text = self.paragraph()
            characters -= len(text)
            yield text
