"""Nouns that accuse: "Korin's criticism of the board", "accusations against the bank"."""

from collections.abc import Iterator

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.addressed import shame
from index.attribution.agents import agent
from index.attribution.charges import (
    aimed_at,
    answerer,
    meant_for,
    owner_and_accused,
    struck_with,
)
from index.attribution.cues import Lexicon, NounCue, word_class
from index.attribution.culprits import culprits
from index.attribution.frames import Characters, Frame, cue_span, subtree
from index.attribution.loose_sources import behind_owner, loose_accused, loose_source
from index.attribution.noun_clauses import content_clause
from index.attribution.polarity import is_denied, polarity
from index.attribution.roles import (
    JUDGING,
    admissible_speakers,
    is_about_somebody,
    is_answerable,
    owner_of,
    targets_of,
)
from index.attribution.sources import is_printed, latest_source
from index.attribution.spoken import is_verbal_attack
from index.types import Stance

_DOUBTED = frozenset(["alleged", "apparent", "imagined", "purported", "so-called", "supposed"])
_POSSESSIVES = {"i": "my", "we": "our"}
_CLEARING = frozenset("absolve acquit clear dismiss drop exonerate quash retract withdraw".split())
_THIRD = frozenset(["his", "her", "its", "their"])


def nominal(noun: Token, cue: NounCue, lexicon: Lexicon) -> Frame | None:
    """ "Korin's criticism of the board", "accusations against the bank by regulators"."""
    if noun.lemma_.lower() == "shame":
        return shame(noun, lexicon)
    owner = owner_of(noun) or loose_source(noun, lexicon)
    through = next(syntax.prepositions(noun, cue.target), None)
    head = syntax.child(through, "pobj") if through is not None else None
    if head is None and owner is not None and owner.dep_ == "pobj":
        through = behind_owner(owner, cue, lexicon)
        head = syntax.child(through, "pobj") if through is not None else None
    if head is None and cue.stance in JUDGING:
        head = aimed_at(noun, lexicon) or loose_accused(noun, lexicon)
    incomplete = (owner is None or head is None) and "against" in cue.target
    joint = owner_and_accused(noun, lexicon) if incomplete else None
    if joint is not None:
        owner, head = owner or joint[0], joint[1]
    if head is None and cue.stance is Stance.CONDEMN and noun.dep_ in ("attr", "dobj"):
        head = meant_for(noun, lexicon)
    delivery = _delivery(noun, lexicon) if cue.stance in JUDGING else None
    if delivery is not None:
        owner, head, delivered = delivery
    clause = content_clause(noun)
    answered = head is None and clause is None and _is_answered(noun, owner is not None)
    if answered and owner != (answering := answerer(noun, lexicon)):
        head = answering
    answered = answered and head is not None
    verb = noun.head if noun.dep_ in ("dobj", "nsubjpass", "pobj") else None
    if verb is not None and noun.dep_ == "pobj" and verb.lower_ in ("from", "under"):
        verb = verb.head if owner is None or verb.lower_ == "under" else verb
    if verb is not None and verb.lower_ == "for" and verb.head.lemma_ in ("come", "in"):
        verb = (
            verb.head if verb.head.lemma_ == "come" else verb.head.head
        )  # "come in for criticism"
    struck = struck_with(noun)
    verb = struck or verb
    receiving = verb is not None and (
        verb.lemma_ in word_class("receiving")
        or struck is not None
        or (
            verb.lemma_ == "be"
            and noun.dep_ == "pobj"
            and noun.head.lower_ == "under"
            and (cue.received or cue.stance is Stance.CONDEMN or noun.lemma_ == "indictment")
        )
    )
    received = receiving and cue.stance in JUDGING
    heading = noun.dep_ == "pobj" and noun.head.lower_ == "under"
    if not received and not heading and noun.lemma_.lower() in word_class("blows"):
        # "Orr's attack on the board", where it is one of words
        on = next(syntax.prepositions(noun, frozenset(["on", "against"])), None)
        head = syntax.child(on, "pobj") if on is not None else None
        spoken = is_verbal_attack(noun) or is_printed(noun)
        if head is None or owner is None or not spoken:
            return None
    elif cue.received and not received and not heading:
        return None
    if owner is None and noun.dep_ == "nsubj" and noun.head.lemma_ in word_class("coming_in"):
        owner = latest_source(noun.head)
        through = behind_owner(owner, cue, lexicon) if owner is not None and head is None else None
        head = syntax.child(through, "pobj") if through is not None else head
    if owner is None and noun.dep_ == "dobj" and head is not None and syntax.is_passive(noun.head):
        owner = agent(noun.head)  # "was read an allegation against Orr by a clerk"
    if received and verb is not None and cue.stance in JUDGING:
        source = next(syntax.prepositions(verb, frozenset(["from", "by"])), None)
        if source is None and cue.received:
            source = next(syntax.prepositions(noun, frozenset(["of"])), None)  # "the wrath of Orr"
        if owner is None and source is not None:
            owner = syntax.child(source, "pobj")
        if head is None and owner is not None and syntax.child(noun, "poss") == owner:
            return None
        against = next(syntax.prepositions(verb, frozenset(["against"])), None)
        named = syntax.child(against, "pobj") if against is not None else None
        judge = noun.lemma_.lower() in word_class("received_by_others")
        if verb.lemma_ in word_class("facing") or not judge or _is_about_own(noun, verb):
            named = named or arguments.surface_subject(verb)
        head = head or named
    speakers = admissible_speakers(owner, lexicon, strict=True)
    for more in _further_sources(owner):
        speakers += admissible_speakers(more, lexicon, strict=True)
    under = noun.dep_ == "pobj" and noun.head.lower_ == "under"
    if under and not received and cue.received and noun.head.head.pos_ in ("NOUN", "PROPN"):
        # a headline: "Council under fire from parents over the sale"
        received, head = True, noun.head.head
        words = frozenset(["from", "by"])
        source = next((p for n in (noun, head) for p in syntax.prepositions(n, words)), None)
        owner = syntax.child(source, "pobj") if source is not None else None
        speakers = admissible_speakers(owner, lexicon, strict=True)
    under = under and received
    if owner is None and received and verb is not None and head is not None:
        # "has drawn criticism for", "faces accusations of": by nobody in particular
        under = under or (
            verb.lemma_ in word_class("facing")
            and is_answerable(head, lexicon)
            and noun.lemma_.lower() not in word_class("received_by_others")
        )
    armed = owner is None or owner.lemma_.lower() in word_class("fighters")
    if armed and under and noun.lemma_.lower() in ("fire", "attack") and verb is not None:
        places = [n for n in (noun, verb, head, owner) if n is not None]
        words = frozenset(["for", "over"])
        if not any(True for n in places for _ in syntax.prepositions(n, words)):
            return None  # "came under fire at dawn": shot at
    told = clause is not None and noun.lemma_.lower() in word_class("answered")
    anybody = answered or told or struck is not None or _is_brought_by_anybody(noun, head, lexicon)
    if owner is None and noun.dep_ == "dobj" and noun.head.lemma_ in word_class("renewing"):
        owner = arguments.surface_subject(noun.head) if anybody else None
        speakers = admissible_speakers(owner, lexicon, strict=True)
    if (owner is None and not under and not anybody) or (owner is not None and not speakers):
        return None
    doing = next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX")), None)
    speakers = tuple(_subject_of_own(s, doing) or s for s in speakers)
    targets: tuple[Token, ...] = ()
    content: list[Characters] = []
    if clause is not None:
        content = subtree(clause)
        if cue.stance is Stance.ACCUSE and head is None:
            targets = culprits(clause, lexicon, speakers)
    if head is not None:
        targets = targets_of(head, lexicon, stance=cue.stance)
        if cue.stance in JUDGING and not all(
            is_about_somebody(t, lexicon) or parties.is_bare_name(t) for t in targets
        ):
            targets = ()
    if not content:
        for word in ("of", "for", "over", "about", "in", "to"):
            if word not in cue.content and word not in cue.target:
                continue
            preposition = next(syntax.prepositions(noun, frozenset([word])), None)
            found = syntax.complement(preposition) if preposition is not None else None
            if found is not None:
                content = subtree(found)
                break
    if cue.stance in JUDGING and not targets and not content:
        return None
    if cue.stance not in JUDGING and not content:
        return None
    if cue.stance is Stance.PRAISE and not targets:
        return None
    denied = any(c.dep_ in ("det", "neg") and c.lower_ in ("no", "any") for c in noun.children)
    if delivery is not None:
        denied = denied or is_denied(delivered)
    governor = next((t for t in noun.ancestors if t.pos_ in ("VERB", "AUX")), None)
    hypothetical = False
    if governor is not None:
        # "faces criticism" happens or not with its verb; a noun with an owner is only made doubtful
        governor_denied, hypothetical = polarity(governor, lexicon)
        its_own = owner is not None and owner.head == governor  # "did not repeat the charge"
        denied = denied or ((received or its_own) and governor_denied)
        hypothetical = hypothetical or (governor_denied and not received)
        denied = denied or _is_taken_back(governor, bool(speakers))
    if owner is not None and targets and (_is_definite(noun) or _is_examined(noun)):
        hypothetical = False  # "the criticism of the firm by Orr" was made, whatever becomes of it
    hypothetical = hypothetical or any(c.lower_ in _DOUBTED for c in noun.lefts)
    return Frame(
        noun,
        cue.stance,
        cue_span(noun),
        speakers,
        targets,
        tuple(content),
        True,
        denied,
        hypothetical,
        owner.head.i
        if owner is not None and owner.dep_ == "pobj" and owner.head.i > noun.i
        else None,
    )


