"""Names as questions and sources write them, made comparable.

A name is compared by its words: in lower case, without accents, articles and possessive endings,
plurals as singulars. The rules are careful about who is who: an office or a body that carries a
person's name ("the Okafor campaign") is not that person, and a pronoun is nobody's name.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:[-&.][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’](?:s\b)?", re.IGNORECASE)
_ARTICLES = frozenset("the a an this that these those his her its their our my your".split())
_HONORIFICS = frozenset(
    """
    mr mrs ms miss dr sir dame lord lady prof professor cllr councillor sen senator rep
    representative gov governor president chancellor
    """.split()
)
_TITLES = _HONORIFICS | frozenset(
    """
    mayor minister captain colonel sergeant inspector judge canon bishop archbishop sheriff coach
    ambassador commissioner
    """.split()
)
_RANKS = frozenset(
    """
    admiral general major lieutenant brigadier marshal corporal private constable detective
    superintendent chief officer chairman chairwoman chair king queen prince princess pope cardinal
    father mother brother sister rabbi imam sheikh sultan reverend rev pastor saint st nurse doctor
    justice secretary director deputy premier prime president former late senior junior vice speaker
    mp attorney prosecutor counsel trustee manager engineer teacher farmer widow neighbour
    """.split()
)
_BODIES = frozenset(
    """
    administration army campaign committee family foundation government lawyer ministry office
    party regime spokesman spokesperson spokeswoman team
    """.split()
)
_STATES = frozenset(
    "republic kingdom state federation commonwealth emirate union government university".split()
)
PRONOUNS = frozenset(
    """
    all another anybody anyone both each either everybody everyone few he her hers herself him
    himself his i it its itself many me mine most my myself neither nobody none one others our
    ours ourselves several she some somebody someone that their theirs them themselves these they
    this those us we which who whom whose you your yours yourself
    """.split()
)


def name_words(text: str) -> tuple[str, ...]:
    """The words by which a name is compared; () for an empty one."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub(" ", text).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    found = [_singular(word.replace(".", "")) for word in _WORD.findall(plain)]
    while len(found) > 1 and found[0] in _ARTICLES:
        found.pop(0)
    return tuple(found)


def name_key(text: str) -> str:
    """What equal names have in common, for grouping: the words without titles such as "Mrs"."""
    found = list(name_words(text))
    while len(found) > 1 and found[0] in _HONORIFICS and is_proper(text):
        found.pop(0)
    return " ".join(found)


def untitled(name: str) -> str:
    """The last word of a name with a title or a capital, which texts repeat; else all of it."""
    parts = name.split()
    if len(parts) > 1 and (is_proper(name) or parts[0].lower().strip(".") in _TITLES):
        return parts[-1]
    return name


def is_pronoun(text: str) -> bool:
    """Whether the words name nobody: "he", "us"; but not "US"."""
    return text.lower() in PRONOUNS and (len(text) < 2 or not text.isupper())


def is_proper(text: str) -> bool:
    """Whether the last word is written as a name."""
    found = _WORD.findall(text)
    return bool(found) and not found[-1].islower()


def parts_of(text: str) -> list[str]:
    """A phrase and the names set off in it by commas: "the director, Helen Quarrie"."""
    pieces = [part.strip() for part in text.split(",")]
    return [part for part in pieces if part] if len(pieces) > 1 else [text]


def same_party(asked: str, name: str) -> bool:
    """Whether somebody who asks for one name may mean the other.

    The parts of a full name stand for the whole ("Pym" for "Gareth Pym", and the reverse); common
    nouns match by their head ("the council" for "the town council", but not for "a council
    spokesman").
    """
    want, have = name_words(asked), name_words(name)
    if not want or not have or is_pronoun(asked) or is_pronoun(name):
        return False
    if want == have:
        return True
    if want[-1] == have[-1] and set(want) <= set(have):
        whose = have.index("of") if "of" in have and "of" not in want else 0
        return not whose or have[whose - 1] in _STATES
    if not is_proper(name):
        return False
    untitled = want[1:] if len(want) > 1 and want[0] in _TITLES else ()
    if untitled and untitled[-1] == have[-1] and set(untitled) <= set(have):
        return True
    if have[: len(want)] == want:
        return have[-1] not in _BODIES
    if "of" in want and "of" not in have:  # "the mayor of Wickham" is not Wickham
        return False
    named = [word for word in want if word not in _HONORIFICS]
    return want[-1] == have[-1] and {w for w in have if w not in _HONORIFICS} <= set(named)


def are_namesakes(one: str, other: str) -> bool:
    """Whether two full names share their last word only: "Otto Lorne" and "Beate Lorne"."""
    first, second = (
        [word for word in name_words(name) if word not in _TITLES | _RANKS] for name in (one, other)
    )
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return False
    shorter, longer = sorted((first[0], second[0]), key=len)
    return not longer.startswith(shorter) and not set(first[:-1]) & set(second[:-1])


def loosely_same(asked: str, name: str) -> bool:
    """Whether a short description may stand for a longer one: "the firm" for "the roofing firm"."""
    want, have = name_words(asked), name_words(name)
    return bool(have) and want[-1:] == have[-1:] and set(have) < set(want) and not is_pronoun(name)


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
