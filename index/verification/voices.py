"""In whose voice a sentence stands that nobody in it speaks: a turn of an interview, a letter, an
article in the first person."""

from index.verification.authors import is_author, signs_below, writes
from index.verification.evidence import Evidence
from index.verification.names import FIRST_PERSON, party_is


def speaks_here(name: str, evidence: Evidence) -> bool:
    """Whether the cited sentences may be what somebody of this name says or writes."""
    known = evidence.labels
    if known:
        return any(party_is(name, [label]) for label in known)
    if signs_below(name, evidence):
        return True
    first = {t.lower for t in evidence.before} & FIRST_PERSON
    return bool(first) and (writes(name, evidence) or is_author(name, evidence))
