import json
from datetime import date

import pytest

from index.contract import answer_json
from index.ledger import Wanted
from index.terminal import answer_text
from index.types import Filters

AFFAIR = """---
title: Rain in the museum
publisher: The Hill Post
date: 2025-03-01
---
Museum director Ada Lowe accused Quill Roofing of leaving out forty tiles. Quill Roofing denied the
accusation.

Ada Lowe also blamed the town council for the choked gutters. The mayor, Tom Brill, did not accuse
Quill Roofing of theft.

If Brill accuses Lowe, the board will resign. Ivo Senn said that the rain was to blame for nothing.
"The tiles were counted twice," said Ben Quill.
"""
REPRINT = """---
title: Tiles left out
date: 2025-03-02
---
Museum director Ada Lowe accused Quill Roofing of leaving out forty tiles.
"""
WORLD = """---
title: A strait
date: 2024-05-01
---
Iran accused Washington of cutting the cables in the strait. Omar Nahed criticised the navy of Iran.
"""


@pytest.fixture
def asked(write, index, answerer):
    write("news/affair.md", AFFAIR)
    write("wire/reprint.md", REPRINT)
    write("world/strait.md", WORLD)
    assert index().attributions > 6
    return answerer


def quotes(answer):
    return [citation.quote for citation in answer.citations]


def test_one_index_answers_who_accused_whom(asked):
    answer = asked.answer("Who accused whom?")
    assert answer.query.kind == "attribution"
    headings = [statement.heading for statement in answer.statements]
    assert headings[0] == headings[1] == "Ada Lowe accuses Quill Roofing"
    assert answer.statements[1].note == "denial"
    assert answer.statements[1].text == "Quill Roofing denied the accusation."
    assert "Iran accuses Washington" in headings
    assert not any("Brill" in statement.text for statement in answer.statements)
    assert answer.citations[0].also_in[0].document == "wire/reprint.md"
    assert sum("forty tiles" in quote for quote in quotes(answer)) == 1

    known = {attribution.id for attribution in answer.attributions}
    numbers = {citation.number: citation.quote for citation in answer.citations}
    for statement in answer.statements:
        assert set(statement.attributions) <= known
        assert any(statement.text in " ".join(numbers[n].split()) for n in statement.citations)
    for citation in answer.citations:
        text = asked.document(citation.source.document).text
        assert text[citation.start : citation.end] == citation.quote
    body = answer_json(answer)
    assert body["attributions"][0].keys() == {
        "id", "document", "speaker", "cue", "target", "content", "sentence", "stance", "explicit",
        "negated", "hypothetical",
    }  # fmt: skip
    json.dumps(body)
    shown = answer_text(answer)
    assert "  Ada Lowe accuses Quill Roofing\n    Museum director" in shown
    assert "(denial) Quill Roofing denied the accusation. [2]" in shown


def test_questions_that_name_parties_are_answered_from_the_ledger(asked):
    def said(question, *filters):
        return " ".join(quotes(asked.answer(question, *filters)))

    assert "choked gutters" in said("Who blamed the council?")
    assert "forty tiles" not in said("Who blamed the council?")
    assert "cables" in said("What did Iran accuse the US of?")
    assert "cables" in said("Who accused America of cutting cables?")
    assert said("How did Quill Roofing respond to Lowe's accusations?").startswith(
        "Quill Roofing den"
    )
    assert "counted twice" in said("What did Ben Quill say about the tiles?")
    assert said("Who accused Quill Roofing?", Filters(scope=frozenset({"world"}))) == ""
    assert "the navy" in said("Who criticised the navy?")

    plain = asked.answer("How many tiles were left out?")
    assert plain.query.kind == "passage"
    assert plain.found


AFFAIRS = """---
title: Night permits
publisher: Clear Taps
---
We demand that the night permit be suspended.

The minister for rural affairs, Rufus Hale, accused Sigrid Lindqvist of pumping slurry by night.
Ms Lindqvist accused the utility of hiding behind a hill. Dame Oriel Hathaway listened.

Quillon Ltd keeps a warehouse. Yusuf Adeleke is suing the company for unfair dismissal.
"""


def test_parties_are_found_by_what_people_call_them(write, index, answerer):
    write("permits.md", AFFAIRS)
    index()

    def said(question):
        return " ".join(quotes(answerer.answer(question)))

    slurry = "accused Sigrid Lindqvist of pumping slurry"
    assert slurry in said("Who accused sigrid lindquist of pumping slurry?")
    assert slurry in said("Who accused the quarry owner Lindqvist of pumping slurry?")
    assert slurry in said("What did the rural affairs minister accuse Lindqvist of?")
    assert "We demand" in said("What does Clear Taps demand?")
    assert "suing the company" in said("Who is suing Quillon for unfair dismissal?")
    assert said("What did Sigrid Lindqvist accuse Dame Oriel of?") == ""
    assert said("Who accused Sigrid Lindgren of pumping slurry?") == ""


