"""The tables of the attribution ledger, and how a new catalog fills them.

Near-identical reports of the same thing in several documents get one `claim`, so that a reprint
counts once.
"""

import itertools
import re
import sqlite3
from collections.abc import Iterator, Sequence

from index.aliases import Aliases
from index.names import is_pronoun, is_proper, name_key, name_words, parts_of
from index.terms import TOKENIZER, words
from index.types import Attribution, Document, Span

SCHEMA = f"""
CREATE TABLE parties (
    id INTEGER PRIMARY KEY, text TEXT NOT NULL, name TEXT, shown TEXT NOT NULL, key TEXT NOT NULL,
    named INTEGER NOT NULL
);
CREATE TABLE party_words (
    word TEXT NOT NULL, party INTEGER NOT NULL, PRIMARY KEY (word, party)
) WITHOUT ROWID;
CREATE TABLE attributions (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents,
    stance TEXT NOT NULL, explicit INTEGER NOT NULL, negated INTEGER NOT NULL,
    hypothetical INTEGER NOT NULL,
    cue TEXT NOT NULL, cue_start INTEGER NOT NULL, cue_end INTEGER NOT NULL,
    speaker INTEGER REFERENCES parties, speaker_start INTEGER, speaker_end INTEGER,
    target INTEGER REFERENCES parties, target_start INTEGER, target_end INTEGER,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL, claim INTEGER
);
CREATE TABLE contents (
    attribution INTEGER NOT NULL, position INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (attribution, position)
) WITHOUT ROWID;
CREATE TABLE party_counts (
    side TEXT NOT NULL, key TEXT NOT NULL, collection TEXT NOT NULL, shown TEXT NOT NULL,
    number INTEGER NOT NULL, PRIMARY KEY (side, key, collection)
) WITHOUT ROWID;
CREATE TABLE aliases (key TEXT PRIMARY KEY, canonical TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE said USING fts5(text, content='', tokenize='{TOKENIZER}');
CREATE TEMP TABLE reports (attribution INTEGER, bucket TEXT, words TEXT);
"""
INDEXES = """
CREATE INDEX parties_by_key ON parties (key);
CREATE INDEX attributions_by_document ON attributions (document);
CREATE INDEX attributions_by_speaker ON attributions (speaker);
CREATE INDEX attributions_by_target ON attributions (target);
CREATE INDEX attributions_by_stance ON attributions (
    stance, negated, hypothetical, claim, speaker, target, document
);
CREATE INDEX attributions_by_claim ON attributions (claim);
CREATE INDEX attributions_by_key ON attributions (key);
"""
_COUNTS = tuple(
    f"""
    INSERT INTO party_counts
    SELECT '{side}', key, collection, min(shown), count(DISTINCT claim)
    FROM (
        SELECT p.key, p.shown, collection, claim FROM attributions a
        JOIN parties p ON p.id = a.{side} JOIN documents ON documents.id = a.document
        WHERE p.named
    )
    GROUP BY key, collection
    """  # noqa: S608  (names of our own columns)
    for side in ("speaker", "target")
)
_SAME = 0.8
# A number, or a capital that does not begin the sentence.
_NAME_OR_NUMBER = re.compile(r"\d[\d.,:]*|(?<=[^.!?\s]\s)[^\W\d_a-z][\w’'-]*")
_COMPARED = 50


