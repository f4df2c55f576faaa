"""What kiosks counted is found by its name first: the sums of a year read one part of an index and nothing else."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_counted_day_name", "counted")
    op.create_index("ix_counted_name_day_kiosk_number", "counted", ["name", "day", "kiosk", "number"])
