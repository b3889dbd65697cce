"""What a person is told while a corpus is indexed, and after."""

from collections.abc import Iterator, Sequence

from index.draft import Draft
from index.progress import Reporter

_ESTIMATE_FROM = 1_000
_SECONDS_A_TEXT = 0.03
_FOREIGN_FROM = 10
"""A notice is due when one in so many documents is not in English."""


def tell_languages(draft: Draft, reporter: Reporter) -> None:
    """Warn of documents in languages that the embedding model does not know."""
    foreign = {code: n for code, n in draft.languages.most_common() if code not in ("en", "?")}
    many = bool(foreign) and _FOREIGN_FROM * sum(foreign.values()) >= len(draft.documents)
    if many and draft.encoders.info.english_only:
        reporter.log(
            "warning",
            f"{sum(foreign.values())} of {len(draft.documents)} documents are not in English"
            f" ({', '.join(list(foreign)[:5])}), the only language that the embedding model"
            " knows. For others set ASCRIBE_EMBEDDER to a multilingual model, such as"
            " sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2.",
        )


def announce(texts: int, reporter: Reporter) -> None:
    """Say beforehand how long embedding takes, where it takes long."""
    if texts >= _ESTIMATE_FROM:
        minutes = max(1, round(texts * _SECONDS_A_TEXT / 60))
        reporter.log(
            "info",
            f"{texts:,} new passages: embedding them takes about {minutes} min on a small"
            " machine. Stop it whenever you like; the next reindex goes on from there.",
        )


def notes(draft: Draft, unparsed: Sequence[str]) -> Iterator[str]:
    """What a person should know of a corpus once it is indexed."""
    if foreign := draft.foreign():
        yield (
            f"{sum(foreign.values())} of {len(draft.documents)} documents are not in English"
            f" ({', '.join(list(foreign)[:5])}): they can be searched, but are not read for who"
            " accused whom."
        )
    for id in unparsed:
        yield f"{id} could not be read for who accused whom; it can be searched."
    for where in draft.corrections.unused():
        yield f"A correction fits nothing any more: {where}"
