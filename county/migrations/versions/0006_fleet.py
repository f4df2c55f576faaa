"""Kiosks, enrolment, commands and rings."""

import sqlalchemy as sa
from alembic import op

from county.database.tables import Moment
from county.migrations.rules import keep, refuse

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

CONSTANT = {
    "kiosk": ("id", "enrolled"),
    "enrolment": ("name", "key", "replaces", "root", "person", "created", "expires"),
    "command": ("id", "kiosk", "body", "person", "sent", "expires"),
    "alert": ("number", "kiosk", "code", "raised"),
    "shown": ("number", "kiosk", "edition", "digest", "since"),
    "rollout": ("edition", "before"),
}
"""Tables from which nothing is deleted, and their columns that never change."""

RULES = (
    (
        "kiosk_stays_revoked",
        "UPDATE",
        "kiosk",
        "OLD.state = 'revoked' AND (NEW.state <> 'revoked' OR NEW.public_key <> OLD.public_key)",
        "a revoked kiosk stays revoked",
    ),
    (
        "kiosk_number_grows",
        "UPDATE OF number",
        "kiosk",
        "NEW.number < OLD.number AND NEW.public_key = OLD.public_key",
        "requests are numbered upwards",
    ),
    (
        "enrolment_is_used_once",
        "UPDATE OF used, kiosk",
        "enrolment",
        "OLD.used IS NOT NULL",
        "an enrolment code is used once",
    ),
    (
        "command_is_answered_once",
        "UPDATE OF outcome, answered",
        "command",
        "OLD.answered IS NOT NULL",
        "a command is answered once",
    ),
)
"""(name, event, table, condition that is refused, reason)."""


def upgrade() -> None:
    create_tables()
    for table, columns in CONSTANT.items():
        keep(table, columns)
    for rule in RULES:
        refuse(*rule)


def create_tables() -> None:
    create_kiosk()
    create_ring()
    create_alert()
    create_command()
    create_enrolment()
    create_rollout()
    create_shown()


def create_kiosk() -> None:
    op.create_table(
        "kiosk",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("zone", sa.String(length=96), server_default="", nullable=False),
        sa.Column("group", sa.String(length=64), server_default="", nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("enrolled", Moment(), nullable=False),
        sa.Column("number", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("seen", Moment(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('in service', 'maintenance', 'stored', 'revoked')", name=op.f("ck_kiosk_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk")),
        sa.UniqueConstraint("public_key", name=op.f("uq_kiosk_public_key")),
    )


def create_ring() -> None:
    op.create_table(
        "ring",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("group", sa.String(length=64), server_default="", nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_ring_minutes")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_ring_percent")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_ring")),
        sa.UniqueConstraint("name", name=op.f("uq_ring_name")),
    )


def create_alert() -> None:
    op.create_table(
        "alert",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("kiosk", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.String(length=300), server_default="", nullable=False),
        sa.Column("raised", Moment(), nullable=False),
        sa.Column("cleared", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosk.id"], name=op.f("fk_alert_kiosk")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_alert")),
    )
    op.create_index(
        "ix_alert_open",
        "alert",
        ["kiosk", "code"],
        unique=True,
        sqlite_where=sa.text("cleared IS NULL"),
        postgresql_where=sa.text("cleared IS NULL"),
    )


def create_command() -> None:
    op.create_table(
        "command",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("kiosk", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("sent", Moment(), nullable=False),
        sa.Column("expires", Moment(), nullable=False),
        sa.Column("outcome", sa.String(length=16), server_default="", nullable=False),
        sa.Column("answered", Moment(), nullable=True),
        sa.CheckConstraint("outcome IN ('', 'done', 'declined', 'unfit')", name=op.f("ck_command_outcome")),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosk.id"], name=op.f("fk_command_kiosk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_command")),
    )
    op.create_index("ix_command_kiosk_sent", "command", ["kiosk", "sent"], unique=False)


def create_enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kiosk_name", sa.String(length=64), nullable=False),
        sa.Column("zone", sa.String(length=96), server_default="", nullable=False),
        sa.Column("group", sa.String(length=64), server_default="", nullable=False),
        sa.Column("replaces", sa.String(length=16), nullable=True),
        sa.Column("root", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("created", Moment(), nullable=False),
        sa.Column("expires", Moment(), nullable=False),
        sa.Column("used", Moment(), nullable=True),
        sa.Column("kiosk", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosk.id"], name=op.f("fk_enrolment_kiosk")),
        sa.ForeignKeyConstraint(["replaces"], ["kiosk.id"], name=op.f("fk_enrolment_replaces")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_enrolment")),
    )


def create_rollout() -> None:
    op.create_table(
        "rollout",
        sa.Column("edition", NUMBER, nullable=False),
        sa.Column("before", NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('spreading', 'halted', 'everywhere', 'overtaken')", name=op.f("ck_rollout_state")
        ),
        sa.ForeignKeyConstraint(["edition"], ["edition.number"], name=op.f("fk_rollout_edition")),
        sa.PrimaryKeyConstraint("edition", name=op.f("pk_rollout")),
    )


def create_shown() -> None:
    op.create_table(
        "shown",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("kiosk", sa.String(length=16), nullable=False),
        sa.Column("edition", NUMBER, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosk.id"], name=op.f("fk_shown_kiosk")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_shown")),
    )
    op.create_index("ix_shown_kiosk_since", "shown", ["kiosk", "since"], unique=False)
