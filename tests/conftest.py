import os
import shutil
from pathlib import Path

import hypothesis
import pytest

from index.corpus import FolderCorpus
from index.progress import Silence
from index.reindex import reindex
from index.report import Report
from index.settings import Settings, load_settings
from index.wiring import open_answerer

SHARED = Path(__file__).parents[2] / "shared"

hypothesis.settings.register_profile("without deadlines", deadline=None)  # machines are shared
hypothesis.settings.load_profile("without deadlines")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    """No setting of the machine's owner reaches a test, and no model hub is asked."""
    for name in list(os.environ):
        if name.startswith("ASCRIBE_") or name.endswith(("_API_KEY", "_TOKEN")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setitem(Settings.model_config, "env_file", None)


@pytest.fixture(scope="session")
def extractor():
    """One extractor for all tests: its language model takes a second to load."""
    from index.attributions import AttributionExtractor

    return AttributionExtractor()


@pytest.fixture(scope="session")
def exported_models(tmp_path_factory) -> Path:
    """A folder with the default model's export, made once."""
    root = tmp_path_factory.mktemp("exported")
    (root / "corpus").mkdir()
    (root / "corpus" / "a.txt").write_text("The roof leaked in the night.")
    settings = load_settings(corpus_dir=root / "corpus", data_dir=root / "data")
    reindex(settings, FolderCorpus(settings.corpus_dir), Silence())
    return root / "data" / "models"


@pytest.fixture
def settings(tmp_path, exported_models) -> Settings:
    """An empty corpus and an empty data folder that has the exported model already."""
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    shutil.copytree(exported_models, data / "models", copy_function=os.link)
    return load_settings(corpus_dir=corpus, data_dir=data)


@pytest.fixture
def write(settings):
    """Writes a text into the corpus: write("folder/a.txt", "…")."""

    def write(name: str, text: str | bytes) -> Path:
        path = settings.corpus_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


@pytest.fixture
def index(settings):
    """Runs a reindex of the corpus and returns its report."""

    def index(**options) -> Report:
        return reindex(settings, FolderCorpus(settings.corpus_dir), Silence(), **options)

    return index


@pytest.fixture
def answerer(settings):
    answerer = open_answerer(settings)
    yield answerer
    answerer.close()
