"""The verbs and nouns by which a question asks for a stance."""

import difflib
from dataclasses import dataclass

from index.types import Stance

# Regular verbs by their base; others as "base/third/past/participle/gerund".
_VERBS = {
    Stance.ACCUSE: "accuse blame allege fault incriminate suspect charge sue indict implicate",
    Stance.CONDEMN: """
        condemn criticise criticize denounce deplore lambast rebuke castigate reproach decry
        slam/slams/slammed/slammed/slamming attack berate deride mock scold lambaste oppose slate
        """,
    Stance.DENY: """
        reject refute dismiss dispute repudiate deny/denies/denied/denied/denying
        rebut/rebuts/rebutted/rebutted/rebutting
        """,
    Stance.DEMAND: "demand urge request want",
    Stance.WARN: "warn threaten caution",
    Stance.PRAISE: """
        praise welcome applaud thank commend hail defend support endorse
        backs/backs/backed/backed/backing
        """,
    Stance.PROMISE: "promise pledge vow/vows/vowed/vowed/vowing",
    Stance.BELIEVE: "believe hope fear think/thinks/thought/thought/thinking",
    Stance.SAY: """
        say/says/said/said/saying tell/tells/told/told/telling claim state argue explain mention
        suggest comment insist assert note remark announce declare report
        testify/testifies/testified/testified/testifying
        reply/replies/replied/replied/replying recall reveal contend maintain
        write/writes/wrote/written/writing
        admit/admits/admitted/admitted/admitting
        """,
}
_WITH_PARTICLE = {
    "complain about": Stance.CONDEMN,
    "object to": Stance.CONDEMN,
    "call on": Stance.DEMAND,
    "call upon": Stance.DEMAND,
    "call for": Stance.DEMAND,
    "appeal to": Stance.DEMAND,
    "speak/speaks/spoke/spoken/speaking about": Stance.SAY,
    "talk about": Stance.SAY,
    "lash out at": Stance.CONDEMN,
    "hit/hits/hit/hit/hitting out at": Stance.CONDEMN,
    "take/takes/took/taken/taking aim at": Stance.CONDEMN,
    "speak/speaks/spoke/spoken/speaking out against": Stance.CONDEMN,
    "complain of": Stance.CONDEMN,
    "find/finds/found/found/finding fault with": Stance.CONDEMN,
    "take/takes/took/taken/taking issue with": Stance.CONDEMN,
    "have/has/had/had/having a go at": Stance.CONDEMN,
    "hit/hits/hit/hit/hitting back at": Stance.CONDEMN,
    "side with": Stance.PRAISE,
    "stand/stands/stood/stood/standing up for": Stance.PRAISE,
    "speak/speaks/spoke/spoken/speaking up for": Stance.PRAISE,
    "ask for": Stance.DEMAND,
    "turn on": Stance.CONDEMN,
    "round on": Stance.CONDEMN,
    "lay/lays/laid/laid/laying into": Stance.CONDEMN,
    "lay/lays/laid/laid/laying the blame on": Stance.ACCUSE,
    "put/puts/put/put/putting the blame on": Stance.ACCUSE,
    "place the blame on": Stance.ACCUSE,
    "pin/pins/pinned/pinned/pinning the blame on": Stance.ACCUSE,
    "take/takes/took/taken/taking legal action against": Stance.ACCUSE,
    "point the finger at": Stance.ACCUSE,
    "point a finger at": Stance.ACCUSE,
    "point fingers at": Stance.ACCUSE,
}
_LIGHT = frozenset("have take hit find stand speak put place lay pin point turn round".split())
"""Verbs that by themselves say nothing of a stance: "had" is not "had a go at"."""
_HOLD = "hold/holds/held/held/holding"
_ALSO = {
    Stance.ACCUSE: "accusation accusations allegation allegations finger responsible",
    Stance.CONDEMN: "criticism criticisms condemnation complaint complaints critical",
    Stance.DENY: "denial denials",
    Stance.DEMAND: "call calls demand demands",
    Stance.WARN: "warning warnings threat threats",
}
# Longer beginnings before shorter ones.
_NOUNS = {
    "accus": Stance.ACCUSE,
    "alleg": Stance.ACCUSE,
    "blame": Stance.ACCUSE,
    "charge": Stance.ACCUSE,
    "critic": Stance.CONDEMN,
    "condemn": Stance.CONDEMN,
    "complain": Stance.CONDEMN,
    "denunc": Stance.CONDEMN,
    "denial": Stance.DENY,
    "rejection": Stance.DENY,
    "demand": Stance.DEMAND,
    "request": Stance.DEMAND,
    "appeal": Stance.DEMAND,
    "call": Stance.DEMAND,
    "warning": Stance.WARN,
    "threat": Stance.WARN,
    "praise": Stance.PRAISE,
    "promise": Stance.PROMISE,
    "pledge": Stance.PROMISE,
    "statement": Stance.SAY,
    "comment": Stance.SAY,
    "remark": Stance.SAY,
    "claim": Stance.SAY,
}
NOUN = (
    r"(?:accusations?|allegations?|charges|blame|criticisms?|condemnations?|complaints?"
    r"|denunciations?|denials?|rejections?|demands?|requests?|appeals?|calls|warnings?|threats?"
    r"|praise|promises?|pledges?|statements?|comments?|remarks?|claims?)"
)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of a question. `particle` is the preposition that belongs to it."""

    stance: Stance
    base: str
    particle: str = ""


def _forms(word: str) -> tuple[str, str, str, str, str]:
    """Base, third person, past, participle and gerund."""
    if "/" in word:
        base, third, past, participle, gerund = word.split("/")
        return base, third, past, participle, gerund
    if word.endswith("e"):
        return word, f"{word}s", f"{word}d", f"{word}d", f"{word[:-1]}ing"
    third = f"{word}es" if word.endswith(("s", "sh", "ch")) else f"{word}s"
    return word, third, f"{word}ed", f"{word}ed", f"{word}ing"


def _tables() -> tuple[dict[str, Verb], set[str]]:
    """Every form with its verb, and the forms that are participles."""
    found: dict[str, Verb] = {}
    participles: set[str] = set()

    def add(word: str, stance: Stance, particle: str = "") -> None:
        forms = _forms(word)
        tail = f" {particle}" if particle else ""
        for form in forms:
            found[f"{form}{tail}"] = Verb(stance, forms[0], particle.rpartition(" ")[2])
        participles.add(f"{forms[3]}{tail}")

    for stance, verbs in _VERBS.items():
        for word in verbs.split():
            add(word, stance)
    add(_HOLD, Stance.ACCUSE)
    for phrase, stance in _WITH_PARTICLE.items():
        word, _, particle = phrase.partition(" ")
        add(word, stance, particle)
    return found, participles


def _any_of(forms: set[str]) -> str:
    """A pattern for any of the forms, the longest first."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "(?:" + "|".join(form.replace(" ", r"\s") for form in ordered) + ")"


