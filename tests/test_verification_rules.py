import pytest

from index.aliases import load_aliases
from index.catalog import Catalog, CatalogWriter
from index.embedder import ExportedEmbedder
from index.sentences import sentences_in
from index.types import Passage
from index.verification.meaning import Meaning
from index.verify import CitedSpan, Outcome, Verifier
from tests.ledger_kit import document

INTERVIEW = (
    "Ida Marsh: When did you see the crack?\n\n"
    "Otto Brenn: On the Monday. I told the foreman that evening.\n\n"
    "Marsh: And what did he do?\n\n"
    "Brenn: He laughed. I have the note still.\n"
)
CASES = {
    "The trustees will look at whether the east gate should be closed, said Mara Voss.": (
        ["Mara Voss said that the trustees would consider closing the east gate."],
        ["The trustees will close the east gate, said Mara Voss."],
    ),
    "The count was 31 herons, only two fewer than in the year before.": (
        ["The count of herons was two fewer than in the year before."],
        ["The count was 31 herons, two more than in the year before."],
    ),
    "Ms Voss said that she had told the jury to weigh skill more heavily.": (
        ["Ms Voss said that she had told the jury to give skill more weight."],
        ["Ms Voss said that she had told the jury to weigh speed more heavily than skill."],
    ),
    "The diary records the sale of the boat but not the day on which Mr Voss moved out.": (
        ["The diary records that the boat was sold, but not when Mr Voss moved out."],
        ["The diary records the day on which Mr Voss moved out."],
    ),
    "The fee is capped at £9,000.": (
        ["The fee is no more than £9,000."],
        ["The fee is at least £9,000."],
    ),
    "The regatta drew 4,000 people on Sunday, the most since it began in 1990.": (
        ["The regatta drew 4,000 people on Sunday, more than ever since it began in 1990."],
        ["The regatta drew 4,000 people on Sunday, the fewest since it began in 1990."],
    ),
    "Every letter was answered within ten days. The longest took nine.": (
        ["Every letter was answered within ten days, and the slowest took nine."],
        ["Every letter was answered within ten days, and the quickest took nine."],
    ),
    "Of the 39 charts, six were beyond repair. Mending the others would cost £8,000.": (
        ["Mending the charts that are not beyond repair would cost £8,000."],
        ["Mending the charts that are not beyond repair would cost £80,000."],
    ),
    "The harbour board plans to dredge the channel in March, the chairman said.": (
        [
            "The harbour board intends to dredge the channel in March.",
        ],
        [
            "The harbour board dredged the channel in March.",
            "The harbour board will dredge the channel in March.",
            "The harbour board has agreed to dredge the channel in March.",
        ],
    ),
    "Up to 300 homes lost power.": (
        [],
        [
            "300 homes lost power.",
            "More than 300 homes lost power.",
            "Exactly 300 homes lost power.",
        ],
    ),
    "Police have not yet identified the driver of the lorry.": (
        [
            "The driver of the lorry has not been identified yet.",
            "Police do not yet know who drove the lorry.",
        ],
        [
            "Police have identified the driver of the lorry.",
            "Police identified the lorry driver.",
            "Police have already named the driver.",
        ],
    ),
    "Nora Fitch sold the mill to Desmond Arkle in 1987.": (
        [
            "In 1987 the mill was sold to Desmond Arkle by Nora Fitch.",
        ],
        [
            "Desmond Arkle sold the mill to Nora Fitch in 1987.",
            "Nora Fitch bought the mill from Desmond Arkle in 1987.",
            "The mill was sold by Desmond Arkle to Nora Fitch in 1987.",
            "Nora Fitch sold the mill to Desmond Arkle in 1978.",
            "Nora Fitch sold the farm to Desmond Arkle in 1987.",
        ],
    ),
    "The fire is thought to have started in the kitchen.": (
        [
            "It is believed that the fire began in the kitchen.",
        ],
        [
            "The fire started in the kitchen.",
            "The fire began in the kitchen, investigators confirmed.",
        ],
    ),
    "The company denies that it ignored the warnings.": (
        [
            "The company says that it did not ignore the warnings.",
            "The company rejects the claim that it ignored the warnings.",
        ],
        [
            "The company ignored the warnings.",
            "The company admits that it ignored the warnings.",
            "The company says that it ignored the warnings.",
        ],
    ),
    "Hardly anyone came to the meeting, and the vote was postponed.": (
        [
            "The vote was postponed because hardly anyone came to the meeting.",
        ],
        [
            "Many people came to the meeting.",
            "The vote was held.",
            "Everyone came to the meeting, and the vote was postponed.",
        ],
    ),
    "Inspectors failed to find the leak.": (
        [
            "Inspectors did not find the leak.",
            "The leak was not found by inspectors.",
        ],
        [
            "Inspectors found the leak.",
            "Inspectors managed to find the leak.",
        ],
    ),
    "Only members may vote at the annual meeting.": (
        [],
        [
            "Anyone may vote at the annual meeting.",
            "All residents may vote at the annual meeting.",
            "Members may not vote at the annual meeting.",
        ],
    ),
    "Mr Hale told Mrs Oduya that the contract had been cancelled.": (
        [
            "Mrs Oduya was told by Mr Hale that the contract had been cancelled.",
            "The contract had been cancelled, Mr Hale told Mrs Oduya.",
        ],
        [
            "Mrs Oduya told Mr Hale that the contract had been cancelled.",
            "Mr Hale was told by Mrs Oduya that the contract had been cancelled.",
            "Mr Hale told Mrs Oduya that the contract had been signed.",
            "Mr Hale asked Mrs Oduya whether the contract had been cancelled.",
        ],
    ),
    "The suspected arsonist was arrested on Friday.": (
        [
            "On Friday the alleged arsonist was arrested.",
        ],
        [
            "The arsonist was arrested on Friday.",
            "The suspected arsonist was convicted on Friday.",
            "The suspected arsonist was arrested on Thursday.",
            "The suspected arsonist was released on Friday.",
        ],
    ),
    "If the dam is not repaired, the valley could flood next winter.": (
        [],
        [
            "The valley will flood next winter.",
            "The dam has not been repaired.",
            "The dam was repaired.",
        ],
    ),
    "Without the grant, the library would have closed.": (
        [
            "The library would have shut if it had not had the grant.",
        ],
        [
            "The library has closed.",
            "The library closed without the grant.",
        ],
    ),
    "Anna Reyes beat Tom Blyth by 312 votes to 298.": (
        [],
        [
            "Tom Blyth beat Anna Reyes by 312 votes to 298.",
            "Anna Reyes lost to Tom Blyth by 312 votes to 298.",
            "Anna Reyes beat Tom Blyth by 298 votes to 312.",
            "Anna Reyes was beaten by Tom Blyth.",
        ],
    ),
    "The draft report recommends closing the east ward.": (
        [],
        [
            "The report recommends closing the east ward.",
            "The east ward has been closed.",
            "The draft report recommends opening the east ward.",
            "The draft report advises against closing the east ward.",
        ],
    ),
    "The minister refused to say whether the talks had failed.": (
        [
            "The minister would not say whether the talks had failed.",
        ],
        [
            "The minister said that the talks had failed.",
            "The talks had failed.",
            "The minister denied that the talks had failed.",
        ],
    ),
    "The council stopped funding the ferry in May.": (
        [
            "In May the council ended its funding of the ferry.",
        ],
        [
            "The council started funding the ferry in May.",
            "The council funds the ferry.",
        ],
    ),
    "According to the union, 40 drivers were dismissed without notice.": (
        [
            "The union says that 40 drivers were sacked without notice.",
        ],
        [
            "40 drivers were dismissed without notice.",
            "According to the company, 40 drivers were dismissed without notice.",
        ],
    ),
    "Neither the mayor nor her deputy attended the funeral.": (
        [],
        [
            "The mayor and her deputy attended the funeral.",
            "Both the mayor and her deputy attended the funeral.",
        ],
    ),
    "The museum expects to reopen in June, but no date has been set.": (
        [
            "The museum hopes to reopen in June, but has not set a date.",
        ],
        [
            "The museum will reopen in June.",
            "The museum reopened in June.",
            "A date has been set for June.",
        ],
    ),
    "Most of the 48 trees were saved.": (
        [
            "The majority of the 48 trees were saved.",
        ],
        [
            "All of the 48 trees were saved.",
            "The 48 trees were saved.",
            "Few of the 48 trees were saved.",
            "None of the 48 trees were saved.",
        ],
    ),
    "Dr Lund criticised the hospital for hiding the figures from Mrs Cole.": (
        [
            "The hospital was criticised by Dr Lund for hiding the figures from Mrs Cole.",
        ],
        [
            "The hospital criticised Dr Lund for hiding the figures from Mrs Cole.",
            "Mrs Cole criticised the hospital for hiding the figures from Dr Lund.",
            "Dr Lund criticised Mrs Cole for hiding the figures from the hospital.",
            "Dr Lund praised the hospital.",
        ],
    ),
    "It is unlikely that the bridge will open before 2027.": (
        [],
        [
            "The bridge will open before 2027.",
            "It is likely that the bridge will open before 2027.",
            "The bridge will not open before 2027.",
        ],
    ),
    "The victim, who was 34, worked for the suspect, who is 51.": (
        [
            "The victim was 34.",
        ],
        [
            "The victim, who was 51, worked for the suspect, who is 34.",
            "The suspect worked for the victim.",
            "The victim was 51.",
        ],
    ),
}


