"""What every record has, and the values that several kinds share."""

from datetime import date
from typing import Annotated, Literal

import msgspec

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,95}\Z")]
"""A stable identifier: lower-case ASCII letters, digits, `-`, `.` and `_`; 96 characters at most."""

WebAddress = Annotated[str, msgspec.Meta(pattern=r'^(https?://[^\s<>"{}|\\^`/]+[^\s<>"{}|\\^`]*)?\Z')]
"""An absolute address on the web, or empty."""

Audience = Literal["person", "business"]
TimeUnit = Literal["working_day", "day", "hour", "minute", "on_the_spot"]


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a record. Unknown fields are ignored, defaults are left out of the text."""


class Source(Value, frozen=True, kw_only=True):
    """Where a record was read: file name inside the hand-over folder, sheet title, row counted from 1."""

    file: str
    sheet: str = ""
    row: int = 0


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A thing of the catalogue that has an identity of its own.

    `checked_on` and `checked_by` say when a person last confirmed the text, and of which office;
    `valid_from` and `valid_to` bound the days on which it is shown (both inclusive, None is open).
    """

    id: Id
    checked_on: date | None = None
    checked_by: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: Source | None = None


class TimeLimit(Value, frozen=True, kw_only=True):
    """How long something takes: `value` in `unit`; `text` is what the office wrote.

    `value` is None for `on_the_spot` and when the text could not be read as a number.
    """

    text: str
    value: int | None = None
    unit: TimeUnit = "working_day"
