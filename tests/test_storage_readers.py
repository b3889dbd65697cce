from bench.readers import run


def test_readers_in_other_processes_are_right_for_the_generation_that_they_name(
    tmp_path, exported_models
):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models").symlink_to(exported_models)
    result = run(tmp_path, readers=2, threads=3, swaps=3, first=2)
    assert result["wrong_or_failed"] == []
    assert result["found"] > result["answers"] / 2
    assert result["generations_answered_from"] >= 3
    assert result["memory_ratio_worst"] <= 1.1
