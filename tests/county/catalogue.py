"""Small records, and putting them into a county's database."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from catalog.records import PublicOrganisation, Record
from county import revisions
from county.database.engine import writing
from county.revisions import Change
from tools.reviewing import have_reviewed

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def later(days: float) -> datetime:
    """So many days after NOW."""
    return NOW + timedelta(days=days)


def organisation(number: int, phone: str = "") -> PublicOrganisation:
    """The office with this number."""
    return PublicOrganisation(id=f"office-{number}", title=f"第{number}办公室", phone=phone)


def approve(engine: Engine, records: Sequence[Record], author: str = "tester") -> None:
    """Enter records and have them reviewed by three people."""
    enter(engine, [Change.to(record) for record in records], author)


def enter(engine: Engine, changes: Sequence[Change], author: str = "tester") -> list[int]:
    """Enter changes, reviewed by three people. Returns the numbers of their revisions."""
    with writing(engine) as connection:
        numbers = revisions.add_drafts(connection, changes, author, NOW)
        have_reviewed(connection, numbers, author, NOW)
    return numbers
