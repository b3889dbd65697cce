import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalog import Catalog, CatalogWriter, text_key
from index.errors import AscribeError, IndexDamagedError, SettingsError, UnknownDocumentError
from index.terms import TOKENIZER, match_any
from index.types import Document, Filters, Passage


def document(path, text, published=None, **fields):
    return Document(
        id=path, text=text, sha256=f"sha of {text}", title=path, published=published, **fields
    )


def whole(document):
    return Passage(document.id, 0, len(document.text), ((0, len(document.text)),))


DOCUMENTS = [
    document("a.txt", "The roofers accused the council.", "2024-12-02"),
    document("news/b.txt", "The council denied it. 😀 Nobody ran away.", "2025"),
    document("news/old/c.txt", "The roofers accused the council.", "2023-05"),
    document("minutes/d.txt", "Running water was heard.", None, page_starts=(0, 8)),
]


@pytest.fixture
def catalog(tmp_path):
    with CatalogWriter(tmp_path / "catalog.sqlite3") as writer:
        for one in DOCUMENTS:
            writer.add(one, [whole(one)])
    catalog = Catalog(tmp_path / "catalog.sqlite3")
    yield catalog
    catalog.close()


def paths(catalog, **filters):
    return [found.source.document for found in catalog.documents(Filters(**filters))]


def test_a_document_comes_back_as_it_was_stored(catalog):
    assert [catalog.document(one.id) for one in DOCUMENTS] == DOCUMENTS


def test_equal_texts_are_stored_once_and_stand_in_every_document(catalog):
    assert catalog.counts().passages == 4
    assert catalog.counts().texts == 3
    key = text_key(DOCUMENTS[0].text)
    assert [p.source.document for p in catalog.passages([key])[key]] == ["a.txt", "news/old/c.txt"]


def test_words_match_in_all_their_forms_and_rarer_ones_count_more(catalog):
    found = catalog.lexical(["accusing", "councils"])
    assert found[0][0] == text_key("The roofers accused the council.")
    assert len(found) == 2
    assert found[0][1] > found[1][1] > 0


def test_a_question_full_of_operators_is_only_words(catalog):
    found = catalog.lexical(['"', "NEAR(", "a*", "OR", "-", "council:", "\x00"])
    assert len(found) == 2
    assert catalog.lexical([]) == []


def test_filters_by_collection_take_its_sub_folders_and_nothing_that_only_begins_alike(catalog):
    assert paths(catalog, collection="news") == ["news/b.txt", "news/old/c.txt"]
    assert paths(catalog, collection="new") == []


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2024", None, ["a.txt", "news/b.txt"]),
        ("2024-12-03", None, ["news/b.txt"]),
        ("2025-06-01", None, ["news/b.txt"]),
        (None, "2023-05-01", ["news/old/c.txt"]),
        ("2023-05-31", "2024-12", ["a.txt", "news/old/c.txt"]),
    ],
)
def test_dates_of_a_year_or_a_month_match_all_of_their_days(catalog, since, until, expected):
    assert paths(catalog, since=since, until=until) == expected


def test_documents_without_a_date_are_counted_when_a_date_leaves_them_out(catalog):
    assert catalog.undated(Filters(since="2024")) == 1
    assert catalog.undated(Filters(since="2024", collection="news")) == 0


@pytest.mark.parametrize("date", ["yesterday", "2024-13", "2024-02-30", "24-1-1", ""])
def test_what_is_no_date_is_refused_in_a_sentence(catalog, date):
    with pytest.raises(SettingsError, match="not a date"):
        catalog.documents(Filters(since=date))


def test_nothing_outside_the_scope_is_seen(catalog):
    scope = frozenset({"news"})
    assert paths(catalog, scope=scope) == ["news/b.txt"]
    assert paths(catalog, scope=frozenset()) == []
    assert catalog.collections(scope) == ["news"]
    assert catalog.lexical(["water"], Filters(scope=scope)) == []
    key = text_key("Running water was heard.")
    assert catalog.passages([key], Filters(scope=scope)) == {}
    with pytest.raises(UnknownDocumentError):
        catalog.document("a.txt", scope)


def test_document_frequency_counts_texts_with_any_form_of_a_word(catalog):
    assert catalog.document_frequency(["accuse", "runs", "zebra"]) == [1, 1, 0]


def test_an_interrupted_writer_leaves_nothing_that_opens(tmp_path):
    with pytest.raises(RuntimeError), CatalogWriter(tmp_path / "c") as writer:
        writer.add(DOCUMENTS[0], [])
        raise RuntimeError
    with pytest.raises(IndexDamagedError):
        Catalog(tmp_path / "c").counts()


def test_a_file_that_is_no_catalog_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "c").write_bytes(b"not a database at all, but long enough to be one" * 50)
    with pytest.raises(AscribeError, match="cannot be read"):
        Catalog(tmp_path / "c")


def test_threads_share_a_catalog(catalog):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: len(catalog.lexical(["council"])), range(40)))
    assert found == [2] * 40


_WORDS = st.sampled_from(
    "council Councils accused accusing roof the The in Zürich 12th 日本 naïve of".split()
)
_TEXTS = st.lists(st.lists(_WORDS, min_size=1, max_size=300).map(" ".join), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(texts=_TEXTS, asked=st.lists(_WORDS, min_size=1, max_size=4, unique_by=str.lower))
def test_scores_are_those_of_fts5(tmp_path_factory, texts, asked):
    path = tmp_path_factory.mktemp("catalog") / "catalog.sqlite3"
    texts = list(dict.fromkeys(texts))
    with CatalogWriter(path) as writer:
        for number, text in enumerate(texts):
            one = document(f"{number}.txt", text)
            writer.add(one, [whole(one)])
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE VIRTUAL TABLE t USING fts5(text, tokenize='{TOKENIZER}')")
        database.executemany("INSERT INTO t VALUES (?)", [(text,) for text in texts])
        sql = "SELECT text, -rank FROM t WHERE t MATCH ?"
        expected = {text_key(t): score for t, score in database.execute(sql, [match_any(asked)])}
    catalog = Catalog(path)
    try:
        assert dict(catalog.lexical(asked)) == pytest.approx(expected, rel=1e-4, abs=1e-7)
        assert catalog.lexical(asked, limit=1) == catalog.lexical(asked)[:1]
    finally:
        catalog.close()


def test_a_word_in_the_possessive_is_found_without_it_too(catalog):
    assert catalog.lexical(["council's"]) == catalog.lexical(["council"]) != []


def test_a_filter_leaves_out_texts_that_stand_elsewhere_only(catalog):
    found = catalog.lexical(["council"], Filters(collection="news/old"))
    assert [key for key, _ in found] == [text_key("The roofers accused the council.")]
    assert catalog.keys(Filters(collection="minutes")) == [text_key("Running water was heard.")]
    assert catalog.keys(Filters(collection="nowhere")) == []
