"""When a session's one-time code was last given; what tells texts that count from others, by an index.

Whoever is signed in during the upgrade gives a code once more.
"""

import sqlalchemy as sa
from alembic import op

from county.database.tables import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("desk_session", sa.Column("proven", Moment(), nullable=True))
    op.drop_column("desk_session", "verified")
    op.create_index("ix_record_summary_current", "record_summary", ["current"])
