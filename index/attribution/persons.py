"""The persons whom a document names: by full name, surname, title and what they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from index.attribution import syntax
from index.attribution.cues import Lexicon
from index.attribution.parsing import ParsedBlock
from index.attribution.structure import Kind

MALE = frozenset(["he", "him", "his", "himself"])
FEMALE = frozenset(["she", "her", "hers", "herself"])
PERSONAL = MALE | FEMALE
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


@dataclass(slots=True, eq=False)
class Person:
    """Somebody whom the document names in full, or by surname only."""

    name: str
    words: tuple[str, ...]
    male: bool = False
    female: bool = False
    roles: set[str] = field(default_factory=set)

    def fits(self, pronoun: str) -> bool:
        return not (self.female and pronoun in MALE) and not (self.male and pronoun in FEMALE)


class Roster:
    """The persons of one document, found by any of their names."""

    def __init__(
        self, blocks: Sequence[ParsedBlock], lexicon: Lexicon, given_names: Mapping[str, str]
    ) -> None:
        self._lexicon = lexicon
        self._given = given_names
        self._full: dict[tuple[str, ...], Person] = {}
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}
        self._acronyms: dict[str, str] = {}
        for parsed in blocks:
            self._introduce(parsed)
        for parsed in blocks:
            self._characterise(parsed)

    def gender(self, name: Token) -> str | None:
        """What the first word of a name tells: "m", "f" or nothing."""
        tokens = self._name_tokens(name)
        return self._given.get(tokens[0].lower_) if tokens else None

    def full_form(self, initials: str) -> str | None:
        """What an abbreviation stands for, where the document spells it out."""
        return self._acronyms.get(initials)

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
