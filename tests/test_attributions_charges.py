import pytest

from index.attributions import AttributionExtractor
from index.types import Document, Stance

JUDGING = {Stance.ACCUSE, Stance.CONDEMN}


@pytest.fixture(scope="module")
def extractor() -> AttributionExtractor:
    return AttributionExtractor()


def facts(extractor: AttributionExtractor, text: str) -> set[tuple[str, str]]:
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    return {
        (a.speaker.text if a.speaker else "", a.target.text)
        for a in found
        if a.stance in JUDGING and a.target and a.explicit and not a.negated and not a.hypothetical
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orr and Lind accused each other of lying.", {("Orr", "Lind"), ("Lind", "Orr")}),
        (
            "The baker and the miller blamed one another for the fire.",
            {("The baker", "the miller"), ("the miller", "The baker")},
        ),
        (
            "The firm and the council criticised one another's handling of the flood.",
            {("The firm", "the council"), ("the council", "The firm")},
        ),
        (
            "Orr and Lind are pointing fingers at one another.",
            {("Orr", "Lind"), ("Lind", "Orr")},
        ),
        (
            "Korin and Orr each accused the other of fraud.",
            {("Korin", "Orr"), ("Orr", "Korin")},
        ),
        (
            "Korin traded accusations with Lund over the sale.",
            {("Korin", "Lund"), ("Lund", "Korin")},
        ),
        (
            "The union and the bus company exchanged insults.",
            {("The union", "the bus company"), ("the bus company", "The union")},
        ),
        (
            "Orr accused Lind and the other guests of theft.",
            {("Orr", "Lind"), ("Orr", "the other guests")},
        ),
        ("The two brothers accused each other of theft.", set()),
        ("Orr and Lind swapped houses.", set()),
        ("Orr and Lind have not blamed each other.", set()),
    ],
)
def test_a_judgement_that_goes_both_ways_is_one_of_each_about_the_other(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lind denies the charges.", {("", "Lind")}),
        ("The clerk, who denied a charge of theft, is 40.", {("", "The clerk")}),
        ("The allegations were rejected by Lind.", {("", "Lind")}),
        ("The firm rejects accusations by Orr.", {("Orr", "The firm")}),
        ("The mayor rejected criticism from the unions.", {("the unions", "The mayor")}),
        ("Orr's lawyer denied the charges.", {("", "Orr")}),
        ("Orr pleaded not guilty to charges of theft.", {("", "Orr")}),
        ("Lind stood trial on charges of bribery.", {("", "Lind")}),
        ("Police arrested Lind on charges of bribery.", {("", "Lind")}),
        ("Lind resigned over allegations of bribery.", {("", "Lind")}),
        ("The minister denied allegations that the clerk stole.", {("", "the clerk")}),
        ("The judge dismissed the charges.", set()),
        ("The council rejected the parking charges.", set()),
        ("Residents welcomed the charges.", set()),
    ],
)
def test_who_answers_an_accusation_was_accused(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Allegations of theft against the vicar are being examined.", {("", "the vicar")}),
        ("Proceedings against Korin are pending.", {("", "Korin")}),
        (
            "Prosecutors are weighing allegations of insider dealing against three employees.",
            {("", "three employees")},
        ),
        ("Orr withdrew a complaint against Lind.", {("Orr", "Lind")}),
        ("The complaint of the choir against Lind came in May.", {("the choir", "Lind")}),
        ("His complaint was against the treasury.", {("His", "the treasury")}),
        ("Orr's criticism was directed at the mayor.", {("Orr's", "the mayor")}),
        ("Orr brought charges against Lind.", {("Orr", "Lind")}),
        ("Accusations of discrimination against women were heard.", set()),
        ("There were no charges against Orr.", set()),
    ],
)
def test_an_accusation_against_somebody_counts_whoever_made_it(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected
