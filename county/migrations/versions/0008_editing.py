"""Editing in the browser: a line per record, findings, unsaved forms, presence, sensitive words."""

import sqlalchemy as sa
from alembic import op

from county import summaries
from county.database.tables import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

FOLLOW = (
    "UPDATE record_summary SET state = NEW.state, "
    "published = CASE WHEN NEW.state = 'approved' THEN NEW.number ELSE published END "
    "WHERE record_summary.kind = NEW.kind AND record_summary.record = NEW.record "
    "AND record_summary.current = NEW.number AND NEW.state <> 'replaced'"
)
"""However a revision's state changes, the line of its record follows."""


def upgrade() -> None:
    create_tables()
    follow()
    summaries.renew(op.get_bind())


def follow() -> None:
    name = "record_summary_follows"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} AFTER UPDATE OF state ON revision BEGIN {FOLLOW}; END")
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {FOLLOW}; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} AFTER UPDATE OF state ON revision FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def create_tables() -> None:
    create_record_summary()
    create_record_finding()
    create_check_run()
    create_unsaved_form()
    create_presence()
    create_sensitive_word()


def create_record_summary() -> None:
    op.create_table('record_summary',
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('record', sa.String(length=96), nullable=False),
    sa.Column('current', NUMBER, nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('withdrawn', sa.Boolean(), nullable=False),
    sa.Column('published', NUMBER, nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('organisations', sa.Text(), nullable=False),
    sa.Column('area', sa.String(length=96), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('updated', Moment(), nullable=False),
    sa.ForeignKeyConstraint(['current'], ['revision.number'], name=op.f('fk_record_summary_current')),
    sa.ForeignKeyConstraint(['published'], ['revision.number'], name=op.f('fk_record_summary_published')),
    sa.PrimaryKeyConstraint('kind', 'record', name=op.f('pk_record_summary'))
    )
    op.create_index('ix_record_summary_updated', 'record_summary', ['updated', 'kind', 'record'], unique=False)
    op.create_index('ix_record_summary_title', 'record_summary', ['title', 'kind', 'record'], unique=False)
    op.create_index('ix_record_summary_kind_updated', 'record_summary', ['kind', 'updated', 'record'], unique=False)


def create_record_finding() -> None:
    op.create_table('record_finding',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('record', sa.String(length=96), nullable=False),
    sa.Column('severity', sa.String(length=8), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('field', sa.String(length=200), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('advice', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_record_finding'))
    )
    op.create_index('ix_record_finding_kind_record', 'record_finding', ['kind', 'record'], unique=False)


def create_check_run() -> None:
    op.create_table('check_run',
    sa.Column('only', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('state', sa.String(length=200), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.CheckConstraint('"only" = 1', name=op.f('ck_check_run_only')),
    sa.PrimaryKeyConstraint('only', name=op.f('pk_check_run'))
    )


def create_unsaved_form() -> None:
    op.create_table('unsaved_form',
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('record', sa.String(length=96), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('based_on', NUMBER, nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('person', 'kind', 'record', name=op.f('pk_unsaved_form'))
    )


def create_presence() -> None:
    op.create_table('presence',
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('record', sa.String(length=96), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('seen', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'record', 'person', name=op.f('pk_presence'))
    )


def create_sensitive_word() -> None:
    op.create_table('sensitive_word',
    sa.Column('word', sa.String(length=64), nullable=False),
    sa.Column('severity', sa.String(length=8), nullable=False),
    sa.Column('advice', sa.Text(), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('created', Moment(), nullable=False),
    sa.CheckConstraint("severity IN ('error', 'warning', 'info')", name=op.f('ck_sensitive_word_severity')),
    sa.PrimaryKeyConstraint('word', name=op.f('pk_sensitive_word'))
    )
