import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Document
from tests.attribution_kit import JUDGING


def accusations(extractor: AttributionExtractor, text: str) -> list[Attribution]:
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    return [a for a in found if a.stance in JUDGING and a.target]


def who(accusation: Attribution) -> tuple[str, str]:
    speaker, target = accusation.speaker, accusation.target
    return (
        (speaker.name or speaker.text) if speaker else "",
        (target.name or target.text) if target else "",
    )


RESOLVED = [
    ("The clerk arrived late. She blamed the county for the delay.", ("The clerk", "the county")),
    (
        "The union has rejected the offer. It accuses the firm of spying.",
        ("The union", "the firm"),
    ),
    (
        "The firm sacked six drivers. They blame the depot manager, Ian Cole.",
        ("six drivers", "Ian Cole"),
    ),
    ("The museum says it blames the roofers.", ("the museum", "the roofers")),
    (
        "The crowd waited. Mr Ash accused Ms Bell of theft. She blamed Mr Ash.",
        ("Bell", "Mr Ash"),
    ),
    (
        "The first witness, the owner, Dr Sunil Rao, said that he suspected Mr Hall of theft.",
        ("Sunil Rao", "Mr Hall"),
    ),
    (
        "Mrs Fenwick missed the bus, a mishap for which she blamed young Doyle.",
        ("Fenwick", "young Doyle"),
    ),
    (
        "Quarry Stone lost the case. Its lawyer accused the judge of bias.",
        ("Its lawyer", "the judge"),
    ),
]


@pytest.mark.parametrize(("text", "pair"), RESOLVED)
def test_a_pronoun_means_the_party_that_the_text_settles(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    speaker, target = who(accusations(extractor, text)[-1])
    assert pair[0].lower() in speaker.lower()
    assert pair[1].lower() in target.lower()


OPEN = [
    "The mayor met the bank and the museum. In May it blamed the roofers.",
    "There were talks with Eve Lind and Joan Moss at noon. Then she blamed Ned Cole.",
    "Madam, this will not do. She blamed the county.",
    "Parents have met the head. They spoke to two teachers. Later they and others left."
    " It blamed the county.",
]


@pytest.mark.parametrize("text", OPEN)
def test_a_pronoun_that_may_mean_several_stays_as_it_is_printed(
    extractor: AttributionExtractor, text: str
) -> None:
    speaker = accusations(extractor, text)[-1].speaker
    assert speaker is not None
    assert speaker.text.lower() in ("it", "she")
    assert speaker.name is None


def test_nobody_is_said_to_accuse_himself(extractor: AttributionExtractor) -> None:
    text = "The council met on Monday. It blamed the council in a letter."
    speaker, target = who(accusations(extractor, text)[-1])
    assert speaker.lower() != target.lower()


def test_whose_record_it_is_that_is_condemned(extractor: AttributionExtractor) -> None:
    text = "Joan Pettifer spoke for an hour. Sir Alan Rudd denounced her record as shameful."
    (found,) = accusations(extractor, text)
    assert found.target is not None
    assert (found.target.text, found.target.name) == ("her record", "Joan Pettifer")


POSTS = """@pier_watch · 12 Aug 2025
I blame the council for the state of the pier.

@gull_dad
I accuse nobody.

@mags_knits
I accuse the operator of lying.
"""


def test_i_is_whoever_posted_it(extractor: AttributionExtractor) -> None:
    facts = [who(a) for a in accusations(extractor, POSTS) if not a.negated]
    assert facts == [("@pier_watch", "the council"), ("@mags_knits", "the operator")]


LETTERS = """Market square

Sir – The square is full of dirt, and I blame the council.
Albert Nunn, Mill Street

Sir – My neighbours are kind. I accuse the county of breaking its word.
Deborah Lisle, Park Lane

Sir – I blame the vicar.
Tom Ash
Church Row, Ashby
"""


def test_i_is_whoever_signed_the_letter(extractor: AttributionExtractor) -> None:
    assert [who(a) for a in accusations(extractor, LETTERS)] == [
        ("Albert Nunn", "the council"),
        ("Deborah Lisle", "the county"),
        ("Tom Ash", "the vicar"),
    ]


def test_a_name_is_known_at_the_start_of_a_sentence_when_another_sentence_has_it(
    extractor: AttributionExtractor,
) -> None:
    text = "The captain met Haldane on Friday. Haldane has received a reprimand from the league."
    (found,) = accusations(extractor, text)
    assert who(found) == ("the league", "Haldane")


def test_a_title_in_the_name_beside_an_office_tells_who_is_he(
    extractor: AttributionExtractor,
) -> None:
    text = "The Chair, Lord Hahn, has read it. {} accused the verger of theft."
    named = {}
    for pronoun in ("He", "She"):
        document = Document("a.txt", text.format(pronoun), "", "", language="en")
        found = [a for a in extractor.extract(document) if a.cue.text == "accused"]
        named[pronoun] = found[0].speaker.name if found and found[0].speaker else None
    assert named["He"] is not None and named["She"] is None
