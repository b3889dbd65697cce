import json
import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.embedder import ExportedEmbedder, SentenceTransformerEmbedder
from index.errors import ModelError
from index.export import LEAST_COSINE, export
from index.models import DEFAULT_MODEL, find_model, hash_file
from index.settings import load_settings

TEXTS = [
    "Who accused whom?",
    "",
    "The clerk said that the roof had leaked since the autumn. " * 40,
    "Türkiye, 北京 and 😀 in one line.",
]


@pytest.fixture(scope="module")
def original():
    return SentenceTransformerEmbedder(find_model(load_settings()))


@pytest.fixture(scope="module")
def exported(exported_models):
    return ExportedEmbedder(next(exported_models.iterdir()))


def test_the_export_gives_the_originals_vectors_for_questions_and_long_passages(original, exported):
    for text in TEXTS:
        assert (original.encode_query(text) @ exported.encode_query(text).T).item() >= LEAST_COSINE
    pairs = original.encode_documents(TEXTS) * exported.encode_documents(TEXTS)
    assert (pairs.sum(axis=1) >= LEAST_COSINE).all()


def test_both_count_tokens_alike_and_never_cut(original, exported):
    assert original.count_tokens(TEXTS) == exported.count_tokens(TEXTS)
    assert exported.count_tokens(TEXTS)[2] > exported.info.max_tokens == 254


@hypothesis_settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_vectors_have_length_one_whatever_the_text(exported, text):
    assert np.linalg.norm(exported.encode_query(text)) == pytest.approx(1, abs=1e-4)


def test_an_export_that_differs_from_the_original_is_refused(original, tmp_path, monkeypatch):
    monkeypatch.setattr(
        original,
        "encode_query",
        lambda text: -SentenceTransformerEmbedder.encode_query(original, text),
    )
    with pytest.raises(ModelError, match="differs from the original"):
        export(original, tmp_path, [])
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_cannot_be_traced_is_captured(original, exported, tmp_path, monkeypatch):
    def refuse(*_):
        raise RuntimeError("not traceable")

    monkeypatch.setattr("index.export._trace", refuse)
    captured = ExportedEmbedder(export(original, tmp_path, TEXTS))
    pairs = captured.encode_documents(TEXTS) * exported.encode_documents(TEXTS)
    assert (pairs.sum(axis=1) >= LEAST_COSINE).all()


def test_exporting_leaves_the_original_and_the_rights_of_files_as_they_are(original, tmp_path):
    implementation = original.model[0].config._attn_implementation
    before = original.encode_documents(TEXTS)
    folder = export(original, tmp_path, [])
    assert original.model[0].config._attn_implementation == implementation != "eager"
    assert (original.encode_documents(TEXTS) == before).all()
    assert len({path.stat().st_mode for path in folder.iterdir()}) == 1


def test_a_folder_that_is_no_export_is_refused_in_a_sentence(tmp_path, exported_models):
    with pytest.raises(ModelError, match="ascribe reindex"):
        ExportedEmbedder(tmp_path)
    shutil.copytree(next(exported_models.iterdir()), tmp_path / "cut")
    (tmp_path / "cut" / "encoder.onnx").write_bytes(b"\x08\x07")
    with pytest.raises(ModelError):
        ExportedEmbedder(tmp_path / "cut")


def test_the_default_model_is_the_published_one():
    model = find_model(load_settings())
    assert model.name == DEFAULT_MODEL
    assert hash_file(model.path / "model.safetensors").startswith("53aa5117")


def test_altered_weights_are_refused():
    with pytest.raises(ModelError, match="not the published ones"):
        find_model(load_settings(), lambda path: "0" * 64)


def test_a_models_folder_can_be_named_and_its_content_is_its_identity(tmp_path):
    folder = tmp_path / "mine"
    shutil.copytree(find_model(load_settings()).path, folder)
    mine = find_model(load_settings(embedder=str(folder)))
    assert (mine.name, mine.fingerprint) == ("mine", find_model(load_settings()).fingerprint)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"note": "changed"}))
    assert find_model(load_settings(embedder=str(folder))).fingerprint != mine.fingerprint


@pytest.mark.parametrize("name", ["nobody/nothing", "not a name", "/no/such/folder"])
def test_a_model_that_is_nowhere_says_what_to_set(name):
    with pytest.raises(ModelError, match="ASCRIBE_EMBEDDER"):
        find_model(load_settings(embedder=name))


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match="not the folder"):
        find_model(load_settings(embedder=str(tmp_path)))
