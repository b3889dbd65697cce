"""The frame of a verb whose parties are found."""

from collections.abc import Iterable

from spacy.tokens import Token

from index.attribution.cues import Lexicon
from index.attribution.frames import Characters, Frame, cue_span
from index.attribution.polarity import polarity
from index.types import Stance


def framed(
    verb: Token,
    lexicon: Lexicon,
    stance: Stance,
    speakers: tuple[Token, ...],
    targets: tuple[Token, ...],
    content: Iterable[Characters],
    *,
    limit: int | None = None,
    more: Iterable[Token] = (),
) -> Frame:
    """What a verb says in so many words, marked where the sentence denies or supposes it.

    `more` are tokens that belong to the cue besides the verb; `limit` is as in `Frame`.
    """
    negated, hypothetical = polarity(verb, lexicon)
    return Frame(
        verb, stance, cue_span(verb, *more), speakers, targets, tuple(content),
        negated=negated, hypothetical=hypothetical, limit=limit,
    )  # fmt: skip
