import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.aliases import load_aliases
from index.catalog import Catalog, CatalogWriter
from index.embedder import ExportedEmbedder
from index.sentences import sentences_in
from index.types import Passage, Stance
from index.verification.clauses import is_verb, verb_at
from index.verification.clock import clock_times
from index.verification.figures import days, figures
from index.verification.meaning import Meaning, drift
from index.verification.quotes import locate, quotations
from index.verification.tokens import tokens
from index.verify import CitedSpan, Outcome, Verifier
from tests.ledger_kit import attribution, document

ROOF = (
    "Ada Lowe accused Quill Roofing of leaving out 14 clips on 3 October 2024. "
    "The firm denied the accusation. "
    "Tom Quill, who owns the firm, was paid £58,000 in May. "
    "“We fixed every clip,” he said, “and the rain came through the door.” "
    "The council may sue the firm if the survey finds a fault. "
    "Some residents left the hall before the vote. "
    "The firm will close if it loses the case. "
    "Brand and Sons built the tower. "
    "Nobody was hurt in the storm. "
    "Prices rose by at least 12 per cent."
)
ACCUSED = ROOF[: ROOF.index(" The firm denied")]


@pytest.fixture(scope="module")
def verifier(tmp_path_factory):
    path = tmp_path_factory.mktemp("catalog") / "catalog.sqlite3"
    roof = document("roof.txt", ROOF)
    other = document("other.txt", "The heron left the weir on Friday. It came back in June.")
    entries = [
        attribution(roof, ACCUSED, "Ada Lowe", "accused", "Quill Roofing", "leaving out 14 clips"),
        attribution(
            roof, "“We fixed every clip,” he said, “and the rain came through the door.”", "he",
            "said", None, "We fixed every clip", names=("Tom Quill", None), stance=Stance.SAY,
        ),
    ]  # fmt: skip
    with CatalogWriter(path, load_aliases()) as writer:
        for one, found in ((roof, entries), (other, [])):
            spans = tuple(sentences_in(one.text, 0, len(one.text)))
            writer.add(one, [Passage(one.id, 0, len(one.text), spans)], found)
    catalog = Catalog(path)
    yield Verifier(catalog)
    catalog.close()


def check(verifier, statement, words):
    """The verdict on a statement that cites these words of the text about the roof."""
    start = ROOF.index(words)
    return verifier.verify(statement, [CitedSpan("roof.txt", start, start + len(words))])


TRUE = [
    ("Quill Roofing was accused by Ada Lowe of leaving out 14 clips.", "Ada Lowe accused"),
    ("On 3 October 2024 Ada Lowe accused Quill Roofing.", "Ada Lowe accused"),
    ("Ada Lowe blamed Quill Roofing for leaving out fourteen clips.", "Ada Lowe accused"),
    ("In May Tom Quill, the owner of the firm, was paid £58,000.", "Tom Quill, who"),
    ("“We fixed every clip,” said Tom Quill.", "“We fixed"),
    ("If the survey finds a fault, the council may sue the firm.", "The council may"),
    ("Some residents left the hall before the vote.", "Some residents"),
    ("The tower was built by Brand and Sons.", "Brand and Sons"),
    ("In the storm, nobody was injured.", "Nobody was hurt"),
    ("Prices went up by at least 12 per cent.", "Prices rose"),
]


@pytest.mark.parametrize(("statement", "words"), TRUE)
def test_what_a_source_says_in_other_words_is_kept(verifier, statement, words):
    verdict = check(verifier, statement, words)
    assert verdict.outcome is Outcome.KEPT, verdict.reason
    assert verdict.text == statement


