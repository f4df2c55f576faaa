"""Publications, zones, inspections and reports."""

import sqlalchemy as sa
from alembic import op

from county.database.tables import Moment
from county.migrations.rules import keep, refuse

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

CONSTANT = {
    "publication": (
        "number", "kind", "record", "title", "formed", "changed", "published", "shown_until", "period", "link",
        "author", "at",
    ),
    "supervision_rules": ("number", "body", "author", "at"),
    "inspection": ("number", "zone", "day", "standards", "note", "follow_up", "due", "author", "at"),
    "supervision_report": ("number", "period", "first", "last", "body", "digest", "author", "at"),
}
"""Tables from which nothing is deleted, and their columns that never change."""

KEPT = ("zone", "visitor_count")
"""Tables from which nothing is deleted."""

RULES = (
    (
        "publication_is_voided_once",
        "UPDATE",
        "publication",
        "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR NEW.voided_by IS NULL",
        "a publication is voided once, by somebody",
    ),
    (
        "publication_begins_valid",
        "INSERT",
        "publication",
        "NEW.voided_at IS NOT NULL OR NEW.voided_by IS NOT NULL",
        "a publication begins as valid",
    ),
    (
        "inspection_is_resolved_once",
        "UPDATE",
        "inspection",
        "OLD.resolved_at IS NOT NULL OR NEW.resolved_at IS NULL OR NEW.resolved_by IS NULL",
        "an inspection is resolved once, by somebody",
    ),
)
"""(name, event, table, condition that is refused, reason)."""


def upgrade() -> None:
    create_tables()
    for table, columns in CONSTANT.items():
        keep(table, columns)
    for table in KEPT:
        refuse(f"{table}_is_kept", "DELETE", table, "1 = 1", f"{table} is never deleted")
    for rule in RULES:
        refuse(*rule)


def create_tables() -> None:
    create_publication()
    create_supervision_report()
    create_supervision_rules()
    create_zone()
    create_inspection()
    create_visitor_count()


def create_publication() -> None:
    op.create_table('publication',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('record', sa.String(length=96), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('formed', sa.Date(), nullable=False),
    sa.Column('changed', sa.Date(), nullable=True),
    sa.Column('published', sa.Date(), nullable=True),
    sa.Column('shown_until', sa.Date(), nullable=True),
    sa.Column('period', sa.String(length=8), server_default='', nullable=False),
    sa.Column('link', sa.String(length=500), server_default='', nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('voided_by', sa.String(length=64), nullable=True),
    sa.Column('voided_at', Moment(), nullable=True),
    sa.CheckConstraint("kind IN ('disclosure', 'policy')", name=op.f('ck_publication_kind')),
    sa.CheckConstraint('published IS NULL OR published >= formed', name=op.f('ck_publication_published')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_publication'))
    )
    op.create_index('ix_publication_kind_record', 'publication', ['kind', 'record'], unique=False)


def create_supervision_report() -> None:
    op.create_table('supervision_report',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('period', sa.String(length=8), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_supervision_report'))
    )


def create_supervision_rules() -> None:
    op.create_table('supervision_rules',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_supervision_rules'))
    )


def create_zone() -> None:
    op.create_table('zone',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('level', sa.String(length=16), nullable=False),
    sa.Column('organisation', sa.String(length=96), server_default='', nullable=False),
    sa.Column('address', sa.String(length=200), server_default='', nullable=False),
    sa.Column('phone', sa.String(length=64), server_default='', nullable=False),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('opened', sa.Date(), nullable=True),
    sa.Column('closed', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.CheckConstraint("level IN ('county', 'town', 'village')", name=op.f('ck_zone_level')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_zone'))
    )


def create_inspection() -> None:
    op.create_table('inspection',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('standards', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('follow_up', sa.Text(), server_default='', nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('resolution', sa.Text(), nullable=True),
    sa.Column('resolved_by', sa.String(length=64), nullable=True),
    sa.Column('resolved_at', Moment(), nullable=True),
    sa.ForeignKeyConstraint(['zone'], ['zone.id'], name=op.f('fk_inspection_zone')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_inspection'))
    )
    op.create_index('ix_inspection_zone_day', 'inspection', ['zone', 'day'], unique=False)


def create_visitor_count() -> None:
    op.create_table('visitor_count',
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('visitors', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.CheckConstraint('visitors >= 0', name=op.f('ck_visitor_count_visitors')),
    sa.ForeignKeyConstraint(['zone'], ['zone.id'], name=op.f('fk_visitor_count_zone')),
    sa.PrimaryKeyConstraint('zone', 'day', name=op.f('pk_visitor_count'))
    )
