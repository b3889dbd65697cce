"""An answer as pages, each with the sources of the numbers that stand on it.

Pure: no message is sent here and discord.py is not needed. Every page keeps Discord's limit, and
no number is shown without its source on the same page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.markdown import clip, inert, pieces, plain, width
from bot.render import counted, origin
from index.markup import readable_answer
from index.types import Answer, Citation, Source, Statement

LONGEST_PAGE = 3800
"""Discord takes 4,000 characters in all the texts of a message; a footer needs some."""
_CALM = 1800
"""A page that is wider holds no more than it must."""
_TEXT = 900
_SOURCES = 1700
_MOST_NUMBERS = 10
_QUOTE = 420
_ALSO_IN = 220
_TITLE_ROOM = 24


@dataclass(frozen=True, slots=True)
class Page:
    """What one message shows: the text, then a line for each of the `citations` it names."""

    text: str
    sources: str
    citations: tuple[Citation, ...]
    found: bool = True


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    citations: tuple[Citation, ...] = ()
    title: str = ""
    """What stands above, unless it does already: each page names who is meant."""


class _Sources:
    """The lines of each source: where it is from, and its quote where no text holds it already."""

    def __init__(self, citations: Iterable[Citation], statements: Sequence[Statement]) -> None:
        texts = " ".join(plain(statement.text) for statement in statements)
        self._lines = {citation.number: _lines(citation, texts) for citation in citations}
        self._widths = {number: width(text) + 2 for number, text in self._lines.items()}

    def lines(self, citations: Sequence[Citation]) -> str:
        """A quote ends with an empty line: clients take the next line for a part of it."""
        shown = ""
        for citation in citations:
            quoted = shown.rpartition("\n")[2].startswith("> ")
            shown += ("\n\n" if quoted else "\n") + self._lines[citation.number]
        return shown.lstrip("\n")

    def width(self, citations: Sequence[Citation]) -> int:
        return sum(self._widths[citation.number] for citation in citations) + _TITLE_ROOM


def answer_pages(
    answer: Answer, *, show_question: bool = False, remarks: Sequence[str] = (), tail: str = ""
) -> list[Page]:
    """The pages of an answer, in order; at least one.

    `remarks` are safe lines of ours, such as a hint; `tail` is one that stands below instead of the
    notes, for an answer that is not finished.
    """
    notes = _notes(answer)
    answer = readable_answer(answer)
    known = {citation.number: citation for citation in answer.citations}
    sources = _Sources(answer.citations, answer.statements)
    blocks = list(_statements(answer.statements, known, sources))
    found = bool(blocks)
    lead = clip(answer.lead, 700)
    head = [f"### {clip(answer.question, 300)}"] if show_question else []
    if answer.rewritten:
        head.append(f"-# I read this as: {clip(answer.rewritten, 300)}")
    if not found:
        # A "Yes." whose statements have no source must not stand alone.
        head.append(lead if lead and not answer.found else "The sources do not say.")
        closest = answer.closest[:_MOST_NUMBERS]
        blocks = [_Block("", (citation,)) for citation in closest]
        sources = _Sources(closest, ())
    elif lead:
        head.append(lead)
    head += remarks if found else [*notes, *remarks]
    packed = _packed("\n".join(head), blocks, sources)
    if found:
        tail = tail or "\n".join(notes)
        packed = _with_tail(packed, tail, sources) if tail else packed
    return [Page(text, sources.lines(cited), cited, found) for text, cited in packed]


def _statements(
    statements: Sequence[Statement], known: dict[int, Citation], sources: _Sources
) -> Iterator[_Block]:
    """Statements in order, in pieces that leave room for their sources.

    A statement whose numbers are all unknown is not shown.
    """
    for statement in statements:
        numbers = [n for n in dict.fromkeys(statement.citations) if n in known]
        if not numbers:
            continue
        title = clip(statement.heading, 300)
        start = f"*{clip(statement.note, 100)}:* " if statement.note else ""
        groups = list(_groups([known[number] for number in numbers], sources))
        texts = _emphasised(statement, known) or list(pieces(statement.text, _TEXT)) or [""]
        for text in texts[:-1]:
            yield _Block(start + text, groups[0][:1], title)
            start = ""
        for group in groups:
            marks = "**" + "".join(f"[{citation.number}]" for citation in group) + "**"
            yield _Block(f"{start}{texts[-1]} {marks}".strip(" "), group, title)
            start, texts = "", [""]


def _emphasised(statement: Statement, known: dict[int, Citation]) -> list[str]:
    """The statement with the words that answer in bold; nothing where that is not clear."""
    cited = known.get(statement.citations[0]) if len(statement.citations) == 1 else None
    if cited is None or not cited.answer_spans or cited.quote != statement.text:
        return []
    text, at, shown = statement.text, 0, ""
    for start, end in sorted(cited.answer_spans):
        before, words = inert(text[at:start]), inert(text[start:end])
        touching = shown.endswith("**") and not before
        if start < at or not words or touching:
            return []
        shown += before + " " * (text[at:start][-1:].isspace() and bool(before))
        shown += f"**{words}**" + " " * text[end : end + 1].isspace()
        at = end
    shown = (shown + inert(text[at:])).strip()
    return [shown] if width(shown) <= _TEXT else []


def _groups(citations: Sequence[Citation], sources: _Sources) -> Iterator[tuple[Citation, ...]]:
    """Runs of citations whose source lines fit on a page together."""
    run: list[Citation] = []
    for citation in citations:
        longer = sources.width((*run, citation)) > _SOURCES
        if run and (longer or len(run) == _MOST_NUMBERS):
            yield tuple(run)
            run = []
        run.append(citation)
    yield tuple(run)


def _packed(
    head: str, blocks: Sequence[_Block], sources: _Sources
) -> list[tuple[str, tuple[Citation, ...]]]:
    pages: list[tuple[str, tuple[Citation, ...]]] = [(head, ())]
    above = ""
    only_head = True
    for block in blocks:
        text, cited = pages[-1]
        union = _union(cited, block.citations)
        titled = f"**{block.title}**\n{block.text}" if block.title else block.text
        added = f"\n{titled}" if block.title != above else block.text
        joined = "\n".join(part for part in (text, added) if part).lstrip("\n")
        size = width(joined) + sources.width(union)
        if len(union) <= _MOST_NUMBERS and size <= (LONGEST_PAGE if only_head else _CALM):
            pages[-1] = joined, union
        else:
            pages.append((titled, block.citations))
        only_head, above = False, block.title
    return pages


def _with_tail(
    pages: list[tuple[str, tuple[Citation, ...]]], tail: str, sources: _Sources
) -> list[tuple[str, tuple[Citation, ...]]]:
    text, cited = pages[-1]
    joined = f"{text}\n{tail}"
    if width(joined) + sources.width(cited) <= LONGEST_PAGE:
        return [*pages[:-1], (joined, cited)]
    return [*pages, (tail, ())]


def _union(some: tuple[Citation, ...], others: tuple[Citation, ...]) -> tuple[Citation, ...]:
    numbers = {citation.number: citation for citation in (*some, *others)}
    return tuple(numbers[number] for number in sorted(numbers))


def _lines(citation: Citation, texts: str) -> str:
    lines = [f"**[{citation.number}]** {origin(citation.source, citation.page, brief=True)}"]
    if plain(citation.quote) not in texts:
        lines.append(f"> {clip(citation.quote, _QUOTE)}")
    if citation.also_in:
        lines.insert(1, f"-# also in: {_names(citation.also_in)}")
    return "\n".join(lines)


def _names(sources: Sequence[Source]) -> str:
    shown: list[str] = []
    for number, source in enumerate(sources):
        name = clip(source.title, 80) or clip(source.document, 80) or "untitled"
        if width("; ".join([*shown, name])) > _ALSO_IN:
            return "; ".join(shown) + f" and {len(sources) - number:,} more"
        shown.append(name)
    return "; ".join(shown)


def _notes(answer: Answer) -> list[str]:
    lines = []
    if answer.undated:
        verb = "was" if answer.undated == 1 else "were"
        lines.append(f"-# {counted(answer.undated, 'document')} without a date {verb} left out.")
    if answer.synthesis is not None and answer.synthesis.used:
        worded = {one.shown for one in answer.synthesis.treated}
        whole = all(statement.text in worded for statement in answer.statements)
        lines.append(
            f"-# {'In' if whole else 'Partly in'} a language model's words; each sentence was"
            " checked with its source."
        )
        if answer.synthesis.reason:
            lines[-1] += f" The model stopped early ({clip(answer.synthesis.reason, 150)})."
    elif answer.synthesis is not None and answer.found:
        why = clip(answer.synthesis.reason, 150)
        lines.append(
            "-# In the sources' own words: the language model was not used"
            + (f" ({why})." if why else ".")
        )
    lines += [f"-# {clip(notice, 300)}" for notice in answer.notices[:3] if inert(notice)]
    return lines
