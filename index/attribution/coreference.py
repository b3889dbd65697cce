"""Who is meant: the short names, descriptions and pronouns of a document.

Nothing is guessed. A name is given only when one person of the document fits, and a pronoun is
resolved only to the subject or the sole fitting party of the sentences just before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from index.attribution import arguments, extents, parties
from index.attribution.bodies import GROUP_PRONOUNS, body_meant, rivals_of
from index.attribution.cues import Lexicon
from index.attribution.parsing import ParsedBlock
from index.attribution.persons import FEMALE, MALE, PERSONAL, Person, Roster
from index.attribution.structure import Kind

_WINDOW = 3
_RECENT = 60
_SUBJECT = ("nsubj", "nsubjpass")


@dataclass(slots=True)
class _Mention:
    """`head` is the noun that a mention without a name stands for, its own or an earlier one."""

    person: Person | None
    subject: bool
    sentence: int
    male: bool = False
    female: bool = False
    token: Token | None = None
    antecedent: Token | None = None

    @property
    def head(self) -> Token | None:
        if self.antecedent is not None:
            return self.antecedent
        return None if self.token is None or self.token.lower_ in PERSONAL else self.token

    @property
    def key(self) -> int | str:
        if self.person is not None:
            return id(self.person)
        return self.head.lower_ if self.head is not None else id(self)


def _lost_subject(root: Token) -> Token | None:
    """A name at the start of a sentence that the tagger took for another part of speech."""
    if root.pos_ not in ("VERB", "AUX"):
        return None
    subject = arguments.surface_subject(root)
    named = subject is not None and subject.pos_ not in ("PROPN", "NOUN", "PRON")
    return subject if named else None


class Cast:
    """The parties of one document, and who each mention means."""

    def __init__(
        self,
        blocks: Sequence[ParsedBlock],
        quoted: Sequence[Sequence[tuple[int, int]]],
        lexicon: Lexicon,
        given_names: Mapping[str, str],
    ) -> None:
        self._lexicon = lexicon
        self._roster = Roster(blocks, lexicon, given_names)
        self._blocks = blocks
        self._quoted = quoted
        self._resolved: dict[tuple[int, int], _Mention | None] = {}
        self._number = {id(parsed.doc): i for i, parsed in enumerate(blocks)}
        self._walk()

    def _walk(self) -> None:
        mentions: list[_Mention] = []
        sentence_number = 0
        for number, parsed in enumerate(self._blocks):
            if parsed.block.kind is Kind.HEADING:
                continue
            spans = self._quoted[number]
            for sentence in parsed.doc.sents:
                sentence_number += 1
                lost = _lost_subject(sentence.root)
                for token in sentence:
                    if token == lost and not token.is_stop:
                        mentions.append(
                            _Mention(self._roster.person(token), True, sentence_number, token=token)
                        )
                        continue
                    if any(start <= token.idx < end for start, end in spans):
                        continue
                    if token.lower_ in PERSONAL:
                        meant = self._antecedent(token, mentions, sentence_number)
                        self._resolved[number, token.i] = meant
                        person = meant.person if meant is not None else None
                        if person is not None and not (person.male or person.female):
                            # whoever was "she" once is not "he" later
                            person.male = token.lower_ in MALE
                            person.female = token.lower_ in FEMALE
                        subject = token.dep_ in _SUBJECT
                        mentions.append(
                            _Mention(
                                person,
                                subject,
                                sentence_number,
                                token.lower_ in MALE,
                                token.lower_ in FEMALE,
                                token,
                                meant.head if meant is not None else None,
                            )
                        )
                        continue
                    if token.pos_ not in ("PROPN", "NOUN") or token.dep_ in ("compound", "nmod"):
                        continue
                    if token.dep_ == "appos" and (
                        self._roster.person(token.head)
                        or parties.named_apposition(token.head) == token
                    ):
                        continue
                    subject = token.dep_ in _SUBJECT
                    person = self._roster.person(token) or self._apposed(token)
                    if person is None and self._is_description(token):
                        person = self._described(token, mentions, sentence_number)
                        self._resolved[number, token.i] = (
                            _Mention(person, subject, sentence_number) if person else None
                        )
                    if person is not None:
                        mentions.append(
                            _Mention(
                                person, subject, sentence_number, person.male, person.female, token
                            )
                        )
                    elif self._is_someone(token, subject):
                        mentions.append(self._unnamed(token, subject, sentence_number))

    def _is_someone(self, token: Token, subject: bool) -> bool:
        """One person without a full name: "the clerk", "Orr"."""
        words = self._lexicon.words
        if token.lower_ in words["addresses"] or _is_plural(token, words["people"]):
            return False
        if token.lemma_.lower() in words["people"] and token.tag_ in ("NN", "NNP"):
            return True
        titles = self._lexicon.titles["male"] | self._lexicon.titles["female"]
        if token.pos_ == "PROPN" and any(c.lower_.rstrip(".") in titles for c in token.lefts):
            return True
        if any(c.lower_ == "the" and c.dep_ == "det" for c in token.lefts):
            return False  # "the Gazette"
        return token.pos_ == "PROPN" and (
            token.ent_type_ == "PERSON" or (subject and not token.ent_type_)
        )

    def _unnamed(self, token: Token, subject: bool, sentence: int) -> _Mention:
        titles = self._lexicon.titles
        named = (g for c in token.rights if c.dep_ == "appos" for g in c.lefts)  # "the Chair, Lord"
        beside = {token.lower_, *(c.lower_.rstrip(".") for c in [*token.lefts, *named])}
        given = self._roster.gender(token) if token.pos_ == "PROPN" else None
        return _Mention(
            None,
            subject,
            sentence,
            bool(beside & titles["male"]) or given == "m",
            bool(beside & titles["female"]) or given == "f",
            token,
        )

    def _apposed(self, head: Token) -> Person | None:
        """ "the trust's chairman, Felix Marrow": who the noun beside a name is."""
        if head.pos_ == "NOUN" and head.lemma_.lower() not in self._lexicon.words["bodies"]:
            name = parties.named_apposition(head)
            return self._roster.person(name) if name is not None else None
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
    ) -> _Mention | None:
        word = pronoun.lower_
        fitting: list[_Mention] = []
        rivals = rivals_of(pronoun)
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
            if (mention.male and word in FEMALE) or (mention.female and word in MALE):
                continue
            fitting.append(mention)
        for distance in range(_WINDOW + 1):
            here = [m for m in fitting if sentence - m.sentence == distance]
            if not here:
                continue
            if len({m.key for m in here}) == 1:
                return here[0]
            known = [m for m in here if _is_man_or_woman(m) or _is_man_or_woman(m.person)]
            if pronoun.dep_ not in _SUBJECT and len({m.key for m in known}) == 1:
                return known[0]
            subjects = [m for m in here if m.subject]
            if not subjects:
                certain = [m for m in here if _is_man_or_woman(m.person)]
                return (
                    certain[0]
                    if len({id(m.person) for m in certain}) == 1 and len(certain) == len(here)
                    else None
                )
            if distance == 0:
                return subjects[0]
            return subjects[-1]
        return None

    def name(self, head: Token, others: Sequence[Token] = ()) -> str | None:
        """The name or the words for a mention, None where the text does not settle it.

        `others` are parties whom a pronoun for a group does not mean.
        """
        number = self._number.get(id(head.doc))
        if number is None:
            return None
        if (number, head.i) in self._resolved:
            return _printed(self._resolved[number, head.i])
        person = self._roster.person(head) or self._apposed(head)
        if person is not None:
            return person.name
        if head.lower_ in GROUP_PRONOUNS:
            return self._body(number, head, others)
        return self._roster.full_form(head.text) if head.text.isupper() else None

    def _body(self, number: int, pronoun: Token, others: Sequence[Token]) -> str | None:
        """Which body or group "it" or "they" is."""
        if any(start <= pronoun.idx < end for start, end in self._quoted[number]):
            return None
        before = self._blocks[number - 1] if number else None
        if before is None or before.block.kind is Kind.HEADING:
            before = None
        earlier = before.doc if before is not None else None
        meant = body_meant(pronoun, earlier, self._lexicon, others)
        if meant is None or self._roster.person(meant) is not None:
            return None
        return extents.words(meant)


def _is_man_or_woman(somebody: _Mention | Person | None) -> bool:
    return somebody is not None and (somebody.male or somebody.female)


def _is_plural(token: Token, people: frozenset[str]) -> bool:
    """ "Parents have rounded on her": plural, though tagged as a name."""
    return token.lower_.endswith("s") and token.lower_[:-1] in people


def _printed(mention: _Mention | None) -> str | None:
    if mention is None:
        return None
    if mention.person is not None:
        return mention.person.name
    if mention.head is None:
        return None
    return extents.words(parties.named_apposition(mention.head) or mention.head)
