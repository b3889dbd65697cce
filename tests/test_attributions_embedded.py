import pytest

from index.attributions import AttributionExtractor
from tests.attribution_kit import read

ALLEGED = [
    ("She spoke of Quillon Ltd, who she alleges pocketed the deposits.", ("she", "Quillon Ltd")),
    ("The broker, who the widow claims stole the deeds, has fled.", ("the widow", "The broker")),
    ("The mill that Hahn alleges dumped the dye has closed.", ("Hahn", "The mill")),
    ("He named the warder who he alleges beat him.", ("he", "the warder")),
]
NOT_ALLEGED = [
    "The painter who she says is ill stayed at home.",
    "The opera that critics say changed the stage is back.",
    "The bridge that engineers claim needs paint has reopened.",
]
OUTER = [
    ("Orr urged the bursar to resign, blaming him for the loss.", "Orr"),
    ("The choir wants her to go, accusing her of theft.", "The choir"),
]
TAKEN = [
    ("Brandt condemned the mill owners from the pulpit, to loud applause.", {"Brandt"}),
    ("Brandt condemned the mill owners to the delight of the crowd.", {"Brandt"}),
    ("The judge condemned the mill owners to death.", set()),
]
COMPLAINED = [
    ("The apprentices complained that he shouted at them.", {("The apprentices", "he")}),
    ("She complained that he had taken her tools.", {("She", "he")}),
    ("He complained that he slept badly.", set()),
    ("The apprentices complained that they froze at night.", set()),
]


@pytest.mark.parametrize(("text", "pair"), ALLEGED)
def test_a_relative_clause_alleges_what_its_noun_did(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert read(extractor, text) == {pair}


@pytest.mark.parametrize("text", NOT_ALLEGED)
def test_what_is_no_wrong_is_not_alleged(extractor: AttributionExtractor, text: str) -> None:
    assert read(extractor, text) == set()


@pytest.mark.parametrize(("text", "speaker"), OUTER)
def test_who_wants_somebody_to_go_is_the_one_who_accuses(
    extractor: AttributionExtractor, text: str, speaker: str
) -> None:
    assert {who for who, _ in read(extractor, text)} == {speaker}


@pytest.mark.parametrize(("text", "speakers"), TAKEN)
def test_applause_is_no_fate_that_one_is_condemned_to(
    extractor: AttributionExtractor, text: str, speakers: set[str]
) -> None:
    assert {who for who, _ in read(extractor, text)} == speakers


@pytest.mark.parametrize(("text", "pairs"), COMPLAINED)
def test_one_complains_of_another_and_not_of_oneself(
    extractor: AttributionExtractor, text: str, pairs: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "He wrote to the bishop, alleging that Farrow drank and that Lacey had robbed him.",
            {("He", "Farrow"), ("He", "Lacey")},
        ),
        (
            "She alleged that Farrow had robbed her, and that the police were called.",
            {("She", "Farrow")},
        ),
        (
            "The index is a mess, for which I hold the publisher responsible, and it shows.",
            {("I", "the publisher")},
        ),
        ("The office holds you responsible, not me.", {("The office", "you")}),
    ],
)
def test_everybody_in_what_is_alleged_is_accused(
    extractor: AttributionExtractor, text: str, pairs: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == pairs
