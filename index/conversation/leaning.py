"""Whether a question leans on what was said before it: ellipses, pronouns, "else" and the like.

Nothing here looks at the earlier turns, at capitals (chats are often without) or at a parser: what
tells is the order of the closed classes of words. A question with a pronoun whose antecedent may
stand in the question itself stands by itself.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.terms import STOP_WORDS


class Lean(StrEnum):
    """How a question leans."""

    FRAGMENT = "fragment"
    """No clause: "and the mayor?", "in March?"."""
    ASKING = "asking"
    """A question word without a clause: "why?", "how much?", "how many in the freezer?"."""
    PRONOUN = "pronoun"
    """A clause with words that stand for something else: "did she deny it?"."""
    SHORT = "short"
    """A clause too bare to say what it is about: "who won?", "what happened then?"."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """A question that leans, cut to what it asks."""

    kind: Lean
    tokens: tuple[str, ...]
    """Its words as typed, without what leads up to them and without punctuation."""
    pronouns: tuple[int, ...] = ()
    """The tokens that stand for something outside the question."""


WH = frozenset("who whom whose what which when where why how".split())
AUXILIARIES = frozenset(
    """
    am is are was were be been do does did has have had can could will would shall should may might
    must isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't
    wouldn't shouldn't
    """.split()
)
PREPOSITIONS = frozenset(
    """
    about above across after against along among around as at before behind below beside between
    beyond by concerning despite during for from in inside into like near of off on onto outside
    over past per regarding round since through throughout till to toward towards under until up
    upon versus via with within without
    """.split()
)
DETERMINERS = frozenset(
    "the a an his her its their my our your this that these those any some no every each".split()
)
MALE, FEMALE = frozenset("he him his".split()), frozenset("she her hers".split())
PLURAL, NEUTER = frozenset("they them their theirs".split()), frozenset("it its".split())
POSSESSIVE = frozenset("his her its their hers theirs".split())
_PERSONAL = MALE | FEMALE | PLURAL | NEUTER
_SUBJECTS = frozenset("he she they it".split())
_POINTING = frozenset("this these those".split())
_CLAUSE = frozenset(
    """
    and but or when while after before if because that who which whom whose since until although
    though where why how what whether so than as
    """.split()
)
_SPEECH = re.compile(
    r"(?:say|think|thought|claim|believe|hope|admit|den(?:y|ie)|insist|argue|know|knew|fear|promise"
    r"|expect|report|tell|told|allege|state|explain|mean|meant|wish|want)(?:s|d|ed)?|said"
)
_LEADING = frozenset(
    """
    and but or also so ok okay well then now no nope yes yeah yep hm hmm um oh ah right sure great
    thanks thank interesting alright cool fine actually wait sorry plus nor
    """.split()
)
_LINKING = frozenset("and but or also no nope plus nor".split())
_ABOUT = re.compile(
    r"^(?:(?:and|but|ok|so|then|or)[\s,]+)*(?:(?:what|how)\s+(?:about|of)|same\s+(?:question\s+)?for"
    r"|what\s+if\s+(?:it(?:'s| is)\s+)?|i\s+mean(?:t)?|the\s+same\s+for)\s+",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"^(?:(?:please|hey|hi|hello)[\s,]+|(?:can|could|would|will)\s+you\s+(?:please\s+)?(?=tell|show"
    r"|say|explain|give|list)|(?:tell|show)\s+(?:me|us)\s+(?:please\s+|(?:more\s+)?about\s+)?|do\s+you\s+know\s+"
    r"|(?:they|it)\s+says?\s+(?:that\s+)?|i\s+wonder\s+)+",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\bit\s+(?:really\s+)?(?:true|possible|likely|clear|known|certain|the\s+case|right|fair|correct"
    r"|legal|allowed|ok|okay|worth)\b"
    r"|\bit\s+(?:costs?|takes?|took|rain(?:s|ed)?|snow(?:s|ed)?)\b|\b(?:cost|take)\s+to\b"
    r"|\bit\s+(?:makes?\s+sense|matters?|means?\b)|\b(?:is|was)\s+it\s+(?:\S+\s+){0,3}(?:who|that|to)\b|\bwhat\s+time\s+is\s+it\b",
    re.IGNORECASE,
)
_GENERIC_THEY = re.compile(
    r"\b(?:did|do)\s+they\s+(?:say|do|think|tell|mean)\s+(?:\w+\s+)?(?:at|in|on)\s+(?:the\s+)?\w{3}",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:the|that|this|which|other|another|first|second|third|last|next|latest|same|bigger|older"
    r"|newer|new|old|former|latter)\s+ones?\b|\bthe\s+(?:others?|former|latter|rest)\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w£$€%]+(?:[-'’.,&/:]+\w+)*['’]?%?")
_CONTRACTED = re.compile(
    r"\b(who|what|when|where|why|how|that|there|it|he|she)['’]s\b|\b(they|there|who|what|how)['’]re\b"
    r"|\b(who|they|he|she|it|what|how)['’](?:d|ll|ve)\b",
    re.IGNORECASE,
)
_SOFT = frozenset(
    """
    else too instead then afterwards next exactly precisely really actually still either again
    """.split()
)
_CONTINUING = frozenset("else too instead then afterwards next".split())
_REPLYING = frozenset("respond responded react reacted reply replied answer answered".split())
_BARE = frozenset(
    """
    happen happened change changed end ended win won lose lost pay paid know agree agreed sure deny
    denied mean meant do done did come came go went
    """.split()
)
_NO_CONTENT = (
    STOP_WORDS | AUXILIARIES | _SOFT | _REPLYING | _BARE | _LEADING | frozenset("many ones".split())
)
_LONGEST_FRAGMENT, _SHORT_FRAGMENT = 9, 3
_QUANTITY = re.compile(r"how\s(?:much|many|long|often|far|big|old|high|large|late|soon)", re.I)
_TIMES = frozenset(
    """
    year week month quarter season spring summer autumn winter morning afternoon evening century
    decade time weekend who days
    """.split()
)
_VAGUE = frozenset("they there their them".split())
_ENOUGH = 4
"""Content words with which a question says what it is about, whoever "they" are."""


def leaning_of(question: str) -> Leaning | None:
    """How a question leans on what was said before; None for one that stands by itself."""
    text = " ".join(question.split())
    about = _ABOUT.match(text)
    text = text[about.end() :] if about else text
    if about is not None and (main := _main_part(text)) is not None:
        return _with_subject(text[: -len(main)], leaning_of(main))
    text, linked = _without_lead(text)
    text = _POLITE.sub("", text)
    if about is None and (main := _main_part(text)) is not None:
        return leaning_of(main) if not _has_content(text[: -len(main)]) else None
    spelt = _CONTRACTED.sub(_spelt_out, text)
    tokens = tuple(_WORD.findall(spelt))
    lower = [token.lower().replace("’", "'") for token in tokens]
    if not lower:
        return Leaning(Lean.ASKING, tuple(_WORD.findall(question))) if question.strip() else None
    breaks = _breaks(spelt)
    if (
        about is not None
        or lower == ["may"]
        or _is_fragment(lower, linked, text.rstrip().endswith("?"))
    ):
        return Leaning(Lean.FRAGMENT, tokens, _outside(lower, breaks))
    if _is_bare(lower):
        return Leaning(Lean.ASKING, tokens, _outside(lower, breaks))
    if pronouns := _outside(lower, breaks):
        return Leaning(Lean.PRONOUN, tokens, pronouns)
    if _is_short(lower, linked) or (len(content(lower)) < _ENOUGH and _ONE.search(" ".join(lower))):
        return Leaning(Lean.SHORT, tokens)
    return None


def _with_subject(subject: str, leaning: Leaning | None) -> Leaning | None:
    """ "what about Sorrell, who did she blame?": the words in front are who is meant."""
    words = _WORD.findall(subject)
    if leaning is None or len(leaning.pronouns) != 1 or not words:
        return leaning
    (at,) = leaning.pronouns
    return Leaning(Lean.SHORT, (*leaning.tokens[:at], *words, *leaning.tokens[at + 1 :]))


def content(tokens: tuple[str, ...] | list[str]) -> list[str]:
    """The tokens that say what a question is about."""
    return [token for token in tokens if token.lower().replace("’", "'") not in _NO_CONTENT]


def _without_lead(text: str) -> tuple[str, bool]:
    """Without "ok, and …", and whether that links it to what was said before."""
    linked = False
    while match := re.match(r"([\w']+)[\s,.!:…-]+(?=\w|['\"£$€])", text):
        word = match[1].lower()
        if word not in _LEADING:
            break
        linked |= word in _LINKING
        text = text[match.end() :]
    return text, linked


def _main_part(text: str) -> str | None:
    """The question behind a comma or a full stop: "there is a caravan, what was in it?"."""
    for match in re.finditer(r"[,.;:!–—-]\s+", text):
        rest = text[match.end() :]
        first = _WORD.findall(_CONTRACTED.sub(_spelt_out, rest))[:1]
        head = _WORD.findall(text[: match.start()].lower())
        opens = bool(head) and (head[0] in WH or head[0] in AUXILIARIES)
        if first and first[0].lower() in WH | AUXILIARIES and not opens:
            return rest
    return None


def _has_content(text: str) -> bool:
    return bool(content(_WORD.findall(text)))


def _spelt_out(match: re.Match[str]) -> str:
    if match[1]:
        return f"{match[1]} is"
    return f"{match[2]} are" if match[2] else f"{match[3]} would"


def _is_fragment(lower: list[str], linked: bool, asks: bool) -> bool:
    """No question word and no auxiliary to begin with."""
    first = lower[0]
    if (
        first in WH
        or first in AUXILIARIES
        or (first in PREPOSITIONS and lower[1:2] and lower[1] in WH)
    ):
        return False
    if lower[-1] in WH and len(lower) <= _SHORT_FRAGMENT:
        return False
    if WH & set(lower) and AUXILIARIES & set(lower) and not linked:
        return False
    if linked or first in PREPOSITIONS:
        return len(lower) <= _LONGEST_FRAGMENT
    if AUXILIARIES & set(lower) or not asks:
        return False
    return len(lower) <= (_SHORT_FRAGMENT + 2 * (first in DETERMINERS))


def _is_bare(lower: list[str]) -> bool:
    """A question word with no clause, or with only the bones of one."""
    rest = list(lower)
    while rest and (rest[0] in PREPOSITIONS or rest[0] == "says"):
        rest.pop(0)
    if not rest:
        return True
    if rest[0] in AUXILIARIES:
        return len(rest) <= 2 or (len(rest) <= 3 and rest[1] in DETERMINERS)
    if rest[0] not in WH:
        return False
    if not content(rest):
        if set(rest[1:]) & (AUXILIARIES | _BARE | _REPLYING):
            return False
        return not set(rest) & (_SUBJECTS | {"him", "them"}) or len(rest) <= 2
    quantity = _QUANTITY.match(" ".join(rest)) or rest[0] in ("what", "which", "whose")
    if not quantity or AUXILIARIES & set(rest):
        return _elided(rest)
    behind = rest[2:] if rest[0] == "how" else rest[1:]
    return len(behind) <= 1 or behind[0] in PREPOSITIONS - {"of"}


def _elided(rest: list[str]) -> bool:
    """ "how many should there have been", "how much was wasted": the noun is left out."""
    return rest[:2] == ["how", "many"] and rest[2] in AUXILIARIES


def _is_short(lower: list[str], linked: bool) -> bool:
    words = content(lower)
    if not words:
        return True
    soft = bool(set(lower) & _CONTINUING)
    replying = lower[-1] in _REPLYING
    if lower[0] == "who" and lower[-1] in PREPOSITIONS and len(words) == 1:
        return True
    bare = linked and len(words) == 1 and not {"is", "are", "was", "were"} & set(lower)
    return len(words) <= 2 and (soft or replying or bare)


def _breaks(text: str) -> frozenset[int]:
    """Before which tokens a comma or another mark parts clauses."""
    tokens = list(_WORD.finditer(text))
    return frozenset(
        at
        for at in range(1, len(tokens))
        if re.search(r"[,;:.?!]", text[tokens[at - 1].end() : tokens[at].start()])
    )


def _outside(lower: list[str], breaks: frozenset[int]) -> tuple[int, ...]:
    """The pronouns, by place, whose antecedent cannot stand in the question."""
    text = " ".join(lower)
    expletive = {
        at
        for match in _EXPLETIVE.finditer(text)
        for at in range(len(lower))
        if lower[at] == "it" and match.start() - 6 <= len(" ".join(lower[:at])) <= match.end()
    }
    if _GENERIC_THEY.search(text):
        expletive |= {at for at, word in enumerate(lower) if word == "they"}
    full = len(content(lower)) >= _ENOUGH
    found = []
    for at, word in enumerate(lower):
        if at in expletive or (word in _VAGUE and full):
            continue
        if word in _PERSONAL:
            if not _may_be_inside(lower, at, breaks):
                found.append(at)
        elif word in _POINTING:
            if not _ties_itself(lower, at):
                found.append(at)
        elif (word == "that" and _points(lower, at)) or (word == "there" and _is_place(lower, at)):
            found.append(at)
    return tuple(found)


def _may_be_inside(lower: list[str], at: int, breaks: frozenset[int]) -> bool:
    """Whether a noun phrase before the pronoun, in the question, may be what it stands for.

    That takes a phrase in an earlier clause; within one clause only a possessive is bound.
    """
    before = lower[:at]
    named = [i for i, word in enumerate(before) if _may_name(before, i)]
    if lower[at] in POSSESSIVE and before and before[0] in ("who", "which"):
        return len(content(lower)) >= _ENOUGH - 1
    if not named:
        return False
    if len(content(lower)) >= _ENOUGH:
        return True
    if lower[at] in POSSESSIVE and at + 1 < len(lower) and lower[at + 1] not in _CLAUSE:
        if before[-1] == "of":
            return len(named) > 1 and named[0] < at - 3
        return True
    first = named[0]
    if lower[at] in _SUBJECTS and _SPEECH.fullmatch(before[-1]):
        return len(named) > 1
    return any(i in breaks or lower[i] in _CLAUSE for i in range(first + 1, at)) or at in breaks


def _may_name(before: list[str], at: int) -> bool:
    """Whether a token could be of a noun phrase: not the verb right behind "who"."""
    word = before[at]
    if word in _NO_CONTENT or word in PREPOSITIONS or word in WH or _SPEECH.fullmatch(word):
        return False
    return not (at > 0 and before[at - 1] in ("who", "what") and at <= 2)


def _ties_itself(lower: list[str], at: int) -> bool:
    """ "this year", "those who", "those in the north", or a word that was said just before."""
    later = lower[at + 1] if at + 1 < len(lower) else ""
    if later in _TIMES or (later and later in lower[:at]):
        return True
    return lower[at] == "those" and (later in PREPOSITIONS or later.endswith(("ing", "ed", "ble")))


def _points(lower: list[str], at: int) -> bool:
    """Whether "that" stands for something rather than leading on to a clause."""
    before = lower[at - 1] if at else ""
    later = lower[at + 1] if at + 1 < len(lower) else ""
    if not later:
        return True
    if later in lower[:at]:
        return False
    if at == len(lower) - 2 and not _SPEECH.fullmatch(before):
        return at < 2 or lower[at - 2] not in DETERMINERS
    if at == 0 or before in PREPOSITIONS:
        return before != "in" or later in AUXILIARIES or at > 0
    return before in AUXILIARIES and (at == 1 or lower[at - 2] in WH or not content(lower[:at]))


def _is_place(lower: list[str], at: int) -> bool:
    """Whether "there" is a place and not "there is"."""
    around = lower[max(0, at - 1) : at] + lower[at + 1 : at + 2]
    if at == len(lower) - 1:
        return not (at and lower[at - 1] in ("is", "are", "was", "were"))
    return not any(word in AUXILIARIES or word in ("exist", "remain") for word in around)
