"""Parses that cannot be right, put right before they are read."""

import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Document, Stance

JUDGING = {Stance.ACCUSE, Stance.CONDEMN}


@pytest.fixture(scope="module")
def extractor() -> AttributionExtractor:
    return AttributionExtractor()


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
