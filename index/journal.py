"""What was asked, answered and rated: a SQLite file that outlives the generations of the index.

What a method has returned from is on the disk: the journal writes ahead and syncs every commit,
so that neither a killed process nor a lost power supply takes it back. A file that is damaged is
set aside under another name, and a new one is begun.
"""

import json
import logging
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from index.errors import JournalError
from index.journal_file import JournalFile
from index.types import Answer, Filters, Turn
from index.unanswered import Unanswered, UnansweredQuestion, grouped

log = logging.getLogger(__name__)

_DAY = 86_400.0
_MOST_TURNS = 5
_ANSWER = TypeAdapter(Answer)
_FILTERS = TypeAdapter(Filters)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given, with what is needed to show it again."""

    id: str
    answer: Answer
    """All but its `hits`."""
    user: str
    place: str
    """Where it was asked: a channel or a thread."""
    asked: datetime
    filters: Filters
    """As it was asked with, the scope included: who may not see that scope may not see this."""
    private: bool
    follows: str | None
    """The answer that this one was a follow-up to."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one user thinks of an answer."""

    user: str
    good: bool
    reason: str


class Journal:
    """The journal in a data folder. Synchronous, and safe for several threads.

    Users, places and messages are whatever text the caller names them by.
    """

    def __init__(
        self, data: Path, *, days: int = 0, clock: Callable[[], float] = time.time
    ) -> None:
        """Nothing is opened before the first use. What is older than `days` is erased; 0 keeps
        everything."""
        self._file = JournalFile(data)
        self._days = days
        self._clock = clock
        self._erased = 0.0

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences for the administrators: that a damaged journal was set aside."""
        return tuple(self._file.notices)

    def keep(
        self,
        answer: Answer,
        *,
        user: str,
        place: str,
        filters: Filters = Filters(),
        private: bool = False,
        follows: str | None = None,
    ) -> str | None:
        """Keeps an answer under an id of 12 letters, digits, "-" and "_".

        None when it cannot be written, which is logged: the answer then goes out without buttons.
        """
        id = secrets.token_urlsafe(9)
        body = _ANSWER.dump_json(replace(answer, hits=())).decode()
        row = (
            id, self._clock(), user, place, answer.question, answer.found, private, follows,
            _FILTERS.dump_json(filters).decode(), body,
        )  # fmt: skip
        sql = (
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?,"
            " (SELECT id FROM answers WHERE id = ?), ?, ?, 0)"
        )
        try:
            self._erase_old()
            self._file.write(sql, row)
        except JournalError as error:
            log.error("an answer is not in the journal: %s", error)
            return None
        return id

    def answer(self, id: str) -> Kept | None:
        """An answer by its id; None for one that was erased or never kept."""
        return self._kept("SELECT * FROM answers WHERE id = ?", [id])

    def link(self, message: str, id: str) -> None:
        """Takes note of a message, or of a thread, that shows an answer, if it is still there."""
        sql = "INSERT OR REPLACE INTO messages SELECT ?, id FROM answers WHERE id = ?"
        self._file.write(sql, [message, id])

    def answer_in(self, message: str) -> Kept | None:
        """The answer that a message shows, or on which a thread was opened."""
        return self._kept(
            "SELECT answers.* FROM messages JOIN answers ON answers.id = answer WHERE message = ?",
            [message],
        )

    def last_in(self, place: str, user: str) -> Kept | None:
        """The newest answer in a place that a user may know of: a public one or their own."""
        return self._kept(
            "SELECT * FROM answers WHERE place = ? AND (NOT private OR user = ?)"
            " ORDER BY asked DESC, rowid DESC LIMIT 1",
            [place, user],
        )

    def turns(self, id: str | None, user: str, most: int = _MOST_TURNS) -> tuple[Turn, ...]:
        """The conversation up to and with an answer, the oldest first, for `Answerer.answer`.

        It goes back along `follows`, and ends before what was answered to another in private.
        """
        found: list[Turn] = []
        while id is not None and len(found) < most:
            kept = self.answer(id)
            if kept is None or (kept.private and kept.user != user):
                break
            found.append(turn_of(kept.answer))
            id = kept.follows
        return tuple(reversed(found))

    def rate(self, id: str, user: str, good: bool, reason: str = "") -> None:
        """Writes down what a user thinks of an answer, in place of what they thought before.

        When it returns, the rating is on the disk. Raises JournalError when it cannot be written,
        and for an answer that is no longer there.
        """
        sql = "INSERT OR REPLACE INTO feedback SELECT id, ?, ?, ?, ? FROM answers WHERE id = ?"
        if not self._file.write(sql, [user, good, reason.strip(), self._clock(), id]):
            raise JournalError("This answer is no longer in the journal.")

    def unrate(self, id: str, user: str) -> None:
        """Takes a user's rating back."""
        self._file.write("DELETE FROM feedback WHERE answer = ? AND user = ?", [id, user])

    def feedback(self, id: str) -> list[Feedback]:
        """What users think of an answer, the first first."""
        rows = self._file.rows("SELECT * FROM feedback WHERE answer = ? ORDER BY rated", [id])
        return [Feedback(row["user"], bool(row["good"]), row["reason"]) for row in rows]

    def set_state(self, id: str, name: str, value: str) -> None:
        """Remembers something about the buttons of an answer, such as the page that is open."""
        self._file.write(
            "INSERT OR REPLACE INTO states SELECT id, ?, ? FROM answers WHERE id = ?",
            [name, value, id],
        )

    def state(self, id: str, name: str) -> str | None:
        rows = self._file.rows("SELECT value FROM states WHERE answer = ? AND name = ?", [id, name])
        return rows[0]["value"] if rows else None

    def unanswered(self) -> list[Unanswered]:
        """Questions that met silence or a thumbs down, like ones together, the most asked first."""
        rows = self._file.rows(
            "SELECT answers.id, question, found, asked,"
            " (SELECT count(*) FROM feedback WHERE answer = answers.id AND NOT good) AS downs,"
            " (SELECT json_group_array(reason) FROM feedback"
            "  WHERE answer = answers.id AND NOT good AND reason != '') AS reasons"
            " FROM answers WHERE NOT dismissed AND (NOT found OR downs) ORDER BY asked",
        )
        return grouped(
            UnansweredQuestion(
                id=row["id"],
                question=row["question"],
                silent=not row["found"],
                downs=row["downs"],
                reasons=tuple(json.loads(row["reasons"])),
                asked=datetime.fromtimestamp(row["asked"], UTC),
            )
            for row in rows
        )

    def dismiss(self, ids: Iterable[str]) -> None:
        """Takes answers off the list of the unanswered: they were dealt with."""
        chosen = json.dumps(list(ids))
        self._file.write(
            "UPDATE answers SET dismissed = 1 WHERE id IN (SELECT value FROM json_each(?))",
            [chosen],
        )

    def forget(self, user: str) -> int:
        """Erases all that a user asked and rated; the number of answers erased."""
        self._file.write("DELETE FROM feedback WHERE user = ?", [user])
        number = self._file.write("DELETE FROM answers WHERE user = ?", [user])
        self._file.wipe()
        return number

    def close(self) -> None:
        self._file.close()

    def _kept(self, sql: str, values: Sequence[Any]) -> Kept | None:
        rows = self._file.rows(sql, values)
        if not rows:
            return None
        row = rows[0]
        try:
            answer = _ANSWER.validate_json(row["body"])
            filters = _FILTERS.validate_json(row["filters"])
        except ValidationError:
            log.warning("answer %s in the journal cannot be read", row["id"])
            return None
        asked = datetime.fromtimestamp(row["asked"], UTC)
        return Kept(
            row["id"], answer, row["user"], row["place"], asked, filters, bool(row["private"]),
            row["follows"],
        )  # fmt: skip

    def _erase_old(self) -> None:
        now = self._clock()
        if self._days and now - self._erased > _DAY:
            self._erased = now
            if self._file.write("DELETE FROM answers WHERE asked < ?", [now - self._days * _DAY]):
                self._file.wipe()


def turn_of(answer: Answer) -> Turn:
    """An answer as a part of a history."""
    return Turn(answer.question, " ".join(statement.text for statement in answer.statements))
