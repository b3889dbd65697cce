"""What an accusation is for, and further targets, each with a matter of its own."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from index.attribution import parties, syntax
from index.attribution.agents import agent
from index.attribution.cues import Lexicon, load_lexicon, word_class
from index.attribution.frames import Characters, subtree
from index.attribution.parted_objects import added_objects

_MATTERS = frozenset(["of", "for", "over", "with"])


_LATER = frozenset(["afterwards", "finally", "later", "lastly", "now", "recently", "then"])


def gapped(verb: Token, lexicon: Lexicon) -> Iterator[tuple[Token, Token | None]]:
    """Further targets of a verb that is not repeated, each with the preposition of its matter.

    "accuses Orr of fraud and Lind of theft"; "blamed the firm, and with it the council".
    """
    for added in added_objects(verb):
        if parties.is_party(added, lexicon):
            yield added, None
    for c in verb.subtree:
        apposed = c.dep_ == "appos" and _is_gapped(c, verb)
        if not (c.dep_ in ("conj", "dep") or apposed) or c.i < verb.i:
            continue
        if not parties.is_party(c, lexicon) or _has_own_verb(c, verb, lexicon):
            continue
        if c.pos_ not in ("NOUN", "PROPN", "PRON"):
            continue
        beside = next((p for p in c.lefts if p.dep_ == "prep"), None)
        if c.head == verb and c.dep_ == "conj" and beside is not None:
            if beside.lower_ in ("with", "behind", "after", "beside"):
                yield c, None
            continue
        again = next(syntax.prepositions(c, _MATTERS), None)
        last = c
        if c.head == verb and any(t.lower_ in _LATER and t.dep_ == "advmod" for t in c.lefts):
            yield c, again  # "accused the bank, and later the board, of fraud"
            continue
        if again is None and c.dep_ == "conj" and c.i + 1 < len(c.doc):
            # "of neglect and Haldane of old tactics": the second "of" hung on neglect
            follower = c.nbor(1)
            same = follower.lower_ in _MATTERS and follower.dep_ == "prep"
            again = follower if same and follower.head == c.head else None
        if again is None and (title := syntax.child(c, "appos")) is not None:
            again, last = next(syntax.prepositions(title, _MATTERS), None), title
        matter = syntax.complement(again) if again is not None else None
        if again is None or matter is None or again.i != last.i + 1:
            continue
        if any(
            first.lower_ == again.lower_ and verb.i < first.i < c.i and first.dep_ == "prep"
            for node in (verb, *verb.rights)
            for first in node.children
        ):
            yield c, again


def _has_own_verb(noun: Token, verb: Token, lexicon: Lexicon) -> bool:
    """ "rounded on Orr, accusing him of theft and Lind of fraud": Lind is accused."""
    for t in noun.ancestors:
        if t == verb:
            return False
        if t.pos_ == "VERB" and t.i > verb.i and t.lemma_.lower() in lexicon.verbs:
            return True
    return False


def _is_gapped(noun: Token, verb: Token) -> bool:
    """ "accused Orr of theft and, in a letter, Lind of fraud": read as what the letter is."""
    joined = next((t for t in verb.children if t.dep_ == "cc" and verb.i < t.i < noun.i), None)
    between = noun.doc[joined.i + 1 : noun.left_edge.i] if joined is not None else None
    return between is not None and between[0].text == "," and between[-1].text == ","


def without_verb(verb: Token, lexicon: Lexicon) -> Iterator[tuple[Token, Token]]:
    """Who accuses whom where the verb is left out: "She blames the heirs; the heirs, the bank"."""
    parts: list[list[Token]] = []
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.text == ";":
            parts.append([])
        elif parts:
            parts[-1].append(token)
    for part in parts:
        if any(t.pos_ in ("VERB", "AUX", "ADP") for t in part):
            return
        commas = [i for i, t in enumerate(part) if t.text == "," and 0 < i < len(part) - 1]
        if len(commas) != 1:
            return
        first = [t for t in part[: commas[0]] if t.pos_ in ("NOUN", "PROPN", "PRON")]
        second = [t for t in part[commas[0] :] if t.pos_ in ("NOUN", "PROPN", "PRON")]
        if not first or not second:
            return
        if parties.is_party(first[-1], lexicon) and parties.is_party(second[-1], lexicon):
            yield first[-1], second[-1]


def own_matter(target: Token, limit: int | None) -> Token | None:
    """The preposition in "the captain of fear and the mate of theft", None in "the Bank of Orn"."""
    if limit is None:
        return None
    preposition = next(syntax.prepositions(target, _MATTERS), None)
    matter = syntax.complement(preposition) if preposition is not None else None
    last = target.doc[limit]
    joined = preposition is not None and (
        last == preposition or (last.lower_ == preposition.lower_ and last.head in target.subtree)
    )
    named = matter is not None and (matter.pos_ == "PROPN" or matter.ent_type_ != "")
    return preposition if joined and matter is not None and not named else None


def matter_of(
    verb: Token, target: Token | None, words: frozenset[str]
) -> tuple[list[Characters], int | None]:
    """What for: the complement of the verb's preposition, also where it hangs on the target."""
    found_prepositions = [*syntax.prepositions(verb, words), *behind_agent(verb, words)]
    for preposition in sorted(found_prepositions, key=lambda p: (p.lower_ == "in", p.i)):
        if (
            target is None
            or preposition.i > target.i
            or verb.dep_ in ("relcl", "acl")
            or syntax.is_passive(verb)
        ):
            complement = syntax.complement(preposition)
            if complement is not None:
                if parties.is_time(complement):
                    continue
                if preposition.lower_ == "in" and (
                    complement.pos_ == "PROPN"
                    or complement.lower_ in word_class("circumstances")
                    or complement.ent_type_ in ("DATE", "TIME")
                ):
                    continue
                return without_agent(verb, complement), preposition.i
    if target is not None:
        matters: list[tuple[list[Characters], int]] = []
        first_word = ""
        for node in holders_of(verb, target):
            for preposition in node.children:
                if (
                    preposition.dep_ == "prep"
                    and preposition.lower_ in words
                    and preposition.i > verb.i
                ):
                    if preposition.lower_ == "in":
                        continue
                    preposition = _deepest_of(preposition)
                    complement = syntax.complement(preposition)
                    if complement is not None and (preposition.lower_ != "of" or "of" in words):
                        first_word = first_word or preposition.lower_
                        matters.append((subtree(complement), preposition.i))
        if matters:
            return matters[0] if first_word == "for" else matters[-1]
        # a gerund or clause that the parser put beside the object
    for c in verb.children:
        if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i and (target is None or c.i > target.i):
            return subtree(c), None
    return [], None


