"""A small corpus that changes, what is true of it, and what must hold of a data folder."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from index.answer import Answerer
from index.embedder import ExportedEmbedder
from index.generations import Generations, Manifest
from index.live import LiveIndex
from index.settings import Settings
from index.status import read_status

WARDS = ["north", "south", "east", "west", "upper", "lower", "inner", "outer"]


BOATS = 20
BATCH = 16
"""How many texts are embedded before they are kept."""
NEW_TEXTS = BOATS + 2
"""How many texts of a version are not in the one before it."""


def texts_of(version: int) -> dict[str, str]:
    """The corpus in a version: one document came, one went, one changed, one stayed."""
    return {
        "stays.txt": "The mill on the weir was built by Ada Lovell.\n",
        "changes.txt": f"The river gauge at the lock shows {version * 11} inches.\n",
        f"came{version}.txt": f"Inspector Number{version} closed {WARDS[version % 8]} sluice.\n",
    } | {
        f"boat{boat}.txt": f"Boat {boat} carried {boat * 7 + version} sacks of grain to a quay.\n"
        for boat in range(BOATS)
    }


def write_corpus(corpus: Path, version: int) -> None:
    shutil.rmtree(corpus, ignore_errors=True)
    corpus.mkdir(parents=True)
    for name, text in texts_of(version).items():
        (corpus / name).write_text(text)


def add_leftovers(data: Path) -> None:
    """What stopped writers of all sorts leave."""
    for name in ("generations/.partial-3", "generations/.trash-1", "models/.partial-x-1"):
        (data / name).mkdir()
        (data / name / "half.bin").write_bytes(b"half")
    (data / "models" / "0123456789abcdef").mkdir()
    (data / ".CURRENT.new").write_text("00")


def copy_index(data: Path, to: Path) -> None:
    """A copy of a data folder that nobody has open; the model is linked, not copied."""
    shutil.copytree(data, to, ignore=shutil.ignore_patterns("models"))
    shutil.copytree(data / "models", to / "models", copy_function=os.link)


def open_answerer_with(data: Path, embedder: ExportedEmbedder) -> Answerer:
    return Answerer(LiveIndex(data, lambda info, exported: embedder))


def check_answers(answerer: Answerer, versions: dict[str, int]) -> str:
    """Answers are right for the generation that they name, which is returned.

    `versions` says which version of the corpus a generation holds.
    """
    answer = answerer.answer("How many inches does the river gauge at the lock show?")
    assert answer.notices == ()
    version = versions[answer.generation]
    truth = texts_of(version)
    assert f"shows {version * 11} inches" in answer.statements[0].text
    closed = answerer.answer(f"What did Inspector Number{version} do?")
    assert closed.citations[0].source.document == f"came{version}.txt"
    for citation in (*answer.citations, *closed.citations):
        text = truth[citation.source.document]
        assert text[citation.start : citation.end] == citation.quote
    found = {document.source.document for document in answerer.documents()}
    assert found == truth.keys()
    return answer.generation


def right_for(answer: dict, version: int) -> str | None:
    """What is wrong with an answer of read_index.py for a version of the corpus, None if nothing.

    Every citation must be the words of a document of that version; the gauge, the inspector and
    the boats must have done what they did in that version. Inspectors of other versions may be
    met with silence.
    """
    truth = texts_of(version)
    for document, start, end, quote in answer["cited"]:
        if truth.get(document, "")[start:end] != quote:
            return f"{document} of version {version} does not say: {quote}"
    said, question = " ".join(answer["says"]), answer["question"]
    if "gauge" in question and f"shows {version * 11} inches" not in said:
        return f"{question} -> {said!r} in version {version}"
    if f"Inspector Number{version} " in question and "closed" not in said:
        return f"{question} -> {said!r} in version {version}"
    if not said and "Inspector" not in question:
        return f"{question} -> silence in version {version}"
    return None


def check_clean(settings: Settings, generations: int) -> None:
    """No orphan stays, and the status is that of an idle index."""
    data = settings.data_dir
    names = Generations(data).names()
    assert len(names) == generations, names
    fingerprints = {
        Manifest.read(data / "generations" / name).embedder.fingerprint for name in names
    }
    assert sorted(path.name for path in data.iterdir()) == [
        "CURRENT",
        "cache.sqlite3",
        "generations",
        "lock",
        "models",
    ]
    assert sorted(path.name for path in (data / "generations").iterdir()) == names
    assert {path.name for path in (data / "models").iterdir()} == fingerprints
    assert (data / "lock").read_bytes() == b""
    assert (data / "CURRENT").read_text() == f"{names[-1]}\n"
    status = read_status(settings)
    assert (status.busy, status.previous) == (None, tuple(reversed(names[:-1])))


class Killer:
    """The process of kill_reindex.py."""

    def __init__(self) -> None:
        environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("kill_reindex.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip

    def run(self, settings: Settings, **how: object) -> dict:
        """What kill_reindex.py answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {"corpus": str(settings.corpus_dir), "data": str(settings.data_dir), **how}
        print(json.dumps(request), file=self._process.stdin, flush=True)
        result = json.loads(self._process.stdout.readline())
        assert result["crash"] is None, result["crash"]
        return result

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()
