"""The words behind a verb of a question: which party, and which matter."""

import re

from index.names import is_pronoun, name_words
from index.question_verbs import Verb
from index.role_words import is_role
from index.terms import STOP_WORDS
from index.types import Stance

Parts = tuple[str | None, str | None]
"""(party, matter)"""

_ANYONE = frozenset(
    """
    anyone anybody someone somebody everyone everybody people who whom anything nobody others
    """.split()
) | {"no one", "no-one", "any one", "other people", "any of them", "each other", "one another"}
_LEADING_TO_PARTY = re.compile(r"^(?:by|from|against|to|at|towards?)\s+", re.IGNORECASE)
_THEIR_PEOPLE = re.compile(
    r"^the\s((?:\S+\s)+\S+)\s(?:people|lot|folks?|guys|crowd)$", re.IGNORECASE
)
_LEADING_TO_MATTER = re.compile(
    r"^(?:of|for|over|about|that|on|with|to|at|in|regarding|concerning|because of)\s+",
    re.IGNORECASE,
)
_ACCUSATION_OF = re.compile(
    r"^(?:(?:the|any|all|an?)\s)?(?:accusation|allegation|claim|charge|complaint)s?\s"
    r"(?:of|that|about|over)\s",
    re.IGNORECASE,
)
_CHARGE = r"(?:accusation|allegation|claim|criticism|charge|complaint|testimony|attack)s?"
_THEIR_ACCUSATION = re.compile(
    rf"(?:.+?\s(?:to|with)\s)?(?P<owner>.+?)(?:'s|s'|(?<=\w\ws))\s{_CHARGE}(?:\s(?P<rest>.+))?"
    rf"|(?:the\s|all\s|any\s)*{_CHARGE}\s(?:(?:made|brought|levelled|raised)\s)?(?:by|from)\s"
    r"(?P<maker>.+)",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"^(?:of\s)?what\s(?=(?:of|for|over|about|in)\s)", re.IGNORECASE)
_EMPTY = frozenset(
    """
    of for over about with on what which whom who it this that anything something exactly any the
    a an all these those accusation accusations allegation allegations claim claims charge charges
    criticism complaint complaints blame responsible accountable liable to do
    """.split()
)
_LINKS = {
    Stance.ACCUSE: ("of", "for", "over", "about", "with", "in"),
    Stance.CONDEMN: ("for", "over", "about", "as"),
    Stance.DEMAND: ("to", "for", "over", "about"),
    Stance.WARN: ("about", "of", "against", "that", "over", "with", "to"),
    Stance.PRAISE: ("for", "over"),
}
_HELD = re.compile(
    r"(?:(.+?)\s+)?(?:responsible|accountable|liable|to blame)(?:\s+(?:for|over)\s+(.+))?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:(?:what|anything|something|things?)\s+)?(?:about|of|on|regarding|concerning|against)\s+(.+)",
    re.IGNORECASE,
)
_CRITICISED = re.compile(r"(?:about|in)\s(.+)", re.IGNORECASE)
# "said that Ada Lowe lied", "said the clerk had lied": who, and what he or she did.
_WHO_DID = re.compile(
    r"(?:that\s)?(?:((?:[A-Z][\w'’-]*\s)*[A-Z][\w'’-]*)(?=\s[a-z]{2,})(?!\s(?:of|and|or)\b)"
    r"|((?:(?:the|his|her|their)\s)?(?!it\b|there\b|this\b|that\b)\w+"
    r"(?:\s(?!(?:had|has|was|were|is|are|did)\b)\w+)?)"
    r"(?=\s(?:had|has|was|were|is|are|did|made|left|took|lied|sold|hid|knew|paid|stole|broke|said"
    r"|told|\w+[^e\W]ed)\b))",
)
_WANTED = re.compile(r"(?:(.+?)\s+)?from\s+(.+)", re.IGNORECASE)
_ASKED = re.compile(r"(?:(.+?)\s+)?(?:from|of)\s+(.+)", re.IGNORECASE)
# "demanded that Ada Lowe resign", "called for the clerk to resign", "demanded her resignation"
_TO_DO = re.compile(
    r"(?:that\s)?(?P<who>(?:(?:the|an?|his|her|their)\s)?[\w'-]+(?:\s[\w'-]+){0,4}?)\s"
    r"(?P<what>(?:to\s(?!the\b)|(?:should|must)\s|(?:resign|go|quit|apologi[sz]e|step|stop|pay|leave"
    r"|be|withdraw|explain|gone|out|sacked|fired|removed)\b).*)",
    re.IGNORECASE,
)
_TO_GO = re.compile(
    r"(?P<who>.+?)(?:'s|s')\s(?P<what>(?:resignation|removal|dismissal|departure|sacking|apology"
    r"|head|arrest|release)\b.*)",
    re.IGNORECASE,
)
_WOULD = re.compile(r"(?:would|will|might|could|may)\s(?:happen\s)?(.+)", re.IGNORECASE)
_QUESTION_WORDS = frozenset("that what who whom did was were has how why".split())
_IN_NAMES = frozenset("the of for and".split())
_DESCRIBED = re.compile(r"(?:the|his|her|their|its)\s(?:[\w'-]+\s)?([\w'-]+)", re.IGNORECASE)
_SOMEBODY = frozenset(
    """
    firm company council board mayor minister government ministry president director chairman
    chairwoman chair police union museum school hospital university landlord owner owners bank
    committee party army club team manager coach referee union trust agency contractor bishop
    """.split()
)
_NO_LAST_WORD = frozenset(
    """
    the a an never get gets got stands in of to on at by for with from and or not usually commonly
    """.split()
)
_CIRCUMSTANCE = frozenset("before after during at when while following".split())
_MOST_WORDS = 9


