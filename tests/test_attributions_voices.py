from collections.abc import Iterable

import pytest

from index.attribution.structure import Kind, read_layout
from index.attributions import AttributionExtractor
from index.types import Attribution, Document
from tests.attribution_kit import JUDGING


def facts(found: Iterable[Attribution]) -> set[tuple[str, str]]:
    return {
        ((a.speaker.name or a.speaker.text) if a.speaker else "", a.target.text)
        for a in found
        if a.stance in JUDGING and a.target
        if a.explicit and not a.negated and not a.hypothetical
    }


def read(extractor: AttributionExtractor, text: str) -> set[tuple[str, str]]:
    return facts(extractor.extract(Document("a.txt", text, "", "", language="en")))


HEARING = """Ms. Ida Brandt (President, League of Mill Lane Tenants): I accuse the landlord of neglect.

The Chair: Order.

Anton Reiss, caretaker: I blame the plumber.

The Chair: I thank the witnesses.
"""
THREAD = """marrow_lad wrote:
I blame the site committee for the lock.

Dahlia&Co wrote:
I accuse the treasurer of theft.
"""
CHAT = """[14:05] wren: I blame the ferry company for this
[14:06] oak_9: no, I accuse the harbour master
[14:07] wren: why him?
"""
POSTS = """@lena_m · 7:02 am
Still blaming the rail firm for this morning.

@gaz · 7:10 am
Happy to accuse the minister of neglect.

@dev · 7:15 am
Blame the weather if you must.
"""


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (HEARING, {("Ms. Ida Brandt", "the landlord"), ("Anton Reiss", "the plumber")}),
        (
            THREAD,
            {("marrow_lad", "the site committee"), ("Dahlia&Co", "the treasurer")},
        ),
        (CHAT, {("wren", "the ferry company"), ("oak_9", "the harbour master")}),
        (POSTS, {("@lena_m", "the rail firm"), ("@gaz", "the minister")}),
    ],
)
def test_who_stands_in_front_of_the_words_says_them(
    extractor: AttributionExtractor, text: str, pairs: set[tuple[str, str]]
) -> None:
    assert read(extractor, text) == pairs


def test_one_wrote_and_a_colon_makes_no_thread(extractor: AttributionExtractor) -> None:
    text = "The warden wrote:\n\n“The tide was late.”\n\nI blame the harbour board.\n"
    assert read(extractor, text) == {("I", "the harbour board")}


PERFORMED = [
    "I am here today to accuse the regent of treason.",
    "We rise to condemn the regent.",
    "I would like to denounce the regent.",
    "I am proud to accuse the regent of theft.",
    "I have to blame the regent for this.",
]
NOT_PERFORMED = [
    "I am not here to accuse the regent.",
    "She is here to accuse the regent.",
    "I would like to blame the regent, but the fault is ours.",
    "They have to blame the regent.",
    "Orr could lose his seat if the panel finds that he accused the regent.",
]


@pytest.mark.parametrize("text", PERFORMED)
def test_who_says_that_he_is_here_to_accuse_accuses(
    extractor: AttributionExtractor, text: str
) -> None:
    assert {target for _, target in read(extractor, text)} == {"the regent"}


@pytest.mark.parametrize("text", NOT_PERFORMED)
def test_what_others_may_do_is_not_done(extractor: AttributionExtractor, text: str) -> None:
    assert read(extractor, text) == set()


CHATS = [
    ("07:25 {}: so Rudd just blames me\n07:26 {}: I did not\n07:27 {}: you did\n"),
    ("[03/11/24, 07:25:11] {}: so Rudd just blames me\n[03/11/24, 07:26:09] {}: I did not\n"
     "[03/11/24, 07:26:40] {}: you did\n"),
    ("03/11/2024, 07:25 - {}: so Rudd just blames me\n03/11/2024, 07:26 - {}: I did not\n"
     "03/11/2024, 07:27 - {}: you did\n"),
]  # fmt: skip


@pytest.mark.parametrize("chat", CHATS)
def test_a_name_in_a_chat_may_hold_a_number(chat: str) -> None:
    text = chat.format("Lisle No 4", "Rudd 11", "Lisle No 4")
    blocks = read_layout(text).blocks
    assert [text[slice(*b.label)] for b in blocks if b.label] == [
        "Lisle No 4", "Rudd 11", "Lisle No 4",
    ]  # fmt: skip


def test_a_time_before_a_sentence_with_a_colon_makes_no_turn() -> None:
    text = "07:25 Police came.\n07:26 The dean said: no.\n07:27 The mill has shut.\n"
    assert all(b.label is None for b in read_layout(text).blocks)


POSTS = """@lisle 07:12
hahn blames me again

@hahn 07:30
still blaming the mill. 2 hrs to do 3 miles

@lisle 2h
We complained about the mill in May
"""


def test_a_handle_with_a_time_opens_a_post() -> None:
    blocks = read_layout(POSTS).blocks
    assert [POSTS[slice(*b.label)] for b in blocks if b.label] == ["@lisle", "@hahn", "@lisle"]
    assert all(b.kind is Kind.PROSE for b in blocks)


def test_places_in_front_of_items_are_no_speakers_and_voices_in_a_row_are() -> None:
    text = (
        "Elm Road: Drivers have lodged a complaint against the new manager.\n\n"
        "Oak Hill: Two members have accused the warden of theft this week.\n\n"
        "Ann Lisle: I blame the warden for all of this, honestly.\n"
    )
    blocks = read_layout(text).blocks
    assert [text[b.start : b.end].split()[0] for b in blocks] == ["Drivers", "Two", "I"]
    assert [text[slice(*b.label)] if b.label else "" for b in blocks] == ["", "", "Ann Lisle"]
