import pytest

from index.attributions import AttributionExtractor
from tests.attribution_kit import read

ECHOES = [
    (
        "The curate accused the organist of idleness, and so did the verger.",
        {("The curate", "the organist"), ("the verger", "the organist")},
    ),
    (
        "Brandt has condemned the harbour board, as has her predecessor.",
        {("Brandt", "the harbour board"), ("her predecessor", "the harbour board")},
    ),
    (
        "The ferrymen blame the council and so, too, does the pilot.",
        {("The ferrymen", "the council"), ("the pilot", "the council")},
    ),
    (
        "The surveyor criticised the trust, and the architect did too.",
        {("The surveyor", "the trust"), ("the architect", "the trust")},
    ),
    (
        "The dean would not blame the bursar, but the students have.",
        {("the students", "the bursar")},
    ),
    (
        "The widow accused the mill of neglect. So did the foreman.",
        {("The widow", "the mill"), ("the foreman", "the mill")},
    ),
    (
        "The baker accused the bank of greed, a charge echoed by the grocer.",
        {("The baker", "the bank"), ("the grocer", "the bank")},
    ),
    (
        "The skipper was blamed by the crew, and so was the mate.",
        {("the crew", "The skipper"), ("the crew", "the mate")},
    ),
]
NO_ECHOES = [
    ("The curate accused the organist and walked out, and so did the verger.", "The curate"),
    ("The curate accused the organist, though the verger did not.", "The curate"),
    ("The curate accused the organist as he did last year.", "The curate"),
    ("The curate accused the organist. So did the rain.", "The curate"),
]


@pytest.mark.parametrize(("text", "pairs"), ECHOES)
def test_an_auxiliary_alone_tells_the_accusation_again(
    extractor: AttributionExtractor, text: str, pairs: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == pairs


@pytest.mark.parametrize(("text", "speaker"), NO_ECHOES)
def test_what_is_not_the_same_is_no_further_accusation(
    extractor: AttributionExtractor, text: str, speaker: str
) -> None:
    assert read(extractor, text) == {(speaker, "the organist")}


def test_nor_denies_the_accusation_behind_it(extractor: AttributionExtractor) -> None:
    found = read(extractor, "Hale blamed the mill, nor did she accuse the foreman.")
    assert found == {("Hale", "the mill")}


def test_each_of_two_accuses_the_other(extractor: AttributionExtractor) -> None:
    text = "She fell out with Hahn and Lund, each of whom accuses the other of theft."
    assert read(extractor, text) == {("Hahn", "Lund"), ("Lund", "Hahn")}
