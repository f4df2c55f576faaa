"""The tables of emergencies (docs/emergencies.md).

Two people put an emergency bulletin into force: one drafts it and asks, another reads it again and confirms. What
either of them did is never changed; a third person looks at it afterwards.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from county.database.tables import NUMBER, Moment, metadata

activation = Table(
    "activation",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("plan", String(96), nullable=False),
    Column("plan_title", String(200), nullable=False),
    Column("bulletin", String(96), nullable=False, unique=True),
    Column("author", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
"""A plan that somebody asked to activate, and the bulletin that belongs to it for good."""

emergency_step = Table(
    "emergency_step",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("activation", NUMBER, ForeignKey("activation.number"), nullable=False),
    Column("action", String(16), nullable=False),
    Column("level", Integer, nullable=False),
    Column("revision", NUMBER, nullable=False, unique=True),
    Column("content_hash", String(64), nullable=False),
    Column("asked_by", String(64), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("verdict", String(16)),
    Column("decided_by", String(64)),
    Column("decided_at", Moment),
    Column("remark", Text, nullable=False, server_default=""),
    Column("check_due", Date),
    Column("checked_by", String(64)),
    Column("checked_at", Moment),
    Column("check_note", Text),
    ForeignKeyConstraint(["revision", "content_hash"], ["revision.number", "revision.content_hash"]),
    CheckConstraint("action IN ('activate', 'level', 'correct', 'lift')", name="action"),
    CheckConstraint("level BETWEEN 1 AND 4", name="level"),
    CheckConstraint("verdict IN ('confirmed', 'refused', 'withdrawn')", name="verdict"),
    CheckConstraint("verdict <> 'confirmed' OR decided_by <> asked_by", name="two_people"),
    CheckConstraint("checked_by <> asked_by AND checked_by <> decided_by", name="third_person"),
    Index(
        "ix_emergency_step_open",
        "activation",
        unique=True,
        sqlite_where=text("verdict IS NULL"),
        postgresql_where=text("verdict IS NULL"),
    ),
)
"""One change of an emergency bulletin: asked for, decided, and looked at afterwards until `check_due`. At most one
step of an activation waits to be decided. `level` runs from 1, the gravest, to 4."""

emergency_task = Table(
    "emergency_task",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("activation", NUMBER, ForeignKey("activation.number"), nullable=False),
    Column("item", String(200), nullable=False),
    Column("body", String(200), nullable=False),
    Column("deadline", String(200), nullable=False),
    Column("channels", Text, nullable=False),
    Index("ix_emergency_task_activation", "activation"),
)
"""What the plan said must be published when it was activated; `channels` is JSON."""

task_event = Table(
    "task_event",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("task", NUMBER, ForeignKey("emergency_task.number"), nullable=False),
    Column("event", String(16), nullable=False),
    Column("note", String(500), nullable=False, server_default=""),
    Column("author", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("event IN ('started', 'done', 'void')", name="event"),
    Index("ix_task_event_task", "task"),
)
"""What happened to a task: its clock was started, it was done, or it does not apply."""
