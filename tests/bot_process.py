"""The bot as its own process, with fakes at its two seams: the answerer and the reindex command.

    DISCORD_API_BASE=… PYTHONPATH=tests/loopback/site:. python tests/bot_process.py bot --data DIR

The answers' generation is what DIR/CURRENT says. FAKE_REINDEX holds arguments of fake_reindex.py.
"""

import os
import sys
import types
from pathlib import Path

from bot import service
from bot.__main__ import main
from index.journal import Journal
from index.settings import Settings
from tests.fake_answerer import ROOF, FakeAnswerer


class FollowingAnswerer(FakeAnswerer):
    """Answers from the generation that is live when a question comes."""

    def __init__(self, settings: Settings) -> None:
        super().__init__({**ROOF, "museum/survey.txt": f"Survey: {'all is well; ' * 1000}end."})
        self._current = settings.data_dir / "CURRENT"

    def _open(self):
        texts, _ = super()._open()
        return texts, self._current.read_text() if self._current.exists() else "000000"


def command(settings: Settings) -> list[str]:
    script = str(Path(__file__).with_name("fake_reindex.py"))
    more = os.environ.get("FAKE_REINDEX", "").split()
    return [sys.executable, script, "--data", str(settings.data_dir), *more]


if __name__ == "__main__":
    wiring = types.ModuleType("index.wiring")
    wiring.open_answerer = FollowingAnswerer  # type: ignore[attr-defined]
    wiring.open_journal = lambda settings: Journal(settings.data_dir)  # type: ignore[attr-defined]
    sys.modules["index.wiring"] = wiring
    service.reindex_command = command
    sys.exit(main(sys.argv[2:]))
