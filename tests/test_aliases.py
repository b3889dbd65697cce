import pytest

from index.aliases import Aliases, load_aliases
from index.errors import SettingsError
from index.names import is_pronoun, name_key, name_words, same_party


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the US", "Washington"),
        ("U.S.", "the United States of America"),
        ("the Kremlin", "Russia"),
        ("Türkiye", "Turkey"),
        ("TEHRAN", "iran"),
    ],
)
def test_common_other_names_are_known(one, other):
    aliases = load_aliases()
    assert aliases.canonical(one) == aliases.canonical(other)
    assert aliases.others(one)


def test_a_name_without_aliases_stands_for_itself():
    aliases = load_aliases()
    assert aliases.canonical("the Hill Post") == "hill post"
    assert not aliases.others("the Hill Post")


def test_a_corpus_adds_its_own_and_joins_groups():
    aliases = load_aliases('"Quill Roofing" = ["the roofers", "Quill"]\n"Uncle Sam" = ["the US"]\n')
    assert aliases.canonical("Quill") == aliases.canonical("The Roofers")
    assert aliases.canonical("Uncle Sam") == aliases.canonical("Washington")
    again = Aliases.from_rows(aliases.rows())
    assert again.others("Quill") == aliases.others("Quill")


@pytest.mark.parametrize(
    ("text", "told"),
    [("nonsense", "aliases.toml cannot be read"), ('"A" = "B"', "as a list"), ("A = [1]", "list")],
)
def test_a_bad_file_is_refused_in_a_sentence(text, told):
    with pytest.raises(SettingsError, match=told):
        load_aliases(text)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Pym", "Gareth Pym"),
        ("Gareth Pym", "Cllr Pym"),
        ("the council", "the town council"),
        ("roofers", "the Roofer"),
        ("Dunmarrow", "Dunmarrow Roofing"),
        ("the museum", "Ravelsby Salt Museum"),
        ("Jose Munoz", "José Muñoz’s"),
        ("museum director", "The museum’s director"),
    ],
)
def test_names_that_may_mean_the_same_party(asked, name):
    assert same_party(asked, name)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Okafor", "the Okafor campaign"),
        ("Mbeki", "the Mbeki government"),
        ("Okafor", "Okafor Administration"),
        ("the council", "a council spokesman"),
        ("Gareth Pym", "Anna Pym"),
        ("the US", "us"),
        ("he", "He"),
        ("Ruth Dunmarrow", "Dunmarrow Roofing"),
        ("", "Pym"),
        ("?", "Pym"),
    ],
)
def test_names_that_do_not(asked, name):
    assert not same_party(asked, name)


def test_a_pronoun_is_never_an_abbreviation():
    assert is_pronoun("us") and is_pronoun("Us") and is_pronoun("I")
    assert not is_pronoun("US")


def test_titles_do_not_make_another_party_and_articles_do_not_count():
    assert name_key("Mrs Ruth Dunmarrow") == name_key("Ruth Dunmarrow")
    assert name_words("the museum’s directors") == ("museum", "director")
    assert name_key("the president") == "president"
