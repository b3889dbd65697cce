import numpy as np
import pytest

from index import vectors
from index.errors import IndexDamagedError
from index.vectors import VectorIndex


def unit(*rows):
    array = np.array(rows, np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


ROWS = unit([1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1])
KEYS = ["a", "b", "ab", "c"]


@pytest.fixture
def stored(tmp_path):
    vectors.build(tmp_path / "chroma", [(KEYS[:2], ROWS[:2]), (KEYS[2:], ROWS[2:])])
    index = VectorIndex(tmp_path / "chroma")
    yield index
    index.close()


def test_the_nearest_come_first_with_their_cosine(stored):
    found = stored.nearest(unit([1, 0.1, 0]), 3)
    assert [near.key for near in found] == ["a", "ab", "b"]
    assert found[0].cosine == pytest.approx(1 / np.sqrt(1.01), abs=1e-5)


def test_vectors_come_back_as_they_were_stored(stored):
    found = stored.vectors(["c", "a", "nobody"])
    assert found.keys() == {"a", "c"}
    assert np.allclose(found["a"], ROWS[0])
    assert stored.cosines(ROWS[2:3], ["a"])["a"] == pytest.approx(2**-0.5, abs=1e-6)


def test_every_row_finds_itself(stored):
    assert stored.best_cosines(ROWS) == pytest.approx([1.0] * 4, abs=1e-6)
    assert stored.count() == 4


def test_asking_for_more_than_there_is_gives_all(stored):
    assert len(stored.nearest(ROWS[:1], 100)) == 4


def test_a_folder_without_vectors_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(IndexDamagedError):
        VectorIndex(tmp_path / "nothing")


def test_an_empty_index_has_no_neighbours(tmp_path):
    vectors.build(tmp_path / "chroma", [])
    index = VectorIndex(tmp_path / "chroma")
    assert index.nearest(ROWS[:1], 5) == []
    index.close()


def test_more_rows_than_one_batch_are_all_stored(tmp_path, monkeypatch):
    monkeypatch.setattr(vectors, "_BATCH", 7)
    rows = unit(*np.random.default_rng(1).standard_normal((50, 8)))
    vectors.build(tmp_path / "chroma", [([str(i) for i in range(50)], rows)])
    index = VectorIndex(tmp_path / "chroma")
    assert index.best_cosines(rows) == pytest.approx([1.0] * 50, abs=1e-5)
    index.close()


def test_the_graph_finds_what_comparing_all_finds(tmp_path):
    generator = np.random.default_rng(4)
    rows = generator.standard_normal((2_500, 24)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    keys = [str(number) for number in range(len(rows))]
    vectors.build(tmp_path / "chroma", [(keys, rows)])
    exact = VectorIndex(tmp_path / "chroma")
    graph = VectorIndex(tmp_path / "chroma", exact_up_to=0)
    try:
        for question in unit(*generator.standard_normal((20, 24))):
            order = np.argsort(-(rows @ question))[:50]
            found = exact.nearest(question[None], 50)
            assert [near.key for near in found] == [keys[row] for row in order]
            near = {near.key: near.cosine for near in graph.nearest(question[None], 50)}
            assert len(near.keys() & {near.key for near in found}) >= 49
            known = exact.cosines(question[None], list(near))
            assert known == pytest.approx(near, abs=1e-5)
            assert graph.cosines(question[None], list(near)) == pytest.approx(known, abs=1e-5)
    finally:
        exact.close()
        graph.close()


def test_more_are_asked_for_than_there_are(stored):
    assert len(stored.nearest(ROWS[:1], 50)) == len(ROWS)
