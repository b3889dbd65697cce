"""An answerer at the seam to `bot/`: it finds sentences that share words with the question."""

import re
import threading
from collections.abc import Mapping

from index.errors import NoIndexError
from index.types import (
    Answer,
    Citation,
    DocumentInfo,
    Filters,
    Query,
    Source,
    Statement,
)

ROOF = {
    "museum/minutes.pdf": "Mayor Ortega accused Halden Roofing of using cheap seals. "
    "Halden Roofing denied it.",
    "museum/letter.txt": "The director asked the city for money. Rain came through the roof.",
}


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}


class FakeAnswerer:
    """Answers from a mapping of document ids to texts; None is a corpus that was never indexed."""

    def __init__(self, texts: Mapping[str, str] | None, generation: str = "000001") -> None:
        self.texts = texts
        self.generation = generation
        self.error: BaseException | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.begun = threading.Event()
        self.closed = False
        self.asked: list[tuple[str, Filters]] = []

    def _open(self) -> tuple[Mapping[str, str], str]:
        self.gate.wait(30)
        if self.error is not None:
            raise self.error
        if self.texts is None:
            raise NoIndexError("Nothing has been indexed yet.")
        return self.texts, self.generation

    def answer(self, question: str, filters: Filters = Filters()) -> Answer:
        self.asked.append((question, filters))
        self.begun.set()
        texts, generation = self._open()
        found = []
        for document, text in texts.items():
            if filters.collection not in (None, document.rpartition("/")[0]):
                continue
            for match in re.finditer(r"[^.]+\.", text):
                shared = len(words(match.group()) & words(question))
                if shared:
                    start = match.start() + len(match.group()) - len(match.group().lstrip())
                    found.append((-shared, document, start, match.end(), text[start : match.end()]))
        citations = tuple(
            Citation(number, source(document), start, end, quote, page=1)
            for number, (_, document, start, end, quote) in enumerate(sorted(found)[:5], 1)
        )
        statements = tuple(Statement(item.quote, (item.number,)) for item in citations)
        closest = (
            ()
            if statements
            else tuple(
                Citation(number, source(document), 0, len(text), text)
                for number, (document, text) in enumerate(sorted(texts.items())[:2], 1)
            )
        )
        return Answer(
            question=question,
            query=Query(question),
            confidence=0.9 if statements else 0.1,
            generation=generation,
            seconds=0.01,
            statements=statements,
            citations=citations,
            closest=closest,
        )

    def documents(self, filters: Filters = Filters()) -> list[DocumentInfo]:
        texts, _ = self._open()
        return [
            DocumentInfo(source(document), None, "0" * 64, len(text), text.count("."))
            for document, text in sorted(texts.items())
            if filters.collection in (None, document.rpartition("/")[0])
        ]

    def collections(self) -> list[str]:
        return sorted({document.rpartition("/")[0] for document in self._open()[0]})

    def warm(self) -> str:
        return self._open()[1]

    def close(self) -> None:
        self.closed = True


def source(document: str) -> Source:
    name = document.rpartition("/")[2]
    url = f"https://example.org/{name}" if name.endswith(".pdf") else None
    return Source(document, name.rpartition(".")[0].title(), "City Archive", "2024-12-02", url)
