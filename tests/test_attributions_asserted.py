from collections.abc import Iterable

import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Document, Stance


def judged(extractor: AttributionExtractor, text: str) -> list[Attribution]:
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    return [a for a in found if a.stance in (Stance.ACCUSE, Stance.CONDEMN) and a.target]


def facts(found: Iterable[Attribution]) -> set[tuple[str | None, str]]:
    return {
        (a.speaker.text if a.speaker else None, a.target.text)
        for a in found
        if a.target and a.explicit and not a.negated and not a.hypothetical
    }


@pytest.mark.parametrize(
    "text",
    [
        "The report that Nora Falk accused Ben Quist is untrue.",
        "The rumour that Nora Falk accused Ben Quist of theft proved baseless.",
        "The story that the bakers had blamed the council is a lie.",
        "It is not the case that the bakers blamed the council for the fire.",
        "That the bakers blamed the council is simply not true.",
        "It has been falsely reported that the bakers accused the miller of theft.",
        "Nora Falk was wrongly quoted as accusing Ben Quist of theft.",
        "Nora Falk was misquoted as accusing Ben Quist of theft.",
        "Nora Falk was reported to have accused Ben Quist of theft, but she had not.",
        "Some say that the bakers accused the miller of theft. They did not.",
        "Nora Falk almost accused Ben Quist of theft.",
        "Nora Falk all but accused Ben Quist of theft.",
        "Nora Falk came close to accusing Ben Quist of theft.",
        "Nora Falk was acquitted of accusing Ben Quist falsely.",
        "The headline “Baker accuses miller of theft” was wrong.",
        "The Gazette retracted its story that Nora Falk accused Ben Quist of theft.",
        "The story about the baker accusing the miller is false.",
        "There is not a word of truth in the report that Nora Falk accused Ben Quist.",
        "Nora Falk was found not guilty of fraud by the court.",
        "It was not Nora Falk who accused Ben Quist of theft.",
    ],
)
def test_what_the_text_denies_is_negated(extractor: AttributionExtractor, text: str) -> None:
    found = judged(extractor, text)
    assert found
    assert all(a.negated for a in found)


@pytest.mark.parametrize(
    "text",
    [
        "Only a fool would say that Nora Falk accused Ben Quist of theft.",
        "To say that Nora Falk accused the firm is nonsense.",
        "It would be wrong to say that the bakers blamed the council.",
        "In the play, Nora Falk accuses Ben Quist of theft.",
        "In a dream, Nora Falk accused Ben Quist of theft.",
        "The film shows Nora Falk accusing Ben Quist of theft.",
        "The play, in which Nora Falk accuses Ben Quist, opened on Monday.",
        "The film is about a baker who accuses a miller of murder.",
        "At the end of the opera, the baker accuses the miller of murder.",
        "Ask Nora Falk, not me, who accused Ben Quist.",
        "Find out who accused Ben Quist of theft.",
    ],
)
def test_what_is_supposed_staged_or_asked_is_hypothetical(
    extractor: AttributionExtractor, text: str
) -> None:
    found = judged(extractor, text)
    assert found
    assert all(a.hypothetical for a in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bakers accused the firm and said its report was false.", ("The bakers", "the firm")),
        ("It is wrong that the bakers accused the miller.", ("the bakers", "the miller")),
        ("The bakers almost immediately accused the miller.", ("The bakers", "the miller")),
        ("The film star Nora Falk accused the studio.", ("The film star Nora Falk", "the studio")),
        ("In the film industry, Nora Falk accused the studio.", ("Nora Falk", "the studio")),
        ("In a play for votes, the mayor accused the miller.", ("the mayor", "the miller")),
        ("Nobody but Nora Falk accused the miller of theft.", ("Nora Falk", "the miller")),
        ("No one except the mayor blamed the drivers.", ("the mayor", "the drivers")),
        ("Not Nora Falk but Cora Pell accused the miller.", ("Cora Pell", "the miller")),
        ("Nora Falk accused not the miller but the baker.", ("Nora Falk", "the baker")),
        ("It was not the mayor who blamed the firm, but the bakers.", ("the bakers", "the firm")),
        ("It was not Ben Quist but Cora Pell who accused the firm.", ("Cora Pell", "the firm")),
        ("It was not Kolb, but Rabe, who accused Quade of theft.", ("Rabe", "Quade")),
        ("On Tuesday 4 May 2021 Pit Rabe accused the firm of fraud.", ("Pit Rabe", "the firm")),
        ("The mayor was blamed by the union, not by the drivers.", ("the union", "The mayor")),
        ("Somebody accused the miller of theft.", (None, "the miller")),
        ("In 2019 Ole Quade accused the firm of fraud.", ("Ole Quade", "the firm")),
        ("On 12 March 2020 Ole Quade accused the firm of fraud.", ("Ole Quade", "the firm")),
        ("~~Abel~~ **Mina Okell** accused the board of theft.", ("Mina Okell", "the board")),
    ],
)
def test_what_the_text_asserts_stays_a_fact(
    extractor: AttributionExtractor, text: str, expected: tuple[str | None, str]
) -> None:
    assert facts(judged(extractor, text)) == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The police chief of Westham, Dieter Jost, criticised Eich.",
            {("The police chief of Westham, Dieter Jost", "Eich")},
        ),
        (
            "The leader of Westham council, Dieter Jost, slammed Eich.",
            {("The leader of Westham council, Dieter Jost", "Eich")},
        ),
        (
            "Westham's police chief, Dieter Jost, criticised Eich.",
            {("Westham's police chief, Dieter Jost", "Eich")},
        ),
        (
            "The mayor of Eastham, Yara Eich, accused the mayor of Westham, Zacharias Feld, of lying.",
            {("The mayor of Eastham, Yara Eich", "the mayor of Westham, Zacharias Feld")},
        ),
        (
            "The mayor of Eastham, Yara Eich, and the bishop of Tarn, Ed Moss, accused Feld of lying.",
            {("The mayor of Eastham, Yara Eich", "Feld"), ("the bishop of Tarn, Ed Moss", "Feld")},
        ),
        (
            "Nora Falk, not content with accusing Ben Quist, accused Clara Dunn.",
            {("Nora Falk", "Ben Quist"), ("Nora Falk", "Clara Dunn")},
        ),
        (
            "The firm was blamed for the leak, as was the council, but not the mayor.",
            {(None, "The firm"), (None, "the council")},
        ),
        ("Nora Falk accused everyone but the council of theft.", set()),
    ],
)
def test_the_parties_are_those_the_sentence_means(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str | None, str]]
) -> None:
    assert facts(judged(extractor, text)) == expected


def test_a_newspaper_is_never_she(extractor: AttributionExtractor) -> None:
    text = "“She sat on it,” Mr Fenn told the Gazette. Ms Brisk denied it. She blamed Swiftgull."
    (found,) = judged(extractor, text)
    assert found.speaker is not None
    assert found.speaker.name == "Ms Brisk"


@pytest.mark.parametrize(
    "opening", ["[Mina Okell](http://127.0.0.1/a)", "<b>Mina Okell</b>", '<a href="x y">Mina</a>']
)
def test_a_sentence_begins_at_its_markup(extractor: AttributionExtractor, opening: str) -> None:
    text = f"First came this. {opening} accused the board of theft."
    (found,) = judged(extractor, text)
    assert text[slice(*found.sentence)].startswith(opening)
