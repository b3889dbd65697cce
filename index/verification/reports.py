"""Who says what about whom in a statement, held against the ledger of the cited document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.names import is_pronoun, is_proper
from index.types import Attribution, Span, Stance
from index.verification.authors import described_as, signs_below, writes
from index.verification.clauses import TITLES, is_verb, mood, verb_at
from index.verification.cues import SPEECH
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.names import FIRST_PERSON, Name, party_is
from index.verification.quotes import Quotation, inside_quotation, locate
from index.verification.tokens import Token, stem, tokens
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
_THINKING = frozenset(
    "believe believes believed think thinks thought fear fears feared hope hopes hoped hold holds"
    " held find finds found regard attack attacked attributed view".split()
)
_HARSH = frozenset((Stance.ACCUSE, Stance.CONDEMN))
_TARGETED = _ACCUSING - frozenset("allege alleged alleges charge charged".split())
_FEW = 2
_ABOVE = 300


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody of a name who speaks, accuses or denies in a statement."""

    speakers: tuple[str, ...]
    """The names that may be the speaker's: that next to the cue, and the clause's first."""
    cue: str
    at: int
    target: str | None
    negated: bool
    nested: bool = False
    """Whether another speaks before in the sentence, who may be the one that reports it."""


def reports(found: Sequence[Token], names: Sequence[Name]) -> Iterator[Report]:
    """The reports of a statement whose speaker is named."""
    before: list[str] = []
    for i, token in enumerate(found):
        if token.lower not in SPEECH - _THINKING or token.capital:
            continue
        if token.lower == "according":
            after = [n for n in names if n.words[0].start > token.end]
            if after and after[0].words[0].start - token.end < 20:
                yield Report((after[0].text,), token.lower, i, None, False)
            continue
        following = found[i + 1].lower if i + 1 < len(found) else ""
        if not is_verb(found, i) or following in ("off", "down", "up", "out"):
            continue
        if _dismisses_somebody(found, i):
            continue
        verb = verb_at(found, i)
        speakers: tuple[str | None, ...] = (
            _named(found, verb.agent_words, names),
            _named(found, verb.agent_words[::-1][:1], names),
            None if verb.passive else _nearest(found, i, names),
        )
        target = _named(found, verb.patient_words[:2], names)
        if i and found[i - 1].lower in ("and", "but", "then"):
            speakers = (*speakers, *before)
        some = tuple(dict.fromkeys(name for name in speakers if name is not None))
        before += some
        if some:
            nested = any(t.lower in SPEECH and is_verb(found, k) for k, t in enumerate(found[:i]))
            nobody = following in ("nobody", "none", "nothing", "no")
            negated = mood(found, i).negated or nobody
            yield Report(some, token.lower, i, target, negated, nested)


def _dismisses_somebody(found: Sequence[Token], i: int) -> bool:
    """Whether "dismissed" means the sack: its object is a person."""
    if found[i].stem != stem("dismiss"):
        return False
    before = {t.lower for t in found[max(0, i - 4) : i]}
    after = found[i + 1] if i + 1 < len(found) else None
    return "whom" in before or (
        after is not None and (after.lower in ("him", "her", "them") or after.capital)
    )


def _segment(found: Sequence[Token], at: int) -> Sequence[Token]:
    """The part of a statement between "but", "while" and the like that holds a place."""
    cuts = [
        k for k, t in enumerate(found)
        if t.lower in ("but", "while", "whereas", "though", "although", "whose", ";", ".")
    ]  # fmt: skip
    start = max((k + 1 for k in cuts if k < at), default=0)
    end = min((k for k in cuts if k > at), default=len(found))
    return found[start:end]


def _nearest(found: Sequence[Token], i: int, names: Sequence[Name]) -> str | None:
    """The last name before a cue, when no verb stands between."""
    before = [name for name in names if name.words[-1].end <= found[i].start]
    if not before:
        return None
    end = before[-1].words[-1].end
    if is_possessor(before[-1].words[-1]):
        return None
    between = [k for k in range(i) if found[k].start >= end]
    if any(is_verb(found, k) or found[k].lower in (".", ";", "”", "whose") for k in between):
        return None
    return before[-1].text


