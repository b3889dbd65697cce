"""Nouns as parties: who belongs together, and who can speak or be blamed."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from index.attribution.cues import Lexicon, load_lexicon, word_class
from index.attribution.listing import listed
from index.attribution.syntax import antecedent, child
from index.attribution.wills import has_a_will

COUPLE = frozenset(["mr", "mrs", "ms", "dr", "sir", "lord"])
_AGENTIVE = re.compile(
    r"..(?:er|or|ist|ian|eer|ee|wright|smith|monger|man|men|woman|women|person)$"
)
_STRETCHES = frozenset(
    "second minute hour day eve night morning afternoon evening weekend week fortnight month year"
    " season term decade century era age moment while days hours weeks months years".split()
)
_ARTICLES = frozenset(["a", "an", "another", "its", "his", "her", "their", "our", "my", "one"])
# "not only the firm but also the union": both.
ONLY = frozenset(["only", "just", "merely", "simply", "alone", "solely"])
_PARTY_LABELS = frozenset(["PERSON", "ORG", "GPE", "NORP", "FAC"])
_NOT_ACTORS = frozenset(["DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"])
HUMAN_PRONOUNS = frozenset(
    (
        "he she they i we you him her them me us who whom everyone everybody someone somebody "
        "anyone one himself herself themselves myself yourself ourselves it itself his their my "
        "our your its others many some both nobody most few several those another"
    ).split()
)
# "some of the loss": what they are a share of decides.
_SHARES = frozenset(["some", "most", "many", "few", "several", "one", "another", "both"])
_VAGUE = frozenset(
    (
        "there what this that which these here when where why how all much nothing something "
        "anything everything"
    ).split()
)


def conjuncts(head: Token) -> Iterator[Token]:
    """A noun and what is joined to it by "and" or "or", but not what "but not" takes away.

    Of a group that is spelled out in apposition, "two clerks, Ann Orr and Bo Lind", its members.
    """
    members = _members_named(head)
    if members is not None:
        yield from conjuncts(members)
        return
    if contrasted(head) is not None:
        yield from conjuncts(contrasted(head) or head)
        return
    if head.lower_.rstrip(".") not in COUPLE or child(head, "conj") is None:
        yield head  # "Mr and Mrs Hale" is one party
    node = head
    for _ in range(12):
        following = [c for c in node.children if c.dep_ == "conj" and c.i > node.i]
        if not following or _is_renamed(node, following[0]):
            return
        node_next = following[0]
        between = head.doc[node.i + 1 : node_next.i]
        if any(t.text == "&" for t in between):
            return
        if any(t.lower_ in ("not", "n't", "except", "than") for t in between) or any(
            c.dep_ == "neg" for c in node_next.children
        ):
            return
        if node_next.pos_ not in ("NOUN", "PROPN", "PRON", "NUM"):
            return
        if _is_same_person(node, node_next):
            node = node_next
            continue
        if node_next.ent_iob_ == "I" and node_next.ent_type_ in _PARTY_LABELS and head.ent_type_:
            entity_start = node_next.i
            while entity_start > 0 and head.doc[entity_start].ent_iob_ == "I":
                entity_start -= 1
            if entity_start <= node.i:
                node = node_next
                continue
        yield node_next
        node = node_next


def _is_same_person(first: Token, second: Token) -> bool:
    """ "her father and trainer, Stein": one article or owner makes two offices one person's."""
    words = load_lexicon().words
    people = words["people"] - words["bodies"]
    if first.tag_ != "NN" or second.tag_ != "NN" or not {first.lemma_, second.lemma_} <= people:
        return False
    name = child(second, "appos") or child(first, "appos")
    one = name is not None and name.pos_ == "PROPN" and child(name, "conj") is None
    shared = child(first, "det", "poss") is not None and child(second, "det", "poss") is None
    return one and shared


def contrasted(head: Token) -> Token | None:
    """Who is meant instead: the clerks in "not the vicar but the clerks"."""
    start = head.left_edge.i
    before = head.doc[start - 1].lower_ if start else ""
    if "not" not in (before, head.left_edge.lower_):
        return None
    first = start if before == "not" else start + 1
    if head.doc[first : first + 1].text.lower() in ONLY:
        return None
    joint, meant = child(head, "cc"), child(head, "conj")
    return meant if joint is not None and joint.lower_ == "but" else None


