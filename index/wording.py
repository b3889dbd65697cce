"""Our few words around the words of the sources: headings, notes, where something is from."""

import re
from collections.abc import Sequence

from index.ledger_tables import shown_name
from index.names import is_pronoun
from index.types import Attribution, Source, Span, Stance

VERBS = {
    Stance.ACCUSE: "accuses",
    Stance.CONDEMN: "criticises",
    Stance.DENY: "denies",
    Stance.DEMAND: "makes a demand of",
    Stance.WARN: "warns",
    Stance.PRAISE: "praises",
    Stance.PROMISE: "promises",
    Stance.BELIEVE: "holds a view on",
    Stance.SAY: "speaks of",
}
ALONE = {
    Stance.ACCUSE: "makes an accusation",
    Stance.CONDEMN: "is critical",
    Stance.DENY: "denies it",
    Stance.DEMAND: "makes a demand",
    Stance.WARN: "warns",
    Stance.PRAISE: "is full of praise",
    Stance.PROMISE: "promises",
    Stance.BELIEVE: "holds",
    Stance.SAY: "says",
}
_PLURAL = {"denies": "deny", "is": "are", "promises": "promise", "praises": "praise"}
_MANY = frozenset(
    """
    “we” “they” “i” “you” “these” “those” “both” police people activists campaigners councillors
    critics customers doctors experts families fans farmers investigators lawyers locals members
    ministers neighbours nurses officials opponents parents prosecutors protesters relatives
    residents retailers scientists speakers students supporters teachers unions villagers voters
    witnesses workers
    """.split()
)
_NOT_MANY = re.compile(r"(?:ss|us|is|ics|news|series)$")
_BEHIND_HEAD = re.compile(r",|\s(?=(?:at|of|in|on|for|from|who|with|near)\s)")
_NOTHING = {Stance.ACCUSE: "accusation", Stance.CONDEMN: "criticism"}
IMPLIED = "implied, not said in so many words"
DENIAL = "denial"
DID_NOT = "says that it did not happen"


def origin(source: Source) -> str:
    """Title, publisher and date of a document, as far as they are known."""
    return " · ".join(part for part in (source.title, source.publisher, source.published) if part)


def one_line(text: str) -> str:
    """Words of a source with their line ends and runs of space made one space."""
    return " ".join(text.split())


def party(span: Span | None) -> str:
    """What to call a party; a pronoun that nothing resolves stands in quotation marks."""
    return party_name(shown_name(span)) if span is not None else ""


def party_name(shown: str) -> str:
    return f"“{shown}”" if is_pronoun(shown) else shown


def heading(
    stance: Stance,
    speaker: str,
    targets: Sequence[str],
    *,
    implied: bool = False,
    negated: bool = False,
) -> str:
    """Who stands how to whom, as in "Ada Lowe accuses Quill Roofing"."""
    if negated:
        who = speaker or "Nobody"
        return f"{who}: no {_NOTHING.get(stance, 'such statement')}" + (
            f" against {listed(targets)}" if targets and stance in _NOTHING else ""
        )
    who = speaker or "Somebody"
    verb = VERBS[stance] if targets else ALONE[stance]
    if speaks_as_many(who):
        first, _, rest = verb.partition(" ")
        verb = f"{_PLURAL.get(first) or first.removesuffix('s')} {rest}".strip()
    text = f"{who} {verb} {listed(targets)}" if targets else f"{who} {verb}"
    text = f"{text}, by implication" if implied else text
    return text[:1].upper() + text[1:]


def speaks_as_many(name: str) -> bool:
    """Whether a verb after a name is in the plural: "farmers at Brod", "“We”"."""
    head = _BEHIND_HEAD.split(name)[0].split()
    if not head:
        return False
    if head[-1].lower() in _MANY:
        return True
    no_name = all(word.islower() for word in head[1:]) and (len(head) > 1 or head[0].islower())
    return no_name and head[-1].endswith("s") and _NOT_MANY.search(head[-1]) is None


def listed(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def marks(attribution: Attribution) -> str:
    """What keeps an attribution from being a plain fact, in words; "" for a plain one."""
    found = []
    if not attribution.explicit:
        found.append("implied")
    if attribution.negated:
        found.append("negated")
    if attribution.hypothetical:
        found.append("hypothetical")
    return ", ".join(found)
