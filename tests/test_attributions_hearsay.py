"""Accusations that the text passes on without standing by them, or calls untrue."""

import pytest

from index.attributions import AttributionExtractor
from tests.attribution_kit import read


@pytest.mark.parametrize(
    "sentence",
    [
        "The guild is said to have accused the dean of theft.",
        "The minister is reported to have blamed the bank for the crash.",
        "Olga Tarn was believed to be accusing the dean.",
        "The story going round that Tarn accused the dean is nonsense.",
        "The tale doing the rounds that Tarn accused the dean is a lie.",
        "The abbess of San Vito, in whose convent eleven men died, nowhere accuses the miller.",
        "Mr Hale was cleared of every charge.",
        "The charges against Mr Hale were dropped.",
        "The court dismissed the charges against Mr Hale.",
        "It is simply not so that the guild accused the dean.",
    ],
)
def test_hearsay_is_not_shown_as_a_fact(extractor: AttributionExtractor, sentence: str) -> None:
    assert read(extractor, sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Olga Tarn is known to have accused the dean.", {("Olga Tarn", "the dean")}),
        ("The guild was said by the mayor to have accused the dean.", {("The guild", "the dean")}),
        ("Mr Hale faces charges of fraud.", {("", "Mr Hale")}),
        ("The guild dropped its complaint against the dean.", {("The guild", "the dean")}),
        ("The story that Tarn accused the dean is true.", {("Tarn", "the dean")}),
        (
            "It was the guild, and not the mayor, that blamed the bank.",
            {("the guild", "the bank")},
        ),
        ("It was the guild and the mayor that blamed the bank.", {("the guild", "the bank")}),
    ],
)
def test_what_somebody_stands_by_is_a_fact(
    extractor: AttributionExtractor, sentence: str, expected: set[tuple[str, str]]
) -> None:
    assert read(extractor, sentence) >= expected
    assert ("the mayor", "the bank") not in read(extractor, sentence) or " not " not in sentence
