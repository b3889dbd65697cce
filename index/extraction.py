"""Attributions through the cache: a document is parsed once, spaCy loaded only when one must be."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from index.cache import Cache
from index.documents import READER_VERSION
from index.types import Attribution, Document, Span, Stance

log = logging.getLogger(__name__)

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

    `keys` are the keys of their readings; `progress` hears (done, of how many) before the first
    and after each document, and may raise to stop. Returns the ids of those that the extractor
    failed on, which have no attributions. Raises ModelError when the parser is missing.
    """
    version = extraction_version()
    first = {key: i for i, key in reversed(list(enumerate(keys)))}
    missing = sorted(i for key, i in first.items() if cache.attributions(version, key) is None)
    progress(0, len(missing))
    failed: list[str] = []
    for done, (i, document, found) in enumerate(_extracted(missing, document_of), 1):
        if found is None:
            failed.append(document.id)
        else:
            cache.keep_attributions(version, keys[i], dump(found))
        progress(done, len(missing))
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


def _extracted(
    numbers: Sequence[int], document_of: Callable[[int], Document]
) -> Iterator[tuple[int, Document, list[Attribution] | None]]:
    """Each document with its attributions; None where the extractor fails on it."""
    if not numbers:
        return
    from index.attributions import AttributionExtractor

    extractor = AttributionExtractor()
    at = 0
    while at < len(numbers):
        rest = [document_of(i) for i in numbers[at : at + _BATCH]]
        results = extractor.extract_many(rest)
        for document in rest:
            try:
                found = next(results)
            except Exception:
                log.debug("the extractor failed near %s", document.id, exc_info=True)
                break
            yield numbers[at], document, found
            at += 1
        else:
            continue
        # The batch reads ahead, so the fault may lie in a later document: this one alone.
        document = document_of(numbers[at])
        try:
            alone = extractor.extract(document)
        except Exception:
            log.debug("the extractor failed on %s", document.id, exc_info=True)
            yield numbers[at], document, None
        else:
            yield numbers[at], document, alone
        at += 1


_BATCH = 16
