"""Revisions, reviews, editions, the audit log and staff."""

import sqlalchemy as sa
from alembic import op

from county.database.tables import Moment
from county.migrations.rules import keep, refuse

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

CONSTANT = {
    "revision": ("number", "kind", "record", "body", "content_hash", "author", "created"),
    "review": ("number", "revision", "content_hash", "step", "verdict", "reviewer", "at", "note"),
    "edition": ("number", "digest", "logical_digest", "manifest", "author", "created", "copy_of"),
    "edition_revision": ("edition", "revision"),
    "audit": ("number", "at", "person", "action", "detail", "previous", "hash"),
}
"""Tables from which nothing is deleted, and their columns that never change."""

RULES = (
    ("revision_begins_as_draft", "INSERT", "revision", "NEW.state <> 'draft'", "a revision begins as a draft"),
    (
        "revision_state_is_final",
        "UPDATE OF state",
        "revision",
        "OLD.state IN ('approved', 'returned', 'replaced') AND NEW.state <> OLD.state",
        "the state of a closed revision is final",
    ),
    (
        "revision_approval_needs_review",
        "UPDATE OF state",
        "revision",
        "NEW.state = 'approved' AND NOT EXISTS (SELECT 1 FROM review WHERE review.revision = NEW.number "
        "AND review.content_hash = NEW.content_hash AND review.verdict = 'approved' "
        "AND review.step IN ('终审', 'import'))",
        "a revision is approved by a final review of its content hash",
    ),
    (
        "review_by_another_person",
        "INSERT",
        "review",
        "NEW.step <> 'import' AND NEW.reviewer = (SELECT author FROM revision WHERE number = NEW.revision)",
        "authors do not review their own text",
    ),
    (
        "edition_begins_alone",
        "INSERT",
        "edition",
        "NEW.state <> 'built' OR EXISTS (SELECT 1 FROM edition WHERE edition.state IN ('built', 'signed'))",
        "an edition begins as built, when no other waits to be published",
    ),
    (
        "edition_state_is_final",
        "UPDATE OF state",
        "edition",
        "OLD.state IN ('published', 'abandoned') AND NEW.state <> OLD.state",
        "a published or abandoned edition stays so",
    ),
)
"""(name, event, table, condition that is refused, reason)."""


def upgrade() -> None:
    create_tables()
    for table, columns in CONSTANT.items():
        keep(table, columns)
    for name, event, table, condition, reason in RULES:
        refuse(name, event, table, condition, reason)


def create_tables() -> None:
    create_audit()
    create_edition()
    create_person()
    create_revision()
    create_edition_revision()
    create_review()


def create_audit() -> None:
    op.create_table('audit',
    sa.Column('number', NUMBER, autoincrement=False, nullable=False),
    sa.Column('at', sa.String(length=32), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('action', sa.String(length=32), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_hash')),
    sa.UniqueConstraint('previous', name=op.f('uq_audit_previous'))
    )


def create_edition() -> None:
    op.create_table('edition',
    sa.Column('number', NUMBER, autoincrement=False, nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('logical_digest', sa.String(length=64), nullable=False),
    sa.Column('manifest', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('created', Moment(), nullable=False),
    sa.Column('copy_of', NUMBER, nullable=True),
    sa.CheckConstraint("state IN ('built', 'signed', 'published', 'abandoned')", name=op.f('ck_edition_state')),
    sa.CheckConstraint('number > 0', name=op.f('ck_edition_number')),
    sa.ForeignKeyConstraint(['copy_of'], ['edition.number'], name=op.f('fk_edition_copy_of')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_edition')),
    sa.UniqueConstraint('digest', name=op.f('uq_edition_digest'))
    )


def create_person() -> None:
    op.create_table('person',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('password', sa.String(length=256), nullable=False),
    sa.Column('one_time', sa.Boolean(), nullable=False),
    sa.Column('created', Moment(), nullable=False),
    sa.CheckConstraint("role IN ('clerk', 'reviewer', 'approver', 'administrator')", name=op.f('ck_person_role')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_person'))
    )


def create_revision() -> None:
    op.create_table('revision',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('record', sa.String(length=96), nullable=False),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('created', Moment(), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'approved', 'returned', 'replaced')", name=op.f('ck_revision_state')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_revision')),
    sa.UniqueConstraint('number', 'content_hash', name=op.f('uq_revision_number_content_hash'))
    )
    op.create_index('ix_revision_kind_record_number', 'revision', ['kind', 'record', 'number'], unique=False)
    op.create_index('ix_revision_open', 'revision', ['kind', 'record'], unique=True, sqlite_where=sa.text("state IN ('draft', 'submitted')"), postgresql_where=sa.text("state IN ('draft', 'submitted')"))


def create_edition_revision() -> None:
    op.create_table('edition_revision',
    sa.Column('edition', NUMBER, nullable=False),
    sa.Column('revision', NUMBER, nullable=False),
    sa.ForeignKeyConstraint(['edition'], ['edition.number'], name=op.f('fk_edition_revision_edition')),
    sa.ForeignKeyConstraint(['revision'], ['revision.number'], name=op.f('fk_edition_revision_revision')),
    sa.PrimaryKeyConstraint('edition', 'revision', name=op.f('pk_edition_revision'))
    )


def create_review() -> None:
    op.create_table('review',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('revision', NUMBER, nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('step', sa.String(length=16), nullable=False),
    sa.Column('verdict', sa.String(length=16), nullable=False),
    sa.Column('reviewer', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.CheckConstraint("step IN ('初审', '复审', '终审', 'import', 'emergency')", name=op.f('ck_review_step')),
    sa.CheckConstraint("verdict IN ('approved', 'returned')", name=op.f('ck_review_verdict')),
    sa.ForeignKeyConstraint(['revision', 'content_hash'], ['revision.number', 'revision.content_hash'], name=op.f('fk_review_revision_content_hash')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_review')),
    sa.UniqueConstraint('revision', 'reviewer', name=op.f('uq_review_revision_reviewer')),
    sa.UniqueConstraint('revision', 'step', name=op.f('uq_review_revision_step'))
    )
