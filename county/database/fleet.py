"""The tables of the fleet: kiosks, how they are taken in, what is asked of them, how they were, and rings."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from county.database.tables import NUMBER, Moment, metadata

kiosk = Table(
    "kiosk",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("zone", String(96), nullable=False, server_default=""),
    Column("group", String(64), nullable=False, server_default=""),
    Column("public_key", String(64), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("enrolled", Moment, nullable=False),
    Column("number", BigInteger, nullable=False, server_default="0"),
    Column("seen", Moment),
    Column("report", Text),
    CheckConstraint("state IN ('in service', 'maintenance', 'stored', 'revoked')", name="state"),
)
"""`number` is that of the newest request accepted, `report` the newest heartbeat. A revoked kiosk stays revoked."""

enrolment = Table(
    "enrolment",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("key", String(64), nullable=False),
    Column("kiosk_name", String(64), nullable=False),
    Column("zone", String(96), nullable=False, server_default=""),
    Column("group", String(64), nullable=False, server_default=""),
    Column("replaces", String(16), ForeignKey("kiosk.id")),
    Column("root", Integer, nullable=False),
    Column("person", String(64), nullable=False),
    Column("created", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("used", Moment),
    Column("kiosk", String(16), ForeignKey("kiosk.id")),
)
"""Codes that were made; see `catalog.enrolment`. `root` is the version the code names, `kiosk` who used it."""

command = Table(
    "command",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kiosk", String(16), ForeignKey("kiosk.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("person", String(64), nullable=False),
    Column("sent", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("outcome", String(16), nullable=False, server_default=""),
    Column("answered", Moment),
    Index("ix_command_kiosk_sent", "kiosk", "sent"),
    CheckConstraint("outcome IN ('', 'done', 'declined', 'unfit')", name="outcome"),
)
"""What kiosks were asked to do, as `catalog.box.Command`, and what became of it."""

alert = Table(
    "alert",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("kiosk", String(16), ForeignKey("kiosk.id"), nullable=False),
    Column("code", String(32), nullable=False),
    Column("detail", String(300), nullable=False, server_default=""),
    Column("raised", Moment, nullable=False),
    Column("cleared", Moment),
    Index(
        "ix_alert_open",
        "kiosk",
        "code",
        unique=True,
        sqlite_where=text("cleared IS NULL"),
        postgresql_where=text("cleared IS NULL"),
    ),
)
"""What was wrong with a kiosk, from when until when."""

shown = Table(
    "shown",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("kiosk", String(16), ForeignKey("kiosk.id"), nullable=False),
    Column("edition", NUMBER, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("since", Moment, nullable=False),
    Index("ix_shown_kiosk_since", "kiosk", "since"),
)
"""Which edition a kiosk said it verified and shows, each time that changed."""

ring = Table(
    "ring",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("name", String(64), nullable=False),
    Column("group", String(64), nullable=False, server_default=""),
    Column("percent", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    UniqueConstraint("name"),
    CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    CheckConstraint("minutes >= 0", name="minutes"),
)
"""How an edition spreads: ring after ring, each at least so many minutes on its own."""

rollout = Table(
    "rollout",
    metadata,
    Column("edition", NUMBER, ForeignKey("edition.number"), primary_key=True),
    Column("before", NUMBER, nullable=False),
    Column("place", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("since", Moment, nullable=False),
    Column("reason", String(300), nullable=False, server_default=""),
    Column("urgent", Boolean, nullable=False),
    CheckConstraint("state IN ('spreading', 'halted', 'everywhere', 'overtaken')", name="state"),
)
"""How far an edition has spread: the rings up to `place` may take it, the others stay at `before`."""
