from collections.abc import Iterable

import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Document, Stance
from tests.attribution_kit import JUDGING


def document(text: str, language: str | None = "en") -> Document:
    return Document("a.txt", text, "", "", language=language)


def pairs(found: Iterable[Attribution], stances: set[Stance] = JUDGING) -> list[tuple[str, str]]:
    return [
        (a.speaker.text if a.speaker else "", a.target.text)
        for a in found
        if a.stance in stances and a.target and a.explicit and not a.negated and not a.hypothetical
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Halvard accused the dredging company of ruining the bay.",
            [("Halvard", "the dredging company")],
        ),
        ("The company was accused by Halvard of ruining the bay.", [("Halvard", "The company")]),
        (
            "The bakers, accused of hoarding flour by the guild, closed.",
            [("the guild", "The bakers")],
        ),
        (
            "The clerk, whom the bakers accuse of spying, said nothing.",
            [("the bakers", "The clerk")],
        ),
        ("Accusing the guild of spying, the bakers walked out.", [("the bakers", "the guild")]),
        (
            "The vote prompted the treasurer to accuse the chairman of fraud.",
            [("the treasurer", "the chairman")],
        ),
        (
            "The treasurer resigned and accused the chairman of fraud.",
            [("The treasurer", "the chairman")],
        ),
        ("The pilot blamed the crash on the mechanics.", [("The pilot", "the mechanics")]),
        ("The pilot blamed the mechanics for the crash.", [("The pilot", "the mechanics")]),
        (
            "Villagers laid the blame for the leak on the quarry's owners.",
            [("Villagers", "the quarry's owners")],
        ),
        (
            "The union pointed the finger at the port director.",
            [("The union", "the port director")],
        ),
        (
            "The sailors hold the admiral responsible for the wreck.",
            [("The sailors", "the admiral")],
        ),
        ("Prosecutors charged the clerk with embezzlement.", [("Prosecutors", "the clerk")]),
        (
            "The senator charged that the agency had lied to farmers.",
            [("The senator", "the agency")],
        ),
        (
            "The farmers allege that the agency falsified the tests.",
            [("The farmers", "the agency")],
        ),
        ("The museum is suing the architect over the roof.", [("The museum", "the architect")]),
        ("Ilves called the governor a liar.", [("Ilves", "the governor")]),
        (
            "The regulator criticised Dace for accusing the board of greed.",
            [("The regulator", "Dace"), ("Dace", "the board")],
        ),
        (
            "Both the army and the rebels were condemned by the envoy.",
            [("the envoy", "the army"), ("the envoy", "the rebels")],
        ),
        (
            "The mayor faces accusations of bribery from two former aides.",
            [("two former aides", "The mayor")],
        ),
        (
            "The envoy's accusation that the rebels burned the mill was repeated.",
            [("The envoy's", "the rebels")],
        ),
        ("The bishop denounced the owners' greed.", [("The bishop", "the owners")]),
        (
            "In a statement accusing Valdria of piracy, the islanders asked for ships.",
            [("the islanders", "Valdria")],
        ),
    ],
)
def test_an_accusation_names_its_speaker_and_its_target(
    extractor: AttributionExtractor, text: str, expected: list[tuple[str, str]]
) -> None:
    found = pairs(extractor.extract(document(text)))
    assert sorted(found) == sorted(
        (speaker.replace("Both ", ""), target) for speaker, target in expected
    )


