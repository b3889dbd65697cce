import pytest

from index.attributions import AttributionExtractor
from index.types import Document
from tests.attribution_kit import JUDGING


def told(extractor: AttributionExtractor, text: str) -> set[tuple[str, str, bool]]:
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    return {
        (a.speaker.text if a.speaker else "", a.target.text, a.explicit)
        for a in found
        if a.stance in JUDGING and a.target and not a.negated and not a.hypothetical
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Korin said the real villain is the board.", ("Korin", "the board", True)),
        ("The real villain, Korin said, is the board.", ("Korin", "the board", True)),
        ("The delay is down to the contractor, she said.", ("she", "the contractor", True)),
        ("The mess is on the mayor, he said.", ("he", "the mayor", True)),
        ('"That\'s on the mayor," he said.', ("he", "the mayor", True)),
        ('"Shame on the council," said Orr.', ("Orr", "the council", True)),
        ("The panel ruled that the school had failed her.", ("The panel", "the school", False)),
        (
            "She said the ministry had failed to consult the ports.",
            ("She", "the ministry", False),
        ),
        ("Orr says the council forgot to pay the firm.", ("Orr", "the council", False)),
        ("She said her cousin had slashed her tyres.", ("She", "her cousin", False)),
        ("She said the clerk had struck her.", ("She", "the clerk", False)),
        ("The clerk, said Orr, had stolen the ring.", ("Orr", "The clerk", False)),
        ("The firm, alleged the union, had hidden it.", ("the union", "The firm", True)),
        ("The mayor should be ashamed of himself, she said.", ("she", "The mayor", True)),
        ("The council ought to be ashamed, said Orr.", ("Orr", "The council", True)),
        ("The firm bears responsibility for the leak, said Orr.", ("Orr", "The firm", True)),
        ('"You lied to us," Orr told the mayor.', ("Orr", "the mayor", False)),
        ('Orr told the mayor: "You betrayed us."', ("Orr", "the mayor", False)),
        ('"You cheated," Korin said to the vicar.', ("Korin", "the vicar", False)),
    ],
)
def test_blame_that_a_report_puts_on_somebody_is_found(
    extractor: AttributionExtractor, text: str, expected: tuple[str, str, bool]
) -> None:
    assert told(extractor, text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "The lamp is on the mayor, he said.",
        "The book is down to the last page, he said.",
        "The culprit, he said, was not the board.",
        "The council should not be ashamed, said Orr.",
        "The council should be proud, said Orr.",
        "She said the news struck her.",
        "She said the minister bears responsibility for education.",
        "The king, says the tale, ate the goose.",
        "She said the coach failed to win a match.",
        "He said the mayor failed the exam.",
        '"You have to lie down," the nurse told the patient.',
        '"If you lie, you go," Orr told the clerk.',
        '"You lied to us," Orr said.',
    ],
)
def test_nobody_is_blamed_where_a_report_only_sounds_like_it(
    extractor: AttributionExtractor, text: str
) -> None:
    assert not told(extractor, text)
