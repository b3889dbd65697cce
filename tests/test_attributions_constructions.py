from collections.abc import Iterable

import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution
from tests.attribution_kit import JUDGING, document


def judged(found: Iterable[Attribution]) -> list[Attribution]:
    return [a for a in found if a.stance in JUDGING and a.target]


def facts(found: Iterable[Attribution]) -> set[tuple[str, str]]:
    return {
        (a.speaker.text if a.speaker else "", a.target.text)
        for a in judged(found)
        if a.target and a.explicit and not a.negated and not a.hypothetical
    }


CLEFTS = [
    (
        "It was the verger, a man with a passion for bees, who blamed the curate.",
        {("the verger", "the curate")},
    ),
    (
        "It was Ilse Brandt, speaking outside the mill, who accused the owners of theft.",
        {("Ilse Brandt", "the owners")},
    ),
    (
        "It is the tenants above the bakery who accuse the landlord of arson.",
        {("the tenants", "the landlord")},
    ),
    (
        "The one we blame is Conrad Yates, who signed the lease.",
        {("we", "Conrad Yates")},
    ),
    (
        "The man she accuses of theft is Anton Reiss, the former purser.",
        {("she", "Anton Reiss")},
    ),
    (
        "The person I hold responsible is the warden.",
        {("I", "the warden")},
    ),
]

CLEFTS += [
    (
        "It was a slip of the clerk who accused the nurse of theft.",
        {("the clerk", "the nurse")},
    ),
    (
        "It was the speech of a minister who blamed the bakers for the riot.",
        {("a minister", "the bakers")},
    ),
    (
        "It was a bad day for the surgeon who had accused the matron of neglect.",
        {("the surgeon", "the matron")},
    ),
]

GAPPING = [
    (
        "Orr accused Lind of fraud, Berg of theft and Holm of perjury.",
        {("Orr", "Lind"), ("Orr", "Berg"), ("Orr", "Holm")},
    ),
    (
        "The nurses blamed the trust for the delays and the minister for the cuts.",
        {("The nurses", "the trust"), ("The nurses", "the minister")},
    ),
    (
        "The diver accuses the captain of cowardice and the mate of drunkenness.",
        {("The diver", "the captain"), ("The diver", "the mate")},
    ),
    (
        "He blamed the bank, and with it the regulator, for the loss.",
        {("He", "the bank"), ("He", "the regulator")},
    ),
]

APPOSITIONS = [
    (
        "Two former porters, Amir Haddad and Joan Frost, accused the hotel of fraud.",
        {("Amir Haddad", "the hotel"), ("Joan Frost", "the hotel")},
    ),
    (
        "The coach blamed two players, Leo Marsh and Ivan Petrov, for the defeat.",
        {("The coach", "Leo Marsh"), ("The coach", "Ivan Petrov")},
    ),
    (
        "Three nuns, Sister Agnes, Sister Ruth and Sister Clare, sued the bishop.",
        {("Sister Agnes", "the bishop"), ("Sister Ruth", "the bishop")}
        | {("Sister Clare", "the bishop")},
    ),
    (
        "The brewer accused a retired clerk named Oskar Lund of theft.",
        {("The brewer", "a retired clerk named Oskar Lund")},
    ),
    (
        "A carter called Piet Molenaar accused the miller of fraud.",
        {("A carter called Piet Molenaar", "the miller")},
    ),
    (
        "Blamed by a lodger named Ada Finch for the fire, the landlord left town.",
        {("a lodger named Ada Finch", "the landlord")},
    ),
]

HELD_RESPONSIBLE = [
    (
        "The jury holds works manager Erik Lund personally responsible.",
        {("The jury", "works manager Erik Lund")},
    ),
    (
        "The widow holds the surgeon, Dr Paul Kemp, liable for her loss.",
        {("The widow", "the surgeon, Dr Paul Kemp")},
    ),
    (
        "He held the caretaker, one Piet Lang, accountable for the fire.",
        {("He", "the caretaker, one Piet Lang")},
    ),
]

