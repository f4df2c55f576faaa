"""What kiosks reported, counted once."""

import sqlalchemy as sa
from alembic import op

from county.database.tables import Moment
from county.migrations.rules import refuse

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

RULES = (
    ("report_is_constant", "UPDATE", "report", "1 = 1", "report is constant"),
    (
        "report_is_kept",
        "DELETE",
        "report",
        "OLD.kind <> 'not_found'",
        "what visitors said is never deleted, only words that were not found",
    ),
    (
        "hourly_grows",
        "UPDATE",
        "hourly",
        "NEW.sequence <= OLD.sequence OR NEW.kiosk <> OLD.kiosk OR NEW.outbox <> OLD.outbox "
        "OR NEW.hour <> OLD.hour",
        "counts are replaced by newer counts of the same hour only",
    ),
    ("hourly_is_kept", "DELETE", "hourly", "1 = 1", "hourly is never deleted"),
)
"""(name, event, table, condition that is refused, reason)."""


def upgrade() -> None:
    create_tables()
    for rule in RULES:
        refuse(*rule)


def create_tables() -> None:
    op.create_table('counted',
    sa.Column('kiosk', sa.String(length=64), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=240), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.CheckConstraint('number >= 0', name=op.f('ck_counted_number')),
    sa.PrimaryKeyConstraint('kiosk', 'day', 'name', name=op.f('pk_counted'))
    )
    op.create_index('ix_counted_day_name', 'counted', ['day', 'name'], unique=False)
    op.create_table('hotline',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('topic', sa.String(length=120), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('organisation', sa.String(length=120), server_default='', nullable=False),
    sa.CheckConstraint('number >= 0', name=op.f('ck_hotline_number')),
    sa.CheckConstraint('year BETWEEN 1990 AND 2999', name=op.f('ck_hotline_year')),
    sa.PrimaryKeyConstraint('year', 'topic', name=op.f('pk_hotline'))
    )
    op.create_table('hourly',
    sa.Column('kiosk', sa.String(length=64), nullable=False),
    sa.Column('outbox', NUMBER, autoincrement=False, nullable=False),
    sa.Column('hour', Moment(), nullable=False),
    sa.Column('sequence', NUMBER, nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('received', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('kiosk', 'outbox', 'hour', name=op.f('pk_hourly'))
    )
    op.create_table('report',
    sa.Column('kiosk', sa.String(length=64), nullable=False),
    sa.Column('row', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('sequence', NUMBER, nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('received', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('kiosk', 'row', name=op.f('pk_report'))
    )
    op.create_index('ix_report_kind_day_kiosk', 'report', ['kind', 'day', 'kiosk'], unique=False)
    op.create_table('hotline_pending',
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('person', name=op.f('pk_hotline_pending'))
    )
    op.create_table('word_aside',
    sa.Column('words', sa.String(length=64), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('words', name=op.f('pk_word_aside'))
    )
