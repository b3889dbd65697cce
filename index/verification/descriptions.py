"""Words given to "the mayor" that are those of somebody who is not the mayor."""

from collections.abc import Iterator, Sequence

from index.names import is_pronoun, is_proper
from index.verification.authors import described_as
from index.verification.clauses import is_verb, verb_at
from index.verification.cues import SPEECH
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.names import party_is
from index.verification.parties import (
    name_of,
    overlap,
)
from index.verification.reports import THINKING, is_possessor
from index.verification.tokens import Token, tokens


def role_speaker_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Words given to "the mayor" that the ledger gives to somebody who is not the mayor."""
    for i, token in enumerate(found):
        if token.lower not in SPEECH - THINKING or not is_verb(found, i):
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
        scored = [(overlap(stems, a, evidence), a) for a in evidence.attributions]
        best = max((score for score, _ in scored), default=0)
        near = [a for score, a in scored if score == best and score > 1]
        names = [name_of(a.speaker, evidence) for a in near if a.speaker is not None]
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