FALSE = {
    "role swap": ("Quill Roofing accused Ada Lowe of leaving out 14 clips.", "Ada Lowe accused"),
    "swap of a sentence": ("The tower built Brand and Sons.", "Brand and Sons"),
    "swap in a few words": ("Quill Roofing condemned Ada Lowe.", "Ada Lowe accused"),
    "swap by a passive": ("Ada Lowe was accused by Quill Roofing.", "Ada Lowe accused"),
    "another speaker": ("“We fixed every clip,” said Ada Lowe.", "“We fixed"),
    "negation": ("Ada Lowe did not accuse Quill Roofing.", "Ada Lowe accused"),
    "negation lost": ("People were hurt in the storm.", "Nobody was hurt"),
    "number": ("Ada Lowe accused Quill Roofing of leaving out 15 clips.", "Ada Lowe accused"),
    "number in words": ("Ada Lowe accused Quill Roofing of leaving out forty clips.", "Ada Lowe"),
    "date": ("On 4 October 2024 Ada Lowe accused Quill Roofing.", "Ada Lowe accused"),
    "month": ("Tom Quill, who owns the firm, was paid £58,000 in June.", "Tom Quill, who"),
    "name": ("Ada Lowe accused Brill Roofing of leaving out 14 clips.", "Ada Lowe accused"),
    "quote edited": ("“We fixed most clips,” said Tom Quill.", "“We fixed"),
    "quote stitched": ("“We fixed every clip and the rain came,” said Tom Quill.", "“We fixed"),
    "hedge removed": ("The council will sue the firm.", "The council may"),
    "condition removed": ("The firm will close.", "The firm will"),
    "bound removed": ("Prices rose by 12 per cent.", "Prices rose"),
    "quantity": ("All residents left the hall before the vote.", "Some residents"),
    "quantity lost": ("Residents left the hall before the vote.", "Some residents"),
    "time turned": ("Some residents left the hall after the vote.", "Some residents"),
    "antonym": ("Prices fell by at least 12 per cent.", "Prices rose"),
    "addition": ("Prices rose by at least 12 per cent, to general outrage.", "Prices rose"),
    "comparison": ("Prices rose by more than wages did, at least 12 per cent.", "Prices rose"),
}


@pytest.mark.parametrize(("statement", "words"), FALSE.values(), ids=FALSE)
def test_what_a_source_does_not_say_is_not_shown(verifier, statement, words):
    verdict = check(verifier, statement, words)
    assert verdict.text != statement
    assert verdict.reason


def test_every_sentence_of_a_source_is_kept_as_it_stands(verifier):
    for start, end in sentences_in(ROOF, 0, len(ROOF)):
        verdict = check(verifier, ROOF[start:end], ROOF[start:end])
        assert (verdict.outcome, verdict.text) == (Outcome.KEPT, ROOF[start:end])


def test_a_citation_moves_to_the_sentence_that_carries_the_statement(verifier):
    verdict = verifier.verify(
        "Brand and Sons built the tower.", [CitedSpan("other.txt", 0, 34)],
        [CitedSpan("roof.txt", 0, len(ROOF))],
    )  # fmt: skip
    assert verdict.outcome is Outcome.REPAIRED
    [place] = verdict.places
    assert ROOF[place.start : place.end] == "Brand and Sons built the tower."


def test_what_fails_is_replaced_by_the_sources_sentence_or_dropped(verifier):
    verdict = check(verifier, "The council will sue the firm.", "The council may")
    assert verdict.outcome is Outcome.REPLACED
    assert verdict.text in ROOF
    assert check(verifier, "Purple giraffes invaded Norway.", "The council may").places == ()


def test_words_of_a_speaker_are_not_given_as_a_fact(verifier):
    verdict = check(verifier, "Quill Roofing left out 14 clips.", "Ada Lowe accused")
    assert verdict.fault == "hedge"


@pytest.mark.parametrize(
    "statement", ["", "?", "the of", "x" * 2_000, "Ada\u202e Lowe accused Quill"]
)
def test_what_cannot_be_checked_is_dropped(verifier, statement):
    assert check(verifier, statement, "Ada Lowe accused").outcome is Outcome.DROPPED


@given(st.text(max_size=80))
def test_no_text_breaks_the_verification(verifier, text):
    verdict = check(verifier, text, "Ada Lowe accused")
    for place in verdict.places:
        assert 0 <= place.start < place.end <= len(ROOF)


