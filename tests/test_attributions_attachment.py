import pytest

from index.attributions import AttributionExtractor
from index.types import Stance
from tests.attribution_kit import JUDGING, document, facts

LATE_AGENTS = [
    (
        "The ferry line was faulted for last month's engine fire by the Guild of Pilots.",
        {("the Guild of Pilots", "The ferry line")},
    ),
    (
        "Mrs Aldous was blamed for what befell the choir by the parish council.",
        {("the parish council", "Mrs Aldous")},
    ),
    (
        "The warden was rebuked for the loss of the keys by them.",
        {("them", "The warden")},
    ),
    (
        "The abbey was accused by three of the masons of withholding pay.",
        {("three of the masons", "The abbey")},
    ),
    (
        "The steward was suspected by the League of Orn Brewers of watering the ale.",
        {("the League of Orn Brewers", "The steward")},
    ),
]

OTHER_BYS = [
    ("The bishop was criticised for a decision by the synod.", {("", "The bishop")}),
    ("The captain was blamed for wounds inflicted by pirates.", {("", "The captain")}),
    ("The firm was blamed for what was done by the divers.", {("", "The firm")}),
    ("The mason was criticised for what he had built by the lake.", {("", "The mason")}),
    ("The cook was blamed for murder by poison.", {("", "The cook")}),
    ("The cook was rebuked for the delay by management.", {("management", "The cook")}),
]


@pytest.mark.parametrize(("text", "expected"), LATE_AGENTS + OTHER_BYS)
def test_the_agent_of_a_passive_may_stand_behind_what_it_is_for(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor.extract(document(text))) == expected


def test_the_matter_behind_an_agent_is_not_part_of_the_agent(
    extractor: AttributionExtractor,
) -> None:
    text = "The club was accused by the head of the league of bribery."
    found = [a for a in extractor.extract(document(text)) if a.stance is Stance.ACCUSE]
    assert [c.text for a in found for c in a.content] == ["bribery"]


JOINED = [
    (
        "The abbot said the scheme was hopeless and later accused the diocese of theft.",
        {("The abbot", "the diocese")},
    ),
    (
        "The dockers said the offer was late and singled out Karla Benn for criticism.",
        {("The dockers", "Karla Benn")},
    ),
    (
        "The actress said the tour was over and publicly took the manager to task for his greed.",
        {("The actress", "the manager")},
    ),
    (
        "The keeper said the lamp was too dim and already rounded on the harbour board.",
        {("The keeper", "the harbour board")},
    ),
    (
        "Both guilds said the ballot was void and held the clerk responsible for the muddle.",
        {("Both guilds", "the clerk")},
    ),
    (
        "The keeper said the lamp was dim and publicly put the blame for it on the chandler.",
        {("The keeper", "the chandler")},
    ),
    (
        "The guild said the offer was late and sharply called the broker, Emil Kent, a liar.",
        {("The guild", "the broker, Emil Kent")},
    ),
    (
        "The keeper said the lamp was dim and again denounced the chandler for his prices.",
        {("The keeper", "the chandler")},
    ),
]

NOT_JOINED = [
    ("The abbot said the scheme was hopeless and condemned by the diocese.", "The abbot"),
    ("The keeper said the stove was cracked and put lives at risk.", "The keeper"),
]


@pytest.mark.parametrize(("text", "expected"), JOINED)
def test_who_reports_what_a_thing_was_is_who_accuses_after_and(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor.extract(document(text))) == expected


@pytest.mark.parametrize(("text", "speaker"), NOT_JOINED)
def test_what_is_reported_of_a_thing_stays_reported(
    extractor: AttributionExtractor, text: str, speaker: str
) -> None:
    found = facts(extractor.extract(document(text)))
    assert not {pair for pair in found if pair[0] == speaker}


