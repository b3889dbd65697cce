"""Who says what about whom in a statement, held against the ledger of the cited document."""

from collections.abc import Iterator, Sequence

from index.names import is_proper
from index.types import Attribution, Stance
from index.verification.authors import signs_below, writes
from index.verification.clauses import is_verb, verb_at
from index.verification.cues import SPEECH
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.names import FIRST_PERSON, Name, party_is
from index.verification.parties import (
    bears,
    content_stems,
    is_target,
    may_be,
    overlap,
)
from index.verification.quotes import Quotation, inside_quotation, locate
from index.verification.reports import THINKING, Report, reports
from index.verification.tokens import Token, tokens
from index.verification.voices import speaks_here

_ACCUSING = frozenset(
    "accuse accused accuses blame blamed blames fault faulted allege alleged alleges sue sued sues"
    " charge charged condemn condemned condemns criticise criticised criticises criticize"
    " criticized denounce denounced denounces slam slammed attack attacked".split()
)
_DENYING = frozenset(
    "deny denied denies reject rejected rejects refute refuted refutes dispute disputed disputes"
    " dismiss dismissed dismisses".split()
)
_HARSH = frozenset((Stance.ACCUSE, Stance.CONDEMN))
_TARGETED = _ACCUSING - frozenset("allege alleged alleges charge charged".split())
_FEW = 2


def _segment(found: Sequence[Token], at: int) -> Sequence[Token]:
    """The part of a statement between "but", "while" and the like that holds a place."""
    cuts = [
        k for k, t in enumerate(found)
        if t.lower in ("but", "while", "whereas", "though", "although", "whose", ";", ".")
    ]  # fmt: skip
    start = max((k + 1 for k in cuts if k < at), default=0)
    end = min((k for k in cuts if k > at), default=len(found))
    return found[start:end]


