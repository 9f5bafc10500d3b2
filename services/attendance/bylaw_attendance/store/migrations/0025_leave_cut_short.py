"""Days of leave that were cut short by hours."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0025"
down_revision = "attendance_0024"


def upgrade() -> None:
    """Adds the columns; the version before knows nothing of them, and shows such a day by the request's own hours."""
    op.execute("""
        alter table leave_days add column cut_from smallint, add column cut_to smallint,
            add constraint leave_days_cut check (num_nonnulls(cut_from, cut_to) in (0, 2));
    """)


def downgrade() -> None:
    """Drops them."""
    for column in ("cut_from", "cut_to"):
        op.drop_column("leave_days", column)
