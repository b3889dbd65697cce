import pytest

from index.corrections import load_corrections
from index.errors import SettingsError
from index.ledger import Ledger, Wanted
from index.status import read_status, status_json
from index.wiring import open_catalog
from tests.ledger_kit import attribution, document

TEXT = "Ada Lowe accused Quill Roofing of theft. Ben Quill blamed the council for the rain."
STORY = document("news/a.txt", TEXT)
THEFT = attribution(
    STORY,
    "Ada Lowe accused Quill Roofing of theft.",
    "Ada Lowe",
    "accused",
    "Quill Roofing",
    "theft",
)
RAIN = attribution(
    STORY, "Ben Quill blamed the council for the rain.", "Ben Quill", "blamed", "the council"
)


def corrected(text):
    corrections = load_corrections(text)
    return corrections, corrections.apply(STORY, [THEFT, RAIN])


def test_an_entry_is_hidden_by_document_and_words():
    corrections, kept = corrected(
        '[[correction]]\ndocument = "news/a.txt"\nwords = "of  theft"\nhide = true\nreason = "withdrawn"'
    )
    assert kept == [RAIN]
    assert corrections.applied == 1
    assert corrections.unused() == []


def test_an_entry_is_corrected_by_its_id_with_words_of_the_sentence_or_a_name():
    corrections, kept = corrected(
        f'[[correction]]\nid = "{THEFT.id}"\nspeaker = "Lowe"\ntarget = "Ben Quill"\nstance = "say"\n'
        'negated = true\nreason = "misread"'
    )
    found = kept[0]
    assert (found.speaker.text, found.speaker.name) == ("Lowe", None)
    assert TEXT[found.speaker.start : found.speaker.end] == "Lowe"
    assert (found.target.text, found.target.name) == ("Quill Roofing", "Ben Quill")
    assert (found.stance, found.negated) == ("say", True)
    assert corrections.applied == 1


def test_an_empty_name_takes_a_party_away():
    _, kept = corrected(f'[[correction]]\nid = "{RAIN.id}"\ntarget = ""\nreason = "nobody meant"')
    assert kept[1].target is None


def test_a_correction_that_fits_nothing_is_named():
    corrections, kept = corrected('[[correction]]\nid = "0000"\nhide = true\nreason = "gone"')
    assert kept == [THEFT, RAIN]
    assert corrections.unused() == ["0000"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = [", "cannot be read"),
        ("x = 1", r"under \[\[correction\]\]"),
        ('[[correction]]\nid = "1"\nhide = true', "correction 1: reason"),
        ('[[correction]]\nid = "1"\nhide = true\nreason = "  "', "say the reason"),
        ('[[correction]]\nhide = true\nreason = "r"', "give an id, or a document and words"),
        ('[[correction]]\nid = "1"\nreason = "r"', "either hide it or say what is right"),
        ('[[correction]]\nid = "1"\nstance = "cry"\nreason = "r"', "correction 1: stance"),
        ('[[correction]]\nid = "1"\nhid = true\nreason = "r"', "correction 1: hid"),
    ],
)
def test_a_bad_entry_is_refused_in_a_sentence(text, told):
    with pytest.raises(SettingsError, match=told) as caught:
        load_corrections(text)
    assert "\n" not in caught.value.user_message


def test_a_correction_outlives_reindexes_is_counted_and_a_bad_one_loses_nothing(
    write, index, settings
):
    def targets():
        with open_catalog(settings) as catalog:
            return [e.attribution.target.text for e in Ledger(catalog).find(Wanted())]

    write("news/a.txt", TEXT)
    assert index().attributions == 2
    write(
        "corrections.toml",
        '[[correction]]\ndocument = "news/a.txt"\nwords = "theft"\nhide = true\nreason = "withdrawn"\n',
    )
    second = index()
    assert (second.changed, second.attributions, second.unchanged) == (True, 1, 1)
    assert targets() == ["the council"]
    assert status_json(read_status(settings))["corrections"] == 1
    write("news/b.txt", "The heron left the weir on Friday.")
    assert index().attributions == 1
    assert targets() == ["the council"]

    write("corrections.toml", '[[correction]]\nid = "1"\nhide = true')
    with pytest.raises(SettingsError, match="The index stays as it was"):
        index()
    assert targets() == ["the council"]
    write("corrections.toml", '[[correction]]\nid = "1"\nhide = true\nreason = "old"\n')
    assert index().notes == ("A correction fits nothing any more: 1",)
    (settings.corpus_dir / "corrections.toml").unlink()
    assert index().attributions == 2
