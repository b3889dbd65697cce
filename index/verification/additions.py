"""Words of a statement that its source does not carry in any form."""

import math
from collections.abc import Iterator, Sequence

from index.verification.clauses import is_verb, verb_at
from index.verification.cues import COMPARING, HEDGES, QUANTIFIERS, RANKING, SPEECH
from index.verification.evidence import Evidence
from index.verification.faults import Fault
from index.verification.figures import NUMBER_WORDS, RELATIVE_DAYS, day_places, figures
from index.verification.lexicon import in_groups, opposites, phrase_groups, synonyms
from index.verification.meaning import drift, plain
from index.verification.moods import is_negator
from index.verification.names import FIRST_PERSON, Name, is_day_word, names_of
from index.verification.tokens import Token, carried, stem, tokens
from index.verification.voices import speaks_here

_ELSEWHERE = frozenset({*RELATIVE_DAYS, *HEDGES, *NUMBER_WORDS, "old", "cent", "per"}).union(
    *QUANTIFIERS
)
"""Words that other rules look at."""


_HERE = 0.45
_SAME_MATTER = 0.45
_DRIFT = 0.03
_OWN_WORDS = 0.6
_OWN_SHARE = 3
_MOST_OWN = 2
_ABOUT = 3
"""So many words of the source a statement needs about which it may use another verb."""
"""A statement may have one word of its own for so many others, up to so many."""


_DENYING = frozenset("not no never without nobody none nothing".split())
PRONOUNS = frozenset("he she it they him them his her their this that".split())


def carried_as(token: Token, stems: frozenset[str]) -> bool:
    """Whether a source has the word that "un" turns: "unanswered"."""
    return stem(token.lower[2:]) in stems


def place_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """A statement most of which stands beside the cited sentences, and not in them."""
    stems = frozenset(t.stem for t in evidence.cited_tokens if t.is_word)
    content = [t for t in found if t.says_something]
    here = sum(carried(token, stems) for token in content)
    if {t.lower for t in evidence.cited_tokens} & PRONOUNS:
        near = frozenset(t.stem for t in evidence.before if t.is_word)
        meant = sum(carried(t, near) for t in content if not carried(t, stems))
        here += min(meant, here)
    if content and here < _HERE * len(content):
        meaning = evidence.reading.meaning
        there = plain(evidence.cited_tokens)
        if meaning is not None and meaning.similarity(plain(found), there) >= _SAME_MATTER:
            return
        yield Fault("citation", "The cited sentence is about something else.")


