import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Document
from tests.attribution_kit import JUDGING


def judged(extractor: AttributionExtractor, text: str) -> list[Attribution]:
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    return [a for a in found if a.stance in JUDGING and a.target]


def pairs(found: list[Attribution], *, explicit: bool = True) -> set[tuple[str, str]]:
    return {
        (a.speaker.text if a.speaker else "", a.target.text)
        for a in found
        if a.target and a.explicit is explicit and not a.negated and not a.hypothetical
    }


UNION = ("The teachers' union", "the ministry")

VERBS = [
    "slated", "rubbished", "savaged", "sniped at", "lashed out at", "fired back at", "rounded on",
    "took a swipe at", "took a dim view of", "heaped scorn on", "filed a complaint against",
    "launched a tirade against", "launched a scathing attack on", "gave a dressing-down to",
    "cast doubt on the honesty of", "took issue with", "hauled over the coals",
]  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_a_phrase_of_disapproval_has_its_speaker_and_target(
    extractor: AttributionExtractor, verb: str
) -> None:
    text = f"The teachers' union {verb} the ministry over the delay."
    if verb.startswith("hauled"):
        text = "The teachers' union hauled the ministry over the coals."
    assert pairs(judged(extractor, text)) == {UNION}


FACTS = [
    ("The regulator fined the firm £2m for misleading customers.", ("The regulator", "the firm")),
    ("The firm was cited by the county for dumping waste.", ("the county", "The firm")),
    ("River Watch has reported three farms to the agency.", ("River Watch", "three farms")),
    ("Police arrested the captain on suspicion of fraud.", ("Police", "the captain")),
    ("The bishop questioned the mayor's honesty.", ("The bishop", "the mayor")),
    ("Ms Moss described the conduct of the board as shameful.", ("Ms Moss", "the board")),
    ("Ms Moss called the two brothers dishonest.", ("Ms Moss", "the two brothers")),
    ("Ms Moss called the clerk, Sue Platt, a fraud.", ("Ms Moss", "the clerk, Sue Platt")),
    ("The firm was accused of lying by villagers.", ("villagers", "The firm")),
    ("The firm was held responsible for the leak by villagers.", ("villagers", "The firm")),
    ("The firm was on Tuesday accused of theft by villagers.", ("villagers", "The firm")),
    ("The firm was in a letter to the court accused of theft by Orr.", ("Orr", "The firm")),
    ("The clerk read out an allegation by Orr against the firm.", ("Orr", "the firm")),
    ("Claire Wye, prosecuting, alleged that Orr took the money.", ("Claire Wye", "Orr")),
    ("The mayor has come in for criticism from farmers.", ("farmers", "The mayor")),
    ("Orr's attack on the board was unfair.", ("Orr's", "the board")),
    ("The council has drawn fire for its handling of the storm.", ("", "The council")),
    ("Mayor Finn blamed the firm, not the union.", ("Mayor Finn", "the firm")),
    ("The union decried the cuts, not the headmaster.", ("The union", "the cuts")),
    ("Orr has no money left and rebuked the treasurer.", ("Orr", "the treasurer")),
    ("Orr said the claim was absurd and accused the treasurer of theft.", ("Orr", "the treasurer")),
    ("It is the bank that Orr considers responsible.", ("Orr", "the bank")),
    ("We do, however, hold the treasurer responsible.", ("We", "the treasurer")),
    ("Mr and Mrs Hale accused the firm of theft.", ("Mr and Mrs Hale", "the firm")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pair"), FACTS)
def test_who_accuses_whom_in_plain_news(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert pairs(judged(extractor, text)) == {pair}


def test_every_source_of_criticism_is_found(extractor: AttributionExtractor) -> None:
    text = "Both firms have drawn criticism from customers and from the bakers' guild."
    assert pairs(judged(extractor, text)) == {
        ("customers", "Both firms"),
        ("the bakers' guild", "Both firms"),
    }


def test_a_verb_left_out_is_read_again(extractor: AttributionExtractor) -> None:
    found = judged(extractor, "The union blames the firm; the firm, the council.")
    assert pairs(found) == {("The union", "the firm"), ("the firm", "the council")}


HEADLINES = [
    ("Mayor accused of lying over bridge", ("", "Mayor")),
    ("Developer slammed by campaigners over felled oaks", ("campaigners", "Developer")),
    ("Town council under fire from parents over the sale", ("parents", "Town council")),
]


@pytest.mark.parametrize(("text", "pair"), HEADLINES)
def test_a_headline_leaves_out_the_auxiliary(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert pairs(judged(extractor, text)) == {pair}


NOBODY = [
    "The two candidates accused each other of cheating.",
    "Officer Lunn was cited for bravery.",
    "The court cited an earlier case.",
    "Police questioned two men about a key.",
    "The rebels' attack on the town killed nine.",
    "The house had been condemned as unfit by an inspector.",
    "A body should be made responsible for the register.",
    "The team was slammed into by a lorry.",
    "The army came under fire at dawn.",
    "The council has received three complaints this year.",
    "You have to blame the minister.",
    "The mayor told the crowd off the record.",
    "He ticked off the items on the list.",
    "She took aim at the target.",
    "The library is slated for closure.",
    "He called his wife an angel.",
    "At no time did the firm say that Orr was to blame.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_a_look_alike_accuses_nobody(extractor: AttributionExtractor, text: str) -> None:
    assert pairs(judged(extractor, text)) == set()


WRONGS = [
    ("The log was altered by a foreman, Orr said.", "a foreman"),
    ("Orr said guards had taken away the passports.", "guards"),
    ("The field was sold by the mayor without permission, Orr said.", "the mayor"),
    ("Orr said the board had deliberately kept the report back.", "the board"),
    ("The walls were painted by Quill to hide the mould, Orr said.", "Quill"),
    ("Orr said the inspector passed the road in return for a dinner.", "the inspector"),
    ("Orr said the clerk was dishonest.", "the clerk"),
    ("The board is to blame, in Orr's view.", "The board"),
]


@pytest.mark.parametrize(("text", "target"), WRONGS)
def test_a_wrong_that_somebody_tells_of_is_an_accusation(
    extractor: AttributionExtractor, text: str, target: str
) -> None:
    found = judged(extractor, text)
    assert {a.target.text for a in found if a.target} == {target}


NO_WRONGS = [
    "The heating was repaired by volunteers, Orr said.",
    "The tree was felled by a storm, Orr said.",
    "The road was cut off by snow, Orr said.",
    "The lights were switched off by a timer, Orr said.",
    "The door was locked by the caretaker at ten, Orr said.",
    "The cup was taken by Rovers, Orr said.",
    "Orr said the guests left without a word.",
    "Orr said she took the train without paying attention.",
    "Orr said they live here illegally.",
]


@pytest.mark.parametrize("text", NO_WRONGS)
def test_a_deed_that_is_no_wrong_accuses_nobody(extractor: AttributionExtractor, text: str) -> None:
    assert judged(extractor, text) == []
