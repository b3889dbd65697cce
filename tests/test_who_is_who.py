import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.party_names import PartyNames, full_names
from index.question_names import named
from index.types import Filters, Query
from index.who_is_who import WhoIsWho, described
from tests.ledger_kit import attribution, catalog_of, document

MATCH = document(
    "match.txt",
    "Albion's coach, Marta Vance, blamed the referee, Mr Ivo Senn, for the rain. Harrow's manager,"
    " Della Pym, praised her captain, young Ole Roth. The owner of Harrow was not there.",
    publisher="The Harrow Albion Post",
)
STRIKE = document(
    "strike.txt",
    "Lena Orr, general secretary of the Weavers' Union, accused chief executive Bruno Hale of"
    " counting breaks at Quillon Mills. Vera Lind, who chairs the works council, wept. The treasurer"
    " of the fund, a Mr Tosh, said nothing.",
    publisher="The Loom",
)
STATE = document(
    "state.txt",
    "Prime Minister Ana Sobel left. Foreign Minister Ilse Kovar spoke for Kestria in the capital."
    " The minister for rural affairs, Rufus Hale-Orr, resigned, the report of his office says."
    " The union, Allied Bakers, met the Carriers' Union.",
)

RECORD = document(
    "record.txt",
    "Conrad Thule (Moor Union, Port Treasurer) rose. Ines Farr has been First Magistrate since May. The"
    " ferry's skipper waited for supporters of Brack Rangers. The club's chairwoman, Oda Penn,"
    " was late.",
)
GUILD = document(
    "guild.txt",
    "Supporters of Dorn Wanderers met at the Harbour Guild. The guild's chairwoman, Lil Sand, was"
    " there.",
)


@pytest.fixture
def catalog(tmp_path):
    rows = [
        (MATCH, [attribution(MATCH, MATCH.text, "Marta Vance", "blamed", "the referee")]),
        (STRIKE, [attribution(STRIKE, STRIKE.text, "Lena Orr", "accused", "Bruno Hale")]),
        (STATE, []),
        (RECORD, []),
        (GUILD, []),
    ]
    with catalog_of(tmp_path / "catalog.sqlite3", rows) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("the referee", ("Ivo Senn",)),
        ("the ref", ("Ivo Senn",)),
        ("the coach", ("Marta Vance",)),
        ("the Harrow manager", ("Della Pym",)),
        ("the albion coach", ("Marta Vance",)),
        ("the skipper", ("Ole Roth",)),
        ("the Quillon boss", ("Bruno Hale",)),
        ("the CEO of Quillon", ("Bruno Hale",)),
        ("the union boss", ("Lena Orr",)),
        ("the head of the weavers union", ("Lena Orr",)),
        ("the chair of the works council", ("Vera Lind",)),
        ("the PM", ("Ana Sobel",)),
        ("the Kestrian foreign minister", ("Ilse Kovar",)),
        ("the rural affairs minister", ("Rufus Hale-Orr",)),
        ("the port treasurer", ("Conrad Thule",)),
        ("the first magistrate", ("Ines Farr",)),
        ("the chairwoman of Brack Rangers", ("Oda Penn",)),
        ("the chairwoman of the Harbour Guild", ("Lil Sand",)),
        ("the chairwoman of Dorn Wanderers", ()),
        ("the coaches", ()),
        ("the report", ()),
        ("the company", ()),
        ("his coach", ()),
        ("the Crake coach", ()),
        ("the bishop", ()),
    ],
)
def test_a_description_is_who_the_texts_call_so(catalog, asked, names):
    assert WhoIsWho(catalog).names_of(asked) == names


def test_a_kind_of_body_that_two_texts_name_stays_open(catalog):
    assert set(WhoIsWho(catalog).names_of("the union")) >= {"Allied Bakers", "Carriers' Union"}


def test_nobody_is_described_beyond_what_the_asker_may_see(catalog):
    nothing = Filters(scope=frozenset({"elsewhere"}))
    assert WhoIsWho(catalog, nothing).names_of("the ref") == ()


def test_an_unnamed_party_is_the_one_whom_its_document_calls_so(catalog):
    names = PartyNames(catalog, WhoIsWho(catalog))
    [place] = names.places_of("Ivo Senn")
    referee = catalog.rows("SELECT id FROM parties WHERE text = 'the referee'")[0]["id"]
    assert place.parties == {referee}
    assert PartyNames(catalog).places_of("Ivo Senn") == []


def test_the_question_says_whom_it_takes_a_description_for(catalog):
    names = PartyNames(catalog, WhoIsWho(catalog))
    found = named(names, Query("", speaker="the PM", target="the union"))
    assert found.query.speaker == "Ana Sobel"
    assert found.query.target == "the union"
    assert found.note.startswith("“the PM” is taken to be Ana Sobel. “the union” may be ")


def test_a_misspelt_name_is_written_as_the_ledger_has_it(catalog):
    names = PartyNames(catalog, WhoIsWho(catalog))
    assert named(names, Query("", speaker="bruno halle")).query.speaker == "Bruno Hale"
    assert named(names, Query("", speaker="Marta Vance")).query.speaker == "Marta Vance"


def test_a_short_name_is_full_only_where_one_person_has_it():
    parties = [("Ada Lowe", "ada lowe"), ("Lowe", "lowe"), ("Tom Orr", "tom orr")]
    assert full_names(parties)["lowe"] == ("Ada Lowe", "ada lowe")
    assert "lowe" not in full_names([*parties, ("Ben Lowe", "ben lowe")])


@given(st.text(max_size=60))
def test_any_words_can_be_taken_apart(text):
    found = described(text)
    assert found is None or found.role
