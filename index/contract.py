"""The JSON that scripts rely on, made of the program's values (`docs/contract.md`)."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from index.claims import ClaimCheck
from index.report import Report
from index.types import Answer, Attribution, Citation, Document, Hit, Query, Source, Span

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    return {
        "question": answer.question,
        **({} if answer.rewritten is None else {"rewritten": answer.rewritten}),
        "kind": "attribution" if answer.attributions else answer.query.kind,
        "query": _query(answer.query),
        "found": answer.found,
        "confidence": answer.confidence,
        "statements": [
            {
                "text": statement.text,
                "citations": list(statement.citations),
                "attributions": list(statement.attributions),
                "heading": statement.heading,
                "note": statement.note,
            }
            for statement in answer.statements
        ],
        "citations": [_citation(citation) for citation in answer.citations],
        "attributions": [attribution_json(attribution) for attribution in answer.attributions],
        "closest": [] if answer.found else [hit_json(hit) for hit in answer.hits[:3]],
        "lead": answer.lead,
        "undated": answer.undated,
        "notices": list(answer.notices),
        "generation": answer.generation,
        "seconds": answer.seconds,
        **({} if answer.synthesis is None else {"synthesis": asdict(answer.synthesis)}),
    }


def claim_json(check: ClaimCheck) -> Json:
    return {
        "claim": check.claim,
        "bearing": check.bearing,
        "reason": check.reason,
        "citations": [_citation(citation) for citation in check.citations],
        "notices": list(check.notices),
        "generation": check.generation,
        "seconds": check.seconds,
    }


def attribution_json(attribution: Attribution) -> Json:
    start, end = attribution.sentence
    return {
        "id": attribution.id,
        "document": attribution.document,
        "speaker": _span(attribution.speaker),
        "cue": _span(attribution.cue),
        "target": _span(attribution.target),
        "content": [_span(span) for span in attribution.content],
        "sentence": {"start": start, "end": end},
        "stance": attribution.stance,
        "explicit": attribution.explicit,
        "negated": attribution.negated,
        "hypothetical": attribution.hypothetical,
    }


def _span(span: Span | None) -> Json | None:
    if span is None:
        return None
    name = {} if span.name is None else {"name": span.name}
    return {"start": span.start, "end": span.end, "text": span.text, **name}


def hit_json(hit: Hit) -> Json:
    return {
        "document": hit.source.document,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": hit.score,
        "text": hit.text,
    }


def document_json(document: Document, text: str) -> Json:
    return {
        "document": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
        "sha256": document.sha256,
        "length": len(document.text),
        "text": text,
    }


def report_json(report: Report) -> Json:
    return {
        "generation": report.generation,
        "changed": report.changed,
        "documents": {
            "added": report.added,
            "changed": report.edited,
            "unchanged": report.unchanged,
            "removed": report.removed,
            "failed": [{"path": path, "reason": reason} for path, reason in report.failed],
        },
        "passages": report.passages,
        "attributions": report.attributions,
        "embedded": report.embedded,
        "check": {"self_recall": report.check.recall, "sampled": report.check.sampled},
        "seconds": _rounded(report.seconds),
        "notes": list(report.notes),
    }


def _rounded(seconds: Mapping[str, float]) -> dict[str, float]:
    stages = ("read", "parse", "embed", "store", "check", "total")
    return {stage: round(seconds.get(stage, 0.0), 3) for stage in stages}


def _query(query: Query) -> Json:
    return {
        "stance": query.stance,
        "speaker": query.speaker,
        "target": query.target,
        "topic": query.topic,
        "since": query.since,
        "until": query.until,
        "understood": query.understood,
    }


def _citation(citation: Citation) -> Json:
    return {
        "number": citation.number,
        **_source(citation.source),
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "also_in": [source.document for source in citation.also_in],
        "answer_spans": [{"start": a, "end": b} for a, b in citation.answer_spans],
    }


def _source(source: Source) -> Json:
    return {
        "document": source.document,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
    }
