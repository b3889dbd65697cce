"""Who accuses whom as a PNG, with the words for those who cannot see it."""

import threading
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import RefusedError
from bot.markdown import clipped
from index.graph import Graph, alt_text

LONGEST_ALT_TEXT = 1024
"""Discord's limit."""

_drawing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a PNG and what it shows, in words."""

    png: bytes
    alt_text: str


def picture_of(graph: Graph) -> Picture:
    """Draws the graph, one at a time. Raises RefusedError when it cannot be drawn."""
    if not graph.arrows:
        raise RefusedError("There is nothing to draw: nobody who is named accuses anybody here.")
    # matplotlib's settings belong to the whole process.
    with _drawing, TemporaryDirectory() as folder:
        path = Path(folder) / "graph.png"
        try:
            from index.graph_picture import draw

            draw(path, graph)
        except ImportError as error:
            raise RefusedError(
                "Pictures need matplotlib and networkx, which are not installed here."
            ) from error
        return Picture(path.read_bytes(), clipped(alt_text(graph), LONGEST_ALT_TEXT))
