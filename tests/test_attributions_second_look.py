"""Sentences that the small parser reads wrongly at first."""

import pytest

from index.attribution.parsing import load_pipeline
from index.attribution.second_look import look_again
from index.attributions import AttributionExtractor
from index.types import Attribution, Document
from tests.attribution_kit import JUDGING


def pairs(extractor: AttributionExtractor, text: str) -> set[tuple[str, str]]:
    found: list[Attribution] = list(extractor.extract(Document("a.txt", text, "", "")))
    return {
        (a.speaker.text if a.speaker else "", a.target.text)
        for a in found
        if a.stance in JUDGING and a.target and a.explicit
    }


MISREAD = [
    (
        "In an interview with the Herald Torvan fishermen slam the coastguard for the delay.",
        {("Torvan fishermen", "the coastguard")},
    ),
    (
        "In her weekly column the former skater Marit Lund had already berated Quill.",
        {("the former skater Marit Lund", "Quill")},
    ),
    (
        "From the public benches the architect was loudly faulted for the collapse.",
        {("", "the architect")},
    ),
    (
        "Back in 2019 coach Piet Lind also made serious allegations against the bank.",
        {("coach Piet Lind", "the bank")},
    ),
    (
        "A spokesman for the guild denounces brokers for the shortage.",
        {("A spokesman for the guild", "brokers")},
    ),
    (
        "Residents of Cable Row and their neighbour Ida Moss allege that the landlord"
        " poisoned the well.",
        {("Residents of Cable Row", "the landlord"), ("their neighbour Ida Moss", "the landlord")},
    ),
    (
        "On the feast of St Alban, the abbot inveighed against the brewers who sell on Sundays.",
        {("the abbot", "the brewers")},
    ),
    (
        "New trouble over the poet Ivo Lind's letters: the slaters have been accused by the dean"
        " of fraud.",
        {("the dean", "the slaters")},
    ),
    (
        "Odalys from the second floor opened by accusing the foreman of theft.",
        {("Odalys from the second floor", "the foreman")},
    ),
    (
        "In an interview with the Herald, Olga Tarn, who left the guild in May, rebuked the dean.",
        {("Olga Tarn", "the dean")},
    ),
    (
        "Two days after the vote, Okafor, who left the board in May, in turn rebuked the dean.",
        {("Okafor", "the dean")},
    ),
    (
        "Outside the hall Olga Tarn, MP for Hill, has accused the guild of theft.",
        {("Olga Tarn", "the guild")},
    ),
    (
        "Writing in the Herald, the mayor of Torvan, Jan Kral, used the occasion to accuse"
        " the guild of theft.",
        {("the mayor of Torvan", "the guild")},
    ),
    (
        "The session was suspended after Clear Field, a charity, accused the dean of theft.",
        {("Clear Field", "the dean")},
    ),
    (
        "Slammed by critics for closing the ballet, theatre owner Jon Maslo has quit.",
        {("critics", "theatre owner Jon Maslo")},
    ),
    ("The residents lay the blame on the dean.", {("The residents", "the dean")}),
    (
        "Councillor Mai Farro wants him to quit, accusing him of theft.",
        {("Councillor Mai Farro", "him")},
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), MISREAD, ids=lambda value: str(value)[:40])
def test_a_verb_that_lost_its_subject_finds_it_in_an_easier_form_of_the_sentence(
    extractor: AttributionExtractor, sentence: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(extractor, sentence) >= expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The guild publishes a list of complaints every year.",
        "The worst attacks on the bakers.",
        "A list of the worst attacks lists brokers first.",
        "Rage at the referee after late goal",
        "The rail guards of the north, the knock on the door, the slate roofs.",
        "In the north of the country charges for water.",
    ],
)
def test_a_noun_that_looks_like_a_verb_stays_a_noun(
    extractor: AttributionExtractor, sentence: str
) -> None:
    assert pairs(extractor, sentence) == set()


def test_an_aside_that_accuses_is_not_left_out(extractor: AttributionExtractor) -> None:
    sentence = (
        "Two days after the vote, NorthRail, who pointed the finger at the Norland army"
        " for not acting sooner, resigned on Friday."
    )
    assert pairs(extractor, sentence) == {("NorthRail", "the Norland army")}


def test_a_main_verb_is_left_alone_where_who_judges_is_known(
    extractor: AttributionExtractor,
) -> None:
    sentence = "I blame the council, which dug up the road in March, lost interest and left."
    assert pairs(extractor, sentence) == {("I", "the council")}


