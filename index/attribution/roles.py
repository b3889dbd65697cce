"""Who takes part: the speakers and the targets of a cue, and the matter between them."""

from spacy.tokens import Token

from index.attribution import agents, arguments, deed_doers, parties, syntax, texts, told_deeds
from index.attribution.clauses import host_clause
from index.attribution.coordination import is_judgement
from index.attribution.cues import Lexicon, load_lexicon, word_class
from index.attribution.sources import predicated_source, uttered_by
from index.types import Stance

JUDGING = frozenset([Stance.ACCUSE, Stance.CONDEMN])

_ABOUT = frozenset(["of", "against", "about", "on", "at", "over"])
_NOBODY_ELSE = syntax.REFLEXIVE | frozenset(
    ["everyone", "everybody", "someone", "somebody"]
)  # fmt: skip


def speakers_of(verb: Token, lexicon: Lexicon, *, strict: bool = False) -> tuple[Token, ...]:
    if syntax.is_passive(verb):
        doers = list(agents.further_agents(verb)) or [agents.agent(verb)]
        if doers == [None]:
            doers = [_author(verb)]
        found = [s for a in doers for s in admissible_speakers(a, lexicon, strict=strict)]
        return tuple(dict.fromkeys(found))
    head = arguments.surface_subject(verb)
    reduced = verb.dep_ in ("acl", "relcl")
    text = texts.text_beside(verb)
    if text is None and verb.dep_ == "acl" and head is not None and verb.tag_ == "VBG":
        text = texts.accusing_text(head)
    if text is not None:
        return admissible_speakers(_issuer(text) or text, lexicon, strict=strict)
    if head is not None and parties.is_document(head, lexicon) and (reduced or is_judgement(verb)):
        head = _issuer(head) or head
    return admissible_speakers(head, lexicon, strict=strict)


def broken_off_by(verb: Token, lexicon: Lexicon) -> tuple[Token, ...]:
    """Who speaks in "The board, the vicar alleged, had hidden it", read as who the board is."""
    said = verb.dep_ == "acl" and host_clause(verb) is not None
    return admissible_speakers(verb.head, lexicon) if said else ()


def _author(verb: Token) -> Token | None:
    """Who speaks in "in an action brought by Y, X is accused" and in "in Y's letter"."""
    matters = (t for m in verb.children if m.dep_ == "prep" and m.i > verb.i for t in m.subtree)
    for c in [*verb.children, *matters]:  # "accused of theft in a claim by": hung on the theft
        paper = syntax.child(c, "pobj") if c.dep_ == "prep" and c.lower_ == "in" else None
        if paper is None or paper.lemma_.lower() not in word_class("accusing_papers"):
            continue
        owner = owner_of(paper)
        if owner is not None:
            return owner
        parted = next((t for t in verb.lefts if t.dep_ == "advcl" and t.tag_ == "VBN"), None)
        if parted is not None and 0 < parted.i - paper.i <= 2 and c.i < verb.i:
            return agents.agent(parted)  # "in an action, brought by Y, X is accused"
    return None


def _issuer(document: Token) -> Token | None:
    """Whose letter, suit or statement it is, where the sentence tells."""
    return owner_of(document) or texts.issued_by(document)


def admissible_speakers(
    head: Token | None, lexicon: Lexicon, *, strict: bool = False
) -> tuple[Token, ...]:
    if head is None:
        return ()
    resolved = parties.resolve_relative(head)
    if resolved is None:
        return ()
    found = []
    for each in parties.conjuncts(resolved):
        if not parties.is_speakable(each):
            continue
        if strict and not (
            parties.is_party(each, lexicon)
            or parties.is_document(each, lexicon)
            or parties.is_bare_name(each)
        ):
            continue
        found.append(each)
    return tuple(found)


