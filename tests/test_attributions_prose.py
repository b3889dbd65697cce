import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Document
from tests.attribution_kit import JUDGING


def judged(extractor: AttributionExtractor, text: str) -> list[Attribution]:
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    return [a for a in found if a.stance in JUDGING and a.target and a.explicit]


def facts(extractor: AttributionExtractor, text: str) -> set[tuple[str, str]]:
    return {
        (a.speaker.text if a.speaker else "", a.target.text)
        for a in judged(extractor, text)
        if a.target and not a.negated and not a.hypothetical
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The pamphlet blames junior civil servants for the flood.",
            ("The pamphlet", "junior civil servants"),
        ),
        ("He taxed Mrs Bellamy with hypocrisy.", ("He", "Mrs Bellamy")),
        ("When he charges her with neglect, he forgets the flood.", ("he", "her")),
        ("The dean charges his critics with ignorance of the law.", ("The dean", "his critics")),
        ("Lyle charged the board with a lack of candour.", ("Lyle", "the board")),
        ("She resigned, and alleged bias on the part of the panel.", ("She", "the panel")),
        (
            "The court found negligence on the part of the surveyor.",
            ("The court", "the surveyor"),
        ),
        ("Dr Amin put the deaths down to negligence by the firm.", ("Dr Amin", "the firm")),
        ("Staff complained for years of bullying by the matron.", ("Staff", "the matron")),
        ("The secretary regretted Lady Farr's slur on the nurses.", ("Lady Farr's", "the nurses")),
        (
            "Colonel Brand's attack on the historian's honesty filled two pages.",
            ("Colonel Brand's", "the historian"),
        ),
        ("Counsel put it to Mrs Lisle that she had burned it.", ("Counsel", "Mrs Lisle")),
        ("Mr Prior put it to the clerk that he had lied.", ("Mr Prior", "the clerk")),
        (
            "The council, to which Mr Odum had reported the landlord, did nothing.",
            ("Mr Odum", "the landlord"),
        ),
        (
            "Mr Crewe, against whom the governors brought a complaint, left.",
            ("the governors", "Mr Crewe"),
        ),
        ("The letter accuses not the vicar but the clerks of theft.", ("The letter", "the clerks")),
        ("Orr was unkind enough to call her a fraud.", ("Orr", "her")),
        ("Among those he denounced was Dr Wace.", ("he", "Dr Wace")),
        ("The rector met the squire, whose greed he deplored.", ("he", "the squire")),
        (
            "The reviewer liked the singers and panned the conductor.",
            ("The reviewer", "the conductor"),
        ),
        ("The coroner had hard things to say about the trust.", ("The coroner", "the trust")),
        ("Dr Sims was the first to accuse the firm.", ("Dr Sims", "the firm")),
        ("It was wrong of the ministry to blame the nurses.", ("the ministry", "the nurses")),
        ("The mob, egged on by the curate, denounced the doctor.", ("The mob", "the doctor")),
        ("Mrs Ware went to law against her neighbour.", ("Mrs Ware", "her neighbour")),
    ],
)
def test_who_accuses_whom_in_the_prose_of_letters_and_courts(
    extractor: AttributionExtractor, text: str, expected: tuple[str, str]
) -> None:
    assert facts(extractor, text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "The reprimand delivered to the bursar by the provost was much discussed.",
        "The criticism levelled at the bursar by the provost was unfair.",
        "The charge of sloth brought against the bursar by the provost was never withdrawn.",
        "A rebuke was administered to the bursar by the provost.",
        "In an action brought by the provost, the bursar is accused of theft.",
        "In the provost's letter, the bursar is accused of theft.",
    ],
)
def test_what_reaches_somebody_is_by_whom_it_is_brought(
    extractor: AttributionExtractor, text: str
) -> None:
    found = {(s.removesuffix("'s").lower(), t.lower()) for s, t in facts(extractor, text)}
    assert found == {("the provost", "the bursar")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At noon the Harbour Board reinstated Pell and censured Tranter, who was abroad.",
            ("the Harbour Board", "Tranter"),
        ),
        (
            "The tribunal found that Ms Bright had been dismissed and censured the school.",
            ("The tribunal", "the school"),
        ),
        (
            "In a suit, brought by the printer, Josef Hahn, Mrs Lisle is accused of theft.",
            ("the printer, Josef Hahn", "Mrs Lisle"),
        ),
    ],
)
def test_a_second_verb_and_a_second_name_are_not_taken_for_parts_of_the_first(
    extractor: AttributionExtractor, text: str, expected: tuple[str, str]
) -> None:
    assert facts(extractor, text) == {expected}


def test_each_of_two_who_are_accused_in_a_clause_of_its_own_stays_there(
    extractor: AttributionExtractor,
) -> None:
    text = "The actor turned on his agent, accusing him of theft and his wife of fraud."
    turned = {a.target.text for a in judged(extractor, text) if a.target and "turn" in a.cue.text}
    assert turned == {"his agent"}


@pytest.mark.parametrize("opening", ["I must protest", "May I protest"])
def test_a_polite_protest_is_a_protest_against_the_whole_party(
    extractor: AttributionExtractor, opening: str
) -> None:
    text = f"Sir, {opening} against the cyclists in Mill Lane, who ride on the pavement."
    assert facts(extractor, text) == {("I", "the cyclists in Mill Lane")}


def test_a_work_that_is_attacked_keeps_the_word_for_it(extractor: AttributionExtractor) -> None:
    text = "His second book, The Long Field, was denounced by the bishop."
    ((speaker, target),) = facts(extractor, text)
    assert (speaker, target.split(",")[0]) == ("the bishop", "His second book")


@pytest.mark.parametrize(
    "text",
    [
        "She was condemned by rheumatism to spend her last years indoors.",
        "The village was condemned by its geography to poverty.",
        "A minister charged with tackling corruption resigned.",
        "The firm was taxed with a levy on sugar.",
        "Counsel put it to the witness that she should sit down.",
        "The chairman put it to the board that it should borrow.",
        "The army's attack on the town was repelled.",
        "He delivered the complaint to the council by hand.",
        "The jury cleared Orr and thanked Lind.",
        "No rebuke was delivered to the bursar by the provost.",
        "The rebuke was never delivered to the bursar by the provost.",
        "The provost is unlikely to be foolish enough to accuse the bursar.",
    ],
)
def test_tasks_fates_proposals_and_what_did_not_happen_accuse_nobody(
    extractor: AttributionExtractor, text: str
) -> None:
    assert facts(extractor, text) == set()
