"""Answers from the attribution ledger: who accused whom, in the sources' own words.

Grouped by speaker and target; what is said explicitly before what is only implied; a denial of the
same matter beside the accusation; what a source negates or only supposes never as a fact.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.dates import days_of
from index.evidence import Candidate, stemmer
from index.ledger import Entry, Ledger, Line, Wanted
from index.ledger_composer import Composer, LedgerAnswer, Unit
from index.ledger_descriptions import described
from index.live import OpenGeneration
from index.names import is_pronoun, is_proper, same_party
from index.question_verbs import cue_words
from index.terms import content_words, words
from index.types import Filters, Query, Stance
from index.wording import one_line

MOST_LINES = 1_500
"""Attributions that are weighed for a question that names no party and no topic."""
_WEIGHED = 200
_EMBEDDED = 24
_COVERED = 0.5
_NEAR = 0.5
_BEFORE_DENIAL = 250

_TIERS: dict[Stance | None, tuple[Stance, ...]] = {
    Stance.ACCUSE: (Stance.ACCUSE, Stance.CONDEMN),
    Stance.CONDEMN: (Stance.CONDEMN, Stance.ACCUSE),
    Stance.BELIEVE: (Stance.BELIEVE, Stance.SAY),
    Stance.SAY: (Stance.SAY, *(stance for stance in Stance if stance is not Stance.SAY)),
    None: (Stance.DENY, Stance.ACCUSE, Stance.CONDEMN, Stance.SAY, Stance.PROMISE, Stance.DEMAND),
}


def answer_from_ledger(
    generation: OpenGeneration, query: Query, filters: Filters
) -> LedgerAnswer | None:
    """The answer to an attribution question; None when the ledger has nothing on it."""
    ledger = Ledger(generation.catalog)
    lines = _lines(ledger, query, filters)
    if not lines:
        query = _by_name(generation, ledger, query, filters)
        lines = _lines(ledger, query, filters)
    beside = not lines and _beside(query)
    if beside:
        lines = _unnamed(ledger, query, filters)
    real = [line for line in lines if not line.hypothetical]
    asserted = [line for line in real if not line.negated]
    if query.topic is not None:
        scores = _relevance(generation, ledger, asserted, query.topic)
        loose = not scores and not query.yes_no and None not in (query.speaker, query.target)
        loose = loose and not beside
        if not loose:
            asserted = [line for line in asserted if line.row in scores]
    else:
        scores, loose = {}, False
    negated = [line for line in real if line.negated] if query.yes_no else []
    if query.yes_no and query.topic is not None and negated:
        fitting = _relevance(generation, ledger, negated, query.topic)
        negated = [line for line in negated if line.row in fitting]
    units = _units(asserted, query, scores)
    if not units:
        if not negated or query.stance is None:
            return None
        units = _units([replace(line, negated=True) for line in negated], query, {})
    total = _total(ledger, query, filters) if len(lines) == MOST_LINES else None
    loose = loose or beside
    return Composer(generation, ledger, query, filters).compose(units, loose=loose, total=total)


def _by_name(generation: OpenGeneration, ledger: Ledger, query: Query, filters: Filters) -> Query:
    """The question with the names of those whom it only describes, where the texts tell them."""
    speaker, target = (
        (name and not ledger.names.rows_of(name) and described(generation.catalog, name, filters))
        or name
        for name in (query.speaker, query.target)
    )
    return replace(query, speaker=speaker, target=target)


def _beside(query: Query) -> bool:
    """Whether what is said of somebody without a name is worth a look."""
    about = query.speaker or query.topic
    return query.target is not None and bool(about) and not query.yes_no


def _unnamed(ledger: Ledger, query: Query, filters: Filters) -> list[Line]:
    """What is said of a party that is left out or only described ("the company").

    Only in documents that name the party asked for, and "the company" only for a matter.
    """
    near = query.topic if query.speaker is None else None
    wanted = Wanted(query.speaker, stances=_stances(query), near=near, filters=filters)
    lines = [
        line
        for line in ledger.outline(wanted)
        if line.target is None or (query.topic is not None and _is_short(line.target))
    ]
    documents = ledger.mentioning((line.document for line in lines), query.target or "")
    return [line for line in lines if line.document in documents]


def _is_short(name: str) -> bool:
    """A definite description of one word: "the company", "the group"."""
    return not is_proper(name) and re.fullmatch(r"(?i:the) [\w-]+", name) is not None


def _total(ledger: Ledger, query: Query, filters: Filters) -> int:
    """How many an open question has in all, reprints counted once."""
    return ledger.count(Wanted(stances=_stances(query), asserted=True, filters=filters))[1]


def _stances(query: Query) -> frozenset[Stance]:
    return frozenset(_TIERS.get(query.stance, (query.stance,) if query.stance else ()))


def bears_on(generation: OpenGeneration, query: Query, candidate: Candidate) -> bool:
    """Whether a sentence that search found may answer an attribution question.

    Its passage must name the parties asked for. Unless any way of speaking will do, the sentence
    must have a word for what they are said to have done, and either name them itself, unknown to
    the ledger, or be known to it with a pronoun where one of them is asked for.
    """
    ledger = Ledger(generation.catalog)
    if query.stance is None:
        return True
    names = [name for name in (query.speaker, query.target) if name is not None]
    if not all(ledger.names.stands_in(candidate.hit.text, name) for name in names):
        return False
    if query.stance in (Stance.SAY, Stance.BELIEVE):
        return True
    if not cue_words(query.stance) & set(words(candidate.text)):
        return False
    known = ledger.in_part(candidate.hit.source.document, candidate.start, candidate.end)
    same = [line for line in known if line.stance in _TIERS.get(query.stance, (query.stance,))]
    if same:
        return not query.yes_no and any(_may_be(query, line) for line in same)
    here = all(ledger.names.stands_in(candidate.text, name) for name in names)
    return here and (not query.yes_no or _covers(query.topic, candidate.text))


def _covers(topic: str | None, text: str) -> bool:
    if topic is None:
        return True
    asked, said = stemmer().stems([" ".join(content_words(topic)), text])
    return len(set(asked) & set(said)) >= _COVERED * len(set(asked))


def _may_be(query: Query, line: Line) -> bool:
    """Whether the parties are those asked for as far as they are named: one of two need not be."""
    if line.negated or line.hypothetical:
        return False
    sides = [
        (asked, name)
        for asked, name in ((query.speaker, line.speaker), (query.target, line.target))
        if asked is not None
    ]
    named = [(asked, name) for asked, name in sides if name is None or not is_pronoun(name)]
    if sides and not named:
        return False
    return all(name is not None and same_party(asked, name) for asked, name in named)


def combined(query: Query, filters: Filters) -> Filters:
    """The filters, narrowed by the dates that the question names."""
    since, until = filters.since, filters.until
    if query.since is not None:
        since = max(query.since, days_of(since)[0]) if since else query.since
    if query.until is not None:
        until = min(query.until, days_of(until)[1]) if until else query.until
    return replace(filters, since=since, until=until)


def _lines(ledger: Ledger, query: Query, filters: Filters) -> list[Line]:
    stances = _stances(query)
    near = query.topic if query.speaker is None and query.target is None else None
    wanted = Wanted(
        speaker=query.speaker, target=query.target, stances=stances, near=near, filters=filters
    )
    by_mention = (Stance.SAY, None, Stance.DENY, Stance.DEMAND, Stance.WARN)
    if query.stance in by_mention and query.target is not None:
        found = _about_party(ledger, wanted, query.target)
        if found or query.topic is None:
            return found
        near = query.topic if query.speaker is None else None
        return ledger.outline(replace(wanted, target=None, near=near))
    open_ended = query.speaker is query.target is query.topic is None
    found = ledger.outline(wanted, MOST_LINES if open_ended else None)
    if not found and near is not None:
        # "at the council meeting": where, and not what about
        found = ledger.outline(replace(wanted, near=None, titled=near))
    if not found and query.target is not None and not ledger.names.rows_of(query.target):
        about = f"{query.target} {query.topic or ''}"
        found = ledger.outline(replace(wanted, target=None, near=None, about=about))
    return found


def _about_party(ledger: Ledger, wanted: Wanted, target: str) -> list[Line]:
    """What is said of somebody, who is often no target of the cue but named in what is said.

    A denial needs no name: it is also taken where the other accuses in the same document. Where
    nothing else is known, what is said in documents that name the other will do.
    """
    everything = ledger.outline(replace(wanted, target=None))
    accused = ledger.outline(
        Wanted(speaker=target, stances=frozenset([Stance.ACCUSE]), filters=wanted.filters)
    )
    documents = {line.document for line in accused}
    named = {line.row for line in ledger.outline(replace(wanted, target=None, about=target))}
    named |= {line.row for line in ledger.outline(wanted)}
    found = [
        line
        for line in everything
        if line.row in named or (line.stance is Stance.DENY and line.document in documents)
    ]
    if found or wanted.speaker is None:
        return found
    mentioned = ledger.documents_naming(target)
    return [line for line in everything if line.document in mentioned]


def _relevance(
    generation: OpenGeneration, ledger: Ledger, lines: Sequence[Line], topic: str
) -> dict[int, float]:
    """How near what is said is to a topic, by row; those too far from it are left out."""
    if len(lines) > _WEIGHED:
        best = {line.row for line in ledger.outline(Wanted(near=topic))}
        lines = [line for line in lines if line.row in best]
    entries = ledger.entries([line.row for line in lines])
    texts = [_said(generation, entry) for entry in entries]
    contents = [
        one_line(" ".join(span.text for span in entry.attribution.content)) or text
        for entry, text in zip(entries, texts, strict=True)
    ]
    asked, *stems = stemmer().stems([" ".join(content_words(topic)), *texts])
    covered = [len(set(asked) & set(found)) / len(set(asked)) for found in stems] if asked else []
    scores = {
        entry.row: share
        for entry, share in zip(entries, covered, strict=False)
        if share >= _COVERED
    }
    scores |= {row: _NEAR for row in _by_title(entries, asked) if row not in scores}
    rest = sorted(
        (i for i in range(len(covered)) if entries[i].row not in scores), key=lambda i: -covered[i]
    )[:_EMBEDDED]
    if rest:
        rows = generation.embedder.encode_documents([topic, *(contents[i] for i in rest)])
        for i, row in zip(rest, rows[1:], strict=True):
            cosine = float(rows[0] @ row)
            if cosine >= _NEAR:
                scores[entries[i].row] = cosine
    return scores


def _by_title(entries: Sequence[Entry], asked: Sequence[str]) -> list[int]:
    """The rows whose document is called after the topic: "at the council meeting"."""
    titles = [f"{e.source.title} {e.source.publisher or ''}" for e in entries]
    return [
        entry.row
        for entry, found in zip(entries, stemmer().stems(titles), strict=True)
        if asked and set(asked) <= set(found)
    ]


def _said(generation: OpenGeneration, entry: Entry) -> str:
    attribution = entry.attribution
    text = generation.catalog.document(attribution.document).text
    start, end = attribution.sentence
    outside = [s.text for s in attribution.content if s.start < start or s.end > end]
    if attribution.stance is Stance.DENY:  # "denied it": of what, was said before
        start = max(0, start - _BEFORE_DENIAL)
    return one_line(" ".join([text[start:end], *outside]))


def _units(lines: Sequence[Line], query: Query, scores: dict[int, float]) -> list[Unit]:
    """Reprints once, targets of one cue together, the most telling first."""
    tiers = _TIERS.get(query.stance, (query.stance,) if query.stance else ())
    first: dict[int, Line] = {}
    for line in lines:
        first.setdefault(line.claim, line)
    together: dict[tuple[object, ...], list[Line]] = {}
    for line in first.values():
        key = (line.document, line.position, line.speaker_key, line.stance, line.explicit)
        together.setdefault(key, []).append(line)
    spoken = {(line.document, line.position) for line in first.values() if line.explicit}
    units = []
    for same in together.values():
        line = same[0]
        beside_say = (line.document, line.position) in spoken and query.stance in (Stance.SAY, None)
        if not line.explicit and beside_say:
            continue
        tier = tiers.index(line.stance) if line.explicit else len(tiers)
        if query.stance in (Stance.SAY, None) and query.topic is not None:
            tier = 0
        units.append(Unit(tuple(same), tier, max(scores.get(one.row, 0.0) for one in same)))
    return units
