import pytest

from index.attributions import AttributionExtractor
from tests.attribution_kit import read

SAID = [
    ("Who I blame is the verger.", ("I", "the verger")),
    ("What Hahn accused the verger of was laziness.", ("Hahn", "the verger")),
    ("What I'd fault is our treasurer.", ("I", "our treasurer")),
    ("Where the choir points the finger is at the verger.", ("the choir", "the verger")),
    ("Where the paper finds fault with Hahn is in his haste.", ("the paper", "Hahn")),
    ("It was on the porters that the audit laid the blame.", ("the audit", "the porters")),
    ("If you ask me who I blame, it's the verger.", ("I", "the verger")),
    ("If I blame anybody, it's the verger.", ("I", "the verger")),
    ("The person I'd blame is the verger.", ("I", "the verger")),
    ("Who the porters accused was the cook.", ("the porters", "the cook")),
    ("The only one she criticised was her uncle.", ("she", "her uncle")),
    ("The clerk they point the finger at is my cousin.", ("they", "my cousin")),
    ("The plumber they complained about was the cheapest.", ("they", "The plumber")),
]

UNSAID = [
    "What I blame is the weather.",
    "Who do you blame?",
    "Who I blame isn't the verger.",
    "The person I would never blame is my mother.",
    "If you accuse anyone, it's a matter for the court.",
    "The man I'd accuse of theft would be dead by now.",
    "The bench he pointed at was wet.",
]


@pytest.mark.parametrize(("text", "pair"), SAID)
def test_the_copula_says_whom_an_open_clause_means(
    extractor: AttributionExtractor, text: str, pair: tuple[str, str]
) -> None:
    assert read(extractor, text) == {pair}


@pytest.mark.parametrize("text", UNSAID)
def test_an_open_clause_may_mean_nobody(extractor: AttributionExtractor, text: str) -> None:
    assert read(extractor, text) == set()
