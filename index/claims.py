"""Do the sources support a sentence that somebody says, contradict it, or not say so?"""

import bisect
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.live import OpenGeneration
from index.search import find_candidates, rank
from index.types import Citation, Filters, Hit
from index.verification.additions import own_predicate, unsupported
from index.verification.amounts import amount_differs
from index.verification.entailment import CrossEncoderEntailment
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.meaning import Meaning
from index.verification.names import names_of
from index.verification.polarity import denied_beside, denied_otherwise
from index.verification.subjects import CitedAlone, verb_of_another
from index.verification.tokens import Token, tokens
from index.verify import Verifier

_HITS = 8
_SENTENCES = 24
_MOST = 3
_FEWEST = 2
_LONGEST = 1_000
_NEAR = 0.6
_SAYS = 0.4
_SAYS_SHORT = 0.65
_SHORT = 5
_SLACK = 0.1
"""A sentence that supports a claim has at least so many of its words, and hardly fewer than one
that contradicts it."""
_CLOSE = 6
_ABOUT = 6
"""So many words of the source a claim needs about which it may use a verb of its own."""
_WRONG = frozenset("role speaker negation number date opposite quantity name".split())
_WORDS = {
    "role": "The sources have it the other way round, or of somebody else.",
    "speaker": "In the sources it is somebody else who says so.",
    "negation": "The sources have it the other way: one of the two says “not”.",
    "number": "The sources have another number.",
    "date": "The sources have another date.",
    "opposite": "The sources say the opposite.",
    "quantity": "The sources say it of fewer, or of more.",
    "name": "The sources name somebody or something else.",
    "hedge": "The sources are less sure of it than the claim, or only report it.",
    "quote": "The sources do not have these words.",
}


class Bearing(StrEnum):
    """How the sources stand to a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """What the sources say to a claim.

    `citations` prove it, contradict it, or, when it is not found, are what came closest.
    """

    claim: str
    bearing: Bearing
    citations: tuple[Citation, ...]
    reason: str
    """A sentence for a person: what differs. Empty for a claim that is supported."""
    generation: str
    seconds: float
    notices: tuple[str, ...] = ()


def check_claim(
    generation: OpenGeneration,
    claim: str,
    filters: Filters = Filters(),
    entailment: CrossEncoderEntailment | None = None,
) -> ClaimCheck:
    """Looks for sentences that carry a claim word for word or by the rules of `index.verify`.

    Nearness in meaning finds the sentences, but decides nothing. Raises ModelError and
    IndexDamagedError.
    """
    start = time.perf_counter()
    if len(claim) > _LONGEST:
        reason = "The claim is too long. Check one sentence at a time."
        return ClaimCheck(claim, Bearing.NOT_FOUND, (), reason, generation.name, 0.0)
    hits = rank(generation, find_candidates(generation, claim, filters), filters, _HITS)
    verifier = Verifier(generation.catalog, Meaning(generation.embedder), entailment)
    found = tokens(claim)
    stems = frozenset(t.stem for t in found if t.says_something or t.is_number)
    judged = [
        (hit, evidence, verifier.faults(claim, evidence))
        for hit, evidence in _sentences(verifier, hits, stems)
    ]
    judged = [
        _read_on(verifier, claim, stems, one) if n < _CLOSE or not one[2] else one
        for n, one in enumerate(judged)
    ]
    bearing, chosen, reason = _judge(judged, stems)
    others = _other_figures(found, judged, chosen) if bearing is Bearing.SUPPORTED else []
    if others:
        bearing, chosen, reason = Bearing.CONTRADICTED, [*others, chosen[0]], _DISAGREE
    citations = [_citation(hit, evidence) for hit, evidence in chosen]
    return ClaimCheck(
        claim,
        bearing,
        tuple(replace(one, number=n) for n, one in enumerate(citations, 1)),
        reason,
        generation.name,
        round(time.perf_counter() - start, 4),
        generation.notices,
    )


def _read_on(verifier: Verifier, claim: str, stems: frozenset[str], judged: "_Judged") -> "_Judged":
    """What a sentence says to a claim, together with the one before or after it: these may carry
    the rest of the claim, or deny what the sentence alone bears out."""
    hit, evidence, faults = judged
    number, reading = evidence.cited[0], evidence.reading
    pairs = [
        Evidence(reading, tuple(sorted((number, other))))
        for other in evidence.window
        if other != number and _beside(evidence, number, other)
    ]
    found = [(pair, verifier.faults(claim, pair)) for pair in pairs]
    against = any(f.kind == "negation" and not f.lacking for _, some in found for f in some)
    if not faults:
        if not _carries_verbs(claim, evidence):
            return hit, evidence, [_UNSAID]
        return (hit, evidence, [_DENIED]) if against else judged
    denied = denied_beside(tokens(claim), evidence)
    if denied:
        faults = [_UNSAID, *(f for f in faults if f.kind != "negation")]
    for pair, some in found:
        more = denied or _covered(stems, pair) > max(_covered(stems, evidence), _NEAR)
        if not more or some or against or denied_otherwise(tokens(claim), pair):
            continue
        if _denied_next(verifier, claim, pair):
            continue
        alone = CitedAlone(pair.reading, pair.cited)
        if own_predicate(claim, alone) == math.inf and not verb_of_another(tokens(claim), alone):
            return hit, pair, []
    return hit, evidence, faults


def _denied_next(verifier: Verifier, claim: str, pair: Evidence) -> bool:
    """Whether the sentence before or after two that carry a claim denies part of it."""
    wider = (
        Evidence(pair.reading, tuple(sorted((*pair.cited, other))))
        for other in pair.window
        if other not in pair.cited and _beside(pair, pair.cited[-1], other)
    )
    return any(
        f.kind == "negation" and not f.lacking for e in wider for f in verifier.faults(claim, e)
    )


def _carries_verbs(claim: str, evidence: Evidence) -> bool:
    """Whether a sentence has the verbs of a claim, of the same doer, or enough else that is its."""
    alone = CitedAlone(evidence.reading, evidence.cited)
    found = tokens(claim)
    missing, content = unsupported(found, names_of(found, evidence.reading.lower_words), alone)
    if len(missing) > max(1, content // _OWN_SHARE):
        return False
    return own_predicate(claim, alone) >= _ABOUT and not verb_of_another(found, alone)


def _other_figures(
    claim: Sequence[Token], judged: Sequence["_Judged"], good: Sequence[tuple[Hit, Evidence]]
) -> list[tuple[Hit, Evidence]]:
    """Sentences that give another figure of the thing of which a claim gives one; none when a
    source of the claim is newer than all of them."""
    against = [(hit, evidence) for hit, evidence, _ in judged if amount_differs(claim, evidence)][
        : _MOST - 1
    ]
    days = [hit.source.published or "" for hit, _ in against]
    newest = max((hit.source.published or "" for hit, _ in good), default="")
    if days and newest and all(days) and newest > max(days):
        return []
    return against


def _beside(evidence: Evidence, one: int, other: int) -> bool:
    """Whether two sentences stand in one paragraph."""
    spans = sorted((evidence.reading.sentences[one], evidence.reading.sentences[other]))
    return "\n\n" not in evidence.document.text[spans[0][1] : spans[1][0]]


_DENIED = Fault("negation", _WORDS["negation"], lacking=True)
_OWN_SHARE = 2
"""A sentence may lack so large a share of a claim's words and leave them to those beside it."""
_OURS = frozenset("we us our i me my".split())
_DISAGREE = "The sources disagree: another one has another number."
_UNSAID = Fault("addition", "The sources do not say so.", lacking=True)
_Judged = tuple[Hit, Evidence, list[Fault]]


