"""Three-step review (docs/decisions/0015-three-reviews-in-the-database.md), submissions, remarks, import jobs."""

import sqlalchemy as sa
from alembic import op

from county.database.tables import Moment
from county.migrations.rules import refuse

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

CONSTANT = ("submission", "remark")
"""Tables whose rows are never changed or deleted."""

REPLACED = (("revision_approval_needs_review", "revision"), ("review_by_another_person", "review"))
"""Rules of the first migration that stricter ones take the place of."""

_PUBLISHED = "EXISTS (SELECT 1 FROM edition WHERE edition.state = 'published')"
_APPROVED_STEP = (
    "EXISTS (SELECT 1 FROM review AS earlier WHERE earlier.revision = NEW.revision "
    "AND earlier.content_hash = NEW.content_hash AND earlier.verdict = 'approved' AND earlier.step = '{}')"
)
_REVIEWS = (
    "SELECT COUNT(*) FROM review WHERE review.revision = NEW.number "
    "AND review.content_hash = NEW.content_hash AND review.verdict = 'approved' AND review.step IN ({})"
)
_THREE = _REVIEWS.format("'初审', '复审', '终审'")
_IMPORTED = _REVIEWS.format("'import'")

RULES = (
    (
        "revision_approval_needs_reviews",
        "UPDATE OF state",
        "revision",
        f"NEW.state = 'approved' AND ({_THREE}) <> 3 AND (({_IMPORTED}) = 0 OR {_PUBLISHED})",
        "a revision is approved by three reviews of its content hash",
    ),
    (
        "revision_return_needs_review",
        "UPDATE OF state",
        "revision",
        "NEW.state = 'returned' AND OLD.state <> 'returned' AND NOT EXISTS (SELECT 1 FROM review "
        "WHERE review.revision = NEW.number AND review.verdict = 'returned')",
        "a revision is returned by a review",
    ),
    (
        "revision_stays_submitted",
        "UPDATE OF state",
        "revision",
        "OLD.state = 'submitted' AND NEW.state = 'draft'",
        "a submitted revision does not become a draft again",
    ),
    (
        "revision_submitted_by_somebody",
        "UPDATE OF state",
        "revision",
        "NEW.state = 'submitted' AND NOT EXISTS (SELECT 1 FROM submission "
        "WHERE submission.revision = NEW.number)",
        "a revision is submitted by a person",
    ),
    (
        "review_of_submitted_text",
        "INSERT",
        "review",
        "NOT EXISTS (SELECT 1 FROM revision WHERE revision.number = NEW.revision "
        "AND (revision.state = 'submitted' OR (NEW.step = 'import' AND revision.state = 'draft')))",
        "only a submitted revision is reviewed",
    ),
    (
        "review_by_no_author",
        "INSERT",
        "review",
        "NEW.step <> 'import' AND EXISTS (SELECT 1 FROM revision AS written JOIN revision AS reviewed "
        "ON reviewed.number = NEW.revision AND written.kind = reviewed.kind "
        "AND written.record = reviewed.record WHERE written.author = NEW.reviewer AND (written.number = "
        "reviewed.number OR (written.number < reviewed.number AND written.number > COALESCE((SELECT "
        "MAX(approved.number) FROM revision AS approved WHERE approved.kind = reviewed.kind "
        "AND approved.record = reviewed.record AND approved.state = 'approved'), 0))))",
        "nobody reviews a text that they wrote, or wrote a draft of",
    ),
    (
        "review_in_order",
        "INSERT",
        "review",
        f"(NEW.step = '复审' AND NOT {_APPROVED_STEP.format('初审')}) "
        f"OR (NEW.step = '终审' AND NOT {_APPROVED_STEP.format('复审')})",
        "the steps of the review follow each other",
    ),
    (
        "import_founds_the_county",
        "INSERT",
        "review",
        f"NEW.step = 'import' AND {_PUBLISHED}",
        "an import approves only until the first edition is published",
    ),
    (
        "edition_shows_approved_text",
        "INSERT",
        "edition_revision",
        "NOT EXISTS (SELECT 1 FROM revision WHERE revision.number = NEW.revision "
        "AND revision.state = 'approved') OR NOT EXISTS (SELECT 1 FROM edition "
        "WHERE edition.number = NEW.edition AND edition.state = 'built')",
        "an edition shows approved revisions, and is filled when it is built",
    ),
    (
        "edition_states_follow_each_other",
        "UPDATE OF state",
        "edition",
        "(NEW.state = 'published' AND OLD.state NOT IN ('signed', 'published')) "
        "OR (NEW.state = 'signed' AND OLD.state NOT IN ('built', 'signed')) "
        "OR (NEW.state = 'built' AND OLD.state <> 'built')",
        "an edition is built, signed, published, in this order",
    ),
)
"""(name, event, table, condition that is refused, reason)."""


def upgrade() -> None:
    create_tables()
    for name, table in REPLACED:
        drop_rule(name, table)
    for table in CONSTANT:
        refuse(f"{table}_is_constant", "UPDATE", table, "1 = 1", f"{table} is constant")
        refuse(f"{table}_is_kept", "DELETE", table, "1 = 1", f"{table} is never deleted")
    for rule in RULES:
        refuse(*rule)


def drop_rule(name: str, table: str) -> None:
    """Take back a rule of an earlier migration."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute(f"DROP FUNCTION {name}()")


def create_tables() -> None:
    op.create_table('import_job',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('created', Moment(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('files', sa.Text(), nullable=False),
    sa.Column('drafts', sa.Integer(), server_default='0', nullable=False),
    sa.CheckConstraint("state IN ('open', 'applied', 'cancelled')", name=op.f('ck_import_job_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_job'))
    )
    op.create_index('ix_import_job_person_created', 'import_job', ['person', 'created'], unique=False)
    op.create_table('remark',
    sa.Column('number', NUMBER, nullable=False),
    sa.Column('revision', NUMBER, nullable=False),
    sa.Column('field', sa.String(length=160), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.ForeignKeyConstraint(['revision'], ['revision.number'], name=op.f('fk_remark_revision')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_remark'))
    )
    op.create_index('ix_remark_revision', 'remark', ['revision'], unique=False)
    op.create_table('review_rule',
    sa.Column('organisation', sa.String(length=96), nullable=False),
    sa.Column('step', sa.String(length=16), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('own', sa.Boolean(), nullable=False),
    sa.Column('people', sa.Text(), server_default='', nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.CheckConstraint("step IN ('初审', '复审', '终审')", name=op.f('ck_review_rule_step')),
    sa.CheckConstraint("role IN ('reviewer', 'approver')", name=op.f('ck_review_rule_role')),
    sa.CheckConstraint('days BETWEEN 1 AND 60', name=op.f('ck_review_rule_days')),
    sa.PrimaryKeyConstraint('organisation', 'step', name=op.f('pk_review_rule'))
    )
    op.create_table('submission',
    sa.Column('revision', NUMBER, nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['revision'], ['revision.number'], name=op.f('fk_submission_revision')),
    sa.PrimaryKeyConstraint('revision', name=op.f('pk_submission'))
    )
