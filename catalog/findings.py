"""Findings: what an importer or a check has to say about a row or a record."""

from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info"]


class Location(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place in a hand-over folder: file name, sheet title, row from 1, cell such as `H14`."""

    file: str
    sheet: str = ""
    row: int = 0
    cell: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One problem. `code` is stable and documented in docs/findings.md; `advice` says what to do about it.

    `kind` and `record` name the record when there is one, `field` its attribute, `at` where it was met and
    `related` other places that take part, such as the other half of a duplicate. A `blocking` finding refuses the
    whole import: nothing changes.
    """

    code: str
    severity: Severity
    message: str
    advice: str = ""
    kind: str = ""
    record: str = ""
    field: str = ""
    at: Location | None = None
    related: tuple[Location, ...] = ()
    blocking: bool = False