SHARED_SUBJECTS = [
    (
        "The minister dismissed that as gossip and in turn accused the bank of fraud.",
        {("The minister", "the bank")},
    ),
    (
        "Ruiz waved it away as nonsense and in turn blamed the drivers.",
        {("Ruiz", "the drivers")},
    ),
    (
        "The abbot laughed at the report and then, after a pause, accused the sexton of theft.",
        {("The abbot", "the sexton")},
    ),
    (
        "The day ended in anger, with the union's leader, Jo Marr, accusing the port of fraud.",
        {("the union's leader, Jo Marr", "the port")},
    ),
    (
        "It was a rough night, with farmers blaming the ministry for the flood.",
        {("farmers", "the ministry")},
    ),
    (
        "The talks collapsed, with the envoy, Ana Sol, accusing the rebels of arson.",
        {("the envoy, Ana Sol", "the rebels")},
    ),
    (
        "Lena Voss, tired and furious, blames the council.",
        {("Lena Voss", "the council")},
    ),
    (
        "I am told, my friends, that I am accused by the vicar of theft.",
        {("the vicar", "I")},
    ),
]

OTHER_WORDINGS = [
    ("The skipper put the collision down to the pilot.", {("The skipper", "the pilot")}),
    ("The crew put the fire down to the cook.", {("The crew", "the cook")}),
    ("Both put the failure down to the lender.", {("Both", "the lender")}),
    ("They hold him to blame for the loss.", {("They", "him")}),
    ("The farmer holds the railway at fault for the fire.", {("The farmer", "the railway")}),
    ("The nuns hold the builder to blame for the crack.", {("The nuns", "the builder")}),
    (
        "Pratt is alleged by the neighbours to have poisoned the cat.",
        {("the neighbours", "Pratt")},
    ),
    (
        "The clerk was alleged by two tellers to have forged a cheque.",
        {("two tellers", "The clerk")},
    ),
    ("Kerr found himself accused of theft by his pupils.", {("his pupils", "Kerr")}),
    ("The abbess found herself sued by the baker.", {("the baker", "The abbess")}),
    ("The mayor found himself blamed by the farmers.", {("the farmers", "The mayor")}),
    ("Finch called the firm's chairman a bully.", {("Finch", "the firm's chairman")}),
    ("The clerk is blaming me on the radio.", {("The clerk", "me")}),
    ("She blames him on her blog.", {("She", "him")}),
    ("They blame us on every poster.", {("They", "us")}),
    ("She reported the cashier to the bank for theft.", {("She", "the cashier")}),
    ("The cook reported him to the police as a thief.", {("The cook", "him")}),
    (
        "The tutor reported two students to the dean for cheating.",
        {("The tutor", "two students")},
    ),
    ("The police charged Pelham in May.", {("The police", "Pelham")}),
    ("The couple were charged in June with fraud.", {("", "The couple")}),
    ("I charge the bishop with vanity.", {("I", "the bishop")}),
    ("Doctors attribute the outbreak to the brewery.", {("Doctors", "the brewery")}),
    ("The tenants attribute the illness to the landlord.", {("The tenants", "the landlord")}),
    ("The pilots attribute the crash to the airline.", {("The pilots", "the airline")}),
    ("I repeat my charge against the deacon.", {("I", "the deacon")}),
    ("We stand by our accusation against the mayor.", {("We", "the mayor")}),
    (
        "A complaint by a nurse against the surgeon was upheld.",
        {("a nurse", "the surgeon")},
    ),
    (
        "An accusation by the crew against the captain was read out.",
        {("the crew", "the captain")},
    ),
    ("The port, blamed by both for the spill, said nothing.", {("both", "The port")}),
    ("He alleges that I forged the will.", {("He", "I")}),
    ("The widow alleges that we stole the ring.", {("The widow", "we")}),
    ("I resent the mayor's allegation that I lied.", {("the mayor's", "I")}),
    ("We all blame @HarbourTrust for this mess.", {("We", "@HarbourTrust")}),
    ("Let me accuse the bishop of greed.", {("me", "the bishop")}),
    ("Let me also blame the governors, who slept.", {("me", "the governors")}),
    (
        "On Friday Nigel Orr rang the volunteers and accused the vicar of theft.",
        {("Nigel Orr", "the vicar")},
    ),
    ("In March Lowe accused Lind of theft.", {("Lowe", "Lind")}),
    ('He turned on the county board: "They sold it."', {("He", "the county board")}),
    ("The firm is under fire for the smell.", {("", "The firm")}),
    ("Lind reserved his harshest words for the mayor.", {("Lind", "the mayor")}),
    ("The bishop issued a rebuke to the priest.", {("The bishop", "the priest")}),
    ("The trustee took exception to the chair's tone.", {("The trustee", "the chair")}),
    ("Lind dismissed the mayor as a liar.", {("Lind", "the mayor")}),
    ("Lind described the council as a bunch of cowards.", {("Lind", "the council")}),
    ("The union blames the slump on the board's decisions.", {("The union", "the board")}),
    ("The coach put the defeat down to his keeper's mistakes.", {("The coach", "his keeper")}),
    ("The minister said the strike was the fault of the union.", {("The minister", "the union")}),
    ("Neighbours complained that the pub was serving at night.", {("Neighbours", "the pub")}),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    CLEFTS + GAPPING + APPOSITIONS + HELD_RESPONSIBLE + SHARED_SUBJECTS + OTHER_WORDINGS,
)
def test_parties_are_found_in_every_construction(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert facts(extractor.extract(document(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nothing has stopped the singer from accusing the label of fraud.",
        "The ban did not stop the miners from blaming the owners.",
        "The judge did not hesitate to accuse the clerk of theft.",
        "The abbot never fails to blame the cellarer.",
        "The tutor did not blame the boys, and later accused the porter of theft.",
    ],
)
def test_what_was_not_prevented_was_done(extractor: AttributionExtractor, text: str) -> None:
    assert any(
        not a.negated and not a.hypothetical for a in judged(extractor.extract(document(text)))
    )


@pytest.mark.parametrize(
    "text",
    [
        "The lawyer stopped the singer from accusing the label of fraud.",
        "A gag order prevented the miners from blaming the owners.",
        "He holds no office that allows him to accuse the king of treason.",
        "There is no paper that accuses the bank of fraud.",
        "No witness who blamed the driver was heard.",
        "The judge hesitated to accuse the clerk of theft.",
    ],
)
def test_what_was_prevented_is_no_fact(extractor: AttributionExtractor, text: str) -> None:
    assert not facts(extractor.extract(document(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Everyone blames a stranger.",
        "Everybody has accused everybody else.",
        "The editor called the plan a mistake and condemned it.",
        "The envoy read the treaty and denounced it.",
        "The pilot blamed some of the delay on the fog.",
        "The sergeant was charged with reuniting the children with their parents.",
        "She reported the theft to the police.",
        "He reported the results to the board for approval.",
        "The team attributes its success to the coach.",
        "She puts her good health down to the doctor.",
        "The crew put the fire down to the heat.",
        "He turned on the radio.",
        "Lind blamed the fall on his mother's illness.",
        "The farmer complained that his neighbour was ill.",
        "The soldiers came under fire from the hill.",
        "He kept his last words for the dog.",
        "He had a go at the crossword.",
    ],
)
def test_nobody_in_particular_and_no_wrong_is_no_accusation(
    extractor: AttributionExtractor, text: str
) -> None:
    assert not facts(extractor.extract(document(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The clerk said that the firm had faked the receipts.", ("The clerk", "the firm")),
        ("Her brother says the bank had fleeced their mother.", ("Her brother", "the bank")),
        ("The union says managers shredded the records.", ("The union", "managers")),
    ],
)
def test_a_wrong_that_somebody_reports_implies_an_accusation(
    extractor: AttributionExtractor, text: str, expected: tuple[str, str]
) -> None:
    found = judged(extractor.extract(document(text)))
    parties = [(a.speaker and a.speaker.text, a.target and a.target.text) for a in found]
    assert parties == [expected]
    assert not found[0].explicit
