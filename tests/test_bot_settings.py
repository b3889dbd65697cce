import discord
import pytest

from bot.access import Access
from bot.access_file import read_access
from bot.settings import load_bot_settings
from index.errors import SettingsError

SECRET = "not-a-real-token"


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "ASCRIBE_GUILDS", "ASCRIBE_ADMINS", "ASCRIBE_COOLDOWN_SECONDS"):
        monkeypatch.delenv(name, raising=False)


def test_ids_are_read_from_a_list_with_commas(monkeypatch):
    monkeypatch.setenv("ASCRIBE_GUILDS", "12, 34,56 ")
    monkeypatch.setenv("ASCRIBE_ADMINS", "")
    settings = load_bot_settings()
    assert (settings.guilds, settings.admins) == ({12, 34, 56}, frozenset())


def test_the_token_comes_from_the_env_file_and_is_never_printed(tmp_path):
    (tmp_path / ".env").write_text(f"DISCORD_TOKEN={SECRET}\n")
    settings = load_bot_settings()
    assert settings.discord_token.get_secret_value() == SECRET
    assert SECRET not in repr(settings)


def test_a_faulty_setting_is_named_without_its_value(monkeypatch):
    monkeypatch.setenv("ASCRIBE_GUILDS", "my-server")
    with pytest.raises(SettingsError, match="ASCRIBE_GUILDS: ") as caught:
        load_bot_settings()
    assert "my-server" not in str(caught.value)


def test_only_listed_servers_are_answered():
    access = Access(frozenset({1}), frozenset())
    assert access.refusal(1) is None
    assert "do not answer in this server" in access.refusal(2)
    assert "direct messages" in access.refusal(None)
    assert "ASCRIBE_GUILDS=2" in Access(frozenset(), frozenset()).refusal(2)


def test_administrators_and_listed_users_may_reindex():
    access = Access(frozenset({1}), frozenset({7}))
    nobody = discord.Permissions.all_channel()
    assert access.may_reindex(7, nobody)
    assert access.may_reindex(8, discord.Permissions(administrator=True))
    assert not access.may_reindex(8, nobody)


def test_collections_are_kept_for_the_roles_that_the_corpus_names(tmp_path):
    assert read_access(tmp_path) == {}
    (tmp_path / "access.toml").write_text('[collections]\n"council/closed/" = [4711, 4712]\n')
    access = Access(frozenset({1}), frozenset(), read_access(tmp_path))
    assert access.may_see("council", frozenset())
    assert access.may_see("council/closedish", frozenset())
    assert not access.may_see("council/closed/2024", frozenset({1}))
    assert access.may_see("council/closed/2024", frozenset({4712}))
    assert access.scope(["council", "council/closed"]) == {"", "council"}


@pytest.mark.parametrize("text", ["[collections", "[folders]\na = [1]", '[collections]\na = "x"'])
def test_a_faulty_access_file_keeps_the_bot_from_starting(tmp_path, text):
    (tmp_path / "access.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"access\.toml in the corpus can"):
        read_access(tmp_path)
