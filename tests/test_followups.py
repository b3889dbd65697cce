import shutil
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.conversation.leaning import Lean, leaning_of
from index.conversation.rewriting import stand_alone
from index.conversation.scene import Kind, Mention, Scene, read_scene
from index.corpus import FolderCorpus
from index.progress import Silence
from index.reindex import reindex
from index.settings import load_settings
from index.types import Filters, Turn
from index.wiring import open_answerer

LEANING = [
    ("And in March?", Lean.FRAGMENT),
    ("what about the mayor?", Lean.FRAGMENT),
    ("and the Gazette", Lean.FRAGMENT),
    ("no, the second one", Lean.FRAGMENT),
    ("and for Northwarren?", Lean.FRAGMENT),
    ("Why?", Lean.ASKING),
    ("since when?", Lean.ASKING),
    ("How much?", Lean.ASKING),
    ("says who?", Lean.ASKING),
    ("ok, and how many in the freezer?", Lean.ASKING),
    ("Did he?", Lean.ASKING),
    ("What did she say about the roof?", Lean.PRONOUN),
    ("Did the council deny it?", Lean.PRONOUN),
    ("who's paying them", Lean.PRONOUN),
    ("What happened to the runner he helped?", Lean.PRONOUN),
    ("Who signed that letter?", Lean.PRONOUN),
    ("Who lives there?", Lean.PRONOUN),
    ("when was her report published?", Lean.PRONOUN),
    ("Who else?", Lean.ASKING),
    ("Who else was blamed?", Lean.SHORT),
    ("What happened then?", Lean.SHORT),
    ("How did the council respond?", Lean.SHORT),
    ("Who voted against?", Lean.SHORT),
]
ALONE = [
    "Who accused the roofers of cutting corners?",
    "And who chairs the culture committee of Ravelsby?",
    "What did Alan Wisbeck write about his father?",
    "When did the museum say that it will open again?",
    "Is it true that the roof leaked in 1976?",
    "How much does it cost to adopt a chart?",
    "Is there a limit on the judge's fee?",
    "What did they say at the trial about the two letters?",
    "They say that the grant may go back, when may the fund ask for it to be returned?",
    "There is a caravan in the report, what was in the caravan?",
    "Who lent his ice-cream van to move the charts?",
    "How many emails did Helen Quarrie say she sent to the firm?",
    "What is the man that mended the porch called?",
    "By how many votes did the leader survive?",
    "How much rain fell in Marrick this year?",
    "tell me about the lottery grant",
    "Does the Prince of Wales have his own source of income?",
    "salt museum opening hours",
]


@pytest.mark.parametrize(("question", "kind"), LEANING)
def test_a_question_that_leans_is_known_by_its_form(question, kind):
    for typed in (question, question.lower(), question.rstrip("?") + "?"):
        leaning = leaning_of(typed)
        assert leaning is not None
        assert leaning.kind is kind


@pytest.mark.parametrize("question", ALONE)
def test_a_question_that_says_what_it_is_about_stands_alone(question):
    assert leaning_of(question) is None
    assert leaning_of(question.lower()) is None


@given(st.text(alphabet="whoatdieresn 'bc,?.ANé“…\n", max_size=80))
def test_any_text_leans_or_does_not(text):
    leaning = leaning_of(text)
    if leaning is not None:
        assert all(0 <= at < len(leaning.tokens) for at in leaning.pronouns)
        text = stand_alone(leaning, [Scene("Who left?", ())]).text
        assert text == " ".join(text.split())


WHO = Scene(
    "Who accused Owen Threlkeld of neglect?",
    (Mention("Owen Threlkeld", Kind.HE, True), Mention("Nadia Sorrell", Kind.SHE)),
    "Nadia Sorrell",
    "Owen Threlkeld",
    True,
)
TENDER = Scene(
    "How much was Dunmarrow's tender in March 2023?",
    (Mention("Dunmarrow", Kind.THING, True),),
)
DID = Scene(
    "Did Ben Orr accuse Ada Lowe?",
    (Mention("Ben Orr", Kind.PERSON, True), Mention("Ada Lowe", Kind.PERSON, True)),
    "Ben Orr",
    "Ada Lowe",
    True,
)
MIXED = replace(
    DID, mentions=(Mention("Ben Orr", Kind.HE, True), Mention("Ada Lowe", Kind.SHE, True))
)


@pytest.mark.parametrize(
    ("question", "scene", "expected"),
    [
        ("What did she say?", WHO, "What did Nadia Sorrell say?"),
        ("Did he deny it?", WHO, "Did Owen Threlkeld deny Nadia Sorrell's accusation?"),
        ("Where was her letter printed?", WHO, "Where was Nadia Sorrell's letter printed?"),
        ("why?", WHO, "Why was it that Nadia Sorrell accused Owen Threlkeld of neglect?"),
        ("And Helen Quarrie?", WHO, "Who accused Helen Quarrie of neglect?"),
        ("and Hadrick's?", TENDER, "How much was Hadrick's tender in March 2023?"),
        ("and in May 2024?", TENDER, "How much was Dunmarrow's tender in May 2024?"),
        ("This year?", Scene("Will it rain?", ()), "Will it rain this year?"),
        ("when?", Scene("Did the weir break?", ()), "When did the weir break?"),
        ("why?", Scene("When did the weir break?", ()), "Why did the weir break?"),
        ("Did she accuse him?", DID, "Did Ada Lowe accuse Ben Orr?"),
        ("Did he accuse her?", MIXED, "Did Ben Orr accuse Ada Lowe?"),
        ("Did she accuse him?", MIXED, "Did Ada Lowe accuse Ben Orr?"),
        ("and for Strand?", Scene("Who scored for Ketterby?", ()), "Who scored for Strand?"),
    ],
)
def test_a_follow_up_is_rewritten_with_the_turn_before(question, scene, expected):
    assert stand_alone(leaning_of(question), [scene]).text == expected