RELATIVES = [
    (
        "Parents at the mill school who accused the beadle of cruelty were turned away.",
        {("Parents at the mill school", "the beadle")},
    ),
    (
        "An envoy of the brewery, who blamed the excise men for the shortage, withdrew.",
        {("An envoy of the brewery", "the excise men")},
    ),
    (
        "The Guild of Orn Weavers, who criticised the dyers for the delay, met on Friday.",
        {("The Guild of Orn Weavers", "the dyers")},
    ),
    (
        "Talking to friends in Westham, Holger Lund, who blamed the trustees for it, wept.",
        {("Holger Lund", "the trustees")},
    ),
    (
        "A nephew of the clerk who accused the vicar of theft was there.",
        {("the clerk", "the vicar")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), RELATIVES)
def test_who_is_a_person_before_it_is_a_body_or_a_place(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor.extract(document(text))) == expected


SUBJECTS = [
    (
        "Three aldermen, among them Tobias Krug, openly blamed the toll keepers for the delay.",
        {("Three aldermen", "the toll keepers")},
    ),
    (
        "Within hours Jan Soll, the mayor of Westham, has rounded on the coal board for the delay.",
        {("Jan Soll", "the coal board")},
    ),
    (
        "The former oarsman Lukas Brandt walked out, angrily attacking the coach over the defeat.",
        {("The former oarsman Lukas Brandt", "the coach")},
    ),
    (
        "The nurse alleged that one of the surgeons had forged the notes.",
        {("The nurse", "one of the surgeons")},
    ),
    ("The nurse alleged that one could forge the notes.", set()),
    ("On Boxing Day the miners accused the owners of theft.", {("the miners", "the owners")}),
    (
        "The play was stopped after several stagehands made allegations against the players.",
        {("several stagehands", "the players")},
    ),
    (
        "The play was stopped after the head of the chorus, Emil Kent, blamed the conductor.",
        {("the head of the chorus", "the conductor")},
    ),
    (
        "The abbot rose and then, before the sermon, accused the sexton of theft.",
        {("The abbot", "the sexton")},
    ),
    ("After several stagehands quarrelled, blamed the cast and left.", set()),
]


@pytest.mark.parametrize(("text", "expected"), SUBJECTS)
def test_what_stands_behind_a_party_does_not_take_its_place(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor.extract(document(text))) == expected


BLAME_LAID = [
    (
        "Grocers blamed what befell the hens on the dairy board of Orn.",
        {("Grocers", "the dairy board of Orn")},
    ),
    ("Grocers blamed what they heard on the wireless.", set()),
    (
        "They put the blame for what befell the choir on the verger's deputies.",
        {("They", "the verger's deputies")},
    ),
    (
        "With the harvest in, Tilda Moss had put the blame for the loss of the barn on Jarrow.",
        {("Tilda Moss", "Jarrow")},
    ),
    (
        "They put the blame for last month's gas leak on the foreman on Sunday.",
        {("They", "the foreman")},
    ),
    (
        "The matron voiced criticism of the two masons ahead of the feast.",
        {("The matron", "the two masons")},
    ),
    (
        "The curate repeatedly held one of the ushers responsible for the muddle.",
        {("The curate", "one of the ushers")},
    ),
    ("The curate held talks with one of the ushers responsible for the pews.", set()),
    (
        "The grocer called her lodgers a shambles when the rent fell due.",
        set(),
    ),
    (
        "Sharply, the provost called Bursar Emil Kent a liar ahead of the vote.",
        {("the provost", "Bursar Emil Kent")},
    ),
    (
        "The steward has later put the blame for the delay on them, according to the log.",
        {("The steward", "them")},
    ),
    (
        "Critics found fault with the organist in a letter to the dean.",
        {("Critics", "the organist")},
    ),
    (
        "The other side was later criticised by the mayor of Orn, Jan Soll, for the delay.",
        {("the mayor of Orn", "The other side")},
    ),
    (
        "The guild reported that grooms had called the stable's owner, Emil Kent, a cheat.",
        {("grooms", "the stable's owner, Emil Kent")},
    ),
    (
        "The actress put the blame for the defeat on the prompter in a letter to friends.",
        {("The actress", "the prompter")},
    ),
    (
        "The squire held the council of the borough responsible for the flood.",
        {("The squire", "the council of the borough")},
    ),
    (
        "The tenor in turn called the theatre's owner, Emil Kent, a liar.",
        {("The tenor", "the theatre's owner, Emil Kent")},
    ),
    (
        "The tenor has called one of the dancers a liar.",
        {("The tenor", "one of the dancers")},
    ),
    ("The tenor called the broker, a friend of the thief.", set()),
]


@pytest.mark.parametrize(("text", "expected"), BLAME_LAID)
def test_blame_is_laid_on_who_the_last_words_lead_to(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor.extract(document(text))) == expected


@pytest.mark.parametrize(
    ("text", "target", "content"),
    [
        (
            "The guild pointed the finger at his old partner Emil Kent for the burst dam on Monday.",
            "his old partner Emil Kent",
            "the burst dam on Monday",
        ),
        (
            "Diners were blamed for the state of the kitchen by cooks at the inn.",
            "Diners",
            "the state of the kitchen",
        ),
        (
            "The guild singled out the ferryman for criticism.",
            "the ferryman",
            None,
        ),
    ],
)
def test_a_target_ends_where_the_matter_begins(
    extractor: AttributionExtractor, text: str, target: str, content: str | None
) -> None:
    found = next(a for a in extractor.extract(document(text)) if a.stance in JUDGING)
    assert found.target is not None
    assert found.target.text == target
    assert content is None or [c.text for c in found.content] == [content]


CHARGES = [
    (
        "The sexton has charged the dean and his deputies with a cover-up.",
        {("The sexton", "the dean"), ("The sexton", "his deputies")},
    ),
    (
        "The dean was charged by the sexton's lawyer with breaking his word.",
        {("the sexton's lawyer", "The dean")},
    ),
    ("The dean was charged by the bishop with running the school.", set()),
    ("The dean was charged by the bishop with the care of the roof.", set()),
]


@pytest.mark.parametrize(("text", "expected"), CHARGES)
def test_one_is_charged_with_a_wrong_and_not_with_a_task(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor.extract(document(text))) == expected


RELATIVES_OF_BODIES = [
    (
        "The board of the abattoir, whom Jan Soll has blamed for the smell, met on Friday.",
        {("Jan Soll", "The board of the abattoir")},
    ),
    (
        "Waiters at the hotel, who criticised the porters for the noise, Ann Orr said, left.",
        {("Waiters at the hotel", "the porters")},
    ),
    (
        "Then two of the nurses, who sued the mine for negligence, fell ill.",
        {("two of the nurses", "the mine")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), RELATIVES_OF_BODIES)
def test_a_body_is_who_before_what_it_is_of_or_is(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor.extract(document(text))) == expected


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("She accused Hands Off St Alban's of frightening the anglers.", "Hands Off St Alban's"),
        ("The ministry blamed Mothers Against Mines for the row.", "Mothers Against Mines"),
        ("The guild accused Ida Moss off the record.", "Ida Moss"),
    ],
)
def test_a_name_that_is_a_slogan_keeps_its_little_words(
    extractor: AttributionExtractor, sentence: str, target: str
) -> None:
    assert target in {a.target.text for a in extractor.extract(document(sentence)) if a.target}