@pytest.mark.parametrize(
    "text",
    [
        "The steward was charged with steering the club through the winter.",
        "The battery must be charged with care.",
        "Guests are charged with a fee of ten crowns.",
        "The frost is to blame for the delay.",
        "The farmer blamed the frost for the poor harvest.",
        "The driver blamed himself for the delay.",
        "Everybody blames everybody.",
        "The surveyor condemned the barn as unsafe.",
        "The prisoner was condemned to death by the king.",
        "The singer slammed the door.",
        "The storm attacked the coast.",
        "The goalkeeper attacked the ball.",
        "The committee holds the mayor in high regard.",
        "The school is responsible for lunch.",
    ],
)
def test_idioms_and_look_alikes_accuse_nobody(extractor: AttributionExtractor, text: str) -> None:
    assert pairs(extractor.extract(document(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "The minister did not blame the nurses for the delay.",
        "Nobody has accused the nurse of theft.",
        "The board declined to blame the pilot.",
        "The company denied accusing its supplier of fraud.",
        "The report stopped short of accusing the ministers.",
        "Instead of blaming the players, the coach resigned.",
        "Without accusing the clerk, the vicar asked for the key.",
        "The critic rarely condemns the orchestra.",
    ],
)
def test_a_denied_accusation_is_marked_as_negated(
    extractor: AttributionExtractor, text: str
) -> None:
    judged = [a for a in extractor.extract(document(text)) if a.stance in JUDGING]
    assert judged
    assert all(a.negated for a in judged)


@pytest.mark.parametrize(
    "text",
    [
        "If the tenants accuse the agent of fraud, he will resign.",
        "The union may sue the company.",
        "The union threatened to sue the company.",
        "The union is considering suing the company.",
        "The tenants want to accuse the agent of fraud.",
        "Did the tenants accuse the agent of fraud?",
        "Had the tenants accused the agent, the court would have sat.",
        "The envoy accused the king of slandering the queen.",
    ],
)
def test_an_imagined_accusation_is_marked_as_hypothetical(
    extractor: AttributionExtractor, text: str
) -> None:
    judged = [a for a in extractor.extract(document(text)) if a.stance in JUDGING and a.target]
    assert judged
    assert judged[-1].hypothetical


def test_what_follows_from_a_report_stands_beside_it_as_implied(
    extractor: AttributionExtractor,
) -> None:
    found = extractor.extract(document("The contractor lied to the tenants, said Halvard Moss."))
    said = next(a for a in found if a.stance is Stance.SAY)
    implied = next(a for a in found if a.stance is Stance.ACCUSE)
    assert not implied.explicit
    assert implied.cue == said.cue
    assert implied.target is not None
    assert implied.target.text == "The contractor"


def test_a_witness_who_reports_a_crime_accuses_nobody(extractor: AttributionExtractor) -> None:
    found = extractor.extract(document("Thieves robbed the mill on Friday, police said."))
    assert [a.stance for a in found] == [Stance.SAY]


def test_a_denial_names_whose_claim_is_denied(extractor: AttributionExtractor) -> None:
    found = extractor.extract(
        document("The mill rejected the union's claim that it had hidden the report.")
    )
    denial = next(a for a in found if a.stance is Stance.DENY)
    assert denial.speaker is not None
    assert denial.target is not None
    assert (denial.speaker.text, denial.target.text) == ("The mill", "the union")


def test_a_rejected_offer_is_no_denial(extractor: AttributionExtractor) -> None:
    found = extractor.extract(document("The mill rejected the union's offer."))
    assert all(a.stance is not Stance.DENY for a in found)


@pytest.mark.parametrize(
    ("text", "stance", "target"),
    [
        ("The senator urged the president to resign.", Stance.DEMAND, "the president"),
        ("The senator called on the president to resign.", Stance.DEMAND, "the president"),
        ("The coach praised the goalkeeper for her patience.", Stance.PRAISE, "the goalkeeper"),
        ("The captain warned the passengers of rough seas.", Stance.WARN, "the passengers"),
        ("The bank pledged to repay its customers.", Stance.PROMISE, None),
        ("The villagers believe that the dam is safe.", Stance.BELIEVE, None),
    ],
)
def test_every_stance_has_its_cue(
    extractor: AttributionExtractor, text: str, stance: Stance, target: str | None
) -> None:
    found = [a for a in extractor.extract(document(text)) if a.stance is stance]
    assert [a.target.text if a.target else None for a in found] == [target]
    assert found[0].content


def test_an_organisation_is_not_the_person_it_is_named_after(
    extractor: AttributionExtractor,
) -> None:
    text = "Ada Okafor spoke first. The Okafor campaign accused the mayor of fraud."
    accusation = next(a for a in extractor.extract(document(text)) if a.stance is Stance.ACCUSE)
    assert accusation.speaker is not None
    assert accusation.speaker.text == "The Okafor campaign"
    assert accusation.speaker.name is None


def test_names_are_cut_clean_of_markup(extractor: AttributionExtractor) -> None:
    text = "The [harbour board](https://b.example) **accused** [the clerk](c.md) of theft."
    (found,) = [a for a in extractor.extract(document(text)) if a.stance is Stance.ACCUSE]
    assert found.speaker is not None and found.target is not None
    assert found.speaker.name == "The harbour board"
    assert (found.target.text, found.target.name) == ("the clerk", None)
    for span in (found.speaker, found.cue, found.target):
        assert text[span.start : span.end] == span.text


def test_us_is_a_pronoun_and_no_country(extractor: AttributionExtractor) -> None:
    found = extractor.extract(document("The landlord accused us of noise."))
    assert [(a.target.text, a.target.name) for a in found if a.target] == [("us", None)]


def test_the_matter_is_the_content_without_the_target(extractor: AttributionExtractor) -> None:
    [found] = extractor.extract(document("Halvard accused the company of ruining the bay."))
    assert [part.text for part in found.content] == ["ruining the bay"]


def test_another_language_is_not_read(extractor: AttributionExtractor) -> None:
    text = "Halvard accused the company of ruining the bay."
    assert extractor.extract(document(text, language="fr")) == []
    assert extractor.extract(document(text, language=None)) != []


def test_many_documents_give_what_each_gives_alone(extractor: AttributionExtractor) -> None:
    documents = [
        document("Halvard accused the company of lying."),
        document(""),
        document("Il a accusé la société.", language="fr"),
        document("The company denied it. “We never lied,” it said."),
    ]
    assert list(extractor.extract_many(documents)) == [extractor.extract(d) for d in documents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The firm says Rudd stole its plans and accuses two clerks of helping him.",
            [("The firm", "two clerks")],
        ),
        (
            "The firm's lawyers wrote to Lund accusing Berg of sabotage.",
            [("The firm's lawyers", "Berg")],
        ),
        (
            "They show videos of Oskar Lund insulting the queen.",
            [("Oskar Lund", "the queen")],
        ),
        (
            "Oskar Lund told the panel that Ada Berg had lied, and accused Berg of theft.",
            [("Oskar Lund", "Berg")],
        ),
        (
            "PORT SELWYN (Wire) — Vice President Ole Berg accused Lund of treason.",
            [("Vice President Ole Berg", "Lund")],
        ),
    ],
)
def test_the_nearest_name_is_not_always_who_accuses(
    extractor: AttributionExtractor, text: str, expected: list[tuple[str, str]]
) -> None:
    assert pairs(extractor.extract(document(text))) == expected
