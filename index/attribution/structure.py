"""What kind of text each line is, before any of it is parsed.

A headline, a byline or a time stamp read as prose makes somebody say something that nobody said.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

MAX_BLOCK = 4_000

_LINE = re.compile(r"[^\n\f]+")
_SKIP = re.compile(
    r"""\s*(?:
      (?:by|written\ by|words(?:\ by)?|story\ by|text\ by|reporting\ by|edited\ by|compiled\ by)
        [:\s]+[A-Z][^.!?]{0,60}$
    | (?:photo(?:graph)?s?|image|picture|caption|video|credit|source|getty|file\ photo
        |fig(?:ure)?\.?\ \d+|illustration)\b[^.!?\n]{0,30}[:/©|].*
    | (?:from|to|cc|bcc|date|sent|subject|re|reply-to|url|https?|tags?|filed\ under|published
        |updated|posted|last\ modified|copyright|isbn|tel|fax|phone|email|e-mail|share\ this
        |read\ more|related|advertisement)\s*[:©].*
    | (?:read|see|watch|sign\ up|subscribe|click|follow\ us|share)\b[^.]{0,60}$
    | (?:https?://|www\.)\S+
    | (?:©|\(c\))\s.*
    | [\W\d_]+
    | (?:dear|hello|hi|to\ whom)\b[^.!?]{0,60}[,:]?
    | \|.*\|.*
    | <[^>]*>
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD = re.compile(
    r"""\s*(?:
      [#>]+\s+ | [-*•‣–—]\s+ | \(?\d{1,3}[.)]\s+
    | \[?\d{1,2}[:.]\d{2}(?::\d{2})?\]?\s*(?:[ap]\.?m\.?|[A-Z]{2,4})?\s*[-–—:|]*\s+  # 14:05 GMT
    | (?:BREAKING|UPDATE|UPDATED|EXCLUSIVE|LIVE|JUST\ IN|CORRECTION|ANALYSIS|OPINION|WATCH|NEW
        |RT\ @\w+)\s*[:|–—-]\s*
    | [A-Z][\w.’'-]+(?:\ [A-Z][\w.’'-]+){0,2}(?:,\ [\w.\ ]{2,20})?  # Port Selwyn (Wire) –
      \ \([A-Za-z/\ ]{2,20}\)\s*[—–-]{1,2}\s+
    | [A-Z][A-Z.’'\ -]{2,30}(?:,\s[A-Z][\w.]{1,14}){0,2}  # PORT SELWYN, Maravia
      (?:,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}))?(?:,\s\d{4})?
      \s*(?:\([A-Za-z\ ./]{2,30}\))?\s*[—–-]{1,2}\s+  # (Wire) —
    )""",
    re.VERBOSE,
)
_LABEL = re.compile(
    r"\s*(?:[*_]{2}|<)?(?P<name>[A-Z][\w.’'-]*"
    r"(?:[ -](?:[A-Z][\w.,’'-]*|of|the|for|de|van|von|al)){0,5}"
    r"|@?[a-z][\w-]{1,20})"
    r"(?:\s*\([^()\n]{1,80}\)|,\s[a-z][\w’' -]{2,50})?"  # (President, Tenants' League)
    r"\s*(?:[*_]{2}|>)?\s*:(?:[*_]{2})?\s+(?=\S)"
)
# "07:25 Lind 2: no", "[03/11/24, 07:25] Bo (No 4): no": whatever a chat calls its people.
_STAMP = re.compile(
    r"\s*\[?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?"
    r"(?:\s?[aApP]\.?[mM]\.?)?\]?\s*[-–—]?\s+(?=\S)"
)
_STAMPED = re.compile(
    r"(?P<name>[^\W\d_][\w.,’'-]*(?:\ [\w.’'-]+){0,3})(?:\s*\([^()\n]{1,20}\))?\s*:\s+(?=\S)"
)
_NOT_A_NAME = re.compile(
    r"(?i)\b(?:note|update|correction|summary|question|answer|example|warning|result|conclusion|"
    r"breaking|analysis|opinion|verdict|order|background|claim|fact|time|place|present|topic|item|"
    r"agenda|action|motion|decision|minutes|findings?|step|part|section|article|chapter|day|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|ps|p\.s|nb|score|location|contact|bottom line)\b"
)
# "Elm Road: Drivers have walked out", beside "Ann Orr: I blame the board" in a row of voices.
_SENTENCE = re.compile(r"[A-Z][\w’']*,?(?:\s\S+){5,}[.!?]", re.DOTALL)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Mm]e|[Mm]y|[Ww]e|[Oo]ur)\b")
_CLOSING = re.compile(
    r"(?i)\s*(?:yours|sincerely|regards|best|kind regards|best wishes|respectfully|faithfully|"
    r"yours (?:sincerely|faithfully|truly)|with (?:best|kind) \w+|signed)\b[^.!?]{0,25}$"
)
_NAME_LINE = re.compile(r"\s*[A-Z][\w.’'-]+(?: (?:[A-Z][\w.’'-]*|de|van|von|al|bin)){1,3}\s*,?$")
_POSTED = re.compile(
    r"\s*(?:>\s*)*(?P<name>@\w{2,30}|u/[\w-]{2,30})"
    r"\s*(?:[·•|—–-].{0,40}|\[?\d{1,2}[:.]\d{2}.{0,20}|\(?\d{1,2}\s?[hmdw](?:\sago)?\)?)?$"
)
_WROTE = re.compile(
    r"\s*(?:>\s*)*(?P<name>@?[\w&.-]{2,30}(?: [A-Z][\w&.-]*){0,2})"
    r" (?:wrote|writes|said|posted)\s*:?$"
)
_SALUTATION = re.compile(r"\s*(?:Sir|Madam|Sirs|Dear|To the [Ee]ditor)\b")
_SENT_BY = re.compile(
    r"\s*(?P<name>(?:[A-Z][\w.’'-]*|de|van|von|al)(?: (?:[A-Z][\w.’'-]*|de|van|von|al)){1,3}), "
    r"[A-Z][\w’'-]*(?: [A-Z(][\w’').-]*){0,3}\s*$"
)
_END = re.compile(r"[.!?…:;][\"”’')\]]*\s*$|[\"”]\s*$")