def test_what_is_not_resolved_stays_beside_what_was_talked_about():
    reading = stand_alone(leaning_of("Did they find it?"), [Scene("Who lost the key?", ())])
    assert (reading.text, reading.topic) == ("Did they find it?", "Who lost the key")
    assert not reading.complete


def test_a_person_who_was_not_in_the_last_turn_is_found_in_the_one_before():
    rain = Scene("How much rain fell?", (Mention("rain", Kind.THING, True),))
    reading = stand_alone(leaning_of("What did she withdraw?"), [rain, WHO])
    assert reading.text == "What did Nadia Sorrell withdraw?"


def test_a_scene_knows_names_that_were_typed_in_small_letters():
    scene = read_scene(
        "what did quarrie tell the town council about the damp patch?",
        "Quarrie warned the town council. She wrote twice.",
        "Helen Quarrie, the director, wrote to the town council about the damp patch.",
        {"helen": "f"},
    )
    found = {mention.text: mention.kind for mention in scene.mentions}
    assert found["Helen Quarrie"] is Kind.SHE
    assert found["the town council"] is Kind.GROUP
    assert found["the damp patch"] is Kind.THING


WEIR = """# The weir at Orle

Ada Lowe accused Colin Brand of leaving the sluice open on Friday. Brand denied the accusation.
He said that he had been at a wedding. Lowe runs the mill, which lost three days of work.

The repair of the sluice costs £4,300. The parish pays half of it.
"""
HERON = "# The heron\n\nThe heron came back to the orchard in May.\n"
SECRET = """# The board

In private, Greta Vance accused Colin Brand of forging the sluice log at the weir at Orle.
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory, exported_models):
    root = tmp_path_factory.mktemp("weir")
    texts = {"open/weir.md": WEIR, "closed/board.md": SECRET, "open/heron.md": HERON}
    for name, text in texts.items():
        path = root / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    shutil.copytree(exported_models, root / "data" / "models")
    settings = load_settings(corpus_dir=root / "corpus", data_dir=root / "data")
    reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    answerer = open_answerer(settings)
    yield answerer
    answerer.close()


def said(answer):
    return " ".join(statement.text for statement in answer.statements)


def test_a_pronoun_is_answered_from_the_turn_before(asked):
    scope = Filters(scope=frozenset(["open"]))
    history = [Turn("Who accused Colin Brand of leaving the sluice open?")]
    answer = asked.answer("Did he deny it?", scope, history=history)
    assert answer.question == "Did he deny it?"
    assert answer.rewritten == "Did Colin Brand deny Ada Lowe's accusation?"
    assert "Brand denied the accusation." in said(answer)


def test_a_question_of_its_own_is_answered_as_without_a_history(asked):
    question = "When did the heron come back to the orchard?"
    answer = asked.answer(question, history=[Turn("Who accused Colin Brand?")])
    alone = asked.answer(question)
    assert answer.rewritten is None
    assert (answer.statements, answer.hits) == (alone.statements, alone.hits)


def test_a_history_shows_nothing_from_beyond_the_scope(asked):
    scope = Filters(scope=frozenset(["open"]))
    told = asked.answer("Who accused Colin Brand of forging the log?")
    assert "Greta Vance" in said(told)
    history = [Turn("Who accused Colin Brand of forging the log?", said(told))]
    for question in ("What did she say?", "Who else?", "Why?", "and Ada Lowe?"):
        answer = asked.answer(question, scope, history=history)
        assert "Vance" not in f"{answer.rewritten} {said(answer)}"
        assert {c.source.document for c in answer.citations} <= {"open/weir.md", "open/heron.md"}
    assert "Vance" in asked.answer("What did she say?", history=history).rewritten


def test_a_chain_of_follow_ups_keeps_its_thread(asked):
    history = [
        Turn("Who accused Colin Brand of leaving the sluice open?"),
        Turn("What does she run?"),
        Turn("And how much does the repair cost?"),
    ]
    answer = asked.answer("Who pays half of it?", history=history)
    assert "The parish pays half of it." in said(answer)


@pytest.mark.parametrize(
    "history",
    [
        [Turn("")],
        [Turn("?!"), Turn("asdf qwer")],
        [Turn("Who painted the ceiling of the chapel?")],
        [Turn("Wer hat das Wehr geöffnet?", "Niemand.")],
        [Turn("Why? " * 2000, "x " * 5000)] * 40,
        [Turn("Did he?"), Turn("And she?"), Turn("Why?")],
    ],
)
@pytest.mark.parametrize(
    "question", ["And he?", "Why?", "¿Y el segundo?", "What did they do there?"]
)
def test_any_history_is_lived_with(asked, history, question):
    answer = asked.answer(question, history=history)
    assert answer.question == question
    assert asked.search(question, history=history) is not None