def test_what_is_negated_or_only_supposed_is_never_a_fact(asked):
    negated = asked.answer("Did Brill accuse Quill Roofing of theft?")
    assert negated.lead == "No: the sources say that it did not happen."
    assert all(s.note == "says that it did not happen" for s in negated.statements)
    assert negated.attributions[0].negated
    assert not asked.answer("Did Brill accuse Lowe?").found
    assert "Brill" not in str(quotes(asked.answer("Who accused Quill Roofing?")))


def test_yes_is_said_with_the_sentence_and_silence_without_one(asked):
    yes = asked.answer("Did Ada Lowe accuse Quill Roofing of leaving out tiles?")
    assert yes.lead == "Yes."
    assert "forty tiles" in quotes(yes)[0]
    no = asked.answer("Did Ada Lowe accuse Ben Quill of arson?")
    assert (no.found, no.lead) == (False, "The sources do not say so.")
    assert no.closest
    assert answer_text(no).startswith("  The sources do not say so.\n\nWhat came closest")
    other_matter = asked.answer("Did Iran accuse Washington of murder?")
    assert not other_matter.found


def test_dates_in_the_question_narrow_the_ledger(asked):
    today = date(2025, 4, 1)
    since = asked.answer("Who accused whom since February?", today=today)
    assert since.query.since == "2025-02-01"
    assert all(c.source.published >= "2025-02-01" for c in since.citations)
    assert since.found
    both = asked.answer("Who accused whom since February?", Filters(until="2025-01"), today=today)
    assert not both.found
    before = asked.answer("Who accused whom before 2025?", today=today)
    assert {c.source.document for c in before.citations} == {"world/strait.md"}


def test_a_program_reads_pages_names_and_the_graph(asked):
    entries, total = asked.attributions(Wanted(speaker="Lowe"), limit=1)
    assert (len(entries), total) == (1, 2)
    assert [p.name for p in asked.speakers("lo")] == ["Ada Lowe"]
    assert "Quill Roofing" in [p.name for p in asked.targets("q")]
    graph = asked.graph(Wanted())
    arrows = {(graph.parties[a.source], graph.parties[a.target]): a for a in graph.arrows}
    assert arrows["Ada Lowe", "Quill Roofing"].count == 1
    assert arrows["Quill Roofing", "Ada Lowe"].relation == "denies"


def test_many_accusations_are_counted_and_not_all_shown(write, index, answerer):
    names = (
        "Ash Birch Cedar Elm Fir Hazel Larch Maple Oak Pine Rowan Sorrel Teak Willow Yew".split()
    )
    text = "\n\n".join(
        f"Mary {name} accused Ben Quill of stealing the {name} files." for name in names
    )
    write("a.txt", text)
    index()
    answer = answerer.answer("Who accused Ben Quill?")
    assert answer.lead == f"{len(names)} accusations; 12 of them here."
    assert len(answer.statements) == 12


QUARREL = """---
title: The weir
publisher: The Weir Valley Gazette
date: 2025-04-02
---
Nadia Orr accused the council's leader, Tom Brill, of selling the weir. Brill in turn accused Orr of
lying. The auditor, Ada Marsh, did not accuse Brill of theft.

The union, Allied Bakers, praised the auditor. Feist blamed the mill for the flood.
"""
LETTER = """---
title: A letter
publisher: The Hill Post
date: 2025-04-09
---
Councillor Orr accused Tom Brill of hiding the bill. Ivo Feist blamed the union for the lost order.
Tom Brill denied hiding anything. Lena Holm criticised Tom Brill.
"""


@pytest.fixture
def quarrel(write, index, answerer):
    write("gazette.md", QUARREL)
    write("post.md", LETTER)
    index()
    return answerer


def test_descriptions_counts_and_both_ways_are_answered(quarrel):
    def headings(answer):
        return {statement.heading for statement in answer.statements}

    ways = quarrel.answer("What did Orr and Brill accuse each other of?")
    assert {"Nadia Orr accuses Tom Brill", "Tom Brill accuses Nadia Orr"} <= headings(ways)

    leader = quarrel.answer("Who accused the boss of the council?")
    assert leader.query.target == "Tom Brill"
    assert leader.lead == "“the boss of the council” is taken to be Tom Brill."

    many = quarrel.answer("How many people accused Brill?")
    assert many.lead == "Two by name: Nadia Orr and Lena Holm."
    assert quarrel.answer("How often did Orr accuse Brill?").lead == "Twice in these documents."
    assert quarrel.answer("Who was accused most often?").lead.startswith(
        "Most often: Tom Brill, 3 times"
    )
    others = quarrel.answer("Who besides Orr accused Brill?")
    assert headings(others) == {"Lena Holm criticises Tom Brill"}


