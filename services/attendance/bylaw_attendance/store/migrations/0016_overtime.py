"""Requests for overtime."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0016"
down_revision = "attendance_0015"


def upgrade() -> None:
    """Makes the table; the version before knows nothing of it."""
    op.execute("""
        create table overtime_requests (
            id uuid primary key, person uuid not null, work_date date not null,
            wall_start smallint not null, wall_end smallint not null check (wall_end > wall_start),
            start_minute bigint not null, end_minute bigint not null check (end_minute > start_minute),
            compensation smallint not null check (compensation in (1, 2)), reason text not null,
            percent smallint not null check (percent in (150, 200, 300)), planned jsonb not null,
            wish_key text, decision uuid,
            state smallint not null default 1 check (state between 1 and 4), revision integer not null default 1,
            asked_at timestamptz not null, ended_at timestamptz, ended_by text,
            check (percent <> 300 or compensation = 1),
            check ((state = 1) = (ended_at is null)),
            constraint overtime_requests_one_at_a_time exclude using gist (
                uuidrange(person, person, '[]') with &&, int8range(start_minute, end_minute) with &&
            ) where (state in (1, 2))
        );
        create index overtime_requests_person on overtime_requests (person, work_date);
        create index overtime_requests_waiting on overtime_requests (asked_at) where state = 1 and decision is null;
    """)


def downgrade() -> None:
    """Drops it."""
    op.drop_table("overtime_requests")
