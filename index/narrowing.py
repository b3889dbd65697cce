# ruff: noqa: S608  (the clauses are ours; values are always bound)
"""What a question says about where to look: a publisher, a title, a kind of document, a time.

"According to The Hill Courier", "in the minutes", "since March" narrow the search when the catalog
knows what they name. A doubtful name narrows nothing: it stays part of the question.
"""

import json
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from weakref import WeakKeyDictionary

from index.catalog import Catalog, allowed
from index.dates import days_of
from index.question_dates import Period, cut_dates
from index.types import Filters

_KINDS = (
    "minutes|agenda|statement|press release|report|letter|interview|correction|memo|memorandum"
    "|transcript|contract|budget|newsletter|audit|brief|briefing|feature|editorial|speech|manual"
    "|handbook|policy|notes|bulletin|diary|register|review|article|wire story"
)
_TRIGGER = re.compile(
    r"[\s,]*\b(?P<word>according\sto|as\s(?:reported|written|told)\s(?:by|in)"
    r"|(?:reported|published|written)\s(?:by|in)|based\son|as\sper|per|from|in)\s",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"^(?P<ask>what)\s(?:does|did|do|has|have)\s(?P<name>.{3,80}?)\s"
    r"(?:say|said|report|reported|write|written|wrote|tell\sus)\s(?:about|of|on)\s(?P<rest>.+)$",
    re.IGNORECASE,
)
_FOLDER = re.compile(r"^\s(?:folder|collection|documents|files|archive)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_MOST_WORDS = 14
_QUOTES = "\"'“”‘’«»"
_known = WeakKeyDictionary[Catalog, "_Names"]()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Where a question asks to look, and what is left of it."""

    question: str
    filters: Filters
    documents: frozenset[str] | None
    """The only documents to look in; None where the filters say it all."""
    name: str
    """What the question named, as a reader is told: "The Hill Courier", "the minutes"."""


@dataclass(frozen=True, slots=True)
class _Names:
    """What the documents of a catalog are called, in lower case and without an article."""

    publishers: dict[str, str]
    titles: dict[str, str]
    collections: dict[str, str]
    kinds: frozenset[str]


def narrow(
    catalog: Catalog, question: str, filters: Filters, today: date | None = None
) -> Narrowing | None:
    """Where the question asks to look; None where it does not say, or not clearly."""
    rest, period = _period(catalog, question, filters, today)
    found = _place(catalog, rest.rstrip(" ?.!"), filters)
    if found is None:
        if period is None:
            return None
        return Narrowing(_asked(rest), _dated(filters, period), None, _when(period))
    if period is not None:
        found = replace(
            found, filters=_dated(found.filters, period), name=f"{found.name}, {_when(period)}"
        )
    return found


def keys_of(catalog: Catalog, documents: Iterable[str]) -> frozenset[str]:
    """The keys of the texts in these documents."""
    rows = catalog.rows(
        "SELECT DISTINCT key FROM documents JOIN passages ON passages.document = documents.id"
        " JOIN texts ON texts.id = passages.text"
        " WHERE path IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(documents)),),
    )
    return frozenset(row["key"] for row in rows)


def _place(catalog: Catalog, question: str, filters: Filters) -> Narrowing | None:
    names = _names(catalog)
    if says := _SAYS.match(question):
        known = _resolved(catalog, names, says["name"], filters, sure=True)
        if known is not None and len(known[0].split()) == len(says["name"].split()):
            return Narrowing(f"What about {says['rest']}?", *known[1:])
    for match in _TRIGGER.finditer(question):
        after = question[match.end() :]
        sure = match["word"].lower() not in ("in", "from", "per")
        known = _resolved(catalog, names, after, filters, sure)
        if known is None:
            continue
        tail = after[len(known[0]) :]
        tail = _FOLDER.sub("", tail.lstrip(_QUOTES))
        rest = f"{question[: match.start()]} {tail.lstrip(' ,')}".strip(" ,")
        if _WORD.search(rest):
            return Narrowing(_asked(rest), *known[1:])
    return None


def _resolved(
    catalog: Catalog, names: _Names, text: str, filters: Filters, sure: bool
) -> tuple[str, Filters, frozenset[str] | None, str] | None:
    """The longest beginning of a text that names documents: it, filters, documents, and a name."""
    words = list(_WORD.finditer(text))[:_MOST_WORDS]
    for last in reversed(words):
        said = text[: last.end()]
        name = _plain(said)
        article = _plain(said) != " ".join(_WORD.findall(said)).lower()
        quoted = said[:1] in _QUOTES
        folder = bool(_FOLDER.match(text[last.end() :]))
        if (publisher := names.publishers.get(name)) is not None:
            written = said.strip(_QUOTES).removeprefix("the ").removeprefix("The ")[:1].isupper()
            if sure or written:
                paths = _paths(catalog, "publisher = ?", publisher, filters)
                if paths:
                    return said, filters, paths, publisher
        if (title := names.titles.get(name)) is not None and (quoted or " " in name):
            paths = _paths(catalog, "title = ?", title, filters)
            if paths:
                return said, filters, paths, f"“{title}”"
        collection = names.collections.get(name)
        if collection is not None and filters.collection is None and (folder or article):
            inside = replace(filters, collection=collection)
            if _paths(catalog, "TRUE", None, inside):
                return said, inside, None, f"the folder {collection}"
        if name in names.kinds and article:
            paths = _of_kind(catalog, name, filters)
            if paths:
                return said, filters, paths, f"the {name}"
    return None


def _names(catalog: Catalog) -> _Names:
    with _lock:
        found = _known.get(catalog)
    if found is None:
        rows = catalog.rows("SELECT DISTINCT publisher, title, collection, path FROM documents")
        stems = " ".join(
            f"{row['title']} {PurePosixPath(row['path']).stem}".lower() for row in rows
        )
        present = set(_WORD.findall(re.sub(r"[-_.]", " ", stems)))
        found = _Names(
            {_plain(row["publisher"]): row["publisher"] for row in rows if row["publisher"]},
            {_plain(row["title"]): row["title"] for row in rows},
            {
                _plain(PurePosixPath(row["collection"]).name): row["collection"]
                for row in rows
                if row["collection"]
            },
            frozenset(kind for kind in _KINDS.split("|") if set(kind.split()) <= present),
        )
        with _lock:
            _known[catalog] = found
    return found


def _plain(name: str) -> str:
    words = " ".join(_WORD.findall(name)).lower()
    return re.sub(r"^(?:the|a|an)\s", "", words)


def _paths(catalog: Catalog, clause: str, value: str | None, filters: Filters) -> frozenset[str]:
    where, values = allowed(filters)
    mine = [] if value is None else [value]
    rows = catalog.rows(
        f"SELECT path FROM documents WHERE {clause} AND {where}",
        [*mine, *values],
    )
    return frozenset(row["path"] for row in rows)


def _of_kind(catalog: Catalog, kind: str, filters: Filters) -> frozenset[str]:
    """The documents with the word in their title, their file's name or their folder's.

    Empty when that is all of them, since then the word tells nothing.
    """
    where, values = allowed(filters)
    rows = catalog.rows(
        f"SELECT path, title FROM documents WHERE {where}",
        values,
    )
    wanted = set(kind.split())
    found = frozenset(
        row["path"]
        for row in rows
        if wanted
        <= set(_WORD.findall(re.sub(r"[-_./]", " ", f"{row['title']} {row['path']}").lower()))
    )
    return frozenset() if len(found) == len(rows) else found


def _period(
    catalog: Catalog, question: str, filters: Filters, today: date | None
) -> tuple[str, Period | None]:
    """The question without a time that means when it was published, and that time.

    A time outside the days on which the documents were published is what they tell of: "before
    1100" narrows nothing in an index of this year's news.
    """
    if filters.since or filters.until:
        return question, None
    rest, period, certain = cut_dates(question, today or date.today())  # noqa: DTZ011
    bounds = [day for day in (period.since, period.until) if day]
    if not bounds or not certain:
        return question, None
    where, values = allowed(replace(filters, since=None, until=None))
    row = catalog.rows(
        f"SELECT min(first_day) AS first, max(last_day) AS last FROM documents WHERE {where}",
        values,
    )[0]
    if row["first"] is None or not any(row["first"] <= day <= row["last"] for day in bounds):
        return question, None
    return rest, period


def _dated(filters: Filters, period: Period) -> Filters:
    return replace(filters, since=period.since, until=period.until)


def _when(period: Period) -> str:
    since = days_of(period.since)[0] if period.since else None
    until = days_of(period.until)[1] if period.until else None
    if since and until:
        return f"what was published from {since} to {until}"
    return f"what was published since {since}" if since else f"what was published until {until}"


def _asked(rest: str) -> str:
    rest = rest.strip(" ,?")
    return f"{rest[:1].upper()}{rest[1:]}?"
