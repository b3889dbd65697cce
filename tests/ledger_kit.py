"""Small ledgers made by hand, without the extractor."""

from contextlib import contextmanager

from index.aliases import load_aliases
from index.catalog import Catalog, CatalogWriter
from index.types import Attribution, Document, Passage, Span, Stance


def attribution(
    document, sentence, speaker, cue, target=None, content=None, names=(None, None), **flags
):
    """An attribution whose words are found in a sentence of the document."""
    start = document.text.index(sentence)

    def span(words, name=None):
        if words is None:
            return None
        at = start + sentence.index(words)
        return Span(at, at + len(words), words, name)

    return Attribution(
        document=document.id,
        speaker=span(speaker, names[0]),
        cue=span(cue),
        target=span(target, names[1]),
        content=() if content is None else (span(content),),
        sentence=(start, start + len(sentence)),
        stance=flags.pop("stance", Stance.ACCUSE),
        **flags,
    )


def document(id, text, **fields):
    return Document(id, text, f"sha of {id}", id, **fields)


@contextmanager
def catalog_of(path, rows, aliases=None):
    """The catalog of (document, attributions) pairs."""
    with CatalogWriter(path, load_aliases(aliases)) as writer:
        for found, attributions in rows:
            whole = Passage(found.id, 0, len(found.text), ((0, len(found.text)),))
            writer.add(found, [whole], attributions)
    catalog = Catalog(path)
    try:
        yield catalog
    finally:
        catalog.close()
