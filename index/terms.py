"""Words as the lexical index sees them: stemmed by SQLite's own FTS5 tokenizer."""

import re
import sqlite3
import threading
from collections.abc import Collection, Iterable, Sequence

TOKENIZER = "porter unicode61 remove_diacritics 2"

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_PLAIN_WORD = re.compile(r"[^\s!-/:-@\[-`{-~]+")
"""What no white space and no ASCII mark divides: SQLite divides it further where it must."""
_MOST_REMEMBERED = 200_000
_local = threading.local()

STOP_WORDS = frozenset(
    """
    a about above after again against all also although am among an and any anyone anything
    are aren't around as at be because been before being below between both but by can can't
    cannot could couldn't did didn't do does doesn't doing don't down during each either
    ever every for from further had hadn't has hasn't have haven't having he her here hers
    herself him himself his how however i if in into is isn't it its itself just let's like
    may me might more most much must my myself no nor not of off on once only onto or other
    ought our ours ourselves out over own per please quite rather really same shall she
    should shouldn't since so some somebody someone something such tell than that that's the
    their theirs them themselves then there there's these they this those though through
    thus to too toward towards under until up upon us very was wasn't we were weren't what
    what's whatever when where where's whether which while who who's whom whose why will
    with within without won't would wouldn't yet you your yours yourself yourselves
    """.split()
)


def words(text: str) -> list[str]:
    """The words of a text in lower case, with straight apostrophes, in order."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def content_words(text: str) -> list[str]:
    """The words that say what a text is about, each once, in order; all words when none does."""
    found = list(dict.fromkeys(words(text)))
    return [word for word in found if word not in STOP_WORDS] or found


class Stemmer:
    """Stems exactly as the lexical index does, by asking SQLite itself. For one thread.

    A word is asked about once and remembered.
    """

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.executescript(
            f"CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='{TOKENIZER}');"
            "CREATE VIRTUAL TABLE terms USING fts5vocab(texts, instance);"
        )
        self._known: dict[str, tuple[str, ...]] = {}

    def stems(self, texts: Sequence[str]) -> list[list[str]]:
        """The stems of each text in order, stop words included."""
        split = [_PLAIN_WORD.findall(text) for text in texts]
        known = self._knowing(split)
        return [[stem for word in found for stem in known[word]] for found in split]

    def stem_sets(self, texts: Sequence[str]) -> list[set[str]]:
        """The stems of each text, each once: quicker than `stems`."""
        split = [set(_PLAIN_WORD.findall(text)) for text in texts]
        known = self._knowing(split)
        return [{stem for word in found for stem in known[word]} for found in split]

    def _knowing(self, split: Sequence[Collection[str]]) -> dict[str, tuple[str, ...]]:
        unknown = set().union(*split).difference(self._known)
        if unknown:
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
                unknown = set().union(*split)
            self._learn(sorted(unknown))
        return self._known

    def _learn(self, found: Sequence[str]) -> None:
        stems: list[list[str]] = [[] for _ in found]
        self._connection.executemany(
            "INSERT INTO texts(rowid, text) VALUES (?, ?)", enumerate(found, 1)
        )
        rows = self._connection.execute(
            'SELECT doc, "offset", term FROM terms ORDER BY doc, "offset"'
        )
        for row, _, term in rows:
            stems[row - 1].append(term)
        self._connection.execute("DELETE FROM texts")
        self._connection.rollback()
        self._known |= {word: tuple(parts) for word, parts in zip(found, stems, strict=True)}


def stemmer() -> Stemmer:
    """This thread's stemmer."""
    found: Stemmer | None = getattr(_local, "stemmer", None)
    if found is None:
        found = _local.stemmer = Stemmer()
    return found


def match_all(text: str) -> str:
    """An FTS5 expression for texts with all the content words of a text; "" without words."""
    return " ".join(f'"{word}"' for word in content_words(text))


def match_any(terms: Iterable[str]) -> str:
    """An FTS5 expression for texts with any of the words; quoted, none is an operator."""
    quoted = (term.replace("\0", " ").replace('"', '""') for term in terms)
    return " OR ".join(f'"{term}"' for term in quoted)
