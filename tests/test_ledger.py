import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexDamagedError
from index.extraction import dump, load
from index.generations import CATALOG
from index.ledger import Ledger, Wanted
from index.ledger_lines import as_said
from index.selfcheck import check_spans
from index.types import Attribution, Filters, Query, Span, Stance
from tests.ledger_kit import attribution, catalog_of, document

NEWS = document(
    "news/one.txt",
    "Gareth Pym accused the Okafor campaign of lying. Cllr Pym denied that he had slept."
    " The council spokesman blamed Washington for the flood. Ada Lowe did not accuse Tehran."
    " She criticised Pym's budget. He told us that the roofs leak.",
    published="2024-03-05",
    publisher="The Hill Post",
)
WIRE = document(
    "wire/two.txt",
    "Yesterday Gareth Pym accused the Okafor campaign of lying. The town council rejected it.",
    published="2025-06",
)
SECRET = document("secret/three.txt", "Ben Quill accused Gareth Pym of theft.")


def news():
    return [
        attribution(
            NEWS, "Gareth Pym accused the Okafor campaign of lying.", "Gareth Pym", "accused",
            "the Okafor campaign", "lying",
        ),
        attribution(
            NEWS, "Cllr Pym denied that he had slept.", "Cllr Pym", "denied",
            content="that he had slept", stance=Stance.DENY,
        ),
        attribution(
            NEWS, "The council spokesman blamed Washington for the flood.",
            "The council spokesman", "blamed", "Washington", "the flood",
        ),
        attribution(
            NEWS, "Ada Lowe did not accuse Tehran.", "Ada Lowe", "accuse", "Tehran", negated=True
        ),
        attribution(
            NEWS, "She criticised Pym's budget.", "She", "criticised", "Pym's budget",
            names=("Ada Lowe", None), stance=Stance.CONDEMN,
        ),
        attribution(
            NEWS, "He told us that the roofs leak.", "He", "told", "us", "that the roofs leak",
            stance=Stance.SAY,
        ),
    ]  # fmt: skip


def wire():
    return [
        attribution(
            WIRE, "Yesterday Gareth Pym accused the Okafor campaign of lying.", "Gareth Pym",
            "accused", "the Okafor campaign", "lying",
        ),
        attribution(
            WIRE, "The town council rejected it.", "The town council", "rejected",
            stance=Stance.DENY,
        ),
    ]  # fmt: skip


@pytest.fixture
def ledger(tmp_path):
    secret = [
        attribution(
            SECRET, "Ben Quill accused Gareth Pym of theft.", "Ben Quill", "accused",
            "Gareth Pym", "theft",
        )
    ]  # fmt: skip
    rows = [(NEWS, news()), (SECRET, secret), (WIRE, wire())]
    with catalog_of(tmp_path / "catalog.sqlite3", rows) as catalog:
        yield Ledger(catalog)


def sentences(ledger, wanted):
    texts = {d.id: d.text for d in (NEWS, WIRE, SECRET)}
    found = [entry.attribution for entry in ledger.find(wanted)]
    return [texts[a.document][slice(*a.sentence)] for a in found]


def test_what_went_in_comes_out(ledger):
    assert ledger.of_document("news/one.txt") == news()
    assert ledger.of_document("wire/two.txt") == wire()


@pytest.mark.parametrize(
    ("wanted", "beginnings"),
    [
        (Wanted(speaker="Pym"), ["Gareth Pym acc", "Cllr Pym", "Yesterday"]),
        (Wanted(speaker="Mr Gareth Pym"), ["Gareth Pym acc", "Cllr Pym", "Yesterday"]),
        (Wanted(speaker="the council"), ["The town council"]),
        (Wanted(speaker="council spokesman"), ["The council spokesman"]),
        (Wanted(speaker="Ada Lowe", asserted=True), ["She criticised"]),
        (Wanted(speaker="Lowe"), ["Ada Lowe", "She criticised"]),
        (Wanted(target="the US"), ["The council spokesman"]),
        (Wanted(target="America"), ["The council spokesman"]),
        (Wanted(target="us"), []),
        (Wanted(target="Okafor"), []),
        (Wanted(target="the Okafor campaign"), ["Gareth Pym acc", "Yesterday"]),
        (Wanted(target="Iran"), ["Ada Lowe"]),
        (Wanted(target="Nobody Known"), []),
        (Wanted(stances=frozenset({Stance.DENY})), ["Cllr Pym", "The town council"]),
        (Wanted(about="leaking roof"), ["He told"]),
        (Wanted(publisher="hill"), ["Gareth", "Cllr", "The council", "Ada", "She", "He told"]),
        (Wanted(speaker="Pym", filters=Filters(since="2025")), ["Yesterday"]),
        (Wanted(speaker="Pym", filters=Filters(until="2024-03-05")), ["Gareth Pym acc", "Cllr"]),
        (Wanted(target="Pym", filters=Filters(scope=frozenset({"news", "wire"}))), []),
        (Wanted(target="Pym", filters=Filters(collection="secret")), ["Ben Quill"]),
    ],
)
def test_attributions_are_found_by_party_stance_words_and_document(ledger, wanted, beginnings):
    found = sentences(ledger, wanted)
    assert len(found) == len(beginnings)
    assert all(f.startswith(b) for f, b in zip(found, beginnings, strict=True))
    assert ledger.count(wanted)[0] == len(found)
    assert len(ledger.outline(wanted)) == len(found)


