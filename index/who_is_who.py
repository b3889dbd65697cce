"""Who is who in the texts: "the ref" is Nigel Sturrock where a text has "the referee, Mr Sturrock".

Read from the texts when a question describes somebody: a name beside a word for what he or she is.
Words that mean nearly the same do as well ("the boss" for "chief executive"), and whose boss is
looked up first in the phrase, then around it.
"""

import itertools
import re
from dataclasses import dataclass

from index.body_names import BodyNames, has_like
from index.catalog import Catalog
from index.names import is_pronoun, is_proper, name_key, name_words
from index.role_mentions import NO_TITLE, Mention, beside_names, bodies, mentions
from index.role_words import GENERIC, is_role, known_role, synonyms, verbs_of
from index.terms import STOP_WORDS
from index.types import Filters

_TEXTS = 60
_ARTICLE = re.compile(r"(?:the|an?|his|her|their|its|our|that|this)\s+", re.IGNORECASE)
_OF = re.compile(r"\s(?:of|at|for|in|from)\s(?:the\s)?", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_PASSING = frozenset("former ex old new then late current young own local town's".split())
_RANKS = frozenset("deputy vice assistant acting former ex shadow junior incoming".split())
_OFFICES = (
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "managing director",
    "chief executive",
    "chairman",
    "chairwoman",
    "chair",
    "president",
    "general secretary",
    "director",
    "leader",
    "owner",
    "minister",
    "ambassador",
)
_PRESS = frozenset("newspaper paper journal magazine station broadcaster blog".split())
_HIS = re.compile(r"\b(?:my|his|her|their|its|our)\s", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?!(?:today|yesterday|week|month|year)\b)[\w-]+['’]s?\s|\s(?:of|at|for)\s(?:the\s)?[A-Z]|\b(?:her|whose)\s"
)

_KIND = re.compile(r"([a-z]+)['’]s?\s")


@dataclass(frozen=True, slots=True)
class Description:
    """A description taken apart: what somebody is, and the words that say which one."""

    role: str
    which: tuple[str, ...]
    his: bool = False
    """Whether it is somebody's own: "his supervisor"."""
    several: bool = False
    """Whether it is more than one: "the stewards"."""
    rank: frozenset[str] = frozenset()
    """What makes it another office: "deputy", "former"."""


class WhoIsWho:
    """Names for descriptions and descriptions for names, within what an asker may see."""

    def __init__(self, catalog: Catalog, filters: Filters = Filters()) -> None:
        self._catalog = catalog
        self._filters = filters
        self._bodies = BodyNames(catalog, filters)
        self._names: dict[tuple[str, bool], tuple[str, ...]] = {}

    def names_of(self, asked: str, *, best: bool = True) -> tuple[str, ...]:
        """The names of whom a description may mean, as the texts have them; () for a name.

        `best`: only who fits best. Who is called so comes before who is called nearly so, and the
        role of the body asked for before one in a text that names the body.
        """
        if (asked, best) not in self._names:
            self._names[asked, best] = self._looked_up(asked, best=best)
        return self._names[asked, best]

    def _looked_up(self, asked: str, *, best: bool) -> tuple[str, ...]:
        wanted = described(asked)
        if wanted is not None and wanted.several and not wanted.which:
            return self._bodies.of_trade(wanted.role)
        if wanted is None or wanted.several or (wanted.role in GENERIC and not wanted.which):
            return ()
        found: dict[str, tuple[float, str]] = {}
        same = synonyms(wanted.role)
        # "health secretary" is not the secretary of the Health Union.
        title_of = " ".join((*wanted.which, *name_words(wanted.role)))
        doing = [verb for role in same for verb in verbs_of(role)]
        for text, title in self._texts(sorted({*same, *wanted.which, *doing})):
            for role in same:
                exact = 1.0 if role == wanted.role else 0.0
                for mention in mentions(text, role):
                    fit = _fit(wanted, mention, f"{title} {text}")
                    if fit is None or not self._is_somebody(mention.name):
                        continue
                    key = name_key(mention.name).rpartition(" ")[2]
                    score, name = found.get(key, (-1.0, ""))
                    longer = max(mention.name, name, key=lambda n: len(name_key(n)))
                    here = f" {' '.join(name_words(mention.phrase))} "
                    fit += 0.5 if wanted.which and f" {title_of} " in here else 0.0
                    found[key] = max(score, 2 * fit + exact), longer
            if not wanted.which and not is_role(wanted.role):
                for name in bodies(text, wanted.role):
                    found.setdefault(name_key(name), (1.0, name))
        if not found and wanted.role in _PRESS and not wanted.which:
            return self._bodies.publishers()
        if not found:
            return self._bodies.called_after(wanted.role, wanted.which)
        most = max(score for score, _ in found.values())
        # Who is of the body asked for leaves no room for those of others.
        least = most if best else most - 1
        names = (name for score, name in found.values() if score >= least)
        return tuple(NO_TITLE.sub("", name) for name in names)

    def _is_somebody(self, name: str) -> bool:
        """Whether a single word is known as a name, and no rest of one: "Union", "October"."""
        words = name_words(name)
        if len(words) > 1:
            return True
        sql = "SELECT shown FROM parties WHERE id IN (SELECT party FROM party_words WHERE word = ?)"
        shown = self._catalog.rows(sql, words)
        return any(
            name_words(row["shown"])[-1:] == words and is_proper(row["shown"]) for row in shown
        )

    def officers_of(self, body: str) -> tuple[str, ...]:
        """The names of those who hold an office of a body, by its name, that speaks for it."""
        words = name_words(body)
        found: dict[str, str] = {}
        for text, _ in self._texts(list(words)) if words else ():
            for role in _OFFICES:
                for mention in mentions(text, role):
                    near = name_words(mention.phrase)
                    if not _rank(mention.phrase) and all(has_like(near, word) for word in words):
                        found.setdefault(name_key(mention.name), NO_TITLE.sub("", mention.name))
        return tuple(found.values())

    def roles_of(self, name: str) -> frozenset[str]:
        """The words for what somebody is that stand beside a name."""
        last = name_words(name)[-1:]
        found: set[str] = set()
        for text, _ in self._texts(list(last)):
            found |= {role for key, role in beside_names(text) if key == last[0]}
        return frozenset(found)

    def others_called(self, role: str, name: str) -> tuple[str, ...]:
        """The last words of the names of all others with a role."""
        mine = name_words(name)[-1:]
        keys = {
            key
            for text, _ in self._texts([role])
            for key, found in beside_names(text)
            if found == role
        }
        return tuple(sorted(keys - set(mine)))

    def _texts(self, words: list[str]) -> list[tuple[str, str]]:
        """The texts that have most of the words, with title and publisher of their documents."""
        keys = [key for key, _ in self._catalog.lexical(words, self._filters, _TEXTS)]
        found = self._catalog.passages(keys, self._filters)
        sources = ((some[0].text, some[0].source) for some in found.values() if some)
        return [(text, f"{source.title} {source.publisher or ''}") for text, source in sources]


def described(asked: str) -> Description | None:
    """A description taken apart; None for a name."""
    plain = _ARTICLE.sub("", asked.strip(), count=1)
    if is_pronoun(asked) or not plain:
        return None
    head, *whose = _OF.split(plain, maxsplit=1)
    words = _POSSESSIVE.sub("", head).split()
    if not words or len(words) > 5 or not name_words(" ".join(words)):
        return None
    role = known_role(tuple(word.lower() for word in words))
    several = False
    if not is_role(role):
        role = known_role(name_words(" ".join(words)))
        several = role.split()[-1] != words[-1].lower()
    if is_proper(words[-1]) and not is_role(role):
        return None
    which = [*words[: len(words) - len(role.split())], *" ".join(whose).split()]
    telling = (
        word
        for word in name_words(" ".join(which))
        if word not in _PASSING and word not in STOP_WORDS
    )
    his = _HIS.match(asked) is not None
    return Description(role, tuple(telling), his, several, _rank(asked))


def _rank(phrase: str) -> frozenset[str]:
    return _RANKS & set(re.split(r"[\W_]+", phrase.lower()))


def _fit(wanted: Description, mention: Mention, text: str) -> float | None:
    """How well a mention is the one asked for; None where it is another's."""
    if _rank(mention.phrase) != wanted.rank:
        return None
    near = name_words(mention.phrase)
    around = name_words(text)
    here = [word for word in wanted.which if has_like(near, word)]
    if len(here) < len(wanted.which):
        own = _OWN.search(mention.phrase)
        asked_for = own is not None and any(has_like(name_words(own[0]), w) for w in wanted.which)
        if own is not None and not asked_for and not _may_own(own[0], wanted.which, text):
            return None
    if wanted.his and not _HIS.search(mention.phrase):
        return None
    if not all(word in here or has_like(around, word) for word in wanted.which):
        return None
    return float(len(here))


def _may_own(own: str, which: tuple[str, ...], text: str) -> bool:
    """Whether the owner in a phrase may be the body asked for: "the club's chairman".

    Not where the text has another body with that word in its name: "the Harbour Club".
    """
    kind = _KIND.fullmatch(own)
    if kind is None:
        return _together(own, which, text)
    others = bodies(text, kind[1])
    return all(any(has_like(name_words(name), word) for word in which) for name in others)


def _together(own: str, which: tuple[str, ...], text: str) -> bool:
    """Whether a text has both names of a body in one: "Varrow's" and "Albion" in Varrow Albion."""
    first = name_words(own)[-1:]
    words = name_words(text)
    pairs = set(itertools.pairwise(words))
    return bool(first) and any((first[0], word) in pairs for word in which)
