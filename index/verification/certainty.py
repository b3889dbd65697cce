"""Statements that are surer than their source: "confirmed" for "understands", "cracks" for "can
crack", an answer where the source only asks, a report without its reporter."""

from collections.abc import Iterator, Sequence

from index.verification.clauses import BE, is_verb
from index.verification.cues import HEDGES, REPORTING
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.moods import mood
from index.verification.tokens import Token, carried, words_of

_SURE = frozenset(
    """
    confirmed confirms confirm proved proves proven prove established establishes certain certainly
    definite definitely undoubtedly undeniably unquestionably indisputably surely conclusive
    conclusively undisputed verified demonstrated demonstrates guaranteed guarantees
    """.split()
)
_SURE_IN_SOURCE = _SURE | frozenset(
    """
    sure surely doubt show shows shown showed find finds found fact clear clearly sign signed
    agree agreed acknowledge acknowledged admit admitted official officially must evidence
    positive satisfied assured assure
    """.split()
)
_ABLE = frozenset("can could may might able ability capable possible possibly potential".split())
_OPEN_QUESTION = frozenset("whether".split())
_ASKING = frozenset(
    """
    ask asks asked asking wonder wonders wondered question questions questioned doubt doubts doubted
    inquire inquired check checks checked decide know knows knew say see seen unclear unsure
    uncertain unknown depends
    """.split()
)
_MOSTLY = 0.6


def certainty_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Words of certainty that the source lacks, and possibilities or questions told as facts."""
    said = words_of(found)
    window = words_of(evidence.window_tokens)
    sure = [
        t
        for i, t in enumerate(found)
        if t.lower in _SURE and not _somebody_says(found, i) and not _denied(found, i)
    ]
    if sure and not window & _SURE_IN_SOURCE:
        yield Fault("hedge", f"The source is not so sure as to say “{sure[0].text}”.")
    elif _can(found, evidence):
        yield Fault("hedge", "The source only says that it can be so.")
    elif _left_open(found, evidence):
        yield Fault("hedge", "The source leaves it open.")
    elif not said & (REPORTING | HEDGES) and _according(found, evidence):
        yield Fault("hedge", "The source only reports that somebody says so.")
    elif _of_another(found, evidence):
        yield Fault("speaker", "In the source it is somebody else who says so.")


def _left_open(found: Sequence[Token], evidence: Evidence) -> bool:
    said = words_of(found)
    if not said & (_OPEN_QUESTION | _ASKING | {"if", "question"}) and _asked(found, evidence):
        return True
    return not said & _WEIGHING and _only_weighed(found, evidence)


def _somebody_says(found: Sequence[Token], i: int) -> bool:
    """Whether "confirmed" is what somebody does, not "it is confirmed"."""
    return found[i].lower.startswith("confirm") and not words_of(found[max(0, i - 3) : i]) & BE


def _denied(found: Sequence[Token], i: int) -> bool:
    """Whether a word of certainty is itself denied or open: "not certain", "to be confirmed"."""
    here = mood(found, i)
    return here.negated or here.kind != "fact"


def _can(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a verb that is a fact in a statement has only "can" before it in the source."""
    if words_of(found) & _ABLE:
        return False
    for i, token in enumerate(found):
        if not token.says_something or token.capital or not _finite(found, i):
            continue
        governed = []
        for number in evidence.cited:
            sentence = evidence.reading.tokens[number]
            for k, other in enumerate(sentence):
                if other.stem == token.stem:
                    before = [t.lower for t in sentence[max(0, k - 2) : k]]
                    governed.append("can" in before and "not" not in before)
        if governed and all(governed):
            return True
    return False


def _finite(found: Sequence[Token], i: int) -> bool:
    """Whether a word is a verb of a plain statement, without an auxiliary."""
    before = found[i - 1].lower if i else ""
    plain = is_verb(found, i) or (found[i].lower.endswith("s") and before not in _DETERMINING)
    return plain and mood(found, i).kind == "fact" and not mood(found, i).negated


_DETERMINING = frozenset("the a an his her its their our my these those some many of".split())


def _asked(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether most of a statement stands behind a "whether", or an "if" of asking."""
    content = [t for t in found if t.says_something or t.is_number]
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        for k, token in enumerate(sentence):
            asking = token.lower in _OPEN_QUESTION or (
                token.lower == "if" and k > 0 and sentence[k - 1].lower in _ASKING - {"say", "see"}
            )
            if not asking:
                continue
            end = next(
                (n for n in range(k, len(sentence)) if sentence[n].text in ".;?!,”"), len(sentence)
            )
            inside = frozenset(t.stem for t in sentence[k:end] if t.is_word)
            own = sum(carried(t, inside) for t in content)
            if content and own >= _MOSTLY * len(content):
                return True
    return False


_WEIGHING = _ASKING - {"say", "see"} | frozenset(
    """
    whether if may might could should would possibly consider considers considered considering look
    looks looked looking review reviews reviewed reviewing discuss discusses discussed discussing
    debate debates debated weigh weighs weighed examine examines examined study studied question
    """.split()
)


def _only_weighed(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a verb of a statement stands in the source only behind a "whether"."""
    for i, token in enumerate(found):
        if token.capital or not token.says_something or token.lower.endswith("ing"):
            continue
        if token.lower in REPORTING or not is_verb(found, i):
            continue
        open_ones = []
        for number in evidence.window:
            opened = False
            for other in evidence.reading.tokens[number]:
                if other.text in ".;?!,”":
                    opened = False
                opened = opened or other.lower in _OPEN_QUESTION
                if other.stem == token.stem:
                    open_ones.append(opened)
        if open_ones and all(open_ones):
            return True
    return False


def _according(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether most of a statement stands in a sentence that is "according to" somebody."""
    content = [t for t in found if t.says_something or t.is_number]
    mine = frozenset(t.stem for t in content)
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        cue = next((k for k, t in enumerate(sentence) if t.lower == "according"), None)
        if cue is None or any(t.stem in mine for t in said_by(sentence, cue)):
            continue
        stems = frozenset(t.stem for t in sentence if t.is_word)
        if content and sum(carried(t, stems) for t in content) >= _MOSTLY * len(content):
            return True
    return False


def _of_another(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a statement is according to some body, where the source has it of another."""
    cue = next((k for k, t in enumerate(found) if t.lower == "according"), None)
    if cue is None:
        return False
    mine = said_by(found, cue)
    if not mine or any(t.capital for t in mine):
        return False
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        there = next((k for k, t in enumerate(sentence) if t.lower == "according"), None)
        theirs = [] if there is None else said_by(sentence, there)
        stems = frozenset(t.stem for t in theirs)
        if theirs and not any(t.capital for t in theirs):
            return not any(carried(t, stems) for t in mine)
    return False


def said_by(found: Sequence[Token], cue: int) -> list[Token]:
    """Whom "according to" names."""
    party: list[Token] = []
    for token in found[cue + 1 : cue + 8]:
        if not token.is_word or token.lower in ("who", "which", "that"):
            break
        if token.says_something:
            party.append(token)
    return party
