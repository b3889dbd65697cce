"""What a person reads in the terminal."""

import textwrap
from collections.abc import Iterator, Sequence

from index.claims import Bearing, ClaimCheck
from index.markup import readable, readable_answer, readable_citation
from index.printable import printable
from index.report import Report
from index.types import Answer, Citation, Hit, Source, Statement

_WIDTH = 96
_REPRINTS_NAMED = 3


def answer_text(answer: Answer) -> str:
    """The statements with their numbers, then the numbered sources with their quotes."""
    answer = readable_answer(answer)
    lines: list[str] = []
    if answer.rewritten:
        lines += [*_wrapped(f"Read as: {answer.rewritten}", "", ""), ""]
    if answer.found:
        if answer.lead:
            lines += [*_wrapped(answer.lead, "  ", "  "), ""]
        lines += _statements(answer.statements)
        lines += ["", "Sources"]
        for citation in answer.citations:
            lines += _citation(citation)
    else:
        lines += [f"  {answer.lead or 'The sources do not say.'}"]
        if answer.closest:
            lines += ["", "What came closest"]
            for citation in answer.closest:
                lines += _citation(citation)
    if answer.synthesis is not None and answer.synthesis.reason:
        whose = (
            "Begun by a language model, which stopped"
            if answer.synthesis.used
            else "In the sources' own words; no language model"
        )
        lines += ["", *_wrapped(f"{whose}: {answer.synthesis.reason}.", "", "")]
    if answer.undated:
        lines += ["", f"Left out for having no date: {_count(answer.undated, 'document')}."]
    for notice in answer.notices:
        lines += ["", *_wrapped(notice, "", "")]
    return "\n".join(lines)


def _statements(statements: Sequence[Statement]) -> Iterator[str]:
    """Each with its numbers, under the heading that it shares with its neighbours."""
    above = ""
    for statement in statements:
        indent = "    " if statement.heading else "  "
        if statement.heading and statement.heading != above:
            if above:
                yield ""
            yield from _wrapped(statement.heading, "  ", "  ")
        above = statement.heading
        marks = "".join(f"[{number}]" for number in statement.citations)
        note = f"({statement.note}) " if statement.note else ""
        yield from _wrapped(f"{note}{statement.text} {marks}", indent, indent)


def claim_text(check: ClaimCheck) -> str:
    """How the sources stand to a claim, then the places."""
    lines = [f"  {str(check.bearing).capitalize()}. {check.reason}".rstrip()]
    if check.citations:
        lines += ["", "What came closest" if check.bearing is Bearing.NOT_FOUND else "Sources"]
        for citation in check.citations:
            lines += _citation(readable_citation(citation))
    for notice in check.notices:
        lines += ["", *_wrapped(notice, "", "")]
    return "\n".join(lines)


def hits_text(hits: list[Hit]) -> str:
    """Ranked passages with where they stand."""
    lines: list[str] = []
    for number, hit in enumerate(hits, 1):
        lines += _wrapped(f"{_origin(hit.source)}", f"{number:>3}. ", "     ")
        lines += [f"     {printable(hit.source.document)}  {hit.passage.start}-{hit.passage.end}"]
        shown = readable(hit.text, hit.source.document)
        lines += [*_wrapped(" ".join(shown.split()), "     ", "     "), ""]
    return "\n".join(lines).rstrip() or "Nothing matches."


def report_text(report: Report) -> str:
    """What a reindex did, in a few lines."""
    if not report.changed:
        return (
            f"Nothing has changed: {_count(report.unchanged, 'document')} in {report.generation}."
        )
    parts = [
        f"{number} {name}"
        for number, name in (
            (report.added, "added"),
            (report.edited, "changed"),
            (report.removed, "removed"),
            (report.unchanged, "unchanged"),
        )
        if number
    ]
    lines = [
        f"Generation {report.generation} is live after {report.seconds['total']:.1f} s:"
        f" documents {', '.join(parts) or 'none'};"
        f" {_count(report.passages, 'passage')}, {report.embedded} newly embedded;"
        f" {_count(report.attributions, 'attribution')}."
    ]
    if report.failed:
        lines += [f"Not read: {_count(len(report.failed), 'file')}"]
        lines += [f"  {printable(path)}: {printable(reason)}" for path, reason in report.failed]
    for note in report.notes:
        lines += _wrapped(note, "", "  ")
    return "\n".join(lines)


def _citation(citation: Citation) -> Iterator[str]:
    page = f" · page {citation.page}" if citation.page else ""
    yield from _wrapped(f"[{citation.number}] {_origin(citation.source)}{page}", "  ", "      ")
    yield f"      {printable(citation.source.document)}"
    yield from _wrapped(f"“{' '.join(_marked(citation).split())}”", "      ", "      ")
    if citation.also_in:
        names = [_origin(source) for source in citation.also_in]
        more = len(names) - _REPRINTS_NAMED
        shown = names if more <= 1 else [*names[:_REPRINTS_NAMED], f"{more} others"]
        yield from _wrapped(f"also in: {'; '.join(shown)}", "      ", "      ")


def _marked(citation: Citation) -> str:
    """The quote with the words that answer in bold; click takes that out for a file or a pipe."""
    text = citation.quote
    for start, end in sorted(citation.answer_spans, reverse=True):
        text = f"{text[:start]}\x1b[1m{text[start:end]}\x1b[0m{text[end:]}"
    return text


def _origin(source: Source) -> str:
    parts = (source.title, source.publisher, source.published)
    return " · ".join(printable(part) for part in parts if part)


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