_BY_FORM, _PARTICIPLES = _tables()
# What is often misspelt, and words that only look like it.
_LONG = [
    form
    for word in "accuse criticise criticize condemn denounce allege".split()
    for form in _forms(word)
] + "accusation accusations allegation allegations criticism criticisms".split()
_REAL = frozenset(
    """
    accusation accusations accuser accusers accrued access accessed accesses allegation
    allegations
    allegedly allegiance alleged alleviate alleviated allergen allergens alleys amused
    aroused critic critics critical critically criticism criticisms critique critiques condensed
    condense condoned condone denouement
    accursed accustomed announce announced allegory college
    """.split()
)
_SLIPS = {"blaimed": "blamed", "blaims": "blames", "blammed": "blamed", "denyed": "denied"} | {
    "denys": "denies", "prased": "praised", "wanred": "warned"
}  # fmt: skip
VERB = _any_of(set(_BY_FORM))
PARTICIPLE = _any_of(_PARTICIPLES)


def corrected(question: str) -> str:
    """The question with the long verbs and nouns of accusing as they are spelt."""
    return " ".join(_corrected(word) for word in question.split())


def _corrected(word: str) -> str:
    lower = word.lower()
    if lower in _SLIPS:
        return _SLIPS[lower]
    if not lower.isalpha() or not 5 <= len(lower) <= 14 or lower in _BY_FORM:
        return word
    if lower[0] not in "acd" or lower in _REAL or word[0].isupper():
        return word
    near = difflib.get_close_matches(lower, _LONG, 1, 0.82)
    return near[0] if near and near[0][0] == lower[0] else word


def verb_of(form: str) -> Verb:
    return _BY_FORM[" ".join(form.lower().split())]


def stance_of_noun(noun: str) -> Stance:
    return next(s for beginning, s in _NOUNS.items() if noun.lower().startswith(beginning))


def cue_words(stance: Stance) -> frozenset[str]:
    """The words by which a sentence may express a stance."""
    forms = {
        form.split()[0]
        for form, verb in _BY_FORM.items()
        if verb.stance is stance and not (verb.particle and verb.base in _LIGHT)
    }
    return frozenset(forms - set(_HOLD.split("/"))) | set(_ALSO.get(stance, "").split())
