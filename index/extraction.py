"""Attributions through the cache: a document is parsed once, spaCy loaded only when one must be."""

import hashlib
import itertools
import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.cache import Cache
from index.documents import READER_VERSION
from index.types import Attribution, Document, Span, Stance

if TYPE_CHECKING:
    from index.attributions import AttributionExtractor

log = logging.getLogger(__name__)

_BATCH = 32
LANGUAGES = (None, "en")
"""The languages that are read for attributions; None is a text too short to tell."""


@cache
def extraction_version() -> str:
    """What besides a document's bytes decides its attributions.

    A digest of the extractor's own files: taking its word for it would import spaCy.
    """
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in [folder / "attributions.py", *sorted((folder / "attribution").iterdir())]:
        if path.suffix in (".py", ".toml"):
            digest.update(path.read_bytes())
    return f"{digest.hexdigest()[:16]}:{READER_VERSION}"


def extract_missing(
    cache: Cache,
    keys: Sequence[str],
    document_of: Callable[[int], Document],
    progress: Callable[[int, int], None],
) -> list[str]:
    """Reads the documents whose attributions are not in the cache.

    `keys` are the keys of their readings; `progress` hears (documents known, of how many) before
    the first and after each one, and may raise to stop. Returns the ids of those that the extractor
    failed on, which have no attributions. Raises ModelError when the parser is missing.
    """
    version = extraction_version()
    first = {key: i for i, key in reversed(list(enumerate(keys)))}
    missing = sorted(i for key, i in first.items() if cache.attributions(version, key) is None)
    known = len(keys) - len(missing)
    progress(known, len(keys))
    failed: list[str] = []
    found_in = extracted(map(document_of, missing))
    for done, (i, (document, found)) in enumerate(zip(missing, found_in, strict=True), 1):
        if found is None:
            failed.append(document.id)
        else:
            cache.keep_attributions(version, keys[i], dump(found))
        progress(known + done, len(keys))
    return failed


def stored(cache: Cache, key: str, document: Document) -> list[Attribution]:
    """The attributions of a document from the cache; none where the extractor failed."""
    body = cache.attributions(extraction_version(), key)
    return [] if body is None else load(body, document)


def dump(attributions: Sequence[Attribution]) -> str:
    """Attributions as JSON, without the words: those are the document's."""
    return json.dumps(
        [
            [
                _places(a.speaker), _places(a.cue), _places(a.target),
                [_places(s) for s in a.content], a.sentence, a.stance,
                [a.explicit, a.negated, a.hypothetical],
            ]
            for a in attributions
        ],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def load(body: str, document: Document) -> list[Attribution]:
    """The attributions of a document, whose words are cut from it."""

    def span(raw: list[Any] | None) -> Span | None:
        if raw is None:
            return None
        return Span(raw[0], raw[1], document.text[raw[0] : raw[1]], raw[2])

    return [
        Attribution(
            document=document.id,
            speaker=span(speaker),
            cue=Span(cue[0], cue[1], document.text[cue[0] : cue[1]]),
            target=span(target),
            content=tuple(Span(s[0], s[1], document.text[s[0] : s[1]]) for s in content),
            sentence=(sentence[0], sentence[1]),
            stance=Stance(stance),
            explicit=flags[0],
            negated=flags[1],
            hypothetical=flags[2],
        )
        for speaker, cue, target, content, sentence, stance, flags in json.loads(body)
    ]


def _places(span: Span | None) -> tuple[int, int, str | None] | None:
    return None if span is None else (span.start, span.end, span.name)


def extracted(documents: Iterable[Document]) -> Iterator[tuple[Document, list[Attribution] | None]]:
    """Each document with its attributions, in order; None where the extractor fails on it.

    Nothing is loaded when there are no documents. Raises ModelError when the parser is missing.
    """
    waiting = iter(documents)
    batch = list(itertools.islice(waiting, _BATCH))
    if not batch:
        return
    with _without_torch():
        from index.attributions import AttributionExtractor
    extractor = AttributionExtractor()
    while batch:
        results = extractor.extract_many(batch)
        done = 0
        try:
            for found in results:
                yield batch[done], found
                done += 1
        except Exception:
            # It reads ahead, so the fault may lie in a later document: this one alone.
            log.debug("the extractor failed near %s", batch[done].id, exc_info=True)
            yield batch[done], _alone(extractor, batch[done])
            done += 1
        batch = batch[done:] or list(itertools.islice(waiting, _BATCH))


@contextmanager
def _without_torch() -> Iterator[None]:
    """Hides torch from spaCy's thinc, which imports it wherever it is installed and has no use
    for it here: 200 MB and some seconds."""
    hidden = "torch" not in sys.modules
    if hidden:
        sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules["torch"]


def _alone(extractor: "AttributionExtractor", document: Document) -> list[Attribution] | None:
    try:
        return extractor.extract(document)
    except Exception:
        log.debug("the extractor failed on %s", document.id, exc_info=True)
        return None
