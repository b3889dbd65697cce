"""Whether the text asserts an accusation that a verb of it tells."""

from dataclasses import replace

from index.attribution import contrast, fiction, untruth
from index.attribution.frames import Frame
from index.attribution.performing import is_elided
from index.attribution.syntax import is_passive
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
        or _is_nobodys(frame)
    ):
        frame = replace(frame, hypothetical=True)
    return frame


def _is_nobodys(frame: Frame) -> bool:
    """ "To accuse a bishop was unheard of", "no point in blaming her": by nobody, so not done."""
    verb = frame.verb
    if frame.speakers or verb.tag_ not in ("VB", "VBG") or is_passive(verb):
        return False
    return not is_elided(verb)
