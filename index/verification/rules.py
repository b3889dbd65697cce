"""What a source must have of a statement, rule by rule; each finds a fault or nothing."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.names import name_words, same_party
from index.types import Stance
from index.verification.clauses import (
    POSSIBLE,
    TITLES,
    Mood,
    Verb,
    is_negator,
    is_past,
    is_verb,
    mood,
    verb_at,
    wish_stems,
)
from index.verification.evidence import Evidence
from index.verification.figures import (
    DAYS,
    MONTHS,
    NUMBER_WORDS,
    RELATIVE_DAYS,
    Day,
    Figure,
    day_places,
    days,
    figures,
)
from index.verification.lexicon import (
    in_groups,
    lemma_of,
    opposites,
    phrase_groups,
    synonyms,
)
from index.verification.tokens import FUNCTION_WORDS, Token, same_stem, tokens

REFERRING = frozenset("he she it they his her their him them its i we my our you us me the".split())
FIRST_PERSON = frozenset("i we my our us me".split())

_QUANTIFIERS = (
    frozenset("all every each both everyone everybody always".split()),
    frozenset("most majority mostly largely mainly overwhelmingly".split()),
    frozenset("many numerous several dozens multiple lots often various".split()),
    frozenset("some somebody someone partly sometimes certain".split()),
    frozenset("few fewer rarely seldom".split()),
    frozenset("no none nobody neither never nothing not".split()),
    frozenset("only solely alone just merely except".split()),
)
_RESTRICTING = (1, 2, 3, 4)
_DENYING = 5
_HEDGES = frozenset(
    """
    alleged allegedly reportedly apparently apparent seemingly suspected supposedly purportedly
    presumed unconfirmed seem seems seemed appear appears appeared suggest suggests suggested
    likely unlikely probably possibly perhaps maybe potentially claimed believed thought rumoured
    preliminary provisional estimated may might could
    """.split()
)
_CAUSES = frozenset(
    "because due therefore cause caused causes led lead result resulted resulting prompted thanks"
    " consequently hence".split()
)
_CAUSES_IN_SOURCE = _CAUSES | frozenset(
    "since as for so after over following blame blamed blames why reason that from to".split()
)
SPEECH = frozenset(
    """
    say said says saying tell told tells telling state stated states claim claimed claims claiming
    according allege alleged alleges alleging allegation accuse accused accuses accusing accusation
    blame blamed blames blaming argue argued argues insist insisted insists maintain maintained
    maintains deny denied denies denying denial admit admitted admits write wrote writes report
    reported reports call called calls describe described describes believe believes believed think
    thinks thought warn warned warns announce announced announces add added adds explain explained
    explains note noted notes suggest suggested suggests reply replied replies respond responded
    condemn condemned condemns criticise criticised criticises criticize criticized denounce
    denounced denounces demand demanded demands urge urged urges ask asked asks promise promised
    promises pledge pledged vow vowed praise praised praises reject rejected rejects dismiss
    dismissed refute refuted acknowledge acknowledged concede conceded confirm confirmed testify
    testified agree agreed view opinion allegedly reportedly assert asserted contend contended
    declare declared contradict contradicted remark remarked recall recalled quote quoted fear
    fears feared hope hopes hoped charge charged complain complained complaint claims attribute
    attributed threaten threatened vows statement accusations allegations fault faulted regard
    pointed estimated reckoned observed joked commented emphasised stressed predicted answered
    retorted countered objected apologised express expressed voice voiced attack
    attacked hold holds held
    singled single find finds found
    """.split()
)


_ELSEWHERE = frozenset({*RELATIVE_DAYS, *_HEDGES, *NUMBER_WORDS, "old", "cent", "per"}).union(
    *_QUANTIFIERS
)
"""Words that other rules look at."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What in a statement its source does not carry."""

    kind: str
    """"quote", "number", "date", "name", "role", "speaker", "negation", "hedge", "quantity",
    "addition", "opposite"."""
    reason: str


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
        proper = token.is_word and token.capital and not _is_day_word(token)
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
        if token.text == "I" or (opening and token.lower in NUMBER_WORDS):
            proper = False
        if proper:
            run.append(token)
        elif run:
            names.append(Name(tuple(run)))
            run = []
    if run:
        names.append(Name(tuple(run)))
    return [n for n in names if any(t.lower not in ("mr", "mrs", "ms", "dr") for t in n.words)]


