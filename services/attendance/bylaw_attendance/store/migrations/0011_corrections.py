"""Corrections of missed punches, with what became of each."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0011"
down_revision = "attendance_0010"


def upgrade() -> None:
    """Makes the table."""
    op.execute("""
        create table corrections (
            id uuid primary key, person uuid not null, instant timestamptz not null,
            utc_offset_minutes smallint not null, time_zone text not null,
            month date not null check (extract(day from month) = 1),
            direction smallint not null check (direction in (1, 2)), reason text not null check (reason <> ''),
            evidence text not null, state smallint not null check (state between 1 and 4),
            revision integer not null default 1, asked_at timestamptz not null, ended_at timestamptz, ended_by text,
            end_text text,
            constraint corrections_ended check (
                case when state = 1 then num_nonnulls(ended_at, ended_by, end_text) = 0
                    else num_nonnulls(ended_at, ended_by, end_text) = 3 end
            ),
            constraint corrections_refused_for_a_reason check (state <> 3 or end_text <> '')
        );
        create unique index corrections_that_count on corrections (person, instant, direction) where state in (1, 2);
        create index corrections_of_a_month on corrections (person, month);
        create index corrections_waiting on corrections (id) where state = 1;
    """)


def downgrade() -> None:
    """Drops it; the punches that corrections became stay."""
    op.drop_table("corrections")
