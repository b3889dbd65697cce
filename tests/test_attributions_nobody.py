import pytest

from index.attributions import AttributionExtractor
from tests.attribution_kit import read

BLAMED = [
    ("The widow blames the waiter for the stain.", ("The widow", "the waiter")),
    ("The guests complained of the porter.", ("The guests", "the porter")),
    ("Orr was charged with handling stolen boats.", ("", "Orr")),
    ("Voss & Son has been charged with withholding holiday pay.", ("", "Voss & Son")),
    (
        "The dean blames a former lodger, Dr Ilse Hahn.",
        ("The dean", "a former lodger, Dr Ilse Hahn"),
    ),
    (
        "The opera flopped, one critic, Ida Cole, accusing the tenor of sloth.",
        ("one critic, Ida Cole", "the tenor"),
    ),
]
BLAMED += [
    ("The widow blamed the flood on the carelessness of the abbot.", ("The widow", "the abbot")),
    ("The desk blamed the abbey's own sprinklers for the flood.", ("The desk", "the abbey")),
    ("The widow turned on the abbot.", ("The widow", "the abbot")),
    ("GPs rounded on the ministry over the forms.", ("GPs", "the ministry")),
    ("Hahn said the verger bore much of the responsibility.", ("Hahn", "the verger")),
    ("Hahn called the verger a sponger.", ("Hahn", "the verger")),
]
BLAMELESS = [
    "At first they blamed a toaster.",
    "The engineer blames a dehumidifier and a faulty charger.",
    "The guests complained of cold hands.",
    "Orr was charged with handling complaints.",
    "The clerk was charged with reviewing holiday pay.",
    "The widow blamed the neglect of children.",
    "The widow blamed the abbey's boiler.",
    "The widow turned her back on the abbey.",
    "The guards turned their fire on the crowd.",
    "Hahn said the verger bore much of the weight.",
]


@pytest.mark.parametrize(("text", "pair"), BLAMED)
def test_somebody_is_blamed(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert read(extractor, text) == {pair}


@pytest.mark.parametrize("text", BLAMELESS)
def test_things_aches_and_tasks_are_nobodys_fault(
    extractor: AttributionExtractor, text: str
) -> None:
    assert read(extractor, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "To accuse a regent was unheard of.",
        "There is no point in blaming the regent.",
        "The play's villain accuses the regent of murder.",
        "The heroine of the novel blames the regent.",
    ],
)
def test_what_nobody_in_the_world_says_is_no_fact(
    extractor: AttributionExtractor, text: str
) -> None:
    assert read(extractor, text) == set()


def test_a_hero_of_this_world_accuses(extractor: AttributionExtractor) -> None:
    found = read(extractor, "The hero of the strike accused the regent of fraud.")
    assert {target for _, target in found} == {"the regent"}
