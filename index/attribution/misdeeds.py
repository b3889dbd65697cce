"""What counts as a wrong: by the verb that tells of it, by what it is done to, by its manner."""

from spacy.tokens import Token

from index.attribution import arguments, parties, syntax
from index.attribution.cues import Lexicon, word_class

_PLACES = ("dobj", "prt", "advmod", "prep", "oprd")


def is_misdeed(verb: Token, lexicon: Lexicon) -> bool:
    """Is what the verb tells a wrong?"""
    lemma = verb.lemma_.lower()
    if lemma == "lie" and _is_rest(verb):
        return False
    return (
        lemma in lexicon.words["wrongdoing"]
        or _is_wrong_with(verb, lexicon)
        or _is_done_to(verb, lexicon)
        or _is_done_wrongly(verb)
        or _is_left_undone(verb, lexicon)
    )


def _is_rest(verb: Token) -> bool:
    """ "lie down", "lies in bed", where "lied" and "lied in court" is about the truth."""
    resting = ("down", "ahead", "in", "on", "under", "beside", "behind", "between", "with")
    return verb.lower_ != "lied" and any(c.lower_ in resting for c in verb.rights)


def _is_wrong_with(verb: Token, lexicon: Lexicon) -> bool:
    """ "broke the law", "made it up", "let us down": wrong only with these words."""
    words = lexicon.misdeeds.get(verb.lemma_.lower(), frozenset())
    return bool(words) and any(
        c.lemma_.lower() in words for c in verb.children if c.dep_ in _PLACES and c.i > verb.i
    )


def _is_done_to(verb: Token, lexicon: Lexicon) -> bool:
    """ "The log was altered by a supervisor", "guards took away the passports"."""
    lemma = verb.lemma_.lower()
    particles = {c.lower_ for c in verb.children if c.dep_ == "prt"}
    verbs = {lemma, *(f"{lemma} {particle}" for particle in particles)}
    if verbs & word_class("mistreating"):
        return True
    hurt = arguments.surface_object(verb) if lemma in word_class("assaulting") else None
    if hurt is not None and (hurt.pos_ == "PRON" or parties.is_somebody(hurt)):
        return hurt.lower_ not in ("it", "something") and syntax.child(hurt, "amod") is None
    for name in ("tampering", "disabling", "grabbing", "smashing"):
        if verbs & word_class(name):
            patient = arguments.surface_object(verb)
            things = word_class(f"{name}_objects")
            return patient is not None and any(
                t.lemma_.lower() in things for t in [patient, *patient.lefts]
            )
    return False


def _is_left_undone(verb: Token, lexicon: Lexicon) -> bool:
    """ "failed to warn them", "forgot to pay the bill", "failed the widows"."""
    if verb.lemma_.lower() not in ("fail", "forget", "neglect", "omit"):
        return False
    due = syntax.child(verb, "xcomp")
    if due is not None:
        return due.lemma_.lower() in word_class("duties")
    patient = syntax.child(verb, "dobj") if verb.lemma_ == "fail" else None
    return patient is not None and parties.is_party(patient, lexicon)


def _is_done_wrongly(verb: Token) -> bool:
    """ "in secret", "without permission", "behind our backs", "in return for a contract"."""
    if verb.lemma_ in word_class("moving"):
        return False  # "left without a word", "live here illegally"
    for c in verb.children:
        if c.dep_ == "advmod" and c.lower_ in word_class("guilty_manner"):
            return True
        if c.dep_ in ("xcomp", "advcl") and _is_bad_purpose(c):
            return True
        if c.dep_ != "prep":
            continue
        noun = syntax.complement(c)
        if noun is None:
            continue
        said = {noun.lemma_.lower(), noun.lower_}
        if any(t.lower_ in ("attention", "heed") for t in noun.children):
            continue
        if c.lower_ == "without" and said & word_class("leave"):
            return True
        if c.lower_ == "behind" and noun.lemma_.lower() == "back":
            return True
        if c.lower_ == "in" and (noun.lower_ == "secret" or _is_bargain(noun)):
            return True
        if c.lower_ == "on" and noun.lower_ == "purpose":
            return True
    return False


def _is_bad_purpose(clause: Token) -> bool:
    """ "painted over the crack to hide it", "in order to save a toll"."""
    if not any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children):
        return False
    lemma = clause.lemma_.lower()
    gained = syntax.child(clause, "dobj")
    saved = gained is not None and gained.lemma_.lower() in word_class("savings")
    return lemma in word_class("bad_purposes") or (lemma in ("save", "avoid", "dodge") and saved)


def _is_bargain(noun: Token) -> bool:
    traded = noun.lower_ in ("return", "exchange")
    return traded and next(syntax.prepositions(noun, frozenset(["for"])), None) is not None
