import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.attribution.structure import Kind, read_layout
from index.attributions import AttributionExtractor
from index.types import Attribution, Document, Stance

SHARED = Path(__file__).resolve().parents[2] / "shared"
WORDS = (
    "Oskar Lund she he they the mayor company minister accused blamed said told of for that by "
    "and who not if bank “ ” \" ' , . ? : — ( ) \n \n\n # * ** <b> </b> according to a liar "
    "USA İ 😀 12:05"
).split(" ")


def check_spans(document: Document, found: list[Attribution]) -> None:
    positions = [a.cue.start for a in found]
    assert positions == sorted(positions)
    for attribution in found:
        spans = [attribution.speaker, attribution.cue, attribution.target, *attribution.content]
        for span in spans:
            if span is not None:
                assert 0 <= span.start < span.end <= len(document.text)
                assert document.text[span.start : span.end] == span.text
        start, end = attribution.sentence
        assert 0 <= start <= attribution.cue.start < end <= len(document.text)
        if attribution.speaker and attribution.target:
            speaker, target = attribution.speaker, attribution.target
            assert speaker.end <= target.start or target.end <= speaker.start
        assert attribution.speaker or attribution.target


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(st.sampled_from(WORDS), max_size=60), gap=st.sampled_from([" ", "  ", "\n"]))
@example(words=["said", "Oskar"], gap=" ")
def test_every_span_holds_the_words_of_the_document(
    extractor: AttributionExtractor, words: list[str], gap: str
) -> None:
    document = Document("a.txt", gap.join(words), "", "", language="en")
    check_spans(document, extractor.extract(document))


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=400))
def test_blocks_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for block in read_layout(text).blocks:
        assert end <= block.start < block.end <= len(text)
        end = block.end


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        '?!.,;"“”‘’—()[]',
        "“" * 500,
        "(" * 3000,
        "a" * 20_000,
        "A: b\n" * 300,
        "市長は銀行を非難した。" * 50,
        "x\x00y said\u200b so.",
    ],
    ids=["empty", "space", "marks", "open", "brackets", "one-word", "labels", "chinese", "nul"],
)
def test_odd_texts_invent_no_accusation(extractor: AttributionExtractor, text: str) -> None:
    document = Document("a.txt", text, "", "")
    found = extractor.extract(document)
    check_spans(document, found)
    assert all(a.stance is Stance.SAY for a in found)


def test_a_sentence_of_ten_thousand_words_is_read_in_pieces(
    extractor: AttributionExtractor,
) -> None:
    document = Document("a.txt", "the mayor accused the bank of fraud and " * 1250, "", "")
    found = extractor.extract(document)
    check_spans(document, found)
    assert max(a.sentence[1] - a.sentence[0] for a in found) < 2000


def test_capitals_are_read_like_other_words(extractor: AttributionExtractor) -> None:
    document = Document("a.txt", "THE MAYOR ACCUSED THE BANK OF FRAUD LAST NIGHT.", "", "")
    [found] = extractor.extract(document)
    assert found.speaker is not None
    assert found.target is not None
    assert (found.speaker.text, found.target.text) == ("THE MAYOR", "THE BANK")


def test_markup_is_read_through_and_kept_in_the_words(extractor: AttributionExtractor) -> None:
    document = Document("a.md", "- **Oskar Lund** accused the *bank* of fraud.", "", "")
    [found] = extractor.extract(document)
    check_spans(document, [found])
    assert found.speaker is not None
    assert "Oskar Lund" in found.speaker.text


def test_a_dateline_and_a_time_stamp_are_left_out() -> None:
    text = "PORT SELWYN, 3 May — The union met.\n\n14:05 Ferry stopped at the pier.\n"
    starts = [text[block.start :].split(" ")[0] for block in read_layout(text).blocks]
    assert starts == ["The", "Ferry"]


def test_a_wrapped_paragraph_is_one_block_and_a_poem_is_not() -> None:
    wrapped = (
        "The union met on Monday to talk about the ferry and then\n"
        "walked along the pier to the office of the director, who\n"
        "was out.\n"
    )
    assert len(read_layout(wrapped).blocks) == 1
    assert len(read_layout("O wind\nO sea\nO moon\n").blocks) == 3


def test_a_line_without_a_stop_is_a_heading() -> None:
    kinds = [block.kind for block in read_layout("Ferry stopped\n\nThe ferry stopped.\n").blocks]
    assert kinds == [Kind.HEADING, Kind.PROSE]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared gold data is not here")
def test_the_gold_of_the_seed_article_is_found(extractor: AttributionExtractor) -> None:
    path = next((SHARED / "seed").glob("*.txt"))
    document = Document(path.name, path.read_text(encoding="utf-8"), "", "", language="en")
    found = extractor.extract(document)
    check_spans(document, found)
    gold = json.loads((SHARED / "prototypes/attribution/seed_gold.json").read_text())
    reported = [g for g in gold if g["cls"] != "accuse" and "nested" not in g["note"]]
    for item in reported:
        cue = item["cue_span"]
        here = [a for a in found if a.cue.start < cue[1] and cue[0] < a.cue.end]
        assert here, item["cue"]
        speaker = here[0].speaker
        assert speaker is not None
        assert item["speaker"] in (speaker.name, speaker.text)
    for item in gold:
        if not item["explicit"] or item["cls"] != "accuse":
            continue
        judged = [
            a
            for a in found
            if a.stance is Stance.ACCUSE and a.explicit and a.cue.start == item["cue_span"][0]
        ]
        assert {a.speaker.name for a in judged if a.speaker} == {item["speaker"]}
        assert {a.target.text.removeprefix("the ") for a in judged if a.target} == set(
            item["targets"]
        )


def test_a_text_is_read_the_same_way_whatever_the_order_of_sets(tmp_path: Path) -> None:
    path = tmp_path / "thread.txt"
    path.write_text(
        "@delia_runs · 7:02\nThe marshal was eating a pasty.\n\n"
        "@delia_runs · 8:26\nTHE BANANAS\n\nhot take: the pasty is to blame\n\n"
        "@glyn_m · 8:44\nif they accuse us they can do it in writing\n\n"
        "@glyn_m · 8:45\nI blame the club, and the club blames me.\n",
        "utf-8",
    )
    printed = {
        subprocess.run(
            [sys.executable, "-m", "index", "extract", "--json", str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(printed) == 1
