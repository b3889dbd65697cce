"""What one cue says, before names are resolved: the heads of its parties and its content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from index.types import Stance

Characters = tuple[int, int]
_TRIMMED = " ,;:.-–—"


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with its parties. `speakers` and `targets` are the heads of noun phrases.

    `content` and `cue` count characters of the parsed block; `limit` is the first token that the
    target may not reach, where the parser would hang the matter on it.
    """

    verb: Token
    stance: Stance
    cue: Characters
    speakers: tuple[Token, ...] = ()
    targets: tuple[Token, ...] = ()
    content: tuple[Characters, ...] = ()
    explicit: bool = True
    negated: bool = False
    hypothetical: bool = False
    limit: int | None = None

    def with_content(self, content: Iterable[Characters]) -> "Frame":
        return replace(self, content=tuple(content))


def characters(tokens: Sequence[Token]) -> Characters:
    """From the first to the last of some tokens."""
    first = min(tokens, key=lambda t: t.i)
    last = max(tokens, key=lambda t: t.i)
    return first.idx, last.idx + len(last.text)


def trim(text: str, span: Characters) -> Characters | None:
    """Without the punctuation around it that belongs to the sentence; None when nothing is left.

    The comma or full stop inside a closing quotation mark stays.
    """
    start, end = span
    while start < end and text[start] in _TRIMMED:
        start += 1
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    return (start, end) if any(map(str.isalnum, text[start:end])) else None


def subtree(token: Token, without: Sequence[Token] = ()) -> list[Characters]:
    """The characters of what a token governs, less what some other tokens govern, as runs."""
    dropped = {t.i for other in without for t in other.subtree}
    kept = sorted(t.i for t in token.subtree if t.i not in dropped)
    runs: list[list[int]] = []
    for i in kept:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    doc = token.doc
    spans = (trim(doc.text, characters([doc[i] for i in run])) for run in runs)
    return [span for span in spans if span]


def cue_span(verb: Token, *more: Token) -> Characters:
    """The cue as printed: the verb with a particle beside it."""
    tokens = [verb, *more]
    tokens += [c for c in verb.children if c.dep_ == "prt" and c.i == verb.i + 1]
    return characters(tokens)


def repeats(frame: Frame, frames: Sequence[Frame]) -> bool:
    """ "the suit brought by Korin against Orr": the noun and its participle say the same."""
    verb = frame.verb
    return verb.dep_ == "acl" and any(
        other.verb.i == verb.head.i
        and (other.speakers, other.targets) == (frame.speakers, frame.targets)
        for other in frames
    )
