import pytest

from index.attributions import AttributionExtractor
from tests.attribution_kit import read

SAID = [
    ("Hahn savaged us in the Sunday Herald.", ("Hahn", "us")),
    ("Hahn attacked the civil servants, who cannot reply.", ("Hahn", "the civil servants")),
    ("The dean attacked the unions on Monday.", ("The dean", "the unions")),
    ("A few cooks rapped me over the knuckles.", ("A few cooks", "me")),
    ("The cook always picks on my nephew.", ("The cook", "my nephew")),
    ("Lisle was picked on by the cook.", ("the cook", "Lisle")),
    ("They slag off the poor man who answers us.", ("They", "the poor man")),
    ("The cook bad-mouthed his old boss.", ("The cook", "his old boss")),
    ("Hahn threw the porters under the bus.", ("Hahn", "the porters")),
    ("She tore a strip off the new clerk.", ("She", "the new clerk")),
    ("She gave the clerk a hard time over the bill.", ("She", "the clerk")),
    ("The dean came down hard on the caterers.", ("The dean", "the caterers")),
    ("My aunt had a moan about the plumber.", ("My aunt", "the plumber")),
    ("She bitched about the plumber for an hour.", ("She", "the plumber")),
    ("Shame on the guild for closing the hall.", ("", "the guild")),
]

UNSAID = [
    "Dogs attacked the clerk on Friday.",
    "A masked man attacked the guild's office.",
    "The dean attacked the council with a hammer.",
    "The dog savaged the councillor.",
    "Hahn has his post attacked by an owl.",
    "Hahn picked on a tune.",
    "He threw his bag under the bus.",
    "He gave the pupils a hard question.",
    "Hail came down hard on the roof.",
    "He brought shame on his family.",
    "Shame on the weather.",
    "She ticked off the list.",
    "Few cooks blamed the dean.",
]


@pytest.mark.parametrize(("text", "pair"), SAID)
def test_everyday_words_accuse(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert pair in read(extractor, text)


@pytest.mark.parametrize("text", UNSAID)
def test_blows_and_other_uses_of_such_words_do_not(
    extractor: AttributionExtractor, text: str
) -> None:
    assert read(extractor, text) == set()


CHAT = """07:01 Lisle 2: blame Rudd, it was his speaker
07:02 Rudd 4: Blame the weather, mate
07:03 Lisle 2: Blame me if you like
07:04 Hahn 7: shame on Rudd for that
07:05 Rudd 4: don't blame Hahn
"""


def test_who_tells_others_whom_to_blame_blames_him(extractor: AttributionExtractor) -> None:
    assert read(extractor, CHAT) == {("Lisle 2", "Rudd"), ("Hahn 7", "Rudd")}


REPAIRED = [
    ("Hahn, in reply, charged him with protecting a friend.", ("Hahn", "him")),
    ('In a note to the choir Hahn called her "a thief and a fraud."', ("Hahn", "her")),
    ("Reporting you for harassment, mods please.", ("", "you")),
    ("Hahn says he blames the dean and, for good measure, the yard.", ("he", "the yard")),
    ("Dean accused of fraud by own clerk https://x.example/44x", ("own clerk", "Dean")),
    (
        "Lisle is informed and believes, and on that basis alleges, that Hahn forged it.",
        ("Lisle", "Hahn"),
    ),
    ("A cook has emailed to slam the guild.", ("A cook", "the guild")),
    ("Complaints have come in from cooks about the dean.", ("cooks", "the dean")),
    ("They've stuck posters up all over town blaming the dean.", ("They", "the dean")),
    ("She went to town on the council.", ("She", "the council")),
]

NOT_BLAMED = [
    "She will phone to blame the council.",
    "She went to town on the council bus.",
    "Hahn charged her with protecting the archive.",
    "It is easy to blame the rain. The dean blamed it on Monday.",
    "Pass the salt, Lisle please.",
]


@pytest.mark.parametrize(("text", "pair"), REPAIRED)
def test_hasty_sentences_still_accuse(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert pair in read(extractor, text)


@pytest.mark.parametrize("text", NOT_BLAMED)
def test_tasks_the_weather_and_requests_do_not(extractor: AttributionExtractor, text: str) -> None:
    assert read(extractor, text) == set()