def _is_day_word(token: Token) -> bool:
    return token.lower in MONTHS or token.lower in DAYS


def carried(token: Token, stems: frozenset[str]) -> bool:
    """Whether a word, one of its family, or a synonym is among stems."""
    if token.stem in stems or token.lower in stems:
        return True
    return any(same_stem(token.stem, other) or synonyms(token.stem, other) for other in stems)


def number_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Numbers that the window does not have, or has with another bound or for other things."""
    have = figures(evidence.window_tokens)
    cited = figures(evidence.cited_tokens)
    mine = figures(found)
    inexact = list(figures(evidence.reading.about))
    for figure in mine:
        if figure.word_one:
            continue
        same = [f for f in have if f.value == figure.value]
        if same and all(f.value != figure.value for f in cited):
            values = {f.value for f in mine}
            if any(f.value not in values and not f.word_one for f in cited):
                yield Fault(
                    "number", f"The cited sentence has another number than {_shown(figure, found)}."
                )
                continue
        if not same:
            if any(f.value == figure.value for f in inexact):
                continue
            yield Fault("number", f"The source does not have the number {_shown(figure, found)}.")
        elif not any(_as_exact(figure.bound, f.bound) for f in same):
            yield Fault(
                "number", f"The source is not as exact, or is more, about {_shown(figure, found)}."
            )
        elif figure.units and not any(_same_unit(figure, f) or not f.units for f in same):
            unit = figure.units[0]
            others = [f for f in cited if f.value != figure.value and unit in f.units[:1]]
            if others:
                yield Fault(
                    "number", f"{_shown(figure, found)} counts something else in the source."
                )


def _as_exact(mine: str, theirs: str) -> bool:
    return mine == theirs or {mine, theirs} == {"", "only"} or (mine, theirs) == ("about", "")


def _same_unit(one: Figure, other: Figure) -> bool:
    return any(a == b or synonyms(a, b) for a in one.units for b in other.units)


def _shown(figure: Figure, found: Sequence[Token]) -> str:
    return found[figure.at].text


def date_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Dates that the window does not have; the document's own date may complete them."""
    have = days(evidence.window_tokens)
    numbers = {f.value for f in figures(evidence.window_tokens)}
    published = (evidence.document.published or "").split("-")
    own = [int(part) for part in published if part.isdigit()]
    own_year = own[0] if own else None
    own_month = own[1] if len(own) > 1 else None
    own_day = own[2] if len(own) > 2 else None
    relative = {t.lower for t in evidence.window_tokens} & RELATIVE_DAYS
    cited = days(evidence.cited_tokens)
    mine = days(found)
    for day in mine:
        if _displaced(day, mine, cited):
            yield Fault("date", "The cited sentence has another date.")
            continue
        if day.weekday is not None:
            if not any(d.weekday == day.weekday for d in have):
                yield Fault("date", "The source names another day of the week, or none.")
        elif day.month is not None:
            months = [d for d in have if d.month == day.month]
            fits = [
                d
                for d in months
                if day.day in (None, d.day) and (day.year is None or d.year in (None, day.year))
            ]
            if not fits and relative and day.month == own_month:
                near = day.day is None or (own_day is not None and abs(day.day - own_day) <= 1)
                fits = months or (have[:1] if near else [])
                if near:
                    continue
            if not fits and day.month == own_month and day.day is None:
                continue
            if not fits:
                yield Fault("date", "The source does not have this date.")
            elif day.year is not None and not any(
                day.year in (d.year, own_year) or any(e.year == day.year for e in have)
                for d in fits
            ):
                yield Fault("date", "The source does not have this year.")
        elif (
            day.year not in (None, own_year)
            and not any(d.year == day.year for d in have)
            and day.year not in numbers
        ):
            yield Fault("date", f"The source does not have the year {day.year}.")
    for token in found:
        if token.lower in RELATIVE_DAYS and token.lower not in {
            t.lower for t in evidence.window_tokens
        }:
            yield Fault("date", f"The source does not say “{token.lower}”.")


