"""A sentence whose verb has lost its subject, parsed once more in an easier form.

The small parser runs an opening without a comma into the subject ("In an interview with the
Gazette officials slam …") and takes a rare verb for a noun ("A spokesman denounces journalists").
A comma, no opening at all, or a commoner verb in its place, and it reads the rest rightly; the
words stay what they were, only their tags and heads are taken over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from index.attribution.lost_verbs import (
    FINITE,
    aside,
    is_closed,
    judges,
    judging_verbs,
    lost_name,
    orphan,
    present_forms,
    subject_starts,
    unread_verb,
)
from index.attribution.mending import mend
from index.attribution.past_forms import judging
from index.attribution.set_off import SetOff, apposed, interruption, names_set_off

_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_COMMON = {
    "clause": {"VBZ": "says", "VBP": "say", "VBD": "wrote"},
    "place": {"VBZ": "complains", "VBP": "complain", "VBD": "spoke"},
    "object": {"VBZ": "accuses", "VBP": "thanked", "VBD": "forgave"},
}


@dataclass(frozen=True, slots=True)
class _Variant:
    """Words of one sentence in an easier form; `origin[j]` is where word j stands in the text.

    A `lost` sentence has a verb that no form of it has mended.
    """

    sentence: int
    words: tuple[str, ...]
    origin: tuple[int | None, ...]
    verb: int | None
    subject: int | None
    tags: tuple[tuple[int, str, str], ...] = ()
    gap: int = 0
    names: tuple[SetOff, ...] = ()
    lost: bool = False


def look_again(nlp: Language, docs: Sequence[Doc]) -> list[Doc]:
    """The parsed texts, with the sentences parsed again in which a judging verb has no subject."""
    variants = [(number, v) for number, doc in enumerate(docs) for v in _variants(doc)]
    if not variants:
        return list(docs)
    easier = (_words(nlp, v.words) for _, v in variants)
    better: dict[tuple[int, int], tuple[_Variant, Doc]] = {}
    for (number, variant), parsed in zip(variants, nlp.pipe(easier), strict=True):
        key = number, variant.sentence
        if key not in better and _is_better(variant, parsed):
            better[key] = variant, parsed
    result = list(docs)
    for number in {number for number, _ in better}:
        found = [better[key] for key in better if key[0] == number]
        result[number] = _rebuilt(docs[number], found)
        mend(result[number])
    return result


def _words(nlp: Language, words: Sequence[str]) -> Doc:
    return Doc(nlp.vocab, words=list(words), sent_starts=[i == 0 for i in range(len(words))])


def _variants(doc: Doc) -> Iterator[_Variant]:
    for sentence in doc.sents:
        yield from _of_sentence(sentence)


def _of_sentence(sentence: Span) -> Iterator[_Variant]:
    yield from _without_names(sentence)
    for verb in judging_verbs(sentence):
        parted = interruption(verb)
        if parted is not None:
            yield _variant(sentence, verb.i, None, without=parted)
    verb = unread_verb(sentence)
    if verb is not None:
        tag, lemma = _reading(verb)
        common = {verb.i: _commoner(verb, tag)}
        changed = ((verb.i, tag, lemma),)
        yield _variant(sentence, verb.i, None, common=common, tags=changed)
        for start in subject_starts(sentence, verb):
            before = range(sentence.start, start)
            yield _variant(sentence, verb.i, start, without=before, common=common, tags=changed)
    verb = orphan(sentence)
    if verb is not None:
        yield from _with_subject(sentence, verb)
    elif lost_name(sentence):
        yield _variant(sentence, None, None, common={sentence.start: "Mary"})
    if verb is not None or unread_verb(sentence) is not None:
        for variant in _without_names(sentence):
            yield replace(variant, lost=True)


def _without_names(sentence: Span) -> Iterator[_Variant]:
    names = names_set_off(sentence) if judges(sentence) else []
    for chosen in [names, *([name] for name in names if len(names) > 1)] if names else []:
        between = [i for name in chosen for i in range(name.start, name.end)]
        yield _variant(sentence, None, None, without=between, names=tuple(chosen))


def _with_subject(sentence: Span, verb: Token) -> Iterator[_Variant]:
    cut_off = aside(verb)
    if cut_off is not None:
        yield _variant(sentence, verb.i, None, without=range(*cut_off))
    for start in subject_starts(sentence, verb):
        if sentence.doc[start - 1].text not in ",:":
            yield _variant(sentence, verb.i, start)
        before = range(sentence.start, start)
        yield _variant(sentence, verb.i, start, without=before)
        if cut_off is not None and start < cut_off[0]:
            yield _variant(sentence, verb.i, start, without=[*before, *range(*cut_off)])


def _reading(verb: Token) -> tuple[str, str]:
    """The tag and the lemma of a verb that the tagger took for something else."""
    lemma = present_forms().get(verb.lower_)
    if lemma is not None:
        return ("VBZ" if verb.lower_.endswith("s") and lemma != verb.lower_ else "VBP"), lemma
    return "VBD", judging(verb.lower_) or verb.lemma_


def _commoner(verb: Token, tag: str) -> str:
    """A common verb that is nothing but a verb, with the same kind of complement."""
    after = verb.nbor(1)
    kind = (
        "clause"
        if after.lower_ == "that" or after.text == "," or is_closed(verb) or _reports(verb)
        else "place"
        if after.pos_ in ("ADP", "ADV")
        else "object"
    )
    return _COMMON[kind][tag]


def _reports(verb: Token) -> bool:
    """ "alleged on stage, to an empty hall, that": a clause after what says where."""
    after = verb.doc[verb.i + 1 : verb.sent.end - 1]
    parted = (t for t in after if t.text == "," and t.nbor(1).lower_ == "that")
    return verb.nbor(1).pos_ == "ADP" and next(parted, None) is not None


def _variant(
    sentence: Span,
    verb: int | None,
    start: int | None,
    *,
    without: Sequence[int] = (),
    common: dict[int, str] | None = None,
    tags: tuple[tuple[int, str, str], ...] = (),
    names: tuple[SetOff, ...] = (),
) -> _Variant:
    words: list[str] = []
    origin: list[int | None] = []
    for token in sentence:
        if token.i in without:
            continue
        if token.i == start and not without:
            words.append(",")
            origin.append(None)
        words.append((common or {}).get(token.i, token.text))
        origin.append(token.i)
    gap = without[0] if without and start is None else 0
    if sentence.start in without:
        words[0] = words[0][0].upper() + words[0][1:]
    return _Variant(sentence.start, tuple(words), tuple(origin), verb, start, tags, gap, names)


def _is_better(variant: _Variant, parsed: Doc) -> bool:
    if variant.names:
        whole = parsed[:]
        told = _governing_subject(whole.root) is not None
        right = variant.lost or (orphan(whole) is None and unread_verb(whole) is None)
        return told and right
    if variant.verb is None:
        head = parsed[0].head
        passive = any(c.dep_ in ("agent", "auxpass") for c in head.children)
        finite = head.tag_ in FINITE or (head.tag_ == "VBN" and head.dep_ == "ROOT")
        judged = judging(head.lower_) is not None or head.lower_ in present_forms()
        return parsed[0].dep_ == "nsubj" and finite and not (passive or judged)
    verb = parsed[variant.origin.index(variant.verb)]
    if verb.pos_ != "VERB" or verb.dep_ in ("amod", "compound", "acl"):
        return False
    subject = _governing_subject(verb)
    if subject is None or subject.pos_ not in _NOMINAL:
        return False
    if subject.i > verb.i and not (verb.i and is_closed(verb)):
        return False
    if (
        variant.tags
        and not any(c.dep_ in ("dobj", "ccomp", "xcomp", "prep", "prt") for c in verb.children)
        and verb.dep_ != "parataxis"
    ):
        return False
    if variant.subject is None:
        place = variant.origin[subject.i]
        return not variant.gap or (place is not None and place < variant.gap)
    first: bool = variant.origin[subject.left_edge.i] == variant.subject
    return first


def _governing_subject(verb: Token) -> Token | None:
    """The subject of a verb, or of the main verb that it is joined to."""
    for _ in range(4):
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None or verb.dep_ not in ("conj", "advcl", "xcomp"):
            return subject
        verb = verb.head
    return None


def _rebuilt(doc: Doc, found: Sequence[tuple[_Variant, Doc]]) -> Doc:
    """The text with the heads and tags of its easier sentences."""
    heads = [t.head.i for t in doc]
    deps, tags, poss = ([getattr(t, a) for t in doc] for a in ("dep_", "tag_", "pos_"))
    lemmas = [t.lemma_ for t in doc]
    for variant, parsed in found:
        kept = {i for i in variant.origin if i is not None}
        for token, i in zip(parsed, variant.origin, strict=True):
            if i is None:
                continue
            head = variant.origin[token.head.i]
            heads[i] = head if head is not None else variant.verb or i
            deps[i] = token.dep_ if head is not None or token.head == token else "dep"
            tags[i], poss[i] = token.tag_, token.pos_
            if token.text.lower() == doc[i].lower_:
                lemmas[i] = token.lemma_
        for i, tag, lemma in variant.tags:
            tags[i], poss[i], lemmas[i] = tag, "VERB", lemma
        root = next(
            i for t, i in zip(parsed, variant.origin, strict=True) if t.head == t and i is not None
        )
        for token in doc[variant.sentence].sent:
            if token.i not in kept and (heads[token.i] in kept or heads[token.i] == token.i):
                heads[token.i] = root
                deps[token.i] = deps[token.i] if deps[token.i] in _LOOSE else "dep"
        for name in variant.names:
            apposed(deps, heads, name)
        for token in parsed:
            i = variant.origin[token.i]
            if token.head == token and i is not None and i != root:
                heads[i], deps[i] = root, "dep"
    return Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=tags,
        pos=poss,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )


_LOOSE = frozenset(["prep", "advmod", "advcl", "npadvmod", "punct", "cc"])
