import pytest

from index.attributions import AttributionExtractor
from index.types import Document
from tests.attribution_kit import facts


def targets(extractor: AttributionExtractor, text: str) -> set[str]:
    found = facts(extractor.extract(Document("a.txt", text, "", "", language="en")))
    return {target for _, target in found}


PARTED = [
    ("The audit criticised, among others, the bursar and the dean.", {"the bursar", "the dean"}),
    (
        "She accuses, by turns, the verger, the choir and the mill.",
        {"the verger", "the choir", "the mill"},
    ),
    ("Hahn blamed the mill and, to a lesser extent, the bank.", {"the mill", "the bank"}),
    ("Hahn blamed the mill, along with the bank, for the smell.", {"the mill", "the bank"}),
    ("Hahn blamed not only the mill but also the bank.", {"the mill", "the bank"}),
    ("Hahn faulted the warden as well as the weather.", {"the warden"}),
]
PARTED += [
    (
        "Hahn blames three people: the founder, his wife and the auditor.",
        {"the founder", "his wife", "the auditor"},
    ),
    ("Hahn accused two clerks: Ann Orr and Bo Lind.", {"Ann Orr", "Bo Lind"}),
    ("The firm has been the target of criticism from pensioners.", {"The firm"}),
]
SET_ASIDE = [
    ("Hahn blamed not the mill but the bank.", {"the bank"}),
    ("Hahn blamed, in her anger, the wind and the rain.", set()),
    ("Hahn blames the clerks: the money was in their care.", {"the clerks"}),
    ("The subject of the complaint was the bin.", set()),
    ("Hahn went, along with the bank, to court.", set()),
]


@pytest.mark.parametrize(("text", "expected"), PARTED + SET_ASIDE)
def test_what_stands_between_commas_hides_nobody(
    extractor: AttributionExtractor, text: str, expected: set[str]
) -> None:
    assert targets(extractor, text) == expected