def targets_of(head: Token | None, lexicon: Lexicon, *, stance: Stance) -> tuple[Token, ...]:
    """The parties in an object; for a deed, whose deed it is."""
    if head is None:
        return ()
    resolved = parties.resolve_relative(head)
    if resolved is None:
        return ()
    found: list[Token] = []
    for mention in parties.conjuncts(resolved):
        each = _identified(mention, lexicon)
        doing = told_deeds.who_does_so(each, lexicon) if stance in JUDGING else None
        if doing is not None:
            found.append(doing)
            continue
        if not any(map(str.isalpha, each.text)) or each.lower_ in syntax.REFLEXIVE:
            continue
        if each.lower_ in ("nobody", "nothing", "none", "who", "whom", "what"):
            continue
        owner = syntax.child(each, "poss")
        doers = deed_doers.doers_of(each, lexicon) if owner is None else ()
        if doers and stance is Stance.CONDEMN:
            found.extend(doers)
            continue
        if owner is not None and owner.lower_ == "whose":
            owner = parties.resolve_relative(owner)  # "the squire, whose greed he deplored"
        if owner is None and each.lemma_.lower() in lexicon.words["acts"]:
            of = next(syntax.prepositions(each, frozenset(["of"])), None)
            owner = syntax.child(of, "pobj") if of is not None else None
        if (
            owner is not None
            and stance is Stance.CONDEMN
            and not parties.is_party(each, lexicon)
            and each.lemma_.lower() not in lexicon.words["suffered"]
            and parties.is_party(owner, lexicon)
            and owner.pos_ != "PRON"
        ):
            found.append(owner)
            continue
        found.append(each)
    return tuple(found)


def _identified(mention: Token, lexicon: Lexicon) -> Token:
    """The party that the sentence says a mention is.

    "The one I accuse is Quill": Quill. "A third port, Salis": Salis, as a port is no party.
    """
    if mention.lower_ == "those" and mention.head.lower_ == "among":
        # "among those whom she accused was Orr"
        above = mention.head.head
        named = syntax.child(above, "nsubj", "attr") if above.lemma_ == "be" else None
        if named is not None and parties.is_party(named, lexicon):
            return named
    following = mention.doc[mention.i + 1 : mention.i + 2]
    if mention.lower_ == "one" and following.text.lower() == "another":
        return following[0]
    clause = syntax.child(mention, "relcl")
    if clause is not None and mention.dep_ == "nsubj" and mention.head.lemma_ == "be":
        attribute = syntax.child(mention.head, "attr")
        if attribute is not None and parties.is_party(attribute, lexicon):
            return attribute
    if parties.is_document(mention, lexicon):
        return mention  # "the book, Cold Harbour": a work, whose title is no other party
    if mention.pos_ == "NOUN" and not parties.is_party(mention, lexicon):
        name = parties.named_apposition(mention)
        if name is not None and parties.is_party(name, lexicon):
            return name
    return mention


def is_about_somebody(head: Token, lexicon: Lexicon) -> bool:
    lemma = head.lemma_.lower()
    if parties.is_party(head, lexicon) or parties.is_document(head, lexicon):
        return True
    if lemma in lexicon.words["acts"] or lemma in lexicon.words["wrongs"]:
        return True
    owner = syntax.child(head, "poss")
    return (
        owner is not None
        and parties.is_party(owner, lexicon)
        and lemma not in ("hand", "head", "face", "car", "door")
    )


