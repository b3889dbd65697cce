"""The errors that a person may read.

AscribeError            a sentence for a person; everything else is a bug and is logged
├── SettingsError       a setting cannot be used
├── ReadError           a file cannot be read as a document
├── ModelError          the embedding model is missing, altered or unusable
├── NoIndexError        nothing has been indexed yet
├── IndexDamagedError   a generation on disk is not what it was when it was committed
├── LockedError         another process is writing the index
├── StorageError        the disk refuses: full, read-only
├── JournalError        the journal cannot be read or written
├── UnknownDocumentError  no such document in the index
└── CancelledError      stopped at a person's wish
"""


class AscribeError(Exception):
    """An error whose message is a sentence that a person may read.

    `advice` says what to do about it, where that is not plain from the message.
    """

    advice: str = ""

    @property
    def user_message(self) -> str:
        return f"{self} {self.advice}".strip()


class SettingsError(AscribeError):
    """A setting cannot be used."""


class ReadError(AscribeError):
    """A file cannot be read as a document."""


class ModelError(AscribeError):
    """The embedding model is missing, altered or unusable."""


class NoIndexError(AscribeError):
    """Nothing has been indexed yet."""

    advice = "Put documents into the corpus folder and run: ascribe reindex"


class IndexDamagedError(AscribeError):
    """A generation on disk is not what it was when it was committed."""

    advice = "Build it again with: ascribe reindex --rebuild"


class LockedError(AscribeError):
    """Another process is writing the index."""


class StorageError(AscribeError):
    """The disk refuses: it is full, or the folder cannot be written."""


class JournalError(AscribeError):
    """The journal cannot be read or written, or does not hold what is asked for."""


class UnknownDocumentError(AscribeError):
    """No such document in the index."""


class CancelledError(AscribeError):
    """Stopped at a person's wish; what was computed stays in the cache."""
