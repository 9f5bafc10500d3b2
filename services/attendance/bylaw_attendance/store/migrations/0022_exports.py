"""Whether leave is paid, as its kind said when it was asked for; what export layouts failed at."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0022"
down_revision = "attendance_0021"


def upgrade() -> None:
    """Adds the column, of what was asked for before unknown, and makes the table; the version before knows neither."""
    op.execute("""
        alter table leave_requests add column paid boolean;
        create table export_layout_faults (
            layout text primary key check (layout like '_%@_%'), distribution text not null, reason text not null,
            rule text not null, first_seen timestamptz not null, last_seen timestamptz not null,
            seen_count integer not null
        );
    """)


def downgrade() -> None:
    """Drops them."""
    op.drop_table("export_layout_faults")
    op.execute("alter table leave_requests drop column paid")