class LedgerWriter:
    """Fills the ledger of a new catalog, over the catalog writer's connection."""

    def __init__(self, connection: sqlite3.Connection, aliases: Aliases) -> None:
        self._connection = connection
        self._aliases = aliases
        self._parties: dict[tuple[str, str | None], int] = {}
        connection.executemany("INSERT INTO aliases VALUES (?, ?)", aliases.rows())

    def add(self, row: int, document: Document, attributions: Sequence[Attribution]) -> None:
        """Adds the attributions of the document that has this row."""
        for attribution in attributions:
            speaker = self._party(attribution.speaker)
            target = self._party(attribution.target)
            start, end = attribution.sentence
            added = self._connection.execute(
                "INSERT INTO attributions VALUES"
                " (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                (
                    attribution.id, row, attribution.stance, attribution.explicit,
                    attribution.negated, attribution.hypothetical,
                    attribution.cue.text, attribution.cue.start, attribution.cue.end,
                    speaker, *_place(attribution.speaker), target, *_place(attribution.target),
                    start, end,
                ),
            ).lastrowid  # fmt: skip
            self._connection.executemany(
                "INSERT INTO contents VALUES (?, ?, ?, ?, ?)",
                [(added, i, s.start, s.end, s.text) for i, s in enumerate(attribution.content)],
            )
            sentence = document.text[start:end]
            outside = [s.text for s in attribution.content if s.start < start or s.end > end]
            self._connection.execute(
                "INSERT INTO said (rowid, text) VALUES (?, ?)",
                (added, "\n".join([sentence, *outside])),
            )
            self._connection.execute(
                "INSERT INTO reports VALUES (?, ?, ?)",
                (added, self._bucket(attribution), " ".join(_telling(sentence))),
            )

    def finish(self) -> None:
        """Counts reprints once. The indexes come afterwards."""
        rows = self._connection.execute("SELECT * FROM reports ORDER BY bucket, attribution")
        claims: list[tuple[int, int]] = []
        for _, reports in itertools.groupby(rows, key=lambda row: row[1]):
            claims += _claims((row[0], frozenset(row[2].split())) for row in reports)
        self._connection.executemany("UPDATE attributions SET claim = ? WHERE id = ?", claims)
        self._connection.execute("DROP TABLE reports")
        for counting in _COUNTS:
            self._connection.execute(counting)

    def _party(self, span: Span | None) -> int | None:
        if span is None:
            return None
        known = self._parties.get((span.text, span.name))
        if known is not None:
            return known
        shown = shown_name(span)
        row = self._connection.execute(
            "INSERT INTO parties VALUES (NULL, ?, ?, ?, ?, ?)",
            (span.text, span.name, shown, self._key(shown), not is_pronoun(shown)),
        ).lastrowid
        found = {*name_words(span.text), *name_words(span.name or "")}
        self._connection.executemany(
            "INSERT INTO party_words VALUES (?, ?)", [(word, row) for word in sorted(found)]
        )
        self._parties[span.text, span.name] = int(row or 0)
        return row

    def _key(self, shown: str) -> str:
        if is_pronoun(shown):
            return shown.lower()
        return self._aliases.canonical(shown) if self._aliases.others(shown) else name_key(shown)

    def _bucket(self, a: Attribution) -> str:
        flags = f"{a.explicit:d}{a.negated:d}{a.hypothetical:d}"
        parties = (self._key(shown_name(s)) if s else "" for s in (a.speaker, a.target))
        return "\t".join([a.stance, flags, *parties])


def shown_name(span: Span) -> str:
    """What a party is called on its own: the full name where there is one, else the words."""
    *first, last = parts_of(span.name or span.text)
    text = last if first and is_proper(last) else span.name or span.text
    return " ".join(text.split())


def _claims(reports: Iterator[tuple[int, frozenset[str]]]) -> Iterator[tuple[int, int]]:
    """(claim, attribution) of each report; a claim is called by its first report."""
    leaders: list[tuple[int, frozenset[str]]] = []
    for attribution, found in reports:
        for leader, other in leaders[-_COMPARED:]:
            if _say_the_same(found, other):
                yield leader, attribution
                break
        else:
            leaders.append((attribution, found))
            yield attribution, attribution


def _telling(sentence: str) -> list[str]:
    """The words of a sentence; names and numbers, which must not differ, with a mark before."""
    plain = set(words(sentence))
    told = {f"#{word}" for match in _NAME_OR_NUMBER.finditer(sentence) for word in words(match[0])}
    return sorted(plain | told)


def _say_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    if len(one & other) < _SAME * len(one | other):
        return False
    telling = (word[1:] for word in one ^ other if word.startswith("#"))
    return all(word in one and word in other for word in telling)


def _place(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span is not None else (None, None)
