"""Words of a text with their stems and places: what every rule of verification looks at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.terms import STOP_WORDS, stemmer
from index.verification.lexicon import lemma_of, synonyms

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]")
_NOT = re.compile(r"(?i)(?P<verb>\w+)n['’]t$")
_WHOLE = {"ca": "can", "wo": "will", "sha": "shall"}
FUNCTION_WORDS = frozenset(STOP_WORDS) | frozenset(
    """
    according accordingly across already along alongside amid back came case come comes coming
    concerning due done even ever fact following former further get gets given go goes going gone
    got hence he'd he's i'd indeed instead involve involved involving i'm i've it'd it's itself
    know known later latter let like make makes making made matter meanwhile moreover namely near
    new next nevertheless now occur occurred o'clock one ones own part parts past per put really
    regard regarding regards related relating respect said say saying says she'd she's since so
    soon still subject subsequently take taken takes taking tell telling tells that's there's
    thereby therefore they'd they're thing things thus time told took towards upon via way well
    went whereas whereby whilst whose within yet you're also added adding add adds mr mrs ms dr
    state stated states stating say'
    """.split()
)
"""Words that add nothing to what is said. Cues of speech are among them: who says it is looked at
by the rules for reports, not by those for words."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark of a text."""

    text: str
    start: int
    end: int
    lower: str
    stem: str
    """The stem by which words compare; a mark's own character."""

    @property
    def is_word(self) -> bool:
        return self.text[:1].isalnum()

    @property
    def is_number(self) -> bool:
        return self.text[:1].isdigit()

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def says_something(self) -> bool:
        """Whether the word must be in the source: no function word, no mark, no number."""
        if not self.is_word or self.is_number or len(self.lower) < 2:
            return False
        return self.lower not in FUNCTION_WORDS or (self.text.isupper() and len(self.text) > 1)


def tokens(text: str, offset: int = 0) -> list[Token]:
    """The tokens of a text; "didn't" is "did" and "not", "Pym's" is "Pym"."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, start, end = match[0], match.start() + offset, match.end() + offset
        negated = _NOT.match(word)
        if negated:
            verb = _WHOLE.get(negated["verb"].lower(), negated["verb"])
            found.append(_token(verb, start, end - 3))
            found.append(_token("not", end - 3, end))
        elif word.lower() == "cannot":
            found += [_token("can", start, start + 3), _token("not", start + 3, end)]
        else:
            found.append(_token(word, start, end))
    return found


def _token(word: str, start: int, end: int) -> Token:
    lower = word.lower().replace("’", "'")
    if lower.endswith("'s") and len(lower) > 2 and lower not in FUNCTION_WORDS:
        word, lower = word[:-2], lower[:-2]
    elif lower.endswith("'") and len(lower) > 1:
        word, lower = word[:-1], lower[:-1]
    return Token(word, start, end, lower, stem(lower))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in lower case, that of its base form where it is irregular."""
    if not word[:1].isalpha():
        return word
    base = lemma_of(word)
    found = stemmer().stems([base])[0]
    return found[0] if len(found) == 1 else base


def same_stem(one: str, other: str) -> bool:
    """Whether two stems are of one family: "fraud" and "fraudul"."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    rest = long[len(short) - 1 :] if long.startswith(short[:-1]) else long
    return (
        len(short) >= 5
        and len(long) - len(short) <= 4
        and long[: len(short) - 1] == short[:-1]
        and not rest.endswith(("less", "proof", "free"))
        and short.isalpha()
    )


def stems_of(found: Sequence[Token]) -> set[str]:
    return {token.stem for token in found if token.is_word}


def words_of(found: Sequence[Token]) -> set[str]:
    """The words of a text in small letters, but for the month of May."""
    return {t.lower for k, t in enumerate(found) if t.text != "May" or k == 0}


def carried(token: Token, stems: frozenset[str]) -> bool:
    """Whether a word, one of its family, or a synonym is among stems."""
    if token.stem in stems or token.lower in stems:
        return True
    return any(same_stem(token.stem, other) or synonyms(token.stem, other) for other in stems)