def verifier_of(folder, texts, meaning=None):
    """A verifier over one document a text, named by its place; each sentence is a passage's."""
    path = folder / "catalog.sqlite3"
    with CatalogWriter(path, load_aliases()) as writer:
        for n, text in enumerate(texts):
            one = document(f"{n}.txt", text)
            spans = tuple(sentences_in(text, 0, len(text)))
            writer.add(one, [Passage(one.id, 0, len(text), spans)], [])
    return Verifier(Catalog(path), meaning)


@pytest.fixture(scope="module")
def verifier(tmp_path_factory, exported_models):
    [model] = exported_models.iterdir()
    folder = tmp_path_factory.mktemp("rules")
    return verifier_of(folder, list(CASES), Meaning(ExportedEmbedder(model)))


def verdict_on(verifier, statement, source):
    return verifier.verify(
        statement, [CitedSpan(f"{list(CASES).index(source)}.txt", 0, len(source))]
    )


@pytest.mark.parametrize(
    ("source", "statement"),
    [(source, one) for source, (kept, _) in CASES.items() for one in kept],
)
def test_other_words_for_the_same_are_kept(verifier, source, statement):
    verdict = verdict_on(verifier, statement, source)
    assert verdict.outcome is Outcome.KEPT, verdict.reason


@pytest.mark.parametrize(
    ("source", "statement"),
    [(source, one) for source, (_, stopped) in CASES.items() for one in stopped],
)
def test_what_is_surer_denied_turned_or_counted_otherwise_is_stopped(verifier, source, statement):
    verdict = verdict_on(verifier, statement, source)
    assert verdict.outcome is not Outcome.KEPT
    assert verdict.text != statement


@pytest.mark.parametrize(
    ("statement", "kept"),
    [
        ("Otto Brenn says that he told the foreman that evening.", True),
        ("Brenn says that he told the foreman that evening.", True),
        ("Marsh: On the Monday. I told the foreman that evening.", False),
    ],
)
def test_a_turn_of_an_interview_is_its_speakers(tmp_path, statement, kept):
    verifier = verifier_of(tmp_path, [INTERVIEW])
    start = INTERVIEW.index("On the Monday")
    end = INTERVIEW.index("evening.") + len("evening.")
    verdict = verifier.verify(statement, [CitedSpan("0.txt", start, end)])
    assert (verdict.outcome is Outcome.KEPT) is kept, verdict.reason
