"""How near what is said is to the matter that a question names."""

from collections.abc import Sequence

from index.evidence import stemmer
from index.ledger import Entry, Ledger, Line, Wanted
from index.live import OpenGeneration
from index.names import name_words
from index.terms import content_words
from index.types import Query, Stance
from index.wording import one_line

COVERED = 0.5
"""The share of a topic's words that is enough."""
_NEAR = 0.5
_WEIGHED = 200
_EMBEDDED = 24
_BEFORE_DENIAL = 250
_SPEAKING = frozenset("say says said saying tell told did do done claim claimed".split())


def relevance(
    generation: OpenGeneration,
    ledger: Ledger,
    lines: Sequence[Line],
    query: Query,
    near: float = _NEAR,
) -> dict[int, float]:
    """How near what is said is to a question's topic, by row; those too far are left out.

    By the words of the topic that are said, the names of the parties apart, by the title of the
    document, else by the cosine of the embeddings, which must be `near`.
    """
    topic = query.topic or ""
    if len(lines) > _WEIGHED:
        best = {line.row for line in ledger.outline(Wanted(near=topic))}
        lines = [line for line in lines if line.row in best]
    entries = ledger.entries([line.row for line in lines])
    texts = [_said(generation, entry) for entry in entries]
    contents = [
        one_line(" ".join(span.text for span in entry.attribution.content)) or text
        for entry, text in zip(entries, texts, strict=True)
    ]
    asked, *stems = stemmer().stems([" ".join(_matter(query)), *texts])
    covered = [len(set(asked) & set(found)) / len(set(asked)) for found in stems] if asked else []
    scores = {
        entry.row: share for entry, share in zip(entries, covered, strict=False) if share >= COVERED
    }
    scores |= {row: _NEAR for row in _by_title(entries, asked) if row not in scores}
    if max(scores.values(), default=0.0) == 1.0:
        # Who says all of it leaves no room for who says half of it.
        least = 1.0 if query.stance is Stance.DENY else COVERED
        open_ended = query.speaker is query.target is None
        if query.stance is Stance.DENY or open_ended:
            return {row: score for row, score in scores.items() if score == 1.0 or score > least}
    rest = sorted(
        (i for i in range(len(covered)) if entries[i].row not in scores), key=lambda i: -covered[i]
    )[:_EMBEDDED]
    if rest:
        rows = generation.embedder.encode_documents([topic, *(contents[i] for i in rest)])
        for i, row in zip(rest, rows[1:], strict=True):
            cosine = float(rows[0] @ row)
            if cosine >= near:
                scores[entries[i].row] = cosine
    return scores


def _matter(query: Query) -> list[str]:
    """The words of a topic without those for the parties and for speaking; all if none is left."""
    found = content_words(query.topic or "")
    parties = {*name_words(query.speaker or ""), *name_words(query.target or "")}
    rest = [word for word in found if word not in _SPEAKING and not parties & set(name_words(word))]
    return rest or found


def covers(topic: str | None, text: str) -> bool:
    """Whether a text has enough of a topic's words."""
    if topic is None:
        return True
    asked, said = stemmer().stems([" ".join(content_words(topic)), text])
    return len(set(asked) & set(said)) >= COVERED * len(set(asked))


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
    # "denied it", "he blames Brack": of what, was said before
    unsaid = attribution.stance in (Stance.ACCUSE, Stance.CONDEMN) and not attribution.content
    if attribution.stance is Stance.DENY or unsaid:
        start = max(0, start - _BEFORE_DENIAL)
    return one_line(" ".join([text[start:end], *outside]))
