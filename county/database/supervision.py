"""The tables of supervision (docs/supervision.md).

What was entered about a publication or an inspection is never changed: a publication is voided and entered anew, an
inspection is resolved. A report is a snapshot and stays as it was made.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from county.database.tables import NUMBER, Moment, metadata

publication = Table(
    "publication",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("record", String(96), nullable=False),
    Column("title", String(200), nullable=False),
    Column("formed", Date, nullable=False),
    Column("changed", Date),
    Column("published", Date),
    Column("shown_until", Date),
    Column("period", String(8), nullable=False, server_default=""),
    Column("link", String(500), nullable=False, server_default=""),
    Column("author", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("voided_by", String(64)),
    Column("voided_at", Moment),
    CheckConstraint("kind IN ('disclosure', 'policy')", name="kind"),
    CheckConstraint("published IS NULL OR published >= formed", name="published"),
    Index("ix_publication_kind_record", "kind", "record"),
)
"""One time that an item had to be published: formed or changed, and published when. `period` names what a recurring
publication is for, such as 2026-Q3. A row with `voided_at` no longer counts."""

publication_pending = Table(
    "publication_pending",
    metadata,
    Column("person", String(64), primary_key=True),
    Column("body", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a person has uploaded of publications and not yet entered, as JSON."""

supervision_rules = Table(
    "supervision_rules",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("body", Text, nullable=False),
    Column("author", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
"""The county's own rules as JSON; the newest row holds, without one those of config/supervision.toml."""

zone = Table(
    "zone",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", String(120), nullable=False),
    Column("level", String(16), nullable=False),
    Column("organisation", String(96), nullable=False, server_default=""),
    Column("address", String(200), nullable=False, server_default=""),
    Column("phone", String(64), nullable=False, server_default=""),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("opened", Date),
    Column("closed", Date),
    Column("note", Text, nullable=False, server_default=""),
    Column("author", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("level IN ('county', 'town', 'village')", name="level"),
)
"""A zone (体验区); WGS-84 degrees. Never deleted: `closed` is the day on which it ended."""

inspection = Table(
    "inspection",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("zone", String(64), ForeignKey("zone.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("standards", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("follow_up", Text, nullable=False, server_default=""),
    Column("due", Date),
    Column("author", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("resolution", Text),
    Column("resolved_by", String(64)),
    Column("resolved_at", Moment),
    Index("ix_inspection_zone_day", "zone", "day"),
)
"""What somebody saw of a zone's five requirements; `standards` is JSON: requirement → [met, note]."""

visitor_count = Table(
    "visitor_count",
    metadata,
    Column("zone", String(64), ForeignKey("zone.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("visitors", Integer, nullable=False),
    Column("author", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("visitors >= 0", name="visitors"),
)
"""How many people staff counted in a zone on a day."""

supervision_report = Table(
    "supervision_report",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("period", String(8), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("author", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
"""A report as JSON, exactly as it was made; `digest` is that of the text, and stands in the audit log."""