def is_specific(head: Token, lexicon: Lexicon) -> bool:
    """ "the scheme", "their plan": somebody's, where "unfair testing" is nobody's."""
    owned = any(
        c.dep_ == "poss"
        or (c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those"))
        for c in head.children
    )
    return owned and head.lemma_.lower() not in lexicon.words["things"]


def is_answerable(head: Token, lexicon: Lexicon) -> bool:
    """Somebody who can be blamed: not a thing, not oneself, not everybody."""
    if head.lower_ in _NOBODY_ELSE:
        return False
    return parties.is_party(head, lexicon)


def whose_act(noun: Token, lexicon: Lexicon) -> Token | None:
    """Who did it, where a deed is blamed: "blamed the slump on the board's purchases"."""
    owner = syntax.child(noun, "poss") or next(iter(deed_doers.doers_of(noun, lexicon)), None)
    lemma = noun.lemma_.lower()
    traits = (lexicon.words["failings"] | lexicon.words["culpable"]) - {"neglect", "cover-up"}
    if owner is None and lemma in traits:
        of = next(syntax.prepositions(noun, frozenset(["of"])), None)
        owner = syntax.child(of, "pobj") if of is not None else None  # "the greed of the bank"
    deeds = (lexicon.words["acts"] | lexicon.words["wrongs"]) - lexicon.words["suffered"]
    own = any(c.lower_ == "own" for c in noun.lefts)  # "the bank's own boiler"
    if owner is None or is_answerable(noun, lexicon) or owner.pos_ == "PRON":
        return None
    if lemma not in deeds | traits and not own:
        return None
    return owner if is_answerable(owner, lexicon) else None


def owner_of(noun: Token) -> Token | None:
    owner = syntax.child(noun, "poss")
    if owner is not None:
        return owner
    for preposition in noun.children:
        if preposition.dep_ in ("prep", "agent") and preposition.lower_ in ("by", "from"):
            found = syntax.child(preposition, "pobj")
            if found is not None:
                return found
    # "accusations of fraud by Korin"
    for preposition in noun.children:
        if preposition.dep_ == "prep" and preposition.lower_ in _ABOUT | {"for", "to"}:
            inner = syntax.child(preposition, "pobj")
            for second in inner.children if inner is not None else ():
                whose = second.lower_ == "from" and preposition.lower_ == "against"
                if whose and inner is not None and _is_indefinite(inner):
                    continue  # "complaints against two men from the choir"
                if second.lower_ in ("by", "from") and second.dep_ in ("prep", "agent"):
                    return syntax.child(second, "pobj")
                if second.dep_ == "acl" and second.lemma_ in word_class("bringing"):
                    brought = agents.agent(second)  # "a charge of fraud brought by Korin"
                    if brought is not None:
                        return brought
    made = syntax.child(noun, "acl")
    if made is not None and made.tag_ == "VBN":
        return agents.agent(made) or _sayer(noun)
    return _sayer(noun)


def _is_having(verb: Token) -> bool:
    """ "has a complaint", "has got a complaint"."""
    got = verb.lemma_ == "get" and any(c.lemma_ in ("have", "'ve", "’ve") for c in verb.lefts)
    return got or verb.lemma_ == "have"


def _is_indefinite(noun: Token) -> bool:
    definite = ("the", "this", "that", "these", "those")
    owned = any(c.dep_ == "poss" or c.lower_ in definite for c in noun.lefts)
    return noun.pos_ == "NOUN" and not owned


def _sayer(noun: Token) -> Token | None:
    """Whose it is, where nothing else tells.

    "In an accusation against the board, Korin said"; "Korin has a complaint against the board".
    """
    preposition, verb = noun.head, noun.head.head
    predicated = predicated_source(noun) or uttered_by(noun)
    if predicated is not None:
        return predicated
    had = _is_having(noun.head)
    if noun.dep_ == "dobj" and had:
        return arguments.surface_subject(noun.head)
    if noun.dep_ != "pobj" or preposition.lower_ != "in" or verb.pos_ != "VERB":
        return None
    if noun.lemma_.lower() not in word_class("charges") | word_class("blows"):
        return None
    if any(c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an") for c in noun.children):
        return None
    said = {cue.stance for cue in load_lexicon().verbs.get(verb.lemma_.lower(), ())}
    if syntax.is_passive(verb) or not said & {Stance.SAY, Stance.ACCUSE}:
        return None
    return arguments.surface_subject(verb)
