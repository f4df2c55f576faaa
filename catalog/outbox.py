"""What a kiosk has to tell the county, without saying who was there: the rows of `<state>/outbox.db`.

The kiosk alone writes the file, sync reads it (docs/privacy.md). Rows never change once they are there,
except `counts`, of which there is one an hour that replaces itself. A row's `sequence` grows within its kind, so
whoever delivers asks for what came after the last one delivered.

No row leads back to a person. An opinion has its day and not its time, and because ids are random and sequences are
counted for each kind alone, no other row gives the time away; so have words that were not found. A call has its minute,
since somebody waits, and names no page. Counts are sums of an hour. Nothing ties two rows to one visit.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from catalog.records.base import Id, Value

MOST_ROWS = 50_000
MOST_BYTES = 64 << 20
LONGEST_WORDS = 32
"""Characters of words that were not found."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS row (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (kind, sequence)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS line (kind TEXT PRIMARY KEY, last INTEGER NOT NULL, lost INTEGER NOT NULL) WITHOUT ROWID;
"""
"""`line` has the last sequence that a kind was given, and how many of its rows had to make room undelivered. The
file's `user_version` is a random number: in another file sequences begin anew."""


class Opinion(Value, frozen=True, kw_only=True):
    """What somebody answered: question id → the values of the options chosen. `about` is `service/<id>` or empty.

    `edition` is the one in which the survey was read, so that the questions can be found again.
    """

    day: date
    survey: Id
    edition: int
    about: str = ""
    answers: dict[str, tuple[int | str, ...]]


class Rating(Opinion, frozen=True, kw_only=True):
    """An opinion in five grades (好差评, 国办发〔2019〕51号)."""


class Answers(Opinion, frozen=True, kw_only=True):
    """An opinion in a questionnaire."""


class Call(Value, frozen=True, kw_only=True):
    """Somebody at the kiosk asks for a guide, or no longer does; `call` is the same random text in both.

    `at` is cut to the minute.
    """

    call: str
    state: Literal["asked", "withdrawn"]
    at: datetime


class Counts(Value, frozen=True, kw_only=True):
    """How often things happened in the hour that begins at `hour`; the names are those of `kiosk.counting`."""

    hour: datetime
    counts: dict[str, int]


class NotFound(Value, frozen=True, kw_only=True):
    """Words that were looked for on `day` and not found, as `catalog.insight` lets them pass; once a day."""

    day: date
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_WORDS)]


KINDS: Mapping[str, type[Value]] = {
    "rating": Rating,
    "answers": Answers,
    "call": Call,
    "not_found": NotFound,
    "counts": Counts,
}
KIND_OF: Mapping[type[Value], str] = {struct: kind for kind, struct in KINDS.items()}


class Row(msgspec.Struct, frozen=True):
    """A row as it lies in the outbox; `body` is the canonical text of `kind`."""

    id: str
    kind: str
    sequence: int
    body: bytes

    def value(self) -> Value:
        """What the row says. Raises KeyError for an unknown kind, msgspec.ValidationError for another shape."""
        return msgspec.json.decode(self.body, type=KINDS[self.kind])


def outbox_path(state: Path) -> Path:
    return state / "outbox.db"


def read_rows(path: Path, after: Mapping[str, int], most: int = 500) -> list[Row]:
    """Rows after the given sequence of each kind, none of a kind meaning all; `most` at most, opinions first.

    A row in which damage to the file made something else of a text or a number is left out. Raises sqlite3.Error
    when the file cannot be read now; there may be none yet.
    """
    query = (
        "SELECT id, kind, sequence, body FROM row WHERE kind = ? AND sequence > ? "
        "AND (typeof(id), typeof(sequence), typeof(body)) = ('text', 'integer', 'blob') ORDER BY sequence LIMIT ?"
    )
    found: list[Row] = []
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
        try:
            for kind in KINDS:
                rows = file.execute(query, (kind, after.get(kind, 0), most - len(found)))
                found += [Row(*row) for row in rows]
        except UnicodeDecodeError as error:  # of a decayed name, which SQLite's message has in it
            raise sqlite3.DatabaseError(str(error)) from error
    return found
