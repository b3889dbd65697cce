"""Past forms of the verbs that judge somebody, whatever the tagger took them for."""

from index.attribution.cues import load_lexicon
from index.types import Stance

_JUDGING = (Stance.ACCUSE, Stance.CONDEMN)


def judging(form: str) -> str | None:
    """The accusing or condemning verb that has this past form."""
    if not form.endswith("ed"):
        return None
    verbs = load_lexicon().verbs
    stems = [form[:-1], form[:-2]]
    stems += [form[:-3]] if len(form) > 5 and form[-3] == form[-4] else []
    stems += [form[:-3] + "y"] if form.endswith("ied") else []
    for stem in stems:
        cues = verbs.get(stem, ())
        if stem == "blame" or any(cue.stance in _JUDGING for cue in cues):
            return stem
    return None
