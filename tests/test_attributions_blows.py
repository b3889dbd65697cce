"""Words of accusing in their other senses: blows, weather, and what is only said to be done."""

import pytest

from index.attributions import AttributionExtractor
from tests.attribution_kit import read


@pytest.mark.parametrize(
    "sentence",
    [
        "The Traffic unit of Sarn blames thick fog and a broken culvert.",
        "Rebels attacked an army post near Sarn on Friday, wounding four soldiers.",
        "Kofi Reid, who slammed home the winner on Saturday, starts.",
        "A pupil's hand was slammed in the walk-in door.",
        "My husband says so sue me but he still likes the panels.",
        "The bulletin did not repeat the accusation against Olga Tarn.",
    ],
)
def test_another_sense_accuses_nobody(extractor: AttributionExtractor, sentence: str) -> None:
    assert read(extractor, sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Traffic unit blames Fogg and a broken culvert.", ("The Traffic unit", "Fogg")),
        ("The coach slammed the referee for the winner.", ("The coach", "the referee")),
        ("So they sued the bank.", ("they", "the bank")),
        ("The bulletin repeated the accusation against Olga Tarn.", ("The bulletin", "Olga Tarn")),
    ],
)
def test_beside_it_the_accusing_one_is_found(
    extractor: AttributionExtractor, sentence: str, expected: tuple[str, str]
) -> None:
    assert expected in read(extractor, sentence)
