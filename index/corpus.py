"""What a corpus holds: entries that can be told apart cheaply and read when needed."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.cache import Cache
from index.documents import Reading, read
from index.errors import ReadError, SettingsError
from index.folder import CorpusFile, list_files
from index.models import hash_file


class Entry(Protocol):
    """Something that may become a document."""

    @property
    def id(self) -> str: ...

    @property
    def sha256(self) -> str: ...

    @property
    def kind(self) -> str:
        """What besides the bytes decides the reading: a file's suffix."""
        ...

    def read(self) -> tuple[str, Reading]:
        """The sha256 of what was read, and the reading. Raises ReadError."""
        ...


class Corpus(Protocol):
    """Where entries come from."""

    @property
    def name(self) -> str: ...

    def entries(self, cache: Cache, progress: Callable[[int, int], None]) -> Sequence[Entry]: ...

    def setting(self, name: str) -> str | None:
        """The text of one of the corpus's own settings, such as `aliases.toml`; None without.

        Raises SettingsError when it cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the corpus folder."""

    id: str
    sha256: str
    path: Path

    @property
    def kind(self) -> str:
        return self.path.suffix.lower()

    def read(self) -> tuple[str, Reading]:
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise ReadError(f"cannot be opened: {error.strerror}") from error
        return hashlib.sha256(data).hexdigest(), read(data, self.kind)


@dataclass(frozen=True, slots=True)
class UnreadableEntry:
    """A file that could not even be hashed, or a folder that could not be listed."""

    id: str
    reason: str
    sha256: str = ""
    kind: str = ""

    def read(self) -> tuple[str, Reading]:
        raise ReadError(self.reason)


@dataclass(frozen=True, slots=True)
class FolderCorpus:
    """A folder of documents."""

    root: Path

    @property
    def name(self) -> str:
        return str(self.root)

    def entries(self, cache: Cache, progress: Callable[[int, int], None]) -> Sequence[Entry]:
        """An entry a file. Files whose size and times are as they were are not opened."""
        listing = list_files(self.root)
        files = listing.files
        found: list[Entry] = [UnreadableEntry(id, reason) for id, reason in listing.unreadable]
        fresh: dict[str, tuple[CorpusFile, str]] = {}
        for done, file in enumerate(files, 1):
            where = str(file.path)
            sha256 = cache.known_hash(where, file)
            if sha256 is None:
                try:
                    sha256 = hash_file(file.path)
                except OSError as error:
                    found.append(UnreadableEntry(file.id, f"cannot be opened: {error.strerror}"))
                    continue
                fresh[where] = (file, sha256)
            found.append(FileEntry(file.id, sha256, file.path))
            progress(done, len(files))
        cache.remember_hashes(fresh)
        return found

    def setting(self, name: str) -> str | None:
        try:
            return (self.root / name).read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{name} in the corpus cannot be read: {error}.") from error


def remembered_hash(cache: Cache) -> Callable[[Path], str]:
    """A `FileHash` that opens a file only when stat says that it changed."""

    def hash_once(path: Path) -> str:
        status = path.stat()
        file = CorpusFile(str(path), path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        sha256 = cache.known_hash(file.id, file)
        if sha256 is None:
            sha256 = hash_file(path)
            cache.remember_hashes({file.id: (file, sha256)})
        return sha256

    return hash_once
