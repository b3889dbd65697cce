"""Who accuses and who is accused, where one is easily taken for the other or for nobody."""

import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Document
from tests.attribution_kit import JUDGING


def facts(extractor: AttributionExtractor, text: str) -> set[tuple[str, str]]:
    found: list[Attribution] = list(extractor.extract(Document("a.txt", text, "", "")))
    return {
        (a.speaker.text if a.speaker else "", a.target.text)
        for a in found
        if a.stance in JUDGING and a.target and a.explicit and not a.negated and not a.hypothetical
    }


NOBODY = [
    ("Its skipper, Ross Vane, was blamed by nobody for the loss.", set()),
    (
        "Its skipper, Ross Vane, was blamed by everybody's friend Jo Lang for the loss.",
        {("everybody's friend Jo Lang", "Its skipper, Ross Vane")},
    ),
    ("Elsa Grant was accused of nothing.", set()),
    ("Elsa Grant was accused of nothing less than treason.", {("", "Elsa Grant")}),
    ("Mr Bell expected to be accused by Ms Roth.", set()),
    ("Mr Bell continued to be accused by Ms Roth.", {("Ms Roth", "Mr Bell")}),
    ('"Did I accuse Mr Bell?" asked Ms Roth.', set()),
    ('"I accuse Mr Bell. Why?" asked Ms Roth.', {("I", "Mr Bell")}),
    ("Either Karl Remy or Ada Moss accused the vicar.", set()),
    (
        "Both Karl Remy and Ada Moss accused the vicar.",
        {("Karl Remy", "the vicar"), ("Ada Moss", "the vicar")},
    ),
    ("The host jokingly accused Mr Bell of being tall.", set()),
    ("The host angrily accused Mr Bell of being drunk.", {("The host", "Mr Bell")}),
]


