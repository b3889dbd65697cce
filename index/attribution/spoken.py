"""Is an attack one of words? Signs of speech around a word that may also mean blows."""

from spacy.tokens import Token

from index.attribution.cues import word_class
from index.attribution.syntax import child


def is_spoken(word: Token) -> bool:
    """Is there a quotation in the clause, or a place where one speaks?"""
    for token in word.sent:
        if token.text in ("“", '"', "``", "‘"):
            return True
        if token.lower_ in (
            "interview",
            "speech",
            "statement",
            "twitter",
            "tweet",
            "letter",
            "editorial",
            "debate",
            "facebook",
            "verbally",
            "publicly",
            "critics",
        ):
            return True
    return False


def is_verbal_attack(noun: Token) -> bool:
    """ "Orr's attack on the board was unfair" is one of words, "the army's on the town" is not."""
    beside = {c.lower_ for c in noun.lefts}
    governor = noun.head
    if governor.lemma_ == "be":
        predicates = (c for c in governor.children if c.dep_ in ("acomp", "attr"))
        beside |= {t.lower_ for c in predicates for t in c.subtree}
    on = child(noun, "prep")
    attacked = child(on, "pobj") if on is not None and on.lower_ in ("on", "upon") else None
    if (
        attacked is not None
        and child(attacked, "poss", "prep") is not None
        and attacked.lemma_.lower() in word_class("virtues") | word_class("reputations")
    ):
        return True  # "Orr's attack on the widow's honesty"
    return bool(beside & word_class("of_words")) or is_spoken(noun)
