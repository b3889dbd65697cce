"""An answerer at the seam to `bot/`: it finds sentences that share words with the question."""

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from index.claims import Bearing, ClaimCheck
from index.errors import NoIndexError, UnknownDocumentError
from index.examples import Example
from index.graph import Graph, graph_of
from index.hints import Hints
from index.ledger import Entry, Line, PartyCount, Wanted
from index.standing import Place, place_of
from index.types import (
    Answer,
    Attribution,
    Citation,
    Document,
    DocumentInfo,
    Filters,
    Query,
    Source,
    Span,
    Stance,
    Statement,
    Turn,
)

ROOF = {
    "museum/minutes.pdf": "Mayor Ortega accused Halden Roofing of using cheap seals. "
    "Halden Roofing denied it.",
    "museum/letter.txt": "The director asked the city for money. Rain came through the roof.",
}


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}


_CUES = {"accused": Stance.ACCUSE, "criticised": Stance.CONDEMN, "denied": Stance.DENY}
_NAME = r"[A-Z]\w+(?: [A-Z]\w+)*"


def attributions(path: str, text: str) -> list[Attribution]:
    """Of sentences such as "Ada Lowe [never|might have|in effect] accused Quill of …"."""
    found = []
    for match in re.finditer(
        rf"(?P<who>{_NAME}) (?P<how>never |might have |in effect )?"
        rf"(?P<cue>accused|criticised|denied)(?: (?P<whom>{_NAME}))?[^.]*\.",
        text,
    ):

        def span(name: str, match: re.Match[str] = match) -> Span | None:
            return None if match[name] is None else Span(*match.span(name), match[name])

        cue = span("cue")
        assert cue is not None
        found.append(
            Attribution(
                path, span("who"), cue, span("whom"), (), match.span(), _CUES[match["cue"]],
                explicit=match["how"] != "in effect ",
                negated=match["how"] == "never ",
                hypothetical=match["how"] == "might have ",
            )
        )  # fmt: skip
    return found


def shown(span: Span | None) -> str | None:
    return None if span is None else span.text


def line(entry: Entry) -> Line:
    a = entry.attribution
    who, whom = shown(a.speaker), shown(a.target)
    return Line(
        entry.row, entry.row, a.stance, a.explicit, a.negated, a.hypothetical,
        sum(map(ord, a.document)), a.cue.start, None, who, who, whom, whom,
    )  # fmt: skip


