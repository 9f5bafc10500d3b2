"""What is planned of the days of leave, so that halves of trips and duty outside are counted as worked."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0031"
down_revision = "attendance_0030"


def upgrade() -> None:
    """Adds the columns; the version before knows nothing of them.

    Leave that stands and is not of a closed month is measured anew within a day; what is closed stays as it is.
    """
    op.execute("""
        alter table leave_days add column halves jsonb;
        alter table closed_sheets add column outside_halves integer not null default 0,
            add column outside_days integer not null default 0;
    """)


def downgrade() -> None:
    """Drops them."""
    op.drop_column("leave_days", "halves")
    for column in ("outside_halves", "outside_days"):
        op.drop_column("closed_sheets", column)
