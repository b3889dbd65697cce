"""What each pattern of question syntax means: who is asked for, about whom, and which matter."""

import re
from dataclasses import dataclass, replace

from index.question_parties import (
    about,
    about_in_lower_case,
    by_agent,
    could_be_party,
    is_anyone,
    is_passive_cue,
    matter,
    object_of,
    party,
    response_to,
)
from index.question_verbs import stance_of_noun, verb_of
from index.types import Stance


@dataclass(frozen=True, slots=True)
class Reading:
    """What a pattern makes of a question."""

    stance: Stance | None
    speaker: str | None = None
    target: str | None = None
    topic: str | None = None
    yes_no: bool = False

    @property
    def is_plausible(self) -> bool:
        parties = (self.speaker, self.target)
        return all(name is None or could_be_party(name) for name in parties)


def whom(match: re.Match[str]) -> Reading:
    """Who accused whom of what?"""
    return Reading(verb_of(match["verb"]).stance, topic=matter(match["tail"]))


def who(match: re.Match[str]) -> Reading | None:
    """Who accused X of Z?"""
    verb = verb_of(match["verb"])
    parts = object_of(verb, match["tail"] or "")
    empty = parts == (None, None) and verb.stance in (Stance.SAY, Stance.BELIEVE)
    return None if parts is None or empty else Reading(verb.stance, None, *parts)


def who_was(match: re.Match[str]) -> Reading | None:
    """Who was accused of Z by X?"""
    verb = verb_of(match["verb"])
    tail = match["tail"] or ""
    if not is_passive_cue(verb, tail) or (tail and not _BEHIND_PASSIVE.match(tail)):
        return None
    speaker, topic = by_agent(tail)
    return Reading(verb.stance, speaker, None, topic)


_BEHIND_PASSIVE = re.compile(
    r"(?:of|for|over|by|with|about|in|on|as|to|what|responsible|accountable|liable|and|because"
    r"|most|after|during)\b",
    re.IGNORECASE,
)


def was(match: re.Match[str]) -> Reading | None:
    """Was X accused of Z by Y? What is X accused of? But not: Has X accused Y?"""
    aux = match["aux"].lower()
    between = match.string[match.end("x") : match.start("verb")].lower().split()
    if aux in ("has", "have", "had") and "been" not in between:
        return None
    verb = verb_of(match["verb"])
    if not is_passive_cue(verb, match["tail"] or ""):
        return None
    speaker, topic = by_agent(match["tail"])
    asks = match.start("aux") == 0
    return Reading(verb.stance, speaker, party(match["x"]), topic, yes_no=asks)


_IS = re.compile(r"(?:is|are|was|were)(?:n't)?", re.IGNORECASE)


def subject(match: re.Match[str]) -> Reading | None:
    """Did X accuse Y of Z? What did X accuse Y of? Whom did X accuse?"""
    verb = verb_of(match["verb"])
    if _IS.fullmatch(match["aux"]) and not match["verb"].split()[0].lower().endswith("ing"):
        return None
    parts = object_of(verb, match["tail"] or "")
    speaker = party(match["x"])
    if parts is None or (speaker is None and not is_anyone(match["x"])):
        return None
    target, topic = parts
    if (speaker, target, topic) == (None, None, None):
        return None
    return Reading(verb.stance, speaker, target, topic, yes_no=match.start("aux") == 0)


def told(match: re.Match[str]) -> Reading | None:
    """(Tell me) what X said about Y; why X blames Y."""
    reading = subject(match)
    return None if reading is None else replace(reading, yes_no=False)


def is_true(match: re.Match[str]) -> Reading | None:
    """Is it true that X accused Y?"""
    reading = subject(match)
    return None if reading is None else replace(reading, yes_no=True)


def response(match: re.Match[str]) -> Reading:
    """How did X respond to Z? To Y's accusations?"""
    topic = matter(match["tail"])
    who = match["x"]
    if _THEIRS.match(match.string) and who[-1:] == "s" and who[-2:] != "ss":
        who = who[:-1]  # "what was the lawyers response"
    if topic is None:
        return Reading(None, party(who))
    return Reading(None, party(who), *response_to(topic))


_THEIRS = re.compile(r"what\s(?:is|are|was|were)\s[^']+$", re.IGNORECASE)


def said_of(match: re.Match[str]) -> Reading | None:
    """What was said about X by Y? According to Y, what is Z?"""
    if match["x"] is not None:
        if match["x"].islower():
            return None
        return Reading(Stance.SAY, party(match["x"]), None, matter(match["tail"]))
    speaker, topic = by_agent(match["tail"])
    target, topic = about(topic) if topic else (None, None)
    return Reading(Stance.SAY, speaker, target, topic) if speaker or target or topic else None


def who_is_critical(match: re.Match[str]) -> Reading:
    """Who is critical of X? Is X critical of Y?"""
    x = match.groupdict().get("x")
    return Reading(Stance.CONDEMN, party(x), party(match["target"]), None, yes_no=x is not None)


def who_is_guilty(match: re.Match[str]) -> Reading:
    """According to X, who is to blame for Z? Who takes the blame?"""
    return Reading(Stance.ACCUSE, party(match.groupdict().get("x")), None, matter(match["tail"]))


