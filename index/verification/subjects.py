"""Verbs of a claim that its source has only beside the cited sentence, or of somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.names import is_pronoun
from index.verification.clauses import Verb, is_verb, verb_at
from index.verification.cues import SPEECH
from index.verification.evidence import Evidence
from index.verification.lexicon import synonyms
from index.verification.polarity import occurrences
from index.verification.tokens import Token, same_stem


@dataclass(frozen=True)
class CitedAlone(Evidence):
    """Evidence without the sentences beside the cited ones."""

    @cached_property
    def window(self) -> tuple[int, ...]:
        return self.cited


def verb_of_another(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a verb of a claim is in the source only as a synonym whose doer is another than the
    claim's, so that "Lowe lost" is not the source's "the motion failed"; or is done to another
    thing: "lost the vote" and "lost the keys"."""
    for i, token in enumerate(found):
        if token.capital or token.lower in SPEECH or not token.says_something:
            continue
        if not is_verb(found, i):
            continue
        exact, places = occurrences(token, evidence)
        here = verb_at(found, i)
        if places and exact and all(_of_another(s, k, here) for s, k in places):
            return True
        if exact or not places or not here.agent:
            continue
        if all(_another(sentence, k, here.agent) for sentence, k in places):
            return True
    return False


def _of_another(sentence: Sequence[Token], k: int, here: Verb) -> bool:
    there = verb_at(sentence, k)
    if not is_verb(sentence, k) or not here.patient or not there.patient:
        return False
    if here.passive or there.passive or here.agent & there.agent:
        return False
    theirs = [sentence[n] for n in there.patient_words]
    return not any(
        same_stem(t.stem, s) or synonyms(t.stem, s) for t in theirs for s in here.patient
    )


def _another(sentence: Sequence[Token], k: int, agent: frozenset[str]) -> bool:
    if not is_verb(sentence, k):
        return False
    there = verb_at(sentence, k)
    before = sentence[k - 1].lower if k else ""
    if not there.agent or is_pronoun(before) or agent & (there.agent | there.patient):
        return False
    return not any(sentence[n].capital for n in there.agent_words)
