"""Whether a sentence that search found may answer an attribution question."""

import re

from index.evidence import Candidate
from index.ledger import Ledger, Line
from index.ledger_lines import TIERS, asks_who_sues, is_suing
from index.ledger_relevance import covers, relevance
from index.live import OpenGeneration
from index.names import same_party
from index.party_names import PartyNames
from index.question_verbs import cue_words
from index.terms import words
from index.types import Filters, Query, Stance
from index.who_is_who import WhoIsWho

_LOOSELY = 0.25
"""How near in meaning what is said must at least be to the matter asked about."""
_SPOKEN = re.compile(r"\W*(?P<name>[^:\n]{2,90}?)\W*:\s")
_LABEL = 90
_PERSONAL = frozenset(
    """
    he him his himself she her hers herself it its itself they them their themselves i me my myself
    we us our ourselves you your yourself who whom whose which
    """.split()
)
_FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our"))
# "an alleged breach" accuses nobody
_BESIDE_NOUN = re.compile(
    r"\b(?:an?|the|of|his|her|their|its|any|no|these|those)\s(?:alleged|suspected|accused|so-called)\s",
    re.IGNORECASE,
)


class Bearing:
    """Judges the sentences of one search by what the question asks of the ledger."""

    def __init__(self, generation: OpenGeneration, query: Query, filters: Filters) -> None:
        self._generation = generation
        self._query = query
        who = WhoIsWho(generation.catalog, Filters(scope=filters.scope))
        self._names = PartyNames(generation.catalog, who)
        self._ledger = Ledger(generation.catalog)

    def bears(self, candidate: Candidate) -> bool:
        """Whether a sentence may answer.

        Its passage must name the parties asked for. Unless any way of speaking will do, the
        sentence must have a word for what they are said to have done, and either name them itself,
        unknown to the ledger, or be known to it, on the matter asked about, with a pronoun where
        one of them is asked for.
        """
        query = self._query
        if query.stance is None:
            return True
        names = [name for name in (query.speaker, query.target) if name is not None]
        stands_in = self._ledger.names.stands_in
        if not all(stands_in(candidate.hit.text, name) for name in names):
            return False
        if query.stance in (Stance.SAY, Stance.BELIEVE):
            return True
        if not cue_words(query.stance) & set(words(_BESIDE_NOUN.sub(" ", candidate.text))):
            return False
        if asks_who_sues(query) and not is_suing(candidate.text):
            return False
        known = self._ledger.in_part(candidate.hit.source.document, candidate.start, candidate.end)
        same = [line for line in known if line.stance in TIERS.get(query.stance, (query.stance,))]
        if same:
            fit = [line for line in same if self._may_be(line, candidate)]
            return not query.yes_no and bool(fit) and self._on_topic(fit, candidate)
        here = all(stands_in(candidate.text, name) for name in names)
        checked = query.yes_no or not names
        return here and (not checked or covers(query.topic, self._matter(candidate)))

    def _matter(self, candidate: Candidate) -> str:
        """Where the matter is named: of "has always denied that", before the sentence too."""
        if self._query.stance is not Stance.DENY:
            return candidate.text
        if self._query.yes_no:
            return candidate.hit.text
        return candidate.hit.text[: candidate.end - candidate.hit.passage.start]

    def _on_topic(self, lines: list[Line], candidate: Candidate) -> bool:
        query = self._query
        denied = query.stance is Stance.DENY and query.speaker is query.target is None
        if covers(query.topic, self._matter(candidate) if denied else candidate.hit.text):
            return True
        return bool(relevance(self._generation, self._ledger, lines, self._query, _LOOSELY))

    def _may_be(self, line: Line, candidate: Candidate) -> bool:
        """Whether the parties are those asked for as far as they are named: one need not be."""
        if line.negated or line.hypothetical:
            return False
        query = self._query
        sides = [
            (asked, name)
            for asked, name in ((query.speaker, line.speaker), (query.target, line.target))
            if asked is not None
        ]
        known = [
            (asked, name) for asked, name in sides if name is None or not _stands_for_one(name)
        ]
        if sides and not known:
            return False
        mine = query.speaker is not None and (line.speaker or "").lower() in _FIRST_PERSON
        if mine and not self._is_spoken_by(query.speaker or "", candidate):
            return False
        return all(name is not None and self._is(asked, name) for asked, name in known)

    def _is(self, asked: str, name: str) -> bool:
        """Whether a party is who is asked for, by name or as the texts describe somebody."""
        if same_party(asked, name):
            return True
        return any(same_party(asked, one) for one in self._names.meant(name))

    def _is_spoken_by(self, asked: str, candidate: Candidate) -> bool:
        """Whether a paragraph may be somebody's: where it says whose words it has, it must be."""
        text, at = candidate.hit.text, candidate.start - candidate.hit.passage.start
        label = _SPOKEN.match(text, text.rfind("\n", 0, at + 1) + 1, at + _LABEL)
        return label is None or self._ledger.names.stands_in(label["name"], asked)


def _stands_for_one(name: str) -> bool:
    """Whether a pronoun may be somebody in particular: "her", and not "those who lied"."""
    return name.lower() in _PERSONAL and (len(name) < 2 or not name.isupper())
