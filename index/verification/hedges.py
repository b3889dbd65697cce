"""Doubts, conditions and reports that a statement leaves out."""

import itertools
from collections.abc import Iterator, Sequence

from index.types import Stance
from index.verification.clauses import POSSIBLE, is_verb, verb_at
from index.verification.cues import HEDGES, SPEECH
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.lexicon import lemma_of, synonyms
from index.verification.moods import wish_stems
from index.verification.names import Name, party_is
from index.verification.reports import reports
from index.verification.tokens import Token, carried, same_stem, stem, tokens, words_of

_ASKING = frozenset("even ask asked asks wonder wondered know tell say see".split())
_CONDITIONS = frozenset(
    "if unless otherwise should provided whether depending subject condition when were once".split()
)


def condition_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """What is only hoped for, or holds on a condition, given as settled."""
    said = words_of(found)
    stems = frozenset(t.stem for t in found if t.is_word)
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        for i, token in enumerate(sentence):
            if token.lower in ("if", "unless") and not said & _CONDITIONS:
                before = sentence[i - 1].lower if i else ""
                clause = _clause(sentence, i)
                have = [t for t in clause if t.stem in stems]
                rest = {t.stem for t in sentence if t.says_something} - {t.stem for t in clause}
                sure = not said & (POSSIBLE | {"would"}) and before not in _ASKING
                if sure and before != "as" and rest and len(rest & stems) >= max(2, len(rest) / 2):
                    yield Fault("hedge", "The source makes it depend on something.")
                    return
                if before not in ("as", *_ASKING) and len(have) > 0.6 * len(clause):
                    yield Fault("hedge", "The source makes it depend on something.")
                    return
            following = sentence[i + 2] if i + 2 < len(sentence) else None
            if (
                following is not None
                and sentence[i + 1].lower == "to"
                and any(same_stem(token.stem, stem) for stem in wish_stems())
                and following.stem in stems
                and not _wished(token, found)
                and not said & {"may", "might", "could", "would"}
                and not _of_another(found, sentence, i + 2)
            ):
                yield Fault("hedge", f"The source only says “{token.lower} to”.")
                return


def _of_another(found: Sequence[Token], sentence: Sequence[Token], k: int) -> bool:
    """Whether a statement has somebody else do what is wished for, who does something there."""
    agents = [
        verb_at(found, i).agent
        for i, t in enumerate(found)
        if same_stem(t.stem, sentence[k].stem) and is_verb(found, i)
    ]
    others = [
        verb_at(sentence, n).agent
        for n in range(len(sentence))
        if abs(n - k) > 2 and is_verb(sentence, n)
    ]
    return bool(agents) and all(
        agent and any(agent & other for other in others) for agent in agents
    )


def _clause(sentence: Sequence[Token], i: int) -> list[Token]:
    """What says something in the clause that opens at a place."""
    end = next((k for k in range(i, len(sentence)) if sentence[k].lower in _CLAUSE_END), None)
    return [t for t in sentence[i + 1 : end] if t.says_something]


_CLAUSE_END = frozenset(", ; : . ? ! ” “ —".split())


def _wished(token: Token, found: Sequence[Token]) -> bool:
    """Whether a statement has the verb before a "to", a synonym, or another of mere wish."""
    wishes = wish_stems() - {stem("refuse"), stem("fail"), stem("promise"), stem("vow")}
    if token.stem in wishes and any(
        t.stem in wishes and after.lower == "to" for t, after in itertools.pairwise(found)
    ):
        return True
    return any(
        same_stem(t.stem, token.stem) or (after.lower == "to" and synonyms(t.stem, token.stem))
        for t, after in itertools.pairwise(found)
    )


