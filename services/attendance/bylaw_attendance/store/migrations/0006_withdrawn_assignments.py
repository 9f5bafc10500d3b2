"""Assignments that were withdrawn: who, when and why; they leave their days free. What ended an open one."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0006"
down_revision = "attendance_0005"

_ONE_AT_A_TIME = """
    alter table assignments drop constraint assignments_one_at_a_time, add constraint assignments_one_at_a_time
        exclude using gist (uuidrange(subject, subject, '[]') with &&, daterange(first_day, last_day, '[]') with &&)
"""


def upgrade() -> None:
    """Adds the columns; the constraint holds for what counts."""
    op.execute(f"""
        alter table assignments
            add column revision integer not null default 1,
            add column ended_by uuid references assignments deferrable initially deferred,
            add column withdrawn_at timestamptz, add column withdrawn_by text, add column withdraw_reason text,
            add constraint assignments_ended_by check (ended_by is null or last_day is not null),
            add constraint assignments_withdrawn_for_a_reason check (
                case when withdrawn_at is null then num_nonnulls(withdrawn_by, withdraw_reason) = 0
                    else withdrawn_by is not null and coalesce(withdraw_reason, '') <> '' end
            );
        create index assignments_ended_by on assignments (ended_by) where ended_by is not null;
        {_ONE_AT_A_TIME} where (withdrawn_at is null);
    """)


def downgrade() -> None:
    """Drops them, and the withdrawn assignments, which have no place any more."""
    op.execute("""
        update assignments set ended_by = null;
        delete from assignments where withdrawn_at is not null;
        set constraints all immediate;
    """)
    op.execute(_ONE_AT_A_TIME)
    op.execute("""
        drop index assignments_ended_by;
        alter table assignments
            drop constraint assignments_ended_by, drop constraint assignments_withdrawn_for_a_reason,
            drop column revision, drop column ended_by, drop column withdrawn_at, drop column withdrawn_by,
            drop column withdraw_reason;
    """)