def _displaced(day: Day, mine: Sequence[Day], cited: Sequence[Day]) -> bool:
    """Whether a date stands where the cited sentence has another of the kind."""
    if day.weekday is not None:
        kind = [d.weekday for d in cited if d.weekday]
        return day.weekday not in kind and bool(set(kind) - {d.weekday for d in mine})
    if day.month is None:
        return False
    kind_days = [(d.month, d.day) for d in cited if d.month]
    if any(m == day.month and day.day in (None, n) for m, n in kind_days):
        return False
    return bool(set(kind_days) - {(d.month, d.day) for d in mine})


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
                yield Fault("name", f"The cited sentence is not about {name.text}.")
            continue
        if set(words) & have and name.text in evidence.document.text:
            continue
        if all(any(same_stem(w, h) for h in have if len(h) > 4) for w in words if w not in have):
            continue
        if set(words) <= before or _by_alias(name.text, evidence):
            continue
        yield Fault("name", f"The source does not name {name.text} here.")


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


_HERE = 0.45
_OWN_SHARE = 3
_MOST_OWN = 2
"""A statement may have one word of its own for so many others, up to so many."""


def place_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """A statement most of which stands beside the cited sentences, and not in them."""
    stems = frozenset(t.stem for t in evidence.cited_tokens if t.is_word)
    content = [t for t in found if t.says_something]
    here = sum(carried(token, stems) for token in content)
    if content and here < _HERE * len(content):
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
    content = 0
    missing = []
    for i, token in enumerate(found):
        if id(token) in named or i in aside or _is_day_word(token):
            continue
        if not token.says_something or token.lower in _ELSEWHERE:
            continue
        content += 1
        if carried(token, stems) or (synonyms(token.stem, "say") and window & SPEECH):
            continue
        if in_groups(token.stem, phrases) or _in_phrase(found, i, stems):
            continue
        if token.lower not in _OURS or not window & FIRST_PERSON:
            missing.append(i)
    return missing, content