def hedge_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Hedges beside words of the statement that the statement leaves out."""
    said = words_of(found)
    if said & (HEDGES | {"if", "whether", "would", "should"}):
        return
    stems = {t.stem for t in found if t.says_something}
    speech = bool(said & SPEECH)
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        for i, token in enumerate(sentence):
            if token.lower not in HEDGES or token.capital:
                continue
            if token.lower in SPEECH and speech:
                continue
            near = [
                t for t in sentence[max(0, i - 2) : i + 4] if t.says_something and t is not token
            ]
            if any(t.stem in stems and not t.capital for t in near):
                yield Fault("hedge", f"The source says “{token.lower}”.")
                return


_DISTANT = frozenset((Stance.ACCUSE, Stance.CONDEMN, Stance.DENY, Stance.BELIEVE))
_FACTIVE = frozenset(
    "know knew knows decide decided decides realise realised learn learned discover discovered find"
    " found see saw remember remembered recall recalled agree agreed admit admitted regret"
    " regretted accept accepted prove proved show showed".split()
)
_DOUBTING = frozenset(
    "claim allege insist maintain contend argue suspect suggest assert estimate argued insisted"
    " claimed maintained contended asserted suspected suggested".split()
)


_UNSURE = frozenset(
    """
    claim claims claimed allege alleges alleged insist insists insisted maintain maintains
    maintained contend contends contended argue argues argued suspect suspects suspected believe
    believes believed think thinks thought reckon reckons reckoned assert asserts asserted assume
    assumes assumed guess guessed estimate estimates estimated speculated says said
    """.split()
)
_MOSTLY = 0.6


_EXPECTED = frozenset("expected understood tentatively unverified unproven hinted tends".split())
_LEAVING_OPEN = frozenset(
    "if whether would should can able chance risk possible potential hope hopes not no".split()
)
_BESIDE = 8


def _doubted(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a plain statement is, in the source, something that may or might be."""
    said = words_of(found)
    if said & (POSSIBLE | HEDGES | _EXPECTED | _UNSURE | _LEAVING_OPEN):
        return False
    content = [t for t in found if t.says_something or t.is_number]
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        for k, token in enumerate(sentence[:-1]):
            doubt = token.lower in POSSIBLE | _EXPECTED and not token.capital
            if not doubt or sentence[k + 1].lower == "not":
                continue
            near = frozenset(t.stem for t in sentence[max(0, k - _BESIDE) : k + 2 * _BESIDE])
            after = frozenset(t.stem for t in sentence[k + 1 : k + 2 * _BESIDE])
            enough = sum(carried(t, near) for t in content) >= _MOSTLY * len(content)
            if enough and any(carried(t, after) for t in content) and _governs(sentence, k, found):
                return True
    return False


def _governs(sentence: Sequence[Token], k: int, found: Sequence[Token]) -> bool:
    """Whether a statement has the verb that a "may" or "expected to" governs, or none is seen."""
    verb = next((t for t in sentence[k + 1 : k + 6] if t.says_something or t.text == ","), None)
    return verb is None or carried(verb, frozenset(t.stem for t in found if t.is_word))


def _reported(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a plain statement is, in the source, what somebody claims, thinks or reckons."""
    said = {t.lower for t in found if not t.capital or t is found[0]}
    if said & (SPEECH | HEDGES | _UNSURE | {"account", "words", "according", "if", "would"}):
        return False
    content = [t for t in found if t.says_something or t.is_number]
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        stems = frozenset(t.stem for t in sentence)
        if sum(carried(t, stems) for t in content) < _MOSTLY * len(content):
            continue
        quoting = any(t.text in '“”"' for t in sentence)
        for k, token in enumerate(sentence):
            if token.lower not in _UNSURE or not k or sentence[k - 1].lower in ("the", "a", "his"):
                continue
            if token.lower in ("says", "said") and quoting:
                continue
            aside = k + 1 < len(sentence) and sentence[k + 1].text == ","
            there = sentence if aside else sentence[k + 1 :]
            within = frozenset(t.stem for t in there)
            if sum(carried(t, within) for t in content) >= _MOSTLY * len(content):
                return True
    return False


def report_faults(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> Iterator[Fault]:
    """Words of a speaker that are given as a fact."""
    cues = {t.stem for t in found if t.lower in SPEECH}
    content = [t for t in found if t.says_something]
    if not content:
        return
    text_stems = {t.stem for t in content}
    if _doubted(found, evidence):
        yield Fault("hedge", "The source is less sure of it.")
        return
    if _reported(found, evidence):
        yield Fault("hedge", "The source only reports that somebody says so.")
        return
    for a in evidence.attributions:
        if (
            lemma_of(a.cue.text.lower()) in _FACTIVE
            or not a.content
            or (a.stance not in _DISTANT and lemma_of(a.cue.text.lower()) not in _DOUBTING)
        ):
            continue
        inside = {
            t.stem
            for t in evidence.window_tokens
            if t.says_something and any(s.start <= t.start and t.end <= s.end for s in a.content)
        }
        speaks = a.speaker is not None and any(
            party_is(name, [a.speaker.name, a.speaker.text])
            for report in reports(found, names)
            for name in report.speakers
        )
        if speaks or cues - inside or any(t.stem in cues for t in tokens(a.cue.text)):
            continue
        outside = {
            t.stem
            for t in evidence.cited_tokens
            if t.says_something and not any(s.start <= t.start < s.end for s in a.content)
        }
        only = {s for s in text_stems if s in inside and s not in outside}
        if len(only) >= max(2, 0.5 * len(text_stems)):
            yield Fault("hedge", "The source only reports that somebody says so.")
            return