def _is_about_own(noun: Token, verb: Token) -> bool:
    """ "received complaints about its crew": no judge, who hears about others."""
    return any(t.i > noun.i and t.lower_ in _THIRD and t.dep_ == "poss" for t in verb.subtree)


def _is_taken_back(governor: Token, owned: bool) -> bool:
    """ "was cleared of every charge", "the charges were dropped": nothing came of it.

    Where the text says whose it was, it was made, whatever became of it.
    """
    return not owned and governor.lemma_.lower() in _CLEARING and not is_denied(governor)


def _is_answered(noun: Token, owned: bool) -> bool:
    """Is it an accusation that only the accused has to answer?"""
    lemma = noun.lemma_.lower()
    if noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ == "that":
        return False
    return lemma in word_class("answered") or (owned and lemma in ("criticism", "condemnation"))


def _is_brought_by_anybody(noun: Token, head: Token | None, lexicon: Lexicon) -> bool:
    """ "Allegations of theft against Orr are being examined": whoever has made them."""
    if head is None or not is_answerable(head, lexicon):
        return False
    if noun.lemma_.lower() not in word_class("charges") | {"proceeding", "proceedings"}:
        return False
    bringing = lexicon.phrases.get(noun.head.lemma_.lower(), ())
    brought = any(noun.lemma_.lower() in phrase.object for phrase in bringing)
    return not brought and head.head.lower_ == "against"


