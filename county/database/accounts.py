"""Tables of the staff's accounts and sessions. Nothing here opens anything by itself: passwords are Argon2id
hashes, session names and recovery codes are SHA-256 hashes, secrets of one-time codes are encrypted."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, String, Table, false, text

from county.accounts.roles import ROLES
from county.database.tables import Moment, metadata

person = Table(
    "person",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("display_name", String(64), nullable=False, server_default=""),
    Column("organisation", String(96), nullable=False, server_default=""),
    Column("language", String(2), nullable=False, server_default="zh"),
    Column("password", String(256), nullable=False),
    Column("one_time", Boolean, nullable=False),
    Column("secret", String(256), nullable=False, server_default=""),
    Column("code_step", BigInteger, nullable=False, server_default=text("0")),
    Column("disabled", Boolean, nullable=False, server_default=false()),
    Column("created", Moment, nullable=False),
)
"""Staff. A `one_time` password must be changed at the first login; `organisation` is a record's id or empty;
`secret` is that of one-time codes, encrypted, empty before enrolment; `code_step` is the last code's time step."""

person_role = Table(
    "person_role",
    metadata,
    Column("person", String(64), ForeignKey("person.name"), primary_key=True),
    Column("role", String(16), primary_key=True),
    CheckConstraint(f"role IN ({', '.join(repr(role) for role in ROLES)})", name="role"),
)
"""What a person may do."""

old_password = Table(
    "old_password",
    metadata,
    Column("person", String(64), ForeignKey("person.name"), primary_key=True),
    Column("at", Moment, primary_key=True),
    Column("password", String(256), nullable=False),
)
"""The last passwords of a person, which are not used again."""

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("person", String(64), ForeignKey("person.name"), primary_key=True),
    Column("code", String(64), primary_key=True),
)
"""Codes that stand in for a lost device, each once."""

desk_session = Table(
    "desk_session",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("person", String(64), ForeignKey("person.name"), nullable=False, index=True),
    Column("created", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("proven", Moment),
    Column("address", String(64), nullable=False),
    Column("agent", String(200), nullable=False),
)
"""Who is signed in. `proven`: when a one-time code was last given in this session, if ever."""