def speaker_faults(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> Iterator[Fault]:
    """Speakers and targets that the ledger does not have for what is said."""
    known = evidence.attributions
    label = _label(found)
    if label and evidence.labels and not party_is(label, evidence.labels):
        yield Fault("speaker", f"In the source it is {evidence.labels[0]} who says so.")
        return
    if not known:
        return
    for report in reports(found, names):
        if _in_own_voice(report, found, evidence):
            continue
        if _is_turned(report, known):
            yield Fault("role", f"In the source {report.target} says so of {report.speakers[0]}.")
            continue
        if report.cue in _TARGETED and not _accuses(report, known, evidence):
            reason = f"In the source it is not {report.speakers[0]} who says so."
            yield Fault("speaker", reason, lacking=True)
            continue
        aside = {t.stem for t in tokens(" ".join([*report.speakers, report.target or ""]))}
        aside.add(found[report.at].stem)
        stems = {t.stem for t in _segment(found, report.at) if t.says_something} - aside
        scored = [(overlap(stems, a, evidence), a) for a in known]
        best = max(score for score, _ in scored)
        near = [a for score, a in scored if score == best and score > 0]
        if report.cue in _DENYING:
            near = [a for a in near if a.stance is Stance.DENY] or near
        if not near or len(stems) < _FEW:
            near = [a for a in known if a.cue.text.lower() == report.cue] or near
        if report.nested:
            cue = found[report.at].stem
            near = [a for a in near if any(t.stem == cue for t in tokens(a.cue.text))]
        if not near:
            continue
        speaking = [
            a for a in near if any(may_be(name, a.speaker, evidence) for name in report.speakers)
        ]
        if not speaking and _does_so(report, found, evidence):
            continue
        if not speaking and _first_person(report, near, evidence):
            continue
        if not speaking:
            named = any(a.speaker is not None and is_proper(a.speaker.text) for a in near)
            reason = f"In the source it is not {report.speakers[0]} who says so."
            yield Fault("speaker", reason, lacking=not named)
            continue
        if report.cue in _TARGETED and report.target is not None:
            harsh = [a for a in speaking if a.stance in _HARSH]
            if not any(is_target(report.target, a, evidence) for a in harsh or speaking):
                yield Fault("role", f"In the source this is not said about {report.target}.")
        same = [a for a in speaking if a.cue.text.lower() == report.cue]
        if same and all(a.negated != report.negated for a in same):
            yield Fault(
                "negation", f"The source has it otherwise whether {report.speakers[0]} did."
            )


def _label(found: Sequence[Token]) -> str:
    """The name before a colon that opens a statement: "Fenn: …"."""
    end = next((k for k, t in enumerate(found[:5]) if t.text == ":"), 0)
    return " ".join(t.text for t in found[:end]) if all(t.capital for t in found[:end]) else ""


_OTHERS = 2


def _in_own_voice(report: Report, found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a speaker is whose text it is, and no one else in it is the one who says so."""
    if report.cue in _ACCUSING and report.target is not None:
        return False
    if not any(speaks_here(name, evidence) for name in report.speakers):
        return False
    stems = {t.stem for t in _segment(found, report.at) if t.says_something}
    return not any(
        a.speaker is not None
        and a.speaker.text.lower() not in FIRST_PERSON
        and a.cue.text.lower() in SPEECH - THINKING
        and len(stems & content_stems(a, evidence)) > _OTHERS
        and not any(may_be(name, a.speaker, evidence) for name in report.speakers)
        for a in evidence.attributions
    )


def _is_turned(report: Report, known: Sequence[Attribution]) -> bool:
    """Whether the ledger has the accused accuse the accuser, and not the reverse as well."""
    if report.cue not in _ACCUSING or report.target is None:
        return False
    harsh = [a for a in known if a.stance in _HARSH and a.speaker and a.target and not a.negated]
    straight = any(
        any(bears(name, a.speaker) for name in report.speakers) and bears(report.target, a.target)
        for a in harsh
    )
    return not straight and any(
        any(bears(name, a.target) for name in report.speakers) and bears(report.target, a.speaker)
        for a in harsh
    )


def _accuses(report: Report, known: Sequence[Attribution], evidence: Evidence) -> bool:
    """Whether the speaker accuses or criticises in the source, by the ledger or by a verb."""
    if any(
        (a.stance in _HARSH or a.cue.text.lower() == report.cue)
        and any(may_be(n, a.speaker, evidence) for n in report.speakers)
        for a in known
    ):
        return True
    wanted = {t.stem for name in report.speakers for t in tokens(name)}
    return any(
        token.lower in _ACCUSING and is_verb(sentence, k) and wanted & verb_at(sentence, k).agent
        for sentence in (evidence.reading.tokens[i] for i in evidence.window)
        for k, token in enumerate(sentence)
    )


def _first_person(report: Report, near: Sequence[Attribution], evidence: Evidence) -> bool:
    """Whether "we" speaks in the source, and the speaker may be the one who signs it."""
    ours = [a for a in near if a.speaker is not None and a.speaker.text.lower() in FIRST_PERSON]
    return bool(ours) and any(
        writes(name, evidence) or signs_below(name, evidence) for name in report.speakers
    )


def _does_so(report: Report, found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a cited sentence has the speaker beside the same cue, whatever the ledger says."""
    cue = found[report.at].stem
    wanted = {t.stem for name in report.speakers for t in tokens(name)}
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        for k, token in enumerate(sentence):
            if token.stem == cue and is_verb(sentence, k):
                agent = verb_at(sentence, k).agent
                if wanted & agent:
                    return True
    return False


_GOING_ON = (["and"], ["but"])
"""How a quotation goes on with what somebody is said to say."""


def _quoted_by(quote: Quotation, found: Sequence[Token], said: Sequence[Report]) -> list[str]:
    """Who speaks a quotation: the speaker of the last cue before it, else of any cue."""
    cues = [
        k for k, t in enumerate(found)
        if t.lower in SPEECH and t.end <= quote.start and is_verb(found, k)
    ]  # fmt: skip
    if len(cues) > 1 and quote.text.split()[:1] in _GOING_ON:
        last = max((k for k in cues if found[k + 1].lower == "that"), default=cues[-1])
        return [name for r in said if r.at in (last, cues[-1]) for name in r.speakers]
    if cues and len(cues) > 1:
        return [name for r in said if r.at == cues[-1] for name in r.speakers]
    return [name for r in said for name in r.speakers]


def quote_faults(
    statement: str,
    quotes: Sequence[Quotation],
    found: Sequence[Token],
    names: Sequence[Name],
    evidence: Evidence,
) -> Iterator[Fault]:
    """Quotations that do not stand in the window word for word, or are another's words."""
    reading = evidence.reading
    text = reading.document.text
    start = reading.sentences[evidence.window[0]][0]
    end = reading.sentences[evidence.window[-1]][1]
    said = list(reports(found, names))
    for quote in quotes:
        speakers = _quoted_by(quote, found, said)
        place = locate(quote.text, text, start, end)
        if place is None:
            yield Fault("quote", f"The source does not have the words “{quote.text}”.")
            continue
        if len(quote.text.split()) < _FEW or not speakers:
            continue
        holding = [
            a for a in evidence.attributions
            if any(s.start < place[1] and place[0] < s.end for s in a.content)
        ]  # fmt: skip
        if holding:
            if not any(may_be(name, a.speaker, evidence) for name in speakers for a in holding):
                named = any(a.speaker is not None and is_proper(a.speaker.text) for a in holding)
                reason = f"In the source these are not the words of {speakers[0]}."
                yield Fault("speaker", reason, lacking=not named)
        elif not any(speaks_here(name, evidence) for name in speakers) and not inside_quotation(
            text, place[0], text.rfind("\n", 0, place[0]) + 1
        ):
            yield Fault("speaker", "In the source these words are nobody's speech.")
