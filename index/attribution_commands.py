"""`ascribe extract` and `ascribe attributions`: who said what about whom."""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from index.commands.options import checked_date
from index.errors import AscribeError, ReadError
from index.settings import load_settings
from index.types import Document, Filters, Stance

_STANCES = click.Choice([stance.value for stance in Stance])


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line a file.")
def extract(paths: tuple[Path, ...], as_json: bool) -> None:
    """Read files or folders for who said what about whom, without an index."""
    from index.contract import attribution_json
    from index.extraction import LANGUAGES, extracted
    from index.ledger_export import attribution_text

    read = 0
    for document, found in extracted(_documents(paths)):
        read += 1
        if document.language not in LANGUAGES:
            click.echo(f"{document.id}: not in English, not read.", err=True)
        if found is None:
            click.echo(f"{document.id}: could not be read for attributions.", err=True)
        if as_json:
            rows = [attribution_json(attribution) for attribution in found or ()]
            _print({"document": document.id, "attributions": rows})
        else:
            click.echo(f"{document.id}")
            for attribution in found or ():
                click.echo(f"  {attribution_text(attribution)}")
    if not read:
        raise AscribeError("There is no document in what was given.")


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), help="The folder with the documents.")
@click.option("--data", type=click.Path(path_type=Path), help="Where the index is kept.")
@click.option("--speaker", metavar="NAME", help="Who says it.")
@click.option("--target", metavar="NAME", help="About whom.")
@click.option("--stance", type=_STANCES, help="How the speaker stands to it.")
@click.option("--about", metavar="WORDS", help="Words that are said, in any form.")
@click.option(
    "--since",
    metavar="DATE",
    callback=checked_date,
    help="Only documents from this day, month or year on.",
)
@click.option(
    "--until",
    metavar="DATE",
    callback=checked_date,
    help="Only documents up to this day, month or year.",
)
@click.option("--publisher", metavar="NAME", help="Only documents of this publisher.")
@click.option("--collection", metavar="NAME", help="Only documents in this sub-folder.")
@click.option("--limit", type=click.IntRange(0), help="How many at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to pass over.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Write a table.")
@click.option("--markdown", type=click.Path(path_type=Path), help="Write a report with references.")
@click.option("--graph", type=click.Path(path_type=Path), help="Draw who accuses whom (svg, png).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line an attribution.")
def attributions(
    corpus: Path | None,
    data: Path | None,
    speaker: str | None,
    target: str | None,
    stance: str | None,
    about: str | None,
    since: str | None,
    until: str | None,
    publisher: str | None,
    collection: str | None,
    limit: int | None,
    offset: int,
    csv_file: Path | None,
    markdown: Path | None,
    graph: Path | None,
    as_json: bool,
) -> None:
    """List the ledger: who said what about whom."""
    from index.contract import attribution_json
    from index.ledger import Ledger, Wanted
    from index.ledger_export import entry_text, write_csv, write_markdown
    from index.wiring import open_catalog

    wanted = Wanted(
        speaker=speaker,
        target=target,
        stances=frozenset([Stance(stance)]) if stance else frozenset(),
        about=about,
        publisher=publisher,
        filters=Filters(collection, since, until),
    )
    with open_catalog(load_settings(corpus_dir=corpus, data_dir=data)) as catalog:
        ledger = Ledger(catalog)
        entries = ledger.find(wanted, limit, offset, once=True)
        text_of = _cached(lambda path: catalog.document(path).text)
        written = []
        try:
            if csv_file is not None:
                written.append(write_csv(csv_file, entries, text_of))
            if markdown is not None:
                written.append(write_markdown(markdown, entries, text_of))
            if graph is not None:
                from index.graph import graph_of
                from index.graph_picture import draw

                written.append(draw(graph, graph_of(ledger.outline(wanted))))
        except OSError as error:
            raise AscribeError(f"{error.filename} cannot be written: {error.strerror}.") from error
        for sentence in written:
            click.echo(sentence, err=True)
        if as_json:
            for entry in entries:
                also_in = [source.document for source in entry.also_in]
                more = {"also_in": also_in} if also_in else {}
                _print(attribution_json(entry.attribution) | more)
        elif not written:
            for entry in entries:
                click.echo(entry_text(entry, text_of))
            click.echo(_total(len(entries), *ledger.count(wanted)))


def _cached(text_of: Callable[[str], str]) -> Callable[[str], str]:
    """Keeps the last document's text: entries come document by document."""
    return lru_cache(maxsize=8)(text_of)


def _total(shown: int, total: int, claims: int) -> str:
    if not total:
        return "Nothing matches."
    noun = "attribution" if claims == 1 else "attributions"
    reprints = "" if claims == total else f" ({total:,} with reprints)"
    return f"{shown:,} of {claims:,} {noun}{reprints}."


def _documents(paths: tuple[Path, ...]) -> Iterator[Document]:
    from index.documents import document_from, read
    from index.folder import list_files

    for path in paths:
        names = [(path.name, path)]
        if path.is_dir():
            listing = list_files(path)
            for id, problem in listing.unreadable:
                click.echo(f"{id}: {problem}", err=True)
            names = [(file.id, file.path) for file in listing.files]
        for id, file in names:
            try:
                reading = read(file.read_bytes(), file.suffix)
            except (ReadError, OSError) as error:
                reason = error.strerror if isinstance(error, OSError) else error
                click.echo(f"{id}: {reason}", err=True)
                continue
            yield document_from(reading, id=id, sha256="")


def _print(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))