class Kind(StrEnum):
    PROSE = "prose"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a turn.

    `label` is the name in front of a turn or a post, or below a letter, as a span.
    """

    start: int
    end: int
    kind: Kind
    label: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a text, and the span of the name that signs it, where one does."""

    blocks: tuple[Block, ...]
    signature: tuple[int, int] | None = None


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines, joined where they are one wrapped paragraph."""
    group: list[tuple[int, int]] = []
    previous = 0
    for match in _LINE.finditer(text):
        if not match.group().strip():
            continue
        gap = text[previous : match.start()]
        if group and gap != "\n":
            yield from _unwrap(text, group)
            group = []
        group.append(match.span())
        previous = match.end()
    yield from _unwrap(text, group)


def _unwrap(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if len(lines) < 2:
        yield from lines
        return
    lengths = [end - start for start, end in lines]
    widest = max(lengths)
    wrapped = 45 <= widest <= 120 and all(length >= widest * 0.6 for length in lengths[:-1])
    start, end = lines[0]
    for next_start, next_end in lines[1:]:
        first = text[next_start:next_end].lstrip()[:1]
        signed = _SENT_BY.match(text, next_start, next_end) and _END.search(text[start:end])
        if (
            (wrapped or first.islower())
            and not signed
            and not _LEAD.match(text, next_start, next_end)
            and not _STAMP.match(text, next_start, next_end)
            and not _POSTED.match(text, start, end)
        ):
            end = next_end
        else:
            yield start, end
            start, end = next_start, next_end
    yield start, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_BLOCK:
        cut = text.rfind(" ", start + MAX_BLOCK // 2, start + MAX_BLOCK)
        cut = cut if cut > 0 else start + MAX_BLOCK
        yield start, cut
        start = cut
    yield start, end


def _after_lead(text: str, start: int, end: int) -> int:
    """Where a line begins behind its time stamp, bullet or dateline."""
    while (lead := _LEAD.match(text, start, end)) and lead.end() > start:
        start = lead.end()
    return start


def _is_chat(text: str, lines: list[tuple[int, int]]) -> bool:
    """Do most of the lines with a time begin with a name, as those of a live report do not?"""
    stamps = [(m.end(), end) for start, end in lines if (m := _STAMP.match(text, start, end))]
    named = sum(bool(_STAMPED.match(text, *rest)) for rest in stamps)
    return named >= 3 and named >= 0.8 * len(stamps)


def _turn(text: str, start: int, end: int, *, chat: bool) -> re.Match[str] | None:
    """The name in front of what somebody says."""
    stamp = _STAMP.match(text, start, end) if chat else None
    if stamp is not None:
        return _STAMPED.match(text, stamp.end(), end)
    return _LABEL.match(text, _after_lead(text, start, end), end)


def _is_heading(line: str) -> bool:
    words = line.split()
    return len(words) <= 16 and not _END.search(line)


def read_layout(text: str) -> Layout:
    """Sort the lines of a text into prose, headings and turns; leave out what nobody says."""
    paragraphs = list(_paragraphs(text))
    chat = _is_chat(text, paragraphs)
    labels = Counter(
        match["name"]
        for start, end in paragraphs
        if (match := _turn(text, start, end, chat=chat)) and not _NOT_A_NAME.search(match["name"])
    )
    for name in [n for n, count in labels.items() if n.islower() and n.isalpha() and count < 2]:
        del labels[name]
    thread = sum(bool(_WROTE.match(text, *paragraph)) for paragraph in paragraphs) > 1
    transcript = sum(labels.values()) >= 3 and any(count > 1 for count in labels.values())
    blocks: list[Block] = []
    signature: tuple[int, int] | None = None
    closing = False
    poster: tuple[int, int] | None = None
    letter: int | None = None
    for start, end in paragraphs:
        line = text[start:end]
        posted = _POSTED.match(text, start, end)
        posted = posted or (_WROTE.match(text, start, end) if thread else None)
        if posted:
            poster = posted.span("name")
            continue
        if _SALUTATION.match(line):
            letter = len(blocks)
        elif letter is not None and (sent := _SENT_BY.match(text, start, end)):
            author = sent.span("name")
            if blocks[letter:] and _NAME_LINE.match(text[blocks[-1].start : blocks[-1].end]):
                named = blocks.pop()  # the name above its address
                author = named.start, named.end
            blocks[letter:] = [
                replace(b, label=author) if b.label is None else b for b in blocks[letter:]
            ]
            letter = None
            continue
        if closing and _NAME_LINE.match(line):
            lead = len(line) - len(line.lstrip())
            signature = (start + lead, start + len(line.rstrip(" ,")))
            closing = False
            continue
        closing = bool(_CLOSING.match(line))
        if closing or _SKIP.match(line):
            continue
        heading = line.lstrip().startswith("#") or (poster is None and _is_heading(line))
        label = poster
        match = _turn(text, start, end, chat=chat)
        start = _after_lead(text, start, end)
        if match and match["name"] in labels:
            rest = text[match.end() : end]
            spoken = transcript or match["name"].isupper()
            listed = sum(labels.values()) >= 2 and bool(_SENTENCE.match(rest))
            if spoken or (listed and _FIRST_PERSON.search(rest)):
                label = match.span("name")
            if spoken or listed:
                start, heading = match.end(), False
        kind = Kind.HEADING if heading else Kind.PROSE
        for piece_start, piece_end in _pieces(text, start, end):
            if text[piece_start:piece_end].strip():
                blocks.append(Block(piece_start, piece_end, kind, label))
    return Layout(tuple(blocks), signature)
