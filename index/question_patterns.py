"""What the patterns of question syntax mean, over a table of verbs and nouns."""

import re
from collections.abc import Callable, Iterator
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
from index.question_verbs import NOUN, PARTICIPLE, VERB, stance_of_noun, verb_of
from index.types import Stance

_ADVERB = (
    r"(?:(?:ever|also|publicly|openly|explicitly|actually|already|really|directly|first|again|then"
    r"|once|now|currently|repeatedly|specifically|indeed|still|just|all|both|later)\s)*"
)
_AUX = (
    r"(?:did|does|do|has|have|had|is|are|was|were|will|would|hasn't|haven't|didn't|doesn't|don't"
    r"|isn't|wasn't|weren't)"
)
_HAVE = r"(?:has|have|had)"
_BE = r"(?:is|are|was|were)"


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


def read(question: str) -> Reading | None:
    """What the first pattern that fits makes of a question; None where none does."""
    for pattern, reader in _PATTERNS:
        match = pattern.fullmatch(question)
        found = reader(match) if match is not None else None
        if found is not None and found.is_plausible:
            return found
    return None


# -- what the patterns mean


def _whom(match: re.Match[str]) -> Reading:
    """Who accused whom of what?"""
    return Reading(verb_of(match["verb"]).stance, topic=matter(match["tail"]))


def _who(match: re.Match[str]) -> Reading | None:
    """Who accused X of Z?"""
    verb = verb_of(match["verb"])
    parts = object_of(verb, match["tail"] or "")
    empty = parts == (None, None) and verb.stance in (Stance.SAY, Stance.BELIEVE)
    return None if parts is None or empty else Reading(verb.stance, None, *parts)


def _who_was(match: re.Match[str]) -> Reading | None:
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


def _was(match: re.Match[str]) -> Reading | None:
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


def _subject(match: re.Match[str]) -> Reading | None:
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


def _told(match: re.Match[str]) -> Reading | None:
    """(Tell me) what X said about Y; why X blames Y."""
    reading = _subject(match)
    return None if reading is None else replace(reading, yes_no=False)


def _is_true(match: re.Match[str]) -> Reading | None:
    """Is it true that X accused Y?"""
    reading = _subject(match)
    return None if reading is None else replace(reading, yes_no=True)


def _response(match: re.Match[str]) -> Reading:
    """How did X respond to Z? To Y's accusations?"""
    topic = matter(match["tail"])
    who = match["x"]
    if _THEIRS.match(match.string) and who[-1:] == "s" and who[-2:] != "ss":
        who = who[:-1]  # "what was the lawyers response"
    if topic is None:
        return Reading(None, party(who))
    return Reading(None, party(who), *response_to(topic))


_THEIRS = re.compile(r"what\s(?:is|are|was|were)\s[^']+$", re.IGNORECASE)


def _said_of(match: re.Match[str]) -> Reading | None:
    """What was said about X by Y? According to Y, what is Z?"""
    if match["x"] is not None:
        if match["x"].islower():
            return None
        return Reading(Stance.SAY, party(match["x"]), None, matter(match["tail"]))
    speaker, topic = by_agent(match["tail"])
    target, topic = about(topic) if topic else (None, None)
    return Reading(Stance.SAY, speaker, target, topic) if speaker or target or topic else None


def _who_is_critical(match: re.Match[str]) -> Reading:
    """Who is critical of X? Is X critical of Y?"""
    x = match.groupdict().get("x")
    return Reading(Stance.CONDEMN, party(x), party(match["target"]), None, yes_no=x is not None)


def _who_is_guilty(match: re.Match[str]) -> Reading:
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


def _noun(match: re.Match[str]) -> Reading | None:
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


def _who_met(match: re.Match[str]) -> Reading:
    """Who came in for criticism from X over Z?"""
    speaker, topic = by_agent(re.sub(r"\bfrom\b", "by", match["tail"] or ""))
    return Reading(stance_of_noun(match["noun"]), speaker, None, topic)


def _echo(match: re.Match[str]) -> Reading | None:
    """X blamed who?"""
    verb = verb_of(match["verb"])
    if verb.stance not in (*_ACCUSING, Stance.PRAISE, Stance.WARN):
        return None
    return Reading(verb.stance, party(match["x"]), None, matter(match["tail"]))


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


