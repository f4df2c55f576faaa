"""The tables of submitting, reviewing and importing (docs/reviewing.md).

What was submitted and what was remarked is never changed. Rules and import jobs are working data.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from county.database.tables import NUMBER, Moment, metadata

submission = Table(
    "submission",
    metadata,
    Column("revision", NUMBER, ForeignKey("revision.number"), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
)
"""Who handed a draft to the reviewers, when, and what they should know."""

remark = Table(
    "remark",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("revision", NUMBER, ForeignKey("revision.number"), nullable=False),
    Column("field", String(160), nullable=False),
    Column("text", Text, nullable=False),
    Column("person", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_remark_revision", "revision"),
)
"""What somebody said about a field of a text; an empty `field` is about all of it."""

review_rule = Table(
    "review_rule",
    metadata,
    Column("organisation", String(96), primary_key=True),
    Column("step", String(16), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("own", Boolean, nullable=False),
    Column("people", Text, nullable=False, server_default=""),
    Column("days", Integer, nullable=False),
    CheckConstraint("step IN ('初审', '复审', '终审')", name="step"),
    CheckConstraint("role IN ('reviewer', 'approver')", name="role"),
    CheckConstraint("days BETWEEN 1 AND 60", name="days"),
)
"""Who reviews an organisation's texts at a step, within how many working days. An empty organisation is the rule for
all without one of their own. `own`: only people of that organisation; `people`: names, one a line, empty for all."""

import_job = Table(
    "import_job",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("created", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("files", Text, nullable=False),
    Column("drafts", Integer, nullable=False, server_default="0"),
    CheckConstraint("state IN ('open', 'applied', 'cancelled')", name="state"),
    Index("ix_import_job_person_created", "person", "created"),
)
"""Imports from the web page. `files` is a JSON list of the names as their owner calls them; the files themselves lie
in the state folder until the job is applied or cancelled."""
