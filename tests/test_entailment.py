import numpy as np
import pytest

from index.catalog import Catalog
from index.claims import Bearing
from index.errors import ModelError
from index.generations import CATALOG, Generations
from index.settings import load_settings
from index.verification.entailment import CrossEncoderEntailment, bearing_of
from index.verify import CitedSpan, Outcome, Verifier
from index.wiring import open_answerer, open_entailment
from tests.lying_model import serving, statements
from tests.tiny_cross_encoder import tiny_cross_encoder

LABELS = ["contradiction", "entailment", "neutral"]
TEXT = "The heron left the weir on Friday. It came back in June."
TRUE = "On Friday the heron left the weir."


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """The folders of two models: one that finds everything entailed, one that finds nothing so."""
    root = tmp_path_factory.mktemp("entailment")
    return {
        "entailment": tiny_cross_encoder(root / "yes", LABELS, 1),
        "neutral": tiny_cross_encoder(root / "no", LABELS, 2),
    }


def test_the_model_stops_what_the_rules_let_through(models, write, index, settings):
    write("heron.txt", TEXT)
    index()
    generations = Generations(settings.data_dir)
    catalog = Catalog(generations.folder(generations.live()) / CATALOG)
    place = [CitedSpan("heron.txt", 0, 34)]
    agreeing, doubting = (
        CrossEncoderEntailment(models[name]) for name in ("entailment", "neutral")
    )
    assert Verifier(catalog).verify(TRUE, place).outcome is Outcome.KEPT
    assert Verifier(catalog, None, agreeing).verify(TRUE, place).outcome is Outcome.KEPT
    stopped = Verifier(catalog, None, doubting).verify(TRUE, place)
    assert (stopped.outcome, stopped.fault) == (Outcome.REPLACED, "entailment")
    verbatim = Verifier(catalog, None, doubting).verify("It came back in June.", place)
    assert verbatim.outcome is Outcome.KEPT
    false = Verifier(catalog, None, agreeing).verify("On Monday the heron left the weir.", place)
    assert false.fault == "date"
    catalog.close()


def test_a_claim_is_supported_only_where_the_model_agrees(models, write, index, settings):
    write("heron.txt", TEXT)
    index()
    found = []
    for name in ("entailment", "neutral"):
        answerer = open_answerer(settings.model_copy(update={"entailment": models[name]}))
        found.append(answerer.check(TRUE).bearing)
        answerer.close()
    assert found == [Bearing.SUPPORTED, Bearing.NOT_FOUND]


def test_a_model_without_a_label_for_entailment_is_refused(tmp_path):
    model = CrossEncoderEntailment(tiny_cross_encoder(tmp_path, ["cat", "dog"]))
    with pytest.raises(ModelError, match="cat, dog"):
        model.bearing(TEXT, TRUE)


def test_a_model_that_is_not_there_is_named_in_a_sentence(tmp_path):
    with pytest.raises(ModelError, match="ASCRIBE_ENTAILMENT"):
        CrossEncoderEntailment(str(tmp_path / "none")).bearing(TEXT, TRUE)


def test_no_model_is_the_default():
    assert load_settings().entailment is None
    assert open_entailment(load_settings()) is None


@pytest.mark.parametrize(
    ("logits", "holds"), [([0, 4, 0], True), ([4, 0, 0], False), ([0, 0, 4], False)]
)
def test_entailment_must_be_likelier_than_not(logits, holds):
    score = bearing_of(np.array(logits, dtype=np.float64), dict(enumerate(LABELS)))
    assert score.holds is holds
    assert 0 < score.entails < 1
    assert 0 < score.contradicts < 1


def test_a_language_models_sentence_is_shown_only_where_the_model_agrees(
    models, write, index, settings
):
    write("heron.txt", TEXT)
    index()
    shown = []
    for name in ("entailment", "neutral"):
        with serving(lambda _: statements((TRUE, [1]))) as endpoint:
            fields = {"llm_url": endpoint.url, "llm_model": "m", "entailment": models[name]}
            answerer = open_answerer(settings.model_copy(update=fields))
            answer = answerer.answer("When did the heron leave the weir?")
            shown.append([statement.text for statement in answer.statements])
            answerer.close()
    assert shown == [[TRUE], ["The heron left the weir on Friday."]]