def unsupported(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> tuple[list[int], int]:
    """The places of the words that the window lacks in any form, and how many were looked at."""
    named = {id(token) for name in names for token in name.words}
    stems = evidence.window_stems | {t.stem for t in evidence.reading.about if t.is_word}
    window = {t.lower for t in evidence.window_tokens}
    aside = day_places(found) | {f.at for f in figures(found)}
    phrases = phrase_groups([t.stem for t in evidence.window_tokens if t.is_word])
    voiced = any(speaks_here(name.text, evidence) for name in names)
    content = 0
    missing = []
    for i, token in enumerate(found):
        if id(token) in named or i in aside or is_day_word(token):
            continue
        if not token.says_something or token.lower in _ELSEWHERE:
            continue
        content += 1
        if carried(token, stems) or (synonyms(token.stem, "say") and window & SPEECH):
            continue
        if in_groups(token.stem, phrases) or _in_phrase(found, i, stems):
            continue
        if is_negator(token) and window & _DENYING:
            continue
        if token.lower.startswith("un") and _DENYING & window and carried_as(token, stems):
            continue
        if voiced and synonyms(token.stem, "say"):
            continue
        if token.lower not in ORGANISATIONS or not window & FIRST_PERSON:
            missing.append(i)
    return missing, content


def means_the_same(found: Sequence[Token], places: Sequence[int], evidence: Evidence) -> bool:
    """Whether words that the source lacks say in their sentence what it says; False without a
    model."""
    meaning = evidence.reading.meaning
    if meaning is None:
        return False
    content = sum(t.says_something for t in found)
    if len(places) > _OWN_WORDS * content:
        return False
    if any(found[i].lower in COMPARING and not _compared(found, i, evidence) for i in places):
        return False
    return drift(meaning, found, frozenset(places), evidence.cited_tokens) <= _DRIFT


def _new_clause(found: Sequence[Token], missing: Sequence[int], evidence: Evidence) -> bool:
    """Whether a clause of a statement, with its verb, has nothing of the cited sentences."""
    stems = frozenset(t.stem for t in evidence.cited_tokens if t.is_word)
    clause: list[int] = []
    clauses = []
    for i in range(len(found) + 1):
        if i < len(found) and found[i].lower not in _CLAUSE_OPENERS:
            clause.append(i)
        else:
            clauses.append(clause)
            clause = []
    for one in clauses:
        says = [k for k in one if found[k].says_something and not found[k].capital]
        if any(found[k].lower in SPEECH - {"according"} or found[k].is_number for k in one):
            continue
        own = [k for k in says if k in missing]
        strange = len(says) > 1 and (len(own) > 1 or any(is_verb(found, k) for k in says))
        if strange and not any(carried(found[k], stems) for k in says):
            return True
    return False


def _said_otherwise(found: Sequence[Token], missing: Sequence[int], content: int) -> float:
    """How many words and numbers of the source a statement has around a verb that is not there;
    infinite when all its verbs are."""
    if not any(is_verb(found, i) for i in missing):
        return math.inf
    return content - len(missing) + len(figures(found)) + len(day_places(found))


def own_predicate(statement: str, evidence: Evidence) -> float:
    """How many words and numbers of the source a statement has around a verb of its own; infinite
    when it has no verb but the source's."""
    found = tokens(statement)
    names = names_of(found, evidence.reading.lower_words)
    return _said_otherwise(found, *unsupported(found, names, evidence))


def _new_speaker(found: Sequence[Token], missing: Sequence[int], evidence: Evidence) -> bool:
    """Whether somebody speaks in a statement who is described by a word that the document has
    nowhere."""
    known = {s for stems in evidence.reading.stems for s in stems}
    for i, token in enumerate(found):
        if token.lower not in SPEECH or not is_verb(found, i):
            continue
        heads = verb_at(found, i).agent_words[-1:]
        if any(k in missing and not carried(found[k], frozenset(known)) for k in heads):
            return True
    return False


_CLAUSE_OPENERS = frozenset(
    """
    , ; : ( ) – — and but because after before while which who whom whose despite although though
    when where until since so if as without following
    """.split()
)


def compares(source: Sequence[Token]) -> bool:
    """Whether a source sets things above or below one another."""
    there = {t.lower for t in source}
    return bool(there & (COMPARING - _NO_COMPARISON | {"than"}))


_NO_COMPARISON = frozenset("above below beyond unlike likewise double half".split())


def _compared(found: Sequence[Token], i: int, evidence: Evidence) -> bool:
    """Whether the source compares too, or "longer" is that of "no longer"."""
    if i and found[i - 1].lower in ("no", "any"):
        return True
    return compares(evidence.cited_tokens)


def addition_faults(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> Iterator[Fault]:
    """Words that neither the window nor the document's title has, nor a synonym of theirs."""
    missing, content = unsupported(found, names, evidence)
    there = {t.stem for t in evidence.cited_tokens if t.is_word}
    before: Token | None = None
    together = False
    for i in missing:
        token = found[i]
        against = next((s for s in there if opposites(token.stem, s)), None)
        if against is not None:
            yield Fault("opposite", f"The source says the opposite of “{token.text}”.")
        following = found[i + 1].lower if i + 1 < len(found) else ""
        together = together or before is token or following == "than"
        together = together or (token.lower in COMPARING and not _compared(found, i, evidence))
        before = _next_content(found, i)
    ranks = [t for k, t in enumerate(found) if t.lower in RANKING and not is_verb(found, k)]
    ranks = [t for t in ranks if t.stem not in there]
    if ranks and not compares(evidence.cited_tokens):
        yield Fault("addition", f"The source does not say “{ranks[0].text}”.")
    few = not together and len(missing) <= min(_MOST_OWN, content // _OWN_SHARE)
    new = _new_clause(found, missing, evidence) or _new_speaker(found, missing, evidence)
    new = new or _said_otherwise(found, missing, content) < _ABOUT
    if new or not (few or means_the_same(found, missing, evidence)):
        words = ", ".join(f"“{found[i].text}”" for i in missing)
        yield Fault("addition", f"The source does not say {words}.")


ORGANISATIONS = frozenset(
    "firm company council group newspaper paper organisation union board fund agency charity"
    " club".split()
)
"""What "we" of a source may be called."""


def _in_phrase(found: Sequence[Token], i: int, stems: frozenset[str]) -> bool:
    """Whether a word belongs to a phrase, "held back", for which the source has one word."""
    near = [
        t.stem
        for k, t in enumerate(found[max(0, i - 2) : i + 3], max(0, i - 2))
        if t.is_word and not (found[k + 1 : k + 2] and is_day_word(found[k + 1]))
    ]
    groups = phrase_groups(near)
    return bool(groups) and any(in_groups(stem, groups) for stem in stems)


def _next_content(found: Sequence[Token], i: int) -> Token | None:
    """The next word that says something, before any mark or number."""
    for token in found[i + 1 :]:
        if not token.is_word or token.is_number or token.lower in ("and", "or"):
            return None
        if token.says_something:
            return token
    return None
