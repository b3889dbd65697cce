"""Documents to attributions: who said what about whom, each tied to the words that say so.

A cue (a verb such as "accuse", a noun such as "criticism", "according to") is found in the parse of
a sentence, its parties by dependency rules, its content by clause and quotation marks; names are
then given to short mentions where the document settles them. English only.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType

from index.attribution.coreference import Cast
from index.attribution.cues import load_lexicon
from index.attribution.names import settle_names
from index.attribution.parsing import ParsedBlock, load_pipeline, parse
from index.attribution.quotations import find_quotations
from index.attribution.reading import Reading
from index.attribution.structure import Block, Layout, read_layout
from index.types import Attribution, Document

# Characters of one document whose parse is held at once; names are settled within such a section.
_SECTION = 50_000


class AttributionExtractor:
    """Finds the attributions of documents.

    Holds the English pipeline, about 170 MB; not thread-safe.
    Raises ModelError when the pipeline is missing or not the pinned version.
    """

    def __init__(self) -> None:
        self._nlp = load_pipeline()
        self._lexicon = load_lexicon()
        self._given_names = _load_given_names()

    def extract(self, document: Document) -> list[Attribution]:
        """The attributions of one document, sorted by position; none for another language."""
        return next(self.extract_many([document]))

    def extract_many(self, documents: Iterable[Document]) -> Iterator[list[Attribution]]:
        """The attributions of each document, in order. Paragraphs are parsed in batches."""
        pending: list[tuple[Document, Layout]] = []

        def blocks() -> Iterator[tuple[str, Block, int]]:
            for number, document in enumerate(documents):
                layout = Layout(())
                if document.language in (None, "en"):
                    layout = read_layout(document.text)
                pending.append((document, layout))
                for block in layout.blocks:
                    yield document.text, block, number

        current, size = 0, 0
        section: list[ParsedBlock] = []
        found: list[Attribution] = []
        for block, number in parse(self._nlp, blocks()):
            while current < number:
                yield found + self._read(*pending[current], section)
                pending[current] = _DONE
                section, found, size = [], [], 0
                current += 1
            if size > _SECTION:
                found += self._read(*pending[current], section)
                section, size = [], 0
            section.append(block)
            size += len(block.doc.text) + 400
        while current < len(pending):
            yield found + self._read(*pending[current], section)
            section, found = [], []
            current += 1

    def _read(
        self, document: Document, layout: Layout, blocks: Sequence[ParsedBlock]
    ) -> list[Attribution]:
        if not blocks:
            return []
        settle_names(blocks, self._lexicon)
        quotations = find_quotations(blocks)
        cast = Cast(
            blocks,
            [[(q.start, q.end) for q in found] for found in quotations],
            self._lexicon,
            self._given_names,
        )
        return Reading(document, layout, blocks, quotations, cast, self._lexicon).attributions()


_DONE: tuple[Document, Layout] = (Document("", "", "", ""), Layout(()))


@cache
def _load_given_names() -> MappingProxyType[str, str]:
    raw = tomllib.loads(
        resources.files("index.attribution")
        .joinpath("given_names.toml")
        .read_text(encoding="utf-8")
    )
    return MappingProxyType({name: sex for sex, names in raw.items() for name in names.split()})
