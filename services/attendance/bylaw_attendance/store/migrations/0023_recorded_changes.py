"""What corrections of closed sheets changed, punches that do not count, corrections that were revoked."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0023"
down_revision = "attendance_0022"


def upgrade() -> None:
    """Adds them; the version before writes none, and reads a correction that was revoked as one that was refused."""
    op.execute("""
        alter table closed_sheets add column changes jsonb not null default '[]',
            add column excused_minutes integer not null default 0,
            add column outside_minutes integer not null default 0;
        create table struck_punches (
            punch uuid primary key references punches, person uuid not null, struck_at timestamptz not null,
            struck_by text not null, reason text not null check (reason <> '')
        );
        alter table corrections add column accepted_at timestamptz, add column accepted_by text;
        alter table corrections add constraint corrections_revoked check (
            num_nonnulls(accepted_at, accepted_by) = 0 or state = 3 and num_nonnulls(accepted_at, accepted_by) = 2
        );
    """)


def downgrade() -> None:
    """Drops them; what was struck counts again."""
    op.execute("alter table corrections drop column accepted_at, drop column accepted_by")
    op.execute("drop table struck_punches")
    op.execute(
        "alter table closed_sheets drop column changes, drop column excused_minutes, drop column outside_minutes"
    )