def is_anyone(text: str) -> bool:
    return text.lower() in _ANYONE


def party(text: str | None) -> str | None:
    """A party as asked for; None for "anyone" and for nothing."""
    name = _LEADING_TO_PARTY.sub("", (text or "").strip(" ,"))
    name = _THEIR_PEOPLE.sub(r"\1", name)
    return None if not name or is_anyone(name) else name


def matter(text: str | None) -> str | None:
    """What it is about; None where the question only asks for it."""
    words = _OF_WHAT.sub("", (text or "").strip(" ,"))
    words = _LEADING_TO_MATTER.sub("", words)
    words = _ACCUSATION_OF.sub("", words)
    return None if set(words.lower().split()) <= _EMPTY else words


def whose_accusation(text: str) -> Parts | None:
    """Whose accusation it is, and of what: "Ada Lowe's claim about the fees"; None for another."""
    found = _THEIR_ACCUSATION.fullmatch(text)
    return (party(found["owner"] or found["maker"]), matter(found["rest"])) if found else None


def response_to(text: str) -> Parts:
    """(accuser, matter) of what is answered: "Lowe's accusation about the fees"."""
    found = _THEIR_ACCUSATION.fullmatch(text)
    if found is None:
        return about(text)
    return party(found["owner"] or found["maker"]), matter(found["rest"])


def could_be_party(name: str) -> bool:
    """Whether the words look like a name or a short description, and no pronoun."""
    words = name.lower().split()
    if is_pronoun(name) or not 0 < len(words) <= _MOST_WORDS or not name_words(name):
        return False
    if _QUESTION_WORDS & set(words) or words[-1] in _NO_LAST_WORD:
        return False
    telling = (word for word in name_words(name) if word not in STOP_WORDS)
    return any(telling) or any(c.isupper() for c in name)


def is_passive_cue(verb: Verb, tail: str) -> bool:
    """Whether the passive of a verb is about a party: "was held responsible", not "was held"."""
    if verb.stance in (Stance.SAY, Stance.BELIEVE, Stance.PROMISE) or verb.base == "want":
        return False
    first = tail.lower().split()[:1]
    if verb.base == "hold":
        return first in (["responsible"], ["accountable"], ["liable"])
    return verb.base != "charge" or first in ([], ["with"], ["by"], ["over"])


def by_agent(tail: str | None) -> Parts:
    """(speaker, matter) of what follows a passive: "of neglect by the roofers"."""
    text = f" {(tail or '').strip()}"
    before, by, after = text.partition(" by ")
    if not by:
        return None, matter(text)
    inner = re.match(r"(.+?)\s+((?:of|for|over|with)\b.*)", after)
    if inner and not before.strip():
        return party(inner[1]), matter(inner[2])
    return party(after), matter(before)


