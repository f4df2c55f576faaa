"""Activated emergency plans (docs/decisions/0018-emergencies-by-two-people.md)."""

from importlib import import_module

import sqlalchemy as sa
from alembic import op

from county.database.tables import Moment
from county.migrations.rules import keep, refuse

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

CONSTANT = {
    "activation": ("number", "plan", "plan_title", "bulletin", "author", "at"),
    "emergency_step": (
        "number", "activation", "action", "level", "revision", "content_hash", "asked_by", "asked_at", "reason",
    ),
    "emergency_task": ("number", "activation", "item", "body", "deadline", "channels"),
    "task_event": ("number", "task", "event", "note", "author", "at"),
}
"""Tables from which nothing is deleted, and their columns that never change."""

_EMERGENCY = (
    "revision.kind = 'bulletin' AND revision.state = 'draft' "
    "AND revision.body LIKE '%\"bulletin_kind\":\"emergency\"%'"
)
_HOLDS = "EXISTS (SELECT 1 FROM person_role WHERE person_role.person = {} AND person_role.role IN ({}))"

RULES = (
    (
        "emergency_step_begins_open",
        "INSERT",
        "emergency_step",
        "NEW.verdict IS NOT NULL OR NEW.decided_by IS NOT NULL OR NEW.decided_at IS NOT NULL "
        "OR NEW.checked_by IS NOT NULL OR NEW.checked_at IS NOT NULL",
        "a step begins as asked for",
    ),
    (
        "emergency_step_of_own_draft",
        "INSERT",
        "emergency_step",
        f"NOT EXISTS (SELECT 1 FROM revision JOIN activation ON activation.bulletin = revision.record "
        f"WHERE revision.number = NEW.revision AND activation.number = NEW.activation "
        f"AND revision.author = NEW.asked_by AND {_EMERGENCY})",
        "a step is asked for with an emergency bulletin that the same person drafted",
    ),
    (
        "emergency_step_by_staff",
        "INSERT",
        "emergency_step",
        "NOT " + _HOLDS.format("NEW.asked_by", "'supervisor', 'approver'"),
        "supervisors and approvers ask for an emergency step",
    ),
    (
        "emergency_step_is_decided_once",
        "UPDATE OF verdict, decided_by, decided_at, remark, check_due",
        "emergency_step",
        "OLD.verdict IS NOT NULL OR NEW.verdict IS NULL OR NEW.decided_by IS NULL OR NEW.decided_at IS NULL "
        "OR (NEW.verdict = 'confirmed' AND NEW.check_due IS NULL)",
        "a step is decided once, by somebody",
    ),
    (
        "emergency_step_needs_review",
        "UPDATE OF verdict",
        "emergency_step",
        "NEW.verdict = 'confirmed' AND NOT EXISTS (SELECT 1 FROM review WHERE review.revision = NEW.revision "
        "AND review.content_hash = NEW.content_hash AND review.step = 'emergency' "
        "AND review.verdict = 'approved' AND review.reviewer = NEW.decided_by)",
        "a step is confirmed by an emergency review",
    ),
    (
        "emergency_step_is_checked_once",
        "UPDATE OF checked_by, checked_at, check_note",
        "emergency_step",
        "OLD.checked_at IS NOT NULL OR NEW.checked_at IS NULL OR NEW.checked_by IS NULL "
        "OR COALESCE(NEW.verdict, '') <> 'confirmed'",
        "a confirmed step is checked once, by somebody",
    ),
    (
        "review_in_an_emergency",
        "INSERT",
        "review",
        f"NEW.step = 'emergency' AND (NOT EXISTS (SELECT 1 FROM emergency_step JOIN revision "
        f"ON revision.number = emergency_step.revision WHERE emergency_step.revision = NEW.revision "
        f"AND emergency_step.content_hash = NEW.content_hash AND emergency_step.verdict IS NULL "
        f"AND emergency_step.asked_by <> NEW.reviewer AND {_EMERGENCY}) "
        "OR NOT " + _HOLDS.format("NEW.reviewer", "'approver'") + ")",
        "an emergency bulletin is confirmed by an approver who did not ask for it",
    ),
)
"""(name, event, table, condition that is refused, reason)."""

EXCEPTED = {
    "revision_approval_needs_reviews": (
        "NOT EXISTS (SELECT 1 FROM review AS urgent WHERE urgent.revision = NEW.number "
        "AND urgent.content_hash = NEW.content_hash AND urgent.verdict = 'approved' AND urgent.step = 'emergency')"
    ),
    "review_of_submitted_text": "NEW.step <> 'emergency'",
    "review_by_no_author": "NEW.step <> 'emergency'",
}
"""Rules of the three-step review, and when else they hold than in an emergency: there two people may correct each
other in turn, and only the one who asked may not confirm."""


