import pytest

from index.attributions import AttributionExtractor
from index.types import Document
from tests.attribution_kit import JUDGING


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board, Orr alleged, had hidden the report.", {("Orr", "The board")}),
        (
            "Foreign firms, the general charged, had dug the pit.",
            {("the general", "Foreign firms")},
        ),
        ("Her clerks, he charged, had sat on the survey.", {("he", "Her clerks")}),
        ("The brewery, it was alleged, dumped waste in the lake.", {("", "The brewery")}),
        ("The fee, the bank charged, was too high.", set()),
        ("The clerk, a man charged by the hour, left early.", set()),
    ],
)
def test_a_charge_may_break_off_what_it_charges(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A cyclist reported a driver for forcing her off.", {("A cyclist", "a driver")}),
        ("He was reported for speeding by a neighbour.", {("a neighbour", "He")}),
        ('The paper charges Lind with "winter by spreadsheet".', {("The paper", "Lind")}),
        ("He was charged by the league with improper conduct.", {("the league", "He")}),
        ("Korin confronted Lind about the missing money.", {("Korin", "Lind")}),
        ("The coach read his players the riot act.", {("The coach", "his players")}),
        ("The driver was booed and called a crook by the crowd.", {("the crowd", "The driver")}),
        ("Korin reported him the same night.", {("Korin", "him")}),
        ("She reported him missing.", set()),
        ("They reported him for duty.", set()),
        ("She was charged with the proper conduct of the vote.", set()),
        ("She confronted her fears about the dark.", set()),
        ("She read the players the poem.", set()),
        ("He was fined ten francs for an expired sticker.", set()),
    ],
)
def test_charges_of_a_wrong_are_told_from_duties_and_fees(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) >= expected
    assert bool(facts(extractor, text)) == bool(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I deplore the way Orr writes about his neighbours.", {("I", "Orr")}),
        ("She condemned the manner in which the council behaved.", {("She", "the council")}),
        ("The board criticised how the firm treated her.", {("The board", "the firm")}),
        ("He attacked what the minister did to schools.", {("He", "the minister")}),
        ('Velt denounced what she called "theft" by the navy.', {("Velt", "the navy")}),
        ("She likes the way the baker works.", set()),
        ("He attacked the hill in the way his father had.", set()),
    ],
)
def test_to_condemn_how_somebody_acts_is_to_condemn_them(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "At the hospital, doctors complained of a shortage of blood.",
        "My wife complained about the washing.",
        "Most of the injured complained of cuts.",
    ],
)
def test_a_complaint_about_what_is_nobodys_doing_is_about_nobody(
    extractor: AttributionExtractor, text: str
) -> None:
    assert not facts(extractor, text)
    assert facts(extractor, "At the hospital, doctors complained about the ministry.")


def test_who_is_named_before_the_verb_of_speech_is_told_of_too(
    extractor: AttributionExtractor,
) -> None:
    found = extractor.extract(
        Document("a.txt", "The clerk, Orr said, had stolen the ring.", "", "", language="en")
    )
    assert [(a.speaker.text, a.target.text) for a in found if a.speaker and a.target] == [
        ("Orr", "The clerk")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister blamed for floods", {("", "Minister")}),
        ("Council slammed over potholes", {("", "Council")}),
        ("Striker charged with assault", {("", "Striker")}),
        ("The bank has been hit with a lawsuit by two widows.", {("two widows", "The bank")}),
        ("The firm was slapped with charges of fraud.", {("", "The firm")}),
        ("Under attack from critics, the mayor resigned.", {("critics", "the mayor")}),
        ("The report found serious failings by the trust.", {("The report", "the trust")}),
        ("The reviewers voiced disappointment at the tenor.", {("The reviewers", "the tenor")}),
        ("Rudd attacked over the hill.", set()),
        ("Mayor praised over weekend", set()),
        ("The knight charged with his lance.", set()),
        ("Under the charge of an old nurse, the boy grew.", set()),
        ("Under attack from rebels, the town fell.", set()),
        ("The town came under fire from rebels.", set()),
        ("The report found deaths by fire.", set()),
        ("The dish was served with a charge.", set()),
    ],
)
def test_who_is_struck_with_blame_is_its_target(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The widow could not help blaming the bank.", {("The widow", "the bank")}),
        ("He could not resist mocking the mayor.", {("He", "the mayor")}),
        ("The widow wasted no time in blaming the bank.", {("The widow", "the bank")}),
        ("The widow's anger was directed at the bank.", {("The widow's", "the bank")}),
        ("Her sharpest criticism was reserved for the mayor.", {("Her", "the mayor")}),
        ("The bank incurred the wrath of the widow.", {("the widow", "The bank")}),
        (
            "In a withering attack on the bank, the widow said it had no shame.",
            {("the widow", "the bank")},
        ),
        (
            "The widow accused the bank, and later the broker, of fraud.",
            {("The widow", "the bank"), ("The widow", "the broker")},
        ),
        ("The widow could not blame the bank.", set()),
        ("He resisted mocking the mayor.", set()),
        ("The praise was reserved for the mayor.", set()),
        ("The ship drew the fire of the guns.", set()),
        ("In an attack on the town, rebels said they had won.", set()),
        ("She disputes the bank's charges.", set()),
    ],
)
def test_what_was_said_is_told_from_what_was_held_back(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor, text) == expected