def _members_named(head: Token) -> Token | None:
    following = listed(head)
    if following is not None or head.tag_ != "NNS":
        return following
    first = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    joined = child(first, "conj") if first is not None else None
    return first if joined is not None and joined.pos_ == "PROPN" else None


def named_apposition(head: Token) -> Token | None:
    """The name that follows what somebody is: "the trust's chairman, Felix Marrow"."""
    if head.pos_ != "NOUN" and head.lower_ not in ("one", "somebody", "someone"):
        return None
    for c in head.children:
        if c.dep_ == "acl" and c.lower_ in ("named", "called") and c.i == head.i + 1:
            names = [n for n in c.children if n.dep_ in ("oprd", "attr", "dobj")]
            name = names[0] if len(names) == 1 else None  # not "The vicar called Orr a liar"
            if name is not None and name.pos_ == "PROPN":
                return name
        if c.dep_ == "appos" and "not" in (c.left_edge.lower_, head.doc[c.left_edge.i - 1].lower_):
            continue
        if c.dep_ == "appos" and c.left_edge.lower_ == "among":
            continue  # "three aldermen, among them Orr"
        if any(t.tag_ in ("VBD", "VBZ", "VBP") for t in head.doc[head.i + 1 : c.left_edge.i]):
            continue  # "the firm was attacked by the mayor, Orr": hung on the firm
        apposed = c.dep_ == "appos" or _is_renamed(head, c)
        if apposed and c.i > head.i and c.ent_type_ not in _NOT_ACTORS:
            return c if c.pos_ == "PROPN" else named_apposition(c)
    return _loose_name(head)


def _loose_name(head: Token) -> Token | None:
    """ "blames a rival, Dr Orla Finn": the name read as one more object of the verb."""
    if head.dep_ != "dobj" or not any(c.lower_ in _ARTICLES for c in head.lefts):
        return None
    for c in head.head.rights:
        if c.i > head.i and c.left_edge.i == head.i + 2 and head.nbor(1).text == ",":
            named = c.pos_ == "PROPN" and c.dep_ in ("npadvmod", "dobj", "oprd")
            after = c.right_edge.i + 1
            closed = after >= len(head.doc) or head.doc[after].is_punct or c.nbor(1).is_punct
            alone = child(c, "conj") is None and c.ent_type_ not in _NOT_ACTORS
            return c if named and closed and alone else None
    return None


def resolve_relative(head: Token) -> Token | None:
    """The noun behind a relative pronoun, the token itself otherwise; None for "this", "there"."""
    if head.tag_ == "CD" and head.ent_type_ == "CARDINAL":
        apposed = child(head, "appos")
        if apposed is None or apposed.left_edge.lower_ in ("a", "an"):
            return head  # "called one of the two a liar"
        return child(apposed, "appos") or apposed
    if head.lower_ in ("who", "whom", "which", "that", "whose"):
        return antecedent(head) or (head if head.lower_ in ("who", "whom") else None)
    return None if head.lower_ in _VAGUE else head


def is_somebody(noun: Token) -> bool:
    """Is this common noun a person or a body?"""
    lexicon = load_lexicon()
    lemma = noun.lemma_.lower()
    many = noun.text[:-1].isupper() and noun.text[-1] == "s"
    one = noun.lower_[:-1] if many else noun.lower_  # "MPs"
    if {lemma, one} & (lexicon.words["people"] | lexicon.words["bodies"]):
        return True
    if noun.tag_ not in ("NN", "NNS") or lemma in lexicon.words["things"]:
        return False
    return bool(_AGENTIVE.search(lemma))


