"""Parses that no English sentence has, put right: what is joined to a verb is a verb."""

from spacy.tokens import Doc, Token

from index.attribution.cues import load_lexicon, word_class
from index.attribution.office_names import mend_office
from index.attribution.parties import is_somebody
from index.attribution.past_forms import judging
from index.attribution.syntax import child

_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady"])


def mend(doc: Doc) -> None:
    """Change the tags and heads of a parsed text in place."""
    for token in doc:
        _mend_joined(token)
        _mend_apposed(token)
        _mend_discontent(token)
        _mend_opening(token)
        _mend_cleft(token)
        _mend_laid(token)
        _mend_name(token)
        _mend_office_noun(token)
        _mend_juxtaposed(token)
        _mend_criticised(token)
        if token.pos_ == "VERB" and token.tag_ in ("VBP", "VB") and _is_gerund(token):
            token.tag_ = "VBG"  # "left, angrily slamming the door": read as a finite verb
            token.dep_ = "advcl" if token.dep_ == "dep" else token.dep_
        mend_office(token)


def _mend_joined(participle: Token) -> None:
    """ "cleared Orr and censured Lind", "rose and alleged bias": read as Lind who is censured.

    A noun cannot be joined to a verb, so that the participle before it is the second verb.
    """
    noun = participle.head
    verb = noun.head
    if verb.pos_ != "VERB" and verb.dep_ == "dobj":
        # "cleared Orr and censured Lind": a name has no adjective without an article
        names = participle.doc[participle.i + 1 : noun.i + 1]
        if noun.pos_ != "PROPN" or not all(t.pos_ == "PROPN" for t in names):
            return
        verb = verb.head
    if participle.dep_ not in ("amod", "compound", "nmod") or participle.tag_ not in _PARTICIPLES:
        return
    if noun.dep_ != "conj" or verb.pos_ != "VERB" or noun.pos_ not in ("NOUN", "PROPN"):
        return
    lemma = judging(participle.lower_)
    if lemma is None or participle.i != noun.left_edge.i or noun.i < participle.i:
        return
    joint = participle.i - 1
    while joint > verb.i and participle.doc[joint].pos_ == "ADV":
        joint -= 1
    if participle.doc[joint].dep_ != "cc":
        return
    while verb.dep_ == "xcomp" and verb.head.tag_ in ("VBD", "VBZ", "VBP"):
        verb = verb.head  # "declined to go and alleged bias": a past form follows no "to"
    participle.tag_, participle.pos_, participle.lemma_ = "VBD", "VERB", lemma
    participle.head, participle.dep_ = verb, "conj"
    noun.head, noun.dep_ = participle, "dobj"


_PARTICIPLES = frozenset(["JJ", "VBN", "VBD", "NN", "NNP"])


def _mend_apposed(name: Token) -> None:
    """ "brought by the printer, Jo Hahn, Mrs Lisle is accused": read as Hahn, Lisle are accused.

    Two names without "and" are no subject; a title in front of the second makes it another person.
    """
    if name.dep_ not in ("nsubj", "nsubjpass") or name.pos_ != "PROPN" or name.left_edge.i < 2:
        return
    joined = [c for c in name.rights if c.dep_ in ("conj", "appos")]
    if len(joined) != 1 or joined[0].pos_ != "PROPN":
        return
    second = joined[0]
    noun = name.doc[name.left_edge.i - 2]
    comma = name.left_edge.nbor(-1).text == "," and second.left_edge.nbor(-1).text == ","
    by = noun.head.lower_ == "by" and noun.dep_ == "pobj"
    if not (comma and by and noun.pos_ == "NOUN") or second.left_edge.i <= name.i:
        return
    if any(c.dep_ == "cc" for t in (name, second) for c in t.children):
        return
    if second.left_edge.lower_.rstrip(".") not in _TITLES:
        return
    second.head, second.dep_ = name.head, name.dep_
    name.head, name.dep_ = noun, "appos"


def _mend_discontent(content: Token) -> None:
    """ "Orr, not content with accusing Lind, accused": read as if Orr were content."""
    if (
        content.lower_ not in ("content", "satisfied")
        or content.nbor(-1 if content.i else 0).lower_ != "not"
    ):
        return
    if content.dep_ == "advcl" and content.head.pos_ == "VERB" and content.i < content.head.i:
        content.tag_, content.pos_, content.dep_ = "JJ", "ADJ", "acomp"
        return
    inner = [c for c in content.lefts if c.dep_ == "nsubj"]
    if content.dep_ in ("nsubj", "csubj") and content.head.tag_ in ("VBD", "VBZ", "VBP") and inner:
        inner[0].head = content.head
        content.tag_, content.pos_, content.dep_ = "JJ", "ADJ", "acomp"
        return
    verb = next((c for c in content.rights if c.tag_ in ("VBD", "VBZ", "VBP")), None)
    if verb is None or verb.i < 1 or verb.dep_ == "pcomp" or content.dep_ != "ROOT":
        return
    lefts = [c for c in content.lefts if c.dep_ == "nsubj"]
    rights = [c for c in content.rights if c.dep_ == "punct" and c.i > verb.i]
    verb.head, verb.dep_ = verb, "ROOT"
    for c in lefts + rights:
        c.head = verb
    content.head, content.dep_ = verb, "acomp"
    content.tag_, content.pos_ = "JJ", "ADJ"