def is_possessor(token: Token) -> bool:
    """Whether a word is written with an "'s", which its text is without: "Lowe's lawyer"."""
    return token.end - token.start > len(token.text)


def _named(found: Sequence[Token], places: Sequence[int], names: Sequence[Name]) -> str | None:
    """The name that stands first among these places, when nothing else comes before it."""
    for k in places:
        for name in names:
            if any(word.start == found[k].start for word in name.words):
                return None if is_possessor(name.words[-1]) else name.text
    return None


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
        scored = [(_overlap(stems, a, evidence), a) for a in known]
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
            a for a in near if any(_is(name, a.speaker, evidence) for name in report.speakers)
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
            if not any(_is_target(report.target, a, evidence) for a in harsh or speaking):
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
        and a.cue.text.lower() in SPEECH - _THINKING
        and len(stems & _inside(a, evidence)) > _OTHERS
        and not any(_is(name, a.speaker, evidence) for name in report.speakers)
        for a in evidence.attributions
    )


def _inside(a: Attribution, evidence: Evidence) -> set[str]:
    return {
        t.stem
        for t in evidence.window_tokens
        if t.says_something and any(s.start <= t.start and t.end <= s.end for s in a.content)
    }


def _is_turned(report: Report, known: Sequence[Attribution]) -> bool:
    """Whether the ledger has the accused accuse the accuser, and not the reverse as well."""
    if report.cue not in _ACCUSING or report.target is None:
        return False
    harsh = [a for a in known if a.stance in _HARSH and a.speaker and a.target and not a.negated]
    straight = any(
        any(_bears(name, a.speaker) for name in report.speakers) and _bears(report.target, a.target)
        for a in harsh
    )
    return not straight and any(
        any(_bears(name, a.target) for name in report.speakers) and _bears(report.target, a.speaker)
        for a in harsh
    )


def _accuses(report: Report, known: Sequence[Attribution], evidence: Evidence) -> bool:
    """Whether the speaker accuses or criticises in the source, by the ledger or by a verb."""
    if any(
        (a.stance in _HARSH or a.cue.text.lower() == report.cue)
        and any(_is(n, a.speaker, evidence) for n in report.speakers)
        for a in known
    ):
        return True
    wanted = {t.stem for name in report.speakers for t in tokens(name)}
    return any(
        token.lower in _ACCUSING and is_verb(sentence, k) and wanted & verb_at(sentence, k).agent
        for sentence in (evidence.reading.tokens[i] for i in evidence.window)
        for k, token in enumerate(sentence)
    )


def _bears(name: str, span: Span | None) -> bool:
    return span is not None and party_is(name, [span.name, span.text])


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