def _judge(
    judged: Sequence[_Judged], stems: frozenset[str]
) -> tuple[Bearing, list[tuple[Hit, Evidence]], str]:
    most = max((_covered(stems, e) for _, e, faults in judged if _wrong(faults, e)), default=0.0)
    says = _SAYS_SHORT if len(stems) < _SHORT else _SAYS
    good = [
        (hit, evidence)
        for hit, evidence, faults in judged
        if not faults and _covered(stems, evidence) >= max(says, most - _SLACK)
    ]
    if good and len(stems) >= _FEWEST:
        return Bearing.SUPPORTED, good[:_MOST], ""
    near = [
        (hit, evidence, faults)
        for hit, evidence, faults in judged
        if _covered(stems, evidence) >= _NEAR
    ]
    wrong = [one for one in near if _wrong(one[2], one[1])]
    if wrong:
        first = next(f for f in wrong[0][2] if f.kind in _WRONG and not f.lacking)
        return Bearing.CONTRADICTED, [one[:2] for one in wrong[:_MOST]], _WORDS[first.kind]
    reason = "The sources do not say so."
    if near:
        kinds = [fault.kind for fault in near[0][2]]
        reason = next((_WORDS[kind] for kind in kinds if kind in _WORDS), reason)
    return Bearing.NOT_FOUND, [one[:2] for one in judged[:_MOST]], reason


def _wrong(faults: Sequence[Fault], evidence: Evidence) -> bool:
    """Whether a sentence speaks of what is claimed, and otherwise. Who "she" or "us" is may be
    told wrongly by us, and contradicts nobody."""
    against = {fault.kind for fault in faults if not fault.lacking}
    said = {token.lower for token in evidence.cited_tokens}
    if said & _OURS and not evidence.labels:
        against -= {"role", "speaker"}
    if evidence.cited_tokens[0].lower in ("he", "she", "they"):
        against -= {"speaker"}
    return bool(against & _WRONG) and {fault.kind for fault in faults} <= _WRONG | {"hedge"}


def _covered(stems: frozenset[str], evidence: Evidence) -> float:
    have = frozenset(t.stem for t in evidence.cited_tokens)
    return len(stems & have) / len(stems) if stems else 0.0


def _sentences(
    verifier: Verifier, hits: Sequence[Hit], stems: frozenset[str]
) -> Iterator[tuple[Hit, Evidence]]:
    """The sentences of the hits, those with most of the claim's words first."""
    found: dict[tuple[str, int], tuple[Hit, Evidence]] = {}
    for hit in hits:
        reading = verifier.reading(hit.source.document)
        for number in reading.sentences_at(hit.passage.start, hit.passage.end):
            if reading.tokens[number][:1] and reading.tokens[number][0].text == "#":
                continue
            evidence = Evidence(reading, (number,))
            found.setdefault((hit.source.document, number), (hit, evidence))
    order = sorted(found.values(), key=lambda one: -_covered(stems, one[1]))
    yield from order[:_SENTENCES]


def _citation(hit: Hit, evidence: Evidence) -> Citation:
    start = evidence.reading.sentences[evidence.cited[0]][0]
    end = evidence.reading.sentences[evidence.cited[-1]][1]
    page = bisect.bisect_right(hit.page_starts, start) or None if hit.page_starts else None
    quote = evidence.document.text[start:end]
    return Citation(0, hit.source, start, end, quote, page, hit.also_in)
