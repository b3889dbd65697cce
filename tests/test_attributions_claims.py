import pytest

from index.attributions import AttributionExtractor
from tests.attribution_kit import read

CLAIMS = [
    ("Fishermen claim the harbour board rigged the auction.", "Fishermen", "the harbour board"),
    (
        "The former cook, Ivo Brandt, is claiming that the hotel cheated its guests.",
        "The former cook, Ivo Brandt",
        "the hotel",
    ),
    (
        "The captain told the inquiry that the pilot had lied, an accusation the pilot denies.",
        "The captain",
        "the pilot",
    ),
    (
        "The gardener says the steward poisoned the carp, a charge he rejects.",
        "The gardener",
        "the steward",
    ),
    ("Villagers protested that the council had misled them.", "Villagers", "the council"),
]


@pytest.mark.parametrize(("text", "speaker", "target"), CLAIMS)
def test_a_wrong_that_is_claimed_is_an_accusation(
    extractor: AttributionExtractor, text: str, speaker: str, target: str
) -> None:
    assert read(extractor, text) == {(speaker, target)}


@pytest.mark.parametrize(
    "text",
    [
        "The minister claimed that the economy had grown.",
        "She claimed the board had offered her a job.",
        "The gardener says the steward fed the carp, a charge of four pounds a visit.",
        "The captain told the inquiry that the pilot had lied.",
    ],
)
def test_other_reports_are_no_outright_accusations(
    extractor: AttributionExtractor, text: str
) -> None:
    assert read(extractor, text) == set()


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Orla Finn is alleged to have copied the exam.", "Orla Finn"),
        ("Marta Kohl, who is alleged to have sold the plans, fled on Monday.", "Marta Kohl"),
        ("It was alleged in court that the sergeant had beaten the boy.", "the sergeant"),
        ("Norbury Homes stands accused of selling the same plot twice.", "Norbury Homes"),
    ],
)
def test_somebody_is_accused_though_nobody_says_by_whom(
    extractor: AttributionExtractor, text: str, target: str
) -> None:
    assert read(extractor, text) == {("", target)}


def test_a_thing_is_alleged_to_be_something_without_accusing(
    extractor: AttributionExtractor,
) -> None:
    assert read(extractor, "The painting is alleged to be a forgery.") == set()


DEEDS = [
    (
        "Villagers have denounced the felling by the roads department of an oak.",
        "Villagers",
        "the roads department",
    ),
    ("The bishop condemned the killing of two monks by the militia.", "The bishop", "the militia"),
    ("Shopkeepers complained of betrayal by the council.", "Shopkeepers", "the council"),
    ("The poet lambasted an edict issued by the archbishop.", "The poet", "the archbishop"),
    ("The ambassador deplored meddling by foreign banks.", "The ambassador", "foreign banks"),
    ("Two interns have alleged bullying by the head coach.", "Two interns", "the head coach"),
]


@pytest.mark.parametrize(("text", "speaker", "target"), DEEDS)
def test_a_condemned_deed_is_laid_on_who_did_it(
    extractor: AttributionExtractor, text: str, speaker: str, target: str
) -> None:
    assert {(s, t.split(" of ")[0]) for s, t in read(extractor, text)} == {(speaker, target)}


def test_a_deed_suffered_is_laid_on_nobody(extractor: AttributionExtractor) -> None:
    found = read(extractor, "The town condemned the murder of a vicar.")
    assert {t for _, t in found} == {"the murder of a vicar"}
    found = read(extractor, "The governors criticised the firm by letter.")
    assert found == {("The governors", "the firm")}


NAMED = [
    ("Ruth Pole named the bursar, Colonel Snape, as her abuser.", {("Ruth Pole", "Colonel Snape")}),
    ("Named by the report as the ringleader, Orr fled.", {("the report", "Orr")}),
    ("The deputy was named as having ordered the beatings.", {("", "The deputy")}),
    ("The board named Lena Ost as its new director.", set()),
    (
        "The report singled out the harbour master for blame.",
        {("The report", "the harbour master")},
    ),
    (
        "She named nine, singling out the Halcyon Trust for its shabby record.",
        {("She", "the Halcyon Trust")},
    ),
    ("The judges singled out Orla Finn for praise.", set()),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_who_is_named_for_a_wrong_is_accused(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == expected


ANNOUNCED = [
    ("The tenants are to sue the council over the damp.", {("The tenants", "the council")}),
    ("If the tenants are to sue the council, they must hurry.", set()),
    ("The firm sought to shift the blame to its supplier.", {("The firm", "its supplier")}),
    ("The firm has not tried to blame its supplier.", set()),
    ("The ministry is to criticise the firm.", set()),
]


@pytest.mark.parametrize(("text", "expected"), ANNOUNCED)
def test_to_announce_a_suit_or_to_try_to_blame_is_to_accuse(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == expected


WRITTEN = [
    ("A letter from the union accuses the board of neglect.", {("the union", "the board")}),
    ("A suit filed by the heirs accuses the museum of theft.", {("the heirs", "the museum")}),
    ("A leaflet accuses the mayor of theft.", {("A leaflet", "the mayor")}),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_a_text_accuses_for_who_wrote_it(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == expected


CONTENTS = [
    (
        "An allegation by a nurse that the hospital falsified its figures is to be looked into.",
        {("a nurse", "the hospital")},
    ),
    ("It was an allegation that Marsden found absurd.", set()),
    ("The court has an allegation that the citing officer is to hear.", set()),
]


@pytest.mark.parametrize(("text", "expected"), CONTENTS)
def test_only_the_clause_that_says_what_is_alleged_names_the_accused(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The director rejects the council's charge of negligence.",
            {("the council's", "The director")},
        ),
        ("The tenant disputes the bank's charge of nine pounds.", set()),
        ("Rivals claim the boxer threw the fight.", {("Rivals", "the boxer")}),
        ("Rivals claim the boxer threw a party.", set()),
    ],
)
def test_a_charge_is_no_price_and_a_party_is_no_fight(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == expected
