"""Statements that are a source's sentence with little changed: what was changed, and is it allowed?

The nearer a statement is to the words of a sentence, the less it may differ from it: two parts that
changed places turn it round, and a name put in for another says it of somebody else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.names import is_pronoun, name_words
from index.verification.additions import ORGANISATIONS, means_the_same, unsupported
from index.verification.authors import described_as, is_author
from index.verification.clauses import BE, POSSIBLE, TITLES, is_verb
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.figures import DAYS, MONTHS
from index.verification.lexicon import synonyms
from index.verification.names import FIRST_PERSON, Name, party_is
from index.verification.tokens import Token, same_stem
from index.verification.voices import speaks_here

_NEAR = 0.6
_STRICT = 0.7
_FEWEST = 3
_WHOLE = 0.8
"""A statement of so much of a sentence that has one word changed is no paraphrase of it."""
_PHRASE = 2
_LIGHT = frozenset("the a an of to that , . “ ” \" ' - – mr mrs ms dr cllr councillor".split())


@dataclass(frozen=True, slots=True)
class Change:
    """Tokens of a sentence, and what a statement has in their place; either may be empty."""

    theirs: tuple[Token, ...]
    mine: tuple[Token, ...]


def near_sentence(found: Sequence[Token], evidence: Evidence) -> Sequence[Token] | None:
    """The cited sentence of which a statement has most of the words in order, None without one."""
    best: tuple[float, Sequence[Token] | None] = (0.0, None)
    mine = [t.stem for t in found]
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        matcher = SequenceMatcher(None, [t.stem for t in sentence], mine, autojunk=False)
        same = sum(block.size for block in matcher.get_matching_blocks())
        share = same / max(len(mine), 1)
        if same >= _FEWEST and share > best[0]:
            best = share, sentence
    return best[1] if best[0] >= _NEAR else None


def changes(sentence: Sequence[Token], found: Sequence[Token]) -> list[Change]:
    """What differs, in order. Small words alike on both sides of a change do not divide it."""
    one, other = [t.stem for t in sentence], [t.stem for t in found]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    pieces: list[tuple[int, int, int, int]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        if pieces and all(t.lower in _LIGHT for t in sentence[pieces[-1][1] : a]):
            first = pieces[-1]
            if a - first[1] <= 2 and a > first[1]:
                pieces[-1] = (first[0], b, first[2], d)
                continue
        pieces.append((a, b, c, d))
    return [Change(tuple(sentence[a:b]), tuple(found[c:d])) for a, b, c, d in pieces]


def alignment_faults(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> Iterator[Fault]:
    """Parts exchanged, parties replaced, and words put in, in a sentence that is otherwise kept."""
    sentence = near_sentence(found, evidence)
    if sentence is None:
        return
    differing = changes(sentence, found)
    if not _revoiced(sentence, found):
        for i, one in enumerate(differing):
            for other in differing[i + 1 :]:
                moved = _moved(one, other) or _moved(other, one)
                if _exchanged(one, other) or (moved and _over_a_verb(sentence, one, other)):
                    yield Fault("role", "In the source two of its parts stand the other way round.")
                    return
    same = len(found) - sum(len(c.mine) for c in differing)
    strict = same >= _STRICT * len(found)
    if strict and _doubts(sentence) > _doubts(found) and any(
        _doubts(c.theirs) > _doubts(c.mine) and len(c.theirs) <= len(c.mine) + 3 for c in differing
    ):  # fmt: skip
        yield Fault("hedge", "The source is less sure, or makes it depend on something.")
    missing = {found[k].start for k in unsupported(found, names, evidence)[0]}
    telling = [c for c in differing if _content(c.theirs) or _content(c.mine)]
    if len(telling) == 1 and len(found) >= _WHOLE * len(sentence):
        lost, put = ([t for t in part if t.says_something] for part in
                     (telling[0].theirs, telling[0].mine))  # fmt: skip
        if lost and put and all(t.start in missing and not t.capital for t in put):
            yield Fault("addition", f"The source says “{lost[0].text}”, not “{put[0].text}”.")
    whole = {t.stem for t in sentence}
    said = {t.stem for t in found}
    for change in differing:
        yield from _replaced(change, said, evidence, strict)
        added = [t for t in change.mine if t.start in missing]
        new = [t for t in change.mine if t.says_something and t.stem not in whole]
        inserted = not any(
            t.says_something or t.lower in _UNKNOWN | {"you", "one", "both"} for t in change.theirs
        )
        own = [k for k, t in enumerate(found) if t in added]
        same_meaning = len(added) < _PHRASE and means_the_same(found, own, evidence)
        if added and inserted and (strict or len(new) > 1) and not same_meaning:
            words = ", ".join(f"“{t.text}”" for t in added)
            yield Fault("addition", f"The source does not say {words}.")


def _doubts(part: Sequence[Token]) -> int:
    return sum(
        t.lower in POSSIBLE or t.lower in ("if", "unless", "otherwise") or t.text == "Should"
        for t in part
    )


def _revoiced(sentence: Sequence[Token], found: Sequence[Token]) -> bool:
    """Whether a statement may be the passive of a sentence, or the reverse."""
    return [sum(t.lower in words for t in sentence) for words in (BE, {"by"})] != [
        sum(t.lower in words for t in found) for words in (BE, {"by"})
    ]


def _over_a_verb(sentence: Sequence[Token], one: Change, other: Change) -> bool:
    """Whether a verb stands in the sentence between what is left there of two changes."""
    left = next((c for c in (one, other) if c.theirs), one)
    stop = [t.stem for t in (other if left is one else one).mine]
    places = [k for k, t in enumerate(sentence) if t is left.theirs[0]]
    if not places or not stop:
        return False
    ends = range(places[0]) if left is other else range(places[0], len(sentence))
    near = list(ends)[-8:] if left is other else list(ends)[:8]
    return any(is_verb(sentence, k) for k in near)


def _moved(one: Change, other: Change) -> bool:
    """Whether a bare name or noun left one place for the other; time and place may move freely."""
    if _content(one.theirs) or not _content(one.mine) or _content(other.mine):
        return False
    part = one.mine
    free = any(
        t.lower in _FREE or t.lower in _TAGS or t.is_number or t.lower in MONTHS or t.lower in DAYS
        for t in part
    )
    return not free and len(part) <= 6 and _content(part) == _content(other.theirs)


def _content(part: Sequence[Token]) -> set[str]:
    return {t.stem for t in part if t.says_something or (t.is_word and t.capital)}


def _exchanged(one: Change, other: Change) -> bool:
    """Whether two changes put the words of each in the place of the other."""
    a, b, c, d = (_content(p) for p in (one.theirs, one.mine, other.theirs, other.mine))
    if a and c:
        return bool(b & c and d & a) and not (a & b and c & d)
    return False


def _replaced(change: Change, kept: set[str], evidence: Evidence, strict: bool) -> Iterator[Fault]:
    """A party of the sentence for which the statement has another that it cannot be."""
    lost = [
        t
        for t in change.theirs
        if t.is_word and t.lower not in _LIGHT and not (t.lower in _FREE and not t.capital)
    ]
    mine = [t for t in change.mine if t.is_word and t.lower not in _LIGHT]
    put = [t for t in mine if t.capital and (t is not change.mine[0] or t.says_something)]
    long = sum(t.is_word and t.lower not in _LIGHT for t in change.theirs) > 8
    if not lost or not mine or long:
        return
    start, end = lost[0].start, lost[-1].end
    spans = [
        s for a in evidence.attributions for s in (a.speaker, a.target)
        if s is not None and s.start < end and start < s.end and s.end - s.start <= end - start + 5
    ]  # fmt: skip
    words = " ".join(t.text for t in lost)
    if not put:
        nouns = [t for t in mine if t.says_something and not is_verb(mine, mine.index(t))]
        other = [t for t in lost if t.says_something]
        alike = any(
            same_stem(a.stem, b.stem) or synonyms(a.stem, b.stem) for a in nouns for b in other
        )
        fits = spans and len(lost) <= len(spans[0].text.split()) + 2
        described = any(described_as(words, noun, evidence) for noun in nouns[-1:])
        if strict and fits and nouns and other and not alike and not described:
            yield Fault("speaker", f"In the source it is “{words}”.")
        return
    name = " ".join(t.text for t in put)
    if set(name_words(name)) & set(name_words(words)) - TITLES or party_is(name, [words]):
        return
    known = [s.name for s in spans if s.name]
    if known:
        if not party_is(name, known) and not _alias(name, known, evidence):
            yield Fault("speaker", f"In the source it is {known[0]}, not {name}.")
        return
    if len(lost) == 1 and lost[0].lower in FIRST_PERSON:
        if not is_author(name, evidence) and not speaks_here(name, evidence):
            yield Fault("speaker", f"In the source it is the writer, not {name}.")
        return
    if is_pronoun(lost[0].text) or any(t.lower in _UNKNOWN for t in change.theirs):
        return
    said = [t for t in lost if t.says_something]
    if len(said) == 1 and said[0].lower in ORGANISATIONS and len(name.split()) == 1:
        near = {w for t in evidence.before if t.capital for w in name_words(t.text)}
        if set(name_words(name)) <= near:
            return
    proper = all(t.capital for t in lost)
    gone = any(t.capital and t.says_something and t.stem not in kept for t in lost)
    if (gone or (spans and not any(t.capital for t in lost))) and not (
        (not proper and _beside(name, lost, evidence)) or _alias(name, [words], evidence)
    ):
        yield Fault("speaker", f"In the source it is “{words}”, not {name}.")


_TAGS = frozenset("said says say told tells added adds wrote writes".split())
_FREE = frozenset(
    """
    in on at for after before during since until with without by of from to as if when while about
    under over because according per last next this night day week month year morning evening
    afternoon yesterday today ago earlier later already meanwhile also again then now
    """.split()
)
_UNKNOWN = frozenset("he she it they his her their its him them we our i my".split())


def _alias(name: str, others: Sequence[str], evidence: Evidence) -> bool:
    aliases = evidence.reading.aliases
    return any(aliases.canonical(name) == aliases.canonical(other) for other in others)


def _beside(name: str, lost: Sequence[Token], evidence: Evidence) -> bool:
    """Whether a document sets a description beside a name: "the clerk, Judith Amsel"."""
    head = lost[-1].stem
    wanted = set(name_words(name))
    for found in evidence.reading.tokens:
        for k, token in enumerate(found):
            if token.stem == head and token.is_word:
                near = [t for t in found[max(0, k - 7) : k + 6] if t.is_word]
                if wanted & {w for t in near for w in name_words(t.text)}:
                    return True
    return False
