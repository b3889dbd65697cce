"""Names of a statement, and whether its source has them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.names import name_words, same_party
from index.verification.authors import signs_below, writes
from index.verification.clauses import TITLES
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.figures import DAYS, MONTHS, NUMBER_WORDS
from index.verification.tokens import FUNCTION_WORDS, Token, same_stem

REFERRING = frozenset("he she it they his her their him them its i we my our you us me the".split())
FIRST_PERSON = frozenset("i we my our us me".split())


@dataclass(frozen=True)
class Name:
    """A run of words of a statement that is written as a name."""

    words: tuple[Token, ...]

    @property
    def text(self) -> str:
        return " ".join(token.text for token in self.words)


def names_of(found: Sequence[Token], common: frozenset[str]) -> list[Name]:
    """The names in a statement. `common` are words that the source writes small somewhere."""
    names: list[Name] = []
    run: list[Token] = []
    fresh = True
    for i, token in enumerate(found):
        proper = token.is_word and token.capital and not is_day_word(token)
        opening = fresh
        fresh = token.lower in (".", "!", "?", "“", '"', ":")
        if proper and opening:
            following = found[i + 1] if i + 1 < len(found) else None
            small = token.lower in common or token.lower in FUNCTION_WORDS
            beside = following is not None and following.capital
            proper = not small or (beside and token.lower not in FUNCTION_WORDS)
            proper = proper and (beside or not token.lower.endswith(("ed", "ing")))
        if proper and token.lower in FUNCTION_WORDS and not token.text.isupper():
            proper = token.lower in ("mr", "mrs", "ms", "dr")
        if token.text == "I" or (opening and token.lower in NUMBER_WORDS | _NO_NAMES):
            proper = False
        if proper:
            run.append(token)
        elif run:
            names.append(Name(tuple(run)))
            run = []
    if run:
        names.append(Name(tuple(run)))
    return [n for n in names if any(t.lower not in ("mr", "mrs", "ms", "dr") for t in n.words)]


_NO_NAMES = frozenset(
    "nobody none nothing neither hardly almost nearly few many several most some both half everyone"
    " everybody anyone anybody someone somebody".split()
)


def is_day_word(token: Token) -> bool:
    return token.lower in MONTHS or token.lower in DAYS


def name_faults(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> Iterator[Fault]:
    """Names that the window does not have, nor the ledger for its words."""
    window = _name_words(evidence.window_tokens)
    cited = _name_words(evidence.cited_tokens)
    about = _name_words(evidence.reading.about)
    resolved = {word for name in evidence.names for word in name_words(name)}
    refers = {t.lower for t in evidence.cited_tokens} & REFERRING
    before = _name_words(evidence.before) | about if refers else set()
    pronouns = refers - {"the"}
    theirs = names_of(evidence.cited_tokens, evidence.reading.lower_words)
    said = {w for name in names for w in name_words(name.text)}
    lost = [n for n in theirs if not said & set(name_words(n.text))]
    for name in names:
        words = [w for w in name_words(name.text) if w not in TITLES]
        have = window | resolved
        if (
            words
            and lost
            and not set(words) & (cited | about)
            and not _by_alias(name.text, evidence)
        ):
            places = {_preposition(evidence.cited_tokens, n) for n in lost} - {""}
            if not pronouns or _preposition(found, name) in places:
                yield Fault("name", f"The cited sentence names {lost[0].text}, not {name.text}.")
                continue
        if not words or set(words) <= have or set(words) <= about:
            if words and refers == set() and not set(words) & (cited | resolved | about):
                yield Fault("name", f"The cited sentence is not about {name.text}.", lacking=True)
            continue
        if set(words) & have and name.text in evidence.document.text:
            continue
        if all(any(same_stem(w, h) for h in have if len(h) > 4) for w in words if w not in have):
            continue
        if set(words) <= before or _by_alias(name.text, evidence):
            continue
        if any(party_is(name.text, [label]) for label in evidence.labels):
            continue
        first = {t.lower for t in evidence.cited_tokens} & FIRST_PERSON
        if signs_below(name.text, evidence) or (first and writes(name.text, evidence)):
            continue
        yield Fault("name", f"The source does not name {name.text} here.", lacking=True)


_PLACING = frozenset("in at from to for against with by on over".split())


def _preposition(found: Sequence[Token], name: Name) -> str:
    """The preposition right before a name, "" without one."""
    start = name.words[0].start
    before = [t for t in found if t.end <= start][-2:]
    words = [t.lower for t in before if t.lower != "the"]
    return words[-1] if words and words[-1] in _PLACING else ""


def _name_words(found: Sequence[Token]) -> set[str]:
    return {w for t in found if t.is_word for w in name_words(t.text)}


def _by_alias(name: str, evidence: Evidence) -> bool:
    aliases = evidence.reading.aliases
    group = aliases.others(name)
    if not group:
        return False
    have = {w for t in evidence.window_tokens if t.is_word for w in name_words(t.text)}
    return any(set(other.split()) <= have for other in group)


def party_is(name: str, candidates: Sequence[str | None]) -> bool:
    """Whether a name may be one of the others."""
    return any(c and (same_party(name, c) or same_party(c, name)) for c in candidates)