def test_a_description_is_nobody_whom_its_document_does_not_name(quarrel):
    answer = quarrel.answer("Who blamed the union?")
    assert answer.query.target == "the union"
    assert "Bakers" not in answer.lead
    assert [statement.heading for statement in answer.statements] == ["Ivo Feist accuses the union"]


def test_an_accusation_the_other_way_round_is_told_but_answers_nothing(quarrel):
    answer = quarrel.answer("Did Brill accuse Holm?")
    assert not answer.found
    assert answer.lead == (
        "The sources do not say so. They have it the other way round: Lena Holm criticises Tom Brill."
    )
    assert answer.closest[0].quote == "Lena Holm criticised Tom Brill."
    assert quarrel.answer("Did Marsh accuse Holm?").lead == "The sources do not say so."


def test_a_part_of_a_publishers_name_says_where_to_look(quarrel):
    answer = quarrel.answer("According to the Gazette, who accused Brill?")
    assert answer.lead == "From The Weir Valley Gazette only."
    assert {citation.source.document for citation in answer.citations} == {"gazette.md"}


def test_a_denial_is_found_by_what_it_is_a_denial_of(asked):
    answer = asked.answer("Who denied leaving out tiles?")
    assert quotes(answer) == ["Quill Roofing denied the\naccusation."]


GUILD = """# Open letter to the trustees

We are the Salt Guild, a club of forty painters. We accuse Veldt Oil of washing its name.

Signed on behalf of the Salt Guild
"""
COURT = """---
title: Two quarrels
date: 2025-05-01
---
Rosa Vane is suing Kerem Dahl for libel. Ada Lowe accused Kerem Dahl of theft.

BRANDT: I don't blame Ivo Senn for any of this. He was away.

SENN: I know.

BRANDT: Good.

The union demanded an apology from the mayor, Tom Brill.
"""


@pytest.fixture
def letters(write, index, answerer):
    write("letter.md", GUILD)
    write("court.md", COURT)
    index()
    return answerer


def test_we_in_a_letter_is_who_it_says_it_is(letters):
    answer = letters.answer("Did the Salt Guild accuse Veldt Oil of anything?")
    assert quotes(answer) == ["We accuse Veldt Oil of washing its name."]
    assert answer.lead.startswith("Yes")


def test_who_sues_is_not_answered_with_who_accuses(letters):
    assert quotes(letters.answer("Who is suing Kerem Dahl?")) == [
        "Rosa Vane is suing Kerem Dahl for libel."
    ]
    assert not letters.answer("Who is suing Veldt Oil?").found


def test_blaming_somebody_for_none_of_it_is_a_no(letters):
    answer = letters.answer("Did Brandt blame Ivo Senn for the leak?")
    assert answer.lead.startswith("No")
    assert quotes(answer) == ["I don't blame Ivo Senn for any of this."]


def test_what_somebody_wants_from_somebody_is_a_demand(letters):
    answer = letters.answer("What did the union want from the mayor?")
    assert (answer.query.stance, answer.query.target) == ("demand", "Tom Brill")
    assert "apology" in quotes(answer)[0]


NAMESAKES = """# Trouble at Swiftgull

On Monday the chief executive, Beate Lorne, accused the pilot Gus Ottley of theft. Her predecessor,
Otto Lorne, said that the tide was high.

The deputy mayor, Lena Fisch, accused the treasurer of fraud. The mayor, Tina Herz, kept out of it.

Health minister Paula Grimm was accused of corruption by Dr Roe. The vicar, the Rev. Agatha Prynne,
praised the nurses.
"""


@pytest.mark.parametrize(
    "question",
    [
        "Did Otto Lorne accuse Gus Ottley?",
        "Did the mayor accuse the treasurer?",
        "Did Tina Herz accuse the treasurer?",
        "Who accused the vicar?",
        "Who accused nobody?",
    ],
)
def test_namesakes_and_neighbouring_offices_are_not_taken_for_each_other(
    write, index, answerer, question
):
    write("trouble.md", NAMESAKES)
    index()
    assert not answerer.answer(question).found


def test_those_whom_somebody_accused_are_counted_in_the_passive_too(write, index, answerer):
    write("trouble.md", NAMESAKES)
    index()
    for question in (
        "How many people did Beate Lorne accuse?",
        "How many people were accused by Beate Lorne?",
    ):
        assert answerer.answer(question).lead == "One by name: Gus Ottley."
    assert answerer.answer("Did the deputy mayor accuse the treasurer?").lead.startswith("Yes.")