def upgrade() -> None:
    create_tables()
    for table, columns in CONSTANT.items():
        keep(table, columns)
    for rule in RULES:
        refuse(*rule)
    reviewing = import_module("county.migrations.versions.0003_reviewing")
    for name, event, table, condition, reason in reviewing.RULES:
        if name in EXCEPTED:
            reviewing.drop_rule(name, table)
            refuse(name, event, table, f"({condition}) AND {EXCEPTED[name]}", reason)


def create_tables() -> None:
    create_activation()
    create_emergency_step()
    create_emergency_task()
    create_task_event()


def create_activation() -> None:
    op.create_table('activation',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('plan', sa.String(length=96), nullable=False),
    sa.Column('plan_title', sa.String(length=200), nullable=False),
    sa.Column('bulletin', sa.String(length=96), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_activation')),
    sa.UniqueConstraint('bulletin', name=op.f('uq_activation_bulletin'))
    )


def create_emergency_step() -> None:
    op.create_table('emergency_step',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('activation', NUMBER, nullable=False),
    sa.Column('action', sa.String(length=16), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('revision', NUMBER, nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('asked_by', sa.String(length=64), nullable=False),
    sa.Column('asked_at', Moment(), nullable=False),
    sa.Column('reason', sa.Text(), server_default='', nullable=False),
    sa.Column('verdict', sa.String(length=16), nullable=True),
    sa.Column('decided_by', sa.String(length=64), nullable=True),
    sa.Column('decided_at', Moment(), nullable=True),
    sa.Column('remark', sa.Text(), server_default='', nullable=False),
    sa.Column('check_due', sa.Date(), nullable=True),
    sa.Column('checked_by', sa.String(length=64), nullable=True),
    sa.Column('checked_at', Moment(), nullable=True),
    sa.Column('check_note', sa.Text(), nullable=True),
    sa.CheckConstraint("action IN ('activate', 'level', 'correct', 'lift')", name=op.f('ck_emergency_step_action')),
    sa.CheckConstraint("verdict <> 'confirmed' OR decided_by <> asked_by", name=op.f('ck_emergency_step_two_people')),
    sa.CheckConstraint("verdict IN ('confirmed', 'refused', 'withdrawn')", name=op.f('ck_emergency_step_verdict')),
    sa.CheckConstraint('checked_by <> asked_by AND checked_by <> decided_by', name=op.f('ck_emergency_step_third_person')),
    sa.CheckConstraint('level BETWEEN 1 AND 4', name=op.f('ck_emergency_step_level')),
    sa.ForeignKeyConstraint(['activation'], ['activation.number'], name=op.f('fk_emergency_step_activation')),
    sa.ForeignKeyConstraint(['revision', 'content_hash'], ['revision.number', 'revision.content_hash'], name=op.f('fk_emergency_step_revision_content_hash')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_emergency_step')),
    sa.UniqueConstraint('revision', name=op.f('uq_emergency_step_revision'))
    )
    op.create_index('ix_emergency_step_open', 'emergency_step', ['activation'], unique=True, sqlite_where=sa.text('verdict IS NULL'), postgresql_where=sa.text('verdict IS NULL'))


def create_emergency_task() -> None:
    op.create_table('emergency_task',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('activation', NUMBER, nullable=False),
    sa.Column('item', sa.String(length=200), nullable=False),
    sa.Column('body', sa.String(length=200), nullable=False),
    sa.Column('deadline', sa.String(length=200), nullable=False),
    sa.Column('channels', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['activation'], ['activation.number'], name=op.f('fk_emergency_task_activation')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_emergency_task'))
    )
    op.create_index('ix_emergency_task_activation', 'emergency_task', ['activation'], unique=False)


def create_task_event() -> None:
    op.create_table('task_event',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('task', NUMBER, nullable=False),
    sa.Column('event', sa.String(length=16), nullable=False),
    sa.Column('note', sa.String(length=500), server_default='', nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.CheckConstraint("event IN ('started', 'done', 'void')", name=op.f('ck_task_event_event')),
    sa.ForeignKeyConstraint(['task'], ['emergency_task.number'], name=op.f('fk_task_event_task')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_task_event'))
    )
    op.create_index('ix_task_event_task', 'task_event', ['task'], unique=False)
