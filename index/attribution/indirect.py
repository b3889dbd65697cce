"""Indirect speech: the clause, infinitive or object that a verb reports."""

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from index.attribution import arguments, syntax
from index.attribution.clauses import content_clause, stray_clause
from index.attribution.cues import word_class
from index.attribution.frames import Characters, characters, subtree, trim
from index.attribution.stray_subjects import inverted_speaker

# A clause that begins so after ", she said," is the writer's own.
_JOINERS = frozenset(["and", "but", "while", "who", "which", "after", "as", "when"])


def indirect_content(
    verb: Token, lemma: str, takes_object: bool, sentence: Sentence
) -> list[Characters]:
    """The clause, infinitive or object that the verb reports."""
    found = _around(verb, lemma, sentence) or _clause(verb, lemma, sentence)
    if found:
        return found
    infinitive = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if infinitive is not None and (takes_object or lemma in word_class("takes_infinitive")):
        return subtree(infinitive)[:1]
    if takes_object or lemma in word_class("takes_object"):
        return _object(verb)
    return []


def _around(verb: Token, lemma: str, sentence: Sentence) -> list[Characters]:
    """Both sides of a tag between commas: "The damp, she said, is to blame"."""
    subject = inverted_speaker(verb) or syntax.child(verb, "nsubj")
    if subject is None or lemma not in word_class("tags") or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return []
    doc = verb.doc
    left = min(subject.left_edge.i, verb.i)
    right = max(subject.right_edge.i, verb.i) + 1
    while right < sentence.end and doc[right].text not in (",", "—", "–") and right - left < 14:
        if doc[right].pos_ in ("VERB", "AUX") or doc[right].dep_ in ("mark", "nsubj", "poss"):
            return []
        right += 1
    if left == sentence.start or doc[left - 1].text not in (",", "—", "–"):
        return []
    if right >= sentence.end - 1 or doc[right].text not in (",", "—", "–"):
        return []
    before, after = doc[sentence.start : left - 1], doc[right + 1 : sentence.end]
    if not _is_finite(after):
        return []
    if _is_finite(before) and after[0].lower_ in _JOINERS:
        return []
    spans = (trim(verb.doc.text, characters(list(part))) for part in (before, after))
    return [span for span in spans if span is not None]


def _clause(verb: Token, lemma: str, sentence: Sentence) -> list[Characters]:
    subject = syntax.child(verb, "nsubj", "nsubjpass")
    clause = content_clause(verb)
    if clause is None and lemma in word_class("tags"):
        stray = stray_clause(verb)
        if stray is not None:
            return subtree(stray)
    if clause is not None and (clause.i > verb.i or lemma in word_class("tags")):
        spans = subtree(clause)
        if spans:
            start, end = spans[0][0], spans[-1][1]
            if not start <= verb.idx < end:
                return [_whole((start, end), verb, sentence)]
            return [span for span in spans if span[1] - span[0] > 5]
    if subject is not None and clause is None and _is_tagged(verb, lemma):
        before = trim(verb.doc.text, characters(list(verb.doc[sentence.start : verb.i])))
        return [before] if before is not None else []
    governor = verb.head
    mark = syntax.child(verb, "mark", "advmod")
    if (
        (verb.dep_ == "parataxis" and lemma in word_class("tags"))
        or (verb.dep_ in ("advcl", "dep") and mark is not None and mark.lower_ == "as")
    ) and governor.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
        free = not any(c.dep_ in ("dobj", "xcomp") for c in verb.children)
        spans = subtree(governor, [verb]) if subject is not None and free else []
        return [span for span in spans if span[1] - span[0] > 8]
    return []


def _is_tagged(verb: Token, lemma: str) -> bool:
    """ "The clerk signed for nothing, says Orr": read as if the clerk said it."""
    subject = arguments.surface_subject(verb)
    return (
        verb.tag_ in ("VBD", "VBZ")
        and verb.dep_ == "ROOT"
        and lemma in word_class("tags")
        and subject is not None
        and subject.i > verb.i
        and verb.i > 0
        and verb.nbor(-1).text == ","
    )


def _object(verb: Token) -> list[Characters]:
    """What is announced, described or supported, with what it is described as."""
    doc = verb.doc
    patient = syntax.child(verb, "dobj")
    label = syntax.child(verb, "oprd")
    ends = [
        c.right_edge.i
        for c in verb.children
        if c.i > verb.i
        and (c.dep_ in ("dobj", "oprd") or (c.dep_ == "prep" and c.lower_ in ("as", "of")))
    ]
    if (patient is None and label is None) or not ends:
        return []
    if patient is not None and patient.lower_ in ("that", "this", "so", "what", "which", "who"):
        return []
    if (
        patient is not None
        and patient.lower_ in ("it", "him", "her", "them")
        and label is None
        and len(ends) < 2
    ):
        return []
    first = patient if patient is not None else label
    if first is None:
        return []
    start = first.left_edge.i if first.i > verb.i else verb.i + 1
    if start > max(ends):
        return []
    span = trim(verb.doc.text, characters(list(doc[start : max(ends) + 1])))
    return [span] if span is not None else []


def _whole(span: Characters, verb: Token, sentence: Sentence) -> Characters:
    """What stands before "…, Korin said" is all content, however it was parsed."""
    start, end = span
    if end <= verb.idx:
        lead = verb.doc.text[sentence.start_char : start]
        if lead.strip(' “"‘`') == "" or (
            lead and not _subject_inside(verb, sentence.start_char, start)
        ):
            trimmed = trim(verb.doc.text, (sentence.start_char, end))
            if trimmed is not None:
                return trimmed
    return span


def _is_finite(tokens: Sentence) -> bool:
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens)


def _subject_inside(verb: Token, start: int, end: int) -> bool:
    subject = syntax.child(verb, "nsubj")
    return subject is not None and start <= subject.idx < end
