import pytest

from index.attributions import AttributionExtractor
from index.types import Attribution, Document, Stance


def reports(extractor: AttributionExtractor, text: str) -> list[Attribution]:
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    return [a for a in found if a.stance is Stance.SAY]


def said(attribution: Attribution) -> list[str]:
    return [part.text for part in attribution.content]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Halvard said the bridge was safe.", "Halvard", ["the bridge was safe"]),
        ("The bridge was safe, Halvard said.", "Halvard", ["The bridge was safe"]),
        ("“The bridge is safe,” Halvard said on Monday.", "Halvard", ["“The bridge is safe,”"]),
        ("“The bridge is safe,” said Halvard Moss.", "Halvard Moss", ["“The bridge is safe,”"]),
        ("“The bridge,” said Halvard, “is safe.”", "Halvard", ["“The bridge,”", "“is safe.”"]),
        (
            "The bridge, Halvard said, is to be closed.",
            "Halvard",
            ["The bridge", "is to be closed"],
        ),
        ('Halvard said: "The bridge is safe."', "Halvard", ['"The bridge is safe."']),
        ("According to the engineer, the bridge is safe.", "the engineer", ["the bridge is safe"]),
        ("The bridge is safe, according to the engineer.", "the engineer", ["The bridge is safe"]),
        ("The report found that the bridge was safe.", "The report", ["that the bridge was safe"]),
        (
            "Halvard told reporters that the bridge was safe.",
            "Halvard",
            ["that the bridge was safe"],
        ),
    ],
)
def test_a_report_keeps_the_words_of_its_speaker(
    extractor: AttributionExtractor, text: str, speaker: str, content: list[str]
) -> None:
    [found] = reports(extractor, text)
    assert found.speaker is not None
    assert found.speaker.text == speaker
    assert said(found) == content


def test_a_quotation_runs_back_over_its_sentences(extractor: AttributionExtractor) -> None:
    text = "“The bridge is old. It is not safe. Close it,” Halvard said."
    [found] = reports(extractor, text)
    assert said(found) == ["“The bridge is old. It is not safe. Close it,”"]


def test_a_quotation_after_the_tag_belongs_to_the_same_speaker(
    extractor: AttributionExtractor,
) -> None:
    text = "“The bridge is old,” Halvard said. “It will fall.”"
    [found] = reports(extractor, text)
    assert said(found) == ["“The bridge is old,”", "“It will fall.”"]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph(
    extractor: AttributionExtractor,
) -> None:
    text = (
        "“The bridge is old,” Halvard Moss said. “It will fall.\n\n"
        "“I blame the minister for it,” he said."
    )
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    blame = next(a for a in found if a.stance is Stance.ACCUSE)
    assert blame.speaker is not None
    assert (blame.speaker.text, blame.speaker.name) == ("I", "Halvard Moss")


def test_scare_quotes_do_not_make_a_report(extractor: AttributionExtractor) -> None:
    assert reports(extractor, "The “old bridge” was closed on Monday.") == []


@pytest.mark.parametrize(
    "text",
    [
        "By Halvard Moss",
        "Photo: Halvard Moss said nothing",
        "From: Halvard Moss",
        "The tracks show no mercy",
        "Plans vary according to schedule.",
    ],
)
def test_what_nobody_says_has_no_speaker(extractor: AttributionExtractor, text: str) -> None:
    assert reports(extractor, text) == []


def names(extractor: AttributionExtractor, text: str) -> list[tuple[str, str | None]]:
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    spans = [a.speaker for a in found if a.speaker is not None]
    return [(span.text, span.name) for span in spans]


def test_a_short_name_gets_the_full_one(extractor: AttributionExtractor) -> None:
    text = "Foreign Minister Oskar Lund spoke on Monday. Lund said the talks had failed."
    assert names(extractor, text)[-1] == ("Lund", "Oskar Lund")


def test_a_pronoun_means_the_subject_before_it(extractor: AttributionExtractor) -> None:
    text = "Oskar Lund arrived on Monday. He said the talks had failed."
    assert names(extractor, text) == [("He", "Oskar Lund")]


def test_a_description_means_the_one_who_holds_the_office(
    extractor: AttributionExtractor,
) -> None:
    text = (
        "Ambassador Oskar Lund met Senator Greta Holm on Monday. "
        "The diplomat said the talks had failed."
    )
    assert names(extractor, text) == [("The diplomat", "Oskar Lund")]


def test_two_bearers_of_a_surname_leave_it_unresolved(extractor: AttributionExtractor) -> None:
    text = "Oskar Lund and Greta Lund came on Monday. Lund said the talks had failed."
    assert names(extractor, text) == [("Lund", None)]


def test_a_pronoun_of_the_other_gender_is_left_alone(extractor: AttributionExtractor) -> None:
    text = "Mr Oskar Lund arrived on Monday. She said the talks had failed."
    assert names(extractor, text) == [("She", None)]


def test_she_and_he_are_two_people(extractor: AttributionExtractor) -> None:
    text = (
        "Minister Bram Costello spoke first. Former minister Ros Tully was furious. "
        "She said he had lied to parents."
    )
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    [implied] = [a for a in found if a.stance is Stance.ACCUSE]
    assert implied.speaker is not None
    assert implied.target is not None
    assert implied.speaker.name == "Ros Tully"
    assert implied.target.name != "Ros Tully"


def test_the_object_pronoun_is_not_the_subject_of_its_verb(
    extractor: AttributionExtractor,
) -> None:
    text = "Oskar Lund left. Then Peter Dahl accused him of fraud."
    found = extractor.extract(Document("a.txt", text, "", "", language="en"))
    [accusation] = [a for a in found if a.stance is Stance.ACCUSE]
    assert accusation.target is not None
    assert (accusation.target.text, accusation.target.name) == ("him", "Oskar Lund")


def test_i_in_a_letter_is_who_signs_it(extractor: AttributionExtractor) -> None:
    text = "Dear editor,\n\nI blame the water board for the flood.\n\nYours sincerely,\nAda Moss\n"
    assert names(extractor, text) == [("I", "Ada Moss")]


def test_a_turn_in_a_transcript_is_said_by_its_label(extractor: AttributionExtractor) -> None:
    text = (
        "MS. HOLM: I blame the minister for the delay.\n"
        "MR. LUND: That is not so.\n"
        "MS. HOLM: The minister was warned.\n"
    )
    assert ("I", "MS. HOLM") in names(extractor, text)
