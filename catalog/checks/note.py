"""Making a finding about a record."""

from collections.abc import Iterable

from catalog.findings import Finding, Location, Severity
from catalog.records import KIND_OF, Record


def place_of(record: Record) -> Location | None:
    """Where a record was read, None when it was not read from a file."""
    source = record.source
    return None if source is None else Location(file=source.file, sheet=source.sheet, row=source.row)


def note(
    severity: Severity,
    code: str,
    record: Record,
    message: str,
    advice: str = "",
    *,
    field: str = "",
    related: Iterable[Record] = (),
) -> Finding:
    """A finding about one record; `related` are the others that take part."""
    places = (place_of(other) for other in related)
    return Finding(
        code=code,
        severity=severity,
        message=message,
        advice=advice,
        kind=KIND_OF[type(record)],
        record=record.id,
        field=field,
        at=place_of(record),
        related=tuple(place for place in places if place is not None),
    )
