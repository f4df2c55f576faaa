"""The demonstration's staff: somebody for every role, with one-time passwords that are shown once."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from catalog.records import PublicService
from county import revisions
from county.accounts.people import add_person, new_password, people
from county.accounts.roles import CHINESE, Role
from county.database.engine import open_database, writing
from county.settings import read_settings

STAFF: tuple[tuple[str, Role], ...] = (
    ("clerk", "clerk"),
    ("reviewer1", "reviewer"),
    ("reviewer2", "reviewer"),
    ("approver1", "approver"),
    ("approver2", "approver"),
    ("supervisor", "supervisor"),
    ("guide", "guide"),
    ("security", "security"),
    ("auditor", "auditor"),
)
"""Names and roles; the system administrator is there from the beginning. Three people review a text. The clerk also
supervises, and so edits what is the county's own."""


def add_staff(state: Path) -> dict[str, str]:
    """Add the staff to the county with this state folder, unless somebody has been added before.

    Returns names, with their roles, and passwords.
    """
    engine = open_database(read_settings(state).database_url)
    now = datetime.now(UTC)
    passwords: dict[str, str] = {}
    try:
        with writing(engine) as connection:
            if len(people(connection)) > 1:
                return {}
            office = _busiest_office(connection)
            for name, role in STAFF:
                organisation = office if role == "clerk" else ""
                roles: list[Role] = [role, "supervisor"] if role == "clerk" else [role]
                password = passwords[f"{name} ({CHINESE[role]})"] = new_password()
                add_person(connection, name, roles, password, "demo", now, organisation, CHINESE[role])
    finally:
        engine.dispose()
    return passwords


def _busiest_office(connection: Connection) -> str:
    """The office with the most services."""
    found = Counter(
        record.competent_authority
        for record in revisions.published(connection)
        if isinstance(record, PublicService)
    )
    return found.most_common(1)[0][0]