def test_a_page_of_the_ledger_is_a_part_of_it(ledger):
    everything = ledger.find(Wanted())
    assert ledger.find(Wanted(), limit=3, offset=2) == everything[2:5]


def test_a_reprint_is_one_claim_and_its_documents_are_listed(ledger):
    wanted = Wanted(target="the Okafor campaign")
    assert ledger.count(wanted) == (2, 1)
    (claim,) = {line.claim for line in ledger.outline(wanted)}
    rows = ledger.reprints([claim])[claim]
    assert [e.source.document for e in ledger.entries(rows)] == ["news/one.txt", "wire/two.txt"]
    allowed = ledger.reprints([claim], Filters(scope=frozenset({"wire"})))[claim]
    assert [e.source.document for e in ledger.entries(allowed)] == ["wire/two.txt"]


def test_a_reprint_is_found_once_with_its_other_sources(ledger):
    wanted = Wanted(target="the Okafor campaign")
    (entry,) = ledger.find(wanted, once=True)
    assert entry.source.document == "news/one.txt"
    assert [source.document for source in entry.also_in] == ["wire/two.txt"]
    scoped = replace(wanted, filters=Filters(scope=frozenset({"wire"})))
    (entry,) = ledger.find(scoped, once=True)
    assert (entry.source.document, entry.also_in) == ("wire/two.txt", ())
    assert len(ledger.find(wanted)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [("of 1984", "of 1994"), ("at the Lowther inn", "at the Martin inn"), ("3.5", "35")],
)
def test_the_same_words_about_another_name_or_number_are_no_reprint(tmp_path, one, other):
    rows = []
    for n, what in enumerate((one, other)):
        text = f"Ada Lowe accused Ben Quill of leaving the gutters of it full of moss {what} again."
        found = document(f"{n}.txt", text)
        rows.append((found, [attribution(found, text, "Ada Lowe", "accused", "Ben Quill")]))
    with catalog_of(tmp_path / "c.sqlite3", rows) as catalog:
        assert Ledger(catalog).count(Wanted()) == (2, 2)


def test_who_accuses_whom_the_other_way_round_is_no_reprint(tmp_path):
    one = document("a.txt", "Ada Lowe accused Ben Quill of lying.")
    other = document("b.txt", "Ben Quill accused Ada Lowe of lying.")
    rows = [
        (one, [attribution(one, one.text, "Ada Lowe", "accused", "Ben Quill")]),
        (other, [attribution(other, other.text, "Ben Quill", "accused", "Ada Lowe")]),
    ]
    with catalog_of(tmp_path / "c.sqlite3", rows) as catalog:
        assert Ledger(catalog).count(Wanted()) == (2, 2)


def test_nearly_the_same_words_are_a_reprint_and_another_accusation_is_not(tmp_path):
    matters = ["leaving the gutters of the old museum full of moss and leaves for a whole year"] * 2
    matters += ["hiding a letter"]
    matters[1] = matters[1].replace("moss", "weeds")
    rows = []
    for number, what in enumerate(matters):
        found = document(f"{number}.txt", f"Ada Lowe accused Ben Quill of {what}.")
        rows.append((found, [attribution(found, found.text, "Ada Lowe", "accused", "Ben Quill")]))
    with catalog_of(tmp_path / "c.sqlite3", rows) as catalog:
        assert Ledger(catalog).count(Wanted()) == (3, 2)


