"""Whom an accusation is against where the noun alone does not tell, and whose it is."""

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.cues import Lexicon, word_class
from index.attribution.roles import is_answerable

_AIMED = frozenset(["at", "against", "to", "on", "upon"])
_TARGETS = frozenset(["brunt", "butt", "focus", "object", "recipient", "subject", "target"])
_AGAINST = frozenset(["against"])
_SOVEREIGNS = frozenset("emperor king monarch people prince queen sovereign tsar woman".split())
_IN_COURT = frozenset(["case", "charge", "count", "indictment"])
_ABOUT = frozenset(["against", "of", "about", "at"])
_COMING = frozenset(["against", "about"])
# What an answer to an accusation leads to it with: "pleaded guilty to", "hit back at".
_ANSWERING = frozenset(["to", "at", "against", "of", "on", "over", "off", "aside", "away"])


def aimed_at(noun: Token, lexicon: Lexicon) -> Token | None:
    """ "Her complaint was against the firm", "his anger was directed at the board"."""
    verb = noun.head
    if noun.dep_ == "nsubj" and verb.lemma_ == "be":
        words = _ABOUT
    elif noun.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ in word_class("delivering") | {
        "reserve"
    }:
        words = _AIMED | {"for"} if verb.lemma_ == "reserve" else _AIMED
    elif noun.dep_ == "nsubj" and verb.lemma_ in word_class("coming_in"):
        words = _COMING  # "complaints have come in from parents about the head"
    else:
        return _object_of(noun, lexicon)
    through = next((p for p in syntax.prepositions(verb, words) if p.i > verb.i), None)
    found = syntax.child(through, "pobj") if through is not None else None
    return found if found is not None and is_answerable(found, lexicon) else None


def _object_of(noun: Token, lexicon: Lexicon) -> Token | None:
    """ "The firm has been the target of criticism": the firm."""
    of, aim = noun.head, noun.head.head
    if noun.dep_ != "pobj" or of.lower_ != "of" or aim.lemma_.lower() not in _TARGETS:
        return None
    if aim.dep_ == "attr" and aim.head.lemma_ in ("be", "become"):
        subject = arguments.surface_subject(aim.head)
        return subject if subject is not None and is_answerable(subject, lexicon) else None
    return None


def is_lawsuit(noun: Token) -> bool:
    """ "her claim against the builder", not "the claim that he had spoken against it"."""
    if noun.lemma_.lower() not in ("claim", "counterclaim"):
        return False
    against = next((t for t in noun.subtree if t.i > noun.i and t.lower_ in _AGAINST), None)
    told = any(c.dep_ in ("acl", "relcl", "ccomp") and c.tag_ != "VBN" for c in noun.rights)
    return against is not None and not told


def meant_for(noun: Token, lexicon: Lexicon) -> Token | None:
    """ "there was criticism for the contractor", not "she drew criticism for her colleagues"."""
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ not in word_class("uttering"):
        return None
    for_whom = next(
        (p for n in (noun, verb) for p in syntax.prepositions(n, frozenset(["for"]))), None
    )
    found = syntax.child(for_whom, "pobj") if for_whom is not None else None
    return found if found is not None and is_answerable(found, lexicon) else None


def owner_and_accused(noun: Token, lexicon: Lexicon) -> tuple[Token | None, Token] | None:
    """Who accuses whom in "the complaint of the choir against Orr"; with nobody's charge of theft
    against Orr, (None, Orr)."""
    of = next(syntax.prepositions(noun, frozenset(["of"])), None)
    matter = syntax.complement(of) if of is not None else None
    if matter is None:
        return None
    owned = matter.pos_ == "PROPN" or matter.tag_ == "NNS" or syntax.child(matter, "det", "poss")
    for through in [*syntax.prepositions(noun, _AGAINST), *_against_within(noun, matter)]:
        accused = syntax.child(through, "pobj")
        if accused is not None and is_answerable(accused, lexicon):
            return (matter if owned and parties.is_party(matter, lexicon) else None), accused
    return None


def _against_within(noun: Token, matter: Token) -> list[Token]:
    """ "against" where it does not belong to the wrong, as in "discrimination against women".

    A charge of treason against Orr is one against Orr, and one against the crown is not.
    """
    return [
        t
        for t in matter.subtree
        if is_against(t) or (noun.lemma_.lower() in _IN_COURT and _is_against_a_person(t))
    ]