def counts(spans: Iterable[Span | None], beginning: str, limit: int) -> list[PartyCount]:
    names = Counter(span.text for span in spans if span is not None)
    fitting = [(n, c) for n, c in names.most_common() if beginning.casefold() in n.casefold()]
    return [PartyCount(name, count) for name, count in fitting[:limit]]


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
        self.examples_made = 0
        self.teaching = threading.Event()
        self.teaching.set()
        self.most = 5
        self.asked: list[tuple[str, Filters]] = []
        self.wanted: list[Wanted] = []
        self.histories: list[tuple[Turn, ...]] = []

    def _open(self) -> tuple[Mapping[str, str], str]:
        self.gate.wait(30)
        if self.error is not None:
            raise self.error
        if self.texts is None:
            raise NoIndexError("Nothing has been indexed yet.")
        return self.texts, self.generation

    def answer(
        self,
        question: str,
        filters: Filters = Filters(),
        *,
        history: Sequence[Turn] = (),
        so_far: Callable[[Answer], None] | None = None,
    ) -> Answer:
        self.asked.append((question, filters))
        self.histories.append(tuple(history))
        self.begun.set()
        texts, generation = self._open()
        found = []
        for document, text in texts.items():
            if not within(document, filters):
                continue
            for match in re.finditer(r"[^.]+\.", text):
                shared = len(words(match.group()) & words(question))
                if shared:
                    start = match.start() + len(match.group()) - len(match.group().lstrip())
                    found.append((-shared, document, start, match.end(), text[start : match.end()]))
        citations = tuple(
            Citation(number, source(document), start, end, quote, page=1)
            for number, (_, document, start, end, quote) in enumerate(sorted(found)[: self.most], 1)
        )
        statements = tuple(Statement(item.quote, (item.number,)) for item in citations)
        closest = (
            ()
            if statements
            else tuple(
                Citation(number, source(document), 0, len(text), text)
                for number, (document, text) in enumerate(
                    [item for item in sorted(texts.items()) if within(item[0], filters)][:2], 1
                )
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
            rewritten=f"{question} ({history[-1].question})" if history else None,
            hashes={path: sha256(text) for path, text in texts.items()},
        )

    def check(self, claim: str, filters: Filters = Filters()) -> ClaimCheck:
        """Supported where a text holds the claim, contradicted where it holds what shares words."""
        answer = self.answer(claim, filters)
        held = tuple(one for one in answer.citations if claim in one.quote)
        bearing = (
            Bearing.SUPPORTED if held
            else Bearing.CONTRADICTED if answer.citations
            else Bearing.NOT_FOUND
        )  # fmt: skip
        reason = "" if held else "The sources have another number."
        shown = held or answer.citations or answer.closest
        return ClaimCheck(claim, bearing, shown, reason, answer.generation, 0.01)

    def documents(self, filters: Filters = Filters()) -> list[DocumentInfo]:
        texts, _ = self._open()
        return [
            DocumentInfo(source(document), None, sha256(text), len(text), text.count("."))
            for document, text in sorted(texts.items())
            if within(document, filters)
        ]

    def collections(self, scope: frozenset[str] | None = None) -> list[str]:
        found = {document.rpartition("/")[0] for document in self._open()[0]}
        return sorted(found if scope is None else found & scope)

    def document(self, path: str, scope: frozenset[str] | None = None) -> Document:
        texts, _ = self._open()
        if path not in texts or not within(path, Filters(scope=scope)):
            raise UnknownDocumentError(f"{path} is not indexed.")
        return Document(path, texts[path], sha256(texts[path]), source(path).title)

    def place_of(
        self, citation: Citation, sha256: str, scope: frozenset[str] | None = None
    ) -> Place:
        return place_of(self, citation, sha256, scope)  # type: ignore[arg-type]

    def _entries(self, wanted: Wanted) -> list[Entry]:
        found: list[Entry] = []
        row = 0
        for path, text in sorted(self._open()[0].items()):
            for attribution in attributions(path, text):
                row += 1
                fits = (
                    wanted.speaker in (None, shown(attribution.speaker))
                    and wanted.target in (None, shown(attribution.target))
                    and (not wanted.stances or attribution.stance in wanted.stances)
                    and (wanted.about or "") in text[slice(*attribution.sentence)]
                    and wanted.filters.collection in (None, path.rpartition("/")[0])
                )
                if fits:
                    found.append(Entry(row, attribution, source(path), "[]"))
        return found

    def attributions(
        self, wanted: Wanted, limit: int | None = None, offset: int = 0
    ) -> tuple[list[Entry], int]:
        self.wanted.append(wanted)
        found = self._entries(wanted)
        return found[offset:][:limit], len(found)

    def graph(self, wanted: Wanted) -> Graph:
        return graph_of([line(entry) for entry in self._entries(wanted)])

    def speakers(
        self, beginning: str = "", filters: Filters = Filters(), limit: int = 25
    ) -> list[PartyCount]:
        entries = self._entries(Wanted(filters=filters))
        return counts((entry.attribution.speaker for entry in entries), beginning, limit)

    def targets(
        self, beginning: str = "", filters: Filters = Filters(), limit: int = 25
    ) -> list[PartyCount]:
        entries = self._entries(Wanted(filters=filters))
        return counts((entry.attribution.target for entry in entries), beginning, limit)

    def hints(self, question: str, filters: Filters = Filters()) -> Hints:
        everywhere = Filters(scope=filters.scope)
        asked = sorted(words(question))
        return Hints(
            searched=len(self.documents(filters)),
            filtered=filters != everywhere and self.answer(question, everywhere).found,
            unknown=tuple(
                w for w in asked if not any(w in t.casefold() for t in self._open()[0].values())
            ),
        )

    def examples(self, scope: frozenset[str] | None = None) -> list[Example]:
        self.examples_made += 1
        self.teaching.wait(30)
        entries = self._entries(Wanted(filters=Filters(scope=scope)))
        names = [e.attribution.target.text for e in entries if e.attribution.target]
        return [
            Example(f"Who accused {name}?", "who accused whom", self.collections(scope)[-1])
            for name in names[:1]
        ]

    def warm(self) -> str:
        return self._open()[1]

    def close(self) -> None:
        self.closed = True


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def within(document: str, filters: Filters) -> bool:
    collection = document.rpartition("/")[0]
    scoped = filters.scope is None or collection in filters.scope
    return scoped and filters.collection in (None, collection)


def source(document: str) -> Source:
    name = document.rpartition("/")[2]
    url = f"https://example.org/{name}" if name.endswith(".pdf") else None
    return Source(document, name.rpartition(".")[0].title(), "City Archive", "2024-12-02", url)
