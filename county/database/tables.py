"""The tables. Their rules stand in the database too: see county/migrations.

A revision's text is never changed and a revision is never deleted. Its state moves from draft to exactly one of
approved, returned or replaced; it can only become approved when a review of its very content hash says so.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, on databases that know time zones and on those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


NUMBER = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

revision = Table(
    "revision",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("record", String(96), nullable=False),
    Column("body", Text),
    Column("content_hash", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("author", String(64), nullable=False),
    Column("created", Moment, nullable=False),
    UniqueConstraint("number", "content_hash"),
    CheckConstraint("state IN ('draft', 'submitted', 'approved', 'returned', 'replaced')", name="state"),
    Index("ix_revision_kind_record_number", "kind", "record", "number"),
    Index(
        "ix_revision_open",
        "kind",
        "record",
        unique=True,
        sqlite_where=text("state IN ('draft', 'submitted')"),
        postgresql_where=text("state IN ('draft', 'submitted')"),
    ),
)
"""`body` is the record's canonical text with its source; NULL withdraws the record. At most one is open."""

review = Table(
    "review",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("revision", NUMBER, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("step", String(16), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("reviewer", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    ForeignKeyConstraint(["revision", "content_hash"], ["revision.number", "revision.content_hash"]),
    UniqueConstraint("revision", "step"),
    UniqueConstraint("revision", "reviewer"),
    CheckConstraint("step IN ('初审', '复审', '终审', 'import', 'emergency')", name="step"),
    CheckConstraint("verdict IN ('approved', 'returned')", name="verdict"),
)
"""Who said what about which text. A person reviews a revision once; a step is taken once."""

edition = Table(
    "edition",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("logical_digest", String(64), nullable=False),
    Column("manifest", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("author", String(64), nullable=False),
    Column("created", Moment, nullable=False),
    Column("copy_of", NUMBER, ForeignKey("edition.number")),
    CheckConstraint("state IN ('built', 'signed', 'published', 'abandoned')", name="state"),
    CheckConstraint("number > 0", name="number"),
)
"""Editions ever built; `digest` is the manifest's. At most one is a candidate, that is built or signed."""

edition_revision = Table(
    "edition_revision",
    metadata,
    Column("edition", NUMBER, ForeignKey("edition.number"), primary_key=True),
    Column("revision", NUMBER, ForeignKey("revision.number"), primary_key=True),
)
"""The exact revisions that an edition shows."""

audit = Table(
    "audit",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("person", String(64), nullable=False),
    Column("action", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
)
"""The log: each row's hash covers the row before it."""