def addition_faults(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> Iterator[Fault]:
    """Words that neither the window nor the document's title has, nor a synonym of theirs."""
    missing, content = unsupported(found, names, evidence)
    before: Token | None = None
    together = False
    for i in missing:
        token = found[i]
        against = next((s for s in evidence.window_stems if opposites(token.stem, s)), None)
        if against is not None:
            yield Fault("opposite", f"The source says the opposite of “{token.text}”.")
        following = found[i + 1].lower if i + 1 < len(found) else ""
        together = together or before is token or following == "than"
        together = together or token.lower in _COMPARING
        before = _next_content(found, i)
    if together or len(missing) > min(_MOST_OWN, content // _OWN_SHARE):
        words = ", ".join(f"“{found[i].text}”" for i in missing)
        yield Fault("addition", f"The source does not say {words}.")


_COMPARING = frozenset(
    """
    smaller larger bigger greater higher lower older younger earlier later longer shorter faster
    slower heavier lighter better worse cheaper dearer stronger weaker warmer colder wetter drier
    smallest largest biggest greatest highest lowest oldest youngest longest shortest fastest
    slowest best worst cheapest strongest weakest below above beyond unlike likewise double half
    record unprecedented
    """.split()
)
_OURS = frozenset("firm company council group newspaper paper organisation union board".split())
"""What "we" of a source may be called."""


def _in_phrase(found: Sequence[Token], i: int, stems: frozenset[str]) -> bool:
    """Whether a word belongs to a phrase, "held back", for which the source has one word."""
    near = [t.stem for t in found[max(0, i - 2) : i + 3] if t.is_word]
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


def _compares(found: Sequence[Token]) -> bool:
    pairs = itertools.pairwise(t.lower for t in found)
    return any(t.lower in ("above", "below") for t in found) or any(
        after == "than" and before != "rather" for before, after in pairs
    )


def small_word_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Quantities, causes and turns of time that the source does not have, or has and are lost."""
    said = {t.lower for t in found}
    window = {t.lower for t in evidence.window_tokens}
    cited = {t.lower for t in evidence.cited_tokens}
    rates = {t.lower for t, after in itertools.pairwise(found) if after.is_number}
    for number, words in enumerate(_QUANTIFIERS):
        mine = (said - rates) & words
        if mine and not cited & words and number < _DENYING:
            yield Fault("quantity", f"The source does not say “{sorted(mine)[0]}”.")
    for number in _RESTRICTING:
        words = _QUANTIFIERS[number]
        if said & words:
            continue
        for i, token in enumerate(evidence.cited_tokens[:-1]):
            following = evidence.cited_tokens[i + 1 : i + 3]
            if token.lower in words and not token.lower.endswith("ly"):
                bound = [t for t in following if t.is_word]
                if bound and any(t.stem == bound[0].stem for t in found) and not any(
                    f.at for f in figures(found)
                    if f.units and bound[0].stem in f.units
                ):  # fmt: skip
                    yield Fault("quantity", f"The source says it of “{token.lower}” only.")
    causes = said & _CAUSES
    if causes and not window & _CAUSES_IN_SOURCE:
        yield Fault("addition", "The source gives no such reason.")
    comparing = {t.lower for t in evidence.cited_tokens if t.lower.endswith("er")}
    compared = cited & {"than", "compared", "more", "less", "above", "below", "under", "over"}
    if _compares(found) and not compared and not comparing & _COMPARING:
        yield Fault("addition", "The source does not compare.")
    if "after" in window and "before" in said and "before" not in window:
        yield Fault("opposite", "The source has it the other way round in time.")
    if "before" in window and "after" in said and "after" not in window:
        yield Fault("opposite", "The source has it the other way round in time.")
    if said & {"against"} and {"for", "favour", "favor"} & window and "against" not in window:
        yield Fault("opposite", "The source is for it, not against it.")
    if said & {"favour", "favor"} and not window & {"favour", "favor", "for"}:
        yield Fault("opposite", "The source is not for it.")


def mood_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Negations and modal verbs that were added or lost."""
    mine = _negates(found)
    theirs = _negates(evidence.cited_tokens)
    counts = _negators(found) != _negators(evidence.cited_tokens)
    for i, token in enumerate(found):
        verb = is_verb(found, i) or token.lower.endswith("ing")
        if not (verb or token.says_something) or token.capital or token.lower in _NOT_TESTED:
            continue
        exact, places = _occurrences(token, evidence)
        if not places:
            continue
        here = mood(found, i)
        moods = [mood(sentence, k) for sentence, k in places]
        if all(m.negated != here.negated for m in moods) and (counts if exact else mine != theirs):
            word = "does not deny" if here.negated else "denies"
            yield Fault("negation", f"The source {word} “{token.text}”.")
        elif (
            is_verb(found, i)
            and token.lower not in ("said", "says", "say")
            and all(
                _mood_differs(here, m, token, exact, is_past(sentence[k]))
                for m, (sentence, k) in zip(moods, places, strict=True)
            )
        ):
            yield Fault("hedge", f"The source is not as sure, or is surer, of “{token.text}”.")
    if _denies(found) and not _denies(evidence.window_tokens):
        yield Fault("negation", "The source does not deny it.")


def _negators(found: Sequence[Token]) -> int:
    return sum(is_negator(t) for t in found)


def _negates(found: Sequence[Token]) -> bool:
    return any(is_negator(t) for t in found) or _no_one(found)


def _no_one(found: Sequence[Token]) -> bool:
    pairs = itertools.pairwise(t.lower for t in found)
    return any(pair in (("no", "one"), ("rather", "than")) for pair in pairs)


def _denies(found: Sequence[Token]) -> bool:
    return _negates(found) or any(t.lower in ("un", "non", "few", "little") for t in found)


_NOT_TESTED = frozenset("not no never had has have did does do having".split())


def _mood_differs(here: Mood, there: Mood, token: Token, exact: bool, past: bool) -> bool:
    if here.kind == there.kind or (here.negated and there.kind != "possible"):
        return False
    if there.kind == "possible":
        return True
    if not exact:
        return False
    if here.kind == "fact":
        return is_past(token) and there.kind in ("unreal", "wished")
    if here.kind == "possible":
        return there.kind == "fact"
    return here.kind == "unreal" and there.kind == "fact" and past and not here.conditional


def _occurrences(
    token: Token, evidence: Evidence, beside: bool = False
) -> tuple[bool, list[tuple[list[Token], int]]]:
    """Where a word stands in the cited sentences, or else a synonym; whether it is the word.

    `beside` lets the sentences next to them answer when the cited ones have neither.
    """
    for numbers in (evidence.cited, evidence.window if beside else ()):
        sentences = [evidence.reading.tokens[i] for i in numbers]
        for exact, same in ((True, same_stem), (False, synonyms)):
            places = [
                (sentence, k)
                for sentence in sentences
                for k, t in enumerate(sentence)
                if t.is_word and same(t.stem, token.stem)
            ]
            if places:
                return exact, places
    return False, []


_ASKING = frozenset("even ask asked asks wonder wondered know tell say see".split())
_CONDITIONS = frozenset(
    "if unless should provided whether depending subject condition when were once".split()
)


def condition_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """What is only hoped for, or holds on a condition, given as settled."""
    said = {t.lower for t in found}
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
            ):
                yield Fault("hedge", f"The source only says “{token.lower} to”.")
                return


def _clause(sentence: Sequence[Token], i: int) -> list[Token]:
    """What says something in the clause that opens at a place."""
    end = next((k for k in range(i, len(sentence)) if sentence[k].lower in _CLAUSE_END), None)
    return [t for t in sentence[i + 1 : end] if t.says_something]


_CLAUSE_END = frozenset(", ; : . ? ! ” “ —".split())


def _wished(token: Token, found: Sequence[Token]) -> bool:
    """Whether a statement has the verb before a "to", or a synonym."""
    return any(
        same_stem(t.stem, token.stem) or (after.lower == "to" and synonyms(t.stem, token.stem))
        for t, after in itertools.pairwise(found)
    )


def hedge_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Hedges beside words of the statement that the statement leaves out."""
    said = {t.lower for t in found}
    if said & (_HEDGES | {"if", "whether", "would", "should"}):
        return
    stems = {t.stem for t in found if t.says_something}
    speech = bool(said & SPEECH)
    for number in evidence.cited:
        sentence = evidence.reading.tokens[number]
        for i, token in enumerate(sentence):
            if token.lower not in _HEDGES or token.capital:
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
_DOUBTING = frozenset(
    "claim allege insist maintain contend argue suspect suggest assert estimate argued insisted"
    " claimed maintained contended asserted suspected suggested".split()
)


def report_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Words of a speaker that are given as a fact."""
    cues = {t.stem for t in found if t.lower in SPEECH}
    content = [t for t in found if t.says_something]
    if not content:
        return
    text_stems = {t.stem for t in content}
    for a in evidence.attributions:
        if not a.content or (
            a.stance not in _DISTANT and lemma_of(a.cue.text.lower()) not in _DOUBTING
        ):
            continue
        inside = {
            t.stem
            for t in evidence.window_tokens
            if t.says_something and any(s.start <= t.start and t.end <= s.end for s in a.content)
        }
        if cues - inside or any(t.stem in cues for t in tokens(a.cue.text)):
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
        if not here.agent and not here.patient:
            continue
        places = [
            (sentence, k)
            for sentence, k in _occurrences(token, evidence, beside=True)[1]
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
            turned = turned or _filled_otherwise(found, here, sentence, there, named)
            verdicts.append(turned)
        if verdicts and all(verdicts):
            yield Fault(
                "role", f"In the source it is another who “{token.text}”, or another to whom."
            )


def _by_pronoun(sentence: Sequence[Token], k: int) -> bool:
    before = [t.lower for t in sentence[max(0, k - 3) : k] if t.lower not in ("had", "has", "have")]
    return bool(before) and before[-1] in ("he", "she", "it", "they", "we", "i", "both")


def _filled_otherwise(
    found: Sequence[Token], here: Verb, sentence: Sequence[Token], there: Verb, named: set[str]
) -> bool:
    """Whether a name does what, in the source, another name does."""
    if here.passive or there.passive or not here.agent_words or not there.agent_words:
        return False
    mine, theirs = here.agent_words[-1], there.agent_words[-1]
    if found[mine].stem not in named or not sentence[theirs].capital:
        return False
    if here.at - mine > 3 or there.at - theirs > 3:
        return False
    return not here.agent & there.agent


def party_is(name: str, candidates: Sequence[str | None]) -> bool:
    """Whether a name may be one of the others."""
    return any(c and (same_party(name, c) or same_party(c, name)) for c in candidates)
