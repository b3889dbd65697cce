"""Parses that cannot be right, put right before they are read."""

import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Document
from tests.attribution_kit import JUDGING


def pairs(extractor: AttributionExtractor, text: str) -> set[tuple[str, str]]:
    found: list[Attribution] = list(extractor.extract(Document("a.txt", text, "", "")))
    return {
        (a.speaker.text if a.speaker else "", a.target.text)
        for a in found
        if a.stance in JUDGING and a.target and a.explicit
    }


CRITICISM = [
    (
        "The minutes record criticism from the coroner of both hospitals.",
        {("the coroner", "both hospitals")},
    ),
    (
        "She printed sharp criticism by nurses of Ivo Lind for his fees.",
        {("nurses", "Ivo Lind")},
    ),
    ("The page holds criticism by the Ombudsman of Varn Rail.", {("the Ombudsman", "Varn Rail")}),
    ("Criticism from friends of the minister stung her.", set()),
    ("Criticism from the mayor of Westham was expected.", set()),
    ("Criticism from farmers of the valley was loud.", set()),
]


@pytest.mark.parametrize(("text", "expected"), CRITICISM)
def test_criticism_is_of_whom_the_critic_has_no_office_with(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(extractor, text) == expected


def test_who_alleges_bullying_by_somebody_is_not_alleged_to_bully(
    extractor: AttributionExtractor,
) -> None:
    text = "Nine porters alleged bullying by the matron."
    assert pairs(extractor, text) == {("Nine porters", "the matron")}


def test_a_name_read_as_a_participle_is_a_name(extractor: AttributionExtractor) -> None:
    text = '"We condemn the attempt by Tessaro to settle a dispute on television," said Ms Orr.'
    assert pairs(extractor, text) == {("We", "Tessaro")}


CHARGED = [
    (
        "Police have charged three porters held on Friday with arson.",
        {("Police", "three porters")},
    ),
    (
        "Prosecutors have charged a man who was seen near the barn with theft.",
        {("Prosecutors", "a man")},
    ),
    ("Prosecutors charged him with making false statements.", {("Prosecutors", "him")}),
    ("The board charged a clerk hired in May with the task of counting the dead.", set()),
    ("The board charged Orr with the duty of ending theft.", set()),
    ("The inn charged guests who came on Friday with a child ten pounds.", set()),
]


@pytest.mark.parametrize(("text", "expected"), CHARGED)
def test_a_charge_is_found_behind_a_clause_and_a_task_is_no_charge(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(extractor, text) == expected


ALLEGED = [
    ("The inquiry will look at the clerk's alleged fraud.", {("", "The clerk")}),
    ("A motion on the alleged interference of the dean in the sale failed.", {("", "the dean")}),
    ("There were three alleged assaults by guards last year.", {("", "guards")}),
    ("The alleged theft of a cup by Ida Moss was discussed.", {("", "Ida Moss")}),
    ("She never spoke of her alleged part in the play.", set()),
    ("The alleged murder of Kurt Rasch shocked the town.", set()),
    ("The clerk's alleged assailant is at large.", set()),
]


@pytest.mark.parametrize(("text", "expected"), ALLEGED)
def test_whose_deed_is_called_alleged_is_accused_by_nobody_named(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    found = pairs(extractor, text)
    assert {(s, t.lower()) for s, t in found} == {(s, t.lower()) for s, t in expected}


BODIES = [
    (
        "The bank admits that it has been criticised by auditors for delay.",
        {("auditors", "The bank")},
    ),
    (
        "The firm rejects allegations by two clerks that it moved the stone.",
        {("two clerks", "The firm")},
    ),
    ("The dean says that it has been criticised by scholars for its length.", set()),
    ("The firm alleged that it lost a million at Orn.", set()),
    ("Farmers alleged that it rained in the hall.", set()),
]


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_it_is_the_body_that_is_the_subject_above(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    found: list[Attribution] = list(extractor.extract(Document("a.txt", text, "", "")))
    assert {
        (a.speaker.text, a.target.name)
        for a in found
        if a.stance in JUDGING and a.target and a.speaker and a.explicit
    } == expected


ADDRESSED = [
    ("Several parents have complained that you shouted at them.", {("Several parents", "you")}),
    ("Your own staff alleged that you forged the minutes.", {("Your own staff", "you")}),
    ("Guests complained that you got only one towel.", set()),
    ("They complain that you can hear the trains.", set()),
]


@pytest.mark.parametrize(("text", "expected"), ADDRESSED)
def test_you_is_accused_where_somebody_is_spoken_to(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(extractor, text) == expected


LAWSUITS = [
    ("A claim by Jo Hahn against Varn Motors was adjourned.", {("Jo Hahn", "Varn Motors")}),
    ("A claim against the hospital by Ida Moss was dismissed.", {("Ida Moss", "the hospital")}),
    ("The claim that Orr spoke against the bank is false.", set()),
    ("Claims against insurers have doubled.", set()),
]


@pytest.mark.parametrize(("text", "expected"), LAWSUITS)
def test_a_claim_against_somebody_is_a_lawsuit(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(extractor, text) == expected


JUXTAPOSED = [
    "The union condemned the dean; she did not reply.",
    "Orr blames the bank: it never answered his letters.",
    "The residents have criticised the council - nobody came to help.",
    "They accused the clerk, it did not help.",
]


@pytest.mark.parametrize("text", JUXTAPOSED)
def test_what_stands_after_a_semicolon_denies_nothing_before_it(
    extractor: AttributionExtractor, text: str
) -> None:
    found = [a for a in extractor.extract(Document("a.txt", text, "", "")) if a.stance in JUDGING]
    assert [(a.negated, a.hypothetical) for a in found] == [(False, False)]


def test_a_sentence_before_its_speaker_is_still_reported(extractor: AttributionExtractor) -> None:
    text = "The union had accused the dean of theft, she does not believe."
    found = [a for a in extractor.extract(Document("a.txt", text, "", "")) if a.stance in JUDGING]
    assert all(a.negated or a.hypothetical for a in found)


INTENDED = [
    ("The widows have announced that they will sue the mill.", False),
    ("The dealers plan to take Varn to court over the fees.", False),
    ("The union said that it would sue the firm.", False),
    ("The union will sue the firm if it closes the mill.", True),
    ("The bank threatens to sue Orr.", True),
    ("He hopes he will sue the bank one day.", True),
]


@pytest.mark.parametrize(("text", "hypothetical"), INTENDED)
def test_who_announces_a_lawsuit_accuses(
    extractor: AttributionExtractor, text: str, hypothetical: bool
) -> None:
    found = [a for a in extractor.extract(Document("a.txt", text, "", "")) if a.stance in JUDGING]
    assert [(a.negated, a.hypothetical) for a in found] == [(False, hypothetical)]


def test_a_rhetorical_can_you_imagine_leaves_a_fact_a_fact(extractor: AttributionExtractor) -> None:
    text = "They sued the vicar for it, can you imagine, because he rang the bell."
    found = [a for a in extractor.extract(Document("a.txt", text, "", "")) if a.stance in JUDGING]
    assert [(a.negated, a.hypothetical) for a in found] == [(False, False)]


WILFUL = [
    ("Orr blamed the lodge, which had sacked him in March.", {("Orr", "the lodge")}),
    ("Abt blamed the chapter, which had insisted on casting.", {("Abt", "the chapter")}),
    ("Orr blamed the engine, which had refused to start.", set()),
    ("They blamed the storm, which sank the boat.", set()),
    ("Orr blames the rules, which insist on it.", set()),
    ("Orr blames the flood, which drowned nine sheep, on the miller.", {("Orr", "the miller")}),
]


@pytest.mark.parametrize(("text", "expected"), WILFUL)
def test_what_only_persons_do_tells_that_a_noun_means_persons(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(extractor, text) == expected
