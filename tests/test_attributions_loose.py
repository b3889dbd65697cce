import pytest

from index.attributions import AttributionExtractor
from tests.attribution_kit import read

LOOSE = [
    ("There was criticism from the curate of the choir's leaders.", ("curate", "leaders")),
    ("There has been an accusation against Hahn from his own cook.", ("cook", "Hahn")),
    ("There is an allegation of bribery against Hahn from two members.", ("members", "Hahn")),
    ("Dr. Hahn responded to the allegation by Ms. Lisle.", ("Lisle", "Hahn")),
    ("There is no truth at all in this accusation against her.", ("", "her")),
    ("There's an accusation against us from somebody called Rudd.", ("Rudd", "us")),
]

WRITTEN = [
    ("The guild put out a condemnation of Hahn last autumn.", ("The guild", "Hahn")),
    ("My uncle has sent a formal complaint against you to the dean.", ("My uncle", "you")),
    ("She posted an attack on the bishop.", ("She", "the bishop")),
    ("He read out a list of complaints against the mill.", ("He", "the mill")),
    ("They handed the dean a complaint against the cook.", ("They", "the cook")),
    ("She came out with an accusation against her cousin.", ("She", "her cousin")),
    ("I've got a complaint against the mill.", ("I", "the mill")),
]

NOT_WRITTEN = [
    "The clerk sent the complaint against Hahn on.",
    "There was criticism from the head of the choir.",
    "There was an accusation against two men from the choir.",
    "She posted an attack warning.",
]


@pytest.mark.parametrize(("text", "pair"), LOOSE)
def test_an_accusation_keeps_who_and_whom_wherever_they_are_hung(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    found = read(extractor, text)
    assert len(found) == 1
    who, whom = next(iter(found))
    assert who.endswith(pair[0]) and whom.endswith(pair[1]) and bool(who) == bool(pair[0])


@pytest.mark.parametrize(("text", "pair"), WRITTEN)
def test_who_writes_or_sends_an_accusation_accuses(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert read(extractor, text) == {pair}


@pytest.mark.parametrize("text", NOT_WRITTEN)
def test_who_passes_an_accusation_on_has_not_made_it(
    extractor: AttributionExtractor, text: str
) -> None:
    assert not any(who for who, _ in read(extractor, text))


SAID = [
    ("There's a guild that's been accusing the mill of that.", ("a guild", "the mill")),
    ("They had no choice but to sue the mill.", ("They", "the mill")),
    ("Hahn blames us, did you see the letter?", ("Hahn", "us")),
    ("It alleges that the dean was warned in May by the cooks.", ("It", "the dean")),
    ("Lisle blamed the trawler owners Hart & Rudd for the loss.", ("Lisle", "Hart & Rudd")),
]

UNSAID = [
    "We will have no choice but to denounce you in the press.",
    "When Hahn blames us, do you listen?",
    "Does Hahn blame us?",
]


@pytest.mark.parametrize(("text", "pair"), SAID)
def test_what_is_said_beside_a_question_or_for_want_of_a_choice_is_said(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    ((who, whom),) = read(extractor, text)
    assert who == pair[0] and whom.endswith(pair[1])


@pytest.mark.parametrize("text", UNSAID)
def test_what_is_asked_or_still_to_come_is_not_said(
    extractor: AttributionExtractor, text: str
) -> None:
    assert read(extractor, text) == set()
