"""Quantities, causes, comparisons and turns of time."""

import itertools
from collections.abc import Iterator, Sequence

from index.verification.comparisons import figures_bear_out
from index.verification.cues import COMPARING, QUANTIFIERS
from index.verification.differences import DOWNWARD, UPWARD
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.figures import figures
from index.verification.polarity import denies
from index.verification.tokens import Token

_RESTRICTING = (1, 2, 3, 4)
_DENYING = 5
_CAUSES = frozenset(
    "because due therefore cause caused causes led lead result resulted resulting prompted thanks"
    " consequently hence".split()
)
_CAUSES_IN_SOURCE = _CAUSES | frozenset(
    "since as for so after over following blame blamed blames why reason that from to".split()
)


def _compares(found: Sequence[Token]) -> bool:
    words = [t.lower for t in found]
    return bool({"above", "below"} & set(words)) or any(
        word == "than" and k and words[k - 1] != "rather" and words[max(0, k - 2)] != "no"
        for k, word in enumerate(words)
    )


def _turned(said: set[str], cited: set[str]) -> bool:
    """Whether a statement compares upwards only and the source downwards only, or the reverse."""
    ways = [(bool(words & UPWARD), bool(words & DOWNWARD)) for words in (said, cited)]
    return ways in ([(True, False), (False, True)], [(False, True), (True, False)])


_OPPOSING = frozenset("vote advis argu speak decid rule campaign protest recommend".split())
_OPPOSED = frozenset(
    "against oppose opposed opposes opposing opposition reject rejected rejects versus critic"
    " criticised objected objects".split()
)
_SOME_NOT = frozenset(("not", word) for word in ("all", "every", "everyone", "everybody"))
_NOBODY = frozenset("none nobody no neither never".split())
_EXCEPTING = frozenset("except excepting excluding apart besides barring".split())
_NOT_ALL = frozenset("not other others but without rest remaining".split())
_BUT_ONE = frozenset((("but", "one"), ("but", "two"), ("all", "but"), ("save", "for")))


_MORE_THAN_EVER = frozenset((("than", "ever"), ("than", "before"), ("than", "any")))
_LONG_TIME = frozenset("longer longest".split())
_SLOW = frozenset("slower slowest".split())
_QUICK = frozenset("quicker quickest faster fastest".split())
_TAKING = frozenset("take takes took taken taking".split())


def _correlated(found: Sequence[Token]) -> bool:
    """Whether "both" belongs to an "and": "both the council and the trustees"."""
    words = [t.lower for t in found]
    return any(w == "both" and "and" in words[k + 2 : k + 8] for k, w in enumerate(words))


def small_word_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Quantities, causes and turns of time that the source does not have, or has and are lost."""
    said = {t.lower for t in found}
    window = {t.lower for t in evidence.window_tokens}
    cited = {t.lower for t in evidence.cited_tokens}
    rates = {
        t.lower for t, after in itertools.pairwise(found) if after.is_number or after.text in "£$€"
    }
    pairs = {(t.lower, after.lower) for t, after in itertools.pairwise(found)}
    if pairs & {("certain", "of"), ("certain", "that"), ("certain", "about")}:
        said -= {"certain"}
    if pairs & {("some", "once"), ("some", "twice")}:
        said -= {"some"}
    if pairs & _MORE_THAN_EVER and "most" in cited:
        said |= {"most"}
    if cited & _LONG_TIME and said & _SLOW and cited & _TAKING:
        said -= _SLOW
        cited -= _LONG_TIME
    if cited & _LONG_TIME and said & _QUICK and cited & _TAKING and not cited & _QUICK:
        yield Fault("opposite", "The source says it of what took the longest.")
    if _correlated(found) and "and" in cited:
        said -= {"both"}
    exceptions = _EXCEPTING | _NOT_ALL | QUANTIFIERS[6]
    if (said & _EXCEPTING or pairs & _BUT_ONE) and not cited & exceptions:
        yield Fault("quantity", "The source makes no exception.")
    there = {(t.lower, after.lower) for t, after in itertools.pairwise(evidence.cited_tokens)}
    if there & _SOME_NOT and said & _NOBODY and not said & QUANTIFIERS[0]:
        yield Fault("quantity", "The source says it of some only.")
    for number, words in enumerate(QUANTIFIERS):
        mine = (said - rates) & words
        if mine and not cited & words and number < _DENYING:
            yield Fault("quantity", f"The source does not say “{sorted(mine)[0]}”.")
    for number in _RESTRICTING:
        words = QUANTIFIERS[number]
        if said & words:
            continue
        for i, token in enumerate(evidence.cited_tokens[:-1]):
            following = [
                t
                for t in evidence.cited_tokens[i + 1 : i + 6]
                if t.lower not in ("of", "the", "its", "their", "his", "her", "a", "an", ",")
            ]
            given = {f.value for f in figures(evidence.cited_tokens)}
            if token.lower in words and not token.lower.endswith("ly"):
                bound = [t for t in following if t.is_word and not t.is_number]
                if bound and any(t.stem == bound[0].stem for t in found) and not any(
                    f.at for f in figures(found)
                    if f.units and bound[0].stem in f.units and f.value not in given
                ):  # fmt: skip
                    yield Fault("quantity", f"The source says it of “{token.lower}” only.")
    causes = said & _CAUSES
    if causes and not window & _CAUSES_IN_SOURCE:
        yield Fault("addition", "The source gives no such reason.")
    comparing = {t.lower for t in evidence.cited_tokens if t.lower.endswith("er")}
    comparing |= {t.lower for t in evidence.cited_tokens if t.lower.endswith("est")}
    compared = cited & {
        "record",
        "outside",
        "ahead",
        "behind",
        "than",
        "compared",
        "more",
        "less",
        "above",
        "below",
        "under",
        "over",
    }
    if (
        _compares(found)
        and not (pairs & _MORE_THAN_EVER and "most" in cited)
        and not compared
        and not comparing & COMPARING
        and not figures_bear_out(found, evidence)
    ):
        yield Fault("addition", "The source does not compare.")
    record = bool(pairs & _MORE_THAN_EVER) and "most" in cited
    if not (record or ("than" in said and "than" in cited)) and _turned(said, cited):
        yield Fault("opposite", "The source compares the other way.")
    earlier = any(
        t.lower == "before" and t2.text in (",", ".") for t, t2 in itertools.pairwise(found)
    )
    if "after" in window and not earlier and "before" in said and "before" not in window:
        yield Fault("opposite", "The source has it the other way round in time.")
    if "before" in window and "after" in said and "after" not in window:
        yield Fault("opposite", "The source has it the other way round in time.")
    counted = any(t == "against" and n.isdigit() for t, n in pairs)
    if (
        said & {"against"}
        and not counted
        and {"for", "favour", "favor"} & window
        and "against" not in window
    ):
        yield Fault("opposite", "The source is for it, not against it.")
    opposing = any(
        after.lower == "against" and token.stem in _OPPOSING
        for token, after in itertools.pairwise(found)
    )
    if opposing and not window & _OPPOSED and not denies(evidence.window_tokens):
        yield Fault("opposite", "The source is not against it.")
    if said & {"favour", "favor"} and not window & {"favour", "favor", "for"}:
        yield Fault("opposite", "The source is not for it.")
