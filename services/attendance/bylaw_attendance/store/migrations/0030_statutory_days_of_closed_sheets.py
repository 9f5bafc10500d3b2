"""Which days of a closed month the law named where the person worked, as it was when the month was closed."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0030"
down_revision = "attendance_0029"


def upgrade() -> None:
    """Adds the column; null: closed before, or by the version before, for which the calendar of today must do."""
    op.execute("alter table closed_sheets add column statutory_days date[]")


def downgrade() -> None:
    """Drops it."""
    op.drop_column("closed_sheets", "statutory_days")
