"""Who does it and whom it is done to, turned round."""

from collections.abc import Iterator, Sequence

from index.verification.authors import signs_below, writes
from index.verification.clauses import Verb, is_verb, verb_at
from index.verification.cues import SPEECH
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.names import Name, party_is
from index.verification.polarity import occurrences
from index.verification.tokens import Token, same_stem, tokens


def role_faults(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> Iterator[Fault]:
    """Who does it and whom it is done to, turned round."""
    named = {t.stem for name in names for t in name.words}
    stems = frozenset(t.stem for t in found if t.says_something)
    for i, token in enumerate(found):
        if not is_verb(found, i):
            continue
        here = verb_at(found, i)
        if token.lower in _GENERAL or (not here.agent and not here.patient):
            continue
        label = {t.stem for text in evidence.labels for t in tokens(text)}
        if token.lower in SPEECH and label & here.agent:
            continue
        places = [
            (sentence, k)
            for sentence, k in occurrences(token, evidence, beside=True)[1]
            if is_verb(sentence, k)
            and (same_stem(sentence[k].stem, token.stem) or token.lower in SPEECH)
        ]
        if not places:
            continue
        best = max(len(stems & {t.stem for t in s}) for s, _ in places)
        verdicts = []
        for sentence, k in places:
            if len(stems & {t.stem for t in sentence}) < best:
                continue
            there = verb_at(sentence, k)
            to_right = {s for s in here.agent if s in there.patient and s not in there.agent}
            to_left = {s for s in here.patient if s in there.agent and s not in there.patient}
            first = found[here.agent_words[0]].stem if here.agent_words else ""
            turned = bool(to_right and to_left)
            head = found[here.agent_words[-1]].stem if here.agent_words else ""
            helpless = _by_pronoun(sentence, k) and not here.agent & there.agent
            turned = turned or (head in to_right and helpless and not here.passive)
            turned = turned or (first in to_right and first in named)
            turned = turned or bool(
                to_left & named
                and there.agent_words
                and not here.agent & there.agent
                and sentence[there.agent_words[0]].stem in to_left
                and here.patient_words[:1]
                and found[here.patient_words[0]].stem in to_left
            )
            turned = turned or _writer_is_object(found, here, sentence, k, evidence)
            turned = turned or _other_gender(found, here, sentence, k, evidence)
            turned = turned or _of_another_verb(here, sentence, there, named)
            turned = turned or _filled_otherwise(found, here, sentence, there, named, evidence)
            verdicts.append(turned)
        if verdicts and all(verdicts):
            yield Fault(
                "role", f"In the source it is another who “{token.text}”, or another to whom."
            )


def _by_pronoun(sentence: Sequence[Token], k: int) -> bool:
    before = [t.lower for t in sentence[max(0, k - 3) : k] if t.lower not in ("had", "has", "have")]
    return bool(before) and before[-1] in ("he", "she", "it", "they", "we", "i", "both")


_GENERAL = frozenset("had has have having did do does done".split())
_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


def _other_gender(
    found: Sequence[Token], here: Verb, sentence: Sequence[Token], k: int, evidence: Evidence
) -> bool:
    """Whether a name stands for "he" where the document calls its bearer "she"."""
    before = [t.lower for t in sentence[max(0, k - 3) : k] if t.lower not in ("had", "has", "have")]
    theirs = _GENDERS.get(before[-1]) if before else None
    if theirs is None or here.passive or not here.agent_words:
        return False
    name = found[here.agent_words[-1]]
    genders = {
        _GENDERS[span.text.lower()]
        for a in evidence.reading.attributions
        for span in (a.speaker, a.target)
        if span is not None and span.name is not None and span.text.lower() in _GENDERS
        and name.capital and party_is(name.text, [span.name])
    }  # fmt: skip
    return bool(genders) and theirs not in genders


def _writer_is_object(
    found: Sequence[Token], here: Verb, sentence: Sequence[Token], k: int, evidence: Evidence
) -> bool:
    """Whether a statement has the writer do what the source has done to "me"."""
    after = [t.lower for t in sentence[k + 1 : k + 2]]
    if here.passive or after not in (["me"], ["us"]) or not here.agent_words:
        return False
    name = found[here.agent_words[-1]]
    return name.capital and (writes(name.text, evidence) or signs_below(name.text, evidence))


def _of_another_verb(here: Verb, sentence: Sequence[Token], there: Verb, named: set[str]) -> bool:
    """Whether the names a verb is done to are those of another verb of the sentence."""
    mine, theirs = here.patient & named, there.patient
    if here.passive or there.passive or not mine or mine & theirs:
        return False
    if not any(sentence[k].capital for k in there.patient_words):
        return False
    return any(
        mine <= verb_at(sentence, k).patient
        for k in range(len(sentence))
        if k != there.at and is_verb(sentence, k)
    )


def _filled_otherwise(
    found: Sequence[Token],
    here: Verb,
    sentence: Sequence[Token],
    there: Verb,
    named: set[str],
    evidence: Evidence,
) -> bool:
    """Whether a name does what, in the source, another name does."""
    if here.passive or there.passive or not here.agent_words or not there.agent_words:
        return False
    mine, theirs = here.agent_words[-1], there.agent_words[-1]
    if found[mine].stem not in named or not sentence[theirs].capital or _pronoun(sentence[theirs]):
        return False
    if here.at - mine > 3 or (there.at - theirs > 3 and not _aside(sentence, theirs, there.at)):
        return False
    pair = found[mine].text, sentence[theirs].text
    full = any(" ".join(order) in evidence.document.text for order in (pair, pair[::-1]))
    return not full and not here.agent & there.agent


def _pronoun(token: Token) -> bool:
    return token.lower in ("i", "he", "she", "it", "we", "they", "you")


def _aside(sentence: Sequence[Token], name: int, verb: int) -> bool:
    """Whether only an aside between commas stands between a name and its verb."""
    between = sentence[name + 1 : verb]
    return bool(between) and between[0].lower == "," and between[-1].lower == ","
