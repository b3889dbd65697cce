from collections.abc import Iterable

import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Stance
from tests.attribution_kit import document


def judged(found: Iterable[Attribution]) -> list[Attribution]:
    return [a for a in found if a.stance in (Stance.ACCUSE, Stance.CONDEMN) and a.target]


def pairs(found: Iterable[Attribution], *, explicit: bool = True) -> set[tuple[str, str]]:
    return {
        (a.speaker.text if a.speaker else "", a.target.text if a.target else "")
        for a in judged(found)
        if a.explicit is explicit and not a.negated and not a.hypothetical
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tenants suspect the agent of forging the lease.", ("Tenants", "the agent")),
        ("Berg is suspected by her rivals of cheating.", ("her rivals", "Berg")),
        ("Lind faces a charge of arson brought by the harbour office.", ("the harbour office", "Lind")),
        ("A complaint made against the abbot by two nuns was upheld.", ("two nuns", "the abbot")),
        ("In a suit against the ferry, the widows said that it rusted.", ("the widows", "the ferry")),
        ("The cook has a complaint against the waiter.", ("The cook", "the waiter")),
        ("The guilt lies with the captain, the mate said.", ("the mate", "the captain")),
        ("It was the surveyor's fault, said Orr.", ("Orr", "the surveyor")),
        ("The inquest found the railway at fault.", ("The inquest", "the railway")),
        ("The panel singled out the bursar for blame.", ("The panel", "the bursar")),
        ("The heirs began proceedings against the notary.", ("The heirs", "the notary")),
        ("Leaving early, Mr Orr accused Ms Lind of fraud.", ("Mr Orr", "Ms Lind")),
        ("The dean rounded on the editor.", ("The dean", "the editor")),
    ],
)  # fmt: skip
def test_blame_is_found_however_it_is_put(
    extractor: AttributionExtractor, text: str, expected: tuple[str, str]
) -> None:
    assert expected in pairs(extractor.extract(document(text)))


def test_a_suit_and_the_participle_that_brings_it_are_one_accusation(
    extractor: AttributionExtractor,
) -> None:
    text = "A lawsuit filed by the growers against Orme Mills names two others."
    found = judged(extractor.extract(document(text)))
    assert [(a.speaker and a.speaker.text, a.target and a.target.text) for a in found] == [
        ("the growers", "Orme Mills")
    ]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("She accused Brandt of theft, and Berg the treasurer of fraud.", "Berg"),
        ("She accused Brandt of theft and, in a second letter, Roth of fraud.", "Roth"),
    ],
)
def test_a_verb_left_out_accuses_a_second_party(
    extractor: AttributionExtractor, text: str, second: str
) -> None:
    assert pairs(extractor.extract(document(text))) == {("She", "Brandt"), ("She", second)}


@pytest.mark.parametrize(
    "text",
    [
        "The porter complains of his knees.",
        "The guests complained of the cold.",
        "He slams his gate.",
        "She prosecuted these campaigns from a basement.",
        "The judge charged the jury for an hour.",
        "The union suspects a plot.",
        "The cashier said that the clerk was not to blame.",
        "She turned on the radio.",
        "Holm wrote that the responsibility for training rests with the schools.",
    ],
)
def test_an_ache_a_gate_a_duty_and_a_radio_are_not_accused(
    extractor: AttributionExtractor, text: str
) -> None:
    assert not pairs(extractor.extract(document(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fire was caused by the landlord's neglect, Ms Orr said.", ("Ms Orr", "the landlord")),
        ("Quill told a local paper that the board had buried it.", ("Quill", "the board")),
        ("She maintained to the last day of her life that Lind had robbed her.", ("She", "Lind")),
        ("Both say that the abbot ordered them to shred the rolls.", ("Both", "the abbot")),
        ("The port let the grain rot, he said.", ("he", "The port")),
        ("The dean says that I forged the list.", ("The dean", "I")),
        ("We heard from drivers that the depot dumped the oil.", ("drivers", "the depot")),
    ],
)
def test_a_wrong_done_by_somebody_implies_an_accusation(
    extractor: AttributionExtractor, text: str, expected: tuple[str, str]
) -> None:
    assert pairs(extractor.extract(document(text)), explicit=False) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "“I stole the bell,” said Lind.",
        "I said that I had forged it.",
        "The clerk said that the bank had not lied.",
        "The clerk said that the bank might have lied.",
    ],
)
def test_who_confesses_and_what_is_not_asserted_implies_nothing(
    extractor: AttributionExtractor, text: str
) -> None:
    assert not judged(extractor.extract(document(text)))


def test_a_claim_repeated_belongs_to_who_repeats_it(extractor: AttributionExtractor) -> None:
    text = "Ms Orr repeated her claim that Lind had forged the deed."
    assert pairs(extractor.extract(document(text))) == {("Ms Orr", "Lind")}


def test_the_subject_of_what_is_said_is_not_who_says_it(extractor: AttributionExtractor) -> None:
    text = "Marta Holm spoke next. The bursar, Crispin Orr, had sold the bell, she said."
    said = next(a for a in extractor.extract(document(text)) if a.cue.text == "said")
    assert said.speaker is not None
    assert said.speaker.name == "Marta Holm"
