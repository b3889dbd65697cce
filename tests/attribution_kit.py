"""What tests of attributions share: a text read, and the accusations in it shown as facts."""

from collections.abc import Iterable

from index.attributions import AttributionExtractor
from index.types import Attribution, Document, Stance

JUDGING = {Stance.ACCUSE, Stance.CONDEMN}


def document(text: str) -> Document:
    return Document("a.txt", text, "", "", language="en")


def facts(found: Iterable[Attribution]) -> set[tuple[str, str]]:
    """Who is shown to accuse or condemn whom, in the text's own words; "" is nobody named."""
    return {
        (a.speaker.text if a.speaker else "", a.target.text)
        for a in found
        if a.stance in JUDGING and a.target
        if a.explicit and not a.negated and not a.hypothetical
    }


def read(extractor: AttributionExtractor, text: str) -> set[tuple[str, str]]:
    return facts(extractor.extract(document(text)))
