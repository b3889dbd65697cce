from collections.abc import Iterable

import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Document
from tests.attribution_kit import JUDGING


def facts(found: Iterable[Attribution]) -> set[tuple[str, str]]:
    return {
        (a.speaker.text if a.speaker else "", a.target.text)
        for a in found
        if a.stance in JUDGING and a.target and a.speaker
        if a.explicit and not a.negated and not a.hypothetical
    }


def read(extractor: AttributionExtractor, text: str) -> set[tuple[str, str]]:
    return facts(extractor.extract(Document("a.txt", text, "", "", language="en")))


SOURCES = [
    ("The bishop's answer was an accusation against the regent.", ("The bishop's", "the regent")),
    (
        "The squire's reply was a charge of theft against the miller.",
        ("The squire's", "the miller"),
    ),
    ("Marek's sermon was a savage attack on the landlords.", ("Marek's", "the landlords")),
    ("The leaflet was a bitter criticism of the trustees.", ("The leaflet", "the trustees")),
    ("The tabloids were full of attacks on the coach.", ("The tabloids", "the coach")),
    (
        "The petition is a litany of complaints against the bailiff.",
        ("The petition", "the bailiff"),
    ),
    ("The audit contains sharp criticism of the treasurer.", ("The audit", "the treasurer")),
    ("The charge that Orr forged the will was made by Lund.", ("Lund", "Orr")),
    ("I have received Dr Hahn's complaint against the warden.", ("Dr Hahn's", "the warden")),
    ("My criticism is of the museum, which knew.", ("My", "the museum")),
    (
        "The harshest criticism of Vance came from her own party, from Idris Cole.",
        ("Idris Cole", "Vance"),
    ),
    (
        "There were nine complaints by pupils at Elm Hall against the bursar.",
        ("pupils at Elm Hall", "the bursar"),
    ),
    (
        "Her accusation that the mayor took bribes would carry more weight with a witness.",
        ("Her", "the mayor"),
    ),
    ("We have put in a complaint against the ferry company.", ("We", "the ferry company")),
]
NO_SOURCES = [
    "The audit contains no criticism of the treasurer.",
    "The raid was an attack on the village.",
    "The harbour was full of boats.",
    "The bill includes a charge of nine pounds against the account.",
    "They put in a new boiler against the wall.",
]


@pytest.mark.parametrize(("text", "pair"), SOURCES)
def test_an_accusation_belongs_to_whose_words_it_is_in(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert read(extractor, text) == {pair}


@pytest.mark.parametrize("text", NO_SOURCES)
def test_what_is_not_said_has_no_source(extractor: AttributionExtractor, text: str) -> None:
    assert read(extractor, text) == set()


def test_treason_against_the_crown_does_not_accuse_it(extractor: AttributionExtractor) -> None:
    text = "The earl faced a charge of treason against the king."
    assert all(target != "the king" for _, target in read(extractor, text))