def object_of(verb: Verb, tail: str) -> Parts | None:
    """(target, matter) of the words after a verb; None when they do not fit it."""
    tail = tail.strip(" ,")
    if verb.base == "blame" and tail.endswith(" on"):
        return None, matter(tail[:-3])  # "What did X blame the slump on?"
    if verb.stance is Stance.CONDEMN and (found := _CRITICISED.fullmatch(tail)):
        return party(found[1]), None
    if verb.base == "want" and not tail:
        return None, None
    if verb.base == "want":
        if wish := _TO_DO.fullmatch(tail):
            return party(wish["who"]), matter(wish["what"])
        wanted = _WANTED.fullmatch(tail)
        return (party(wanted[2]), matter(wanted[1])) if wanted else None
    if not tail or tail.lower() in ("what", "anything", "something"):
        return None if verb.base in ("hold", "charge") else (None, None)
    if verb.stance in (Stance.WARN, Stance.PROMISE) and (future := _WOULD.fullmatch(tail)):
        return None, matter(future[1])
    if verb.base == "hold":
        held = _HELD.fullmatch(tail)
        return (party(held[1]), matter(held[2])) if held else None
    if verb.base == "blame" and " on " in tail and " for " not in tail:
        what, _, whom = tail.rpartition(" on ")
        return party(whom), matter(what)
    if verb.base == "charge" and not re.search(r"\bwith\b|\bof\b.*ing\b", tail):
        return None
    if verb.stance is Stance.DEMAND and (order := _TO_GO.fullmatch(tail) or _order(verb, tail)):
        return party(order["who"]), matter(order["what"])
    if verb.base == "allege":
        did = _WHO_DID.match(tail)
        who = (did[1] or did[2]) if did else None
        return (who if who and could_be_party(who) else None), matter(tail)
    if verb.particle == "for" and verb.stance is Stance.DEMAND:
        return None, matter(tail)
    if verb.stance is Stance.SAY:
        return _spoken(verb, tail)
    if verb.stance is Stance.DENY and (accusation := whose_accusation(tail)) is not None:
        return accusation
    if verb.stance in (Stance.DENY, Stance.PROMISE, Stance.BELIEVE):
        return None, matter(tail)
    if verb.base in ("demand", "request"):
        asked = _ASKED.fullmatch(tail)
        return (party(asked[2]), matter(asked[1])) if asked else (None, matter(tail))
    return _split(tail, _LINKS.get(verb.stance, ("of", "for", "over", "about")))


def _order(verb: Verb, tail: str) -> re.Match[str] | None:
    """Who is to do what, behind a verb that has both in one clause."""
    if verb.particle not in ("for", "") or verb.base == "urge":
        return None
    return _TO_DO.fullmatch(tail)


def about(text: str) -> Parts:
    """What is spoken about is a party when it is written as a name, a matter otherwise."""
    found = matter(text)
    if found is None:
        return None, None
    if all(w[:1].isupper() for w in found.split() if w.lower() not in _IN_NAMES):
        return found, None
    described = _DESCRIBED.fullmatch(found)
    noun = described[1].lower() if described is not None else ""
    if noun in _SOMEBODY or is_role(noun):
        return found, None
    person, _, rest = found.partition(" and the ")
    if rest and (who := _DESCRIBED.fullmatch(person)) and is_role(who[1].lower()):
        return person, f"the {rest}"
    return None, found


def about_in_lower_case(topic: str | None) -> Parts:
    """As `about`, where nothing is written with a capital: one or two words may be a name."""
    name, _, rest = (topic or "").partition(" at ")
    words = name.split()
    if about(name)[0] is not None:
        return name, matter(rest)
    if 0 < len(words) <= 2 and words[0] not in STOP_WORDS and could_be_party(name):
        return name, matter(rest)
    return None, topic


def _spoken(verb: Verb, tail: str) -> Parts:
    found = _ABOUT.fullmatch(tail)
    if found:
        return about(found[1])
    if verb.particle == "about":
        return about(tail)
    if verb.base == "tell":
        told = re.fullmatch(r".+?\s+(?:about|of|that)\s+(.+)", tail, re.IGNORECASE)
        return about(told[1]) if told else (None, None)
    did = _WHO_DID.match(tail)
    who = (did[1] or did[2]) if did else None
    return (who if who and could_be_party(who) else None), matter(tail)


def _is_of_office(words: list[str], at: int) -> bool:
    """Whether an "of" belongs to an office: "the boss of Quillon", "the head of the council"."""
    if words[at].lower() != "of" or not is_role(words[at - 1].lower()):
        return False
    behind = [word for word in words[at + 1 :] if word.lower() not in ("the", "a", "an")]
    return bool(behind) and (behind[0][:1].isupper() or behind[0].lower() in _SOMEBODY)


def _split(tail: str, links: tuple[str, ...]) -> Parts:
    """A party and the matter behind it, at the preposition that most likely parts them.

    One before a gerund does ("the director of the museum of stealing salt"); an "of" inside a name
    does not ("the Bank of England of fraud").
    """
    words = tail.split()
    lower = [word.lower() for word in words]
    if lower[0] in links:
        return None, matter(tail)
    places = [
        i for i in range(1, len(words) - 1) if lower[i] in links and not _is_of_office(words, i)
    ]
    gerunds = [i for i in places if lower[i + 1].endswith("ing")]
    plain = [
        i
        for i in places
        if lower[i] != "of" or words[i - 1][:1].islower() or words[i + 1][:1].islower()
    ]
    at = next(iter(gerunds or plain), None)
    if at is not None:
        return party(" ".join(words[:at])), matter(" ".join(words[at + 1 :]))
    around = next((i for i in range(1, len(words) - 1) if lower[i] in _CIRCUMSTANCE), None)
    if around is not None:
        return party(" ".join(words[:around])), matter(" ".join(words[around + 1 :]))
    while lower and lower[-1] in (*links, "exactly"):
        lower.pop()
    return party(" ".join(words[: len(lower)])), None
