"""The lexicon of cues: which words carry an attribution, and where they put its parties."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType

from index.types import Stance

OBJECT = "object"
CLAUSE = "clause"
DENIED = "denied"
NONE = "none"


@dataclass(frozen=True, slots=True)
class VerbCue:
    """A reading of one verb. `target` is a place in the clause or a set of prepositions."""

    stance: Stance
    target: str | frozenset[str]
    content: frozenset[str] = frozenset()
    strict: bool = False
    object: bool = False
    addressee: bool = False


@dataclass(frozen=True, slots=True)
class PhraseCue:
    """A verb that speaks only with a fixed object, particle, complement or adverbial."""

    stance: Stance
    verbs: frozenset[str]
    target: str | frozenset[str]
    content: frozenset[str]
    object: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    complement: frozenset[str] = frozenset()
    via: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NounCue:
    """A noun whose owner speaks, with the prepositions that lead to target and content."""

    stance: Stance
    target: frozenset[str]
    content: frozenset[str]
    received: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that `cues.toml` says, looked up by lemma."""

    verbs: Mapping[str, tuple[VerbCue, ...]]
    phrases: Mapping[str, tuple[PhraseCue, ...]]
    nouns: Mapping[str, NounCue]
    words: Mapping[str, frozenset[str]]
    governors: Mapping[str, frozenset[str]]
    titles: Mapping[str, frozenset[str]]
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    misdeeds: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_cue(self, lemma: str) -> bool:
        return lemma in self.verbs or lemma in self.phrases or lemma in self.nouns


def _place(value: str | list[str]) -> str | frozenset[str]:
    return value if isinstance(value, str) else frozenset(value)


def _classes(table: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({name: frozenset(words) for name, words in table.items()})


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that comes with the package, read once."""
    raw = tomllib.loads(
        resources.files("index.attribution").joinpath("cues.toml").read_text(encoding="utf-8")
    )
    verbs: dict[str, list[VerbCue]] = {}
    for entry in raw["verb"]:
        cue = VerbCue(
            Stance(entry["stance"]),
            _place(entry["target"]),
            frozenset(entry.get("content", ())),
            strict=entry.get("strict", False),
            object=entry.get("object", False),
            addressee=entry.get("addressee", False),
        )
        for lemma in entry["lemmas"]:
            verbs.setdefault(lemma, []).append(cue)
    phrases: dict[str, list[PhraseCue]] = {}
    for entry in raw["phrase"]:
        phrase = PhraseCue(
            Stance(entry["stance"]),
            frozenset(entry["verbs"]),
            _place(entry["target"]),
            frozenset(entry["content"]),
            *(
                frozenset(entry.get(slot, ()))
                for slot in ("object", "particle", "complement", "via")
            ),
        )
        for lemma in entry["verbs"]:
            phrases.setdefault(lemma, []).append(phrase)
    nouns = {
        lemma: NounCue(
            Stance(entry["stance"]),
            frozenset(entry["target"]),
            frozenset(entry["content"]),
            entry.get("received", False),
        )
        for entry in raw["noun"]
        for lemma in entry["lemmas"]
    }
    return Lexicon(
        MappingProxyType({lemma: tuple(cues) for lemma, cues in verbs.items()}),
        MappingProxyType({lemma: tuple(cues) for lemma, cues in phrases.items()}),
        MappingProxyType(nouns),
        _classes(raw["words"]),
        _classes(raw["governors"]),
        _classes(raw["titles"]),
        _classes(raw["roles"]),
        _classes(raw["misdeeds"]),
    )


def word_class(name: str) -> frozenset[str]:
    """One of the classes under `[words]`."""
    return load_lexicon().words[name]
