"""Words of a statement that its source does not carry in any form."""

from collections.abc import Iterator, Sequence

from index.verification.cues import COMPARING, QUANTIFIERS, SPEECH
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.figures import NUMBER_WORDS, RELATIVE_DAYS, day_places, figures
from index.verification.hedges import HEDGES
from index.verification.lexicon import in_groups, opposites, phrase_groups, synonyms
from index.verification.names import FIRST_PERSON, Name, is_day_word
from index.verification.tokens import Token, same_stem

_ELSEWHERE = frozenset({*RELATIVE_DAYS, *HEDGES, *NUMBER_WORDS, "old", "cent", "per"}).union(
    *QUANTIFIERS
)
"""Words that other rules look at."""


def carried(token: Token, stems: frozenset[str]) -> bool:
    """Whether a word, one of its family, or a synonym is among stems."""
    if token.stem in stems or token.lower in stems:
        return True
    return any(same_stem(token.stem, other) or synonyms(token.stem, other) for other in stems)


_HERE = 0.45
_OWN_SHARE = 3
_MOST_OWN = 2
"""A statement may have one word of its own for so many others, up to so many."""


def place_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """A statement most of which stands beside the cited sentences, and not in them."""
    stems = frozenset(t.stem for t in evidence.cited_tokens if t.is_word)
    content = [t for t in found if t.says_something]
    here = sum(carried(token, stems) for token in content)
    if content and here < _HERE * len(content):
        yield Fault("citation", "The cited sentence is about something else.")


def unsupported(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> tuple[list[int], int]:
    """The places of the words that the window lacks in any form, and how many were looked at."""
    named = {id(token) for name in names for token in name.words}
    stems = evidence.window_stems | {t.stem for t in evidence.reading.about if t.is_word}
    window = {t.lower for t in evidence.window_tokens}
    aside = day_places(found) | {f.at for f in figures(found)}
    phrases = phrase_groups([t.stem for t in evidence.window_tokens if t.is_word])
    content = 0
    missing = []
    for i, token in enumerate(found):
        if id(token) in named or i in aside or is_day_word(token):
            continue
        if not token.says_something or token.lower in _ELSEWHERE:
            continue
        content += 1
        if carried(token, stems) or (synonyms(token.stem, "say") and window & SPEECH):
            continue
        if in_groups(token.stem, phrases) or _in_phrase(found, i, stems):
            continue
        if token.lower not in _OURS or not window & FIRST_PERSON:
            missing.append(i)
    return missing, content


def addition_faults(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> Iterator[Fault]:
    """Words that neither the window nor the document's title has, nor a synonym of theirs."""
    missing, content = unsupported(found, names, evidence)
    before: Token | None = None
    together = False
    for i in missing:
        token = found[i]
        against = next((s for s in evidence.window_stems if opposites(token.stem, s)), None)
        if against is not None:
            yield Fault("opposite", f"The source says the opposite of “{token.text}”.")
        following = found[i + 1].lower if i + 1 < len(found) else ""
        together = together or before is token or following == "than"
        together = together or token.lower in COMPARING
        before = _next_content(found, i)
    if together or len(missing) > min(_MOST_OWN, content // _OWN_SHARE):
        words = ", ".join(f"“{found[i].text}”" for i in missing)
        yield Fault("addition", f"The source does not say {words}.")


_OURS = frozenset("firm company council group newspaper paper organisation union board".split())
"""What "we" of a source may be called."""


def _in_phrase(found: Sequence[Token], i: int, stems: frozenset[str]) -> bool:
    """Whether a word belongs to a phrase, "held back", for which the source has one word."""
    near = [t.stem for t in found[max(0, i - 2) : i + 3] if t.is_word]
    groups = phrase_groups(near)
    return bool(groups) and any(in_groups(stem, groups) for stem in stems)


def _next_content(found: Sequence[Token], i: int) -> Token | None:
    """The next word that says something, before any mark or number."""
    for token in found[i + 1 :]:
        if not token.is_word or token.is_number or token.lower in ("and", "or"):
            return None
        if token.says_something:
            return token
    return None
