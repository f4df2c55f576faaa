"""The tables of what kiosks report (docs/insight.md).

What a kiosk said is never changed. The counts of an hour are replaced by newer counts of the same hour, never by
older ones; `counted` is their sum by day and follows from them.
"""

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, String, Table, Text

from county.database.tables import NUMBER, Moment, metadata

report = Table(
    "report",
    metadata,
    Column("kiosk", String(64), primary_key=True),
    Column("row", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("sequence", NUMBER, nullable=False),
    Column("day", Date),
    Column("body", Text, nullable=False),
    Column("received", Moment, nullable=False),
    Index("ix_report_kind_day_kiosk", "kind", "day", "kiosk"),
)
"""Rows of outboxes except counts, as they came; `day` is NULL where the kiosk's clock cannot have been right."""

hourly = Table(
    "hourly",
    metadata,
    Column("kiosk", String(64), primary_key=True),
    Column("outbox", NUMBER, primary_key=True, autoincrement=False),
    Column("hour", Moment, primary_key=True),
    Column("sequence", NUMBER, nullable=False),
    Column("body", Text, nullable=False),
    Column("received", Moment, nullable=False),
)
"""The newest counts of an hour from each outbox file of a kiosk."""

counted = Table(
    "counted",
    metadata,
    Column("kiosk", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("name", String(240), primary_key=True),
    Column("number", Integer, nullable=False),
    CheckConstraint("number >= 0", name="number"),
    Index("ix_counted_name_day_kiosk_number", "name", "day", "kiosk", "number"),
)
"""How often something named happened at a kiosk on a day of the county's calendar."""

hotline = Table(
    "hotline",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("topic", String(120), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("organisation", String(120), nullable=False, server_default=""),
    CheckConstraint("number >= 0", name="number"),
    CheckConstraint("year BETWEEN 1990 AND 2999", name="year"),
)
"""How often the hotline was called about a topic in a year, as its own statistics say."""

hotline_pending = Table(
    "hotline_pending",
    metadata,
    Column("person", String(64), primary_key=True),
    Column("body", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a person has uploaded of the hotline's statistics and not yet taken over."""

word_aside = Table(
    "word_aside",
    metadata,
    Column("words", String(64), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
"""Words that were not found and need nothing done: not the county's business, or no word at all."""
