from hypothesis import given
from hypothesis import strategies as st

from index.agreement import agreement, measures
from index.types import Answer, Citation, Query, Source, Statement


def answer(*rows):
    """An answer of (publisher, published, quote) rows, a document each."""
    citations = tuple(
        Citation(n, Source(f"{n}.txt", f"Title {n}", publisher, day, None), 0, len(quote), quote)
        for n, (publisher, day, quote) in enumerate(rows, 1)
    )
    statements = tuple(Statement(one.quote, (one.number,)) for one in citations)
    return Answer("q", Query("q"), 1.0, "000001", 0.0, statements, citations)


def said(*rows):
    return agreement(answer(*((name, None, quote) for name, quote in rows)))


TWELVE = "The mill fire injured 12 people."
NINE = "Nine people were injured in the mill fire."


def test_sources_with_another_number_are_set_beside_each_other():
    found = said(
        ("Gazette", "12 people were injured in the mill fire."),
        ("Herald", "In the mill fire, twelve people were injured, it found."),
        ("Town", NINE),
    )
    assert found.startswith("The sources differ.")
    assert found.index("Gazette and Herald: “12 people were injured”") < found.index("Town: “Nine")


def test_sources_with_one_number_agree():
    found = said(("Gazette", "The museum roof had 14 clips."), ("Post", "The roof of the museum had 14 clips."))  # fmt: skip
    assert found == "Two sources agree on “14 clips”: Gazette and Post."


def test_a_reprint_is_no_second_source():
    assert said(("Gazette", NINE), ("Herald", NINE)) == ""
    assert said(("Gazette", NINE), ("Gazette", "In the mill fire nine people were injured.")) == ""


def test_the_newest_word_is_named_where_every_source_has_a_day():
    rows = [("Gazette", "2024-01-01", NINE), ("Town", "2024-01-03", "In the mill fire, 12 people were injured.")]  # fmt: skip
    assert agreement(answer(*rows)).endswith("The newest is Town, of 2024-01-03.")
    for day in ("2024-01", None, "2024-01-03"):
        assert "newest" not in agreement(answer(("Gazette", day, NINE), rows[1]))


def test_what_may_be_another_thing_is_not_compared():
    for one, other in [
        (NINE, "12 people were killed in the mill fire."),
        (NINE, "12 people were injured in the harbour storm."),
        (NINE, "12 people were not injured in the mill fire."),
        (NINE, "At least 12 people were injured in the mill fire."),
        (NINE, "12 people may have been injured in the mill fire."),
        (NINE, "Another 12 people were injured in the mill fire."),
        (NINE, "Were 12 people injured in the mill fire?"),
        (NINE, "On 3 May 2024, 12 people were injured in the mill fire."),
        ("The school bought 14 tonnes of sand.", "The school bought 12 tonnes of flour."),
        ("Ada Lowe bought 14 red apples.", "Bob Pym bought 12 red apples."),
        ("Quill was paid £58,000 for the roof.", "Quill bid £40,000 for the roof."),
        ("Quill was paid £58 million for the roof.", "Quill was paid £58,000 for the roof."),
        ("The trial lasts from 2023 in Leeds.", "The trial lasts from 2024 in Leeds."),
    ]:
        assert said(("Gazette", one), ("Herald", other)) == "", other


def test_a_quote_that_no_statement_cites_does_not_count():
    whole = answer(("Gazette", None, "In the mill fire, 12 people were injured."), ("Town", None, NINE))  # fmt: skip
    assert agreement(whole)
    some = Answer("q", Query("q"), 1.0, "1", 0.0, whole.statements[:1], whole.citations)
    assert agreement(some) == ""


WORDS = st.lists(
    st.sampled_from("12 nine people were injured killed in the mill fire £ 40 of not , . 3 May".split()),
    max_size=14,
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), WORDS), max_size=4))
def test_every_number_that_is_shown_stands_in_a_quote(rows):
    quotes = [(name, " ".join(words)) for name, words in rows]
    found = said(*quotes)
    if found:
        assert len({name for name, _ in quotes}) > 1
        for part in found.split("“")[1:]:
            assert any(part.partition("”")[0] in quote for _, quote in quotes)


@given(st.text(max_size=80))
def test_any_text_can_be_measured(text):
    for one in measures(answer(("A", None, text)).citations[0]):
        assert one.shown in " ".join(text.split()) or one.shown in text


def test_an_answer_from_several_documents_says_that_they_differ(write, index, answerer):
    write(
        "gazette.md",
        "---\npublisher: Gazette\ndate: 2024-03-01\n---\nTwelve people were injured in the mill fire.",
    )
    write(
        "town.md",
        "---\npublisher: Town Council\ndate: 2024-03-02\n---\nNine people were injured in the mill fire.",
    )
    index()
    answer = answerer.answer("How many people were injured in the mill fire?")
    lead = answer.lead
    assert sorted(c.source.document for c in answer.citations) == ["gazette.md", "town.md"]
    assert all(
        any(n == c.number for c in answer.citations) for s in answer.statements for n in s.citations
    )
    assert "Gazette: “Twelve people were injured”" in lead
    assert "Town Council: “Nine people were injured”" in lead
    assert lead.endswith("The newest is Town Council, of 2024-03-02.")
