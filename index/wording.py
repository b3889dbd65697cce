"""Our few words around the words of the sources: headings, notes, where something is from."""

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
    text = f"{who} {VERBS[stance]} {listed(targets)}" if targets else f"{who} {ALONE[stance]}"
    text = f"{text}, by implication" if implied else text
    return text[:1].upper() + text[1:]


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
