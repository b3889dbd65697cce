import pytest

from index.attributions import AttributionExtractor
from tests.attribution_kit import read

PUT_OUT = [
    ("Hahn read a statement blaming the verger by name.", ("Hahn", "the verger")),
    ("Hahn posted a notice in the lobby accusing Lisle of theft.", ("Hahn", "Lisle")),
    ("The baker put a sign in the window blaming the mill.", ("The baker", "the mill")),
    ("Hahn made a statement to the press condemning the verger.", ("Hahn", "the verger")),
    ("Hahn tweeted a thread accusing the mill of greed.", ("Hahn", "the mill")),
    ("Hahn held up a placard accusing the verger of theft.", ("Hahn", "the verger")),
    ("A notice was posted by Hahn accusing Lisle of theft.", ("Hahn", "Lisle")),
]

FOUND = [
    ("Hahn read a letter accusing the mill of greed.", ("a letter", "the mill")),
    ("Lisle found a note on his desk accusing the cook of theft.", ("a note", "the cook")),
    ("Hahn waved a newspaper accusing the mill of greed.", ("a newspaper", "the mill")),
    ("A friend of the man accusing Lisle of theft wrote back.", ("the man", "Lisle")),
    ("Hahn posted a photo of neighbours accusing Lisle of theft.", ("neighbours", "Lisle")),
    ("He took a statement from a cook accusing Lisle of theft.", ("a cook", "Lisle")),
]


@pytest.mark.parametrize(("text", "pair"), PUT_OUT)
def test_who_puts_out_a_text_accuses_whom_it_accuses(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert pair in read(extractor, text)


@pytest.mark.parametrize(("text", "pair"), FOUND)
def test_who_finds_a_text_or_shows_it_has_not_written_it(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert read(extractor, text) == {pair}
