"""How many records clocks count of a day, beside how many are here."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0021"
down_revision = "attendance_0020"


def upgrade() -> None:
    """Adds the day that each was last asked for, and makes the table; the version before knows nothing of either."""
    op.execute("""
        alter table pushing_clocks add column count_asked_for date;
        create table clock_counts (
            clock uuid not null references pushing_clocks, day date not null, clock_count integer not null,
            recorded_count integer not null, check_count integer not null default 1, checked_at timestamptz not null,
            primary key (clock, day), check (clock_count >= 0 and recorded_count >= 0)
        );
    """)


def downgrade() -> None:
    """Drops it."""
    op.execute("drop table clock_counts")
    op.execute("alter table pushing_clocks drop column count_asked_for")
