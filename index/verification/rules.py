"""What a source must have of a statement, rule by rule; each finds a fault or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.names import name_words, same_party
from index.verification.clauses import Mood, is_past, is_verb, mood, verb_at
from index.verification.evidence import Evidence
from index.verification.figures import (
    DAYS,
    MONTHS,
    RELATIVE_DAYS,
    Figure,
    day_places,
    days,
    figures,
)
from index.verification.lexicon import opposites, synonyms
from index.verification.tokens import FUNCTION_WORDS, Token, same_stem

_TITLES = frozenset("cllr councillor miss professor prof sir dame lord lady judge minister".split())
_PRONOUNS = frozenset("he she it they his her their him them its i we my our you us".split())
_WITH_OF = frozenset("the of and for de la von van".split())

_QUANTIFIERS = (
    frozenset("all every each both entire whole everyone everybody always".split()),
    frozenset("most majority mostly largely mainly overwhelmingly".split()),
    frozenset("many numerous several dozens multiple lots often various".split()),
    frozenset("some somebody someone partly sometimes certain".split()),
    frozenset("few fewer rarely seldom".split()),
    frozenset("no none nobody neither never nothing not".split()),
    frozenset("only solely alone just merely except".split()),
)
_RESTRICTING = (1, 2, 3, 4)
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
    express expressed voice voiced attack attacked hold holds held singled single find finds found
    """.split()
)


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
        if proper and token.lower in FUNCTION_WORDS and not token.text.isupper():
            proper = token.lower in ("mr", "mrs", "ms", "dr")
        if proper and token.text == "I":
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
    inexact = [f for f in figures(evidence.reading.about)]
    for figure in figures(found):
        if figure.word_one:
            continue
        same = [f for f in have if f.value == figure.value]
        if not same:
            if any(f.value == figure.value for f in inexact):
                continue
            yield Fault("number", f"The source does not have the number {_shown(figure, found)}.")
        elif not any(
            f.bound == figure.bound or {f.bound, figure.bound} == {"", "only"} for f in same
        ):
            yield Fault(
                "number", f"The source is not as exact, or is more, about {_shown(figure, found)}."
            )
        elif figure.units and not any(_same_unit(figure, f) for f in same):
            unit = figure.units[0]
            others = [f for f in have if f.value != figure.value and unit in f.units[:1]]
            if others:
                yield Fault(
                    "number", f"{_shown(figure, found)} counts something else in the source."
                )


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
    for day in days(found):
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
        elif day.year is not None and day.year != own_year:
            if not any(d.year == day.year for d in have) and day.year not in numbers:
                yield Fault("date", f"The source does not have the year {day.year}.")
    for token in found:
        if token.lower in RELATIVE_DAYS and token.lower not in {
            t.lower for t in evidence.window_tokens
        }:
            yield Fault("date", f"The source does not say “{token.lower}”.")


def name_faults(names: Sequence[Name], evidence: Evidence) -> Iterator[Fault]:
    """Names that the window does not have, nor the ledger for its words."""
    reading = evidence.reading
    window = {w for t in evidence.window_tokens if t.is_word for w in name_words(t.text)}
    cited = {w for t in evidence.cited_tokens if t.is_word for w in name_words(t.text)}
    about = {w for t in reading.about if t.is_word for w in name_words(t.text)}
    resolved = {word for name in evidence.names for word in name_words(name)}
    others = {w for t in evidence.cited_tokens if t.is_word for w in (t.lower,)}
    for name in names:
        words = [w for w in name_words(name.text) if w not in _TITLES]
        missing = [w for w in words if w not in window | resolved]
        if missing and words[-1] in window | resolved and _stands(reading.document.text, name.text):
            missing = []
        if missing and all(any(same_stem(w, h) for h in window if len(h) > 4) for w in missing):
            missing = []
        if missing and _by_alias(name.text, evidence):
            continue
        if missing and set(words) <= about:
            continue
        if missing:
            yield Fault("name", f"The source does not name {name.text} here.")
        elif (
            words
            and not set(words) & cited
            and not others & _PRONOUNS
            and not (set(words) & resolved)
        ):
            if not any(t.lower == "the" for t in evidence.cited_tokens):
                yield Fault("name", f"The cited sentence is not about {name.text}.")


def _stands(text: str, name: str) -> bool:
    return name in text


def _by_alias(name: str, evidence: Evidence) -> bool:
    aliases = evidence.reading.aliases
    group = aliases.others(name)
    if not group:
        return False
    have = {w for t in evidence.window_tokens if t.is_word for w in name_words(t.text)}
    return any(set(other.split()) <= have for other in group)


def addition_faults(
    found: Sequence[Token], names: Sequence[Name], evidence: Evidence
) -> Iterator[Fault]:
    """Words that neither the window nor the document's title has, nor a synonym of theirs."""
    named = {id(token) for name in names for token in name.words}
    stems = evidence.window_stems | {t.stem for t in evidence.reading.about if t.is_word}
    numbered = day_places(found)
    spoken = {t.lower for t in evidence.window_tokens} & SPEECH
    figured = {f.at for f in figures(found)}
    for i, token in enumerate(found):
        if id(token) in named or i in numbered or _is_day_word(token) or i in figured:
            continue
        if not token.says_something or token.lower in RELATIVE_DAYS or token.lower in _HEDGES:
            continue
        if carried(token, stems):
            continue
        if any(synonyms(token.stem, other) for other in ("say",)) and spoken:
            continue
        against = next((s for s in stems if opposites(token.stem, s)), None)
        if against is not None:
            yield Fault("opposite", f"The source says the opposite of “{token.text}”.")
        else:
            yield Fault("addition", f"The source does not say “{token.text}”.")


