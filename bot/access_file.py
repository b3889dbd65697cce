"""`access.toml` in the corpus: which roles a collection is kept for. Read again when it changes."""

import logging
import os
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.access import Access
from index.errors import SettingsError

logger = logging.getLogger(__name__)

_Roles = dict[str, frozenset[int]]
_State = tuple[int, int, int, int]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")

    collections: _Roles = Field(default_factory=dict)


def read_access(corpus: Path) -> _Roles:
    """Which roles the collections are kept for.

    Raises SettingsError when it cannot be read: nothing is shown rather than too much.
    """
    path = corpus / "access.toml"
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
        kept = _Table.model_validate(table).collections
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"access.toml in the corpus cannot be read: {error}.") from error
    except ValidationError as error:
        raise SettingsError(
            "access.toml in the corpus cannot be used: below [collections] every line is the name"
            ' of a collection and the ids of roles, as in "council/closed" = [1190000000000000000].'
        ) from error
    by_name: _Roles = {}
    for name, roles in kept.items():
        by_name = stricter(by_name, {unicodedata.normalize("NFC", name.strip("/")): roles})
    return by_name


def stricter(some: Mapping[str, frozenset[int]], others: Mapping[str, frozenset[int]]) -> _Roles:
    """What both allow."""
    common = {name: roles & others[name] for name, roles in some.items() if name in others}
    return {**some, **others, **common}


class AccessFile:
    """Keeps an `Access` in step with the file.

    A change that closes something counts at the first look, one that opens something at the second
    that finds the same: a file that is only half written opens nothing. Nor does one that cannot
    be read, or that vanishes; what was kept stays kept, and `Access.notice` says so.
    """

    def __init__(self, corpus: Path, access: Access) -> None:
        """Raises SettingsError when there is a file that cannot be read."""
        self._corpus = corpus
        self._access = access
        self._taken = self._pending = self._state()
        access.kept_for = read_access(corpus)

    def look(self) -> None:
        """Looks once whether the file has changed. To be called off the event loop."""
        state = self._state()
        if state == self._taken:
            return
        if state is None:
            self._refuse("access.toml has gone from the corpus.", state)
            return
        try:
            table = read_access(self._corpus)
        except SettingsError as error:
            self._refuse(error.user_message, state)
            return
        if state != self._pending:
            self._pending = state
            self._access.kept_for = stricter(self._access.kept_for, table)
            return
        self._taken = state
        self._access.kept_for, self._access.notice = table, None
        logger.info("access.toml was read again: %d collections are kept for roles", len(table))

    def _refuse(self, why: str, state: _State | None) -> None:
        self._taken = self._pending = state
        self._access.notice = f"{why} Until that is mended, collections stay kept as before."
        logger.error("%s", self._access.notice)

    def _state(self) -> _State | None:
        try:
            found = os.stat(self._corpus / "access.toml")  # noqa: PTH116  (one call, all times)
        except FileNotFoundError:
            return None
        except OSError:
            return (0, 0, 0, 0)
        return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
