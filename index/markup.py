"""A quote from a Markdown document as a person reads it: the same words without their markup."""

import re
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.types import Answer, Citation, Statement

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SUFFIXES = frozenset([".md", ".markdown"])
_SUSPECT = re.compile(r"[*_`\\&<\[]")
_NOTE_NUMBER = re.compile(r"\[\^[^\]\s]{1,40}\]:?")
_BREAKS = frozenset(["softbreak", "hardbreak"])


def readable(words: str, document: str) -> str:
    """Words of a document for a person to read; as they are unless it is Markdown.

    What a web page would show of them: the text of a link, no asterisks of emphasis, no numbers of
    notes. White space at the ends is kept. Words struck through stay marked, since they are
    withdrawn.
    """
    suspect = PurePosixPath(document).suffix.lower() in _SUFFIXES and _SUSPECT.search(words)
    return _without_markup(words) if suspect else words


def readable_citation(citation: Citation) -> Citation:
    """A citation to show. What answers stays marked where its words stand once in the quote."""
    document = citation.source.document
    quote = readable(citation.quote, document)
    if quote == citation.quote:
        return citation
    spans = []
    for start, end in citation.answer_spans:
        words = readable(citation.quote[start:end], document)
        if words and quote.count(words) == 1:
            at = quote.index(words)
            spans.append((at, at + len(words)))
    return replace(citation, quote=quote, answer_spans=tuple(spans))


def readable_answer(answer: Answer) -> Answer:
    """An answer to show, not to keep: its quotes are no longer `text[start:end]`."""
    documents = {citation.number: citation.source.document for citation in answer.citations}
    return replace(
        answer,
        statements=tuple(_statement(statement, documents) for statement in answer.statements),
        citations=tuple(map(readable_citation, answer.citations)),
        closest=tuple(map(readable_citation, answer.closest)),
    )


def _statement(statement: Statement, documents: dict[int, str]) -> Statement:
    first = next((documents[n] for n in statement.citations if n in documents), "")
    return replace(statement, text=readable(statement.text, first))


@cache
def _parser() -> "MarkdownIt":
    """Made when the first quote with markup is shown, so that an index without any goes without."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def _without_markup(words: str) -> str:
    inside = words.strip()
    if not inside:
        return words
    start = words.index(inside)
    shown = "".join(
        "\n" if token.type in _BREAKS else token.content if token.type != "html_inline" else ""
        for token in _parser().parseInline(_NOTE_NUMBER.sub("", inside))[0].children or []
    )
    return words[:start] + shown.strip() + words[start + len(inside) :]
