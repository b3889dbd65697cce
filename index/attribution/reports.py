"""Reported speech: said, according to, quotation marks before, after and around the speaker."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from index.attribution import parties, syntax
from index.attribution.cues import Lexicon
from index.attribution.frames import Characters, Frame, characters, cue_span, subtree, trim
from index.attribution.parsing import ParsedBlock
from index.attribution.phrases import mention
from index.attribution.polarity import polarity
from index.attribution.quotations import Quotation
from index.attribution.roles import admissible_speakers, speakers_of
from index.types import Stance

_SPEECH = frozenset(
    [Stance.SAY, Stance.BELIEVE, Stance.PROMISE, Stance.DEMAND, Stance.WARN, Stance.PRAISE]
)
# Things say these of themselves ("the tracks show"): the subject must be somebody or a document.
_OF_THINGS = frozenset(
    [
        "show",
        "find",
        "indicate",
        "suggest",
        "reveal",
        "demonstrate",
        "signal",
        "hold",
        "offer",
        "continue",
        "begin",
        "mean",
        "imply",
        "reflect",
        "require",
        "rule",
        "point",
        "detail",
        "hear",
        "learn",
        "determine",
        "figure",
        "view",
        "feel",
        "want",
        "seek",
        "refuse",
        "agree",
        "know",
        "plan",
        "support",
        "decide",
        "expect",
        "back",
        "post",
        "publish",
        "ask",
        "call",
        "discover",
        "report",
        "submit",
        "answer",
        "question",
        "note",
        "add",
        "verify",
        "snap",
        "rumble",
        "roar",
        "sing",
        "reason",
        "object",
        "cry",
        "detail",
        "relate",
        "conclude",
        "propose",
        "volunteer",
        "venture",
        "swear",
    ]
)
# Verbs whose plain object is what was said.
_OBJECTS = frozenset(
    [
        "announce",
        "propose",
        "promise",
        "pledge",
        "acknowledge",
        "admit",
        "concede",
        "confirm",
        "reveal",
        "predict",
        "suggest",
        "recommend",
        "cite",
        "describe",
        "emphasise",
        "emphasize",
        "stress",
        "reiterate",
        "mention",
        "recall",
        "explain",
        "claim",
        "tout",
        "question",
        "support",
        "oppose",
        "endorse",
        "fear",
        "expect",
        "deny",
        "demand",
        "request",
        "discuss",
        "disclose",
        "proclaim",
        "estimate",
        "allege",
        "vow",
        "advocate",
        "favour",
        "favor",
        "champion",
        "outline",
        "highlight",
        "forecast",
        "foresee",
        "anticipate",
        "doubt",
        "suspect",
        "believe",
        "portray",
        "characterise",
        "characterize",
        "depict",
        "regret",
        "deplore",
        "lament",
        "underline",
        "underscore",
        "consider",
        "profess",
        "affirm",
        "assert",
        "note",
        "state",
        "declare",
        "report",
        "urge",
        "warn",
    ]
)
_INFINITIVES = frozenset(
    [
        "promise",
        "pledge",
        "vow",
        "swear",
        "offer",
        "agree",
        "refuse",
        "decline",
        "want",
        "hope",
        "expect",
        "plan",
        "intend",
        "wish",
        "prefer",
        "threaten",
        "claim",
        "decide",
        "volunteer",
        "undertake",
        "seek",
        "propose",
        "ask",
        "demand",
        "urge",
        "guarantee",
        "fear",
        "beg",
        "profess",
    ]
)
# Verbs that can follow what was said: "The damp did it, she said".
_TAGS = frozenset(
    """say state add note claim argue contend assert insist declare announce report explain suggest
    acknowledge admit concede confirm observe remark comment reply respond recall write tweet
    testify predict estimate stress reiterate joke quip exclaim shout cry proclaim continue conclude
    counter retort warn caution allege complain protest think believe hope fear suspect guess suppose
    know feel show indicate tell quote maintain reveal learn hear ask mutter whisper boast lament
    find charge emphasize emphasise imagine expect""".split()
)
_INTRODUCERS = frozenset([":", ","])
_ACCORDING = frozenset(
    [
        "plan",
        "plans",
        "schedule",
        "rule",
        "rules",
        "taste",
        "need",
        "needs",
        "size",
        "age",
        "custom",
    ]
)


class Reports:
    """The reported speech of one block, given its quotations.

    `owners` tells afterwards which frame holds which quotation; `pending` is a quotation that
    nobody in the block owns and whose speaker may be found around it.
    """

    def __init__(
        self, parsed: ParsedBlock, quotations: Sequence[Quotation], lexicon: Lexicon
    ) -> None:
        self.parsed = parsed
        self.quotations = list(quotations)
        self.lexicon = lexicon
        self.text = parsed.doc.text
        self.owners: dict[int, int] = {}

    def quotation_at(self, character: int) -> int | None:
        for i, quotation in enumerate(self.quotations):
            if quotation.start <= character < quotation.end:
                return i
        return None

    def frames(self) -> list[Frame]:
        found: list[Frame] = []
        for sentence in self.parsed.doc.sents:
            for token in sentence:
                frame = (
                    self._according(token, sentence)
                    or self._colon(token, sentence)
                    or self._verb(token, sentence)
                )
                if frame is None:
                    continue
                self._claim(frame, len(found))
                found.append(frame)
        self._follow(found)
        return found

    def _claim(self, frame: Frame, number: int) -> None:
        for start, end in frame.content:
            for i, quotation in enumerate(self.quotations):
                if quotation.start < end and start < quotation.end:
                    self.owners.setdefault(i, number)

    def _follow(self, found: list[Frame]) -> None:
        """A quotation that stands as a sentence of its own belongs to who spoke just before."""
        if not found:
            return
        doc = self.parsed.doc
        starts = {sentence.start_char: sentence for sentence in doc.sents}
        for i, quotation in enumerate(self.quotations):
            if i in self.owners or i == 0 or (i - 1) not in self.owners:
                continue
            sentence = starts.get(quotation.start)
            if sentence is None:
                continue
            tail = self.text[quotation.end :].lstrip(" .")
            ends = [s.end_char for s in doc.sents]
            whole = quotation.end in ends or not tail or quotation.open
            before = self.text[self.quotations[i - 1].end : quotation.start]
            if not whole or len(before) > 160:
                continue
            number = self.owners[i - 1]
            frame = found[number]
            if frame.stance not in _SPEECH:
                continue
            found[number] = frame.with_content([*frame.content, (quotation.start, quotation.end)])
            self.owners[i] = number

    def _according(self, token: Token, sentence: Sentence) -> Frame | None:
        if (
            token.lower_ != "according"
            or token.i + 1 >= sentence.end
            or token.nbor(1).lower_ != "to"
        ):
            return None
        to = token.nbor(1)
        head = syntax.child(to, "pobj") or syntax.child(token, "pobj")
        if head is None or head.lower_ in _ACCORDING:
            return None
        speakers = admissible_speakers(head, self.lexicon)
        if not speakers:
            return None
        phrase = [t for t in {*token.subtree, *to.subtree}]
        phrase_start, phrase_end = characters(phrase)
        if phrase_end <= head.idx:
            return None
        start, end = sentence.start_char, sentence.end_char
        governor = token.head
        if (
            governor.pos_ in ("VERB", "AUX")
            and governor.dep_ in ("ccomp", "conj", "advcl", "relcl")
            and token.i > sentence.start + 2
        ):
            if governor.dep_ != "ccomp" or governor.head.i > governor.i:
                start, end = characters(list(governor.subtree))
                start, end = min(start, phrase_start), max(end, phrase_end)
        before = trim(self.text, (start, phrase_start))
        after = trim(self.text, (phrase_end, end))
        if (
            before is not None
            and after is not None
            and after[1] - after[0] < 25
            and token.i - sentence.start > 3
        ):
            after = None
        content = [self.balanced(span) for span in (before, after) if span is not None]
        if not content:
            return None
        return Frame(
            token, Stance.SAY, (token.idx, to.idx + len(to.text)), speakers, (), tuple(content)
        )

    def _colon(self, token: Token, sentence: Sentence) -> Frame | None:
        """'Fire chief Ines Roth: "It was arson"': a party, a colon and what it says."""
        if token.text != ":" or not sentence.start < token.i < sentence.start + 12:
            return None
        if token.i + 1 >= sentence.end or self.quotation_at(token.nbor(1).idx) is None:
            return None
        before = token.doc[sentence.start : token.i]
        if any(t.pos_ in ("VERB", "AUX") for t in before) or self.quotation_at(before[0].idx) is not None:
            return None
        head = before[-1]
        if head.pos_ != "PROPN" or head.ent_type_ in ("DATE", "TIME", "GPE"):
            return None
        i = self.quotation_at(token.nbor(1).idx)
        quotation = self.quotations[i] if i is not None else None
        if quotation is None or not parties.is_party(head, self.lexicon):
            return None
        return Frame(
            token,
            Stance.SAY,
            (token.idx, token.idx + 1),
            (head,),
            content=((quotation.start, quotation.end),),
        )

    def balanced(self, span: Characters) -> Characters:
        """Grown so that it does not cut a quotation."""
        start, end = span
        for quotation in self.quotations:
            if quotation.start < start < quotation.end and quotation.end <= end:
                start = quotation.start
            if quotation.start < end < quotation.end and quotation.start >= start:
                end = quotation.end
        return start, end

    def _verb(self, verb: Token, sentence: Sentence) -> Frame | None:
        if verb.pos_ not in ("VERB", "AUX") or verb.dep_ in ("aux", "auxpass", "amod", "compound"):
            return None
        lemma = verb.lemma_.lower()
        cues = [cue for cue in self.lexicon.verbs.get(lemma, ()) if cue.stance in _SPEECH]
        if self.quotation_at(verb.idx) is not None:
            return None
        if not cues:
            return mention(verb, self.lexicon)
        cue = next((c for c in cues if c.stance is Stance.SAY), cues[0])
        stance = self._stance(lemma)
        speakers = self._speakers(verb, lemma)
        if speakers is None:
            return None
        content = self._direct(verb, sentence)
        if not content:
            content = self._indirect(verb, lemma, cue.object, sentence)
        if not content:
            return mention(verb, self.lexicon)
        negated, hypothetical = polarity(verb, self.lexicon)
        return Frame(
            verb, stance, cue_span(verb), speakers, (), tuple(content), True, negated, hypothetical
        )

    def _stance(self, lemma: str) -> Stance:
        first = self.lexicon.verbs[lemma][0].stance
        return first if first in _SPEECH and lemma not in ("ask", "thank") else Stance.SAY

    def _speakers(self, verb: Token, lemma: str) -> tuple[Token, ...] | None:
        passive = syntax.is_passive(verb)
        if passive:
            if lemma in (
                "tell",
                "inform",
                "remind",
                "assure",
                "warn",
                "quote",
                "urge",
                "report",
                "describe",
                "announce",
                "propose",
                "write",
                "ask",
                "call",
                "note",
            ):
                who = syntax.agent(verb)
                return (
                    admissible_speakers(who, self.lexicon, strict=True) or None
                    if who is not None
                    else None
                )
            return None
        strict = lemma in _OF_THINGS
        found = speakers_of(verb, self.lexicon, strict=strict)
        found = tuple(t for t in found if self.quotation_at(t.idx) is None or self._is_partial(t))
        if not found:
            fallback = self._beside(verb)
            found = (fallback,) if fallback is not None else ()
        return found or None

    def _is_partial(self, token: Token) -> bool:
        i = self.quotation_at(token.idx)
        return i is not None and self.quotations[i].end - self.quotations[i].start < 30

    def _beside(self, verb: Token) -> Token | None:
        """The name right beside a verb that closes a quotation, where the parse has lost it."""
        if verb.lemma_ not in (
            "say",
            "add",
            "write",
            "ask",
            "reply",
            "tell",
            "explain",
            "note",
            "tweet",
        ):
            return None
        doc = verb.doc
        if (verb.i and self.quotation_at(doc[verb.i - 1].idx) is not None) or (
            verb.i and doc[verb.i - 1].text in ("”", '"', "''")
        ):
            for token in doc[verb.i + 1 : verb.i + 8]:
                if token.text in ",.;:" or token.pos_ == "VERB":
                    break
                if token.pos_ in ("PROPN", "PRON", "NOUN") and token.dep_ != "compound":
                    return token if parties.is_party(token, self.lexicon) else None
        return None

    def _direct(self, verb: Token, sentence: Sentence) -> list[Characters]:
        """The quotations that a verb such as "said" introduces, closes or interrupts."""
        inside = [
            (i, q)
            for i, q in enumerate(self.quotations)
            if q.start < sentence.end_char and q.end > sentence.start_char
        ]
        if not inside:
            return []
        text = self.text
        clause_start = min(t.idx for t in verb.subtree if self.quotation_at(t.idx) is None)
        content: list[Characters] = []
        before = [(i, q) for i, q in inside if q.end <= verb.idx]
        after = [(i, q) for i, q in inside if q.start > verb.idx]
        if before:
            i, last = before[-1]
            gap = text[last.end : verb.idx]
            opens = before[0][1].start <= sentence.start_char + 1
            spoken = text[last.start : last.end].rstrip("”\"'’ ")[-1:] in ",?!—–-." or gap.lstrip()[
                :1
            ] in (",", "—")
            if (
                opens
                and spoken
                and len(gap.split()) <= 14
                and i not in self.owners
                and not _clause_between(verb, last.end)
            ):
                content = [(q.start, q.end) for j, q in before if j not in self.owners]
                if len(content) > 1:  # the words between quotations of one sentence are part of it
                    content = [(content[0][0], content[-1][1])]
        if after and (content or not before or True):
            i, first = after[0]
            gap = text[verb.idx + len(verb.text) : first.start]
            introduced = gap.rstrip()[-1:] in _INTRODUCERS or gap.strip() == ""
            capital = next((c for c in text[first.start : first.end] if c.isalnum()), "a")
            whole = (
                first.end >= sentence.end_char - 2
                or text[first.start : first.end].rstrip("”\"'’ ")[-1:] in ",?!."
            )
            close = len(gap.split()) <= 12
            if (
                content
                and close
                and (whole or introduced)
                and (introduced or gap.strip(" ,.").count(" ") < 8)
            ):
                content += [(q.start, q.end) for j, q in after if j not in self.owners][:1]
            elif (
                not content
                and introduced
                and close
                and whole
                and (capital.isupper() or capital.isdigit() or gap.strip().endswith(":"))
            ):
                content = [
                    (
                        first.start,
                        max(
                            first.end,
                            after[-1][1].end if after[-1][1].end >= sentence.end_char - 2 else 0,
                        ),
                    )
                ]
        del clause_start
        return content

    def _indirect(
        self, verb: Token, lemma: str, takes_object: bool, sentence: Sentence
    ) -> list[Characters]:
        """The clause, infinitive or object that the verb reports."""
        found = self._around(verb, lemma, sentence) or self._clause(verb, lemma, sentence)
        if found:
            return found
        infinitive = next((c for c in verb.children if c.dep_ == "xcomp"), None)
        if infinitive is not None and (takes_object or lemma in _INFINITIVES):
            return [self.balanced(span) for span in subtree(infinitive)[:1]]
        if takes_object or lemma in _OBJECTS:
            return self._object(verb)
        return []

    def _around(self, verb: Token, lemma: str, sentence: Sentence) -> list[Characters]:
        """Both sides of a tag between commas: "The damp, she said, is to blame"."""
        subject = syntax.child(verb, "nsubj")
        if subject is None or lemma not in _TAGS or verb.tag_ not in ("VBD", "VBZ", "VBP"):
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
        if _is_finite(before) and not _is_finite(after):
            return []
        if not _is_finite(before) and not _is_finite(after):
            return []
        if _is_finite(before) and after[0].lower_ in (
            "and",
            "but",
            "while",
            "who",
            "which",
            "after",
            "as",
            "when",
        ):
            return []
        spans = (trim(self.text, characters(list(part))) for part in (before, after))
        return [self.balanced(span) for span in spans if span is not None]

    def _clause(self, verb: Token, lemma: str, sentence: Sentence) -> list[Characters]:
        subject = syntax.child(verb, "nsubj", "nsubjpass")
        clause = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        if clause is not None and (clause.i > verb.i or lemma in _TAGS):
            spans = subtree(clause)
            if spans:
                start, end = spans[0][0], spans[-1][1]
                if not start <= verb.idx < end:
                    return [self.balanced(self._whole((start, end), verb, sentence))]
                return [self.balanced(span) for span in spans if span[1] - span[0] > 5]
        governor = verb.head
        mark = syntax.child(verb, "mark", "advmod")
        if (
            (verb.dep_ == "parataxis" and lemma in _TAGS)
            or (verb.dep_ in ("advcl", "dep") and mark is not None and mark.lower_ == "as")
        ) and governor.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
            if subject is not None and not any(c.dep_ in ("dobj", "xcomp") for c in verb.children):
                spans = subtree(governor, [verb])
                return [self.balanced(span) for span in spans if span[1] - span[0] > 8]
        return []

    def _object(self, verb: Token) -> list[Characters]:
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
        assert first is not None
        start = first.left_edge.i if first.i > verb.i else verb.i + 1
        if start > max(ends):
            return []
        span = trim(self.text, characters(list(doc[start : max(ends) + 1])))
        return [self.balanced(span)] if span is not None else []

    def _whole(self, span: Characters, verb: Token, sentence: Sentence) -> Characters:
        """What stands before "…, Korin said" is all content, however it was parsed."""
        start, end = span
        if end <= verb.idx:
            lead = self.text[sentence.start_char : start]
            if lead.strip(' “"‘`') == "" or (
                lead and not _subject_inside(verb, sentence.start_char, start)
            ):
                trimmed = trim(self.text, (sentence.start_char, end))
                if trimmed is not None and self.quotation_at(verb.idx) is None:
                    return trimmed
        return span


def _is_finite(tokens: Sentence) -> bool:
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens)


def _subject_inside(verb: Token, start: int, end: int) -> bool:
    subject = syntax.child(verb, "nsubj")
    return subject is not None and start <= subject.idx < end


def _clause_between(verb: Token, start: int) -> bool:
    """Is there another finite verb between a quotation and its cue?"""
    return any(
        t.idx >= start
        and t.i < verb.i
        and t.tag_ in ("VBD", "VBZ", "VBP")
        and t.dep_ not in ("aux", "relcl")
        for t in verb.sent
    )


def continue_quotations(
    reports: Sequence[Reports], frames: Sequence[list[Frame]]
) -> Iterator[tuple[int, Frame, int, Characters]]:
    """Quotations that carry on one of the block before: (block, frame, later block, characters)."""
    owner: tuple[int, int] | None = None
    for number, report in enumerate(reports):
        if report.quotations and report.quotations[0].continues and owner is not None:
            if 0 not in report.owners:
                first = report.quotations[0]
                yield owner[0], frames[owner[0]][owner[1]], number, (first.start, first.end)
                if not first.open:
                    owner = None
                continue
        owner = None
        if report.quotations and report.quotations[-1].open:
            held = report.owners.get(len(report.quotations) - 1)
            owner = (number, held) if held is not None else None


def as_implied(frame: Frame, targets: tuple[Token, ...]) -> Frame:
    """The accusation that follows from what was said, beside the report of it."""
    return replace(frame, stance=Stance.ACCUSE, explicit=False, targets=targets)