@given(st.text(max_size=40), st.text(min_size=1, max_size=30), st.text(max_size=40))
def test_a_quote_that_is_found_has_the_words_of_the_text(before, quote, after):
    text = f"{before} {quote} {after}"
    place = locate(quote, text)
    if place is not None:
        found = text[place[0] : place[1]]
        assert locate(found, quote) is not None
        assert 0 <= place[0] < place[1] <= len(text)


def test_quotation_marks_and_white_space_do_not_count_in_a_quote():
    text = 'He said: "We  fixed\nevery clip," and left.'
    start, end = locate("We fixed every clip.", text)
    assert text[start:end] == "We  fixed\nevery clip"
    assert locate("fixed ever", text) is None
    assert [q.text for q in quotations('“A b” and "c d"')] == ["A b", "c d"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twenty-one votes", [21]), ("1,200 people", [1200]), ("two million pounds", [2e6]),
        ("£1.9 million", [1.9e6]), ("three hundred and five", [305]), ("nine votes to eight", [9, 8]),
        ("the 3rd time", [3]), ("a dozen eggs", [12]), ("on 3 May 2024", []),
    ],
)  # fmt: skip
def test_numbers_in_words_and_digits_are_the_same(text, values):
    assert [f.value for f in figures(tokens(text))] == values


def test_dates_are_read_whole():
    [day] = [d for d in days(tokens("on 14 November 2023")) if d.month]
    assert (day.day, day.month, day.year) == (14, 11, 2023)
    assert [(d.day, d.month) for d in days(tokens("on 3 and 17 October"))] == [(17, 10), (3, 10)]


@given(st.text(max_size=200))
def test_tokens_keep_their_places(text):
    for token in tokens(text):
        assert text[token.start : token.end][:1].lower() == token.text[:1].lower() or (
            token.text == "not"
        )


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("It closed at twenty to five.", [280]),
        ("It closed at 4.40 pm.", [280]),
        ("It opened at eight o'clock and shut at quarter past nine.", [555, 480]),
        ("It opened at 10:05 am.", [605]),
        ("She ran 4.40 miles to two shops.", []),
    ],
)
def test_times_of_the_day_are_read_in_words_and_figures(text, minutes):
    assert [clock.minutes for clock in clock_times(tokens(text))] == minutes


def test_a_word_that_means_what_the_source_says_drifts_less_than_an_addition(exported_models):
    meaning = Meaning(ExportedEmbedder(next(p for p in exported_models.iterdir() if p.is_dir())))
    source = tokens("The advance ended a truce that two countries had arranged in 2020.")
    changed = tokens("The advance broke a truce that two countries had brokered in 2020.")
    added = tokens("The advance ended a truce that two drunken countries had arranged for oil.")
    assert drift(meaning, changed, {2, 9}, source) < drift(meaning, added, {7, 12}, source)


@pytest.mark.parametrize(
    "statement",
    [
        "The roof leaked because of poor lead.",
        "The storm damaged the roof, and the mayor stayed abroad.",
    ],
)
def test_a_clause_of_its_own_is_not_kept(verifier, statement):
    assert check(verifier, statement, "Nobody was hurt").outcome is not Outcome.KEPT


@pytest.mark.parametrize(
    ("sentence", "agent", "patient"),
    [
        (
            "The director, Ada Lowe, accused Quill Roofing of neglect.",
            {"director"},
            {"quill", "roof"},
        ),
        ("“It leaks”, said Ada Lowe.", {"ada", "low"}, set()),
        ("Ada Lowe, who was there, blamed Quill Roofing.", {"ada", "low"}, {"quill", "roof"}),
    ],
)
def test_a_name_after_a_verb_is_its_doer_only_where_somebody_is_quoted(sentence, agent, patient):
    found = tokens(sentence)
    verb = verb_at(
        found, next(i for i, t in enumerate(found) if is_verb(found, i) and t.lower != "leaks")
    )
    assert patient <= verb.patient
    assert not verb.agent & patient
    if agent == {"ada", "low"} and not patient:
        assert agent <= verb.agent