def small_word_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Quantities, causes and turns of time that the source does not have, or has and are lost."""
    said = {t.lower for t in found}
    window = {t.lower for t in evidence.window_tokens}
    for number, words in enumerate(_QUANTIFIERS):
        mine = said & words
        if mine and not window & words and number != 5:
            yield Fault("quantity", f"The source does not say “{sorted(mine)[0]}”.")
    for number in _RESTRICTING:
        words = _QUANTIFIERS[number]
        if said & words:
            continue
        for i, token in enumerate(evidence.cited_tokens[:-1]):
            following = evidence.cited_tokens[i + 1 : i + 3]
            if token.lower in words and not token.lower.endswith("ly"):
                bound = [t for t in following if t.says_something]
                if bound and any(t.stem == bound[0].stem for t in found) and not any(
                    f.at for f in figures(found)
                    if f.units and bound[0].stem in f.units
                ):  # fmt: skip
                    yield Fault("quantity", f"The source says it of “{token.lower}” only.")
    causes = said & _CAUSES
    if causes and not window & _CAUSES_IN_SOURCE:
        yield Fault("addition", "The source gives no such reason.")
    for mine, accepted in (
        ("before", {"before", "prior", "earlier", "until", "ahead", "previous", "previously", "ago"}),
        ("after", {"after", "following", "since", "when", "later", "once", "then", "upon", "on"}),
        ("against", {"against", "oppose", "opposed", "accuse", "accused", "accuses", "blame",
                     "blamed", "blames", "on", "of", "at", "from", "by"}),
    ):  # fmt: skip
        if mine in said and not window & accepted:
            yield Fault("addition", f"The source does not say “{mine}”.")
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
    for i, token in enumerate(found):
        if not token.says_something and not is_verb(found, i):
            continue
        here = mood(found, i)
        places = _occurrences(token, evidence)
        if not places:
            continue
        moods = [(mood(sentence, k), sentence[k]) for sentence, k in places]
        if all(m.negated != here.negated for m, _ in moods) and token.lower not in _NOT_TESTED:
            word = "does not deny" if here.negated else "denies"
            yield Fault("negation", f"The source {word} “{token.text}”.")
        elif is_verb(found, i) and all(_mood_differs(here, token, m, other) for m, other in moods):
            yield Fault("hedge", f"The source is not as sure, or is surer, of “{token.text}”.")


_NOT_TESTED = frozenset("not no never".split())


def _mood_differs(here: Mood, token: Token, there: Mood, other: Token) -> bool:
    if here.kind == there.kind:
        return False
    if here.kind == "fact" and there.kind == "infinitive":
        return is_past(token) and not is_past(other)
    if {here.kind, there.kind} <= {"unreal", "infinitive"}:
        return False
    if here.kind == "infinitive":
        return there.kind == "possible"
    if here.kind == "possible" and there.kind == "infinitive":
        return False
    return True


def _occurrences(token: Token, evidence: Evidence) -> list[tuple[Sequence[Token], int]]:
    """Where a word stands in the cited sentences, else in the window; synonyms when not itself."""
    for numbers in (evidence.cited, evidence.window):
        sentences = [evidence.reading.tokens[i] for i in numbers]
        for same in (
            lambda t: t.stem == token.stem,
            lambda t: same_stem(t.stem, token.stem),
            lambda t: synonyms(t.stem, token.stem),
        ):
            found = [
                (sentence, k)
                for sentence in sentences
                for k, t in enumerate(sentence)
                if t.is_word and same(t)
            ]
            if found:
                return found
    return []


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
            if any(t.stem in stems for t in near):
                yield Fault("hedge", f"The source says “{token.lower}”.")
                return


def report_faults(found: Sequence[Token], evidence: Evidence) -> Iterator[Fault]:
    """Words of a speaker that are given as a fact."""
    if any(t.lower in SPEECH for t in found):
        return
    content = [t for t in found if t.says_something]
    if not content:
        return
    text_stems = {t.stem for t in content}
    for a in evidence.attributions:
        if not a.content:
            continue
        inside = {
            t.stem
            for t in evidence.window_tokens
            if t.says_something and any(s.start <= t.start and t.end <= s.end for s in a.content)
        }
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
            (sentence, k) for sentence, k in _occurrences(token, evidence) if is_verb(sentence, k)
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
            turned = turned or bool(first in to_right and to_right & named)
            turned = turned or bool(
                to_left & named
                and there.agent_words
                and not here.agent & there.agent
                and sentence[there.agent_words[0]].stem in to_left
                and here.patient_words[:1]
                and found[here.patient_words[0]].stem in to_left
            )
            if not turned:
                turned = _filled_otherwise(here.agent, there.agent, named, evidence)
            verdicts.append(turned)
        if verdicts and all(verdicts):
            yield Fault(
                "role", f"In the source it is another who “{token.text}”, or another to whom."
            )


def _filled_otherwise(
    mine: frozenset[str], theirs: frozenset[str], named: set[str], evidence: Evidence
) -> bool:
    """Whether a name does what, in the source, another name does."""
    my_names = mine & named
    their_names = {
        t.stem for t in evidence.cited_tokens if t.capital and t.stem in theirs and t.says_something
    }
    return bool(my_names and their_names) and not mine & theirs


def party_is(name: str, candidates: Sequence[str | None]) -> bool:
    """Whether a name may be one of the others."""
    return any(c and (same_party(name, c) or same_party(c, name)) for c in candidates)
