"""Calls that guides have taken."""

import sqlalchemy as sa
from alembic import op

from county.database.tables import Moment
from county.migrations.rules import keep

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guide_call",
        sa.Column("kiosk", sa.String(length=64), nullable=False),
        sa.Column("call", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("taken", Moment(), nullable=False),
        sa.Column("finished", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("kiosk", "call", name=op.f("pk_guide_call")),
    )
    keep("guide_call", ("kiosk", "call", "person", "taken"))