def is_against(preposition: Token) -> bool:
    return (
        preposition.lower_ == "against"
        and preposition.dep_ == "prep"
        and preposition.head.lemma_.lower() not in word_class("done_against")
    )


def _is_against_a_person(preposition: Token) -> bool:
    accused = syntax.child(preposition, "pobj")
    if preposition.lower_ != "against" or accused is None:
        return False
    person = accused.ent_type_ == "PERSON" or accused.pos_ == "PRON"
    person = person or accused.lemma_.lower() in word_class("people") - _SOVEREIGNS
    return person and preposition.head.lemma_.lower() in word_class("wrongs")


def answerer(noun: Token, lexicon: Lexicon) -> Token | None:
    """Who is accused: who denies it, pleads guilty to it or stands trial on it.

    A court or a watchdog that rejects an accusation was not accused, nor was a lawyer.
    """
    verb, through = noun.head, noun.head if noun.dep_ == "pobj" else None
    if through is not None:
        if through.lower_ not in _ANSWERING:
            return None
        verb = through.head
        while verb.pos_ in ("NOUN", "ADJ", "ADP") and verb.head != verb:
            verb = verb.head  # "stands trial on charges", "pleaded guilty to"
    elif noun.dep_ not in ("dobj", "nsubjpass"):
        return None
    if verb.pos_ not in ("VERB", "AUX") or not _is_answer(verb, noun, through):
        return None
    tried = verb.lemma_ in word_class("trying") and not syntax.is_passive(verb)
    patient = syntax.child(verb, "dobj") if tried else None
    if patient is not None and parties.is_party(patient, lexicon):
        return patient
    found = arguments.doer(verb) if through is None else arguments.surface_subject(verb)
    found = parties.resolve_relative(found) if found is not None else None
    if found is not None and found.lemma_.lower() in word_class("proxies"):
        found = syntax.child(found, "poss")
    if found is None or not (is_answerable(found, lexicon) or parties.is_bare_name(found)):
        return None
    return None if found.lemma_.lower() in word_class("deciding") else found


def _is_answer(verb: Token, noun: Token, through: Token | None) -> bool:
    lemma: str = verb.lemma_.lower()
    if through is None:
        of = next(syntax.prepositions(noun, frozenset(["of"])), None)
        matter = syntax.complement(of) if of is not None else None
        priced = matter is None or matter.ent_type_ == "MONEY"  # not "its charge of negligence"
        if noun.lemma_ == "charge" and lemma not in ("deny", "admit") and priced:
            # "rejected the parking charges", "disputes the bank's charges on her account"
            price = any(c.dep_ in ("compound", "poss") for c in noun.lefts)
            if price or any(c.lower_ in ("on", "for") for c in noun.rights):
                return False
        return lemma in word_class("denying")
    if lemma in word_class("trying"):
        return through.lower_ in ("of", "on", "over")
    if lemma in word_class("standing_trial"):
        return through.lower_ == "on" and any(
            t.lower_ in ("trial", "court", "dock") for t in verb.doc[verb.i : noun.i]
        )
    if lemma == "plead":
        return bool(through.lower_ == "to")
    if lemma in word_class("brushing"):
        return any(c.lower_ in ("back", "off", "aside", "away") for c in verb.children)
    return lemma in word_class("answering") and through.lower_ in ("to", "at", "against")


def struck_with(noun: Token) -> Token | None:
    """ "was hit with a lawsuit by two widows", "Under fire from unions, the bishop wrote"."""
    through = noun.head
    verb = through.head
    if noun.dep_ != "pobj" or verb.pos_ != "VERB":
        return None
    if through.lower_ == "with" and verb.lemma_ in ("hit", "slap", "serve"):
        return verb if syntax.is_passive(verb) else None
    fronted = through.lower_ == "under" and through.i == through.sent.start
    fronted = fronted and syntax.child(noun, "det") is None
    return verb if fronted and _follows(through, ",") else None


def _follows(phrase: Token, mark: str) -> bool:
    end = phrase.right_edge.i + 1
    return bool(phrase.doc[end : end + 1].text == mark)
