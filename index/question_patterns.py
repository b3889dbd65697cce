"""The patterns of question syntax over a table of verbs and nouns, the most telling first."""

import re
from collections.abc import Callable, Iterator

from index import question_readings as readings
from index.question_readings import Reading
from index.question_verbs import NOUN, PARTICIPLE, VERB

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


def read(question: str) -> Reading | None:
    """What the first pattern that fits makes of a question; None where none does."""
    for pattern, reader in _PATTERNS:
        match = pattern.fullmatch(question)
        found = reader(match) if match is not None else None
        if found is not None and found.is_plausible:
            return found
    return None


_Reader = Callable[[re.Match[str]], Reading | None]


def _patterns() -> Iterator[tuple[str, _Reader]]:
    verb, participle = rf"{_ADVERB}(?P<verb>{VERB})", rf"{_ADVERB}(?P<verb>{PARTICIPLE})"
    x, tail, aux = r"(?P<x>.+?)", r"(?:\s(?P<tail>.+))?", rf"(?P<aux>{_AUX})"
    be = rf"(?P<aux>{_BE}|{_HAVE})\s"
    been = rf"{_ADVERB}(?:been\s|being\s)?"
    guilty = r"(?:to\sblame|responsible|at\sfault)(?:\sfor\s(?P<tail>.+?))?"
    yield rf"according\sto\s{x},?\s(?:who\s{_BE}\s{guilty})", readings.who_is_guilty
    yield rf"who,?\saccording\sto\s{x},?\s{_BE}\s{guilty}", readings.who_is_guilty
    yield rf"who\s{_BE}\s{guilty},?\saccording\sto\s{x}", readings.who_is_guilty
    yield rf"whose\sfault\s{_BE}\s(?P<tail>.+?),?\saccording\sto\s{x}", readings.who_is_guilty
    said_to_be = r"(?:say|says|said|think|thinks|believe|believes|claim|claims)"
    yield rf"who\s{_AUX}\s{x}\s{said_to_be}\s{_BE}\s{guilty}", readings.who_is_guilty
    blame = r"(?:to\sblame|at\sfault)(?:\sfor\s(?P<tail>.+))?"
    yield rf"who\s{_BE}\s{blame}", readings.who_is_guilty
    yield rf"whose\sfault\s{_BE}\s(?P<tail>.+)", readings.who_is_guilty
    takes = r"(?:gets|got|takes|took|bears|bore|carries|carried)\s(?:all\s|most\sof\s)?the\sblame"
    yield rf"who\s{takes}(?:\sfor\s(?P<tail>.+))?", readings.who_is_guilty
    who = (
        r"(?:about\s)?(?:who|which\s(?:\w+\s){0,2}?\w+|how\smany\s\w+)(?:\s(?:all|else|exactly))?\s"
    )
    who += rf"(?:(?:{_HAVE}|{_BE})\s)?(?:been\s)?"
    what = r"(?:(?:of|for|about|on)\s)?(?:what(?:\s(?:crime|offence|wrongdoing|misconduct)s?)?|why"
    what += r"|which\s\w+)(?:\s(?:else|exactly))?"
    link = r"(?:of|for|over|about|in|to|because)"
    yield rf"{who}{verb}\s(?:whom|who)(?:\s(?P<tail>{link}\b.*|and why))?", readings.whom
    yield (
        r"(?:whom?|which\s(?:\w+\s){0,2}?\w+)\s"
        rf"(?:{_BE}|{_HAVE}\sbeen|gets|got|stands?|stood)\s{been}{participle}{tail}",
        readings.who_was,
    )
    yield rf"(?:by\swhom|who\sby)\s{be}{x}\s{been}{participle}{tail}", readings.was
    yield (
        rf"{be}{x}\s{been}{participle}(?:\s(?P<tail>(?:of|for|over|by|with|in|responsible|accountable|liable)\b.*))?",
        readings.was,
    )
    yield rf"(?:{what}|when|where|how)\s{be}{x}\s{been}{participle}{tail}", readings.was
    got = r"(?:get|gets|got)"
    yield rf"(?P<aux>did|does|do)\s{x}\s{got}\s{participle}{tail}", readings.was
    yield (
        rf"(?:{what}|when|where|how)\s(?P<aux>did|does|do)\s{x}\s{got}\s{participle}{tail}",
        readings.was,
    )
    replied = r"(?:respond(?:ed)?|react(?:ed)?|repl(?:y|ied)|answer(?:ed)?)"
    to = r"(?:\s(?:to|after)\s(?P<tail>.+))?"
    yield rf"(?:how|what)\s(?:did|does|do|{_HAVE})\s{x}\s{replied}{to}", readings.response
    answered = r"(?:answer(?:ed)?|rebut(?:ted)?|counter(?:ed)?)"
    yield rf"how\s(?:did|does|do|{_HAVE})\s{x}\s{answered}\s(?P<tail>.+)", readings.response
    yield rf"what\s{_BE}\s{x}(?:'s?)?\s(?:response|reply|reaction|answer){to}", readings.response
    how = r"when|where|how(?:\soften|\smany\stimes)?|in\s(?:which|what)\s\w+"
    yield rf"(?:{what}|(?:about\s)?whom?|{how})\s{aux}\s{x}\s{been}{verb}{tail}", readings.subject
    yield (
        rf"is\sit\s(?:true|right)\sthat\s{x}\s(?P<aux>)(?:{_HAVE}\s)?{_ADVERB}{verb}{tail}",
        readings.is_true,
    )
    yield rf"{aux}\s{x}\s{been}{verb}{tail}", readings.subject
    make = r"(?:ma[dk]es?|level(?:s|led)?|raised?s?|voiced?s?|brings?|brought|put|lay|laid)"
    noun = rf"(?:(?:any|the|an?|some|all)\s)*(?P<noun>{NOUN})"
    yield rf"{who}{_ADVERB}{make}\s{noun}{tail}", readings.who_made
    yield (
        rf"(?:against|at|on|of)\swhom\s{aux}\s{x}\s{_ADVERB}{make}\s{noun}{tail}",
        readings.who_made,
    )
    yield rf"{who}{verb}{tail}", readings.who
    met = r"(?:c[ao]me\s(?:in\sfor|under)|faced|drew|attracted|received|got|suffered|provoked)"
    yield rf"who(?:\selse)?\s(?:has\s|have\s)?{met}\s(?:\w+\s)?{noun}{tail}", readings.who_met
    critical = (
        r"(?:\w+ly\s|very\s|so\s|most\s)?(?:critical|scathing|scornful|contemptuous|dismissive|angry"
        r"|cross|furious|unhappy|annoyed|mad|upset|outraged)"
    )
    critical += r"\s(?:of|about|towards|with|at|by)\s(?P<target>.+)"
    yield rf"who(?:\selse)?\s(?:{_BE}|{_HAVE}\sbeen)\s{critical}", readings.who_is_critical
    yield rf"{_BE}\s{x}\s{critical}", readings.who_is_critical
    yield (
        rf"(?:of|for|about|on|over)\s(?:what|whom)\s{aux}\s{x}\s{been}{verb}{tail}",
        readings.subject,
    )
    said = r"(?:said|claimed|alleged|reported|told)"
    yield rf"what\s(?:{_BE}|{_HAVE}\sbeen)\s{said}(?P<x>\b\B)?{tail}", readings.said_of
    asks = r"(?:what|who|whose|which|why|how|when|where|did|does|do|is|are|was|were|has|have|had)"
    yield rf"according\sto\s{x},\s?{asks}\s(?P<tail>.+)", readings.said_of
    yield rf"{asks}\s(?P<tail>.+?),?\saccording\sto\s{x}", readings.said_of
    yield (
        rf"(?:what|why|whom?|when|where|how)\s{x}\s{_ADVERB}(?:{_HAVE}\s)?{_ADVERB}(?P<aux>)(?P<verb>{VERB}){tail}",
        readings.told,
    )
    made = (
        r"(?P<light>(?:make|made|level(?:led)?|raised?|voiced?|issued?|faced?|receive[d]?|get"
        r"|deny|denied|reject(?:ed)?))"
    )
    yield rf"(?:what|which)\s(?P<noun>{NOUN})\s{aux}\s{x}\s{made}{tail}", readings.made
    yield rf"{x}\s{_ADVERB}(?P<verb>{VERB})\swhom?(?:\s(?P<tail>{link}\b.*))?", readings.echo
    of_what = r"(?:of|for|over|with)\swhat(?P<tail>(?:\sby\s.+)?)"
    yield rf"{x}\s{be}{been}{participle}\s{of_what}", readings.echo_passive
    there = rf"(?P<there>{_BE}\sthere\s|{_HAVE}\sthere\sbeen\s)?"
    ask = rf"(?:(?:what|which)\s{_BE}\s)?(?:(?:what|which|all(?:\sof)?|any|the|some)\s)*"
    owner = r"(?:(?P<owner>.+?)'s?\s)?"
    been_made = rf"(?:\s(?:{_HAVE}|{_BE})(?:\sthere)?(?:\sbeen)?)?"
    yield rf"{there}{ask}{owner}(?P<noun>{NOUN}){been_made}{tail}", readings.noun


_PATTERNS = tuple((re.compile(text, re.IGNORECASE), reader) for text, reader in _patterns())