def _delivery(noun: Token, lexicon: Lexicon) -> tuple[Token, Token, Token] | None:
    """By whom it reached whom, and how: "the rebuke delivered to the mayor by the judge".

    The parser may take the participle for the main verb.
    """
    verbs = [c for c in noun.rights if c.dep_ in ("acl", "relcl", "appos")]
    if noun.dep_ in ("nsubj", "nsubjpass") and syntax.child(noun.head, "dobj") is None:
        verbs.append(noun.head)
    for verb in verbs:
        if verb.lemma_.lower() not in lexicon.words["delivering"]:
            continue
        words = frozenset(["to", "at", "against", "on", "upon"])
        reached = next((p for p in syntax.prepositions(verb, words) if p.i > verb.i), None)
        by, whom = (
            agent(verb),
            syntax.child(reached, "pobj") if reached is not None else None,
        )
        if by is None or whom is None:
            continue
        if parties.is_party(by, lexicon) and parties.is_party(whom, lexicon):
            return by, whom, verb
    return None


def _is_examined(noun: Token) -> bool:
    """ "must answer a complaint by Orr", "will hear a charge by Lind": made before that."""
    verb = noun.head if noun.dep_ in ("dobj", "nsubjpass") else noun.head.head
    return verb.lemma_ in word_class("examining")


def _is_definite(noun: Token) -> bool:
    return any(c.dep_ == "poss" or c.lower_ in ("the", "this", "that") for c in noun.lefts)


def _further_sources(owner: Token | None) -> Iterator[Token]:
    """ "criticism from customers and from the union": the union."""
    if owner is None or owner.dep_ != "pobj":
        return
    for c in owner.head.children:
        if c.dep_ == "conj" and c.lower_ == owner.head.lower_:
            further = syntax.child(c, "pobj")
            if further is not None:
                yield further


def _subject_of_own(owner: Token, verb: Token | None) -> Token | None:
    """ "I repeat my charge", "Korin stands by her claim": the subject that the possessive means."""
    subject = syntax.child(verb, "nsubj") if verb is not None else None
    if subject is None or verb is None or owner.dep_ != "poss":
        return None
    if _POSSESSIVES.get(subject.lower_) == owner.lower_:
        return subject
    own = owner.lower_ in _THIRD and owner.head.head == verb
    return subject if own and verb.lemma_ in word_class("renewing") else None