def _mend_opening(participle: Token) -> None:
    """ "Slammed by critics, Orr has quit": a participle read as a name for its capital letter."""
    lemma = judging(participle.lower_) if participle.is_sent_start else None
    if lemma is None or participle.dep_ != "advcl" or participle.pos_ == "VERB":
        return
    if any(c.dep_ == "agent" for c in participle.children):
        participle.tag_, participle.pos_, participle.lemma_ = "VBN", "VERB", lemma


def _mend_laid(verb: Token) -> None:
    """ "They lay the blame": who lays something does not lie."""
    if (
        verb.lower_ == "lay"
        and verb.lemma_ == "lie"
        and any(c.dep_ == "dobj" for c in verb.children)
    ):
        verb.lemma_ = "lay"
        verb.tag_ = "VBP"


def _mend_name(name: Token) -> None:
    """ "the attempt by Tessaro to settle": a name that was read as a participle."""
    unlike = name.tag_ == "VBG" and not name.lower_.endswith("ing")
    if unlike and name.text.istitle() and not name.is_sent_start and name.dep_ == "pcomp":
        name.tag_, name.pos_, name.dep_ = "NNP", "PROPN", "pobj"
        name.lemma_ = name.text


def _mend_office_noun(noun: Token) -> None:
    """ "the minister, Hanna Wolff": a small letter and an article make it no name."""
    common = noun.text.islower() and child(noun, "det", "poss") is not None
    if noun.tag_ == "NNP" and common and noun.lemma_.lower() in word_class("people"):
        noun.tag_, noun.pos_ = "NN", "NOUN"


def _mend_juxtaposed(verb: Token) -> None:
    """ "They accused him; she did not reply": read as if she did not reply that they did."""
    later = verb.head
    if verb.dep_ != "ccomp" or verb.i > later.i or child(verb, "nsubj", "nsubjpass") is None:
        return
    subject = child(later, "nsubj", "nsubjpass", "expl")
    if subject is None or subject.i < verb.right_edge.i or later.pos_ not in ("VERB", "AUX"):
        return
    if later.lemma_ in ("believe", "imagine") and subject.lower_ == "you":
        verb.dep_ = "dep"  # "They sued him, can you imagine"
        return
    between = {t.text for t in verb.doc[verb.right_edge.i : subject.left_edge.i] if t.is_punct}
    if between & _QUOTES or not between:
        return
    lexicon, word = load_lexicon(), later.lemma_.lower()
    if between & _STOPS or not (word in lexicon.verbs or word in lexicon.governors["belief"]):
        verb.dep_ = "dep"


_STOPS = frozenset([";", ":", "-", "–", "—"])
_QUOTES = frozenset(['"', "'", "“", "”", "‘", "’", "''", "``"])


def _mend_criticised(of: Token) -> None:
    """ "criticism from nurses of the minister": read as the nurses of the minister.

    Criticism wants somebody whom it is of; those who have others by their office keep them.
    """
    critic, source = of.head, of.head.head
    if of.lower_ != "of" or critic.dep_ != "pobj" or source.lower_ not in ("by", "from"):
        return
    whom = child(of, "pobj")
    beside = source.nbor(-1) if source.i else source
    noun = beside if beside.dep_ == "dobj" and beside.head == source.head else source.head
    if noun.lemma_.lower() not in _CRITICISM or noun.i > source.i or whom is None:
        return
    if any(c.lower_ in ("of", "against", "for") and c.i < critic.i for c in noun.rights):
        return
    if critic.lemma_.lower() in word_class("heads") or not is_somebody(critic):
        return
    place = whom.ent_type_ in ("GPE", "LOC") or whom.lemma_.lower() in _PLACES
    if not place and (is_somebody(whom) or whom.pos_ in ("PROPN", "PRON") or whom.tag_ == "NNS"):
        source.head = of.head = noun


_CRITICISM = frozenset(["criticism", "condemnation", "denunciation"])
_PLACES = frozenset(
    ["city", "country", "county", "district", "region", "street", "town", "village"]
)


def _is_gerund(verb: Token) -> bool:
    return verb.lower_.endswith("ing") and len(verb.lemma_) < len(verb.text)


def _mend_cleft(other: Token) -> None:
    """ "It was Orr, and not Lind, that blamed": read as if Lind, who is ruled out, had blamed."""
    copula = other.head
    named = next((c for c in copula.children if c.dep_ == "attr" and c.i < other.i), None)
    clause = next((c for c in other.rights if c.dep_ == "relcl"), None)
    if other.dep_ != "conj" or copula.lemma_ != "be" or named is None or clause is None:
        return
    subject = next((c for c in copula.lefts if c.dep_ == "nsubj"), None)
    ruled_out = other.left_edge.lower_ == "not" or other.left_edge.nbor(-1).lower_ == "not"
    if subject is not None and subject.lower_ == "it" and ruled_out:
        clause.head, other.head = named, named
