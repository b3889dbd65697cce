"""Who is meant: the persons of a document, their short names, descriptions and pronouns.

Nothing is guessed. A name is given only when one person of the document fits, and a pronoun is
resolved only to the subject or the sole fitting person of the sentences just before it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from index.attribution import arguments, syntax
from index.attribution.cues import Lexicon
from index.attribution.parsing import ParsedBlock
from index.attribution.structure import Kind

_MALE = frozenset(["he", "him", "his", "himself"])
_FEMALE = frozenset(["she", "her", "hers", "herself"])
PERSONAL = _MALE | _FEMALE
_PARTICLES = frozenset(
    [
        "de",
        "van",
        "von",
        "al",
        "bin",
        "ibn",
        "der",
        "la",
        "el",
        "di",
        "da",
        "del",
        "den",
        "ter",
        "-",
        "ben",
    ]
)
_SUFFIX = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sir|Dame|Prof|Professor|Cllr|Councillor)\.? "
    r"([A-Z][\w’'-]*[a-z] [A-Z][\w’'-]*[a-z])\b(?! [A-Z&])"
)
_ACRONYM = re.compile(
    r"((?:[A-Z][\w’'-]*[ -](?:(?:of|the|and|for|to|de|on|in|al) ){0,2}){1,7}[A-Z][\w’'-]*)"
    r" \(([A-Z]{2,8})\)"
)
_WINDOW = 3
_RECENT = 60


@dataclass(slots=True, eq=False)
class Person:
    """Somebody whom the document names in full, or by surname only."""

    name: str
    words: tuple[str, ...]
    male: bool = False
    female: bool = False
    roles: set[str] = field(default_factory=set)

    def fits(self, pronoun: str) -> bool:
        return not (self.female and pronoun in _MALE) and not (self.male and pronoun in _FEMALE)


@dataclass(slots=True)
class _Mention:
    person: Person | None
    subject: bool
    sentence: int
    male: bool = False
    female: bool = False
    token: Token | None = None


def _lost_subject(root: Token) -> Token | None:
    """A name at the start of a sentence that the tagger took for another part of speech."""
    if root.pos_ not in ("VERB", "AUX"):
        return None
    subject = arguments.surface_subject(root)
    named = subject is not None and subject.pos_ not in ("PROPN", "NOUN", "PRON")
    return subject if named else None


class Cast:
    """The persons of one document, and who each mention means."""

    def __init__(
        self,
        blocks: Sequence[ParsedBlock],
        quoted: Sequence[Sequence[tuple[int, int]]],
        lexicon: Lexicon,
        given_names: Mapping[str, str],
    ) -> None:
        self._lexicon = lexicon
        self._given = given_names
        self._full: dict[tuple[str, ...], Person] = {}
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}
        self._acronyms: dict[str, str] = {}
        self._resolved: dict[tuple[int, int], Person | None] = {}
        self._number = {id(parsed.doc): i for i, parsed in enumerate(blocks)}
        for parsed in blocks:
            self._introduce(parsed)
        for parsed in blocks:
            self._characterise(parsed)
        self._walk(blocks, quoted)

    # -- persons

    def _name_tokens(self, head: Token) -> list[Token]:
        """The words of the personal name that ends in this token, titles left out."""
        doc = head.doc
        start = head.i
        while start > 0:
            previous = doc[start - 1]
            capital = previous.text[:1].isupper() and previous.pos_ == "PROPN"
            joined = (
                previous.lower_ in _PARTICLES
                and start - 1 > 0
                and doc[start - 2].text[:1].isupper()
                and doc[start - 2].pos_ == "PROPN"
            )
            inside = (
                previous.dep_ in ("compound", "nmod", "punct", "prep", "det")
                or previous.ent_type_ == "PERSON"
            )
            alike = previous.ent_type_ in ("PERSON", "", head.ent_type_)
            if not inside or not (joined or (capital and alike)):
                break
            start -= 1
        tokens = list(doc[start : head.i + 1])
        titles = self._lexicon.titles["prefix"]
        while tokens and (
            tokens[0].lower_.rstrip(".") in titles or not tokens[0].text[0].isupper()
        ):
            tokens.pop(0)
        last_title = max(
            (i for i, t in enumerate(tokens[:-1]) if t.lower_.rstrip(".") in titles), default=-1
        )
        return tokens[last_title + 1 :]

    def _introduce(self, parsed: ParsedBlock) -> None:
        for match in _ACRONYM.finditer(parsed.doc.text):
            initials = [w[0] for w in re.split(r"[ -]", match[1]) if w[:1].isupper()]
            for skip in range(max(1, len(initials) - 1)):
                if "".join(initials[skip:]) == match[2]:
                    words = match[1].split(" ")
                    self._acronyms.setdefault(match[2], " ".join(words[skip:] if skip else words))
                    break
        for match in _TITLED.finditer(parsed.doc.text):
            words = tuple(match[1].split())
            if not {w.lower() for w in words} & self._lexicon.titles["prefix"]:
                self._add(match[1], words)
        for entity in parsed.doc.ents:
            if entity.label_ != "PERSON":
                continue
            tokens = [t for t in entity if t.text not in ("'s", "’s", "’", "'")]
            titles = self._lexicon.titles["prefix"]
            while tokens and tokens[0].lower_.rstrip(".") in titles:
                tokens.pop(0)
            while tokens and not tokens[-1].text[0].isalpha():
                tokens.pop()
            words = tuple(t.text for t in tokens)
            core = tuple(w for w in words if w.lower() not in _SUFFIX)
            if not 2 <= len(core) <= 5 or any(ch.isdigit() for w in words for ch in w):
                continue
            if (
                not all(w[0].isupper() or w.lower() in _PARTICLES for w in core)
                or core[-1].lower() in _PARTICLES
            ):
                continue
            if parsed.block.kind is Kind.HEADING and not any(
                w.lower() in self._given for w in core[:1]
            ):
                continue
            self._add(parsed.doc.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1].text)], core)

    def _add(self, name: str, words: tuple[str, ...]) -> Person:
        key = tuple(w.lower() for w in words)
        person = self._full.get(key)
        if person is None:
            for other in self._by_surname.get(key[-1], []):
                if other.words[0].lower() == key[0]:
                    self._full[key] = other
                    return other
            person = Person(name, words)
            gender = self._given.get(key[0])
            person.male, person.female = gender == "m", gender == "f"
            self._full[key] = person
            self._by_surname.setdefault(key[-1], []).append(person)
            self._by_given.setdefault(key[0], []).append(person)
        return person

    def person(self, head: Token) -> Person | None:
        """The person whom this name means: by full name, or by a surname that only one bears."""
        if head.pos_ not in ("PROPN", "NOUN", "X", "ADJ", "ADV") or not head.text[:1].isupper():
            return None
        words = tuple(t.text.lower() for t in self._name_tokens(head) if t.lower_ not in _SUFFIX)
        if not words:
            return None
        if len(words) > 1:
            for start in range(len(words) - 1):
                found = self._full.get(words[start:])
                if found is not None:
                    return found
            return None
        if head.ent_type_ in ("GPE", "LOC") and head.dep_ == "pobj":
            return None
        candidates = self._by_surname.get(words[0], [])
        titles = {t.lower_.rstrip(".") for t in head.doc[max(0, head.i - 3) : head.i]}
        if titles & {"mr", "sir"}:
            candidates = [p for p in candidates if not p.female]
        elif titles & {"mrs", "ms", "miss", "dame"}:
            candidates = [p for p in candidates if not p.male]
        if len(candidates) == 1:
            return candidates[0]
        knighted = bool(titles & {"sir", "dame"})
        if not candidates and (knighted or head.ent_type_ in ("PERSON", "")):
            given = self._by_given.get(words[0], [])
            return given[0] if len(given) == 1 else None
        return None

    def _characterise(self, parsed: ParsedBlock) -> None:
        titles = self._lexicon.titles
        for token in parsed.doc:
            if token.pos_ != "PROPN":
                continue
            person = self.person(token)
            if person is None:
                continue
            around = [t.lower_.rstrip(".") for t in token.lefts for t in t.subtree]
            around += [
                t.lower_.rstrip(".")
                for t in parsed.doc[max(0, token.i - 5) : token.i]
                if t.dep_ == "compound" and t.head == token
            ]
            for c in token.children:
                if c.dep_ == "appos":
                    around += [t.lower_ for t in c.subtree if t.i - c.i < 6]
            if token.dep_ == "appos":
                around += [t.lower_ for t in [token.head, *token.head.lefts]]
            if token.dep_ in ("nsubj",) and token.head.lemma_ == "be":
                attribute = syntax.child(token.head, "attr")
                if attribute is not None:
                    around += [t.lower_ for t in [attribute, *attribute.lefts]]
            words = set(around)
            person.roles |= words
            if words & titles["male"] and not words & titles["female"]:
                person.male = person.male or not person.female
            if words & titles["female"] and not words & titles["male"]:
                person.female = person.female or not person.male

    # -- mentions in order

    def _walk(
        self, blocks: Sequence[ParsedBlock], quoted: Sequence[Sequence[tuple[int, int]]]
    ) -> None:
        mentions: list[_Mention] = []
        people = self._lexicon.words["people"]
        titles = self._lexicon.titles
        sentence_number = 0
        for number, parsed in enumerate(blocks):
            if parsed.block.kind is Kind.HEADING:
                continue
            spans = quoted[number]
            for sentence in parsed.doc.sents:
                sentence_number += 1
                lost = _lost_subject(sentence.root)
                for token in sentence:
                    if token == lost:
                        mentions.append(
                            _Mention(self.person(token), True, sentence_number, token=token)
                        )
                        continue
                    if any(start <= token.idx < end for start, end in spans):
                        continue
                    if token.lower_ in PERSONAL:
                        person = self._antecedent(token, mentions, sentence_number)
                        self._resolved[number, token.i] = person
                        if person is not None and not (person.male or person.female):
                            # whoever was "she" once is not "he" later
                            person.male = token.lower_ in _MALE
                            person.female = token.lower_ in _FEMALE
                        subject = token.dep_ in ("nsubj", "nsubjpass")
                        mentions.append(
                            _Mention(
                                person,
                                subject,
                                sentence_number,
                                token.lower_ in _MALE,
                                token.lower_ in _FEMALE,
                                token,
                            )
                        )
                        continue
                    if token.pos_ not in ("PROPN", "NOUN") or token.dep_ in ("compound", "nmod"):
                        continue
                    if token.dep_ == "appos" and (
                        self.person(token.head) or self._apposed(token.head)
                    ):
                        continue
                    subject = token.dep_ in ("nsubj", "nsubjpass")
                    person = self.person(token) or self._apposed(token)
                    if person is None and self._is_description(token):
                        person = self._described(token, mentions, sentence_number)
                        self._resolved[number, token.i] = person
                    if person is not None:
                        mentions.append(
                            _Mention(
                                person, subject, sentence_number, person.male, person.female, token
                            )
                        )
                    elif (token.lemma_.lower() in people and token.tag_ in ("NN", "NNP")) or (
                        token.pos_ == "PROPN"
                        and (token.ent_type_ == "PERSON" or (subject and not token.ent_type_))
                    ):
                        word = token.lower_
                        mentions.append(
                            _Mention(
                                None,
                                subject,
                                sentence_number,
                                word in titles["male"],
                                word in titles["female"],
                                token,
                            )
                        )

    def _apposed(self, head: Token) -> Person | None:
        """ "the trust's chairman, Felix Marrow": who the noun beside a name is."""
        if head.pos_ == "NOUN" and head.lemma_.lower() in self._lexicon.words["people"]:
            for c in head.children:
                if c.dep_ == "appos" and c.pos_ == "PROPN":
                    return self.person(c)
        return None

    def _is_description(self, token: Token) -> bool:
        if token.tag_ != "NN" or token.lemma_.lower() not in self._lexicon.words["people"]:
            return False
        lefts = list(token.lefts)
        return (
            bool(lefts)
            and lefts[0].lower_ == "the"
            and not any(
                c.dep_ in ("poss", "nummod") or c.ent_type_ in ("GPE", "NORP", "ORG") for c in lefts
            )
            and not any(c.dep_ in ("prep", "relcl", "appos") for c in token.rights)
        )

    def _described(
        self, token: Token, mentions: Sequence[_Mention], sentence: int
    ) -> Person | None:
        word = token.lemma_.lower()
        wanted = {word} | self._lexicon.roles.get(word, frozenset())
        modifiers = {c.lower_ for c in token.lefts if c.dep_ in ("compound", "amod")}
        bearers = {
            id(m.person): m.person
            for m in mentions
            if m.person is not None and m.person.roles & wanted
        }
        if modifiers:
            bearers = {k: p for k, p in bearers.items() if modifiers <= p.roles}
        for mention in reversed(mentions[-_RECENT:]):
            if sentence - mention.sentence > (12 if len(bearers) == 1 else 4):
                return None
            if len(bearers) == 1 and mention.person is not None and id(mention.person) in bearers:
                return mention.person
            if mention.person is not None and id(mention.person) in bearers and mention.subject:
                return mention.person
            if (
                mention.person is None
                and mention.token is not None
                and mention.token.lemma_.lower() == word
            ):
                return None
        return None

    def _antecedent(
        self, pronoun: Token, mentions: Sequence[_Mention], sentence: int
    ) -> Person | None:
        word = pronoun.lower_
        fitting: list[_Mention] = []
        rivals = self._co_arguments(pronoun)
        for mention in reversed(mentions[-_RECENT:]):
            if sentence - mention.sentence > _WINDOW:
                break
            if (
                mention.token is not None
                and mention.token.doc is pronoun.doc
                and mention.token.i in rivals
            ):
                continue
            if mention.person is not None and not mention.person.fits(word):
                continue
            if (mention.male and word in _FEMALE) or (mention.female and word in _MALE):
                continue
            fitting.append(mention)
        for distance in range(_WINDOW + 1):
            here = [m for m in fitting if sentence - m.sentence == distance]
            if not here:
                continue
            persons = {id(m.person) if m.person else id(m) for m in here}
            if len(persons) == 1:
                return here[0].person
            subjects = [m for m in here if m.subject]
            if not subjects:
                certain = [
                    m for m in here if m.person is not None and (m.person.male or m.person.female)
                ]
                return (
                    certain[0].person
                    if len({id(m.person) for m in certain}) == 1 and len(certain) == len(here)
                    else None
                )
            if distance == 0:
                return subjects[0].person
            return subjects[-1].person
        return None

    @staticmethod
    def _co_arguments(pronoun: Token) -> set[int]:
        """The other arguments of the pronoun's verb: "Korin accused him" is not about Korin."""
        if pronoun.dep_ == "poss":
            return set()
        verb = pronoun.head if pronoun.dep_ != "pobj" else pronoun.head.head
        found = {c.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "dative")}
        if pronoun.dep_ == "nsubj":
            # "The clerk had hidden it, she said": she is not the clerk (principle C)
            found |= {t.i for c in verb.children if c.dep_ == "ccomp" for t in c.subtree}
        subject = arguments.surface_subject(verb) if verb.pos_ == "VERB" else None
        if subject is not None:
            found.add(subject.i)
        return found - {pronoun.i}

    def name(self, head: Token) -> str | None:
        """The full name for a mention, None where the text does not settle it."""
        number = self._number.get(id(head.doc))
        if number is None:
            return None
        if (number, head.i) in self._resolved:
            person = self._resolved[number, head.i]
            return person.name if person is not None else None
        person = self.person(head)
        if person is None:
            person = self._apposed(head)
        if person is not None:
            return person.name
        return self._acronyms.get(head.text) if head.text.isupper() else None