@pytest.mark.parametrize("word", ["alleges", "denounces", "over", "back"])
def test_a_verb_at_either_end_of_a_text_has_no_neighbour_to_ask(
    extractor: AttributionExtractor, word: str
) -> None:
    for text in (f"{word} Orr", f"Orr {word}", f"{word} Orr accused.", f"The dean {word}."):
        assert pairs(extractor, text) <= {("Orr", "accused"), ("", "Orr")}


def test_a_sentence_parsed_again_keeps_its_words_and_its_neighbours_their_parse() -> None:
    nlp = load_pipeline()
    text = (
        "The dean left. In an interview with the Herald Torvan fishermen slam the coastguard."
        " Nobody replied."
    )
    before = nlp(text)
    (after,) = look_again(nlp, [before])
    assert after is not before
    assert after.text == text
    assert [t.idx for t in after] == [t.idx for t in before]
    assert len(list(after.sents)) == 3
    outer = [i for i, t in enumerate(before) if t.sent.start != 4]
    assert [(after[i].dep_, after[i].head.i) for i in outer] == [
        (before[i].dep_, before[i].head.i) for i in outer
    ]


def test_a_text_without_a_lost_verb_is_not_parsed_again() -> None:
    nlp = load_pipeline()
    parsed = nlp("Nadia Quill accused the board of theft. Nobody replied.")
    assert look_again(nlp, [parsed])[0] is parsed


JOINED = [
    (
        "In the north of the county Ana Tarn, MP for Hill, had openly denounced the dean.",
        {("Ana Tarn", "the dean")},
    ),
    (
        "By Friday the nurses' union, SANE, rejected the offer and took aim at the dean.",
        {("the nurses' union, SANE", "the dean")},
    ),
    (
        "From the opposition benches the Kremlin repeatedly attacked the dean over the delay.",
        {("the Kremlin", "the dean")},
    ),
    (
        "Speaking to reporters in Sarn, the charity Clear Water left the meeting,"
        " angrily lashing out at the dean.",
        {("the charity", "the dean")},
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), JOINED, ids=lambda value: str(value)[:40])
def test_a_verb_joined_to_one_that_lost_its_subject_finds_it_too(
    extractor: AttributionExtractor, sentence: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(extractor, sentence) >= expected


HARDER = [
    (
        "Herders in Ostby accuse Captain Brandt of shooting their dogs.",
        {("Herders in Ostby", "Captain Brandt")},
    ),
    (
        "Tenants at the hostel in Orn denounce Ivo Lind as a bully.",
        {("Tenants at the hostel in Orn", "Ivo Lind")},
    ),
    (
        "On her way out Rudd accused the usher of theft.",
        {("Rudd", "the usher")},
    ),
    (
        "I allege, and nobody here will deny it, that the steward forged the will.",
        {("I", "the steward")},
    ),
    (
        "Quill alleged in court, before a crowd of reporters, that Captain Brandt beat the cook.",
        {("Quill", "Captain Brandt")},
    ),
    ("Rumours from Ostby accuse nobody, and the clerk keeps out of it.", set()),
    ("The nurse alleged, and that was all, nothing of the kind.", set()),
]


@pytest.mark.parametrize(("text", "expected"), HARDER)
def test_a_judging_verb_is_read_where_a_place_or_an_interruption_hides_it(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(extractor, text) == expected


NAMES_SET_OFF = [
    (
        "Its founder, Ada Blum, is suing a rival, Tom Reyk, for libel, and has sold her own house.",
        {("Its founder, Ada Blum", "a rival, Tom Reyk")},
    ),
    (
        "The outgoing bursar, Lia Brandt, and her clerk, Jo Hahn, are rebuked by the abbot"
        " for losing the keys.",
        {("the abbot", "The outgoing bursar, Lia Brandt"), ("the abbot", "her clerk, Jo Hahn")},
    ),
    (
        "The widows blame Halvor and its skipper, Rui Dias, who sailed without a radio.",
        {("The widows", "Halvor"), ("The widows", "its skipper, Rui Dias")},
    ),
    (
        "One of our nurses, Mona Fell, lashed out at the ward sister on Friday.",
        {("Mona Fell", "the ward sister")},
    ),
    (
        "A retired judge of Orn, Piet Blom, has accused the present one, Jo Hahn, of sloth.",
        {("A retired judge of Orn, Piet Blom", "the present one, Jo Hahn")},
    ),
    (
        "In his reply the dean, a patient man, rebuked the organist, Kit Rowe, for the noise.",
        {("the dean", "the organist, Kit Rowe")},
    ),
    (
        "In a note to the minister, Ann Lind, a nurse, accused the board of neglect.",
        {("Ann Lind", "the board")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), NAMES_SET_OFF)
def test_a_name_between_commas_is_that_of_the_person_before_it(
    extractor: AttributionExtractor, text: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(extractor, text) == expected
