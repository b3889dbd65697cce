"""Whom the ledger's words mean: by its names, by aliases, by who spoke last before a pronoun."""

from index.names import is_pronoun, is_proper
from index.types import Attribution, Span
from index.verification.clauses import TITLES
from index.verification.evidence import Evidence
from index.verification.names import FIRST_PERSON, party_is
from index.verification.tokens import tokens

_ABOVE = 300


def content_stems(a: Attribution, evidence: Evidence) -> set[str]:
    return {
        t.stem
        for t in evidence.window_tokens
        if t.says_something and any(s.start <= t.start and t.end <= s.end for s in a.content)
    }


def bears(name: str, span: Span | None) -> bool:
    return span is not None and party_is(name, [span.name, span.text])


def name_of(speaker: Span, evidence: Evidence) -> str:
    """The name of a speaker, of whom a pronoun was last, or else what the source calls it."""
    meant = antecedent(speaker, evidence) if is_pronoun(speaker.text) else None
    return speaker.name or (meant.name or meant.text if meant is not None else speaker.text)


def overlap(stems: set[str], a: Attribution, evidence: Evidence) -> int:
    spans = [*a.content, Span(*a.sentence, "")]
    inside = {
        t.stem
        for t in evidence.window_tokens
        if any(s.start <= t.start and t.end <= s.end for s in a.content)
    }
    sentence = {
        t.stem
        for t in evidence.window_tokens
        if any(s.start <= t.start and t.end <= s.end for s in spans)
    }
    return 2 * len(stems & inside) + len(stems & sentence)


def may_be(name: str, span: Span | None, evidence: Evidence) -> bool:
    """Whether the words of a source may mean somebody of this name."""
    if span is None:
        return _is_near(name, evidence)
    if party_is(name, [span.name, span.text]):
        return True
    aliases = evidence.reading.aliases
    for other in (span.name, span.text):
        if other and aliases.canonical(name) == aliases.canonical(other):
            return True
    if span.name is not None:
        return False
    meant = antecedent(span, evidence) if is_pronoun(span.text) else None
    if meant is not None:
        between = evidence.document.text[meant.end : span.start]
        return bears(name, meant) or name.split()[-1] in between
    if is_pronoun(span.text) or not is_proper(span.text):
        return _is_near(name, evidence)
    return any(party_is(name, [part.strip()]) for part in span.text.split(","))


def antecedent(span: Span, evidence: Evidence) -> Span | None:
    """Who spoke last by name before a pronoun that the ledger leaves open, not far above it."""
    if span.text.lower() in FIRST_PERSON:
        return None
    above = [
        a.speaker
        for a in evidence.reading.attributions
        if a.speaker is not None
        and a.speaker.end <= span.start
        and span.start - a.speaker.end < _ABOVE
        and not is_pronoun(a.speaker.text)
        and is_proper(a.speaker.text)
    ]
    return max(above, key=lambda one: one.end, default=None)


def is_target(name: str, a: Attribution, evidence: Evidence) -> bool:
    if a.target is None:
        return True
    if may_be(name, a.target, evidence):
        return True
    return any(party_is(name, [s.text]) for s in a.content)


def _is_near(name: str, evidence: Evidence) -> bool:
    """Whether the window has the name, so that "he" may be its bearer."""
    words = {t.lower for t in tokens(name)} - TITLES
    if any(t.lower in words for t in [*evidence.before, *evidence.reading.about] if t.capital):
        return True
    first = {t.lower for t in evidence.cited_tokens} & FIRST_PERSON
    return bool(first) and name in evidence.document.text
