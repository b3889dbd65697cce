"""The ledger for people: lines in the terminal, a table as CSV, a report as Markdown."""

import csv
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.ledger import Entry
from index.markup import readable
from index.types import Attribution, Source, Span
from index.wording import heading, marks, one_line, origin, party

TextOf = Callable[[str], str]
"""Gives the text of a document by its path."""

COLUMNS = (
    "id stance explicit negated hypothetical speaker speaker_words cue target target_words content"
    " sentence document title publisher published url start end also_in"
).split()
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")


def attribution_text(attribution: Attribution) -> str:
    """One attribution on one line."""
    note = marks(attribution)
    words = " … ".join(one_line(span.text) for span in attribution.content)
    targets = [party(attribution.target)] if attribution.target else []
    who = heading(attribution.stance, party(attribution.speaker), targets)
    return f"{who}{f' ({note})' if note else ''}{f': {words}' if words else ''}"


def entry_text(entry: Entry, text_of: TextOf) -> str:
    """An entry of the ledger with its sentence and where it stands."""
    start, end = entry.attribution.sentence
    sentence = one_line(text_of(entry.source.document)[start:end])
    document = entry.source.document
    return (
        f"{readable(attribution_text(entry.attribution), document)}\n"
        f"    “{readable(sentence, document)}”\n"
        f"    {origin(entry.source)} · {entry.source.document} {start}-{end}\n"
        f"{_reprints(entry)}"
    )


def _reprints(entry: Entry) -> str:
    others = "; ".join(source.document for source in entry.also_in)
    return f"    also in {others}\n" if others else ""


def write_csv(path: Path, entries: Sequence[Entry], text_of: TextOf) -> str:
    """Writes a table, a row an attribution, and says so. Raises OSError.

    Words that a spreadsheet would take for a formula get an apostrophe before them.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for entry in entries:
            table.writerow([_cell(value) for value in _row(entry, text_of)])
    return f"{path}: {_many(len(entries))}."


def write_markdown(path: Path, entries: Sequence[Entry], text_of: TextOf) -> str:
    """Writes a report with a numbered reference for each sentence, and says so. Raises OSError."""
    path.write_text("\n".join(_report(entries, text_of)), "utf-8")
    return f"{path}: {_many(len(entries))}."


def _report(entries: Sequence[Entry], text_of: TextOf) -> Iterator[str]:
    yield "# Who said what about whom\n"
    references: dict[tuple[str, int, int], int] = {}
    sources: dict[int, tuple[Source, int, int]] = {}
    ordered = sorted(entries, key=_order)
    for title, group in itertools.groupby(ordered, key=_title):
        yield f"## {_escaped(title)}\n"
        for entry in group:
            attribution = entry.attribution
            start, end = attribution.sentence
            key = (entry.source.document, start, end)
            number = references.setdefault(key, len(references) + 1)
            sources[number] = (entry.source, start, end)
            sentence = one_line(text_of(entry.source.document)[start:end])
            others = ", ".join(f"`{other.document}`" for other in entry.also_in)
            reprints = f" (also in {others})" if others else ""
            yield f"- {_escaped(sentence)} [^{number}]{reprints}"
        yield ""
    for number, (source, start, end) in sources.items():
        link = f" <{source.url}>" if source.url else ""
        where = f"{_escaped(origin(source))}. `{source.document}`, characters {start} to {end}."
        yield f"[^{number}]: {where}{link}"
    yield ""


def _order(entry: Entry) -> tuple[str, str, str, str, int]:
    a = entry.attribution
    return marks(a), party(a.speaker), party(a.target), entry.source.document, a.cue.start


def _title(entry: Entry) -> str:
    attribution = entry.attribution
    targets = [party(attribution.target)] if attribution.target else []
    note = marks(attribution)
    title = heading(attribution.stance, party(attribution.speaker), targets)
    return f"{title} ({note})" if note else title


def _row(entry: Entry, text_of: TextOf) -> Iterator[object]:
    attribution, source = entry.attribution, entry.source
    start, end = attribution.sentence
    yield attribution.id
    yield attribution.stance.value
    yield from (attribution.explicit, attribution.negated, attribution.hypothetical)
    yield party(attribution.speaker)
    yield _words(attribution.speaker)
    yield attribution.cue.text
    yield party(attribution.target)
    yield _words(attribution.target)
    yield " … ".join(one_line(span.text) for span in attribution.content)
    yield one_line(text_of(source.document)[start:end])
    yield from (source.document, source.title, source.publisher, source.published, source.url)
    yield from (start, end)
    yield "; ".join(other.document for other in entry.also_in)


def _words(span: Span | None) -> str:
    return one_line(span.text) if span is not None else ""


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _many(count: int) -> str:
    return f"{count:,} attribution{'' if count == 1 else 's'}"
