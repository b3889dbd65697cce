"""`ascribe ask`, `search` and `show`."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.commands.options import (
    as_json_option,
    batch_option,
    filters_options,
    folders_options,
    print_json,
    with_options,
)
from index.errors import AscribeError
from index.settings import load_settings
from index.types import Filters

if TYPE_CHECKING:
    from index.batch import BatchQuestion


@click.command()
@click.argument("question", required=False)
@with_options(*folders_options, *filters_options, batch_option, as_json_option)
def ask(
    question: str | None,
    corpus: Path | None,
    data: Path | None,
    collection: str | None,
    since: str | None,
    until: str | None,
    batch: Path | None,
    as_json: bool,
) -> None:
    """Answer a question in the words of the sources."""
    from index.contract import answer_json
    from index.terminal import answer_text
    from index.wiring import open_answerer

    filters = Filters(collection, since, until)
    with closing(open_answerer(load_settings(corpus_dir=corpus, data_dir=data))) as answerer:
        for asked in _questions(question, batch):
            answer = answerer.answer(asked.text, filters, history=asked.history)
            if as_json:
                print_json(_id_of(asked) | answer_json(answer))
            else:
                click.echo(_headed(asked) + answer_text(answer))


@click.command()
@click.argument("question", required=False)
@click.option(
    "-k",
    "count",
    default=10,
    show_default=True,
    type=click.IntRange(1, 100),
    help="How many passages.",
)
@with_options(*folders_options, *filters_options, batch_option, as_json_option)
def search(
    question: str | None,
    count: int,
    corpus: Path | None,
    data: Path | None,
    collection: str | None,
    since: str | None,
    until: str | None,
    batch: Path | None,
    as_json: bool,
) -> None:
    """Rank the passages that match a question."""
    from index.contract import hit_json
    from index.terminal import hits_text
    from index.wiring import open_answerer

    filters = Filters(collection, since, until)
    with closing(open_answerer(load_settings(corpus_dir=corpus, data_dir=data))) as answerer:
        for asked in _questions(question, batch):
            hits = answerer.search(asked.text, filters, count, history=asked.history)
            if as_json:
                found = {"question": asked.text, "hits": [hit_json(hit) for hit in hits]}
                print_json(_id_of(asked) | found)
            else:
                click.echo(_headed(asked) + hits_text(hits))


@click.command()
@click.argument("document")
@click.option("--start", type=click.IntRange(0), default=0, help="First code point to print.")
@click.option("--end", type=click.IntRange(0), help="Code point to stop before.")
@with_options(*folders_options, as_json_option)
def show(
    document: str,
    start: int,
    end: int | None,
    corpus: Path | None,
    data: Path | None,
    as_json: bool,
) -> None:
    """Print a document's text as it is cited."""
    from index.contract import document_json
    from index.wiring import open_catalog

    if end is not None and end < start:
        raise click.UsageError("--end lies before --start.")
    with open_catalog(load_settings(corpus_dir=corpus, data_dir=data)) as catalog:
        found = catalog.document(document)
    if start > len(found.text):
        raise AscribeError(f"{document} ends after {len(found.text):,} characters.")
    text = found.text[start:end]
    if as_json:
        print_json(document_json(found, text))
    else:
        click.echo(text)


def _questions(question: str | None, batch: Path | None) -> "list[BatchQuestion]":
    from index.batch import BatchQuestion, read_batch

    if batch is not None and question is None:
        return read_batch(batch)
    if question is None or batch is not None:
        raise click.UsageError("Give either a question or --batch FILE.")
    if not question.strip():
        raise click.UsageError("The question is empty.")
    return [BatchQuestion(None, question)]


def _id_of(asked: "BatchQuestion") -> dict[str, str | int]:
    return {} if asked.id is None else {"id": asked.id}


def _headed(asked: "BatchQuestion") -> str:
    return "" if asked.id is None else f"\n{asked.text}\n"
