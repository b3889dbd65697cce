"""What outlives a connection to Discord, and is handed to the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.access import Access
from bot.journalling import Journalling
from bot.ongoing import Ongoing
from bot.questions import Questions
from bot.reindexing import Reindexing
from index.status import Status


@dataclass(frozen=True, slots=True)
class Parts:
    """Made once, on the event loop that serves."""

    access: Access
    questions: Questions
    journal: Journalling
    reindexing: Reindexing
    ongoing: Ongoing
    corpus: Path
    status: Callable[[], Status]
    """Looks at the data folder; takes a while."""
    synced_commands: Path
    """The file that remembers which commands Discord knows."""
    message_content: bool = False
    original_files: bool = True
    upload_megabytes: int = 10
