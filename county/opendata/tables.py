"""Records as tables: one row a record, one column a field, nested parts as JSON text."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from catalog.records import RECORD_TYPES
from county.delimited import Cell, delimited

NO_TABLES = frozenset({"flow", "outline", "floor_plan"})
"""Kinds whose records are drawings or trees; they are offered as JSON Lines only."""


def table(kind: str, lines: Sequence[bytes]) -> bytes:
    """The records of a kind, each a canonical line, as CSV. Columns are the fields, in their order.

    Lists of plain values stand one a line in their cell; anything deeper is JSON.
    """
    return delimited(_rows(kind, lines))


def _rows(kind: str, lines: Sequence[bytes]) -> Iterator[Sequence[Cell]]:
    names = [name for name in RECORD_TYPES[kind].__struct_fields__ if name != "source"]
    yield names
    for line in lines:
        values: dict[str, Any] = msgspec.json.decode(line)
        yield [_cell(values.get(name)) for name in names]


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list) and all(isinstance(part, str | int) for part in value):
        return "\n".join(str(part) for part in value)
    return msgspec.json.encode(value).decode()
