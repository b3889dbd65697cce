"""Who does it in a passive clause: the noun behind "by", wherever the parser hangs it."""

from collections.abc import Iterator

from spacy.tokens import Token

from index.attribution.cues import load_lexicon
from index.attribution.syntax import child, counts, is_actor, is_passive

_BEFORE_AGENT = frozenset(["of", "for", "with", "on", "over", "in", "at"])
# "blamed for standing by Korin": these have a "by" of their own.
_WITH_BY = frozenset(["stand", "stick", "abide", "swear", "live", "sit", "come", "go", "pass"])


def agent(verb: Token) -> Token | None:
    """The noun after the "by" of a verb or, behind what it is for, after the last "by" of that."""
    for c in verb.children:
        if c.dep_ in ("agent", "prep") and c.lower_ == "by":
            found = child(c, "pobj")
            nominal = found is not None and found.pos_ in ("NOUN", "PROPN", "PRON")
            if found is None or _is_means(found, verb):
                continue
            if nominal or found.lower_ == "both" or counts(found):
                return found
    for matter in verb.children:
        before = matter.dep_ == "prep" and matter.lower_ in _BEFORE_AGENT
        if before or matter.dep_ in ("oprd", "acomp", "xcomp"):
            for by in matter.subtree:
                if by.lower_ == "by" and by.dep_ in ("agent", "prep"):
                    found = child(by, "pobj")
                    if found is not None and _is_loose(by.head, found):
                        return found
    return None


def further_agents(verb: Token) -> Iterator[Token]:
    """The other agents of a passive: "by the coastguard, by his crew and by Stroud"."""
    for by in [c for c in verb.children if c.dep_ == "agent"]:
        for preposition in [by, *(c for c in by.children if c.dep_ == "conj")]:
            found = child(preposition, "pobj") if preposition.lower_ == "by" else None
            if found is not None and not _is_means(found, verb):
                yield found


def _is_loose(governor: Token, found: Token) -> bool:
    """May what "by" hangs on do without it: "faulted for what happened to them by the board"?"""
    if governor.dep_ in ("pobj", "dobj", "conj") or governor.pos_ == "NOUN":
        return is_actor(found) and not _has_author(governor)
    if governor.pos_ not in ("VERB", "AUX") or governor.lemma_ in _WITH_BY:
        return False
    if governor.tag_ == "VBG":
        return is_actor(found)
    if governor.tag_ == "VBN" and child(governor, "dobj") is None and is_passive(governor):
        return False
    return is_actor(found) or found.lemma_.lower() in load_lexicon().words["documents"]


def _is_means(noun: Token, verb: Token) -> bool:
    """ "blamed for murder by poison", "rebuked by Friday": how or when, and not by whom."""
    if noun.ent_type_ in ("DATE", "TIME"):
        return True
    bare = noun.tag_ == "NN" and not list(noun.children) and noun.head.i > verb.i + 1
    return bare and not is_actor(noun)


def _has_author(noun: Token) -> bool:
    """ "an attack by rebels", "a book by Korin": the article says that it is new."""
    words = load_lexicon().words
    new = any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in noun.children)
    return new and noun.lemma_.lower() in words["acts"] | words["documents"]
