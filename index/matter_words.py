"""Words for what is no party: a plan, a decision, a bus. Who praises one asks about a matter.

Common English, put together for this program; no list of others went into it.
"""

import re

_THINGS = frozenset(
    """
    accident act affair aftermath agenda agreement aid album allegation amendment answer app appeal
    approach area argument article attack award ban bid bill blackout blaze blockade bombing book
    bridge budget building bus car case ceasefire chaos charge claim clampdown clause closure
    clothes code comment compromise concept concert conduct conference consequence contract cost
    coup course cover crackdown crash crime criticism culture curfew cut damage data date deal death
    debate debt decline decree delay demand design diet disaster dispute document draft drop drought
    drug duty effect effort election email emergency end error event evidence exam exhibit exit
    expense fact failure fall fare fault fee fence fight figure film fine fire fix flood food foul
    fraud gap gift goal grant growth guideline harvest hike hunt idea image incident inquiry
    interview issue job joke journey judgment kick killing lack language law lawsuit layout leaflet
    leak legacy letter level lie lift list loan lockout loss luck manifesto map march mark market
    match meal measure meeting memo merger mess message method mission mistake money mood motion
    move murder music name news noise note notice novel occupation offer oil order outage outbreak
    outcome pact page paint park pay peace penalty performance phone photo picture pie pipeline plan
    play plot policy poll pollution poster premise price problem process product profit program
    programme project promise proof proposal proposition protest purchase quality question quote
    race raid raise rate reason rebate record referendum reform refusal relief remark remedy removal
    rent repair reply report request rescue response result retreat return review riot rise risk
    road roof route row rule ruling rumor rumour salary sale sanction scandal scheme score script
    season sentence series shake-up shape shift shirt shooting shortage show shutdown silence site
    situation slogan smell song speech speed spending spill standard start statement step stop story
    strategy street strike strip study style subject subsidy summit supply surge survey swap system
    tactic talk target tariff tax taxation team-sheet technology tender term test text theft theory
    threat ticket tie time timetable timing title toilet tone tour tower trade trade-off traffic
    train transfer treaty trend trial trip truce truth tune turbine turmoil tweet type usage use
    vaccine value verdict version veto video view violence visit vote wage wait war waste water way
    weapon weather website weight whip wind wish wording work works wreck wrongdoing year zone
    """.split()
)
_PARTIES = frozenset(
    """
    administration ambulance association authority charity city coalition commission community
    confederation congregation conservancy constituency corporation defence defense delegation
    department deputation division embassy establishment expedition faculty federation foundation
    generation government institution intelligence kingdom leadership legion legislature majority
    management ministry minority movement nation opposition organisation organization parliament
    partnership population prosecution regiment resistance secretariat society sorority station
    university utility
    """.split()
)
"""Bodies and groups whose words end as those of things do, or that act like persons."""
_ABSTRACT = re.compile(
    r"(?:[st]ion|ment|ness|ence|ance|[^aeiou]ity|ism|ship|[^k]ing|ure|dom|cide|age)s?$"
)
_PEOPLE = re.compile(r"(?:king|being|sing|ling|advance|audience|alliance|prince|village)s?$")
_BEHIND_HEAD = re.compile(
    r",|\s(?=(?:of|for|in|on|at|by|to|from|with|about|over|that|which|who|against|between)\s)"
)
_MINE = re.compile(r"^(?:the|an?|this|that|these|those|his|her|its|their|our)\s", re.IGNORECASE)


def head_of(phrase: str) -> str:
    """The words of a phrase before what it is of, or against: "threats" in "threats on Lowe"."""
    return _BEHIND_HEAD.split(_MINE.sub("", phrase.strip()))[0]


def is_matter(phrase: str) -> bool:
    """Whether a phrase speaks of a thing, by its head: "the treatment of the nurses".

    Not for a name, nor for what may be one ("page", typed in haste), and not for bodies that may
    answer for themselves.
    """
    if _MINE.match(phrase) is None and "'s " not in phrase.replace("’", "'"):
        return False
    head = head_of(phrase).split()
    if not head or not head[-1].islower():
        return False
    word = head[-1]
    if {word, word.removesuffix("s")} & _PARTIES or _PEOPLE.search(word):
        return False
    singular = word.removesuffix("s"), word.removesuffix("es"), re.sub(r"ies$", "y", word)
    return not _THINGS.isdisjoint((word, *singular)) or (
        len(word) > 5 and _ABSTRACT.search(word) is not None
    )