def without_agent(verb: Token, matter: Token, dropped: Sequence[Token] = ()) -> list[Characters]:
    """The characters of a matter, less the agent of a passive that the parser hung on it."""
    by = agent(verb) if syntax.is_passive(verb) else None
    outside = [*dropped, *([by.head] if by is not None else [])]
    return subtree(matter, [t for t in outside if matter.is_ancestor(t)])


def holders_of(verb: Token, target: Token) -> list[Token]:
    """What the matter may hang on besides the verb: the target and what stands beside it."""
    nodes = [target, *(c for c in target.children if c.dep_ in ("conj", "appos"))]
    name = parties.named_apposition(target)
    if name is not None and name not in nodes:
        nodes.append(name)
    if target.pos_ in ("NUM", "DET", "PRON"):
        # "one of the judges for the delay"
        of = next(syntax.prepositions(target, frozenset(["of"])), None)
        members = syntax.child(of, "pobj") if of is not None else None
        nodes += [members] if members is not None else []
    if not any(p.i > verb.i for n in nodes for p in syntax.prepositions(n, _MATTERS)):
        # "pointed at his partner Jo Berg for the loss", with the name beside the verb
        loose = (c for c in verb.rights if c.dep_ in ("npadvmod", "dep", "dobj"))
        nodes += [c for c in loose if c.pos_ == "PROPN" and not parties.is_time(c)]
    return nodes


def behind_agent(verb: Token, words: frozenset[str]) -> Iterator[Token]:
    """ "accused by two of the nurses of lying": the second "of", as nurses are no matter."""
    by = agent(verb) if syntax.is_passive(verb) else None
    lexicon = load_lexicon()
    for preposition in by.subtree if by is not None else ():
        if preposition.dep_ != "prep" or preposition.lower_ not in words:
            continue
        complement = syntax.complement(preposition)
        if complement is None or complement.pos_ == "PROPN" or complement.ent_type_:
            continue
        if not parties.is_party(complement, lexicon):
            yield preposition


def _deepest_of(preposition: Token) -> Token:
    """In "the head of department of theft" the second "of", which the parser hangs on the first."""
    noun = syntax.complement(preposition) if preposition.lower_ == "of" else None
    if noun is None or noun.tag_ == "VBG":
        return preposition
    within = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    matter = syntax.complement(within) if within is not None else None
    if within is None or matter is None:
        return preposition
    lexicon = load_lexicon()
    wrongs = lexicon.words["wrongs"] | lexicon.words["culpable"]
    said = {t.lemma_.lower() for t in [matter, *matter.lefts]}
    named = noun.pos_ == "PROPN" or parties.is_somebody(noun) or noun.lemma_.lower() not in wrongs
    wrong = matter.tag_ == "VBG" or bool(said & wrongs)
    return within if named and wrong else preposition
