import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Reading, document_from, read
from index.errors import ReadError, SettingsError
from index.folder import list_files
from index.types import Document

SENTENCE = "The minister accused the company of lying about the oil spill in the harbour. "


def write(corpus: Path, name: str, text: str = "words") -> Path:
    path = corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def ids(corpus: Path) -> list[str]:
    return [file.id for file in list_files(corpus).files]


def test_files_are_found_in_folders_sorted_by_id(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a.txt", "a/deep/er.pdf", "odd.odt"):
        write(tmp_path, name)
    assert ids(tmp_path) == ["a.txt", "a/deep/er.pdf", "a/z.md", "b.txt", "odd.odt"]


def test_a_file_carries_what_tells_that_it_changed(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "four")
    (file,) = list_files(tmp_path).files
    status = path.stat()
    assert (file.size, file.mtime_ns, file.ctime_ns) == (4, status.st_mtime_ns, status.st_ctime_ns)
    assert file.path.read_text("utf-8") == "four"


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        ".git/a.txt",
        "~$report.docx",
        "a.txt~",
        "#a.txt#",
        "a.md.swp",
        "Thumbs.db",
        "corrections.toml",
        "aliases.toml",
        "access.toml",
    ],
)
def test_what_is_no_document_is_not_listed(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    write(tmp_path, "kept.txt")
    assert ids(tmp_path) == ["kept.txt"]


def test_settings_of_the_corpus_are_documents_further_down(tmp_path: Path) -> None:
    write(tmp_path, "notes/access.toml")
    assert ids(tmp_path) == ["notes/access.toml"]


def test_links_out_of_the_corpus_or_to_hidden_files_are_not_followed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    inside = write(corpus, "inside.txt")
    outside = write(tmp_path, "outside/secret.txt")
    hidden = write(corpus, ".secret.txt")
    (corpus / "good.txt").symlink_to(inside)
    (corpus / "bad.txt").symlink_to(outside)
    (corpus / "worse.txt").symlink_to(hidden)
    (corpus / "folder").symlink_to(outside.parent)
    (corpus / "round").symlink_to(corpus)
    (corpus / "gone.txt").symlink_to(corpus / "nothing.txt")
    (corpus / "loop.txt").symlink_to(corpus / "loop.txt")
    assert ids(corpus) == ["good.txt", "inside.txt"]


def test_a_corpus_that_is_itself_a_link_is_walked(tmp_path: Path) -> None:
    write(tmp_path, "real/a.txt")
    (tmp_path / "corpus").symlink_to(tmp_path / "real")
    assert ids(tmp_path / "corpus") == ["a.txt"]


def test_pipes_are_not_listed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert ids(tmp_path) == []


def test_a_name_that_is_not_unicode_is_told_in_letters(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_bytes(b"words")
    listing = list_files(tmp_path)
    assert listing.files == []
    assert listing.unreadable == [(r"caf\xe9.txt", "its name is not Unicode: give it another one")]


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of root, which may read everything."""
    user = os.geteuid()
    os.seteuid(user or 65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_is_found() -> None:
    with TemporaryDirectory() as name:
        corpus = Path(name)
        corpus.chmod(0o755)
        write(corpus, "a.txt")
        write(corpus, "locked/b.txt")
        (corpus / "locked").chmod(0)
        with nobody():
            listing = list_files(corpus)
        (corpus / "locked").chmod(0o700)
    assert [file.id for file in listing.files] == ["a.txt"]
    assert listing.unreadable == [("locked/", "the folder cannot be read: Permission denied")]


def test_a_corpus_that_cannot_be_read_is_not_an_empty_one() -> None:
    with TemporaryDirectory() as name:
        corpus = Path(name)
        corpus.chmod(0)
        with nobody(), pytest.raises(SettingsError, match="cannot be read: Permission denied"):
            list_files(corpus)
        corpus.chmod(0o700)


def test_a_missing_corpus_is_a_setting_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no corpus folder"):
        list_files(tmp_path / "nowhere")


@given(names=st.lists(st.sampled_from(["..", "a", "b.txt", "out", ".h"]), min_size=1, max_size=4))
def test_no_link_whatever_leads_out_of_the_corpus(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    top = tmp_path_factory.mktemp("top")
    write(top, "b.txt")
    corpus = top / "corpus"
    write(corpus, "a/b.txt")
    write(corpus, "b.txt")
    (corpus / "out").symlink_to(top)
    (corpus / "a" / "link.txt").symlink_to(Path(*names))
    for file in list_files(corpus).files:
        assert file.path.resolve().is_relative_to(corpus.resolve())


@pytest.mark.parametrize(("suffix", "shown"), [(".odx", r"\(.odx\)"), ("", r"\(no suffix\)")])
def test_an_unknown_kind_is_refused_by_name(suffix: str, shown: str) -> None:
    with pytest.raises(ReadError, match=f"not a kind of document that Ascribe reads {shown}"):
        read(b"words", suffix)


def test_a_suffix_may_be_in_capitals() -> None:
    assert read(b"words", ".TXT").text == "words"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"---\ntitle: x\n---\n"])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="no text found"):
        read(data, ".md")


@given(data=st.binary(max_size=300), suffix=st.sampled_from([".txt", ".md", ".html", ".docx"]))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes, suffix: str) -> None:
    try:
        reading = read(data, suffix)
    except ReadError as error:
        assert 0 < len(str(error)) < 150
        assert "\n" not in str(error)
    else:
        assert reading.text == unicodedata.normalize("NFC", reading.text)
        assert not any(unicodedata.category(c) == "Cc" and c not in "\t\n" for c in reading.text)


def test_a_language_is_told_only_from_enough_text() -> None:
    assert read((SENTENCE * 3).encode(), ".txt").language == "en"
    assert read(("Der Minister warf der Firma vor, über das Leck gelogen zu haben. " * 3).encode(),
                ".txt").language == "de"  # fmt: skip
    assert read(b"Nein, no, non.", ".txt").language is None


def test_the_author_of_a_text_knows_its_language() -> None:
    assert read(f"---\nlanguage: fr-CA\n---\n{SENTENCE * 3}".encode(), ".md").language == "fr"


@pytest.mark.parametrize(
    ("id", "title"),
    [
        ("annual_report-2021.pdf", "Annual report 2021"),
        ("notes/city-council_2024-12-02.txt", "City council 2024-12-02"),
        ("Minutes.docx", "Minutes"),
        ("BBC__news.html", "BBC news"),
        ("___.txt", "___"),
    ],
)
def test_without_a_title_a_document_is_called_by_its_file(id: str, title: str) -> None:
    assert document_from(Reading("words"), id=id, sha256="0" * 64).title == title


def test_a_document_is_its_reading_in_its_place() -> None:
    reading = Reading("words", "T", "P", "A", "2024-12", "https://example.org/a", "en", (0, 3))
    assert document_from(reading, id="a/b.pdf", sha256="ab") == Document(
        "a/b.pdf", "words", "ab", "T", "P", "A", "2024-12", "https://example.org/a", "en", (0, 3)
    )