def _who_made(match: re.Match[str]) -> Reading | None:
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


def _made(match: re.Match[str]) -> Reading | None:
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

# -- the patterns, from the most telling to the least


_Reader = Callable[[re.Match[str]], Reading | None]


def _patterns() -> Iterator[tuple[str, _Reader]]:
    verb, participle = rf"{_ADVERB}(?P<verb>{VERB})", rf"{_ADVERB}(?P<verb>{PARTICIPLE})"
    x, tail, aux = r"(?P<x>.+?)", r"(?:\s(?P<tail>.+))?", rf"(?P<aux>{_AUX})"
    be = rf"(?P<aux>{_BE}|{_HAVE})\s"
    been = rf"{_ADVERB}(?:been\s|being\s)?"
    guilty = r"(?:to\sblame|responsible|at\sfault)(?:\sfor\s(?P<tail>.+?))?"
    yield rf"according\sto\s{x},?\s(?:who\s{_BE}\s{guilty})", _who_is_guilty
    yield rf"who,?\saccording\sto\s{x},?\s{_BE}\s{guilty}", _who_is_guilty
    yield rf"who\s{_BE}\s{guilty},?\saccording\sto\s{x}", _who_is_guilty
    yield rf"whose\sfault\s{_BE}\s(?P<tail>.+?),?\saccording\sto\s{x}", _who_is_guilty
    said_to_be = r"(?:say|says|said|think|thinks|believe|believes|claim|claims)"
    yield rf"who\s{_AUX}\s{x}\s{said_to_be}\s{_BE}\s{guilty}", _who_is_guilty
    blame = r"(?:to\sblame|at\sfault)(?:\sfor\s(?P<tail>.+))?"
    yield rf"who\s{_BE}\s{blame}", _who_is_guilty
    yield rf"whose\sfault\s{_BE}\s(?P<tail>.+)", _who_is_guilty
    takes = r"(?:gets|got|takes|took|bears|bore|carries|carried)\s(?:all\s|most\sof\s)?the\sblame"
    yield rf"who\s{takes}(?:\sfor\s(?P<tail>.+))?", _who_is_guilty
    who = r"(?:about\s)?(?:who|which\s\w+|how\smany\s\w+)(?:\s(?:all|else|exactly))?\s"
    who += rf"(?:(?:{_HAVE}|{_BE})\s)?(?:been\s)?"
    what = r"(?:(?:of|for|about|on)\s)?(?:what(?:\s(?:crime|offence|wrongdoing|misconduct)s?)?|why"
    what += r"|which\s\w+)(?:\s(?:else|exactly))?"
    link = r"(?:of|for|over|about|in|to|because)"
    yield rf"{who}{verb}\s(?:whom|who)(?:\s(?P<tail>{link}\b.*|and why))?", _whom
    yield (
        rf"whom?\s(?:{_BE}|{_HAVE}\sbeen|gets|got|stands?|stood)\s{been}{participle}{tail}",
        _who_was,
    )
    yield rf"(?:by\swhom|who\sby)\s{be}{x}\s{been}{participle}{tail}", _was
    yield (
        rf"{be}{x}\s{been}{participle}(?:\s(?P<tail>(?:of|for|over|by|with|in|responsible|accountable|liable)\b.*))?",
        _was,
    )
    yield rf"(?:{what}|when|where|how)\s{be}{x}\s{been}{participle}{tail}", _was
    got = r"(?:get|gets|got)"
    yield rf"(?P<aux>did|does|do)\s{x}\s{got}\s{participle}{tail}", _was
    yield rf"(?:{what}|when|where|how)\s(?P<aux>did|does|do)\s{x}\s{got}\s{participle}{tail}", _was
    replied = r"(?:respond(?:ed)?|react(?:ed)?|repl(?:y|ied)|answer(?:ed)?)"
    to = r"(?:\s(?:to|after)\s(?P<tail>.+))?"
    yield rf"(?:how|what)\s(?:did|does|do|{_HAVE})\s{x}\s{replied}{to}", _response
    answered = r"(?:answer(?:ed)?|rebut(?:ted)?|counter(?:ed)?)"
    yield rf"how\s(?:did|does|do|{_HAVE})\s{x}\s{answered}\s(?P<tail>.+)", _response
    yield rf"what\s{_BE}\s{x}(?:'s?)?\s(?:response|reply|reaction|answer){to}", _response
    how = r"when|where|how(?:\soften|\smany\stimes)?|in\s(?:which|what)\s\w+"
    yield rf"(?:{what}|(?:about\s)?whom?|{how})\s{aux}\s{x}\s{been}{verb}{tail}", _subject
    yield (
        rf"is\sit\s(?:true|right)\sthat\s{x}\s(?P<aux>)(?:{_HAVE}\s)?{_ADVERB}{verb}{tail}",
        _is_true,
    )
    yield rf"{aux}\s{x}\s{been}{verb}{tail}", _subject
    make = r"(?:ma[dk]es?|level(?:s|led)?|raised?s?|voiced?s?|brings?|brought|put|lay|laid)"
    noun = rf"(?:(?:any|the|an?|some|all)\s)*(?P<noun>{NOUN})"
    yield rf"{who}{_ADVERB}{make}\s{noun}{tail}", _who_made
    yield rf"(?:against|at|on|of)\swhom\s{aux}\s{x}\s{_ADVERB}{make}\s{noun}{tail}", _who_made
    yield rf"{who}{verb}{tail}", _who
    met = r"(?:c[ao]me\s(?:in\sfor|under)|faced|drew|attracted|received|got|suffered|provoked)"
    yield rf"who(?:\selse)?\s(?:has\s|have\s)?{met}\s(?:\w+\s)?{noun}{tail}", _who_met
    critical = (
        r"(?:\w+ly\s|very\s|so\s|most\s)?(?:critical|scathing|scornful|contemptuous|dismissive|angry"
        r"|cross|furious|unhappy|annoyed|mad|upset|outraged)"
    )
    critical += r"\s(?:of|about|towards|with|at|by)\s(?P<target>.+)"
    yield rf"who(?:\selse)?\s(?:{_BE}|{_HAVE}\sbeen)\s{critical}", _who_is_critical
    yield rf"{_BE}\s{x}\s{critical}", _who_is_critical
    yield rf"(?:of|for|about|on|over)\s(?:what|whom)\s{aux}\s{x}\s{been}{verb}{tail}", _subject
    said = r"(?:said|claimed|alleged|reported|told)"
    yield rf"what\s(?:{_BE}|{_HAVE}\sbeen)\s{said}(?P<x>\b\B)?{tail}", _said_of
    asks = r"(?:what|who|whose|which|why|how|when|where|did|does|do|is|are|was|were|has|have|had)"
    yield rf"according\sto\s{x},\s?{asks}\s(?P<tail>.+)", _said_of
    yield rf"{asks}\s(?P<tail>.+?),?\saccording\sto\s{x}", _said_of
    yield (
        rf"(?:what|why|whom?|when|where|how)\s{x}\s{_ADVERB}(?:{_HAVE}\s)?{_ADVERB}(?P<aux>)(?P<verb>{VERB}){tail}",
        _told,
    )
    made = (
        r"(?P<light>(?:make|made|level(?:led)?|raised?|voiced?|issued?|faced?|receive[d]?|get"
        r"|deny|denied|reject(?:ed)?))"
    )
    yield rf"(?:what|which)\s(?P<noun>{NOUN})\s{aux}\s{x}\s{made}{tail}", _made
    yield rf"{x}\s{_ADVERB}(?P<verb>{VERB})\swhom?(?:\s(?P<tail>{link}\b.*))?", _echo
    there = rf"(?P<there>{_BE}\sthere\s|{_HAVE}\sthere\sbeen\s)?"
    ask = rf"(?:(?:what|which)\s{_BE}\s)?(?:(?:what|which|all|any|the|some)\s)*"
    owner = r"(?:(?P<owner>.+?)'s?\s)?"
    been_made = rf"(?:\s(?:{_HAVE}|{_BE})(?:\sthere)?(?:\sbeen)?)?"
    yield rf"{there}{ask}{owner}(?P<noun>{NOUN}){been_made}{tail}", _noun


_PATTERNS = tuple((re.compile(text, re.IGNORECASE), reader) for text, reader in _patterns())
