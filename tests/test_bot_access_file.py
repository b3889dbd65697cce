"""`access.toml` while the bot runs: it closes at once, and opens only what is surely meant."""

import os

import pytest

from bot.access import Access
from bot.access_file import AccessFile

CLOSED, MEMBER = "council/closed", 4711


class Folder:
    def __init__(self, path):
        self.file = path / "access.toml"
        self.write(f'[collections]\n"{CLOSED}" = [{MEMBER}]\n')
        self.access = Access(frozenset(), frozenset())
        self.reader = AccessFile(path, self.access)
        self.times = 0

    def write(self, text):
        self.file.write_text(text)

    def look(self):
        self.reader.look()
        return self.access.may_see(CLOSED, {MEMBER}), self.access.may_see(CLOSED)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def test_a_file_that_stays_as_it_was_changes_nothing(folder):
    assert [folder.look(), folder.look()] == [(True, False)] * 2
    assert folder.access.notice is None


def test_what_is_closed_is_closed_at_the_first_look(folder):
    folder.write(f'[collections]\n"{CLOSED}" = [1]\nclub = [2]\n')
    assert folder.look() == (False, False)
    assert not folder.access.may_see("club")


def test_what_is_opened_is_opened_when_the_file_has_stayed_the_same(folder):
    folder.write("")
    assert folder.look() == (True, False)
    assert folder.look() == (True, True)


def test_a_file_that_is_written_in_two_steps_opens_nothing_in_between(folder):
    folder.write("")
    assert folder.look() == (True, False)
    folder.write(f'[collections]\n"{CLOSED}" = [{MEMBER}, 1]\n')
    assert [folder.look(), folder.look()] == [(True, False)] * 2
    assert folder.access.may_see(CLOSED, {1})


@pytest.mark.parametrize("text", ["[collections", "[other]\na = [1]", '[collections]\na = "x"'])
def test_a_broken_file_keeps_the_last_good_one_and_says_so_until_it_is_mended(folder, text):
    folder.write(text)
    assert [folder.look(), folder.look()] == [(True, False)] * 2
    assert "access.toml" in folder.access.notice and "stay kept as before" in folder.access.notice
    folder.write("[collections]\n")
    assert [folder.look(), folder.look()][-1] == (True, True)
    assert folder.access.notice is None


def test_a_file_that_vanishes_opens_nothing(folder):
    folder.file.unlink()
    assert [folder.look(), folder.look()] == [(True, False)] * 2
    assert "has gone" in folder.access.notice


def test_a_file_that_appears_is_taken(tmp_path):
    access = Access(frozenset(), frozenset())
    reader = AccessFile(tmp_path, access)
    (tmp_path / "access.toml").write_text("[collections]\nclub = [1]\n")
    reader.look()
    assert not access.may_see("club") and access.may_see("club", {1})


def test_a_file_of_the_same_size_and_age_is_noticed(folder):
    before = folder.file.stat()
    folder.write(folder.file.read_text().replace(str(MEMBER), "1234"))
    os.utime(folder.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert folder.look() == (False, False)


def test_a_name_is_the_same_however_its_accents_are_written(tmp_path):
    (tmp_path / "access.toml").write_text('[collections]\n"cafe\u0301" = [1]\n', "utf-8")
    access = Access(frozenset(), frozenset())
    AccessFile(tmp_path, access)
    assert not access.may_see("caf\u00e9")
