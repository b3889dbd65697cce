"""What counsel puts to a witness: "put it to Orr that he had burned the ledger"."""

from spacy.tokens import Token

from index.attribution import parties, syntax
from index.attribution.cues import Lexicon
from index.attribution.frames import Frame, subtree
from index.attribution.framing import framed
from index.attribution.roles import is_answerable, speakers_of, targets_of
from index.types import Stance

_MEANT = frozenset(["he", "she", "they", "you", "it", "we", "i"])


def put_to(verb: Token, lexicon: Lexicon) -> Frame | None:
    """The frame of "put it to X that X did it", None where no wrong is put to anybody.

    In court what is put to a witness is held against him; elsewhere the clause must name a wrong.
    """
    it = syntax.child(verb, "nsubjpass" if syntax.is_passive(verb) else "dobj")
    to = next(syntax.prepositions(verb, frozenset(["to"])), None)
    hearer = syntax.child(to, "pobj") if to is not None else None
    if it is None or it.lower_ != "it" or hearer is None or not is_answerable(hearer, lexicon):
        return None
    clause = next(
        (
            c
            for c in (*verb.rights, *hearer.rights, *it.rights)
            if c.dep_ in ("ccomp", "relcl", "acl", "advcl")
            and any(g.lower_ == "that" and g.i < c.i for g in c.lefts)
        ),
        None,
    )
    speakers = speakers_of(verb, lexicon)
    if clause is None or not speakers or not _is_held_against(clause, hearer, speakers, lexicon):
        return None
    return framed(
        verb,
        lexicon,
        Stance.ACCUSE,
        speakers,
        targets_of(hearer, lexicon, stance=Stance.SAY),
        subtree(clause),
        limit=clause.left_edge.i if clause in hearer.subtree else None,
    )


def _is_held_against(
    clause: Token, hearer: Token, speakers: tuple[Token, ...], lexicon: Lexicon
) -> bool:
    doer = next((c for c in clause.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    about_hearer = doer is not None and (
        doer.lower_ in _MEANT or doer.lemma_.lower() == hearer.lemma_.lower()
    )
    proposed = any(t.lower_ in ("should", "might", "could", "ought", "would") for t in clause.lefts)
    if not about_hearer or proposed:
        return False
    words = lexicon.words
    wrong = words["wrongs"] | words["wrongdoing"] | words["culpable"]
    if any(t.lemma_.lower() in wrong for t in clause.subtree):
        return True
    return clause.pos_ == "VERB" and any(_examines(s, lexicon) for s in speakers)


def _examines(speaker: Token, lexicon: Lexicon) -> bool:
    """Is this counsel: by the noun, by what stands beside the name, or by "KC" after it?"""
    name = parties.named_apposition(speaker)
    near = [speaker, *(c for c in speaker.children if c.dep_ in ("appos", "compound", "nmod"))]
    if speaker.dep_ == "appos":
        near.append(speaker.head)
    if name is not None:
        near += [name, *name.children]
    return any(t.lemma_.lower() in lexicon.words["examiners"] for t in near)
