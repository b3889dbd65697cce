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
        "Storm Hilda is being blamed for the loss of forty trees.",
        "In the border town of Sarn, traders voiced anger on both sides of the bridge.",
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
        ("Olga Storm is being blamed for the loss.", ("", "Olga Storm")),
        ("Traders voiced anger at the guild on Friday.", ("Traders", "the guild")),
        ("Critics poured scorn on the guild.", ("Critics", "the guild")),
        ("The dean went further, with the charge that Orr lied.", ("The dean", "Orr")),
        ("The guild spread accusations that Lind had stolen money.", ("The guild", "Lind")),
        (
            "The charges against Lind were first made by Ida Moss, now at the Tarn Institute.",
            ("Ida Moss", "Lind"),
        ),
        ("So they sued the bank.", ("they", "the bank")),
        ("The bulletin repeated the accusation against Olga Tarn.", ("The bulletin", "Olga Tarn")),
    ],
)
def test_beside_it_the_accusing_one_is_found(
    extractor: AttributionExtractor, sentence: str, expected: tuple[str, str]
) -> None:
    assert expected in read(extractor, sentence)