def test_names_are_completed_by_any_word_the_frequent_first_and_never_pronouns(ledger):
    assert [party.name for party in ledger.speakers("py")] == ["Gareth Pym", "Cllr Pym"]
    names = [party.name for party in ledger.speakers()]
    assert names[0] in ("Ada Lowe", "Gareth Pym")
    assert "He" not in names
    assert "us" not in [party.name for party in ledger.targets()]
    assert ledger.speakers("!?") == []
    inside = Filters(scope=frozenset({"wire"}))
    assert {party.name for party in ledger.speakers("", inside)} == {
        "Gareth Pym",
        "The town council",
    }


def test_an_id_names_the_places_and_outlives_a_better_reading():
    first, second, *_ = news()
    assert first.id != second.id
    assert replace(first, stance=Stance.CONDEMN, negated=True).id == first.id
    assert replace(first, document="other.txt").id != first.id


texts = st.text(min_size=4, max_size=60)


@given(texts, st.data())
def test_attributions_survive_the_cache_whole(text, data):
    def span(name=None):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start, len(text)))
        return Span(start, end, text[start:end], name)

    found = Attribution(
        "d.txt", data.draw(st.sampled_from([None, span("Full Name")])), span(), None,
        (span(), span()), (0, len(text)), data.draw(st.sampled_from(list(Stance))),
        *data.draw(st.tuples(st.booleans(), st.booleans(), st.booleans())),
    )  # fmt: skip
    assert load(dump([found]), document("d.txt", text)) == [found]


@pytest.mark.parametrize("table", ["attributions", "contents", "parties"])
def test_the_self_check_finds_an_attribution_that_does_not_match_its_document(tmp_path, table):
    path = tmp_path / CATALOG
    with catalog_of(path, [(NEWS, news())]):
        pass
    check_spans(tmp_path, {NEWS.id})
    change = {
        "attributions": "UPDATE attributions SET cue_start = cue_start + 1 WHERE id = 1",
        "contents": "UPDATE contents SET text = 'other words' WHERE attribution = 1",
        "parties": "UPDATE parties SET text = 'Somebody Else' WHERE id = 1",
    }
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(change[table])
    with pytest.raises(IndexDamagedError, match=r"attribution of news/one\.txt"):
        check_spans(tmp_path, {NEWS.id})


def test_of_too_many_the_pairs_with_the_most_lines_are_chosen_the_newest_first(tmp_path):
    rows = []
    for number in range(6):
        speaker = "Ada Lowe" if number % 2 else f"Witness {chr(65 + number)}eil"
        text = f"{speaker} accused Ben Quill of theft {number}."
        one = document(f"{number}.txt", text, published=f"2024-0{number + 1}-01")
        rows.append((one, [attribution(one, text, speaker, "accused", "Ben Quill")]))
    with catalog_of(tmp_path / "catalog.sqlite3", rows) as catalog:
        ledger = Ledger(catalog)
        wanted = Wanted(stances=frozenset([Stance.ACCUSE]))
        assert len(ledger.widely_said(wanted, 6)) == 6
        chosen = {line.document for line in ledger.widely_said(wanted, 2)}
        assert {line.document for line in ledger.outline(Wanted(speaker="Ada Lowe"))} <= chosen
        [first, second, *_] = ledger.most_frequent("speaker", wanted, 5)
        assert (first.name, first.count, second.count) == ("Ada Lowe", 3, 1)


def test_what_amounts_to_it_is_a_complaint_or_a_denial_without_the_word(tmp_path):
    text = (
        'Ivo Roth complained that the group was loud. "I never touched it," Ada Lowe said. Choir.'
    )
    one = document("a.txt", text)
    said = [
        attribution(
            one, text, "Ivo Roth", "complained", content="that the group was loud",
            stance=Stance.SAY,
        ),
        attribution(
            one, text, "Ada Lowe", "said", content="I never touched it", stance=Stance.SAY
        ),
    ]  # fmt: skip
    with catalog_of(tmp_path / "catalog.sqlite3", [(one, said)]) as catalog:
        ledger = Ledger(catalog)

        def speakers(query):
            return [line.speaker for line in as_said(ledger, query, Filters())]

        complaint = Query("", stance=Stance.CONDEMN, speaker="Roth", target="Choir")
        assert speakers(complaint) == ["Ivo Roth"]
        assert speakers(replace(complaint, target="Band")) == []
        assert speakers(replace(complaint, yes_no=True)) == []
        denial = Query("", stance=Stance.DENY, speaker="Lowe", topic="touching it", yes_no=True)
        assert speakers(denial) == ["Ada Lowe"]
        assert speakers(replace(denial, speaker="Roth")) == []
