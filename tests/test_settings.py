from pathlib import Path

import pytest

from bot.settings import BotSettings
from index.errors import SettingsError
from index.settings import Settings, load_settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"


def example() -> dict[str, str]:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_example_names_every_setting_and_nothing_else():
    expected = {
        str(field.validation_alias or f"ASCRIBE_{name.upper()}")
        for settings in (Settings, BotSettings)
        for name, field in settings.model_fields.items()
    }
    assert example().keys() == expected


def test_the_example_holds_the_defaults(monkeypatch):
    before = load_settings(), BotSettings()
    for name, value in example().items():
        monkeypatch.setenv(name, value)
    assert (load_settings(), BotSettings()) == before


def test_a_setting_that_cannot_be_used_is_named_in_a_sentence(monkeypatch):
    monkeypatch.setenv("ASCRIBE_KEEP_GENERATIONS", "none")
    with pytest.raises(SettingsError, match="ASCRIBE_KEEP_GENERATIONS"):
        load_settings()


def test_a_flag_wins_over_the_environment(monkeypatch):
    monkeypatch.setenv("ASCRIBE_DATA_DIR", "there")
    assert load_settings(data_dir=Path("here")).data_dir == Path("here")
    assert load_settings(data_dir=None).data_dir == Path("there")


def test_a_data_folder_in_the_corpus_or_that_is_a_file_is_refused(tmp_path):
    for data in (tmp_path, tmp_path / "data"):
        with pytest.raises(SettingsError, match="lies in the corpus folder"):
            load_settings(corpus_dir=tmp_path, data_dir=data)
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="is a file"):
        load_settings(corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "file")