def is_party(head: Token, lexicon: Lexicon) -> bool:
    """Can this noun speak, or answer for what it did?"""
    if head.text[0] == "@" and len(head.text) > 1:
        return True
    if head.pos_ == "PRON" or head.lower_ in ("another", "others", "both"):
        of = child(head, "prep") if head.lower_ in _SHARES else None
        members = child(of, "pobj") if of is not None and of.lower_ == "of" else None
        if members is not None:
            return is_party(members, lexicon)
        return head.lower_ in HUMAN_PRONOUNS
    if head.tag_ == "CD" or head.pos_ == "DET":
        of = child(head, "prep")
        members = child(of, "pobj") if of is not None and of.lower_ == "of" else None
        return members is not None and is_party(members, lexicon)
    if head.ent_type_ in _NOT_ACTORS and head.pos_ != "PROPN":
        return head.lemma_.lower() in lexicon.words["people"]
    if head.lower_ in word_class("quantities"):
        of = child(head, "prep")
        members = child(of, "pobj") if of is not None and of.lower_ == "of" else None
        if members is not None:
            return is_party(members, lexicon)
    if any(c.lower_ in _STORMS for c in head.lefts):
        return False  # "Storm Hilda"
    if head.ent_type_ in _PARTY_LABELS and not _is_lowered(head):
        return True
    if is_somebody(head) or _bears_name(head, lexicon) or has_a_will(head, lexicon):
        return True
    named = (head.pos_ == "PROPN" and not (_is_common(head) or _is_lowered(head))) or (
        head.pos_ == "NOUN" and head.text[0].isupper() and head.i > head.sent.start
    )
    return named and (head.ent_type_ not in _NOT_ACTORS or _is_no_date(head))


_STORMS = frozenset(["cyclone", "hurricane", "storm", "typhoon"])


def _is_lowered(noun: Token) -> bool:
    """ "thick fog", read as somebody's name in a text that has capitals for names."""
    if noun.pos_ != "PROPN" or noun.ent_type_ not in ("PERSON", "") or not noun.text.islower():
        return False
    return any(t.text[0].isupper() and t.i > t.sent.start for t in noun.sent)


def is_time(noun: Token) -> bool:
    """ "Monday", "last week", but not "last week's power cut", which is labelled so as well."""
    if noun.ent_type_ not in ("DATE", "TIME"):
        return False
    of = next((c for c in noun.rights if c.lower_ == "of"), None)
    filled = child(of, "pobj") if of is not None else None
    if filled is not None and not filled.ent_type_:
        return False  # "years of neglect"
    return noun.pos_ != "NOUN" or noun.lemma_.lower() in word_class("calendar") | _STRETCHES


def _is_renamed(head: Token, name: Token) -> bool:
    """ "called the broker, Emil Kent, a liar": no second party without an "and"."""
    if name.dep_ != "conj" or name.head != head or head.tag_ != "NN" or name.ent_type_ != "PERSON":
        return False
    joined = any(c.dep_ in ("cc", "conj") for c in name.children)
    return not joined and not any(c.dep_ == "cc" for c in head.children)


def _bears_name(head: Token, lexicon: Lexicon) -> bool:
    """ "the former champion Ann Orr": who has a name of a person beside it is one."""
    name = child(head, "appos") if head.pos_ == "NOUN" else None
    beside = name is not None and name.left_edge.i == head.i + 1 and name.ent_type_ == "PERSON"
    return beside and not {head.lemma_.lower()} & (
        lexicon.words["documents"] | lexicon.words["things"]
    )


def _is_no_date(head: Token) -> bool:
    """A name that was labelled as a date or a number for want of knowing it: "Jan Kral"."""
    return (
        head.pos_ == "PROPN"
        and head.text.isalpha()
        and not head.is_stop
        and (head.i + 1 == len(head.doc) or head.nbor(1).ent_iob_ != "I")
        and head.lower_ not in word_class("calendar") | _STRETCHES
    )


def _is_common(head: Token) -> bool:
    """ "the jukebox", read as a name for want of the word."""
    return head.text.islower() and any(c.dep_ == "det" for c in head.children)


def is_bare_name(head: Token) -> bool:
    """A capital at the start of a sentence and no article: "Quill hit out at Rudd"."""
    return bool(
        head.i == head.sent.start
        and head.tag_ in ("NN", "RB", "JJ", "UH", "FW", "VB")
        and not head.is_stop
        and head.text[0].isupper()
        and not any(True for _ in head.children)
    )


def is_document(head: Token, lexicon: Lexicon) -> bool:
    return head.lemma_.lower() in lexicon.words["documents"]


def is_speakable(head: Token) -> bool:
    """Not a date, a number or punctuation: the least that a speaker must be."""
    if head.tag_ == "CD" or head.pos_ == "DET":
        return child(head, "prep") is not None or head.lower_ in ("another", "both", "some")
    if head.lower_ in _VAGUE or not any(map(str.isalpha, head.text)):
        return False
    named = head.text[0].isupper() and not head.is_stop
    return (named or head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "X")) and (
        head.ent_type_ not in _NOT_ACTORS or _is_no_date(head)
    )