def role_speaker_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Words given to "the mayor" that the ledger gives to somebody who is not the mayor."""
    for i, token in enumerate(found):
        if token.lower not in SPEECH - _THINKING or not is_verb(found, i):
            continue
        verb = verb_at(found, i)
        if not verb.agent_words or any(found[k].capital for k in verb.agent_words):
            continue
        first = verb.agent_words[0]
        named_as = first > 0 and (
            found[first - 1].lower in ("the", "a", "an", "his", "her", "its", "their")
            or is_possessor(found[first])
        )
        if not named_as or found[i - 1].lower in ("and", "but", ","):
            continue
        head = found[verb.agent_words[-1]]
        if _speaks(head, evidence):
            continue
        bearers = _bearers(head, evidence)
        if not bearers and not _speaks_elsewhere(head, evidence):
            continue
        stems = {t.stem for t in found if t.says_something} - verb.agent - {token.stem}
        scored = [(_overlap(stems, a, evidence), a) for a in evidence.attributions]
        best = max((score for score, _ in scored), default=0)
        near = [a for score, a in scored if score == best and score > 1]
        names = [_name_of(a.speaker, evidence) for a in near if a.speaker is not None]
        known = [name for name in names if is_proper(name) and not is_pronoun(name)]
        if (
            known
            and len(known) == len(near)
            and not any(
                party_is(name, bearers)
                or head.stem in {t.stem for t in tokens(name)}
                or described_as(name, head, evidence)
                for name in known
            )
        ):
            yield Fault("speaker", f"In the source it is {known[0]} who says so.")


def _speaks_elsewhere(head: Token, evidence: Evidence) -> bool:
    """Whether somebody so described, and without a name, speaks in another sentence."""
    return any(
        a.speaker is not None
        and not any(t.capital for t in tokens(a.speaker.text))
        and head.stem in {t.stem for t in tokens(a.speaker.text)}
        for a in evidence.reading.attributions
    )


def _name_of(speaker: Span, evidence: Evidence) -> str:
    """The name of a speaker, of whom a pronoun was last, or else what the source calls it."""
    meant = antecedent(speaker, evidence) if is_pronoun(speaker.text) else None
    return speaker.name or (meant.name or meant.text if meant is not None else speaker.text)


def _speaks(head: Token, evidence: Evidence) -> bool:
    """Whether somebody so described is the subject of a verb of speech in a cited sentence."""
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        verbs = [k for k in range(len(sentence)) if is_verb(sentence, k)]
        speech = [k for k in verbs if sentence[k].lower in SPEECH]
        if speech and any(
            head.stem in verb_at(sentence, k).agent for k in verbs if k <= speech[-1]
        ):
            return True
    return False


def _bearers(head: Token, evidence: Evidence) -> list[str]:
    """The names that a document sets beside a description: "the mayor, Dilys Trevanion"."""
    names = []
    for sentence in evidence.reading.tokens:
        for k, token in enumerate(sentence):
            if token.stem != head.stem:
                continue
            run: list[Token] = []
            start = k + 2 if sentence[k + 1 : k + 2] and sentence[k + 1].text == "," else k + 1
            for other in sentence[start : start + 4]:
                if not other.capital:
                    break
                run.append(other)
            before = [t for t in sentence[max(0, k - 7) : k] if t.is_word and t.capital]
            if sentence[max(0, k - 3) : k] and before:
                names.append(" ".join(t.text for t in before[-2:]))
            if len(run) > 1:
                names.append(" ".join(t.text for t in run))
    return names


def _overlap(stems: set[str], a: Attribution, evidence: Evidence) -> int:
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


def _is(name: str, span: Span | None, evidence: Evidence) -> bool:
    """Whether the words of a source may mean somebody of this name."""
    if span is None:
        return _near(name, evidence)
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
        return _bears(name, meant) or name.split()[-1] in between
    if is_pronoun(span.text) or not is_proper(span.text):
        return _near(name, evidence)
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


def _is_target(name: str, a: Attribution, evidence: Evidence) -> bool:
    if a.target is None:
        return True
    if _is(name, a.target, evidence):
        return True
    return any(party_is(name, [s.text]) for s in a.content)


def _near(name: str, evidence: Evidence) -> bool:
    """Whether the window has the name, so that "he" may be its bearer."""
    words = {t.lower for t in tokens(name)} - TITLES
    if any(t.lower in words for t in [*evidence.before, *evidence.reading.about] if t.capital):
        return True
    first = {t.lower for t in evidence.cited_tokens} & FIRST_PERSON
    return bool(first) and name in evidence.document.text


def _quoted_by(quote: Quotation, found: Sequence[Token], said: Sequence[Report]) -> list[str]:
    """Who speaks a quotation: the speaker of the last cue before it, else of any cue."""
    cues = [
        k for k, t in enumerate(found)
        if t.lower in SPEECH and t.end <= quote.start and is_verb(found, k)
    ]  # fmt: skip
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
            if not any(_is(name, a.speaker, evidence) for name in speakers for a in holding):
                named = any(a.speaker is not None and is_proper(a.speaker.text) for a in holding)
                reason = f"In the source these are not the words of {speakers[0]}."
                yield Fault("speaker", reason, lacking=not named)
        elif not any(speaks_here(name, evidence) for name in speakers) and not inside_quotation(
            text, place[0], text.rfind("\n", 0, place[0]) + 1
        ):
            yield Fault("speaker", "In the source these words are nobody's speech.")