@pytest.mark.parametrize(("text", "expected"), NOBODY)
def test_what_nobody_says_in_earnest_is_no_fact(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


DONE_BY_THE_OBJECT = [
    ("Karl Remy envied Ada Moss for accusing the vicar so calmly.", {("Ada Moss", "the vicar")}),
    ("Karl Remy apologised to Ada Moss for accusing the vicar.", {("Karl Remy", "the vicar")}),
    ("Karl Remy used the paper for accusing the vicar.", {("Karl Remy", "the vicar")}),
    ("Karl Remy paid damages to Ada Moss for accusing her.", {("Karl Remy", "her")}),
    ("Karl Remy paid Ada Moss for accusing the vicar.", {("Ada Moss", "the vicar")}),
    ("Ada Moss caught Karl Remy accusing the vicar.", {("Karl Remy", "the vicar")}),
    ("Ada Moss walked past Karl Remy, accusing the vicar.", {("Ada Moss", "the vicar")}),
    ("Ada Moss was seen by Karl Remy accusing the vicar.", {("Ada Moss", "the vicar")}),
]


@pytest.mark.parametrize(("text", "expected"), DONE_BY_THE_OBJECT)
def test_what_somebody_is_envied_for_or_caught_at_he_does(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


REDUCED = [
    ("The clerk the mayor accused has left.", {("the mayor", "The clerk")}),
    ("The clerk accused by the mayor has left.", {("the mayor", "The clerk")}),
    ("The boy Ada Moss accused denied it.", {("Ada Moss", "The boy")}),
    ("The baker the mayor accused of theft was cleared.", {("the mayor", "The baker")}),
    (
        "It was Karl Remy whom Ada Moss accused, not the vicar.",
        {("Ada Moss", "Karl Remy")},
    ),
    (
        "It was Karl Remy who accused Ada Moss, not Omar Aziz.",
        {("Karl Remy", "Ada Moss")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), REDUCED)
def test_of_two_nouns_before_an_accusing_verb_the_nearer_accuses(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


HARMLESS = [
    ("He pinned the medal on Captain Hale.", set()),
    ("He pinned the leak on Captain Hale.", {("He", "Captain Hale")}),
    ("He pinned the firm's collapse on Captain Hale.", {("He", "Captain Hale")}),
    ("Mr Groves turned on his heel and left.", set()),
    ("Mr Groves turned on his neighbours and left.", {("Mr Groves", "his neighbours")}),
    ("Mr Wade protested his innocence.", set()),
    ("Mr Wade protested the verdict.", {("Mr Wade", "the verdict")}),
    ("Mr Lowe sued for peace.", set()),
    ("Brewery sued for fraud", {("", "Brewery")}),
    ("The plan was savaged by moths.", set()),
    ("The plan was savaged by unions.", {("unions", "The plan")}),
    ("In the painting Judith is accusing the general.", set()),
    ("In the park Judith is accusing the general.", {("Judith", "the general")}),
]


@pytest.mark.parametrize(("text", "expected"), HARMLESS)
def test_medals_heels_and_moths_accuse_nobody(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


HEARSAY = [
    ("It is said that Hale accused the vicar.", set()),
    ("It was reported that Hale accused the vicar.", {("Hale", "the vicar")}),
    ("Rumour has it that Hale accused the vicar.", set()),
    ("It takes courage to accuse a bishop.", set()),
    ("You'd be forgiven for blaming Ms Toll.", set()),
    ("Hale had every right to blame the vicar.", set()),
    ("Hale was right to blame the vicar.", {("Hale", "the vicar")}),
    ("Hale is not the man to accuse a vicar.", set()),
    ("Hale is the last person to accuse the vicar.", set()),
    ("Hale was the last person to accuse the vicar.", {("Hale", "the vicar")}),
    ("Is it true that Hale blamed the vicar?", set()),
    ("It is true that Hale blamed the vicar.", {("Hale", "the vicar")}),
    ("Hale's alleged criticism of the vicar is an invention.", set()),
    ("Hale's sharp criticism of the vicar is in print.", {("Hale's", "the vicar")}),
    ("Hale plays a lawyer accused of murder.", set()),
    ("Hale hired a lawyer accused of murder.", {("", "a lawyer")}),
]


@pytest.mark.parametrize(("text", "expected"), HEARSAY)
def test_what_is_rumoured_fit_or_played_is_no_fact(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


LITERAL = [
    ("She gave Mr Poole a piece of cake.", set()),
    ("She gave Mr Poole a piece of her mind.", {("She", "Mr Poole")}),
    ("The winger gave Owen Rhys a hard time all afternoon.", set()),
    ("The editor gave Owen Rhys a hard time over the bill.", {("The editor", "Owen Rhys")}),
    ("The alarm went off at the bank.", set()),
    ("The rain came down hard on the ministry.", set()),
    ("The judge came down hard on the ministry.", {("The judge", "the ministry")}),
    ("Two cyclists were thrown under the bus by the blast.", set()),
    ("Ms Hale threw her bag under the bus.", set()),
    ("Ms Hale threw her clerks under the bus.", {("Ms Hale", "her clerks")}),
    ("The report recorded losses by small shops.", set()),
    ("The report recorded abuse by the guards.", {("The report", "the guards")}),
    ("The old mill was condemned by the council as unsafe.", set()),
]


@pytest.mark.parametrize(("text", "expected"), LITERAL)
def test_idioms_of_blame_taken_literally_accuse_nobody(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


BESIDE = [
    ("The bishop, blamed by the choir, and Ada Moss have left.", {("the choir", "The bishop")}),
    ("The bishop and Ada Moss, blamed by nobody, have left.", set()),
    (
        "The bishop and Ada Moss were blamed by the choir.",
        {("the choir", "The bishop"), ("the choir", "Ada Moss")},
    ),
    ("All except the vicar blamed the choir.", set()),
    ("All the vicars blamed the choir.", {("All the vicars", "the choir")}),
    ("The vicar was handed a note accusing him of theft.", {("a note", "him")}),
    ("The vicar handed in a note accusing him of theft.", {("The vicar", "him")}),
    (
        "The vicar demanded an apology from the bishop for accusing Ada Moss.",
        {("the bishop", "Ada Moss")},
    ),
    ("The vicar made an apology to the bishop for accusing him.", {("The vicar", "him")}),
    ("The bishop received a complaint from the vicar.", set()),
    ("The inn received complaints from guests about its lift.", {("guests", "its lift")}),
    (
        "The inn has received 88 complaints from guests about the rudeness of its staff.",
        {("guests", "The inn")},
    ),
    ("The bishop faces a complaint from the vicar.", {("the vicar", "The bishop")}),
]


@pytest.mark.parametrize(("text", "expected"), BESIDE)
def test_who_only_stands_beside_an_accusation_has_no_part_in_it(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected
