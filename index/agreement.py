"""Whether the sources of an answer agree on a number: said only where there is no doubt.

Two sentences measure the same thing when their numbers count the same noun, after or before the
same word, and most of what else they say is the same. A sentence that denies, supposes or rounds
is left out.
"""

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.quotable import quotable
from index.types import Answer, Citation, Source, Statement
from index.verification.figures import MONTHS, NUMBER_WORDS, Figure, day_places, days, figures
from index.verification.tokens import Token, tokens

_PEOPLE = frozenset("people person persons".split())
_DOUBT = frozenset(
    """
    not no never none nobody deny denied denies denying reject rejected may might could would should
    if unless expect expected expects plan planned plans estimate estimated believed feared hope
    hopes want wants demand demanded will shall per percent each every another more other others
    further additional total earlier previously initially rather instead whether possibly perhaps
    alleged allegedly claim claimed claims until yesterday today tomorrow last next
    """.split()
)
_AUXILIARIES = frozenset("was were had have has been are is".split())
_UNSAID = _PEOPLE | NUMBER_WORDS | frozenset(MONTHS)
_SCALES = NUMBER_WORDS | frozenset("m bn k".split())
_CURRENCY = frozenset("£$€¥")
_ALIKE = 0.75
_FEWEST_SHARED = 2
_MOST_NAMED = 4
_DAY_LENGTH = len("2024-12-02")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that a source says: what it counts, the word beside it, and what else is said."""

    value: float
    shown: str
    noun: str
    beside: str
    context: frozenset[str]
    names: frozenset[str]
    dates: frozenset[str]
    words: str
    source: Source

    def same_thing(self, other: "Measure") -> bool:
        """Whether both measure one thing, as far as their words tell."""
        if (self.noun, self.beside) != (other.noun, other.beside) or self.dates != other.dates:
            return False
        if not (self.names <= other.context or other.names <= self.context):
            return False
        shared = len(self.context & other.context)
        fewer = min(len(self.context), len(other.context))
        return shared >= max(_FEWEST_SHARED, _ALIKE * fewer)


def agreement(answer: Answer) -> str:
    """A sentence of ours on a number that several sources give; "" where they do not compare.

    A reprint is no second source, nor is another text of the same publisher. Every pair of what
    is compared must measure the same thing.
    """
    shown = {number for statement in answer.statements for number in statement.citations}
    cited = [one for one in answer.citations if one.number in shown]
    for group in _groups([one for citation in cited for one in measures(citation)]):
        by_source = _by_source(group)
        if len(by_source) > 1:
            return _sentence(by_source)
    return ""


def compared(answer: Answer) -> Answer:
    """The answer with what its sources agree or differ on: in `lead`, and each of them cited.

    The passages in which the answer was looked for are read for sentences that measure what a
    cited one does, since one of those that read alike is left out of an answer.
    """
    if not any(True for one in answer.citations for _ in measures(one)):
        return answer
    whole = answer
    if answer.synthesis is None or not answer.synthesis.used:
        whole = _with_others(answer)
    said = agreement(whole)
    if not said:
        return answer
    return replace(whole, lead=" ".join(part for part in (answer.lead, said) if part))


def _with_others(answer: Answer) -> Answer:
    mine = [one for citation in answer.citations for one in measures(citation)]
    known = {one.source.document for one in answer.citations}
    added: list[Citation] = []
    for hit in answer.hits:
        if hit.source.document in known or len(added) == _MOST_NAMED:
            continue
        for start, end in hit.passage.sentences:
            text = hit.text[start - hit.passage.start : end - hit.passage.start]
            span = quotable(text, hit.source.title)
            if span is None:
                continue
            number = len(answer.citations) + len(added) + 1
            at, quote = start + span[0], text[slice(*span)]
            page = bisect.bisect_right(hit.page_starts, at) or None if hit.page_starts else None
            one = Citation(number, hit.source, at, at + len(quote), quote, page, hit.also_in)
            if any(a.same_thing(b) and a.words != b.words for a in mine for b in measures(one)):
                added.append(one)
                known.add(hit.source.document)
                break
    statements = tuple(Statement(" ".join(one.quote.split()), (one.number,)) for one in added)
    return replace(
        answer,
        statements=(*answer.statements, *statements),
        citations=(*answer.citations, *added),
    )


def measures(citation: Citation) -> Iterator[Measure]:
    """The exact numbers of a quote, where it asserts them of one thing each."""
    found = tokens(citation.quote)
    if "?" in citation.quote or any(token.lower in _DOUBT for token in found):
        return
    dated = day_places(found)
    dates = frozenset(str(day) for day in days(found))
    numbers = [one for one in figures(found) if one.at not in dated]
    said = [t for t in found if t.says_something and t.lower not in _UNSAID]
    context = frozenset(t.stem for t in said)
    names = frozenset(t.stem for t in said if t.capital and t is not found[0])
    words = " ".join(t.lower for t in found if t.is_word)
    made = [
        Measure(
            figure.value,
            shown,
            noun,
            beside,
            context - {noun},
            names,
            dates,
            words,
            citation.source,
        )
        for figure in numbers
        for shown, noun, beside in _counted(figure, found, citation.quote)
    ]
    things = [(one.noun, one.beside) for one in made]
    yield from (one for one in made if things.count((one.noun, one.beside)) == 1)


def _counted(figure: Figure, found: Sequence[Token], quote: str) -> Iterator[tuple[str, str, str]]:
    """The words to show for an exact number, the stem of what it counts, and of the word beside."""
    if figure.bound or figure.ordinal or figure.word_one:
        return
    at = figure.at
    if at + 1 < len(found) and found[at + 1].lower in _SCALES:
        return
    money = at > 0 and found[at - 1].text in _CURRENCY
    if money:
        before = found[at - 2] if at > 1 else None
        if before is not None and before.says_something and len(figure.units) == 1:
            shown = quote[found[at - 1].start : found[at].end]
            yield shown, found[at - 1].text, before.stem
        return
    after = at + 1
    if after < len(found) and found[after].lower in _PEOPLE:
        after += 1
        while after < len(found) and found[after].lower in _AUXILIARIES:
            after += 1
    if after >= len(found) or not found[after].says_something or found[after].capital:
        return
    of = found[after + 1 : after + 3]
    inside = of[1].stem if len(of) == 2 and of[0].lower == "of" else ""
    yield " ".join(quote[found[at].start : found[after].end].split()), found[after].stem, inside


def _groups(found: Sequence[Measure]) -> Iterable[list[Measure]]:
    """Measures of which each two are of the same thing."""
    groups: list[list[Measure]] = []
    for one in found:
        for group in groups:
            if all(one.same_thing(other) for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _by_source(group: Sequence[Measure]) -> list[Measure]:
    """One measure a source; none of a source that says two different things."""
    by_name: defaultdict[str, list[Measure]] = defaultdict(list)
    for one in reversed({one.words: one for one in reversed(group)}.values()):
        by_name[_name(one.source).casefold()].append(one)
    return [them[0] for them in by_name.values() if len({one.value for one in them}) == 1]


def _sentence(found: Sequence[Measure]) -> str:
    by_value: defaultdict[float, list[Measure]] = defaultdict(list)
    for one in found:
        by_value[one.value].append(one)
    sides = sorted(by_value.values(), key=lambda them: -len(them))
    if len(sides) == 1:
        return f"{_number(len(found))} sources agree on {_quoted(sides[0][0])}: {_names(sides[0])}."
    said = "; ".join(f"{_names(them)}: {_quoted(them[0])}" for them in sides)
    return f"The sources differ. {said}.{_newest(found)}"


def _newest(found: Sequence[Measure]) -> str:
    """Which source is the newest, where each has a day and one is the last."""
    dated = [one.source.published or "" for one in found]
    if any(len(day) != _DAY_LENGTH for day in dated) or dated.count(max(dated)) != 1:
        return ""
    last = found[dated.index(max(dated))]
    return f" The newest is {_name(last.source)}, of {last.source.published}."


def _quoted(one: Measure) -> str:
    return f"“{one.shown}”"


def _number(count: int) -> str:
    return ("Two", "Three", "Four", "Five")[count - 2] if count <= 5 else str(count)


def _names(found: Sequence[Measure]) -> str:
    names = [_name(one.source) for one in found]
    if len(names) > _MOST_NAMED:
        names = [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _name(source: Source) -> str:
    return " ".join((source.publisher or source.title).split())[:80]