_LINK = r"(?:by|from|against|of|at|towards?|to|about|over|for|that|concerning|regarding)"
_PHRASE = re.compile(
    rf"\b(?P<link>{_LINK})\s(?P<words>.+?)(?=\s(?:by|from|against|about|over|that|for|of)\s|$)",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"^(?:(?:made|levelled|leveled|directed|raised|that|been|were|was|are|is|have|has)(?:\s|$))+",
    re.IGNORECASE,
)


def noun(match: re.Match[str]) -> Reading | None:
    """Accusations against X; criticism of X by Y; allegations about Z; X's claims about Y."""
    reading = _of_noun(stance_of_noun(match["noun"]), party(match["owner"]), match["tail"])
    if reading is None:
        return None
    named = reading.speaker is not None or reading.target is not None
    if reading.stance is Stance.SAY and not named:
        return None
    bare = (*_ACCUSING, Stance.DENY)
    if not named and reading.topic is None and reading.stance not in bare:
        return None
    return replace(reading, yes_no=match["there"] is not None)


def who_met(match: re.Match[str]) -> Reading:
    """Who came in for criticism from X over Z?"""
    speaker, topic = by_agent(re.sub(r"\bfrom\b", "by", match["tail"] or ""))
    return Reading(stance_of_noun(match["noun"]), speaker, None, topic)


def echo(match: re.Match[str]) -> Reading | None:
    """X blamed who?"""
    verb = verb_of(match["verb"])
    if verb.stance not in (*_ACCUSING, Stance.PRAISE, Stance.WARN):
        return None
    return Reading(verb.stance, party(match["x"]), None, matter(match["tail"]))


def echo_passive(match: re.Match[str]) -> Reading | None:
    """X was accused of what (by Y)?"""
    verb, x = verb_of(match["verb"]), party(match["x"])
    if not is_passive_cue(verb, "with") or x is None:
        return None
    speaker, _ = by_agent(match["tail"])
    return Reading(verb.stance, speaker, x)


_HANGING = re.compile(r"(?:^|\s+)(?:about|over|for|of|against)$", re.IGNORECASE)
_ACCUSING = (Stance.ACCUSE, Stance.CONDEMN)


def _of_noun(stance: Stance, speaker: str | None, tail: str | None) -> Reading | None:
    """A noun with the phrases behind it: "against X by Y over Z"; None for anything else."""
    target, topic = None, ""
    text = _HANGING.sub("", _MADE.sub("", (tail or "").strip()))
    at = 0
    for phrase in _PHRASE.finditer(text):
        if text[at : phrase.start()].strip():
            return None
        at = phrase.end()
        link, words = phrase["link"].lower(), phrase["words"]
        of_theirs = link == "of" and stance in (Stance.DEMAND, Stance.PROMISE)
        if speaker is None and (link in ("by", "from") or of_theirs):
            speaker = party(words)
        elif link == "to" and stance is Stance.CONDEMN:
            continue  # who hears a complaint
        elif target is None and _leads_to_target(link, stance, words):
            target = party(words)
        else:
            topic = f"{topic} {words}"
    return None if text[at:].strip() else Reading(stance, speaker, target, matter(topic))


def who_made(match: re.Match[str]) -> Reading | None:
    """Who made allegations against X? Against whom did X make allegations?"""
    x = match.groupdict().get("x")
    return _of_noun(stance_of_noun(match["noun"]), party(x), match["tail"])


def _leads_to_target(link: str, stance: Stance, words: str) -> bool:
    """Whether the words behind a preposition are the party meant rather than the matter."""
    if link in ("against", "at", "toward", "towards"):
        return True
    by_stance = {
        "of": (Stance.CONDEMN, Stance.PRAISE),
        "to": (Stance.WARN, Stance.DEMAND, Stance.SAY),
        "for": (Stance.PRAISE,),
        "about": (Stance.SAY, Stance.CONDEMN, Stance.ACCUSE),
    }
    if link == "about" and stance is Stance.CONDEMN and words.islower():
        return about_in_lower_case(words)[0] is not None
    if link == "about" and about(words)[0] is None:
        return False
    return stance in by_stance.get(link, ())


def made(match: re.Match[str]) -> Reading | None:
    """What accusations did X make against Y? What criticism did X face? Deny?"""
    stance, light = stance_of_noun(match["noun"]), match["light"].lower()
    tail = match["tail"] or ""
    if light.startswith(("deni", "deny", "reject")):
        return Reading(Stance.DENY, party(match["x"]))
    if light.startswith(("face", "receiv", "get")):
        speaker, topic = by_agent(re.sub(r"^from\b", "by", tail))
        return Reading(stance, speaker, party(match["x"]), topic)
    found = _AGAINST.fullmatch(tail)
    if found is None:
        return None
    return Reading(stance, party(match["x"]), party(found[1]), matter(found[2]))


_AGAINST = re.compile(
    r"(?:(?:against|at|of|to)\s(.+?))?(?:\s?\b(?:over|about|for|of)\s(.+))?", re.IGNORECASE
)
