import pytest

from index.attributions import AttributionExtractor
from index.types import Document
from tests.attribution_kit import JUDGING, read

UTTERED = [
    (
        "There was a rare rebuke for the minister, Ada Frost, from the bishop of Carrow.",
        "the bishop of Carrow",
        "the minister, Ada Frost",
    ),
    ("The dean offered mild criticism of the bursar.", "The dean", "the bursar"),
    ("The bishop hit back with accusations against the press.", "The bishop", "the press"),
    ("Lind countered with the charge that Orr had lied.", "Lind", "Orr"),
    ("The captain allowed himself some criticism of the umpire.", "The captain", "the umpire"),
    (
        "The novelist Ines Caldeira has repeated her accusation of theft against Hugo Prance.",
        "The novelist Ines Caldeira",
        "Hugo Prance",
    ),
]


@pytest.mark.parametrize(("text", "speaker", "target"), UTTERED)
def test_an_accusation_belongs_to_who_utters_it(
    extractor: AttributionExtractor, text: str, speaker: str, target: str
) -> None:
    assert read(extractor, text) == {(speaker, target)}


@pytest.mark.parametrize(
    "text",
    [
        "The captain returned with a basket of figs for the umpire.",
        "The dean offered a prize for criticism.",
        "She drew praise for her colleagues.",
    ],
)
def test_what_is_no_accusation_is_uttered_against_nobody(
    extractor: AttributionExtractor, text: str
) -> None:
    assert read(extractor, text) == set()


AUTHORS = [
    (
        "The fund's owner has been accused of cheating widows in a claim lodged by 212 investors.",
        {("212 investors", "The fund's owner")},
    ),
    (
        "The mayor is accused in a dossier compiled by nurses of hiding the deaths.",
        {("nurses", "The mayor")},
    ),
    ("The mayor is accused in a dossier of hiding the deaths.", {("", "The mayor")}),
]


@pytest.mark.parametrize(("text", "expected"), AUTHORS)
def test_who_wrote_the_paper_in_which_somebody_is_accused(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == expected


OFFICES = [
    (
        "The founder and chairman, Lena Ost, accused the bank of greed.",
        {("The founder and chairman, Lena Ost", "the bank")},
    ),
    (
        "The mayor and the treasurer, Lena Ost, accused the bank of greed.",
        {("The mayor", "the bank"), ("the treasurer, Lena Ost", "the bank")},
    ),
    (
        "Her father and trainer, Karl Weiss, blames the promoter.",
        {("Her father and trainer, Karl Weiss", "the promoter")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), OFFICES)
def test_two_offices_with_one_article_are_one_person(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == expected


def names(extractor: AttributionExtractor, text: str) -> set[tuple[str, str]]:
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    return {
        (a.speaker.name or a.speaker.text, a.target.name or a.target.text)
        for a in found
        if a.stance in JUDGING and a.speaker and a.target and not a.hypothetical
    }


MEANT = [
    (
        "The Post Office fell silent. The union claimed that it had hidden the losses.",
        {("The union", "The Post Office")},
    ),
    (
        "The gallery kept its oil money, though a group of painters protested that it was bribing"
        " the council.",
        {("a group of painters", "The gallery")},
    ),
    (
        "She wants 60 carvings back from the Brandreth Trust, whose agents, she alleges, looted"
        " them.",
        {("she", "the Brandreth Trust's agents")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), MEANT)
def test_who_is_accused_is_not_who_accuses(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert names(extractor, text) == expected


COMPLAINTS = [
    (
        "The tribunal will hear a complaint by Lena Ost against the clinic.",
        {("Lena Ost", "the clinic")},
    ),
    ("The firm could face a complaint by Lena Ost against its driver.", set()),
    (
        "The club has received a complaint by two fans against its steward.",
        {("two fans", "its steward")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), COMPLAINTS)
def test_a_complaint_that_is_to_be_heard_has_been_made(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == expected


def test_a_comma_leads_back_to_the_report_from_a_clause_of_a_noun(
    extractor: AttributionExtractor,
) -> None:
    text = "The charity says it has proof that Hoverton knew of fires, and accuses the maker of it."
    assert ("The charity", "the maker") in read(extractor, text)
    text = "The widow said she met a man who robbed the bank and blamed his brother."
    assert ("a man", "his brother") in read(extractor, text)
