"""Words for what somebody is, and which of them mean nearly the same: "the ref", "the boss".

Common English, put together for this program; no list of others went into it.
"""

_ALIKE = (
    "boss|chief|chief executive|ceo|managing director|md|executive director|head|principal"
    "|superintendent",
    "boss|head|chief|leader|general secretary|secretary general|secretary-general|president",
    "boss|head|director|executive",
    "boss|owner|founder|proprietor",
    "chair|chairman|chairwoman|chairperson|head|president",
    "official|officer|secretary|general secretary|regional secretary|organiser|leader",
    "prime minister|pm|premier",
    "minister|secretary|secretary of state",
    "referee|ref|umpire",
    "coach|manager|trainer|head coach|gaffer",
    "goalkeeper|goalie|keeper",
    "captain|skipper",
    "police|cops|constabulary|police force",
    "police chief|chief constable|police commissioner|sheriff",
    "lawyer|attorney|solicitor|barrister|counsel|advocate",
    "defence lawyer|defence counsel|defence barrister|defence|defense lawyer|defense attorney"
    "|defense",
    "prosecutor|prosecution|district attorney",
    "spokesperson|spokesman|spokeswoman|press officer|press secretary",
    "mp|lawmaker|legislator|member of parliament|deputy",
    "councillor|cllr|councilman|councilwoman|alderman",
    "mayor|mayoress|lord mayor",
    "judge|justice|magistrate",
    "doctor|physician|medic|gp|surgeon",
    "journalist|reporter|correspondent",
    "presenter|host|broadcaster",
    "landlord|landlady|owner|proprietor",
    "vicar|priest|pastor|rector",
    "teacher|schoolteacher|headteacher|headmaster|headmistress|head teacher",
    "professor|prof|academic|scientist|researcher",
    "author|novelist|writer",
    "screenwriter|scriptwriter|playwright|writer",
    "film-maker|filmmaker|film director|director",
    "treasurer|bursar|finance director",
    "caretaker|janitor",
    "firm|company|business|corporation|employer",
    "newspaper|paper|journal|magazine",
    "utility|supplier",
    "captain|skipper|master",
)
FAMILIES = tuple(frozenset(" ".join(word.split()) for word in line.split("|")) for line in _ALIKE)
_LONGEST = max(len(word.split()) for family in FAMILIES for word in family)
_KNOWN = frozenset[str]().union(*FAMILIES)
# "who chairs the trustees", "who speaks for the ministry"
_DOING = {
    "chairs": "chair",
    "chaired": "chair",
    "heads": "head",
    "headed": "head",
    "leads": "leader",
    "led": "leader",
    "runs": "head",
    "owns": "owner",
    "founded": "founder",
    "started": "founder",
    "edits": "editor",
    "manages": "manager",
    "coaches": "coach",
    "directs": "director",
    "speaks for": "spokesman",
    "presents": "presenter",
}
GENERIC = frozenset(
    """
    firm company business group party team club man woman people side body office agency
    organisation organization corporation employer family authorities
    """.split()
)
"""What says nearly nothing about which one is meant."""


def known_role(words: tuple[str, ...]) -> str:
    """The longest word for a role with which some words end; the last word where none is known."""
    for size in range(min(_LONGEST, len(words)), 0, -1):
        if (role := " ".join(words[-size:])) in _KNOWN:
            return role
    return words[-1]


def verbs_of(role: str) -> tuple[str, ...]:
    """What somebody with a role does: "chairs"."""
    return tuple(verb for verb, does in _DOING.items() if does == role)


def is_role(word: str) -> bool:
    return word in _KNOWN


def synonyms(role: str) -> frozenset[str]:
    """Other words for nearly the same; the role itself among them."""
    return frozenset([role]).union(*(family for family in FAMILIES if role in family))
