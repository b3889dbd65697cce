"""Reported speech: said, according to, quotation marks before, after and around the speaker."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from index.attribution import parties, syntax
from index.attribution.agents import agent
from index.attribution.cues import Lexicon, word_class
from index.attribution.frames import Characters, Frame, characters, trim
from index.attribution.framing import framed
from index.attribution.indirect import indirect_content
from index.attribution.mentions import mention
from index.attribution.parsing import ParsedBlock
from index.attribution.quotations import Quotation
from index.attribution.roles import admissible_speakers, speakers_of
from index.types import Stance

_SPEECH = frozenset(
    [Stance.SAY, Stance.BELIEVE, Stance.PROMISE, Stance.DEMAND, Stance.WARN, Stance.PRAISE]
)
_VIEWS = frozenset(
    ["view", "opinion", "judgement", "judgment", "eyes", "words", "telling", "account"]
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
                    or self._in_view(token, sentence)
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
        phrase = list({*token.subtree, *to.subtree})
        phrase_start, phrase_end = characters(phrase)
        if phrase_end <= head.idx:
            return None
        start, end = sentence.start_char, sentence.end_char
        governor = token.head
        if (
            governor.pos_ in ("VERB", "AUX")
            and governor.dep_ in ("ccomp", "conj", "advcl", "relcl")
            and token.i > sentence.start + 2
            and (governor.dep_ != "ccomp" or governor.head.i > governor.i)
        ):
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

    def _in_view(self, token: Token, sentence: Sentence) -> Frame | None:
        """ "The board is to blame, in her view": the rest of the clause is what she thinks."""
        if token.lower_ not in _VIEWS:
            return None
        owner = syntax.child(token, "poss")
        if owner is None or token.head.lower_ != "in" or token.head.dep_ != "prep":
            return None
        speakers = admissible_speakers(owner, self.lexicon, strict=True)
        clause = token.head.head
        while clause.dep_ in ("xcomp", "acomp", "attr") and clause.head.pos_ in ("VERB", "AUX"):
            clause = clause.head
        if not speakers or clause.pos_ not in ("VERB", "AUX"):
            return None
        start, end = characters(list(clause.subtree))
        first, last = characters(list(token.head.subtree))
        spans = (trim(self.text, part) for part in ((start, first), (last, end)))
        content = [span for span in spans if span is not None and span[1] - span[0] > 8]
        if not content:
            return None
        return Frame(token, Stance.SAY, (first, last), speakers, content=tuple(content))

    def _colon(self, token: Token, sentence: Sentence) -> Frame | None:
        """'Fire chief Ines Roth: "It was arson"': a party, a colon and what it says."""
        if token.text != ":" or not sentence.start < token.i < sentence.start + 12:
            return None
        if token.i + 1 >= sentence.end or self.quotation_at(token.nbor(1).idx) is None:
            return None
        before = token.doc[sentence.start : token.i]
        if (
            any(t.pos_ in ("VERB", "AUX") for t in before)
            or self.quotation_at(before[0].idx) is not None
        ):
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
            content = indirect_content(verb, lemma, cue.object, sentence)
        if not content:
            return mention(verb, self.lexicon)
        return framed(verb, self.lexicon, stance, speakers, (), content)

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
                who = agent(verb)
                return (
                    admissible_speakers(who, self.lexicon, strict=True) or None
                    if who is not None
                    else None
                )
            return None
        strict = lemma in word_class("of_things")
        found = speakers_of(verb, self.lexicon, strict=strict)
        if lemma in ("hear", "learn"):
            # "heard from passengers that": they say it
            source = next(syntax.prepositions(verb, frozenset(["from"])), None)
            told = syntax.complement(source) if source is not None else None
            found = admissible_speakers(told, self.lexicon, strict=True) or found
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
        before = [q for _, q in inside if q.end <= verb.idx]
        after = [q for i, q in inside if q.start > verb.idx and i not in self.owners]
        content: list[Characters] = []
        if before and inside[len(before) - 1][0] not in self.owners:
            content = self._closed_by(verb, before, sentence)
        if after:
            content += self._opened_by(verb, after, sentence, bool(content))
        return content

    def _closed_by(
        self, verb: Token, before: Sequence[Quotation], sentence: Sentence
    ) -> list[Characters]:
        """The quotation that ends just before the tag: '"…," Korin said'."""
        first, last = before[0], before[-1]
        gap = self.text[last.end : verb.idx]
        ending = self._last_mark(last)
        spoken = ending in ",?!—–-." or gap.lstrip()[:1] in (",", "—")
        begins = first.start <= sentence.start_char + 1
        if begins and spoken and len(gap.split()) <= 14 and not _clause_between(verb, last.end):
            return [(first.start, last.end)]
        return []

    def _opened_by(
        self, verb: Token, after: Sequence[Quotation], sentence: Sentence, interrupted: bool
    ) -> list[Characters]:
        """The quotation after the tag: 'Korin said: "…"', or the rest of an interrupted one."""
        first, last = after[0], after[-1]
        gap = self.text[verb.idx + len(verb.text) : first.start]
        if len(gap.split()) > 12:
            return []
        introduced = gap.rstrip()[-1:] in _INTRODUCERS or not gap.strip()
        whole = first.end >= sentence.end_char - 2 or self._last_mark(first) in ",?!."
        if interrupted:
            near = introduced or gap.strip(" ,.").count(" ") < 8
            return [(first.start, first.end)] if near and (whole or introduced) else []
        initial = next((c for c in self.text[first.start : first.end] if c.isalnum()), "a")
        begins = initial.isupper() or initial.isdigit() or gap.strip().endswith(":")
        if not (introduced and whole and begins):
            return []
        to_the_end = last.end >= sentence.end_char - 2
        return [(first.start, last.end if to_the_end else first.end)]

    def _last_mark(self, quotation: Quotation) -> str:
        words: str = self.text[quotation.start : quotation.end]
        return words.rstrip("”\"'’ ")[-1:]


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
        first = report.quotations[0] if report.quotations else None
        if first is not None and first.continues and owner is not None and 0 not in report.owners:
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
