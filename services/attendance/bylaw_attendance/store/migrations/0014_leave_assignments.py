"""Which leave policies hold for whom, statutory leave for everybody from the start; what policies failed at."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0014"
down_revision = "attendance_0013"


def upgrade() -> None:
    """Makes the tables; the version before knows nothing of leave."""
    op.execute("""
        create table leave_assignments (
            id uuid primary key, subject_kind text not null check (subject_kind in ('organisation', 'unit', 'person')),
            subject uuid not null, policy text not null check (policy like '_%@_%'),
            name text not null generated always as (split_part(policy, '@', 1)) stored, parameters jsonb not null,
            first_day date not null, last_day date check (last_day >= first_day), created_at timestamptz not null,
            created_by text not null, revision integer not null default 1,
            ended_by uuid references leave_assignments deferrable initially deferred,
            withdrawn_at timestamptz, withdrawn_by text, withdraw_reason text,
            constraint leave_assignments_ended_by check (ended_by is null or last_day is not null),
            constraint leave_assignments_withdrawn_for_a_reason check (
                case when withdrawn_at is null then num_nonnulls(withdrawn_by, withdraw_reason) = 0
                    else withdrawn_by is not null and coalesce(withdraw_reason, '') <> '' end
            ),
            constraint leave_assignments_one_at_a_time exclude using gist (
                uuidrange(
                    md5(subject::text || '/' || split_part(policy, '@', 1))::uuid,
                    md5(subject::text || '/' || split_part(policy, '@', 1))::uuid, '[]'
                ) with &&,
                daterange(first_day, last_day, '[]') with &&
            ) where (withdrawn_at is null)
        );
        create index leave_assignments_ended_by on leave_assignments (ended_by) where ended_by is not null;
        create table leave_policy_faults (
            policy text not null, parameters_digest text not null, asked text not null, distribution text not null,
            reason text not null,
            rule text not null, day date, first_seen timestamptz not null, last_seen timestamptz not null,
            seen_count integer not null, primary key (policy, parameters_digest, asked)
        );
        create table service_records (
            person uuid primary key, service_since date, birth_month smallint, birth_day smallint
        );
        insert into leave_assignments
            (id, subject_kind, subject, policy, parameters, first_day, created_at, created_by)
        values (
            '00000000-0000-7000-8000-000000000001', 'organisation', '00000000-0000-0000-0000-000000000000',
            'statutory-leave@1', '{}', '2000-01-01', now(), 'service:attendance'
        );
    """)


def downgrade() -> None:
    """Drops them."""
    op.drop_table("service_records")
    op.drop_table("leave_policy_faults")
    op.drop_table("leave_assignments")
