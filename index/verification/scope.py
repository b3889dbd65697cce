"""What a source denies or leaves undone, told as done: by words in the scope of a "not", and by
"has done so"."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.moods import is_negator, mood
from index.verification.polarity import denies
from index.verification.tokens import Token, same_stem

_LONG = 4
_FEW = 2
_REACH = 14
_ENDS = frozenset(". ; : ! ? ” “ , but".split())
_DONE = frozenset("do does did done".split())


def scope_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Parts of a statement that stand in the source only behind a negation, or that fill in by "do
    so" what the source does not have done."""
    if _out_of_scope(found, evidence):
        yield Fault("negation", "The source denies it.")
    elif _excepted(found, evidence):
        yield Fault("negation", "The source says it with a “but not”.")
    elif _undone(found, evidence):
        yield Fault("negation", "The source does not say that it was done.")


def _out_of_scope(found: Sequence[Token], evidence: Evidence) -> bool:
    if denies(found):
        return False
    mine = [t.stem for t in found]
    free: list[list[str]] = []
    bound: list[list[str]] = []
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        inside = [False] * len(sentence)
        for k, token in enumerate(sentence):
            if not is_negator(token):
                continue
            for n in range(k + 1, min(len(sentence), k + _REACH)):
                if sentence[n].lower in _ENDS:
                    break
                inside[n] = True
        free.append([t.stem for t, held in zip(sentence, inside, strict=True) if not held])
        bound.append([t.stem if held else "" for t, held in zip(sentence, inside, strict=True)])
    for stems in bound:
        matcher = SequenceMatcher(None, stems, mine, autojunk=False)
        for block in matcher.get_matching_blocks():
            run = stems[block.a : block.a + block.size]
            if block.size >= _LONG and not any(_within(run, other) for other in free):
                return True
    return False


def _excepted(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a statement that denies nothing tells what the source has only behind "but not"."""
    if denies(found):
        return False
    mine = {t.stem for t in found if t.is_word and len(t.text) > 1}
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        for k in range(len(sentence) - 2):
            if (sentence[k].lower, sentence[k + 1].lower) != ("but", "not"):
                continue
            end = next((n for n in range(k + 2, len(sentence)) if sentence[n].text in ".;:,"), None)
            behind = sentence[k + 2 : end]
            free = {t.stem for t in sentence[:k]} | {
                t.stem for t in (sentence[end:] if end is not None else ())
            }
            left = {t.stem for t in behind if t.is_word and len(t.text) > 1} - free
            telling = {t.stem for t in behind if t.says_something} & left
            if (len(left & mine) > _FEW and telling & mine) or len(telling & mine) >= _FEW:
                return True
    return False


def _within(run: Sequence[str], stems: Sequence[str]) -> bool:
    return any(stems[i : i + len(run)] == run for i in range(len(stems) - len(run) + 1))


def _undone(found: Sequence[Token], evidence: Evidence) -> bool:
    """Whether "has done so" stands for a verb that the source only has wished for or denied."""
    for i, token in enumerate(found[:-1]):
        if token.lower not in _DONE or found[i + 1].lower != "so" or mood(found, i).negated:
            continue
        before = [t for t in found[:i] if t.says_something and not t.capital]
        places = [
            mood(sentence, k)
            for sentence in (evidence.reading.tokens[n] for n in evidence.cited)
            for k, other in enumerate(sentence)
            if any(same_stem(other.stem, t.stem) for t in before[-3:])
        ]
        done = any(m.kind == "fact" and not m.negated for m in places)
        so = any(
            t.lower in _DONE and after.lower in ("so", "it", "this", "that")
            for n in evidence.window
            for t, after in zip(
                evidence.reading.tokens[n], evidence.reading.tokens[n][1:], strict=False
            )
        )
        open_ = any(m.kind in ("wished", "infinitive") or m.negated for m in places)
        if open_ and not so and (not done or any(is_negator(t) for t in evidence.cited_tokens)):
            return True
    return False
