"""Finding a table's columns by what their headings mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.importing.sheet import Row
from catalog.importing.words import heading, plain

_LONGEST = 120
"""Characters of the longest heading; longer texts are data."""

KEPT_FOR_ALL = {
    "checked_on": ("核对日期", "核实日期"),
    "checked_by": ("核对部门", "核对单位", "核实部门"),
    "valid_from": ("启用日期", "生效日期"),
    "valid_to": ("停用日期", "失效日期"),
}
"""Columns that every table may have."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of table: its name for messages, headings for each column key, and the keys it cannot lack."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]

    def key(self, text: str) -> str | None:
        """The column key that a heading stands for."""
        if len(text) > _LONGEST:
            return None
        for word in (plain(text), heading(text)):
            for key, words in (*self.columns.items(), *KEPT_FOR_ALL.items()):
                if word in words:
                    return key
        return None


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: `columns` maps keys to columns from 0; `unknown` are columns whose heading says nothing."""

    profile: Profile
    row: Row
    columns: dict[str, int]
    unknown: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    repeated: tuple[int, ...] = ()


def match(row: Row, profile: Profile) -> Header:
    """What `row` would be as a header of `profile`, complete or not."""
    columns: dict[str, int] = {}
    unknown, repeated = [], []
    for column, text in row.filled():
        key = profile.key(text)
        if key is None:
            unknown.append(column)
        elif key in columns:
            repeated.append(column)
        else:
            columns[key] = column
    missing = tuple(profile.columns[key][0] for key in profile.required if key not in columns)
    return Header(profile, row, columns, tuple(unknown), missing, tuple(repeated))


def find_header(rows: Sequence[Row], profiles: Sequence[Profile], depth: int = 20) -> Header | None:
    """The best complete header among the first rows, or None."""
    found = [match(row, profile) for row in rows[:depth] for profile in profiles]
    complete = [header for header in found if not header.missing and not header.repeated]
    return max(complete, key=lambda header: len(header.columns) - len(header.unknown), default=None)


def nearest_header(rows: Sequence[Row], profiles: Sequence[Profile], depth: int = 20) -> Header | None:
    """The header that was probably meant, to say what it lacks; None when nothing resembles one."""
    found = [match(row, profile) for row in rows[:depth] for profile in profiles]
    best = max(found, key=lambda header: len(header.columns) - len(header.missing), default=None)
    return best if best is not None and len(best.columns) >= 2 else None
