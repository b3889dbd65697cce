"""Does a new generation find what was put into it? Asked before anybody reads it."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from index.catalog import Catalog
from index.embedder import Vectors
from index.errors import IndexDamagedError
from index.generations import CATALOG, VECTORS
from index.ledger import Ledger
from index.report import Check
from index.vectors import VectorIndex

LEAST_RECALL = 1.0
_SAME = 0.9999


def check_spans(folder: Path, documents: Collection[str]) -> None:
    """Every span of the documents reproduces its text. Raises IndexDamagedError."""
    catalog = Catalog(folder / CATALOG)
    ledger = Ledger(catalog)
    try:
        for id in documents:
            document = catalog.document(id)
            for stored in catalog.passages_in(id):
                passage = stored.passage
                whole = document.text[passage.start : passage.end]
                inside = all(
                    passage.start <= start < end <= passage.end for start, end in passage.sentences
                )
                if whole != stored.text or not inside:
                    raise IndexDamagedError(f"A passage of {id} does not match its document.")
            for attribution in ledger.of_document(id):
                if not all(
                    document.text[span.start : span.end] == span.text and span.text
                    for span in attribution.spans
                ):
                    raise IndexDamagedError(f"An attribution of {id} does not match its document.")
    finally:
        catalog.close()


def check_vectors(
    folder: Path,
    expected: int,
    rows: Iterable[tuple[list[str], Vectors]],
    progress: Callable[[int], None],
) -> Check:
    """Whether the nearest stored vector to each of the rows is the row itself.

    Which of several equal texts comes back does not matter, so vectors are compared, not keys.
    """
    index = VectorIndex(folder / VECTORS)
    try:
        if index.count() != expected:
            raise IndexDamagedError(
                f"The vectors count {index.count()} where {expected} texts were stored."
            )
        sampled = found = 0
        for _, vectors in rows:
            for at in range(0, len(vectors), 100):
                some = vectors[at : at + 100]
                found += sum(cosine >= _SAME for cosine in index.best_cosines(some))
                sampled += len(some)
                progress(sampled)
        return Check(sampled, found)
    finally:
        index.close()
