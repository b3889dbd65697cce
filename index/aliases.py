"""Other names of the same party: "Washington" for the United States.

A few common ones come with the program; `aliases.toml` at the top of a corpus adds its own, in the
same form: a name, and a list of its other names.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from index.errors import SettingsError
from index.names import name_words

FILE = "aliases.toml"


class Aliases:
    """Which names stand for the same party. Names are compared by their words."""

    def __init__(self, groups: Iterable[Iterable[str]] = ()) -> None:
        self._groups: dict[str, set[str]] = {}
        for names in groups:
            self._join({key for name in names if (key := _key(name))})

    def _join(self, keys: set[str]) -> None:
        """A name that was in a group already joins the groups."""
        together = set(keys)
        for key in keys:
            together |= self._groups.get(key, set())
        for key in together:
            self._groups[key] = together

    def others(self, name: str) -> frozenset[str]:
        """The keys of all the names of a party, its own included; empty for one without aliases."""
        return frozenset(self._groups.get(_key(name), ()))

    def canonical(self, name: str) -> str:
        """One key for all the names of a party; the name's own where it has no other."""
        group = self._groups.get(_key(name))
        return min(group) if group else _key(name)

    def rows(self) -> list[tuple[str, str]]:
        """Every (key, canonical key), for storing."""
        return sorted((key, min(group)) for key, group in self._groups.items())

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str]]) -> "Aliases":
        groups: dict[str, list[str]] = {}
        for key, canonical in rows:
            groups.setdefault(canonical, []).append(key)
        return cls(groups.values())


def load_aliases(text: str | None = None) -> Aliases:
    """The aliases that come with the program, and those in the text of a corpus's file.

    Raises SettingsError, with a sentence, for a text that is not of the form.
    """
    groups = [*_built_in()]
    if text is not None:
        groups += _read(text)
    return Aliases(groups)


@cache
def _built_in() -> tuple[tuple[str, ...], ...]:
    return _read(resources.files("index").joinpath(FILE).read_text("utf-8"))


def _read(text: str) -> tuple[tuple[str, ...], ...]:
    try:
        raw: Mapping[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{FILE} cannot be read: {error}.") from error
    groups = []
    for name, others in raw.items():
        if not isinstance(others, list) or not all(isinstance(other, str) for other in others):
            raise SettingsError(
                f'{FILE}: write the other names of {name!r} as a list, as in "{name}" = ["…", "…"].'
            )
        groups.append((name, *others))
    return tuple(groups)


def _key(name: str) -> str:
    return " ".join(name_words(name))
