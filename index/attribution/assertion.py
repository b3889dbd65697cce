"""Whether the text asserts an accusation that a verb of it tells."""

from dataclasses import replace

from index.attribution import contrast, fiction, untruth
from index.attribution.frames import Frame
from index.types import Stance

_CHECKED = frozenset([Stance.ACCUSE, Stance.CONDEMN])


def as_asserted(frame: Frame) -> Frame:
    """The frame with the parties and the polarity that its surroundings give it."""
    if frame.stance not in _CHECKED:
        return frame
    frame = contrast.settle(frame)
    if not frame.negated and untruth.is_untrue(frame.verb):
        frame = replace(frame, negated=True)
    if not frame.hypothetical and (
        untruth.is_supposed(frame.verb)
        or fiction.is_fiction(frame.verb)
        or contrast.is_embedded_question(frame.verb)
    ):
        frame = replace(frame, hypothetical=True)
    return frame
