"""Ascribe inside a llama-index program, and llama-index's documents inside Ascribe.

retriever = AscribeRetriever(open_answerer(settings), count=5)
engine = AscribeQueryEngine(open_answerer(settings))
index_documents(SimpleDirectoryReader("notes").load_data(), settings)
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import Document, NodeWithScore, QueryBundle, TextNode

from index.answer import Answerer
from index.cache import Cache
from index.contract import answer_json
from index.dates import days_of
from index.documents import Reading
from index.errors import ReadError, SettingsError
from index.progress import Reporter, Silence
from index.reindex import reindex
from index.report import Report
from index.settings import Settings
from index.types import Citation, Filters, Hit, Source

_TITLE_KEYS = ("title", "file_name")


class AscribeRetriever(BaseRetriever):
    """Passages of the live generation as nodes.

    A node's metadata name its `document`, `start` and `end`, so that
    `text == document.text[start:end]`; its score ranks within one question only.
    """

    def __init__(
        self, answerer: Answerer, *, filters: Filters = Filters(), count: int = 10
    ) -> None:
        super().__init__()
        self._answerer = answerer
        self._filters = filters
        self._count = count

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._answerer.search(query_bundle.query_str, self._filters, self._count)
        return [_hit_node(hit) for hit in hits]


class AscribeQueryEngine(BaseQueryEngine):
    """Ascribe's own answers: sentences of the sources, each with its citation.

    The response's source nodes are the citations, in the order of their numbers, and
    `metadata["answer"]` is the answer as `ascribe ask --json` prints it. An answer that the
    sources do not give has an empty response and no nodes.
    """

    def __init__(self, answerer: Answerer, *, filters: Filters = Filters()) -> None:
        super().__init__(callback_manager=CallbackManager())
        self._answerer = answerer
        self._filters = filters

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._answerer.answer(query_bundle.query_str, self._filters)
        text = " ".join(
            f"{statement.text} {''.join(f'[{number}]' for number in statement.citations)}"
            for statement in answer.statements
        )
        return Response(
            response=text,
            source_nodes=[_citation_node(citation) for citation in answer.citations],
            metadata={"answer": answer_json(answer)},
        )

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        import asyncio

        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def index_documents(
    documents: Sequence[Document], settings: Settings, reporter: Reporter | None = None
) -> Report:
    """Makes a generation of llama-index documents; offsets count code points in their texts.

    A text is normalised (NFC, `\\n`) as every text in Ascribe is. A document is named by its
    `file_path` or `file_name`, else by its id. Raises SettingsError when two have one name, and
    whatever `reindex` raises.
    """
    entries = [LlamaEntry.of(document) for document in documents]
    names = [entry.id for entry in entries]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SettingsError(f"Two documents are called {twice[0]!r}.")
    return reindex(settings, LlamaCorpus(tuple(entries)), reporter or Silence())


@dataclass(frozen=True, slots=True)
class LlamaEntry:
    """A llama-index document on its way into the index."""

    id: str
    sha256: str
    text: str
    metadata: dict[str, Any]
    kind: str = "llama-index"

    @classmethod
    def of(cls, document: Document) -> "LlamaEntry":
        metadata = {key: str(value) for key, value in document.metadata.items()}
        name = metadata.get("file_path") or metadata.get("file_name") or document.doc_id
        content = json.dumps([document.text, metadata], sort_keys=True)
        sha256 = hashlib.sha256(content.encode()).hexdigest()
        return cls(name.replace("\\", "/").lstrip("/"), sha256, document.text, metadata)

    def read(self) -> tuple[str, Reading]:
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        text = unicodedata.normalize("NFC", text)
        if not text.strip():
            raise ReadError("no text found")
        found = self.metadata.get
        title = next((found(key) for key in _TITLE_KEYS if found(key)), None)
        return self.sha256, Reading(
            text=text,
            title=title,
            publisher=found("publisher"),
            author=found("author"),
            published=_date(found("published") or found("date")),
            url=found("url"),
        )


@dataclass(frozen=True, slots=True)
class LlamaCorpus:
    """A list of llama-index documents as a corpus."""

    documents: tuple[LlamaEntry, ...]
    name: str = "the list of documents"

    def entries(self, cache: Cache, progress: Callable[[int, int], None]) -> Sequence[LlamaEntry]:
        return self.documents

    def setting(self, name: str) -> str | None:
        return None


def _date(value: str | None) -> str | None:
    try:
        if value:
            days_of(value)
        return value or None
    except SettingsError:
        return None


def _hit_node(hit: Hit) -> NodeWithScore:
    node = _node(hit.source, hit.passage.start, hit.passage.end, hit.text)
    return NodeWithScore(node=node, score=hit.score)


def _citation_node(citation: Citation) -> NodeWithScore:
    node = _node(citation.source, citation.start, citation.end, citation.quote)
    node.metadata |= {"number": citation.number, "page": citation.page}
    return NodeWithScore(node=node)


def _node(source: Source, start: int, end: int, text: str) -> TextNode:
    return TextNode(
        id_=f"{source.document}:{start}:{end}",
        text=text,
        start_char_idx=start,
        end_char_idx=end,
        metadata={
            "document": source.document,
            "start": start,
            "end": end,
            "title": source.title,
            "publisher": source.publisher,
            "published": source.published,
            "url": source.url,
        },
    )
